"""Plans: campaigns, their blocks, periods, indicators and criteria."""

from datetime import date
from decimal import Decimal
from typing import Any

from campaign.extensions import db
from campaign.honours.models import RuleSet
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion, CriterionGroup, Indicator, MeasureUnit
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement
from tests.build.base import NOW, numbers, saved


def campaign(*, phase: Phase = Phase.DRAFT, title: str | None = None, **more: Any) -> Campaign:
    """A campaign of 26/02–30/04/2021 in `phase`."""
    values: dict[str, Any] = {
        "starts_on": date(2021, 2, 26),
        "ends_on": date(2021, 4, 30),
        "minimum_marks": 2,
        "frozen_at": None if phase is Phase.DRAFT else NOW,
        "published_at": NOW if phase is Phase.PUBLISHED else None,
        **more,
    }
    return saved(Campaign(title=title or f"Phong trào {next(numbers)}", phase=phase, **values))  # type: ignore[no-any-return]


def block(of: Campaign, *, name: str | None = None, **more: Any) -> Block:
    """A block."""
    return saved(Block(campaign_id=of.id, name=name or f"Khối {next(numbers)}", **more))  # type: ignore[no-any-return]


def period(of: Campaign, *, is_final: bool = True, **more: Any) -> ReportingPeriod:
    """A reporting period: due 30/04, locked after 05/05/2021."""
    values: dict[str, Any] = {
        "name": f"Kỳ {next(numbers)}",
        "starts_on": of.starts_on,
        "ends_on": of.ends_on,
        "due_on": date(2021, 4, 30),
        "locks_on": date(2021, 5, 5),
        **more,
    }
    return saved(ReportingPeriod(campaign_id=of.id, is_final=is_final, **values))  # type: ignore[no-any-return]


def measure_unit(*, name: str | None = None, symbol: str = "%") -> MeasureUnit:
    """An entry of the catalogue of units of measure."""
    return saved(MeasureUnit(name=name or f"Đơn vị đo {next(numbers)}", symbol=symbol))  # type: ignore[no-any-return]


def indicator(of: Campaign, **more: Any) -> Indicator:
    """An indicator: at least 100, judged by level, unless told otherwise."""
    values: dict[str, Any] = {
        "name": f"Chỉ tiêu {next(numbers)}",
        "direction": Direction.AT_LEAST,
        "judgement": Judgement.LEVEL,
        "year_target": Decimal(100),
        "source_required": False,
        **more,
    }
    if "measure_unit_id" not in values:
        values["measure_unit_id"] = measure_unit().id
    return saved(Indicator(campaign_id=of.id, **values))  # type: ignore[no-any-return]


def group(
    of: Campaign,
    *,
    code: str | None = None,
    kind: CriterionKind = CriterionKind.BASE,
    cap: Decimal | None = None,
    within: CriterionGroup | None = None,
    **more: Any,
) -> CriterionGroup:
    """A group of criteria, or a section `within` one; criteria built in it are of its `kind`.

    `cap` is how much bonuses add or penalties take at most.
    """
    number = next(numbers)
    bound = "floor" if kind is CriterionKind.PENALTY else "ceiling"
    if cap is not None:
        more[bound] = -cap if bound == "floor" else cap
    row = CriterionGroup(
        campaign_id=of.id,
        parent_id=within.id if within else None,
        **{"code": code or f"G{number}", "name": f"Nhóm {number}", **more},
    )
    _kinds[saved(row).id] = kind
    return row


_kinds: dict[int, CriterionKind] = {}
"""Of what kind the criteria of a group are, where a test says nothing of them."""


def criterion(
    of: Campaign,
    *,
    within: CriterionGroup | None = None,
    judged_by: JudgedBy = JudgedBy.COUNCIL,
    maximum: str | None = "10",
    code: str | None = None,
    **more: Any,
) -> Criterion:
    """A criterion of 10 points judged by the council, unless told otherwise."""
    number = next(numbers)
    within = within or group(of)
    return saved(
        Criterion(  # type: ignore[no-any-return]
            campaign_id=of.id,
            group_id=within.id,
            judged_by=judged_by,
            maximum=None if maximum is None else Decimal(maximum),
            **{
                "code": code or f"C{number}",
                "name": f"Tiêu chí {number}",
                "kind": _kinds.get(within.id, CriterionKind.BASE),
                **more,
            },
        )
    )


def task(of: Campaign, **more: Any) -> Task:
    """A professional task."""
    return saved(Task(campaign_id=of.id, **{"name": f"Nhiệm vụ {next(numbers)}", **more}))  # type: ignore[no-any-return]


def rule_set(*, code: str = "RS-THU", **more: Any) -> RuleSet:
    """A rule set that rounds up to ten thousand; the one that is there if it is there."""
    return db.session.get(RuleSet, code) or saved(
        RuleSet(code=code, title="Bộ quy định thử", **more)
    )
