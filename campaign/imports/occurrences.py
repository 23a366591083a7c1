"""Nhập các lần: occurrences of a criterion that is counted, into the unit's own report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from campaign.core.cells import LONGEST
from campaign.core.dates import format_date, local_date
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.core.text import name_key
from campaign.counts import actions, queries
from campaign.counts.opened import OpenList, opened_list
from campaign.counts.workbook import DAY, EVIDENCE, KIND, TEXT
from campaign.imports.importer import Column, Context, Importer, Place, day_read
from campaign.imports.rules import Effect, Names, Outcome, Row, compared
from campaign.papers.workbook import Kind
from campaign.reporting.actions import refuse_unless_editable
from campaign.reporting.models import Occurrence
from campaign.scheme.rules.counts import CountRuleKind


class HeldList:
    """Danh sách đã có: the list that a file is taken into, loaded once for the whole file."""

    def __init__(self, opened: OpenList) -> None:
        """What is listed already, and the evidence that a row may name."""
        self.opened = opened
        entry = opened.participation_id
        self.files = queries.files_of(entry)
        self.rows = {
            _place(row.held_on, row.kind, row.text): row
            for row in queries.occurrences(entry, opened.criterion.id)
        }

    @cached_property
    def names(self) -> Names | None:
        """Các loại của quy tắc; none of a plain count."""
        is_by_kind = self.opened.rule.kind is CountRuleKind.AWARDS
        return Names({name: name for name in self.opened.rule.names}) if is_by_kind else None


def _place(held_on: date | None, kind: str, text: str) -> str:
    """What tells one occurrence from another."""
    return name_key(f"{held_on}|{kind}|{text}")


def _open(context: Context, place: Place) -> Context:
    """The list of the address, where the report may still be edited."""
    opened = opened_list(place["campaign_id"], place["report_id"], place["criterion_id"])
    inside = opened.report
    refuse_unless_editable(inside.campaign, inside.report, today=local_date(context.at))
    actions.refuse_by_hand(opened.rule)
    return replace(context, listed=HeldList(opened))


def _list_of(context: Context) -> HeldList:
    assert isinstance(context.listed, HeldList)  # noqa: S101 - its pages open it
    return context.listed


def _kind_read(context: Context, row: Row, key: str) -> str:
    """Cột loại: one of the plan's, or nothing where the plan has none."""
    names = _list_of(context).names
    if names is None:
        return "" if not row.text(key) else refuse("Tiêu chí này không chia loại; hãy để trống.")
    return row.named_in(key, names, "quy tắc") or ""


def _evidence_read(context: Context, row: Row, key: str) -> int | None:
    """Cột minh chứng, by the name of a file that is in the unit's reports."""
    text = row.text(key)
    named = {name_key(name): number for number, name in _list_of(context).files.items()}
    if text and name_key(text) not in named:
        refuse(f"Báo cáo không có tệp minh chứng “{text}”. Hãy đính tệp vào báo cáo trước.")
    return named.get(name_key(text))


def _told(row: Occurrence, files: Mapping[int, str]) -> dict[str, str]:
    return {
        DAY: format_date(row.held_on),
        KIND: row.kind,
        TEXT: row.text,
        EVIDENCE: files.get(row.evidence_id or 0, ""),
    }


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One occurrence; one that is listed already is changed only where its evidence is another."""
    into = _list_of(context)
    given = {"kind": "", "evidence_id": None, **values}
    place = _place(given["held_on"], given["kind"], given["text"])
    held = into.rows.get(place)
    if held is not None and "evidence_id" not in values:
        given["evidence_id"] = held.evidence_id
    label = f"{format_date(given['held_on'])} {given['text']}"
    if held is not None and held.evidence_id == given["evidence_id"]:
        return Outcome(row.place(), label, Effect.LEFT)
    before = _told(held, into.files) if held else None
    into.rows[place] = _saved(context, held, given)
    return compared(row, label, before, _told(into.rows[place], into.files))


def _saved(context: Context, held: Occurrence | None, given: Mapping[str, Any]) -> Occurrence:
    """The occurrence as the row says it, in the list that is open."""
    opened = _list_of(context).opened
    return actions.save(
        held,
        given,
        opened.report.campaign,
        opened.report.report,
        criterion_id=opened.criterion.id,
        rule=opened.rule,
        by=context.by,
        at=context.at,
    )


OCCURRENCES = Importer(
    "occurrences",
    "Các lần của tiêu chí",
    Permission.REPORT_PREPARE,
    "counts.save",
    [
        "Mỗi dòng một lần; tệp Excel tải từ trang này nhập lại được.",
        "Lần đã kê, cùng ngày, loại và nội dung, thì giữ nguyên.",
        "Lần không có trong tệp không bị rút.",
        "Minh chứng ghi đúng tên một tệp đã đính trong báo cáo; để trống nếu không có.",
        "Loại chỉ ghi khi tiêu chí tính theo loại khen thưởng hoặc văn bản.",
    ],
    (
        Column(
            "held_on",
            DAY,
            date(2021, 3, 12),
            is_required=True,
            width=14,
            read=day_read,
            kind=Kind.DAY,
        ),
        Column("kind", KIND, None, width=28, read=_kind_read),
        Column(
            "text", TEXT, "Hội thi tay nghề (minh hoạ)", is_required=True, width=60, longest=LONGEST
        ),
        Column("evidence_id", EVIDENCE, None, width=36, read=_evidence_read),
    ),
    _take,
    lambda row: _place(row.day("held_on"), row.text("kind"), row.text("text")),
    of_campaign=True,
    under="reports/<int:report_id>/counts/<int:criterion_id>/import",
    opens=_open,
)
