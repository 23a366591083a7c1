"""Câu chuyện về điển hình: the editors' page, and the gallery everybody reads."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.core.prose import blocks as prose_blocks
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import exemplar as exemplar_row
from campaign.exemplars.stories import actions, queries
from campaign.exemplars.stories.forms import StoryForm
from campaign.exemplars.stories.models import ExemplarStory
from campaign.extensions import db
from campaign.files import storage
from campaign.papers.pictures import drawn_anew
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.reporting.queries import sight_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import show_stored
from campaign.web.outside import looked_at
from campaign.web.pages import form_page, tell_refusal

stories = Blueprint("stories", __name__)
_OF = "/campaigns/<int:campaign_id>/exemplars/<int:exemplar_id>/story"
_PUBLIC = "/public/campaigns/<int:campaign_id>/exemplars"


@stories.get(_PUBLIC)
@requires(Permission.PUBLIC)
def gallery(campaign_id: int) -> ResponseReturnValue:
    """Gương điển hình của phong trào, newest first."""
    campaign, rows = queries.told_campaign(campaign_id), queries.published(campaign_id)
    return render_template(
        "stories/gallery.html",
        campaign=campaign,
        rows=rows,
        pictures=queries.pictures_of([row.id for row in rows]),
    )


@stories.get(f"{_PUBLIC}/<int:exemplar_id>")
@requires(Permission.PUBLIC)
def story(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Một câu chuyện đã đăng."""
    campaign = queries.told_campaign(campaign_id)
    row = queries.published_story(campaign_id, exemplar_id)
    return render_template(
        "stories/story.html",
        campaign=campaign,
        row=row,
        prose=prose_blocks(row.body),
        pictures=queries.pictures_of([row.id]).get(row.id, ()),
    )


@stories.get(f"{_PUBLIC}/pictures/<int:picture_id>")
@requires(Permission.PUBLIC)
def picture(campaign_id: int, picture_id: int) -> ResponseReturnValue:
    """Một ảnh của câu chuyện đã đăng; its editors see it before."""
    edits = Permission.EXEMPLAR_DECIDE in current_user.permissions
    row = queries.picture(campaign_id, picture_id, sees_drafts=edits)
    return show_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


def _exemplar(campaign_id: int, exemplar_id: int) -> Exemplar:
    sight = sight_of(current_user, campaign_id, clock.today())
    return exemplar_row(campaign_id, exemplar_id, sight)


@stories.route(_OF, methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def edit(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Viết câu chuyện, ghi việc đồng ý, thêm ảnh."""
    campaign, row = campaign_for(current_user, campaign_id), queries.story_of(exemplar_id)
    exemplar, form = _exemplar(campaign_id, exemplar_id), StoryForm(obj=row)
    if form.validate_on_submit():
        try:
            _save(row, exemplar, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            row, exemplar = queries.story_of(exemplar_id), _exemplar(campaign_id, exemplar_id)
        else:
            return _done(campaign_id, exemplar_id, "exemplar.story", "Đã ghi câu chuyện.")
    return _edit_page(campaign, exemplar, row, form)


def _edit_page(
    campaign: Campaign, exemplar: Exemplar, row: ExemplarStory | None, form: StoryForm
) -> ResponseReturnValue:
    """The story as it stands or is typed, with its pictures."""
    return form_page(
        "stories/edit.html",
        form,
        campaign=campaign,
        exemplar=exemplar,
        row=row,
        pictures=queries.pictures_of([row.id]).get(row.id, ()) if row else (),
        url={"campaign_id": campaign.id, "exemplar_id": exemplar.id},
    )


def _save(row: ExemplarStory | None, exemplar: Exemplar, form: StoryForm) -> None:
    """The story as the form tells it, with the picture that came along, drawn anew before."""
    upload, content = form.file.data, b""
    if upload:
        with looked_at():
            content = drawn_anew(upload.stream)
    names = ("title", "body", "consent_on", "consent_paper")
    values = {name: form[name].data for name in names}
    saved = actions.save(row, exemplar, values, at=clock.now())
    if content:
        actions.add_picture(
            saved, content, upload.filename, form.alt.data, by=current_user, at=clock.now()
        )


def _done(campaign_id: int, exemplar_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    at = url_for(".edit", campaign_id=campaign_id, exemplar_id=exemplar_id)
    return redirect(at, HTTPStatus.SEE_OTHER)


def _story(campaign_id: int, exemplar_id: int) -> tuple[Exemplar, ExemplarStory]:
    exemplar, row = _exemplar(campaign_id, exemplar_id), queries.story_of(exemplar_id)
    if row is None:
        raise NotVisible
    return exemplar, row


@stories.post(f"{_OF}/publish")
@requires(Permission.EXEMPLAR_DECIDE)
def publish(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Đăng câu chuyện."""
    exemplar, row = _story(campaign_id, exemplar_id)
    actions.publish(row, exemplar, at=clock.now())
    return _done(campaign_id, exemplar_id, "exemplar.publish", "Đã đăng câu chuyện.")


@stories.post(f"{_OF}/withdraw")
@requires(Permission.EXEMPLAR_DECIDE)
def withdraw(campaign_id: int, exemplar_id: int) -> ResponseReturnValue:
    """Rút lại việc đồng ý; the story leaves the pages at once."""
    _, row = _story(campaign_id, exemplar_id)
    actions.withdraw_consent(row, clock.today())
    message = "Đã ghi việc rút đồng ý; câu chuyện và ảnh không còn trên trang."
    return _done(campaign_id, exemplar_id, "exemplar.withdraw", message)


@stories.post(f"{_OF}/pictures/<int:picture_id>/remove")
@requires(Permission.EXEMPLAR_DECIDE)
def remove_picture(campaign_id: int, exemplar_id: int, picture_id: int) -> ResponseReturnValue:
    """Bỏ một ảnh."""
    _, row = _story(campaign_id, exemplar_id)
    picture = queries.picture(campaign_id, picture_id, sees_drafts=True)
    if picture.story_id != row.id:
        raise NotVisible
    actions.remove_picture(picture)
    return _done(campaign_id, exemplar_id, "exemplar.story", "Đã bỏ ảnh.")
