"""Những gì đã có: what the rows of a file are compared with, loaded once for the whole file."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.core.text import name_key, search_key
from campaign.extensions import db
from campaign.honours.past_awards import Books
from campaign.imports.rules import Names
from campaign.planning.actions import hold
from campaign.planning.models import Block, Campaign, ReportingPeriod
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    GivenTarget,
    Indicator,
    MeasureUnit,
)
from campaign.scheme.queries import indicators_of, measure_units
from campaign.scheme.rules.targets import GivenTo
from campaign.units.kinds import usual_kinds
from campaign.units.models import Unit
from campaign.units.queries import kinds

_SPELLED: tuple[Callable[[str], str], ...] = (name_key, search_key)
_Namesakes = dict[tuple[str, int | None], dict[str, User]]


class Holdings:
    """Những gì đã có, each kind when it is first asked for; rows that were taken are added."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._plans: dict[int, Plan] = {}

    def plan(self, campaign: Campaign) -> "Plan":
        """Chỉ tiêu của phong trào, which is held from the first row that asks on: nobody launches
        it behind the file.
        """
        if campaign.id not in self._plans:
            hold(campaign)
            self._plans[campaign.id] = Plan(campaign.id)
        return self._plans[campaign.id]

    @cached_property
    def books(self) -> Books:
        """Hồ sơ khen thưởng cũ."""
        return Books()

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Đơn vị theo mã."""
        return {unit.code: unit for unit in db.session.scalars(select(Unit).order_by(Unit.id))}

    @cached_property
    def _units_like(self) -> tuple[dict[str, Unit], dict[str, Unit]]:
        """Đơn vị theo mã không kể hoa thường, and by name."""
        rows = self.units.values()
        return (
            {search_key(unit.code): unit for unit in rows},
            {name_key(unit.name): unit for unit in rows},
        )

    def units_like(self, code: str, name: str) -> list[Unit]:
        """Đơn vị có mã gần như thế, or that name: perhaps the one that is meant."""
        by_code, by_name = self._units_like
        like = (by_code.get(search_key(code)), by_name.get(name_key(name)))
        return [unit for unit in dict.fromkeys(like) if unit is not None]

    def enter_unit(self, unit: Unit) -> None:
        """Put a unit under its code and its name."""
        self.units[unit.code] = unit
        by_code, by_name = self._units_like
        by_code[search_key(unit.code)] = by_name[name_key(unit.name)] = unit

    @cached_property
    def codes(self) -> dict[int, str]:
        """Mã theo đơn vị."""
        return {unit.id: code for code, unit in self.units.items()}

    @cached_property
    def unit_kinds(self) -> Names:
        """Loại đơn vị theo tên."""
        return Names({kind.name: kind.code for kind in kinds() or usual_kinds()})

    @cached_property
    def measure_units(self) -> dict[str, MeasureUnit]:
        """Đơn vị đo theo tên."""
        return {name_key(unit.name): unit for unit in measure_units()}

    @cached_property
    def people(self) -> dict[str, User]:
        """Người dùng theo tên đăng nhập, with their roles."""
        held = db.session.scalars(select(User).options(selectinload(User.grants)).order_by(User.id))
        return {user.user_name: user for user in held}

    @cached_property
    def _namesakes(self) -> _Namesakes:
        namesakes: _Namesakes = {}
        for user in self.people.values():
            namesakes.setdefault((user.search_key, user.unit_id), {})[user.user_name] = user
        return namesakes

    def namesakes(self, full_name: str, unit_id: int | None) -> list[User]:
        """Người trùng tên, tones aside, of the same unit."""
        return list(self._namesakes.get((search_key(full_name), unit_id), {}).values())

    def leave(self, user: User) -> None:
        """Take a person out from under the name and unit they have, before these change."""
        self._namesakes.get((user.search_key, user.unit_id), {}).pop(user.user_name, None)

    def enter(self, user: User) -> None:
        """Put a person under the name and unit they have now."""
        self._namesakes.setdefault((user.search_key, user.unit_id), {})[user.user_name] = user
        self.people[user.user_name] = user


class Plan:
    """Chỉ tiêu của một phong trào, by name, and what of them is given to whom."""

    def __init__(self, campaign_id: int) -> None:
        """Load both, and how each is measured."""
        self._campaign_id = campaign_id
        self.group_lines: dict[str, tuple[object, ...]] = {}
        """Nhóm tiêu chí as the first row of the file that names it says it."""
        self.sections: dict[int, CriterionGroup] = {}
        """Mục của từng dòng đã đọc, by the number of the row."""
        self.kinds: dict[int, object] = {}
        """Loại ghi ở dòng của mục, for the criteria below it."""
        self.codes: dict[tuple[str, str], int] = {}
        """Mã đã dùng trong tệp, and the row that took it."""
        self.measured = indicators_of(campaign_id)
        held = _indicators_of(campaign_id)
        self._named: list[dict[str, list[Indicator]]] = [{}, {}]
        for indicator in held:
            self._add(indicator)
        self._by_name = {name_key(row.name): row for row in held}
        self.allocations = _allocations_of(campaign_id)
        self.allotted: set[int] = set()
        """Chỉ tiêu mà tệp giao riêng lần đầu."""

    @cached_property
    def blocks(self) -> dict[str, int]:
        """Khối theo tên."""
        return self._numbers_of(Block)

    @cached_property
    def periods(self) -> dict[str, int]:
        """Kỳ báo cáo theo tên."""
        return self._numbers_of(ReportingPeriod)

    def _numbers_of(self, model: type[Block] | type[ReportingPeriod]) -> dict[str, int]:
        rows = db.session.execute(
            select(model.id, model.name).where(model.campaign_id == self._campaign_id)
        )
        return {name_key(row.name): row.id for row in rows}

    @cached_property
    def given_targets(self) -> dict[tuple[int, GivenTo], GivenTarget]:
        """Mục tiêu theo khối, theo kỳ."""
        mine = select(Indicator.id).where(Indicator.campaign_id == self._campaign_id)
        return {
            (row.indicator_id, GivenTo(row.unit_id, row.block_id, row.period_id)): row
            for row in db.session.scalars(
                select(GivenTarget).where(GivenTarget.indicator_id.in_(mine))
            )
        }

    @cached_property
    def groups(self) -> dict[str, CriterionGroup]:
        """Nhóm tiêu chí theo ký hiệu."""
        chosen = select(CriterionGroup).where(CriterionGroup.campaign_id == self._campaign_id)
        return {row.code: row for row in db.session.scalars(chosen)}

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Tiêu chí theo ký hiệu."""
        chosen = select(Criterion).where(Criterion.campaign_id == self._campaign_id)
        return {row.code: row for row in db.session.scalars(chosen)}

    @cached_property
    def indicator_names(self) -> dict[int, str]:
        """Tên chỉ tiêu theo mã số."""
        return {number: row.name for number, row in self.measured.items()}

    def section_code(self, section_id: int | None) -> str:
        """Ký hiệu của một nhóm hoặc mục; empty of none."""
        return next((code for code, row in self.groups.items() if row.id == section_id), "")

    def by_name(self, name: str) -> Indicator | None:
        """Chỉ tiêu có đúng tên đầy đủ này."""
        return self._by_name.get(name_key(name))

    def resembling(self, name: str) -> list[Indicator]:
        """Chỉ tiêu có tên hoặc tên ngắn chỉ khác dấu."""
        return list(self._named[1].get(search_key(name), ()))

    def enter(self, indicator: Indicator) -> None:
        """Put a new indicator under its name."""
        self._by_name[name_key(indicator.name)] = indicator
        self._add(indicator)

    def _add(self, indicator: Indicator) -> None:
        """Under its names, with their tones and without."""
        for spelled, index in zip(_SPELLED, self._named, strict=True):
            for key in {spelled(indicator.name), spelled(indicator.short_name)}:
                if indicator not in index.setdefault(key, []):
                    index[key].append(indicator)

    def named(self, asked: str) -> Iterator[list[Indicator]]:
        """Chỉ tiêu có tên này: first with its tones, then without."""
        for spelled, index in zip(_SPELLED, self._named, strict=True):
            yield index.get(spelled(asked), [])


def _indicators_of(campaign_id: int) -> Sequence[Indicator]:
    """Các chỉ tiêu của phong trào, as rows."""
    return db.session.scalars(select(Indicator).where(Indicator.campaign_id == campaign_id)).all()


def _allocations_of(campaign_id: int) -> dict[tuple[int, int], Allocation]:
    """Chỉ tiêu giao của phong trào, by indicator and unit."""
    given = db.session.scalars(
        select(Allocation)
        .join(Indicator, Indicator.id == Allocation.indicator_id)
        .where(Indicator.campaign_id == campaign_id)
    )
    return {(row.indicator_id, row.unit_id): row for row in given}
