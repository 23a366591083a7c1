"""Marking: what is refused, and that a locked sheet stays as it is."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest

from campaign.core.errors import Conflict, RuleViolation
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scoring import actions, progress, queries
from campaign.scoring.actions import Markable
from campaign.scoring.models import Mark
from campaign.scoring.rules import is_outlier, missing_words, severity
from tests import build

AT = build.NOW


@pytest.fixture
def desk(app):
    """A campaign in scoring, one member's open sheet, and one cell of 10 points."""
    campaign = build.campaign(phase=Phase.SCORING)
    block, period, criterion = (
        build.block(campaign),
        build.period(campaign),
        build.criterion(campaign),
    )
    sheet = build.sheet(
        member=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)), block=block
    )
    entry = build.participation(campaign, unit=build.unit(), block=block)
    verification = build.verified(of=entry, period=period, by=build.user(Role.SECRETARIAT))
    return campaign, sheet, Markable(entry.id, criterion.id, Decimal(10), verification.version_id)


def test_a_mark_is_kept_and_can_be_taken_back(desk):
    campaign, sheet, cell = desk
    assert actions.save_mark(campaign, sheet, cell, "8,5", "", at=AT) == "8,5"
    assert db.session.get(
        Mark, (cell.participation_id, cell.criterion_id, sheet.id)
    ).points == Decimal("8.5")
    assert actions.save_mark(campaign, sheet, cell, "", "8,5", at=AT) == ""
    assert db.session.get(Mark, (cell.participation_id, cell.criterion_id, sheet.id)) is None


@pytest.mark.parametrize("text", ["10,5", "-1", "8,3", "tám", "8.5"])
def test_a_mark_out_of_range_off_step_or_unreadable_is_refused(desk, text):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation):
        actions.save_mark(campaign, sheet, cell, text, "", at=AT)


def test_a_second_window_that_knows_an_older_mark_is_told(desk):
    campaign, sheet, cell = desk
    actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
    with pytest.raises(Conflict) as told:
        actions.save_mark(campaign, sheet, cell, "6", "", at=AT)
    assert told.value.theirs == "8"


def test_a_second_window_that_knows_an_older_note_is_told_and_a_decomposed_base_is_the_same_text(
    desk,
):
    campaign, sheet, cell = desk
    actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
    assert actions.save_note(campaign, sheet, cell, "Số liệu  rõ", "", at=AT) == "Số liệu rõ"
    with pytest.raises(Conflict) as told:
        actions.save_note(campaign, sheet, cell, "Chưa rõ", "", at=AT)
    assert (told.value.theirs, told.value.by) == ("Số liệu rõ", "Ông/Bà, ở cửa sổ khác")
    assert (
        actions.save_note(
            campaign, sheet, cell, "Rất rõ", unicodedata.normalize("NFD", "Số liệu rõ"), at=AT
        )
        == "Rất rõ"
    )


def test_a_sheet_with_an_empty_cell_does_not_lock(desk):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation, match=re.escape("Còn 1 ô chưa chấm: Văn phòng (B1).")):
        actions.lock(
            campaign,
            sheet,
            [cell],
            {},
            units={cell.participation_id: "Văn phòng"},
            criteria={cell.criterion_id: "B1"},
            at=AT,
        )


def test_a_mark_on_an_older_version_of_the_report_keeps_the_sheet_open(desk):
    campaign, sheet, cell = desk
    actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
    again = replace(cell, version_id=cell.version_id + 1)
    places = {
        "units": {cell.participation_id: "Văn phòng"},
        "criteria": {cell.criterion_id: "B1"},
    }
    with pytest.raises(RuleViolation) as refused:
        actions.lock(campaign, sheet, [again], queries.marks_of(sheet.id), **places, at=AT)
    assert str(refused.value) == (
        "Có 1 ô chấm theo bản báo cáo cũ; hãy xem lại và chấm lại các ô đó."
    )
    assert sheet.locked_at is None
    actions.lock(campaign, sheet, [cell], queries.marks_of(sheet.id), **places, at=AT)
    assert sheet.locked_at == AT


def test_an_abstention_keeps_its_reason(desk):
    campaign, sheet, cell = desk
    actions.abstain(campaign, sheet, [cell], reason=" Thiếu  hồ sơ ", at=AT)
    place = (cell.participation_id, cell.criterion_id)
    assert queries.marks_of(sheet.id) == {place: (None, "Thiếu hồ sơ", cell.version_id)}


def test_of_many_units_with_empty_cells_the_first_are_named():
    cells = [(f"Đơn vị {number}", code) for number in range(1, 8) for code in ("B1", "C1")]
    assert missing_words(cells) == (
        "Còn 14 ô chưa chấm: Đơn vị 1 (B1, C1); Đơn vị 2 (B1, C1); Đơn vị 3 (B1, C1); Đơn vị 4 "
        "(B1, C1); Đơn vị 5 (B1, C1); "
        "và 2 đơn vị nữa."
    )


def test_abstaining_needs_a_reason(desk):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation, match="Hãy ghi lý do không chấm"):
        actions.abstain(campaign, sheet, [cell], reason="  ", at=AT)


def test_a_locked_sheet_takes_no_mark(desk):
    campaign, sheet, cell = desk
    sheet.locked_at = AT
    db.session.flush()
    with pytest.raises(RuleViolation, match="Phiếu chấm đã khoá"):
        actions.save_mark(campaign, sheet, cell, "8", "", at=AT)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.VERIFYING, Phase.MEETING, Phase.PUBLISHED])
def test_marks_are_taken_only_while_scoring_is_open(desk, phase):
    campaign, sheet, cell = desk
    campaign.phase = phase
    with pytest.raises(RuleViolation, match="Phong trào chưa mở hoặc đã đóng việc chấm điểm"):
        actions.save_mark(campaign, sheet, cell, "8", "", at=AT)


def test_only_the_chair_reopens_a_locked_sheet_and_only_with_a_reason(desk):
    campaign, sheet, _ = desk
    sheet.locked_at = AT
    plain, chair = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=plain)
    leader = build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    for who, by in ((None, plain), (member, plain)):
        with pytest.raises(RuleViolation, match="Chỉ Chủ tịch Hội đồng được mở lại"):
            actions.reopen(campaign, sheet, who, reason="Chấm nhầm", by=by, at=AT)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do mở lại"):
        actions.reopen(campaign, sheet, leader, reason=" ", by=chair, at=AT)
    actions.reopen(campaign, sheet, leader, reason="Chấm nhầm", by=chair, at=AT)
    assert sheet.locked_at is None


@pytest.mark.parametrize("phase", [Phase.VERIFYING, Phase.MEETING, Phase.DECIDING])
def test_no_sheet_is_reopened_when_scoring_has_closed(desk, phase):
    campaign, sheet, _ = desk
    chair = build.user(Role.COUNCIL_MEMBER)
    leader = build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    campaign.phase, sheet.locked_at = phase, AT
    with pytest.raises(RuleViolation) as refused:
        actions.reopen(campaign, sheet, leader, reason="Chấm nhầm", by=chair, at=AT)
    assert str(refused.value) == "Chỉ mở lại được phiếu đã khoá khi việc chấm điểm còn mở."
    assert sheet.locked_at == AT


@pytest.mark.parametrize("function", [CouncilFunction.VICE_CHAIR, CouncilFunction.SECRETARY])
def test_the_chair_who_may_have_seen_the_order_does_not_reopen_his_own_sheet(desk, function):
    campaign, *_ = desk
    chair, other = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    leader = build.member(campaign, user=chair, function=CouncilFunction.CHAIR)
    beside = build.member(campaign, user=other, function=function)
    sheet = actions.begin_sheet(campaign, leader, build.block(campaign).id)
    sheet.locked_at = AT
    with pytest.raises(
        RuleViolation, match="Phiếu của Chủ tịch do Phó Chủ tịch hoặc Thư ký Hội đồng mở lại"
    ):
        actions.reopen(campaign, sheet, leader, reason="Chấm nhầm", by=chair, at=AT)
    actions.reopen(campaign, sheet, beside, reason="Chấm nhầm", by=other, at=AT)
    assert sheet.locked_at is None


def test_the_progress_of_the_council_lists_who_has_not_begun_too(desk):
    campaign, sheet, cell = desk
    actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
    build.block(campaign)
    late = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    build.member(
        campaign,
        user=build.user(Role.COUNCIL_MEMBER),
        left_on=AT.date(),
        leaving_reason="Chuyển công tác",
    )
    db.session.flush()
    rows = {
        row.full_name: (row.block_id, row.label, row.cells, row.asked)
        for row in progress.progress(campaign.id, scheme_of(campaign.id))
    }
    assert rows.pop(late.user.full_name) == (sheet.block_id, "chưa bắt đầu", 0, 1)
    assert list(rows.values()) == [(sheet.block_id, "chưa khoá", 1, 1)]
    assert progress.unlocked_sheets(campaign.id, scheme_of(campaign.id)) == 2
    sheet.locked_at = AT
    assert progress.unlocked_sheets(campaign.id, scheme_of(campaign.id)) == 1


def test_severity_tells_the_strict_the_mild_and_the_flat():
    everybody = {(unit, 1): [Decimal(6), Decimal(8), Decimal(9)] for unit in range(1, 5)}
    strict = severity({(unit, 1): Decimal(6) for unit in range(1, 5)}, everybody)
    assert (strict.difference, strict.is_flat) == (Decimal("-2.00"), True)
    assert severity({}, everybody).difference is None
    assert [
        severity({(1, 1): points}, {(1, 1): [points, *[Decimal(8)] * 4]}).words
        for points in (Decimal("7.90"), Decimal("7.91"), Decimal("8.09"), Decimal("8.1"))
    ] == ["nghiêm hơn", "gần trung vị", "gần trung vị", "rộng hơn"]
    assert [severity({}, everybody).words, strict.words] == [
        "chưa đủ điểm để so",
        "cho mọi đơn vị điểm như nhau",
    ]


def test_severity_is_rounded_half_up():
    seen = {(1, 1): [Decimal(8)] * 3, (2, 1): [Decimal(8)] * 3}
    assert severity({(1, 1): Decimal("8.25"), (2, 1): Decimal(8)}, seen).difference == Decimal(
        "0.13"
    )


@pytest.mark.parametrize(("points", "is_odd"), [("5", True), ("8", False), ("6.1", False)])
def test_a_mark_a_fifth_of_the_maximum_off_the_middle_is_an_outlier(points, is_odd):
    assert (
        is_outlier(Decimal(points), [Decimal(8), Decimal(8), Decimal(points)], Decimal(10))
        is is_odd
    )
