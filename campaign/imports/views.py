"""Nhập từ Excel: a template to fill, a preview row by row, then everything at once or nothing."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.points import PLACES
from campaign.extensions import db
from campaign.imports.actions import carry_out
from campaign.imports.exemplars import EXEMPLARS
from campaign.imports.given_targets import GIVEN_TARGETS
from campaign.imports.history import HISTORY
from campaign.imports.importer import Context, Importer, Place, template
from campaign.imports.indicators import INDICATORS
from campaign.imports.occurrences import OCCURRENCES
from campaign.imports.people import PEOPLE
from campaign.imports.rules import Effect, Outcome
from campaign.imports.scoring_tree import SCORING_TREE
from campaign.imports.sealing import digest, seal, unseal
from campaign.imports.tables import Table, table_of
from campaign.imports.targets import TARGETS
from campaign.imports.units import UNITS
from campaign.papers.workbook import About
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import EXCEL, send_stored
from campaign.web.spreadsheets import received

MOST_SHOWN = 200
"""Dòng hiện trong phần xem trước, of each kind; every wrong one is told above them."""
IMPORTERS = (
    UNITS,
    PEOPLE,
    INDICATORS,
    TARGETS,
    GIVEN_TARGETS,
    SCORING_TREE,
    OCCURRENCES,
    EXEMPLARS,
    HISTORY,
)
BACK = {
    "units": ("Đơn vị", "units.index"),
    "people": ("Người dùng", "accounts.users"),
    "indicators": ("Chỉ tiêu", "indicators.index"),
    "targets": ("Chỉ tiêu", "indicators.index"),
    "goals": ("Chỉ tiêu", "indicators.index"),
    "table": ("Bảng điểm", "criteria.index"),
    "history": ("Sổ khen thưởng", "register.index"),
    "occurrences": ("Các lần đã kê", "counts.index"),
    "exemplars": ("Điển hình tiên tiến", "exemplars.index"),
}
_BESIDE = 10_000
"""Room in the form for what is sent beside the rows."""


def pages_of(importer: Importer) -> Blueprint:
    """Các trang của một loại tệp nhập."""
    pages = Blueprint(f"import_{importer.slug}", __name__)

    @pages.get("/template")
    @requires(importer.permission)
    def download(**place: int) -> ResponseReturnValue:
        """Tải tệp mẫu."""
        return _template(importer, _context(importer, place).campaign)

    @pages.route("/", methods=["GET", "POST"])
    @requires(importer.permission)
    def upload(**place: int) -> ResponseReturnValue:
        """Gửi tệp và xem trước; nothing is written yet."""
        _context(importer, place)
        return _page(importer, place) if request.method == "GET" else _received(importer, place)

    @pages.post("/write")
    @requires(importer.permission)
    def write(**place: int) -> ResponseReturnValue:
        """Ghi những gì đã xem trước; where something changed since, the new preview is shown."""
        return _written(importer, place)

    return pages


IMPORT_PAGES = tuple((pages_of(importer), importer) for importer in IMPORTERS)


def _campaign(place: Place) -> Campaign | None:
    return campaign_for(current_user, place["campaign_id"]) if place else None


def _context(importer: Importer, place: Place) -> Context:
    return importer.opens(Context(current_user, clock.now(), _campaign(place)), place)


def _template(importer: Importer, campaign: Campaign | None) -> Response:
    about = About(
        f"Tệp mẫu: {importer.title}",
        clock.now(),
        current_user.full_name,
        "tệp mẫu, dòng đầu là ví dụ",
        [("Hướng dẫn", line) for line in importer.guidance],
    )
    filled = template(importer, about, campaign.points_places if campaign else PLACES)
    return send_stored(filled, name=f"Mẫu nhập {importer.title}.xlsx", media_type=EXCEL)


def _received(importer: Importer, place: Place) -> ResponseReturnValue:
    try:
        return _previewed(importer, place, table_of(importer, received("Hãy chọn tệp cần nhập.")))
    except RuleViolation as violation:
        db.session.rollback()
        return _page(importer, place, error=str(violation))


def _previewed(importer: Importer, place: Place, table: Table) -> ResponseReturnValue:
    outcomes = carry_out(importer, _context(importer, place), table.rows)
    db.session.rollback()
    effects = {outcome.effect for outcome in outcomes}
    is_to_write = Effect.WRONG not in effects and effects != {Effect.LEFT}
    return _page(
        importer,
        place,
        outcomes=outcomes,
        notes=table.notes,
        sealed=_sealed(importer, table, outcomes) if is_to_write else "",
    )


def _sealed(importer: Importer, table: Table, outcomes: Sequence[Outcome]) -> str:
    sealed = seal(importer.slug, table.rows, outcomes, by=current_user.id, secret=_secret())
    if len(sealed) > current_app.config["MAX_FORM_MEMORY_SIZE"] - _BESIDE:
        refuse("Tệp có quá nhiều chữ cho một lần nhập. Hãy chia thành nhiều tệp.")
    return sealed


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _page(
    importer: Importer,
    place: Place,
    *,
    error: str = "",
    outcomes: Sequence[Outcome] | None = None,
    notes: Sequence[str] = (),
    sealed: str = "",
) -> ResponseReturnValue:
    rows = outcomes or ()
    counts = {effect: sum(row.effect is effect for row in rows) for effect in Effect}
    is_wrong = bool(error) or counts[Effect.WRONG] > 0
    name, endpoint = BACK[importer.slug]
    page = render_template(
        "imports/upload.html",
        importer=importer,
        campaign=_campaign(place),
        error=error,
        is_previewed=outcomes is not None,
        wrong=[row for row in rows if row.effect is Effect.WRONG],
        shown=_shown(rows),
        notes=notes,
        counts=counts,
        effects=Effect,
        sealed="" if is_wrong else sealed,
        back=(name, url_for(endpoint, **place)),
        template=url_for(".download", **place),
        upload=url_for(".upload", **place),
        write=url_for(".write", **place),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK


def _shown(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The first rows of each kind, as many as a page bears."""
    left = dict.fromkeys(Effect, MOST_SHOWN)
    shown = []
    for row in outcomes:
        if left[row.effect]:
            left[row.effect] -= 1
            shown.append(row)
    return shown


def _written(importer: Importer, place: Place) -> ResponseReturnValue:
    try:
        rows, seen = unseal(
            importer.slug, request.form.get("sealed", ""), by=current_user.id, secret=_secret()
        )
    except RuleViolation as violation:
        return _page(importer, place, error=str(violation))
    outcomes = carry_out(importer, _context(importer, place), rows)
    counts = Counter(row.effect for row in outcomes)
    if digest(outcomes) != seen or counts[Effect.WRONG]:
        db.session.rollback()
        flash("Dữ liệu vừa thay đổi sau khi xem trước; chưa ghi gì. Hãy xem lại.", "warning")
        return _previewed(importer, place, Table(rows, []))
    recorder.act(importer.act, campaign_id=place.get("campaign_id"))
    db.session.commit()
    flash(f"Đã nhập {importer.title.lower()}: {_done(counts)}.", "success")
    return redirect(url_for(BACK[importer.slug][1], **place), HTTPStatus.SEE_OTHER)


def _done(counts: Counter[Effect]) -> str:
    """Bao nhiêu dòng đã thêm, sửa, giữ nguyên."""
    effects = (Effect.ADDED, Effect.CHANGED, Effect.LEFT)
    return ", ".join(f"{effect.label} {counts[effect]}" for effect in effects if counts[effect])
