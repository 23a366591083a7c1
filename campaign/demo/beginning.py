"""Diễn tập, chuẩn bị: the units, the people and the plan, before the launch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts import passwords
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import CouncilFunction
from campaign.demo import nominations
from campaign.demo.cast import Cast, act
from campaign.demo.content.indicators import INDICATORS, DemoIndicator
from campaign.demo.content.people import (
    ADMIN,
    COUNCIL,
    DEPUTIES,
    DIRECTOR,
    HEADS,
    INSPECTOR,
    OFFICERS,
    PASSWORD,
    SECRETARIAT,
    Person,
    head_of,
    officer_of,
)
from campaign.demo.content.plan import BLOCKS, CAMPAIGN, LETTERHEAD, PERIODS, TASKS
from campaign.demo.content.units import DEPARTMENT, DISTRICTS, OFFICES, DemoUnit, District
from campaign.demo.content.words import MADE_UP
from campaign.extensions import db
from campaign.office import actions as office
from campaign.planning import actions as planning
from campaign.planning.criteria import actions as criteria
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.scheme.models import Indicator, MeasureUnit
from campaign.scheme.rules.terms import OwnerPart
from campaign.units import actions as units


def settle_units(cast: Cast) -> None:
    """Các đơn vị của Sở and the offices of the districts."""
    settle(cast, (*OFFICES, *(unit for district in DISTRICTS for unit in district.units)))


def settle(cast: Cast, rows: Iterable[DemoUnit]) -> None:
    """Lập các đơn vị này, those above before those below."""
    for row in rows:
        parent = cast.units.get(row.parent)
        cast.units[row.code] = units.save_unit(
            None,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            parent_id=parent.id if parent else None,
            valid_from=None,
            valid_to=row.valid_to,
            is_illustrative=row.is_illustrative,
        )


def competing_units() -> list[DemoUnit]:
    """Đơn vị dự thi: those that stand in a block."""
    every = (*OFFICES, *(district.units[1] for district in DISTRICTS))
    return [row for row in every if row.block is not None]


def invite_people(cast: Cast) -> None:
    """Mọi người, each with their roles and the one password of the demo."""
    password = passwords.hashed(PASSWORD)
    roles = {
        ADMIN: Role.ADMIN,
        INSPECTOR: Role.INSPECTOR,
        DIRECTOR: Role.DIRECTOR,
        **dict.fromkeys(SECRETARIAT, Role.SECRETARIAT),
        **dict.fromkeys(DEPUTIES, None),
    }
    for person, role in roles.items():
        invite(cast, person, password, [(role, None)] if role else [])
    for row in competing_units():
        invite_unit(cast, row.code, HEADS[row.code], OFFICERS[row.code], password)


def invite_unit(cast: Cast, code: str, head: str, officer: str, password: str) -> None:
    """Thủ trưởng và cán bộ báo cáo của một đơn vị, by their full names."""
    unit = cast.units[code]
    for user_name, full_name, position, role in (
        (head_of(code), head, unit.signs_as, Role.UNIT_HEAD),
        (officer_of(code), officer, "Cán bộ báo cáo", Role.UNIT_OFFICER),
    ):
        person = Person(user_name, full_name, _honorific(full_name), position, code)
        invite(cast, person, password, [(role, unit.id)])


def _honorific(full_name: str) -> str:
    return "Bà" if " Thị " in full_name or full_name == "Trần Thu Hà" else "Ông"


def invite(
    cast: Cast, person: Person, password: str, roles: Sequence[tuple[Role, int | None]]
) -> None:
    """Thêm một người, with their roles; `password` is the demo's, hashed once."""
    user = accounts.create_person(
        user_name=person.user_name,
        full_name=person.full_name,
        honorific=person.honorific,
        position=f"{person.position} {MADE_UP}",
        unit_id=cast.units[person.unit].id,
        is_demo=True,
    )
    accounts.set_password(user, password)
    accounts.set_roles(user, roles, is_active=True)
    cast.users[person.user_name] = user


def plan_campaign(cast: Cast) -> Campaign:
    """Kế hoạch, the letterhead, the Council and the awards that are planned."""
    with act("campaign.create", cast.secretary):
        campaign = planning.create_campaign({**CAMPAIGN, "organiser_id": cast.units[DEPARTMENT].id})
    with act("plan.save", cast.secretary, campaign):
        save_lists(campaign, BLOCKS, TASKS, PERIODS)
        _plan_indicators(cast, campaign)
        criteria.take_default_table(campaign)
    with act("paper.design", cast.secretary):
        office.save_letterhead({**LETTERHEAD, "leader_name": cast.users["giam-doc"].full_name})
    with act("council.save", cast.secretary, campaign):
        seat_council(cast, campaign, COUNCIL, first_year=2021)
    with act("award.plan", cast.secretary, campaign):
        nominations.plan(campaign)
    return campaign


def save_lists(
    campaign: Campaign,
    blocks: Iterable[tuple[str, str]],
    tasks: Iterable[tuple[str, str]],
    periods: Iterable[Mapping[str, object]],
) -> list[Block]:
    """Khối, nhiệm vụ và kỳ báo cáo của kế hoạch; gives the blocks, in their order."""
    saved = []
    for name, short_name in blocks:
        block = Block()
        planning.save_row(campaign, block, {"name": name, "short_name": short_name})
        saved.append(block)
    for name, guidance in tasks:
        planning.save_row(campaign, Task(), {"name": name, "guidance": guidance})
    for period in periods:
        planning.save_period(campaign, ReportingPeriod(), dict(period))
    return saved


def seat_council(
    cast: Cast,
    campaign: Campaign,
    members: Iterable[tuple[str, CouncilFunction]],
    *,
    first_year: int,
) -> None:
    """Hội đồng, for a term of five years."""
    for name, function in members:
        council.add_member(
            campaign,
            cast.users[name.lower()],
            function=function,
            term_from=date(first_year, 1, 1),
            term_to=date(first_year + 4, 12, 31),
        )


def _plan_indicators(cast: Cast, campaign: Campaign) -> None:
    measures = {row.name: row.id for row in db.session.scalars(select(MeasureUnit))}
    for planned in INDICATORS:
        row = Indicator()
        planning.save_row(
            campaign,
            row,
            {
                **planned.values,
                "measure_unit_id": measures[planned.measure_unit],
                "points_rule": planned.rule.to_data(),
            },
        )
        cast.indicators[planned.key] = row
        _allocate(cast, campaign, planned, row)


def _allocate(cast: Cast, campaign: Campaign, planned: DemoIndicator, row: Indicator) -> None:
    """Who answers for it, who helps, and what each district is given of it."""
    owners = {
        cast.units[planned.lead].id: OwnerPart.LEAD,
        **{cast.units[code].id: OwnerPart.SUPPORT for code in planned.support},
    }
    save_allocations(
        campaign,
        row,
        owners,
        {
            cast.units[district.code].id: {**targets, "is_illustrative": True}
            for district in DISTRICTS
            if (targets := _allocated(planned.key, district)) is not None
        },
    )


_NO_TARGET: Mapping[str, Decimal | None] = MappingProxyType(
    {"target": None, "growth_target": None, "previous_year_value": None}
)


def _allocated(key: str, district: District) -> dict[str, Decimal | None] | None:
    """The target a district office has for an indicator; None where it has no part in it."""
    match key:
        case "iip":
            return {**_NO_TARGET, "growth_target": Decimal(8)}
        case "retail":
            before = (district.retail / Decimal("1.18")).quantize(Decimal("0.01"))
            return {
                **_NO_TARGET,
                "target": district.retail,
                "growth_target": Decimal(18),
                "previous_year_value": before,
            }
        case "grid":
            return {**_NO_TARGET, "target": district.households_target}
        case _:
            return None
