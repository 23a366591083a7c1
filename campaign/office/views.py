"""Văn bản của phong trào: drawn for whoever asks, filed once their step is frozen."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_date
from campaign.core.errors import NotVisible, refuse
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.files import storage
from campaign.office import actions, reading, shelf, workbook
from campaign.office.documents.closing import report_pictures, words_of
from campaign.office.forms import ClosingForm
from campaign.office.heads import Asker
from campaign.office.models import FiledPaper
from campaign.office.rules import PaperKind
from campaign.papers.documents import WORD
from campaign.papers.typesetting import pdf
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.reporting.queries import sight_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.drawing import for_paper
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

office = Blueprint("office", __name__)


def asker(campaign_id: int) -> Asker:
    """Người đang hỏi."""
    return Asker(current_user, sight_of(current_user, campaign_id, clock.today()), clock.now())


def kind_of(name: str) -> PaperKind:
    """Loại văn bản trong địa chỉ."""
    if name not in set(PaperKind):
        raise NotVisible
    return PaperKind(name)


@office.get("/")
@requires(Permission.PAPER_DRAW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Mọi văn bản lập được của phong trào."""
    campaign = campaign_for(current_user, campaign_id)
    on_shelf = shelf.shelf(asker(campaign_id), campaign)
    return render_template(
        "office/index.html",
        campaign=campaign,
        shelf=on_shelf,
        filed=_filed_of(campaign_id, on_shelf),
        may_file=_may_file(),
    )


@office.get("/excel")
@requires(Permission.PAPER_DRAW)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Văn bản đã lưu ra Excel: those whose papers this reader may draw."""
    campaign = campaign_for(current_user, campaign_id)
    rows = _filed_of(campaign_id, shelf.shelf(asker(campaign_id), campaign))
    return send_tables(
        workbook.filed(rows),
        title=f"Văn bản đã lưu, {campaign.title}",
        state=campaign.phase.label,
        name="van-ban-da-luu",
    )


def _filed_of(campaign_id: int, on_shelf: shelf.Shelf) -> list[FiledPaper]:
    visible = {(kind, item.subject_id) for kind, items in on_shelf for item in items}
    return [row for row in shelf.filed(campaign_id) if (row.kind, row.subject_id) in visible]


def _may_file() -> bool:
    return Permission.PAPER_FILE in current_user.permissions


@office.get("/<string:paper_kind>/<int:subject_id>")
@requires(Permission.PAPER_DRAW)
def draw(campaign_id: int, paper_kind: str, subject_id: int) -> ResponseReturnValue:
    """Tải một văn bản Word."""
    campaign = campaign_for(current_user, campaign_id)
    asking, kind = asker(campaign_id), kind_of(paper_kind)
    document = shelf.paper(asking, campaign, kind, subject_id)
    reading.note(asking, campaign_id, kind, subject_id)
    return send_stored(BytesIO(document.content), name=document.file_name, media_type=WORD)


@office.get("/plan")
@requires(Permission.PAPER_DRAW)
def plan(campaign_id: int) -> ResponseReturnValue:
    """Cả kế hoạch như khi in ra."""
    campaign = campaign_for(current_user, campaign_id)
    return render_template(
        "office/plan.html",
        campaign=campaign,
        paper=_plan_fields(campaign),
        has_own_template=PaperKind.PLAN in shelf.own_templates(),
    )


@office.get("/plan/pdf")
@requires(Permission.PAPER_DRAW)
def plan_pdf(campaign_id: int) -> ResponseReturnValue:
    """Cả kế hoạch ra PDF."""
    campaign = campaign_for(current_user, campaign_id)
    return send_stored(
        BytesIO(pdf("sheets/plan.typ", _plan_fields(campaign))),
        name=f"Kế hoạch phát động, {campaign.title}.pdf",
        media_type="application/pdf",
    )


def _plan_fields(campaign: Campaign) -> dict[str, Any]:
    """Nội dung kế hoạch, the same that the Word template is given."""
    asking = asker(campaign.id)
    item = shelf.SOURCES[PaperKind.PLAN].items(asking, campaign)[0]
    return shelf.fields_of(asking, campaign, PaperKind.PLAN, item)[1]


@office.route("/closing-words", methods=["GET", "POST"])
@requires(Permission.PAPER_FILE)
def closing_words(campaign_id: int) -> ResponseReturnValue:
    """Phần nhận định của báo cáo sơ kết, tổng kết."""
    campaign = campaign_for(current_user, campaign_id)
    row = words_of(campaign_id)
    form = ClosingForm(obj=row)
    if form.validate_on_submit():
        words = {name: value or "" for name, value in form.typed.items()}
        actions.save_closing_words(row, words, by=current_user, at=clock.now())
        recorder.act("paper.closing", campaign_id=campaign_id)
        db.session.commit()
        flash("Đã lưu phần nhận định.", "success")
        return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    return _closing_page(campaign, form)


def _closing_page(campaign: Campaign, form: ClosingForm) -> ResponseReturnValue:
    """Phần nhận định as typed, beside the pictures it is written to."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "office/closing_words.html",
        campaign=campaign,
        form=form,
        pictures=report_pictures(campaign, clock.today()),
    ), status


@office.get("/closing-words/pictures")
@requires(Permission.PAPER_FILE)
def closing_pictures(campaign_id: int) -> ResponseReturnValue:
    """Phụ lục hình vẽ của báo cáo sơ kết, tổng kết (PDF)."""
    campaign = campaign_for(current_user, campaign_id)
    drawn = report_pictures(campaign, clock.today())
    if not drawn:
        refuse("Chưa có số liệu nào để vẽ.")
    about = {
        "campaign": campaign.title,
        "title": "PHỤ LỤC: HÌNH VẼ",
        "subtitle": "Kèm báo cáo sơ kết, tổng kết phong trào",
        "source": f"Lập ngày {format_date(clock.today())}.",
        "pictures": [paper for row in drawn for paper in for_paper(row)],
    }
    return send_stored(
        BytesIO(pdf("sheets/pictures.typ", about)),
        name=f"Hình vẽ, {campaign.title}.pdf",
        media_type="application/pdf",
    )


@office.post("/<string:paper_kind>/<int:subject_id>/file")
@requires(Permission.PAPER_FILE)
def file(campaign_id: int, paper_kind: str, subject_id: int) -> ResponseReturnValue:
    """Lưu một văn bản đã chốt."""
    campaign = campaign_for(current_user, campaign_id)
    made = actions.file_paper(asker(campaign_id), campaign, kind_of(paper_kind), subject_id)
    return _filed(campaign_id, 0 if made is None else 1)


@office.post("/file-all")
@requires(Permission.PAPER_FILE)
def file_all(campaign_id: int) -> ResponseReturnValue:
    """Lưu mọi văn bản đã chốt."""
    campaign = campaign_for(current_user, campaign_id)
    return _filed(campaign_id, actions.file_all(asker(campaign_id), campaign))


def _filed(campaign_id: int, number: int) -> ResponseReturnValue:
    recorder.act("paper.file", campaign_id=campaign_id)
    db.session.commit()
    flash(
        f"Đã lưu {number} văn bản."
        if number
        else "Các văn bản này đã lưu từ trước, không có gì thay đổi.",
        "success",
    )
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@office.get("/filed/<int:paper_id>")
@requires(Permission.PAPER_DRAW)
def filed(campaign_id: int, paper_id: int) -> ResponseReturnValue:
    """Tải một văn bản đã lưu."""
    campaign = campaign_for(current_user, campaign_id)
    asking = asker(campaign_id)
    row = shelf.filed_paper(asking, campaign, paper_id)
    reading.note(asking, campaign_id, row.kind, row.subject_id)
    name = f"{row.kind.label}, {row.title}.docx"
    return send_stored(storage.open_file(row.storage_key), name=name, media_type=WORD)
