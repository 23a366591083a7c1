"""Tệp đính kèm bài viết: pages."""

from http import HTTPStatus
from io import BytesIO
from typing import IO

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.files import storage
from campaign.papers.pictures import drawn_anew, is_picture
from campaign.planning.queries import campaign_for
from campaign.publicity.attached import actions, queries
from campaign.publicity.models import Post
from campaign.publicity.queries import post as post_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.fields import SHORT
from campaign.web.files import show_stored
from campaign.web.outside import looked_at

attachments = Blueprint("attachments", __name__)

_OF_A_POST = "/campaigns/<int:campaign_id>/posts/<int:post_id>/files"


@attachments.get("/posts/<int:post_id>/files/<int:attachment_id>")
@requires(Permission.PUBLIC)
def download(post_id: int, attachment_id: int) -> ResponseReturnValue:
    """Xem hoặc tải một tệp đính kèm, as long as its post is out."""
    row = queries.file_for(current_user, post_id, attachment_id, clock.today())
    return show_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@attachments.route(_OF_A_POST, methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def index(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Tệp đính kèm của một bài, and the place to add to them; each refused one says why."""
    campaign, row = campaign_for(current_user, campaign_id), post_of(campaign_id, post_id)
    refused, alt = [], one_line(request.form.get("alt", ""))
    if request.method == "POST":
        refused = _attach_all(row, alt)
        recorder.act("post.save", campaign_id=campaign_id)
        db.session.commit()
        if not refused:
            return _back(campaign_id, post_id, "Đã gắn tệp.")
    return render_template(
        "publicity/files.html",
        campaign=campaign,
        post=row,
        files=queries.files_of(post_id),
        refused=refused,
        alt=alt,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _attach_all(row: Post, alt: str) -> list[str]:
    """Gắn các tệp đã gửi; why each of the others was not."""
    uploads = [upload for upload in request.files.getlist("file") if upload.filename]
    refused = [] if uploads else ["Hãy chọn một tệp."]
    for upload in uploads:
        try:
            _attach(row, upload, alt)
        except RuleViolation as refusal:
            refused.append(f"“{storage.clean_name(upload.filename)}” chưa gắn được. {refusal}")
    return refused


def _attach(row: Post, upload: FileStorage, alt: str) -> None:
    """Gắn một tệp; a refused one leaves those before it attached."""
    stream, words = _looked_at(upload, alt)
    with db.session.begin_nested():
        actions.attach(
            row,
            stream,
            upload.filename,
            limit=current_app.config["EVIDENCE_FILE_LIMIT"],
            by=current_user,
            at=clock.now(),
            alt=words,
        )


def _looked_at(upload: FileStorage, alt: str) -> tuple[IO[bytes], str]:
    """Nội dung sẽ lưu, with the words of a picture: that is drawn anew, so that it tells no place
    where it was taken; any other file stays as it is.
    """
    if not is_picture(upload.stream):
        return upload.stream, ""
    if not alt:
        refuse("Hãy ghi lời tả ảnh cho người không xem được ảnh.", "file")
    if len(alt) > SHORT:
        refuse(f"Lời tả ảnh dài quá {SHORT} ký tự.", "file")
    with looked_at():
        return BytesIO(drawn_anew(upload.stream)), alt


@attachments.post(f"{_OF_A_POST}/<int:attachment_id>/remove")
@requires(Permission.POST_WRITE)
def remove(campaign_id: int, post_id: int, attachment_id: int) -> ResponseReturnValue:
    """Gỡ một tệp đính kèm."""
    campaign_for(current_user, campaign_id)
    row = queries.file_of(post_of(campaign_id, post_id).id, attachment_id)
    actions.remove(row)
    recorder.act("post.save", campaign_id=campaign_id)
    db.session.commit()
    return _back(campaign_id, post_id, f"Đã gỡ “{row.file_name}”.")


def _back(campaign_id: int, post_id: int, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(
        url_for(".index", campaign_id=campaign_id, post_id=post_id), HTTPStatus.SEE_OTHER
    )
