"""Phiếu chấm một đơn vị: its page, and writing all of it where the browser runs no script."""

from http import HTTPStatus
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from campaign.core.errors import RuleViolation
from campaign.council.named import markers_words, names_of
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scoring import actions
from campaign.scoring.actions import Markable
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
            one for one in desk.scheme.criteria if one.id in applicable
        ),
        "before": before,
        "after": after,
    }


def save_all(desk: Desk, sheet: ScoreSheet) -> dict[str, str]:
    """Ghi từng ô đã gửi; the sentence of each that is refused, by its field."""
    errors: dict[str, str] = {}
    for cell in desk.cells:
        field = f"{cell.participation_id}:{cell.criterion_id}"
        if f"m:{field}" in request.form:
            try:
                _save_cell(desk, sheet, cell, field)
            except RuleViolation as violation:
                errors[f"m:{field}"] = str(violation)
    return errors


def _save_cell(desk: Desk, sheet: ScoreSheet, cell: Markable, field: str) -> None:
    """Ghi điểm và nhận xét của một ô; of one that was abstained from the note alone."""
    text, note = request.form.get(f"m:{field}", ""), request.form.get(f"n:{field}", "")
    was_marked = (cell.participation_id, cell.criterion_id) in desk.marks
    if text.strip() != "—":
        actions.save_mark(desk.campaign, sheet, cell, text, None, at=clock.now())
    if text.strip() or not was_marked:
        actions.save_note(desk.campaign, sheet, cell, note, None, at=clock.now())
