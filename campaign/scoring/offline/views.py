"""Phiếu chấm ngoài mạng: take it, send it back, see what it changes, write it in one piece."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_moment
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.papers import offline as forms
from campaign.papers.offline_reading import absent_columns, read_back
from campaign.papers.offline_writing import write_form
from campaign.scoring import actions
from campaign.scoring.desk import Desk, desk_of
from campaign.scoring.models import ScoreSheet
from campaign.scoring.offline.form import fields_of, form_of
from campaign.scoring.rules import refuse_unless_open
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import EXCEL, send_stored
from campaign.web.spreadsheets import received

score_forms = Blueprint("score_forms", __name__)


def _open(campaign_id: int, block_id: int) -> Desk:
    """The member's own desk, while marks are taken."""
    desk = desk_of(campaign_id, block_id)
    refuse_unless_open(
        desk.campaign.phase, is_locked=desk.sheet is not None and desk.sheet.locked_at is not None
    )
    return desk


def _form(desk: Desk) -> forms.Form:
    return form_of(desk, name=current_user.full_name, made=format_moment(clock.now()))


@score_forms.get("/<int:block_id>/offline/form")
@requires(Permission.SHEET_MARK)
def download(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Tải phiếu chấm."""
    desk = _open(campaign_id, block_id)
    return send_stored(
        write_form(_form(desk)), name=f"Phiếu chấm {desk.block.name}.xlsx", media_type=EXCEL
    )


@score_forms.route("/<int:block_id>/offline", methods=["GET", "POST"])
@requires(Permission.SHEET_MARK)
def upload(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Gửi lại phiếu đã điền: what it would change; nothing is written yet."""
    desk = _open(campaign_id, block_id)
    if request.method == "GET":
        return _page(desk)
    try:
        book, form = received("Hãy chọn tệp phiếu đã điền."), _form(desk)
        filled, absent = read_back(book, form), absent_columns(book, form)
    except RuleViolation as violation:
        return _page(desk, error=str(violation))
    changes = forms.changes(filled, fields_of(desk.asked, desk.marks))
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    tried = _tried(desk, sheet, changes)
    db.session.rollback()
    return _page(_open(campaign_id, block_id), changes=tried, absent=absent)


def _tried(desk: Desk, sheet: ScoreSheet, changes: Sequence[forms.Change]) -> list[forms.Change]:
    """The changes with what the grid itself would say to them; what is written here is rolled
    back.
    """
    texts = {
        change.filled.field: (change.filled.value, change.current)
        for change in changes
        if not change.problem
    }
    return forms.with_refusals(changes, _save(desk, sheet, texts))


def _save(
    desk: Desk, sheet: ScoreSheet, texts: Mapping[str, tuple[str, str]]
) -> dict[str, RuleViolation]:
    """Ghi các ô, each text over its base: marks first, for a note needs its mark. Gives what is
    refused, by field.
    """
    known = {f"{cell.participation_id}:{cell.criterion_id}": cell for cell in desk.cells}
    typed: dict[str, list[actions.Typed]] = {"m": [], "n": []}
    for field, (text, base) in texts.items():
        letter, _, place = field.partition(":")
        if letter not in typed or place not in known:
            raise NotVisible
        typed[letter].append(actions.Typed(field, known[place], text, base))
    at = clock.now()
    refused = actions.save_marks(desk.campaign, sheet, typed["m"], at=at).refused
    return refused | actions.save_notes(desk.campaign, sheet, typed["n"], at=at).refused


def _page(
    desk: Desk,
    *,
    error: str = "",
    changes: list[forms.Change] | None = None,
    absent: Sequence[str] = (),
) -> ResponseReturnValue:
    wrong = bool(error) or any(change.problem for change in changes or ())
    page = render_template(
        "offline/form.html",
        campaign=desk.campaign,
        title=f"Phiếu chấm ngoài mạng: {desk.block.name}",
        error=error,
        changes=changes,
        absent=absent,
        **_ways(desk),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _ways(desk: Desk) -> dict[str, Any]:
    """Đường đi từ trang này: back to the grid, and what the page does."""
    at: dict[str, Any] = {"campaign_id": desk.campaign.id, "block_id": desk.block.id}
    return {
        "back": ("Bảng chấm", url_for("scoring.grid", **at)),
        "download": url_for(".download", **at),
        "upload": url_for(".upload", **at),
        "write": url_for(".write", **at),
    }


@score_forms.post("/<int:block_id>/offline/write")
@requires(Permission.SHEET_MARK)
def write(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Ghi những gì đã xem trước: all of it, or nothing; marks first, for a note needs its mark."""
    desk = _open(campaign_id, block_id)
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    try:
        taken = _save_seen(desk, sheet)
    except RuleViolation as violation:
        db.session.rollback()
        return _page(
            _open(campaign_id, block_id),
            error=f"Chưa ghi gì cả. {violation} Hãy gửi lại phiếu để xem lại.",
        )
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã ghi {taken} ô từ phiếu." if taken else "Không có ô nào được ghi.", "success")
    address = url_for("scoring.grid", campaign_id=campaign_id, block_id=block_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _save_seen(desk: Desk, sheet: ScoreSheet) -> int:
    """Ghi các ô đã xem trước, in the order of their names; how many."""
    texts = {
        field: (request.form.get(f"value-{field}", ""), request.form.get(f"base-{field}", ""))
        for field in sorted(request.form.getlist("field"))
    }
    for refusal in _save(desk, sheet, texts).values():
        raise refusal
    return len(texts)
