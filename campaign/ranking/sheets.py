"""Bản in xếp hạng: the frozen ranking of a block and a unit's explanation as clean PDFs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaign.core.dates import format_moment
from campaign.core.numbers import format_points
from campaign.papers.typesetting import pdf
from campaign.planning.models import Block, Campaign
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.outline import RowKind, group_head, outline, section_words
from campaign.ranking.sums import measure_words
from campaign.ranking.telling import Explained, tie_sentences


def ranking_sheet(
    campaign: Campaign,
    block: Block,
    frozen: FrozenRanking,
    standings: Sequence[FrozenStanding],
    pictures: Sequence[Mapping[str, Any]],
) -> bytes:
    """Bảng xếp hạng một khối (PDF), as it was frozen, with the picture of its page."""
    return pdf(
        "sheets/ranking.typ",
        {
            **_head(campaign, "BẢNG XẾP HẠNG", frozen),
            "subtitle": block.name,
            "measure": measure_words(campaign.rescaling),
            "rows": [_standing(row, campaign.points_places) for row in standings],
            "pictures": pictures,
        },
    )


def _head(campaign: Campaign, title: str, frozen: FrozenRanking | None) -> dict[str, str]:
    """Đầu trang: of which campaign, what it is, and as of when."""
    return {"campaign": campaign.title, "title": title, "source": _source(frozen)}


def _standing(row: FrozenStanding, places: int) -> dict[str, str]:
    """Một đơn vị trên bảng in."""
    return {
        "rank": str(row.rank or "—"),
        "unit": row.participation.unit.name,
        "total": "—" if row.total is None else format_points(row.total, places),
        "band": _band(row),
    }


def _band(row: FrozenStanding) -> str:
    """The band, or why there is none; below it whether others have as many points, what was
    re-scaled or could not be counted.
    """
    told = row.explanation
    first = row.band or told.get("reason", "")
    return "\n".join(filter(None, (first, row.tie, *told.get("remarks", ()))))


def explanation_sheet(explained: Explained, pictures: Sequence[Mapping[str, Any]]) -> bytes:
    """Giải trình điểm một đơn vị (PDF): what its page shows, criterion by criterion."""
    campaign, data, rank = explained.campaign, explained.data, explained.data["rank"]
    standing = f"Hạng {rank} / {explained.ranked}" if rank else "Chưa xếp hạng"
    return pdf(
        "sheets/explanation.typ",
        {
            **_head(campaign, "GIẢI TRÌNH ĐIỂM", explained.frozen),
            "flipped": True,
            "subtitle": f"{explained.unit.name} – {explained.block.name} – {standing}",
            "rows": list(_rows(data, measure_words(campaign.rescaling))),
            "notes": [
                *data["remarks"],
                *tie_sentences(campaign, data),
                *(data[name] for name in ("reason", "band_reason", "verified_by") if data[name]),
            ],
            "pictures": pictures,
        },
    )


def _row(*cells: str, is_total: bool = False) -> dict[str, Any]:
    return {"is_total": is_total, "cells": list(cells)}


def _rows(data: Mapping[str, Any], measure: str) -> Iterator[dict[str, Any]]:
    for group in data["groups"]:
        yield from _rows_of(group)
    if data["rescaling"]:
        yield _row("Quy đổi", "", "", "", data["rescaling"], "; ".join(data["remarks"]))
    yield _row(measure, "", "", "", data["total"] or "–", data["band"], is_total=True)


def _rows_of(group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The sections and criteria of a group, what bonuses and bounds changed, and what it adds up
    to.
    """
    if group.get("sections"):
        yield _row(f"{group['code']}. {group['name']}", *[""] * 5, is_total=True)
    for kind, row in outline(group):
        if kind is RowKind.SECTION:
            yield _sum(f"{row['code']}. {row['name']}", row)
        elif kind is RowKind.MORE:
            yield _row(row["name"], "", "", "", row["points"], "")
        else:
            yield _line(row)
    yield _sum(group_head(group), group)


def _sum(head: str, section: Mapping[str, Any]) -> dict[str, Any]:
    """Dòng cộng của một mục, under this name."""
    points, words = section["points"] or "–", section_words(section)
    return _row(head, "", "", "", points, words, is_total=True)


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    comment = line["comment"] and f"Nhận xét: {line['comment']}"
    return _row(
        "\n".join(filter(None, (f"{line['code']}. {line['name']}", line["facts"]))),
        line["self"] or "–",
        line["verified"] or "–",
        line["council"] or "–",
        _of(line),
        "\n".join(filter(None, ("; ".join(line["steps"]), comment))),
    )


def _of(line: Mapping[str, Any]) -> str:
    """Points of how many, if there is a limit; what is set aside has neither."""
    points = line["points"] or "–"
    return f"{points} / {line['maximum']}" if line["maximum"] else points


def _source(frozen: FrozenRanking | None) -> str:
    if frozen is None:
        return "Bản tạm tính; chưa chốt xếp hạng."
    return (
        f"Chốt lúc {format_moment(frozen.at)}, {frozen.by.full_name}. Mã bảng {frozen.sha256[:16]}"
    )
