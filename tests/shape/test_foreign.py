"""Objects of another campaign do not exist under this one's address, whoever asks."""

from http import HTTPStatus

import pytest

from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from tests import build
from tests.shape.walk import world

OF_THE_CAMPAIGN = {
    "ballot_id",
    "block_id",
    "criterion_id",
    "decision_id",
    "exemplar_id",
    "group_id",
    "indicator_id",
    "inspection_id",
    "kind_id",
    "meeting_id",
    "member_id",
    "nominee_id",
    "participation_id",
    "period_id",
    "report_id",
    "sheet_id",
    "task_id",
}
"""Parts of an address that name a row of one campaign."""


UNSEEN = {
    "GET": {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND},
    "POST": {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.SEE_OTHER},
}
"""An act may be refused before its object is looked for: it leads back, and nothing is written."""


def _foreign(app, here, there):
    """Addresses of this campaign in which one part after the other names a row of the other one."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        named = rule.arguments & OF_THE_CAMPAIGN
        if "campaign_id" not in rule.arguments or not rule.arguments <= here.keys():
            continue
        for strange in sorted(named):
            values = {name: here[name] for name in rule.arguments} | {strange: there[strange]}
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, adapter.build(rule.endpoint, values, method=method), strange


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SCORING])
def test_what_belongs_to_another_campaign_is_not_found_under_this_one(app, sign_in, phase):
    here, there = world(phase), world(phase)
    everybody = build.user(*(role for role in Role if not role.belongs_to_unit))
    for known in (here, there):
        build.member(db.session.get_one(Campaign, known["campaign_id"]), user=everybody)
    browser = sign_in(everybody)
    before, answered, asked = audit.head(), {}, set()
    for method, address, strange in _foreign(app, here, there):
        answer = browser.open(address, method=method, data={} if method == "POST" else None)
        asked.add(strange)
        if answer.status_code not in UNSEEN[method]:
            answered[f"{method} {address} ({strange})"] = answer.status_code
    assert answered == {}
    assert audit.head() == before
    assert asked > {"member_id", "block_id", "report_id", "ballot_id"}
