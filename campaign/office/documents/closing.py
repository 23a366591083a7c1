"""Báo cáo sơ kết, tổng kết phong trào: the figures from the data, the judgement from people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from campaign.charts.drawn import Drawn
from campaign.core.amounts import dong
from campaign.core.dates import format_date
from campaign.core.numbers import format_points
from campaign.decision.models import DecisionLine
from campaign.decision.queries import signed_lines
from campaign.extensions import db
from campaign.office.documents.closing_figures import (
    communication,
    examples_told,
    granted_above,
    periods_reported,
    task_reports,
    units_by_block,
)
from campaign.office.documents.targets import goal_words, measured
from campaign.office.heads import Asker, common, office
from campaign.office.models import ClosingWords
from campaign.office.rules import STAFF, Item, PaperContent, listed
from campaign.office.tallies import Awarded, Tally, summed, tallied, women_words
from campaign.papers.rules import drive_words
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Phase
from campaign.publicity.pictures import targets
from campaign.publicity.queries import PublicValue, progress
from campaign.ranking.frozen_tables import latest_frozen, published_ranking
from campaign.ranking.pictures import frozen_dots, standing, unit_of_measure
from campaign.register.pictures import Given, of_one
from campaign.reporting.rules import progress_text

SUMMING_UP, INTERIM = "Tổng kết", "Sơ kết"


def words_of(campaign_id: int) -> ClosingWords:
    """Phần nhận định của phong trào; an empty one where nothing was written yet."""
    return db.session.get(ClosingWords, campaign_id) or ClosingWords(
        campaign_id=campaign_id, results="", shortcomings="", causes="", lessons="", directions=""
    )


def closings(asker: Asker, campaign: Campaign) -> list[Item]:
    """Báo cáo tổng kết once the results are published, sơ kết before; final when nothing lacks."""
    if not asker.is_any(*STAFF) or campaign.phase is Phase.DRAFT:
        return []
    return [Item(campaign.id, _about(campaign), _settled_at(campaign) is not None)]


def _about(campaign: Campaign) -> str:
    which = SUMMING_UP if campaign.phase is Phase.PUBLISHED else INTERIM
    return f"{which} {drive_words(campaign.title)}"


def _settled_at(campaign: Campaign) -> datetime | None:
    """Lúc số liệu chốt: the last of the ranking, the signed decisions and the words."""
    words = words_of(campaign.id)
    frozen = latest_frozen(campaign.id)
    if campaign.phase is not Phase.PUBLISHED or frozen is None or not words.is_whole:
        return None
    signed = [row.signed_at for row, _ in signed_lines(campaign.id) if row.signed_at]
    return max(frozen.at, words.at, *signed)


def closing(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung báo cáo: what was organised, reached, told, awarded, lacked, learned; what next."""
    del asker, subject_id
    head, words, settled = office(campaign), words_of(campaign.id), _settled_at(campaign)
    is_final = settled is not None
    fields = (
        common(campaign, head, about=_about(campaign), symbol=head.symbol("BC"))
        | _organised(campaign)
        | _reached(campaign)
        | _awarded(campaign)
        | {
            name: listed(getattr(words, name), is_final=is_final)
            for name in ("results", "shortcomings", "causes", "lessons", "directions")
        }
        | {"ranks": _ranked(campaign), "examples": examples_told(campaign.id)}
    )
    version = f"Nhận định bản {words.version}" if words.version else "Chưa viết nhận định"
    return PaperContent(fields, version, settled)


def _organised(campaign: Campaign) -> dict[str, Any]:
    """Tổ chức phong trào: who took part, when they reported, what was told of it."""
    blocks = units_by_block(campaign.id)
    units = sum(count for _, count in blocks)
    return {
        "units": f"{units} đơn vị tham gia"
        + (f", trong {len(blocks)} khối thi đua" if len(blocks) > 1 else ""),
        "blocks": [{"name": name, "count": str(count)} for name, count in blocks],
        "periods": _periods(campaign.id, units),
        "told": communication(campaign.id),
    }


def _periods(campaign_id: int, units: int) -> list[dict[str, str]]:
    """Các kỳ báo cáo: how many of the units sent theirs, and how many on time."""
    return [
        {
            "name": row.name,
            "due": format_date(row.due_on),
            "sent": f"{row.sent}/{units}",
            "on_time": str(row.on_time),
        }
        for row in periods_reported(campaign_id)
    ]


def _reached(campaign: Campaign) -> dict[str, Any]:
    """Kết quả theo chỉ tiêu và theo nội dung."""
    scheme = scheme_of(campaign.id)
    values = progress(campaign, scheme.indicators).newest
    rows = [
        {
            "name": indicator.name,
            "target": goal_words(scheme, indicator),
            **_result(values.get(number, ()), indicator.symbol),
        }
        for number, indicator in scheme.indicators.items()
    ]
    return {"targets": rows, "tasks": _tasks_told(campaign.id)}


def _tasks_told(campaign_id: int) -> list[dict[str, str]]:
    """Kết quả theo nội dung: how many units reported on each."""
    return [
        {"name": name, "told": f"{told} trong {units} đơn vị đã báo cáo kết quả"}
        for name, told, units in task_reports(campaign_id)
    ]


def _result(values: Sequence[PublicValue], symbol: str) -> dict[str, str]:
    """Kết quả: the lead unit's value; where none leads, how many units reached their own target."""
    if not values:
        return {"value": "chưa có số liệu đã thẩm định", "reached": "", "source": ""}
    judged = [row for row in values if row.reached.is_met is not None]
    met = sum(row.reached.is_met is True for row in judged)
    first = values[0]
    if not first.is_lead and len(values) > 1:
        told = f"{met} trong {len(judged)} đơn vị đạt mức được giao" if judged else ""
        return {"value": f"{len(values)} đơn vị có số liệu", "reached": told, "source": ""}
    source = f" ({first.source})" if first.source else ""
    return {
        "value": measured(first.value, symbol),
        "reached": progress_text(first.reached),
        "source": f"{first.unit}, {first.period.lower()}{source}",
    }


def _ranked(campaign: Campaign) -> list[dict[str, str]]:
    """Dẫn đầu từng khối, once the results are published."""
    rows, names = published_ranking(campaign.id), rows_of(Block, campaign.id)
    return [
        {
            "block": block.name,
            "name": row.participation.unit.name,
            "total": "" if row.total is None else format_points(row.total, campaign.points_places),
            "unit": unit_of_measure(campaign),
            "band": row.band,
        }
        for block in names
        for row in rows
        if row.block_id == block.id and row.rank == 1
    ]


def report_pictures(campaign: Campaign, today: date) -> list[Drawn]:
    """Hình vẽ kèm báo cáo: targets, the order of the blocks once published, the awards."""
    indicators = scheme_of(campaign.id).indicators
    rows = published_ranking(campaign.id)
    source = f"Bảng xếp hạng đã công bố, {format_date(today)}."
    drawn = [targets(indicators, progress(campaign, indicators))] + [
        standing(
            campaign,
            block,
            frozen_dots(campaign, [row for row in rows if row.block_id == block.id]),
            source,
            head=("Đơn vị", "Kết quả"),
        )
        for block in rows_of(Block, campaign.id)
    ]
    return [*filter(None, drawn), *_pictures_of_awards(campaign, today)]


def _pictures_of_awards(campaign: Campaign, today: date) -> list[Drawn]:
    """Hình vẽ khen thưởng: by decisions that stand, and what was granted above."""
    given = [
        Given(campaign.starts_on.year, row.form, row.subject, row.is_leader, row.block, 1)
        for row in _awards(campaign.id, _standing_lines(campaign.id))
    ]
    return of_one(
        given, f"Quyết định còn hiệu lực và khen thưởng của cấp trên, {format_date(today)}."
    )


def _standing_lines(campaign_id: int) -> list[DecisionLine]:
    return [line for _, lines in signed_lines(campaign_id) for line in lines]


def _awards(campaign_id: int, lines: Sequence[DecisionLine]) -> list[Awarded]:
    """Từng lượt: by signed decisions that stand, and what was granted above."""
    return [
        *(
            Awarded(line.form_name, line.subject, line.honorific, line.is_leader, line.block_name)
            for line in lines
        ),
        *granted_above(campaign_id),
    ]


def _awarded(campaign: Campaign) -> dict[str, Any]:
    """Khen thưởng: the table by form, and the money of the signed decisions."""
    lines = _standing_lines(campaign.id)
    by_form = tallied(_awards(campaign.id, lines))
    whole = summed(by_form.values())
    money = sum(line.amount for line in lines)
    return {
        "awards": [_counts(form, tally) for form, tally in by_form.items()],
        "awards_total": _counts("Cộng", whole),
        "awards_note": women_words(whole),
        "money": dong(money),
        "is_paid": money > 0,
    }


def _counts(form: str, tally: Tally) -> dict[str, str]:
    return {
        "form": form,
        "total": str(tally.total),
        "collectives": str(tally.collectives),
        "households": str(tally.households),
        "people": str(tally.people),
        "workers": str(tally.workers),
        "women": str(tally.women),
    }
