"""Nhập từ Excel: a template to fill, a preview row by row, then everything at once or nothing."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.office.importing import Context, Importer, Outcome, Row, Table, What, carry_out, table_of, template
from campaign.office.imports import IMPORTERS
from campaign.papers.reading import SpreadsheetRefused
from campaign.papers.workbook import About
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import EXCEL, send_stored
from campaign.web.spreadsheets import received

LONGEST_FORM = 400_000
"""Chữ nhiều nhất trong biểu mẫu xác nhận: Flask takes half a million."""
BACK = {"units": ("Đơn vị", "units.index"), "people": ("Người dùng", "accounts.users"), "targets": ("Chỉ tiêu", "indicators.index"),
        "history": ("Sổ khen thưởng", "register.index")}


def _signer(importer: Importer) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"import-{importer.slug}")


def _sealed(importer: Importer, table: Table, outcomes: list[Outcome]) -> str:
    """The rows as they were read and what was shown, signed: what is confirmed is what was seen."""
    def plain(cell: Any) -> Any:
        if isinstance(cell, Decimal):
            return {"n": str(cell)}
        return {"d": cell.isoformat()} if isinstance(cell, date) else cell

    rows = [[row.number, row.sheet, {key: plain(cell) for key, cell in row.cells.items() if cell is not None}, dict(row.columns)]
            for row in table.rows]
    sealed: str | bytes = _signer(importer).dumps({"rows": rows, "seen": _digest(outcomes), "by": current_user.id})
    text = sealed if isinstance(sealed, str) else sealed.decode()
    if len(text) > LONGEST_FORM:
        message = "Tệp có quá nhiều chữ cho một lần nhập. Hãy chia thành nhiều tệp."
        raise SpreadsheetRefused(message)
    return text


def _opened(importer: Importer, sealed: str) -> tuple[list[Row], str]:
    def cell(value: Any) -> Any:
        if isinstance(value, dict):
            return Decimal(value["n"]) if "n" in value else date.fromisoformat(value["d"])
        return value

    try:
        data = _signer(importer).loads(sealed)
    except BadSignature as error:
        message = "Phần xem trước không còn dùng được. Hãy gửi lại tệp."
        raise SpreadsheetRefused(message) from error
    if data["by"] != current_user.id:
        message = "Phần xem trước này của người khác. Hãy gửi lại tệp."
        raise SpreadsheetRefused(message)
    return [Row(number, sheet, {key: cell(value) for key, value in cells.items()}, columns)
            for number, sheet, cells, columns in data["rows"]], str(data["seen"])


def _digest(outcomes: list[Outcome]) -> str:
    told = [[one.place, one.label, one.what.value, one.details, one.sentence] for one in outcomes]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _campaign(at: dict[str, int]) -> Campaign | None:
    return campaign_for(current_user, at["campaign_id"]) if at else None


def _context(at: dict[str, int]) -> Context:
    return Context(current_user, clock.now(), _campaign(at))


def _page(importer: Importer, at: dict[str, Any], *, error: str = "", outcomes: list[Outcome] | None = None, notes: list[str] | None = None,
          sealed: str = "") -> ResponseReturnValue:
    wrong = bool(error) or any(one.what is What.WRONG for one in outcomes or ())
    name, endpoint = BACK[importer.slug]
    counts = {what: sum(one.what is what for one in outcomes or ()) for what in What}
    page = render_template(
        "office/import.html", importer=importer, campaign=_campaign(at), error=error, outcomes=outcomes, notes=notes or [], counts=counts,
        what=What, sealed=sealed if not wrong else "", back=(name, url_for(endpoint, **at)), template=url_for(".download", **at),
        upload=url_for(".upload", **at), write=url_for(".write", **at))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _previewed(importer: Importer, at: dict[str, int], table: Table) -> ResponseReturnValue:
    outcomes = carry_out(importer, _context(at), table.rows)
    db.session.rollback()
    changes_nothing = all(one.what is What.LEFT for one in outcomes)
    return _page(importer, at, outcomes=outcomes, notes=table.notes, sealed="" if changes_nothing else _sealed(importer, table, outcomes))


def pages_of(importer: Importer) -> Blueprint:
    """Các trang của một loại tệp nhập."""
    pages = Blueprint(f"import_{importer.slug}", __name__)

    @pages.get("/template")
    @requires(importer.permission)
    def download(**at: int) -> ResponseReturnValue:
        """Tải tệp mẫu."""
        _campaign(at)
        about = About(f"Tệp mẫu: {importer.title}", clock.now(), current_user.full_name, "tệp mẫu, dòng đầu là ví dụ",
                      [("Hướng dẫn", line) for line in importer.guidance])
        return send_stored(template(importer, about), name=f"Mẫu nhập {importer.title}.xlsx", media_type=EXCEL)

    @pages.route("/", methods=["GET", "POST"])
    @requires(importer.permission)
    def upload(**at: int) -> ResponseReturnValue:
        """Gửi tệp và xem trước; nothing is written yet."""
        if request.method == "GET":
            return _page(importer, at)
        try:
            return _previewed(importer, at, table_of(importer, received("Hãy chọn tệp cần nhập.")))
        except RuleViolation as violation:
            db.session.rollback()
            return _page(importer, at, error=str(violation))

    @pages.post("/write")
    @requires(importer.permission)
    def write(**at: int) -> ResponseReturnValue:
        """Ghi những gì đã xem trước; where something changed since, the new preview is shown instead."""
        try:
            rows, seen = _opened(importer, request.form.get("sealed", ""))
        except RuleViolation as violation:
            return _page(importer, at, error=str(violation))
        outcomes = carry_out(importer, _context(at), rows)
        if _digest(outcomes) != seen or any(one.what is What.WRONG for one in outcomes):
            db.session.rollback()
            flash("Dữ liệu vừa thay đổi sau khi xem trước; chưa ghi gì. Hãy xem lại.", "warning")
            return _previewed(importer, at, Table(rows, []))
        recorder.act(importer.act, campaign_id=at.get("campaign_id"))
        db.session.commit()
        done = [f"{what.label} {number}" for what in (What.ADDED, What.CHANGED, What.LEFT)
                if (number := sum(one.what is what for one in outcomes))]
        flash(f"Đã nhập {importer.title.lower()}: {', '.join(done)}.", "success")
        return redirect(url_for(BACK[importer.slug][1], **at), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]

    return pages


IMPORT_PAGES = tuple((pages_of(one), one) for one in IMPORTERS)
