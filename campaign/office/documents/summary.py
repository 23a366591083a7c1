"""Bảng tổng hợp điểm và xếp hạng, from the frozen ranking."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from campaign.core.dates import local_date
from campaign.core.errors import NotVisible
from campaign.core.numbers import format_points
from campaign.council.models import CouncilMember
from campaign.council.queries import withheld_from
from campaign.council.rules import CouncilFunction
from campaign.office.heads import Asker, common, council_member, council_signature, office
from campaign.office.rules import STAFF, Item, PaperContent
from campaign.papers.rules import drive_words, moment_words
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import rows_of
from campaign.ranking.frozen_tables import frozen_standings, latest_frozen
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.sums import measure_words
from campaign.scheme.rules.terms import CriterionKind


def summaries(asker: Asker, campaign: Campaign) -> list[Item]:
    """Bảng tổng hợp: one, once the ranking is frozen."""
    frozen = latest_frozen(campaign.id) if asker.is_any(*STAFF) else None
    if frozen is None or _is_withheld(asker, campaign, frozen):
        return []
    has_chair = _chair(campaign, frozen) is not None
    return [Item(campaign.id, "Bảng tổng hợp điểm và xếp hạng", has_chair)]


def _is_withheld(asker: Asker, campaign: Campaign, frozen: FrozenRanking) -> bool:
    """Whether the table holds a result the asker may not read before publication."""
    withheld = withheld_from(asker.user, campaign, local_date(asker.now))
    return any(
        withheld.hides(row.participation.unit_id, row.block_id)
        for row in frozen_standings(frozen.id)
    )


def summary(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung bảng tổng hợp, from the frozen ranking."""
    del asker, subject_id
    frozen = latest_frozen(campaign.id)
    if frozen is None:
        raise NotVisible
    head, rows = office(campaign).council, frozen_standings(frozen.id)
    chair = _chair(campaign, frozen)
    fields = common(
        campaign,
        head,
        about=f"Trong {drive_words(campaign.title)}",
        day=local_date(frozen.at),
        place=office(campaign).place,
        **council_signature(chair),
    )
    fields |= _frozen(campaign, frozen) | _table(campaign, rows)
    return PaperContent(fields, f"Bảng chốt số {frozen.id}", frozen.at if chair else None)


def _chair(campaign: Campaign, frozen: FrozenRanking) -> CouncilMember | None:
    """Chủ tịch Hội đồng of the day on which the ranking was frozen."""
    return council_member(campaign.id, CouncilFunction.CHAIR, day=local_date(frozen.at))


def _frozen(campaign: Campaign, frozen: FrozenRanking) -> dict[str, str]:
    """Lần chốt: when and by whom, in which measure, and the hash of what was frozen."""
    return {
        "frozen_at": moment_words(frozen.at),
        "measure": measure_words(campaign.rescaling),
        "sha256": frozen.sha256,
        "prepared_by": frozen.by.full_name,
    }


_RESCALED = "Quy đổi"


def _table(campaign: Campaign, rows: Sequence[FrozenStanding]) -> dict[str, Any]:
    """Bảng theo khối, with a column for each group of criteria, and for re-scaling where any is."""
    columns = {group["code"]: group["name"] for row in rows for group in row.explanation["groups"]}
    if any(row.explanation.get("rescaling") for row in rows):
        columns[_RESCALED] = "quy đổi về thang điểm của phong trào"
    lines: dict[int | None, list[dict[str, Any]]] = {}
    for row in rows:
        ranked = _ranked(row, columns, campaign.points_places)
        lines.setdefault(row.block_id, []).append(ranked)
    return {
        "groups": [{"code": code, "name": name} for code, name in columns.items()],
        "blocks": [
            {"name": block.name, "rows": lines.get(block.id, [])}
            for block in rows_of(Block, campaign.id)
        ],
    }


def _ranked(row: FrozenStanding, columns: Iterable[str], places: int) -> dict[str, Any]:
    explanation = row.explanation
    groups = {group["code"]: group for group in explanation["groups"]}
    groups[_RESCALED] = {"points": explanation.get("rescaling", "")}
    return {
        "rank": row.rank or "—",
        "name": row.participation.unit.name,
        "total": "" if row.total is None else format_points(row.total, places),
        "band": row.band,
        "groups": [_signed(groups[code]) if code in groups else "" for code in columns],
        "note": explanation.get("reason", "")
        or "; ".join(filter(None, (row.tie, *explanation.get("remarks", ())))),
    }


def _signed(group: Mapping[str, Any]) -> str:
    """Điểm của nhóm with its sign, so that a row adds up: what is taken off has a minus."""
    points = str(group["points"])
    is_taken = group.get("kind") == CriterionKind.PENALTY.value and points.strip("0,")
    return f"−{points.lstrip('−-')}" if is_taken else points
