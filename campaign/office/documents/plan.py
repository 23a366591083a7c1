"""Kế hoạch phát động."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from campaign.core.dates import format_date, local_date
from campaign.core.listing import listing
from campaign.core.majorities import majority_text
from campaign.core.numbers import format_decimal, format_points
from campaign.council.named import names_of
from campaign.divergence.queries import threshold_of
from campaign.extensions import db
from campaign.nomination.kinds.planned import planned_awards
from campaign.office.documents.plan_table import table_lines
from campaign.office.documents.targets import given_words, goal_words
from campaign.office.heads import Asker, common, office, unchecked_bases
from campaign.office.rules import Item, PaperContent, bases, listed
from campaign.papers.rules import date_words, drive_words
from campaign.planning.models import Band, Block, Campaign, Task
from campaign.planning.queries import corrections, periods_of, rows_of, scheme_of
from campaign.planning.ties import step_words, tie_chain
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import JudgedBy
from campaign.units.models import Unit


def plans(asker: Asker, campaign: Campaign) -> list[Item]:
    """Kế hoạch: one, final once launched."""
    del asker
    return [Item(campaign.id, "Kế hoạch phát động", campaign.is_frozen)]


def plan(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung kế hoạch; one that was put right after its launch says so and since when."""
    del asker, subject_id
    head, scheme, is_final = office(campaign), scheme_of(campaign.id), campaign.is_frozen
    day = local_date(campaign.frozen_at) if campaign.frozen_at else None
    corrected = corrections(campaign.id) if is_final else ()
    since = f" (đã đính chính {date_words(local_date(corrected[0].at))})" if corrected else ""
    basis = bases(campaign.legal_basis, unchecked_bases(campaign.rule_set_code, is_final=is_final))
    about = f"Phát động {drive_words(campaign.title)}{since}"
    fields = common(campaign, head, about=about, symbol=head.symbol("KH"), day=day)
    fields |= {"basis": basis, "announcement": _announcement(campaign)}
    fields |= _arranged(campaign, scheme, is_final=is_final)
    version = "Bản phát động" if is_final else f"Bản thảo {campaign.version}"
    data_at = corrected[0].at if corrected else campaign.frozen_at
    return PaperContent(fields, f"{version}{since}", data_at)


def _announcement(campaign: Campaign) -> list[dict[str, Any]]:
    """Lời phát động line by line; one that begins with # is a heading."""
    return [
        {"text": line.removeprefix("#").strip(), "is_heading": line.startswith("#")}
        for line in listed(campaign.announcement, is_final=campaign.is_frozen)
    ]


def _arranged(campaign: Campaign, scheme: Scheme, *, is_final: bool) -> dict[str, Any]:
    """Phần của bảng điểm, khối, kỳ và giải thưởng."""
    blocks = rows_of(Block, campaign.id)
    names = {block.id: block.name for block in blocks}
    periods = {period.id: period.name for period in periods_of(campaign.id)}
    return {
        "goals": _goals(scheme, names, periods, is_final=is_final),
        "tasks": [row.name for row in rows_of(Task, campaign.id)],
        "blocks": [{"name": block.name} for block in blocks],
        "groups": [
            {"code": group.code, "name": group.name, "maximum": group.most_words(scheme.places)}
            for group in scheme.groups
        ],
        "scoring": _scoring_words(campaign, scheme),
        "table": _table(scheme, names),
        "awards": [row._asdict() for row in planned_awards(campaign.id, blocks)],
        "periods": _periods(campaign.id),
    }


def _table(scheme: Scheme, blocks: Mapping[int, str]) -> list[dict[str, Any]]:
    """Bảng điểm line by line, with the names of blocks, units and people that it speaks of."""
    names = {"blocks": blocks, "units": _unit_names(scheme), "people": names_of(scheme)}
    return table_lines(scheme, names)


def _goals(
    scheme: Scheme, blocks: Mapping[int, str], periods: Mapping[int, str], *, is_final: bool
) -> list[dict[str, str]]:
    """Chỉ tiêu with what is asked of everybody, of blocks and in periods."""
    return [
        {
            "name": indicator.name,
            "target": "; ".join(
                [goal_words(scheme, indicator), *given_words(indicator, blocks, periods)]
            ),
            "checked": "chưa đối chiếu" if indicator.is_doubted and not is_final else "",
        }
        for indicator in scheme.indicators.values()
    ]


def _periods(campaign_id: int) -> list[dict[str, str]]:
    return [
        {
            "name": period.name,
            "starts": format_date(period.starts_on),
            "ends": format_date(period.ends_on),
            "due": format_date(period.due_on),
            "locks": format_date(period.locks_on),
        }
        for period in periods_of(campaign_id)
    ]


def _unit_names(scheme: Scheme) -> dict[int, str]:
    """Tên các đơn vị mà tiêu chí nào đó nêu riêng."""
    named = {unit_id for criterion in scheme.criteria for unit_id in criterion.units}
    if not named:
        return {}
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(named)))
    return {row.id: row.name for row in rows}


def _scoring_words(campaign: Campaign, scheme: Scheme) -> str:
    """Cách chấm, xếp hạng và xếp loại, in sentences."""
    sentences = [*_marking_sentences(campaign, scheme), *_ranking_sentences(campaign, scheme)]
    return " ".join(f"{sentence}." for sentence in sentences)


_WORKED_OUT = {
    JudgedBy.INDICATOR: "chỉ tiêu định lượng",
    JudgedBy.COUNT: "tiêu chí theo số lần",
    JudgedBy.CHECKLIST: "tiêu chí theo danh mục",
}
_GIVEN_BY = {
    JudgedBy.SECRETARIAT: "Thường trực cho điểm khi thẩm định",
    JudgedBy.COUNCIL: "Hội đồng chấm",
}


def _marking_sentences(campaign: Campaign, scheme: Scheme) -> list[str]:
    is_judged = any(criterion.judged_by is JudgedBy.COUNCIL for criterion in scheme.criteria)
    sentences = [
        f"Tổng điểm chuẩn là {format_points(scheme.base_total, scheme.places)} điểm",
        *_judges_sentences(scheme),
    ]
    if is_judged:
        sentences.append(
            f"Điểm Hội đồng của một tiêu chí là {campaign.aggregation.label} của các phiếu chấm, "
            f"theo bước {format_decimal(campaign.mark_step)} điểm, ít nhất "
            f"{campaign.minimum_marks} phiếu"
        )
    return [*sentences, *_fairness_sentences(campaign, is_judged=is_judged)]


def _judges_sentences(scheme: Scheme) -> Iterator[str]:
    """Ai cho điểm: what the system works out, and who gives the rest."""
    judges = {criterion.judged_by for criterion in scheme.criteria}
    counted = listing([words for judge, words in _WORKED_OUT.items() if judge in judges])
    givers = " hoặc ".join(words for judge, words in _GIVEN_BY.items() if judge in judges)
    worked_out = [f"{counted} được tính điểm từ số liệu đã thẩm định"] if counted else []
    given = [f"các tiêu chí{' còn lại' if counted else ''} do {givers}"] if givers else []
    if sentence := "; ".join([*worked_out, *given]):
        yield sentence[0].upper() + sentence[1:]


def _fairness_sentences(campaign: Campaign, *, is_judged: bool) -> Iterator[str]:
    """Giải trình, tránh chấm, xem lại: what keeps the marks of a unit fair."""
    if campaign.clarification_days:
        yield (
            f"Sau thẩm định, đơn vị có {campaign.clarification_days} ngày để chấp nhận hoặc giải "
            "trình; hết hạn không có ý kiến là chấp nhận, kết quả thẩm định lần hai là kết quả "
            "cuối cùng"
        )
    if is_judged or campaign.recuses_block:
        kept = "cả khối của đơn vị mình" if campaign.recuses_block else "đơn vị của mình"
        yield f"Thành viên Hội đồng không chấm, không biểu quyết {kept}"
    if rule := threshold_of(campaign):
        yield (
            f"Tiêu chí của một đơn vị mà các phiếu chấm chênh nhau {rule.words} thì được xem lại: "
            f"{campaign.divergence_ended_by.label}"
        )


def _ranking_sentences(campaign: Campaign, scheme: Scheme) -> list[str]:
    sentences = ["Đơn vị xếp hạng trong từng khối"]
    ties = [
        step_words(step, scheme.groups) for step in tie_chain(campaign.tie_breaks, scheme.groups)
    ]
    if ties:
        sentences.append(f"Khi bằng điểm, lần lượt xét: {'; '.join(ties)}")
    if bands := rows_of(Band, campaign.id):
        sentences.append(f"Xếp loại: {'; '.join(map(_band_words, bands))}")
    if bands and campaign.band_share:
        sentences.append(
            "Đơn vị đủ điểm một mức thì Hội đồng bỏ phiếu kín, được xếp loại khi đạt từ "
            f"{majority_text(*campaign.band_share)} số thành viên có mặt"
        )
    return sentences


def _band_words(band: Band) -> str:
    floor = (
        ""
        if band.floor_percent is None
        else f", không tiêu chí nào dưới {format_decimal(band.floor_percent)} %"
    )
    return f"{band.name} từ {format_decimal(band.from_points)} điểm{floor}"
