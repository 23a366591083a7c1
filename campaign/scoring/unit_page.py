"""Phiếu chấm một đơn vị: its page, and writing all of it where the browser runs no script."""

from http import HTTPStatus
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from campaign.council.named import markers_words, names_of
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scoring import actions
from campaign.scoring.actions import Markable, Typed
from campaign.scoring.desk import Desk, claimed_by
from campaign.scoring.models import ScoreSheet
from campaign.scoring.units import neighbours
from campaign.verification.rules import VerifiedUnit
from campaign.web import clock


def unit_page(
    desk: Desk, verified: VerifiedUnit | None, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    """Trang chấm một đơn vị, with what was refused of it."""
    page = render_template(
        "scoring/unit.html",
        desk=desk,
        campaign=desk.campaign,
        is_open=desk.is_open,
        **_of_unit(desk),
        content=claimed_by(desk, verified) if verified else Content(),
        facts=verified.points if verified else {},
        errors=errors or {},
        typed=request.form,
        **_WORDS,
        marker_names=names_of(desk.scheme),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


_WORDS = {
    "markers_words": markers_words,
    "no_score": SelfAssessment(),
    "no_value": ClaimedFigure(),
}
"""Điều trang nói where nothing was claimed, and of who marks."""


def _of_unit(desk: Desk) -> dict[str, Any]:
    """Đơn vị của trang: what was verified of it, what it is marked by, and the ones beside it."""
    row = desk.units[0]
    before, after = neighbours(desk.campaign.id, row, frozenset(desk.recusals))
    result = desk.results.get(row.id)
    applicable = result.maxima if result else {}
    return {
        "unit": row,
        "result": result,
        "headings": desk.scheme.headings(
            criterion for criterion in desk.scheme.criteria if criterion.id in applicable
        ),
        "before": before,
        "after": after,
    }


def save_all(desk: Desk, sheet: ScoreSheet) -> dict[str, str]:
    """Ghi mọi ô đã gửi; the sentence of each that is refused, by its field. A refused mark leaves
    its note as it was, and of a cell that is abstained from the note alone is written.
    """
    at, sent = clock.now(), [cell for cell in desk.cells if _mark_field(cell) in request.form]
    marks = [_sent(cell, "m") for cell in sent if not _stays_abstained(cell)]
    refused = actions.save_marks(desk.campaign, sheet, marks, at=at).refused
    notes = [
        _sent(cell, "n")
        for cell in sent
        if _mark_field(cell) not in refused and not _is_taken_back(desk, cell)
    ]
    refused |= actions.save_notes(desk.campaign, sheet, notes, at=at).refused
    return {field: str(refusal) for field, refusal in refused.items()}


def _mark_field(cell: Markable) -> str:
    """Tên ô điểm: what is refused of the cell stands there."""
    return f"m:{cell.participation_id}:{cell.criterion_id}"


def _sent(cell: Markable, letter: str) -> Typed:
    """Chữ đã gửi cho điểm hoặc nhận xét của một ô; the page had no script, and so no base."""
    field = _mark_field(cell)
    return Typed(field, cell, request.form.get(letter + field[1:], ""), None)


def _stays_abstained(cell: Markable) -> bool:
    return request.form[_mark_field(cell)].strip() == "—"


def _is_taken_back(desk: Desk, cell: Markable) -> bool:
    """Điểm đã có vừa được xoá: its note goes along."""
    was_marked = (cell.participation_id, cell.criterion_id) in desk.marks
    return was_marked and not request.form[_mark_field(cell)].strip()
