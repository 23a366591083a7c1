"""Diễn tập: the campaign of 2021, told by the actions its people take, an act a transaction."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.conduct import actions as conduct
from campaign.conduct.rules import Step
from campaign.demo import clock, council_room, movement, nominations, signing
from campaign.demo.beginning import competing_units, invite_people, plan_campaign, settle_units
from campaign.demo.cast import Cast, act, moment
from campaign.demo.checks import inspect_unit, verify_period
from campaign.demo.content.plan import DAYS_OFF, POWER_BASIS
from campaign.demo.content.words import COMMITMENTS, PLEDGES, PUBLISHED_FIGURES, REMINDER
from campaign.demo.enrolling import enrol_unit
from campaign.demo.health import tell_health
from campaign.demo.marks import score_blocks
from campaign.demo.reports import extend_period, report_period
from campaign.demo.stages import Stage, final, march
from campaign.enrolment import actions as enrolment
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours.models import RuleSet
from campaign.notices import actions as notices
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.publicity import actions as publicity
from campaign.publicity.models import Post
from campaign.publicity.rules import PostKind
from campaign.ranking import actions as ranking
from campaign.scheme.actions import install_measure_units


def tell(stage: Stage, passing: Callable[[Stage], None] = lambda _stage: None) -> Campaign:
    """Kể đến một thời điểm; the database must be empty. `passing` hears of each moment on the way
    that stands as it would if the story ended there, but for the day of the rehearsal.
    """
    cast = _gather(stage)
    campaign = plan_campaign(cast)
    if stage.is_past(Stage.REPORTING):
        _begin(cast, campaign)
        extend_period(cast, campaign)
        report_period(cast, campaign, is_final=False, filing=lambda code: march(code, stage))
    if stage.is_past(Stage.SCORING):
        _step(campaign, cast, Step.START_VERIFYING, Phase.REPORTING, date(2021, 4, 8))
        verify_period(cast, campaign, is_final=False, filing=lambda code: march(code, stage))
        movement.tell_news(cast, campaign, REMINDER)
        movement.grow(cast, campaign)
        report_period(cast, campaign, is_final=True, filing=lambda code: final(code, stage))
        verify_period(cast, campaign, is_final=True, filing=lambda code: final(code, stage))
        inspect_unit(cast, campaign)
        _step(campaign, cast, Step.OPEN_SCORING, Phase.VERIFYING, date(2021, 4, 27))
        score_blocks(cast, campaign, is_over=stage.is_past(Stage.MEETING))
    if stage.is_past(Stage.MEETING):
        nominations.nominate(cast, campaign)
        _step(campaign, cast, Step.CLOSE_SCORING, Phase.SCORING, date(2021, 5, 8))
        with act("ranking.freeze", cast.secretary, campaign):
            ranking.freeze(campaign, reason="", by=cast.secretary, at=moment(date(2021, 5, 10), 10))
        meeting = council_room.call(cast, campaign)
        passing(Stage.MEETING)
    if stage.is_past(Stage.PUBLISHED):
        council_room.hold(cast, campaign, meeting)
        _step(campaign, cast, Step.DECIDE, Phase.MEETING, date(2021, 5, 12))
        signing.decide(cast, campaign)
        signing.correct(cast, campaign)
        _conclude(cast, campaign)
        passing(Stage.PUBLISHED)
    if stage is Stage.HEALTH:
        tell_health(cast)
    recorder.acting_as(None, "Hệ thống")
    return campaign


def _begin(cast: Cast, campaign: Campaign) -> None:
    """From the launch to the first news of the movement."""
    _launch(cast, campaign)
    _enrol(cast, campaign)
    _step(campaign, cast, Step.OPEN_REPORTING, Phase.LAUNCHED, date(2021, 3, 5))
    movement.tell_news(cast, campaign, PLEDGES)
    movement.begin(cast, campaign)


def _gather(stage: Stage) -> Cast:
    """Catalogues, units and people, on the day of the stage."""
    cast = Cast()
    with act("demo.load", None):
        clock.move(stage.today)
        honours.install_catalogue()
        install_measure_units()
        db.session.get_one(RuleSet, "RS-2017").power_basis = POWER_BASIS
        for day, name in DAYS_OFF:
            notices.add_day_off(day, name)
        settle_units(cast)
        invite_people(cast)
    return cast


def _step(campaign: Campaign, cast: Cast, step: Step, expected: Phase, day: date) -> None:
    with act("campaign.move", cast.secretary, campaign):
        conduct.move(
            campaign,
            step,
            expected=expected,
            reason="",
            by=cast.secretary,
            at=moment(day, 8),
            is_warned=True,
        )


def _launch(cast: Cast, campaign: Campaign) -> None:
    _step(campaign, cast, Step.LAUNCH, Phase.DRAFT, date(2021, 2, 26))
    with act("post.save", cast.secretary, campaign):
        post = db.session.scalars(
            select(Post).where(Post.campaign_id == campaign.id, Post.is_announcement)
        ).one()
        publicity.save_post(
            post,
            kind=PostKind.ANNOUNCEMENT,
            title="Sở Công Thương phát động đợt thi đua đặc biệt chào mừng 70 năm Ngày truyền "
            "thống ngành Công Thương",
            body=campaign.announcement,
            source="Văn phòng Sở",
        )
        post.published_on = date(2021, 3, 2)


def _enrol(cast: Cast, campaign: Campaign) -> None:
    blocks = db.session.scalars(
        select(Block).where(Block.campaign_id == campaign.id).order_by(Block.position)
    ).all()
    for row in competing_units():
        taking = enrol_unit(cast, campaign, row.code, COMMITMENTS, moment(date(2021, 3, 2), 14))
        with act("enrolment.confirm", cast.secretary, campaign):
            enrolment.confirm(
                campaign,
                taking,
                block_id=blocks[row.block or 0].id,
                by=cast.secretary,
                at=moment(date(2021, 3, 3), 9),
            )
        cast.participations[row.code] = taking


def _conclude(cast: Cast, campaign: Campaign) -> None:
    _step(campaign, cast, Step.PUBLISH, Phase.DECIDING, date(2021, 5, 14))
    with act("post.save", cast.secretary, campaign):
        post = Post(campaign_id=campaign.id, is_announcement=False)
        publicity.save_post(
            post,
            kind=PostKind.RESULT,
            title="Số liệu đã công bố về sáu chỉ tiêu năm 2021",
            body=PUBLISHED_FIGURES,
            source="Cục Thống kê Hòa Bình; Báo Hòa Bình",
        )
        publicity.publish(post, on=date(2021, 5, 14))


def is_empty() -> bool:
    """Chưa có gì: neither people nor campaigns."""
    return (
        db.session.scalar(select(User.id).limit(1)) is None
        and db.session.scalar(select(Campaign.id).limit(1)) is None
    )
