"""Việc còn thiếu của kế hoạch: what stands between a draft and its launch."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal, format_points
from campaign.core.points import ZERO
from campaign.core.text import sentence as as_sentence
from campaign.extensions import db
from campaign.honours.instruments import basis_problems, outside_words
from campaign.honours.models import RuleSet
from campaign.honours.queries import rule_sets
from campaign.planning.models import (
    Band,
    Block,
    Campaign,
    ReportingPeriod,
)
from campaign.planning.queries import Absent, absent_units, periods_of, rows_of, scheme_of
from campaign.planning.ties import bonus_lost, is_missing, node_words
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup, weight_problem
from campaign.scheme.rules.terms import CriterionKind, Direction, Judgement, TakesFrom, TargetOf


@dataclass(frozen=True)
class Problem:
    """Việc còn thiếu: a sentence, where to mend it, and whether it blocks or only warns."""

    sentence: str
    endpoint: str
    is_blocking: bool = True
    values: tuple[tuple[str, Any], ...] = ()


def absent_problems(scheme: Scheme, absent: Mapping[int, Absent]) -> list[Problem]:
    """Chỗ kế hoạch còn ghi đơn vị đã chấm dứt: to be taken out, or the unit's dates corrected."""
    return [
        Problem(
            f"{owner} có đơn vị không có vào ngày bắt đầu phong trào: {'; '.join(gone)}.",
            endpoint,
            values=(value,),
        )
        for owner, unit_ids, endpoint, value in _naming_units(scheme)
        if (gone := [gone_unit.told for key, gone_unit in absent.items() if key in unit_ids])
    ]


def _naming_units(
    scheme: Scheme,
) -> Iterator[tuple[str, Collection[int], str, tuple[str, int]]]:
    """Chỗ kế hoạch ghi tên đơn vị: what it is, which units, and the page where they are named."""
    for row in scheme.indicators.values():
        yield (
            f"Chỉ tiêu “{row.name}”",
            row.owners | row.allocations.keys() | row.given_units,
            "allocations.edit",
            ("indicator_id", row.id),
        )
    for leaf in scheme.criteria:
        yield f"Tiêu chí {leaf.code}", leaf.units, "criteria.edit", ("criterion_id", leaf.id)


def launch_problems(campaign: Campaign) -> list[Problem]:
    """Việc còn thiếu của kế hoạch before the launch, each with the page where it is mended."""
    scheme, periods = scheme_of(campaign.id), periods_of(campaign.id)
    return [
        *_plan_problems(campaign, periods),
        *_period_problems(campaign, periods),
        *_table_problems(campaign, scheme),
        *_tree_problems(scheme),
        *_indicator_problems(scheme),
        *_year_problems(campaign, scheme),
        *_bonus_problems(scheme),
        *_tie_problems(campaign, scheme),
        *absent_problems(scheme, absent_units(campaign)),
        *_unchecked_problems(campaign, scheme),
        *law_problems(campaign, periods),
    ]


def _plan_problems(campaign: Campaign, periods: Sequence[ReportingPeriod]) -> Iterator[Problem]:
    """Phần còn trống của kế hoạch: words, rule set, blocks, periods, bands."""
    if not campaign.announcement.strip():
        yield Problem("Chưa có nội dung phát động.", "planning.edit")
    if not campaign.legal_basis.strip():
        yield Problem("Chưa có căn cứ pháp lý.", "planning.edit")
    if not campaign.rule_set_code:
        yield Problem("Chưa chọn bộ quy định.", "planning.edit")
    if not rows_of(Block, campaign.id):
        yield _missing_rows("Chưa có khối thi đua.", "blocks")
    if not periods:
        yield _missing_rows("Chưa có kỳ báo cáo.", "periods")
    elif not any(period.is_final for period in periods):
        yield _missing_rows("Chưa chọn kỳ cuối.", "periods")
    if not (bands := rows_of(Band, campaign.id)):
        yield _missing_rows("Chưa có mức xếp loại.", "bands")
    elif sentence := _band_warning(bands[0], campaign.scale):
        yield _missing_rows(sentence, "bands", is_blocking=False)


def _period_problems(campaign: Campaign, periods: Sequence[ReportingPeriod]) -> list[Problem]:
    """Kỳ nằm ngoài phong trào, as of another year; a period after the final one."""
    sentences = [told for row in periods if (told := _outside_words(campaign, row))]
    final = next((row for row in periods if row.is_final), None)
    sentences += [
        f"Kỳ “{row.name}” hết sau kỳ cuối “{final.name}”, nên số liệu của kỳ ấy không được chấm."
        for row in periods
        if final and row.ends_on > final.ends_on
    ]
    return [_missing_rows(sentence, "periods", is_blocking=False) for sentence in sentences]


def _outside_words(campaign: Campaign, row: ReportingPeriod) -> str:
    """Kỳ trước hoặc sau phong trào; nothing of a period that shares a day with it."""
    if row.ends_on < campaign.starts_on:
        return (
            f"Kỳ “{row.name}” hết ngày {format_date(row.ends_on)}, trước ngày phong trào bắt "
            f"đầu {format_date(campaign.starts_on)}; hãy xem lại năm."
        )
    if row.starts_on > campaign.ends_on:
        return (
            f"Kỳ “{row.name}” bắt đầu ngày {format_date(row.starts_on)}, sau ngày phong trào "
            f"kết thúc {format_date(campaign.ends_on)}; hãy xem lại năm."
        )
    return ""


def _missing_rows(sentence: str, kind: str, *, is_blocking: bool = True) -> Problem:
    return Problem(sentence, "lists.index", is_blocking, values=(("kind", kind),))


def _band_warning(highest: Band, scale: Decimal) -> str:
    """Mức cao nhất không hợp với thang điểm: a table of 1.000 points with bands of one of 100."""
    start, whole = format_decimal(highest.from_points), format_decimal(scale)
    if highest.from_points * 2 < scale:
        return (
            f"Mức xếp loại cao nhất “{highest.name}” chỉ cần {start} điểm trên thang {whole}; hãy "
            "xem lại các mức."
        )
    if highest.from_points > scale:
        return (
            f"Mức xếp loại “{highest.name}” cần {start} điểm, quá thang {whole}: chỉ đạt được nhờ "
            "điểm thưởng."
        )
    return ""


def _table_problems(campaign: Campaign, scheme: Scheme) -> Iterator[Problem]:
    """Chỗ bảng điểm chưa đúng: its sum, and criteria that nobody can have points of."""
    if sentence := weight_problem(scheme.base_total, campaign.scale, scheme.places):
        yield Problem(sentence, "criteria.index")
    for criterion in scheme.criteria:
        yield from _checklist_problems(criterion)
        indicator = scheme.indicators.get(criterion.indicator_id or 0)
        if indicator is not None and indicator.direction is Direction.WATCH:
            yield Problem(
                f"Tiêu chí {criterion.code} tính theo một chỉ tiêu chỉ để theo dõi, nên không "
                "đơn vị nào có điểm.",
                "criteria.edit",
                values=(("criterion_id", criterion.id),),
            )


def _checklist_problems(criterion: ScoredCriterion) -> Iterator[Problem]:
    """Danh mục mà làm đủ mọi mục vẫn chưa đến điểm tối đa."""
    reachable = sum((row.points for row in criterion.checklist), ZERO)
    is_short = criterion.is_limited and reachable < criterion.maximum
    if criterion.checklist and is_short:
        yield Problem(
            f"Danh mục của tiêu chí {criterion.code} cộng mọi mục được "
            f"{format_decimal(reachable)}, chưa đến điểm tối đa "
            f"{format_decimal(criterion.maximum)}.",
            "criteria.edit",
            is_blocking=False,
            values=(("criterion_id", criterion.id),),
        )


def _tree_problems(scheme: Scheme) -> Iterator[Problem]:
    """Mục chưa có tiêu chí, trần thấp hơn điểm chuẩn, and penalties that could never take."""
    rewarded = {row.bonus_group_id for row in scheme.indicators.values()}
    for node in scheme.nodes:
        own = {below.id for below in node.outline}
        if node.is_empty and not own & rewarded:
            yield _section_problem(node, as_sentence(f"{node_words(node)} chưa có tiêu chí nào"))
        yield from _ceiling_problems(node, scheme.places)
        yield from _taker_problems(node)


def _ceiling_problems(node: ScoredGroup, places: int) -> Iterator[Problem]:
    """Trần thấp hơn tổng điểm chuẩn của mục."""
    base = [row for row in node.criteria if row.kind is CriterionKind.BASE]
    whole = sum((row.maximum for row in base), ZERO)
    if node.ceiling is not None and node.ceiling < whole:
        yield _section_problem(
            node,
            f"Các tiêu chí điểm chuẩn của {node_words(node)} cộng lại "
            f"{format_points(whole, places)}, quá trần "
            f"{format_points(node.ceiling, places)}: thang điểm chỉ tính đến trần.",
            is_blocking=False,
        )


def _taker_problems(node: ScoredGroup) -> Iterator[Problem]:
    """Điểm trừ trừ vào một mục that has no points it could take."""
    takers = [row for row in node.own if row.takes_from is TakesFrom.GROUP]
    has_points = any(row.kind is not CriterionKind.PENALTY for row in node.criteria)
    if takers and not has_points and (node.floor is None or node.floor >= 0):
        codes = ", ".join(row.code for row in takers)
        yield _section_problem(
            node,
            f"Điểm trừ {codes} trừ vào {node_words(node)}, mà mục này không có điểm nào để "
            "trừ; hãy chọn trừ vào tổng điểm hoặc đặt mức sàn âm.",
        )


def _section_problem(node: ScoredGroup, sentence: str, *, is_blocking: bool = True) -> Problem:
    return Problem(
        sentence, "criteria.edit_group", is_blocking=is_blocking, values=(("group_id", node.id),)
    )


def _indicator_problems(scheme: Scheme) -> Iterator[Problem]:
    """Chỉ tiêu chưa có mức phải đạt, or that no criterion takes."""
    scored = {criterion.indicator_id for criterion in scheme.criteria}
    for indicator in scheme.indicators.values():
        if indicator.direction is Direction.WATCH:
            continue
        if goal := _lacking_goal(scheme, indicator):
            yield Problem(
                f"Chỉ tiêu “{indicator.name}” chưa có mức {goal}.",
                "indicators.edit",
                values=(("indicator_id", indicator.id),),
            )
        if indicator.id not in scored:
            yield Problem(
                f"Chỉ tiêu “{indicator.name}” chưa gắn với tiêu chí nào.",
                "criteria.index",
                is_blocking=False,
            )


def _year_problems(campaign: Campaign, scheme: Scheme) -> list[Problem]:
    """Mục tiêu năm trong phong trào kéo qua năm mới: of which year is a share due."""
    first, last = campaign.starts_on.year, campaign.ends_on.year
    names = _yearly_indicators(scheme)
    if first == last or not names:
        return []
    return [
        Problem(
            f"Phong trào kéo từ năm {first} sang năm {last} mà mục tiêu luỹ kế tính cho cả năm: "
            f"{'; '.join(names)}. Hãy xem có phải mục tiêu của cả phong trào không.",
            "indicators.index",
            is_blocking=False,
        )
    ]


def _yearly_indicators(scheme: Scheme) -> list[str]:
    """Chỉ tiêu luỹ kế có mục tiêu của cả năm, by name."""
    return [
        row.name
        for row in scheme.indicators.values()
        if row.target_of is TargetOf.YEAR
        and row.direction is not Direction.WATCH
        and any(way.judgement is Judgement.CUMULATIVE for way in scheme.ways_of(row))
    ]


def _lacking_goal(scheme: Scheme, indicator: MeasuredIndicator) -> str:
    """Mức nào chưa có, as its criteria judge it; empty where none lacks or units are given one."""
    lacking = [way for way in scheme.ways_of(indicator) if _lacks_goal(way)]
    if indicator.allocations or indicator.given or not lacking:
        return ""
    grows = all(way.judgement is Judgement.GROWTH for way in lacking)
    return "tăng trưởng phải đạt" if grows else "phải đạt"


def _lacks_goal(indicator: MeasuredIndicator) -> bool:
    """Chưa có mức phải đạt, as one of its criteria judges it."""
    is_growth = indicator.judgement is Judgement.GROWTH
    goal = indicator.growth_target if is_growth else indicator.year_target
    return goal is None and not FORMULAS[indicator.rule.kind].is_of_value


def law_problems(campaign: Campaign, periods: Sequence[ReportingPeriod]) -> list[Problem]:
    """Chỗ trái thời gian hiệu lực: the plan's days against its rule set and its bases."""
    rules = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    received = max((row.due_on for row in periods if row.is_final), default=campaign.ends_on)
    days = {campaign.starts_on: "ngày bắt đầu phong trào", received: "ngày dự kiến nhận hồ sơ"}
    warnings = (
        [outside_words(rules, rule_sets(), day, name) for day, name in days.items()]
        if rules
        else []
    )
    bases = [
        f"Căn cứ: {problem}" for problem in basis_problems(campaign.legal_basis, campaign.starts_on)
    ]
    return [
        Problem(sentence, "planning.edit", is_blocking=False)
        for sentence in [*warnings, *bases]
        if sentence
    ]


def _bonus_problems(scheme: Scheme) -> Iterator[Problem]:
    """Điểm thưởng vượt chỉ tiêu that would be promised and never counted."""
    groups = {node.id: node for node in scheme.nodes}
    criteria = {row.indicator_id for row in scheme.criteria if row.own_way is None}
    for row in scheme.indicators.values():
        if row.rule.bonus_per_percent <= 0:
            continue
        lost = bonus_lost(
            row, groups.get(row.bonus_group_id or 0), has_criterion=row.id in criteria
        )
        if lost:
            yield Problem(
                f"Điểm thưởng vượt của chỉ tiêu “{row.name}” sẽ không được tính: {lost}.",
                "indicators.edit",
                values=(("indicator_id", row.id),),
            )


def _tie_problems(campaign: Campaign, scheme: Scheme) -> list[Problem]:
    if any(is_missing(step, scheme.groups) for step in campaign.tie_breaks):
        return [
            Problem(
                "Tiêu chí phụ khi bằng điểm theo một nhóm không có trong bảng điểm.",
                "planning.settings",
            )
        ]
    return []


def _unchecked_problems(campaign: Campaign, scheme: Scheme) -> Iterator[Problem]:
    """Chỗ chưa đối chiếu với văn bản gốc: it may be launched, but not unseen."""
    if names := [row.name for row in scheme.indicators.values() if row.is_doubted]:
        yield Problem(
            f"Chỉ tiêu chưa đối chiếu với văn bản gốc: {'; '.join(names)}.",
            "indicators.index",
            is_blocking=False,
        )
    rules = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    if rules is not None and rules.checked_on is None:
        yield Problem(
            f"Bộ quy định {rules.code} chưa đối chiếu với văn bản gốc.",
            "honours.rule_sets",
            is_blocking=False,
        )
