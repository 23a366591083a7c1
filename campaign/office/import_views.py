"""Nhập từ Excel: a template to fill, a preview row by row, then everything at once or nothing."""

import hashlib
import json
from datetime import date, datetime, time
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
from campaign.office.importing import (
    Context,
    Importer,
    Outcome,
    Row,
    Table,
    What,
    carry_out,
    table_of,
    template,
)
from campaign.office.imports import IMPORTERS
from campaign.papers.reading import SpreadsheetRefused
from campaign.papers.workbook import About
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import EXCEL, send_stored
from campaign.web.spreadsheets import received

MOST_SHOWN = 200
"""Dòng hiện trong phần xem trước, of each kind; every wrong one is told above them."""
BACK = {
    "units": ("Đơn vị", "units.index"),
    "people": ("Người dùng", "accounts.users"),
    "targets": ("Chỉ tiêu", "indicators.index"),
    "history": ("Sổ khen thưởng", "register.index"),
}


def _signer(importer: Importer) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"import-{importer.slug}")


def _sealed(importer: Importer, table: Table, outcomes: list[Outcome]) -> str:
    """The rows as they were read and what was shown, signed: what is confirmed is what was seen."""
    first = table.rows[0]
    data = {
        "sheet": first.sheet,
        "columns": first.columns,
        "seen": _digest(outcomes),
        "by": current_user.id,
        "rows": [
            [
                row.number,
                {key: _plain(cell) for key, cell in row.cells.items() if cell is not None},
                row.shown,
            ]
            for row in table.rows
        ],
    }
    sealed: str | bytes = _signer(importer).dumps(data)
    text = sealed if isinstance(sealed, str) else sealed.decode()
    if len(text) > current_app.config["MAX_FORM_MEMORY_SIZE"] - _BESIDE:
        message = "Tệp có quá nhiều chữ cho một lần nhập. Hãy chia thành nhiều tệp."
        raise SpreadsheetRefused(message)
    return text


_BESIDE = 10_000
"""Room in the form for what is sent beside the rows."""


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return {"n": str(cell)}
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"c": cell.isoformat()} if isinstance(cell, time) else cell


def _cell(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    if kind == "n":
        return Decimal(text)
    if kind == "c":
        return time.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "t" else date.fromisoformat(text)


def _opened(importer: Importer, sealed: str) -> tuple[list[Row], str]:
    try:
        data = _signer(importer).loads(sealed)
    except BadSignature as error:
        message = "Phần xem trước không còn dùng được. Hãy gửi lại tệp."
        raise SpreadsheetRefused(message) from error
    if data["by"] != current_user.id:
        message = "Phần xem trước này của người khác. Hãy gửi lại tệp."
        raise SpreadsheetRefused(message)
    rows = [
        Row(
            number,
            data["sheet"],
            {key: _cell(value) for key, value in cells.items()},
            data["columns"],
            shown,
        )
        for number, cells, shown in data["rows"]
    ]
    return rows, str(data["seen"])


def _digest(outcomes: list[Outcome]) -> str:
    told = [
        [row.place, row.label, row.what.value, row.details, row.faults, row.questions]
        for row in outcomes
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _campaign(at: dict[str, int]) -> Campaign | None:
    return campaign_for(current_user, at["campaign_id"]) if at else None


def _context(at: dict[str, int]) -> Context:
    return Context(current_user, clock.now(), _campaign(at))


def _page(
    importer: Importer,
    at: dict[str, Any],
    *,
    error: str = "",
    outcomes: list[Outcome] | None = None,
    notes: list[str] | None = None,
    sealed: str = "",
) -> ResponseReturnValue:
    rows = outcomes or []
    counts = {what: sum(row.what is what for row in rows) for what in What}
    is_wrong = bool(error) or counts[What.WRONG] > 0
    name, endpoint = BACK[importer.slug]
    page = render_template(
        "office/import.html",
        importer=importer,
        campaign=_campaign(at),
        error=error,
        is_previewed=outcomes is not None,
        wrong=[row for row in rows if row.what is What.WRONG],
        shown=_shown(rows),
        notes=notes or [],
        counts=counts,
        what=What,
        sealed="" if is_wrong else sealed,
        back=(name, url_for(endpoint, **at)),
        template=url_for(".download", **at),
        upload=url_for(".upload", **at),
        write=url_for(".write", **at),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK


def _shown(outcomes: list[Outcome]) -> list[Outcome]:
    """The first rows of each kind, as many as a page bears."""
    left = dict.fromkeys(What, MOST_SHOWN)
    shown = []
    for row in outcomes:
        if left[row.what]:
            left[row.what] -= 1
            shown.append(row)
    return shown


def _previewed(importer: Importer, at: dict[str, int], table: Table) -> ResponseReturnValue:
    outcomes = carry_out(importer, _context(at), table.rows)
    db.session.rollback()
    changes_nothing = all(one.what is What.LEFT for one in outcomes)
    is_to_write = all(row.what is not What.WRONG for row in outcomes) and not changes_nothing
    return _page(
        importer,
        at,
        outcomes=outcomes,
        notes=table.notes,
        sealed=_sealed(importer, table, outcomes) if is_to_write else "",
    )


def pages_of(importer: Importer) -> Blueprint:
    """Các trang của một loại tệp nhập."""
    pages = Blueprint(f"import_{importer.slug}", __name__)

    @pages.get("/template")
    @requires(importer.permission)
    def download(**at: int) -> ResponseReturnValue:
        """Tải tệp mẫu."""
        _campaign(at)
        about = About(
            f"Tệp mẫu: {importer.title}",
            clock.now(),
            current_user.full_name,
            "tệp mẫu, dòng đầu là ví dụ",
            [("Hướng dẫn", line) for line in importer.guidance],
        )
        return send_stored(
            template(importer, about), name=f"Mẫu nhập {importer.title}.xlsx", media_type=EXCEL
        )

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
        """Ghi những gì đã xem trước; where something changed since, the new preview is shown
        instead.
        """
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
        done = [
            f"{what.label} {number}"
            for what in (What.ADDED, What.CHANGED, What.LEFT)
            if (number := sum(one.what is what for one in outcomes))
        ]
        flash(f"Đã nhập {importer.title.lower()}: {', '.join(done)}.", "success")
        return redirect(url_for(BACK[importer.slug][1], **at), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]

    return pages


IMPORT_PAGES = tuple((pages_of(one), one) for one in IMPORTERS)
