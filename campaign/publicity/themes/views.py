"""Chủ đề: the public page of each, and the editors' pages."""

from collections.abc import Collection
from functools import partial
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.core.prose import blocks as prose_blocks
from campaign.exemplars.forms import exemplar_choices
from campaign.exemplars.queries import registered_exemplars
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.publicity import pictures
from campaign.publicity.front import public_progress
from campaign.publicity.kept import kept_page
from campaign.publicity.models import Theme
from campaign.publicity.queries import Progress
from campaign.publicity.themes import actions, queries
from campaign.publicity.themes.forms import ThemeForm
from campaign.reporting.queries import Sight
from campaign.scheme.queries import indicators_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page

themes = Blueprint("themes", __name__)

_OF_A_CAMPAIGN = "/campaigns/<int:campaign_id>/themes"


@themes.get("/themes/<int:theme_id>")
@requires(Permission.PUBLIC)
def show(theme_id: int) -> ResponseReturnValue:
    """Trang của một chủ đề: what it is about, where its targets stand, its posts."""
    return kept_page(partial(_theme_page, theme_id))


def _theme_page(theme_id: int) -> str:
    row = queries.public_theme(theme_id)
    indicators = queries.indicators_of_theme(row)
    progress = public_progress(row.campaign, indicators_of(row.campaign_id))
    return render_template(
        "publicity/theme.html",
        theme=row,
        campaign=row.campaign,
        prose=prose_blocks(row.lead),
        indicators=indicators,
        targets=pictures.targets(indicators, _among(indicators, progress)),
        posts=queries.posts_of_theme(theme_id, clock.today()),
        stories=queries.stories_of_theme(row),
    )


def _among(indicators: Collection[int], progress: Progress) -> Progress:
    """Of the progress what is of these indicators."""
    return Progress(
        {key: values for key, values in progress.newest.items() if key in indicators},
        {key: values for key, values in progress.lead.items() if key in indicators},
    )


@themes.route(_OF_A_CAMPAIGN, methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các chủ đề của phong trào, and the place to add one."""
    return _page(campaign_for(current_user, campaign_id), None)


@themes.route(f"{_OF_A_CAMPAIGN}/<int:theme_id>", methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def edit(campaign_id: int, theme_id: int) -> ResponseReturnValue:
    """Sửa một chủ đề."""
    campaign = campaign_for(current_user, campaign_id)
    return _page(campaign, queries.theme(campaign_id, theme_id))


def _page(campaign: Campaign, row: Theme | None) -> ResponseReturnValue:
    form = _theme_form(campaign, row)
    if form.validate_on_submit():
        try:
            _save(row or Theme(campaign_id=campaign.id), form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _done(campaign.id, "Đã lưu chủ đề.")
    return form_page(
        "publicity/themes.html",
        form,
        campaign=campaign,
        theme=row,
        themes=queries.themes_of(campaign.id),
        counts=queries.post_counts(campaign.id),
    )


def _theme_form(campaign: Campaign, row: Theme | None) -> ThemeForm:
    """The form as the theme stands, with the indicators and examples there are to choose."""
    form = ThemeForm() if row is None else ThemeForm(obj=row, data=_chosen(row))
    form.indicators.choices = [
        (str(key), indicator.name) for key, indicator in indicators_of(campaign.id).items()
    ]
    form.exemplars.choices = exemplar_choices(
        registered_exemplars(campaign.id, Sight(frozenset(), sees_others=True))
    )
    return form


def _chosen(row: Theme) -> dict[str, list[int]]:
    return {
        "indicators": sorted(queries.indicator_ids(row.id)),
        "exemplars": sorted(queries.exemplar_ids(row.id)),
    }


def _save(row: Theme, form: ThemeForm) -> None:
    with db.session.begin_nested():  # the page still shows people if it is refused
        actions.save_theme(
            row,
            name=form.name.data,
            lead=form.lead.data,
            indicators=[int(key) for key in form.indicators.data or ()],
            exemplars=[int(key) for key in form.exemplars.data or ()],
        )


@themes.post(f"{_OF_A_CAMPAIGN}/<int:theme_id>/remove")
@requires(Permission.POST_WRITE)
def remove(campaign_id: int, theme_id: int) -> ResponseReturnValue:
    """Xoá một chủ đề; its posts stay."""
    campaign_for(current_user, campaign_id)
    actions.remove_theme(queries.theme(campaign_id, theme_id))
    return _done(campaign_id, "Đã xoá chủ đề; bài của chủ đề vẫn còn.")


def _done(campaign_id: int, message: str) -> ResponseReturnValue:
    recorder.act("post.theme", campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
