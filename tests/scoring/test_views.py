"""What a member reads beside his own marks."""

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Criterion, CriterionGroup, IndicatorOwner
from campaign.planning.rules import JudgedBy, OwnerPart, Phase
from campaign.verification import actions
from tests import build
from tests.verification.test_actions import AT, Desk


def test_a_criterion_that_carries_its_groups_weight_shows_the_maximum_that_applies(app, sign_in, page):
    desk = Desk()
    ruled = db.session.query(Criterion).filter_by(judged_by=JudgedBy.INDICATOR).one()
    elsewhere = build.indicator(desk.campaign)
    db.session.add(IndicatorOwner(indicator_id=elsewhere.id, unit_id=build.unit().id, part=OwnerPart.LEAD))
    build.criterion(desk.campaign, within=db.session.get(CriterionGroup, ruled.group_id), judged_by=JudgedBy.INDICATOR, maximum="6",
                    indicator_id=elsewhere.id)
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    actions.finish(row, desk.report, desk.left(row), by=desk.by, at=AT)
    desk.campaign.phase = Phase.SCORING
    member = build.user(Role.COUNCIL_MEMBER)
    build.member(desk.campaign, user=member)
    address = f"/campaigns/{desk.campaign.id}/scoring/{desk.block.id}/units/{desk.report.participation_id}"
    shown = page(sign_in(member).get(address))
    assert shown.all(".card__end") == ["tối đa 16,00", "tối đa 10,00", "tối đa 5,00"]
