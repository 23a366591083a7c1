"""Ranking and explanation as clean PDFs, for whoever sees their pages."""

import pypdfium2
import pytest

from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import RecusalOrigin
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.ranking import actions
from campaign.units.models import Unit
from tests import build
from tests.ranked_world import AT, Scored


def _lines(printed):
    return [
        page.get_textpage().get_text_range().split("\r\n")
        for page in pypdfium2.PdfDocument(printed)
    ]


def _unit(entry):
    return db.session.get(Unit, entry.unit_id)


@pytest.fixture
def frozen(app):
    """Two ranked units, frozen before the meeting."""
    del app
    scored = Scored()
    actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    return scored


def _block(scored):
    return f"/campaigns/{scored.campaign.id}/ranking/blocks/{scored.block.id}/print"


def _explanation(scored, entry):
    return f"/campaigns/{scored.campaign.id}/ranking/units/{entry.id}/print"


def test_the_frozen_ranking_of_a_block_is_printed_as_it_stands(frozen, sign_in):
    answer = sign_in(frozen.by).get(_block(frozen))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    (lines,) = _lines(answer.data)
    assert lines[:4] == [
        frozen.campaign.title,
        "BẢNG XẾP HẠNG",
        frozen.block.name,
        "Hạng Đơn vị Tổng điểm Xếp loại",
    ]
    first, second = (_unit(entry).name for entry in frozen.entries)
    assert [line.split(" ")[0] for line in lines[4:6]] == ["1", "2"]
    assert (first in lines[4], second in lines[5]) == (True, True)
    assert lines[-1].endswith("1/1")


def test_nothing_is_printed_before_the_ranking_is_frozen(app, sign_in, page):
    del app
    scored = Scored()
    answer = page(sign_in(scored.by).get(_block(scored)))
    assert answer.status == 409
    assert "Chưa chốt xếp hạng nên chưa in được bảng xếp hạng." in answer.one("main")


def test_the_explanation_of_a_unit_is_printed_with_its_arithmetic(frozen, sign_in):
    answer = sign_in(frozen.by).get(_explanation(frozen, frozen.entries[0]))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    (lines,) = _lines(answer.data)
    assert lines[:3] == [
        frozen.campaign.title,
        "GIẢI TRÌNH ĐIỂM",
        f"{_unit(frozen.entries[0]).name} – {frozen.block.name} – Hạng 1 / 2",
    ]
    assert "trung bình 2 phiếu (9–9)" in " ".join(lines)


def test_a_unit_prints_neither_before_publication(frozen, sign_in):
    officer = build.user(Role.UNIT_OFFICER, at=_unit(frozen.entries[0]))
    browser = sign_in(officer)
    assert [
        browser.get(one).status_code
        for one in (_block(frozen), _explanation(frozen, frozen.entries[0]))
    ] == [404, 404]


def test_after_publication_a_unit_prints_its_own_explanation_and_never_anothers(frozen, sign_in):
    frozen.campaign.phase, frozen.campaign.published_at = Phase.PUBLISHED, AT
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=_unit(frozen.entries[0])))
    assert [browser.get(_explanation(frozen, entry)).status_code for entry in frozen.entries] == [
        200,
        404,
    ]


def test_a_recused_member_prints_no_explanation_of_that_block_before_it_is_frozen(app, sign_in):
    del app
    scored = Scored(Phase.SCORING)
    council.recuse(
        scored.campaign,
        scored.members[0],
        scored.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="Họ hàng",
        by=scored.users[0],
        at=AT,
    )
    assert sign_in(scored.users[0]).get(_explanation(scored, scored.entries[0])).status_code == 404


def test_a_block_of_another_campaign_is_not_found(frozen, sign_in):
    other = build.block(build.campaign(phase=Phase.MEETING))
    assert (
        sign_in(frozen.by)
        .get(f"/campaigns/{frozen.campaign.id}/ranking/blocks/{other.id}/print")
        .status_code
        == 404
    )
