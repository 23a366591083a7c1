"""Tuyên truyền: the public pages, and the editors' pages behind them."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.core.prose import blocks as prose_blocks
from campaign.decision import queries as decisions
from campaign.decision.exemplars import stories_of_awarded
from campaign.exemplars.stories.queries import newest as newest_stories
from campaign.extensions import csrf, db, give_up
from campaign.notices.actions import withdraw_all
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import campaign_for, corrections, periods_of
from campaign.planning.rules import Phase
from campaign.publicity import actions, pictures, queries, workbook
from campaign.publicity.attached.queries import files_of
from campaign.publicity.directives.actions import tell_units
from campaign.publicity.directives.queries import STUDYING, studied_by, study_counts
from campaign.publicity.forms import PostForm, ScheduleForm
from campaign.publicity.front import front, leaders, public_progress, sections
from campaign.publicity.kept import kept, kept_page
from campaign.publicity.listing import asked_posts, statement
from campaign.publicity.models import Post
from campaign.publicity.readers import count_reader
from campaign.publicity.rules import PostKind, PostState
from campaign.publicity.share import share_picture
from campaign.publicity.themes.actions import give_theme
from campaign.publicity.themes.queries import theme_of_post, themes_of
from campaign.ranking.frozen_tables import published_ranking
from campaign.ranking.queries import bands_of
from campaign.ranking.queries import blocks as ranked_blocks
from campaign.ranking.sums import measure_words
from campaign.reporting.rules import progress_text
from campaign.scheme.queries import indicators_of
from campaign.web import clock
from campaign.web.access import is_signed_in, requires
from campaign.web.origin import public_url
from campaign.web.pages import form_page
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

publicity = Blueprint("publicity", __name__)


@publicity.get("/")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Trang đầu: campaigns, announcements, results."""

    def render() -> str:
        campaigns = queries.public_campaigns()
        newest = campaigns[0] if campaigns else None
        return render_template(
            "publicity/index.html",
            newest=newest,
            others=campaigns[1:],
            posts=queries.public_posts(clock.today()),
            published=Phase.PUBLISHED,
            address=_address(newest),
            today=clock.today(),
            **front(newest),
        )

    return kept_page(render)


@publicity.get("/posts/<int:post_id>")
@requires(Permission.PUBLIC)
def show(post_id: int) -> ResponseReturnValue:
    """Một bài: date, source, views, newer and other posts."""
    today = clock.today()
    row = queries.public_post(post_id, today)
    return render_template(
        "publicity/show.html",
        post=row,
        prose=prose_blocks(row.body),
        newer=queries.neighbours(row, today, newer=True),
        older=queries.neighbours(row, today, newer=False),
        views=queries.views_of(post_id),
        theme=theme_of_post(post_id),
        corrections=queries.corrections_of(post_id),
        files=files_of(post_id),
        to_confirm=studied_by(row, current_user.units_as(*STUDYING)) if is_signed_in() else (),
    )


@publicity.post("/posts/<int:post_id>/views")
@csrf.exempt
@requires(Permission.PUBLIC)
def view(post_id: int) -> ResponseReturnValue:
    """Đếm một người đọc: from this very site, once a day; a count that fails is no fault of the
    page.
    """
    today = clock.today()
    queries.public_post(post_id, today)
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        _count_reader(post_id, today)
    return "", HTTPStatus.NO_CONTENT


def _count_reader(post_id: int, today: date) -> None:
    try:
        count_reader(
            post_id,
            address=request.remote_addr or "",
            browser=request.user_agent.string,
            day=today,
        )
        db.session.commit()
    except SQLAlchemyError:
        give_up()
        current_app.logger.warning("a view of post %s was not counted", post_id)


@publicity.get("/public/campaigns/<int:campaign_id>")
@requires(Permission.PUBLIC)
def campaign(campaign_id: int) -> ResponseReturnValue:
    """Trang công khai của phong trào: targets, progress where published, participants, timeline."""

    def render() -> str:
        campaign = queries.public_campaign(campaign_id)
        indicators = indicators_of(campaign_id)
        progress = public_progress(campaign, indicators)
        return render_template(
            "publicity/campaign.html",
            campaign=campaign,
            address=_address(campaign),
            indicators=indicators,
            progress=progress.newest,
            targets=pictures.targets(indicators, progress),
            sections=sections(campaign, indicators, progress, clock.today()),
            leaders=leaders(campaign),
            stories=newest_stories(campaign_id),
            posts=queries.public_posts_of(campaign_id, clock.today()),
            themes=themes_of(campaign_id),
            today=clock.today(),
            progress_text=progress_text,
            participants=queries.participants(campaign_id),
            milestones=_milestones(campaign, periods_of(campaign_id)),
            corrections=corrections(campaign_id),
            prose=prose_blocks(campaign.announcement),
            is_posted=bool(decisions.posted(campaign_id)),
            is_published=campaign.phase is Phase.PUBLISHED,
        )

    return kept_page(render)


def _address(campaign: Campaign | None) -> dict[str, str]:
    """Địa chỉ đầy đủ của trang và ảnh: from the configuration, never from what a visitor sent."""
    if campaign is None:
        return {}
    return {
        "page": public_url("publicity.campaign", campaign_id=campaign.id),
        "picture": public_url("publicity.picture", campaign_id=campaign.id),
    }


@publicity.get("/public/campaigns/<int:campaign_id>/picture")
@requires(Permission.PUBLIC)
def picture(campaign_id: int) -> ResponseReturnValue:
    """Ảnh để chia sẻ trang của phong trào; drawn once for each state of what it shows."""

    def draw() -> bytes:
        campaign = queries.public_campaign(campaign_id)
        indicators = indicators_of(campaign_id)
        shown = pictures.targets(indicators, public_progress(campaign, indicators))
        return share_picture(campaign, shown)

    drawn = kept(request.path, clock.today().isoformat(), draw)
    answer = make_response(drawn)
    answer.content_type = "image/png"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _milestones(campaign: Campaign, periods: Sequence[ReportingPeriod]) -> list[tuple[date, str]]:
    """Mốc thời gian, in the order of their days; on one day as they are written here."""
    milestones = [
        (campaign.starts_on, "Bắt đầu"),
        *((row.due_on, f"Hạn nộp: {row.name}") for row in periods),
        (campaign.ends_on, "Kết thúc"),
    ]
    if campaign.published_at:
        milestones.append((local_date(campaign.published_at), "Công bố kết quả"))
    return sorted(milestones, key=lambda row: row[0])


@publicity.get("/results/<int:campaign_id>")
@requires(Permission.PUBLIC)
def results(campaign_id: int) -> ResponseReturnValue:
    """Kết quả, after publication."""

    def render() -> str:
        campaign = queries.public_campaign(campaign_id)
        is_published = campaign.phase is Phase.PUBLISHED
        decided = decisions.published_decisions(campaign_id) if is_published else []
        return render_template(
            "publicity/results.html",
            campaign=campaign,
            standings=published_ranking(campaign_id),
            decided=decided,
            revoked=decisions.revoked_since(decided),
            posted=decisions.posted(campaign_id),
            stories=stories_of_awarded(campaign_id),
            blocks=ranked_blocks(campaign_id),
            bands=bands_of(campaign_id),
            measure=measure_words(campaign.rescaling),
            pictures={row.block_id: row.picture for row in leaders(campaign, head=())},
            is_published=is_published,
        )

    return kept_page(render)


@publicity.get("/campaigns/<int:campaign_id>/posts")
@requires(Permission.POST_WRITE)
def posts(campaign_id: int) -> ResponseReturnValue:
    """Các bài của phong trào."""
    campaign, today = campaign_for(current_user, campaign_id), clock.today()
    here = asked_posts()
    return render_template(
        "publicity/posts.html",
        campaign=campaign,
        asked=here,
        page=(page := paginate(statement(here, campaign_id, today), number=page_number())),
        today=today,
        studied=study_counts(campaign_id, page.rows),
    )


@publicity.get("/campaigns/<int:campaign_id>/posts/excel")
@requires(Permission.POST_WRITE)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Các bài của phong trào ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    here = asked_posts()
    rows = db.session.scalars(statement(here, campaign_id, clock.today())).all()
    return send_tables(
        workbook.posts(rows, queries.views_by_post([row.id for row in rows])),
        title=f"Tuyên truyền, {campaign.title}",
        state=campaign.phase.label,
        name="tuyen-truyen",
        notes=here.told(),
    )


@publicity.route("/campaigns/<int:campaign_id>/posts/new", methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def new(campaign_id: int) -> ResponseReturnValue:
    """Viết bài mới."""
    return _post_page(campaign_id, None)


@publicity.route("/campaigns/<int:campaign_id>/posts/<int:post_id>", methods=["GET", "POST"])
@requires(Permission.POST_WRITE)
def edit(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Sửa bài."""
    return _post_page(campaign_id, queries.post(campaign_id, post_id))


def _post_page(campaign_id: int, row: Post | None) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    form = _post_form(campaign_id, row)
    if form.validate_on_submit():
        try:
            _write(row or Post(campaign_id=campaign_id, is_announcement=False), form)
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            return _done(campaign_id, "post.save", "Đã lưu bài.")
    return form_page(
        "publicity/edit.html",
        form,
        campaign=campaign,
        post=row,
        files=files_of(row.id) if row else (),
        corrections=queries.corrections_of(row.id) if row else (),
    )


def _post_form(campaign_id: int, row: Post | None) -> PostForm:
    """The form as the post stands, without what it is not to be asked."""
    theme = theme_of_post(row.id) if row else None
    form = PostForm(obj=row, data={"theme_id": theme.id if theme else None} if row else None)
    choices = themes_of(campaign_id)
    form.theme_id.choices = [
        ("", "không thuộc chủ đề nào"),
        *((str(of.id), of.name) for of in choices),
    ]
    if not choices:
        del form.theme_id
    if row is not None and row.is_announcement:
        del form.kind
    if row is None or row.state(clock.today()) not in {PostState.OUT, PostState.WITHDRAWN}:
        del form.reason
    return form


def _write(row: Post, form: PostForm) -> None:
    """What is out already is corrected, with its reason; else it is written."""
    text = {name: form[name].data for name in ("title", "body", "source")}
    kind = form.kind.data if form.kind else PostKind.ANNOUNCEMENT
    if form.reason:
        actions.correct_post(row, **text, reason=form.reason.data, by=current_user, at=clock.now())
    actions.save_post(row, kind=kind, **text)
    if form.theme_id:
        give_theme(row, form.theme_id.chosen)


def _done(campaign_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".posts", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@publicity.post("/campaigns/<int:campaign_id>/posts/<int:post_id>/publish")
@requires(Permission.POST_WRITE)
def publish(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Đăng bài."""
    campaign_for(current_user, campaign_id)
    row = queries.post(campaign_id, post_id)
    actions.publish(row, on=clock.today())
    tell_units(row, at=clock.now())
    return _done(campaign_id, "post.publish", "Đã đăng bài.")


@publicity.route(
    "/campaigns/<int:campaign_id>/posts/<int:post_id>/schedule", methods=["GET", "POST"]
)
@requires(Permission.POST_WRITE)
def schedule(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Hẹn ngày đăng và ngày gỡ."""
    campaign, row = campaign_for(current_user, campaign_id), queries.post(campaign_id, post_id)
    form = ScheduleForm(obj=row)
    if form.validate_on_submit():
        try:
            actions.schedule(
                row,
                on=form.published_on.data,
                until=form.withdrawn_on.data,
                today=clock.today(),
            )
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            tell_units(row, at=clock.now())
            return _done(campaign_id, "post.publish", "Đã ghi ngày đăng.")
    return form_page("publicity/schedule.html", form, campaign=campaign, post=row)


@publicity.post("/campaigns/<int:campaign_id>/posts/<int:post_id>/unpublish")
@requires(Permission.POST_WRITE)
def unpublish(campaign_id: int, post_id: int) -> ResponseReturnValue:
    """Gỡ bài."""
    campaign_for(current_user, campaign_id)
    row = queries.post(campaign_id, post_id)
    actions.unpublish(row)
    withdraw_all(f"directive:{row.id}:", at=clock.now())
    return _done(campaign_id, "post.publish", "Đã gỡ bài.")
