"""Mẫu văn bản: pages where the office takes a template, tries its own, or returns to ours."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign import database
from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.office import actions, shelf
from campaign.office.forms import LetterheadForm
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES, described
from campaign.office.views import asker, kind_of
from campaign.papers.documents import LARGEST_TEMPLATE, WORD, Examination, Fault, draw, shipped
from campaign.units.queries import letterhead
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.outside import looked_at

paper_templates = Blueprint("paper_templates", __name__)


@paper_templates.get("/")
@requires(Permission.PAPER_DESIGN)
def index() -> ResponseReturnValue:
    """Các mẫu đang dùng."""
    own = shelf.own_templates()
    return render_template(
        "office/templates.html",
        kinds=PaperKind,
        own=own,
        uncompared=shelf.uncompared(own),
        head=letterhead(),
    )


@paper_templates.get("/<string:paper_kind>")
@requires(Permission.PAPER_DESIGN)
def show(paper_kind: str) -> ResponseReturnValue:
    """Một mẫu: its fields, and where to change it."""
    return _page(kind_of(paper_kind), [], HTTPStatus.OK)


def _page(kind: PaperKind, faults: list[Fault], status: HTTPStatus) -> ResponseReturnValue:
    own = shelf.own_templates()
    return render_template(
        "office/template.html",
        kind=kind,
        own=own.get(kind),
        is_uncompared=kind in shelf.uncompared(own),
        fields=described(kind),
        faults=faults,
    ), status


@paper_templates.get("/<string:paper_kind>/word")
@requires(Permission.PAPER_DESIGN)
def download(paper_kind: str) -> ResponseReturnValue:
    """Tải mẫu đang dùng để sửa trong Word."""
    kind = kind_of(paper_kind)
    own = shelf.own_templates().get(kind)
    return send_stored(
        BytesIO(own.content if own else shipped(kind.value)),
        name=f"Mẫu {kind.label}.docx",
        media_type=WORD,
    )


def _uploaded() -> tuple[str, bytes]:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        refuse("Hãy chọn tệp mẫu (.docx).")
    return upload.filename, upload.stream.read(LARGEST_TEMPLATE + 1)


@paper_templates.post("/<string:paper_kind>")
@requires(Permission.PAPER_DESIGN)
def change(paper_kind: str) -> ResponseReturnValue:
    """Xem thử hoặc dùng mẫu vừa gửi."""
    kind = kind_of(paper_kind)
    try:
        (name, content), at = _uploaded(), clock.now()
        with looked_at():
            if request.form.get("act") == "try":
                examined = actions.check_template(kind, content)
                if not examined.faults:
                    return _tried(kind, content)
            else:
                examined = actions.keep_template(kind, name, content, by=current_user, at=at)
    except RuleViolation as violation:
        return _refused(kind, [Fault("", str(violation))])
    if examined.faults:
        return _refused(kind, examined.faults)
    _warn_of_lacks(examined)
    return _done(kind, f"Từ nay {kind.label.lower()} lập theo mẫu này.")


def _refused(kind: PaperKind, faults: list[Fault]) -> ResponseReturnValue:
    """The page again with what is wrong with the template; nothing was changed."""
    db.session.rollback()
    database.writing.set(False)  # the page that tells the faults only reads
    return _page(kind, faults, HTTPStatus.UNPROCESSABLE_ENTITY)


def _warn_of_lacks(examined: Examination) -> None:
    if examined.lacks:
        flash(
            f"Mẫu này thiếu {len(examined.lacks)} nội dung mà mẫu kèm theo có; xem danh sách "
            "bên dưới.",
            "warning",
        )


def _tried(kind: PaperKind, content: bytes) -> ResponseReturnValue:
    """The newest real paper of this kind, for whoever may draw papers; else, or where there is
    none, the invented example.
    """
    fields = SAMPLES[kind]
    draws = Permission.PAPER_DRAW in current_user.permissions
    example = shelf.latest_example(asker(0), kind) if draws else None
    if example is not None:
        campaign, item = example
        fields = shelf.fields_of(asker(campaign.id), campaign, kind, item)[1]
    return send_stored(
        BytesIO(draw(content, fields)), name=f"Xem thử {kind.label}.docx", media_type=WORD
    )


def _done(kind: PaperKind, message: str) -> ResponseReturnValue:
    recorder.act("paper.design")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", paper_kind=kind.value), HTTPStatus.SEE_OTHER)


@paper_templates.post("/<string:paper_kind>/compare")
@requires(Permission.PAPER_DESIGN)
def compare(paper_kind: str) -> ResponseReturnValue:
    """Đối chiếu lại mẫu của cơ quan với mẫu kèm theo."""
    kind = kind_of(paper_kind)
    with looked_at():
        lacking = actions.compare_template(kind).lacking
    told = f"thiếu {len(lacking)} nội dung; xem danh sách bên dưới" if lacking else "không thiếu gì"
    return _done(kind, f"Đã đối chiếu với mẫu kèm theo: mẫu đang dùng {told}.")


@paper_templates.post("/<string:paper_kind>/restore")
@requires(Permission.PAPER_DESIGN)
def restore(paper_kind: str) -> ResponseReturnValue:
    """Trở về mẫu kèm theo."""
    kind = kind_of(paper_kind)
    actions.restore_template(kind)
    return _done(kind, "Đã trở về mẫu kèm theo.")


@paper_templates.route("/letterhead", methods=["GET", "POST"])
@requires(Permission.PAPER_DESIGN)
def edit_letterhead() -> ResponseReturnValue:
    """Tiêu đề văn bản của cơ quan."""
    form = LetterheadForm(obj=letterhead())
    if form.validate_on_submit():
        actions.save_letterhead({name: value or "" for name, value in form.typed.items()})
        recorder.act("paper.design")
        db.session.commit()
        flash("Đã lưu tiêu đề văn bản.", "success")
        return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("office/letterhead.html", form=form), status
