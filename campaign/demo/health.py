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
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.demo.beginning import invite
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content import health as content
from campaign.demo.content.people import PASSWORD, Person, head_of, officer_of
from campaign.demo.content.units import DemoUnit
from campaign.demo.content.words import MADE_UP
from campaign.demo.health_reports import report_unit, verify_unit
from campaign.demo.stages import Progress
from campaign.enrolment import actions as enrolment
from campaign.extensions import db
from campaign.imports import shelf
from campaign.imports.importer import Context
from campaign.planning import actions as planning
from campaign.planning.criteria.actions import save_scope
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion, Indicator
from campaign.units import actions as units
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
    for code, results in content.RESULTS.items():
        at = moment(date(2026, 11, 3), 15)
        report_unit(cast, campaign, code, results.filed, at, is_final=True)
        if results.filed is Progress.VERIFIED:
            verify_unit(cast, campaign, code, moment(date(2026, 11, 5), 10), is_final=True)
    _ask_to_explain(cast, campaign, "BVSN", moment(date(2026, 11, 5), 16))
    return campaign


def _secretary(cast: Cast) -> User:
    return cast.users[content.SECRETARY]


def competing() -> list[DemoUnit]:
    """Đơn vị dự thi của Sở Y tế."""
    return [row for row in content.UNITS if row.block is not None]


def _settle(cast: Cast) -> None:
    """The units and the people, with the one password of the demo."""
    for row in content.UNITS:
        parent = cast.units.get(row.parent)
        cast.units[row.code] = units.save_unit(
            None,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            parent_id=parent.id if parent else None,
            valid_from=None,
            valid_to=None,
            is_illustrative=True,
        )
    password = passwords.hashed(PASSWORD)
    for person, role in content.STAFF:
        invite(cast, person, password, [(role, None)] if role else [])
    for row in competing():
        unit = cast.units[row.code]
        for name, names, position, role in (
            (head_of(row.code), content.HEADS, unit.signs_as, Role.UNIT_HEAD),
            (officer_of(row.code), content.OFFICERS, "Cán bộ báo cáo", Role.UNIT_OFFICER),
        ):
            honorific = "Bà" if " Thị " in names[row.code] else "Ông"
            person = Person(name, names[row.code], honorific, position, row.code)
            invite(cast, person, password, [(role, unit.id)])


def _plan(cast: Cast) -> Campaign:
    """Kế hoạch: the table from the shelf, each block its own criteria, visits given by unit."""
    secretary = _secretary(cast)
    with act("campaign.create", secretary):
        campaign = planning.create_campaign(
            {**content.CAMPAIGN, "organiser_id": cast.units[content.DEPARTMENT].id}
        )
    with act("plan.save", secretary, campaign):
        blocks = [Block() for _ in content.BLOCKS]
        for block, (name, short_name) in zip(blocks, content.BLOCKS, strict=True):
            planning.save_row(campaign, block, {"name": name, "short_name": short_name})
        for name, guidance in content.TASKS:
            planning.save_row(campaign, Task(), {"name": name, "guidance": guidance})
        for period in content.PERIODS:
            planning.save_period(campaign, ReportingPeriod(), dict(period))
        planning.edit_settings(campaign, content.SETTINGS)
        table = shelf.ready_table(content.TABLE)
        assert table is not None  # noqa: S101 - it is shipped
        at = moment(date(2026, 3, 20), 9)
        shelf.take_table(table, Context(secretary, at, campaign), campaign)
        _divide(cast, campaign, blocks)
    with act("council.save", secretary, campaign):
        for name, function in content.COUNCIL:
            council.add_member(
                campaign,
                cast.users[name],
                function=function,
                term_from=date(2026, 1, 1),
                term_to=date(2030, 12, 31),
            )
    return campaign


def _divide(cast: Cast, campaign: Campaign, blocks: Sequence[Block]) -> None:
    """What only one block is asked, and the visits that are given to some hospitals."""
    for codes, block in zip((content.OF_HOSPITALS, content.OF_CENTRES), blocks, strict=True):
        for row in db.session.scalars(
            select(Criterion).where(Criterion.campaign_id == campaign.id, Criterion.code.in_(codes))
        ):
            save_scope(row, [block.id], [])
    visits = db.session.scalars(
        select(Indicator).where(
            Indicator.campaign_id == campaign.id, Indicator.short_name == "Lượt khám"
        )
    ).one()
    save_allocations(
        campaign,
        visits,
        {},
        {
            cast.units[code].id: {"target": target, "is_illustrative": True}
            for code, target in content.TARGETS.items()
        },
    )


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
    for row in competing():
        head = cast.users[head_of(row.code)]
        with act("enrolment.enrol", head, campaign):
            taking = enrolment.enrol(
                campaign,
                cast.units[row.code],
                commitments=f"Hoàn thành các chỉ tiêu được giao. {MADE_UP}",
                by=head,
                at=moment(date(2026, 4, 3), 14),
            )
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
