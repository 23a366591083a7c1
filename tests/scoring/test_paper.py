"""A member's score sheet on paper: their marks, their units, nobody else's."""

import pypdfium2
import pytest

from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import RecusalOrigin
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from tests import build
from tests.ranked_world import AT, Scored


@pytest.fixture
def scored(app):
    """Two units marked 9 and 8 by two members, while scoring is open."""
    del app
    return Scored(Phase.SCORING)


def _address(scored):
    return f"/campaigns/{scored.campaign.id}/scoring/{scored.block.id}/print"


def _text(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return "\n".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)
    ).split("\r\n")


def _names(scored):
    return [db.session.get(Unit, entry.unit_id).name for entry in scored.entries]


def test_a_member_prints_his_own_marks(scored, sign_in):
    lines = _text(sign_in(scored.users[1]).get(_address(scored)))
    first, second = _names(scored)
    assert lines[:3] == [scored.campaign.title, "PHIẾU CHẤM ĐIỂM", scored.block.name]
    assert {f"1 {first} 9", f"2 {second} 8"} <= set(lines)
    assert scored.users[1].full_name in lines


def test_a_member_without_a_sheet_prints_empty_cells_for_the_pen(scored, sign_in):
    newcomer = build.user(Role.COUNCIL_MEMBER)
    build.member(scored.campaign, user=newcomer)
    lines = _text(sign_in(newcomer).get(_address(scored)))
    first, second = _names(scored)
    assert {f"1 {first}", f"2 {second}"} <= {line.strip() for line in lines}


def test_a_unit_he_is_kept_away_from_is_not_on_his_sheet(scored, sign_in):
    council.recuse(
        scored.campaign,
        scored.members[0],
        scored.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="Họ hàng",
        by=scored.users[0],
        at=AT,
    )
    printed = " ".join(_text(sign_in(scored.users[0]).get(_address(scored))))
    first, second = _names(scored)
    assert (first in printed, second in printed) == (False, True)


def test_whoever_does_not_mark_has_no_sheet_to_print(scored, sign_in):
    stranger = build.user(Role.COUNCIL_MEMBER)
    people = (scored.by, build.user(Role.UNIT_OFFICER, at=build.unit()), stranger)
    assert [sign_in(one).get(_address(scored)).status_code for one in people] == [403, 403, 404]
