"""Names of columns that stand in strings: each is one the class has, and what is copied forgets
none that came later.
"""

import pytest
from sqlalchemy import inspect

from campaign.decision import actions as decisions
from campaign.decision import amending
from campaign.decision.models import Decision, DecisionLine
from campaign.honours import actions as honours
from campaign.honours import past_awards
from campaign.honours.models import AwardType, PastAward
from campaign.nomination import actions as nominations
from campaign.nomination import views as nomination_views
from campaign.nomination.models import Nominee
from campaign.office.documents import achievements
from campaign.planning import actions as planning
from campaign.planning import copying, corrections
from campaign.planning.indicators import actions as indicators
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.register.catalogue import views as catalogue
from campaign.reporting.models import ClaimedValue
from campaign.reporting.offline import form as offline
from campaign.scheme.models import Indicator

NAMED = [
    (AwardType, honours.COPIED_FACTS),
    (AwardType, honours.FACTS_OF),
    (AwardType, catalogue.AWARD_TYPE_FIELDS),
    (PastAward, past_awards._NAMES),
    (Campaign, copying.COPIED),
    (Campaign, corrections.TEXTS),
    (Campaign, planning.FIXED_BY_LAUNCH),
    (ReportingPeriod, planning._SHARES),
    (Indicator, indicators._CHECKED),
    (Nominee, nominations.TEXTS),
    (Nominee, nomination_views._TYPED),
    (Nominee, [name for _, name in achievements._PARTS]),
    (ClaimedValue, offline._PARTS),
    (Decision, decisions.HEAD),
    (Decision, amending._COPIED_HEAD),
    (DecisionLine, amending._COPIED_LINE),
    *corrections.CORRECTABLE.items(),
]


def _columns(model):
    return {column.key for column in inspect(model).column_attrs}


@pytest.mark.parametrize(("model", "names"), NAMED)
def test_each_name_is_a_column_and_stands_once(model, names):
    assert sorted(set(names) & _columns(model)) == sorted(names)


CHECKS = {f"{fact}checked_{part}" for fact in ("", "vote_", "report_") for part in ("by_id", "on")}
OWN = {
    AwardType: CHECKS | {"id", "rule_set_code"},
    Campaign: {
        "id",
        "title",
        "starts_on",
        "ends_on",
        "phase",
        "published_at",
        "frozen_at",
        "is_correcting",
        "tie_breaks",
        "token",
        "version",
    },
    DecisionLine: {"id", "decision_id", "register_year", "register_number", "ended_by_id"},
}
"""What a copy has of its own: who it is, where it stands, and what has to be done for it again."""


@pytest.mark.parametrize(
    ("model", "copied"),
    [
        (AwardType, honours.COPIED_FACTS),
        (Campaign, copying.COPIED),
        (DecisionLine, amending._COPIED_LINE),
    ],
)
def test_what_is_copied_and_what_a_copy_has_of_its_own_are_all_columns(model, copied):
    assert set(copied) | OWN[model] == _columns(model)
    assert set(copied) & OWN[model] == set()
