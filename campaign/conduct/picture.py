"""Kế hoạch bằng lời, dòng từng dòng: what a correction is told from, before and after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal
from campaign.council.named import markers_words, names_of
from campaign.extensions import db
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.pictures import Picture, PicturedRow
from campaign.planning.queries import organiser_and_rules, periods_of, rows_of, scheme_of
from campaign.planning.ties import step_words, tie_chain
from campaign.scheme.rules.indicators import AllocatedTarget, MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.telling import judged_words, rule_words
from campaign.units.models import Unit


def picture(campaign: Campaign) -> Picture:
    """Cả kế hoạch bằng lời, by row."""
    scheme = scheme_of(campaign.id)
    names, people = _unit_names(scheme), names_of(scheme)
    blocks = {row.id: row.name for row in rows_of(Block, campaign.id)}
    wheres = {"blocks": blocks, "periods": {row.id: row.name for row in periods_of(campaign.id)}}
    return {
        f"campaign:{campaign.id}": PicturedRow("Phong trào", _of_campaign(campaign, scheme)),
        **dict(_of_lists(campaign.id)),
        **dict(_of_sections(scheme)),
        **dict(_of_criteria(scheme, blocks, names, people)),
        **dict(_of_indicators(scheme, names, wheres)),
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_decimal(value)


def _yes(is_so: bool) -> str:  # noqa: FBT001 - one column, told in a word
    return "có" if is_so else ""


def _share(share: tuple[int, int] | None) -> str:
    return "" if share is None else "/".join(map(str, share))


def _of_campaign(campaign: Campaign, scheme: Scheme) -> dict[str, str]:
    organiser = organiser_and_rules(campaign)[0]
    return {
        "tên": campaign.title,
        "dịp": campaign.occasion,
        "từ ngày": format_date(campaign.starts_on),
        "đến ngày": format_date(campaign.ends_on),
        "tính thời gian theo": campaign.counted_by.label,
        "bộ quy định": campaign.rule_set_code or "",
        "căn cứ": campaign.legal_basis,
        "nội dung": campaign.announcement,
        **_of_marking(campaign, scheme),
        "điều kiện họp": _share(campaign.quorum),
        "điều kiện họp xét khen thưởng": _share(campaign.award_quorum),
        "xếp loại do Hội đồng bỏ phiếu": _share(campaign.band_share),
        "công khai tiến độ": _yes(campaign.progress_is_public),
        "đơn vị phát động": organiser.name if organiser else "",
    }


def _of_marking(campaign: Campaign, scheme: Scheme) -> dict[str, str]:
    """Cách chấm: from the scale of points to who ends the review of marks that lie apart."""
    ties = [step_words(row, scheme.groups) for row in tie_chain(campaign.tie_breaks, scheme.groups)]
    return {
        "thang điểm": _number(campaign.scale),
        "số chữ số thập phân của điểm": str(campaign.points_places),
        "cách tổng hợp": campaign.aggregation.label,
        "bước điểm": _number(campaign.mark_step),
        "số phiếu tối thiểu": str(campaign.minimum_marks),
        "số ngày giải trình": str(campaign.clarification_days or ""),
        "nhóm không áp dụng": campaign.rescaling.label,
        "khi bằng điểm": "; ".join(ties),
        "không chấm cả khối của đơn vị mình": _yes(campaign.recuses_block),
        "chênh lệch phải xem lại, điểm": _number(campaign.divergence_points),
        "chênh lệch phải xem lại, %": str(campaign.divergence_percent or ""),
        "ai kết thúc việc xem lại": campaign.divergence_ended_by.label,
    }


_LISTS: tuple[tuple[type[Any], str, Callable[[Any], dict[str, str]]], ...] = (
    (Block, "Khối", lambda row: {"tên": row.name, "tên ngắn": row.short_name}),
    (Task, "Nhiệm vụ", lambda row: {"tên": row.name, "hướng dẫn": row.guidance}),
    (
        Band,
        "Mức xếp loại",
        lambda row: {
            "tên": row.name,
            "từ điểm": _number(row.from_points),
            "không tiêu chí nào dưới, %": _number(row.floor_percent),
        },
    ),
)


def _of_lists(campaign_id: int) -> Iterator[tuple[str, PicturedRow]]:
    for model, title, told in _LISTS:
        for row in rows_of(model, campaign_id):
            yield (
                f"{model.__tablename__}:{row.id}",
                PicturedRow(f"{title} “{row.name}”", told(row)),
            )
    for period in periods_of(campaign_id):
        yield f"period:{period.id}", PicturedRow(f"Kỳ “{period.name}”", _of_period(period))


def _of_period(period: ReportingPeriod) -> dict[str, str]:
    return {
        "tên": period.name,
        "từ ngày": format_date(period.starts_on),
        "đến ngày": format_date(period.ends_on),
        "hạn nộp": format_date(period.due_on),
        "đóng nhận sau": format_date(period.locks_on),
        "tiến độ năm, %": _number(period.expected_share),
        "tiến độ phong trào, %": _number(period.campaign_share),
        "kỳ cuối": "phải" if period.is_final else "",
    }


def _of_sections(scheme: Scheme) -> Iterator[tuple[str, PicturedRow]]:
    for row in scheme.nodes:
        title = f"{'Nhóm' if row.level == 1 else 'Mục'} {row.code}"
        yield f"group:{row.id}", PicturedRow(title, _of_section(scheme, row))


def _of_section(scheme: Scheme, row: ScoredGroup) -> dict[str, str]:
    above = next((node.code for node in scheme.nodes if node.id == row.parent_id), "")
    return {
        "mã": row.code,
        "tên": row.name,
        "nằm trong": above,
        "trần": _number(row.ceiling),
        "sàn": _number(row.floor),
    }


def _of_criteria(
    scheme: Scheme, blocks: Mapping[int, str], names: Mapping[int, str], people: Mapping[int, str]
) -> Iterator[tuple[str, PicturedRow]]:
    for row in scheme.criteria:
        scope = [
            *(blocks[key] for key in sorted(row.blocks)),
            *(names[key] for key in sorted(row.units)),
        ]
        told = _of_criterion(scheme, row, people, scope)
        yield f"criterion:{row.id}", PicturedRow(f"Tiêu chí {row.code}", told)


def _of_criterion(
    scheme: Scheme, row: ScoredCriterion, people: Mapping[int, str], scope: Sequence[str]
) -> dict[str, str]:
    return {
        "mã": row.code,
        "tên": row.name,
        "hướng dẫn": row.guidance,
        "nằm trong": next((node.code for node in scheme.nodes if node.id == row.group_id), ""),
        "loại": scheme.kind_words(row),
        "điểm tối đa": _number(row.maximum),
        "cách cho điểm": judged_words(scheme, row),
        "ai chấm": markers_words(row.markers, people),
        "minh chứng": "bắt buộc" if row.evidence_required else "",
        "chỉ áp dụng cho": "; ".join(scope),
    }


def _of_indicators(
    scheme: Scheme, names: Mapping[int, str], wheres: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[str, PicturedRow]]:
    groups = {node.id: node.code for node in scheme.nodes}
    for row in scheme.indicators.values():
        told = _of_indicator(row, names, groups) | _given_parts(row, names, wheres)
        yield f"indicator:{row.id}", PicturedRow(f"Chỉ tiêu “{row.name}”", told)


def _of_indicator(
    row: MeasuredIndicator, names: Mapping[int, str], groups: Mapping[int, str]
) -> dict[str, str]:
    """Một chỉ tiêu, with what is given to each unit as a field of its own."""
    return {
        "tên": row.name,
        "đơn vị đo": row.measure_unit,
        "chiều": row.direction.label,
        "cách đánh giá": row.judgement.label,
        **_of_target(row),
        "quy tắc điểm": rule_words(row.rule, row.direction),
        "nhóm nhận điểm thưởng": groups.get(row.bonus_group_id or 0, ""),
        **_of_reported(row),
        "tên ngắn": row.short_name,
        "nguồn": row.source,
        **_of_units(row, names),
    }


def _of_target(row: MeasuredIndicator) -> dict[str, str]:
    return {
        "tính cho": row.target_of.label,
        "mục tiêu": _number(row.year_target),
        "mức tăng, %": _number(row.growth_target),
        "năm trước": _number(row.previous_year_value),
    }


def _of_reported(row: MeasuredIndicator) -> dict[str, str]:
    """Số liệu phải báo cáo thế nào."""
    return {
        "số chữ số thập phân": str(row.decimals),
        "loại số liệu phải dùng": row.required_kind.label if row.required_kind else "",
        "bắt buộc ghi nguồn": _yes(row.source_required),
    }


def _of_units(row: MeasuredIndicator, names: Mapping[int, str]) -> dict[str, str]:
    """Đơn vị chủ trì, phối hợp, then what is given to each."""
    owners = {
        f"chủ trì, phối hợp: {names[unit_id]}": "có" for unit_id in row.owners if unit_id in names
    }
    return owners | {
        f"giao cho {names[unit_id]}": _given_words(target)
        for unit_id, target in row.allocations.items()
    }


def _given_parts(
    row: MeasuredIndicator, names: Mapping[int, str], wheres: Mapping[str, Mapping[int, str]]
) -> dict[str, str]:
    """Mục tiêu theo khối, theo kỳ, each a part of its own."""
    told = {}
    for key, numbers in row.given.items():
        whom = (
            names.get(key.unit_id or 0) or wheres["blocks"].get(key.block_id or 0) or "mọi đơn vị"
        )
        when = wheres["periods"].get(key.period_id or 0, "")
        part = f"giao cho {whom}, kỳ {when}" if when else f"giao cho {whom}"
        told[part] = _given_words(AllocatedTarget(*numbers, None))
    return told


def _given_words(target: AllocatedTarget) -> str:
    parts = (
        ("mục tiêu", target.target),
        ("tăng (%)", target.growth_target),
        ("năm trước", target.previous_year_value),
    )
    return "; ".join(
        f"{word} {format_decimal(value)}" for word, value in parts if value is not None
    )


def _unit_names(scheme: Scheme) -> dict[int, str]:
    """Tên các đơn vị mà bảng điểm nhắc đến."""
    named = {unit_id for row in scheme.criteria for unit_id in row.units} | {
        unit_id
        for row in scheme.indicators.values()
        for unit_id in (*row.owners, *row.allocations, *row.given_units)
    }
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(named)))
    return {row.id: row.name for row in rows}
