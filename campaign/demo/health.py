"""Diễn tập: the second campaign, told beside that of 2021: a health department's of 2026."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from campaign.accounts import passwords
from campaign.accounts.models import User
from campaign.clarification import actions as clarification
from campaign.clarification import queries as clarifications
from campaign.conduct import actions as conduct
from campaign.conduct.rules import Step
from campaign.demo.beginning import invite, invite_unit, save_lists, seat_council, settle
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content import health as content
from campaign.demo.content.people import PASSWORD
from campaign.demo.content.units import DemoUnit
from campaign.demo.content.words import MADE_UP
from campaign.demo.enrolling import enrol_unit
from campaign.demo.health_reports import report_unit, verify_unit
from campaign.demo.stages import Progress
from campaign.enrolment import actions as enrolment
from campaign.extensions import db
from campaign.imports import shelf
from campaign.imports.importer import Context
from campaign.planning import actions as planning
from campaign.planning.criteria.actions import save_scope
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion, Indicator
from campaign.verification import queries as verified
from campaign.verification.models import Verification


def tell_health(cast: Cast) -> Campaign:
    """Kể phong trào của Sở Y tế, up to the days on which the final reports come in."""
    with act("demo.load", None):
        _settle(cast)
    campaign = _plan(cast)
    _step(cast, campaign, Step.LAUNCH, Phase.DRAFT, date(2026, 4, 1))
    _enrol(cast, campaign)
    _step(cast, campaign, Step.OPEN_REPORTING, Phase.LAUNCHED, date(2026, 4, 10))
    for code in content.RESULTS:
        report_unit(cast, campaign, code, Progress.VERIFIED, moment(date(2026, 7, 6), 15))
    _step(cast, campaign, Step.START_VERIFYING, Phase.REPORTING, date(2026, 7, 16))
    for code in content.RESULTS:
        verify_unit(cast, campaign, code, moment(date(2026, 7, 20), 10), is_final=False)
    _report_finally(cast, campaign)
    _ask_to_explain(cast, campaign, "BVSN", moment(date(2026, 11, 5), 16))
    return campaign


def _report_finally(cast: Cast, campaign: Campaign) -> None:
    """The final reports, as far as each has come, and what was verified of them."""
    for code, results in content.RESULTS.items():
        at = moment(date(2026, 11, 3), 15)
        report_unit(cast, campaign, code, results.filed, at, is_final=True)
        if results.filed is Progress.VERIFIED:
            verify_unit(cast, campaign, code, moment(date(2026, 11, 5), 10), is_final=True)


def _secretary(cast: Cast) -> User:
    return cast.users[content.SECRETARY]


def competing() -> list[DemoUnit]:
    """Đơn vị dự thi của Sở Y tế."""
    return [row for row in content.UNITS if row.block is not None]


def _settle(cast: Cast) -> None:
    """The units and the people, with the one password of the demo."""
    settle(cast, content.UNITS)
    password = passwords.hashed(PASSWORD)
    for person, role in content.STAFF:
        invite(cast, person, password, [(role, None)] if role else [])
    for row in competing():
        head, officer = content.HEADS[row.code], content.OFFICERS[row.code]
        invite_unit(cast, row.code, head, officer, password)


def _plan(cast: Cast) -> Campaign:
    """Kế hoạch: the table from the shelf, each block its own criteria, visits given by unit."""
    secretary = _secretary(cast)
    with act("campaign.create", secretary):
        campaign = planning.create_campaign(
            {**content.CAMPAIGN, "organiser_id": cast.units[content.DEPARTMENT].id}
        )
    with act("plan.save", secretary, campaign):
        blocks = save_lists(campaign, content.BLOCKS, content.TASKS, content.PERIODS)
        planning.edit_settings(campaign, content.SETTINGS)
        _take_table(campaign, secretary)
        _divide(cast, campaign, blocks)
    with act("council.save", secretary, campaign):
        seat_council(cast, campaign, content.COUNCIL, first_year=2026)
    return campaign


def _take_table(campaign: Campaign, secretary: User) -> None:
    table = shelf.ready_table(content.TABLE)
    assert table is not None  # noqa: S101 - it is shipped
    at = moment(date(2026, 3, 20), 9)
    shelf.take_table(table, Context(secretary, at, campaign), campaign)


def _divide(cast: Cast, campaign: Campaign, blocks: Sequence[Block]) -> None:
    """What only one block is asked, and the visits that are given to some hospitals."""
    for codes, block in zip((content.OF_HOSPITALS, content.OF_CENTRES), blocks, strict=True):
        for row in db.session.scalars(
            select(Criterion).where(Criterion.campaign_id == campaign.id, Criterion.code.in_(codes))
        ):
            save_scope(row, [block.id], [])
    save_allocations(
        campaign,
        _visits(campaign.id),
        {},
        {
            cast.units[code].id: {"target": target, "is_illustrative": True}
            for code, target in content.TARGETS.items()
        },
    )


def _visits(campaign_id: int) -> Indicator:
    return db.session.scalars(
        select(Indicator).where(
            Indicator.campaign_id == campaign_id, Indicator.short_name == "Lượt khám"
        )
    ).one()


def _step(cast: Cast, campaign: Campaign, step: Step, expected: Phase, day: date) -> None:
    with act("campaign.move", _secretary(cast), campaign):
        conduct.move(
            campaign,
            step,
            expected=expected,
            reason="",
            by=_secretary(cast),
            at=moment(day, 8),
            is_warned=True,
        )


def _enrol(cast: Cast, campaign: Campaign) -> None:
    blocks = db.session.scalars(
        select(Block).where(Block.campaign_id == campaign.id).order_by(Block.position)
    ).all()
    commitments = f"Hoàn thành các chỉ tiêu được giao. {MADE_UP}"
    for row in competing():
        taking = enrol_unit(cast, campaign, row.code, commitments, moment(date(2026, 4, 3), 14))
        with act("enrolment.confirm", _secretary(cast), campaign):
            enrolment.confirm(
                campaign,
                taking,
                block_id=blocks[row.block or 0].id,
                by=_secretary(cast),
                at=moment(date(2026, 4, 6), 9),
            )
        cast.participations[row.code] = taking


def _ask_to_explain(cast: Cast, campaign: Campaign, code: str, at: datetime) -> None:
    """Mở giải trình cho một đơn vị."""
    scheme, taking = scheme_of(campaign.id), cast.participations[code]
    (place,) = clarifications.unopened(campaign.id, None, taking.id)
    verified_unit = verified.results_of_some(campaign.id, scheme, place.block_id or 0, [taking.id])
    with act("clarification.open", _secretary(cast), campaign):
        clarification.open_round(
            campaign,
            db.session.get_one(Verification, place.verification_id),
            scheme,
            *verified_unit[taking.id],
            by=_secretary(cast),
            at=at,
        )
