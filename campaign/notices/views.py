"""Nhắc việc: what a person has to know, and how they want to be told."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.notices import actions, queries
from campaign.notices.forms import MailChoiceForm
from campaign.notices.rules import BINDING
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.origin import public_url
from campaign.web.pages import form_page
from campaign.web.paging import page_number, paginate

notices = Blueprint("notices", __name__)


@notices.get("/")
@requires(Permission.HOME_READ)
def index() -> ResponseReturnValue:
    """Nhắc việc của tôi."""
    return render_template(
        "notices/index.html",
        page=paginate(queries.notices_of(current_user.id), number=page_number()),
        unread=queries.unread_count(current_user.id),
    )


@notices.post("/<int:notice_id>/open")
@requires(Permission.HOME_READ)
def follow(notice_id: int) -> ResponseReturnValue:
    """Mở một việc: it counts as read, and leads to its page."""
    notice = queries.notice_of(current_user.id, notice_id)
    if notice is None:
        raise NotVisible
    actions.read(notice, at=clock.now())
    db.session.commit()
    return redirect(notice.url, HTTPStatus.SEE_OTHER)


@notices.post("/read-all")
@requires(Permission.HOME_READ)
def read_all() -> ResponseReturnValue:
    """Đánh dấu đã đọc hết."""
    number = actions.read_all(current_user.id, at=clock.now())
    db.session.commit()
    flash(f"Đã đánh dấu {number} việc là đã đọc." if number else "Không còn việc chưa đọc.")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@notices.route("/settings", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def settings() -> ResponseReturnValue:
    """Chọn cách nhận thư."""
    form = MailChoiceForm(data={"choice": queries.choice_of(current_user.id)})
    if form.validate_on_submit():
        actions.choose(current_user, form.choice.data)
        db.session.commit()
        flash("Đã lưu cách nhận thư.", "success")
        return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
    return _settings_page(form)


def _settings_page(form: MailChoiceForm, feed_address: str = "") -> ResponseReturnValue:
    return form_page(
        "notices/settings.html",
        form,
        address=current_user.email,
        binding=sorted(kind.label for kind in BINDING),
        back=url_for(".settings"),
        feed_address=feed_address,
        feed_made_at=queries.feed_made_at(current_user.id),
    )


@notices.post("/settings/calendar")
@requires(Permission.ACCOUNT_OWN)
def make_feed() -> ResponseReturnValue:
    """Cấp địa chỉ lịch riêng: shown on this answer only."""
    token = actions.make_feed(current_user, at=clock.now())
    recorder.act("account.calendar")
    db.session.commit()
    form = MailChoiceForm(formdata=None, data={"choice": queries.choice_of(current_user.id)})
    return _settings_page(form, public_url("calendar_feed.show", token=f"{token}.ics"))


@notices.post("/settings/calendar/revoke")
@requires(Permission.ACCOUNT_OWN)
def revoke_feed() -> ResponseReturnValue:
    """Thu hồi địa chỉ lịch riêng."""
    actions.revoke_feed(current_user)
    recorder.act("account.calendar")
    db.session.commit()
    flash("Đã thu hồi địa chỉ lịch riêng.", "success")
    return redirect(url_for(".settings"), HTTPStatus.SEE_OTHER)
