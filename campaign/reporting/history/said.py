"""Kỳ trước đã viết: what the unit wrote for the last period, ready to be taken over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.planning.models import ReportingPeriod
from campaign.reporting import cells, queries
from campaign.reporting.models import Report
from campaign.reporting.rules import ClaimedFigure, Content, Demands, SelfAssessment


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """Kỳ trước đã viết: the period's name, its texts by field, and which of these are empty now."""

    period: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    free: frozenset[str] = frozenset()

    def of(self, *fields: str) -> list[tuple[str, bool]]:
        """Nội dung kỳ trước của các ô này, and whether it can be taken over."""
        return [(name, name in self.free) for name in fields if name in self.texts]


def texts_of(content: Content, demands: Demands) -> dict[str, str]:
    """Các ô chữ của báo cáo, by field: what stands in them, of those that the report has."""
    texts = {}
    for row in demands.indicators:
        claimed = content.values.get(row.id, ClaimedFigure())
        texts[f"v:{row.id}:source"] = claimed.source
        texts[f"v:{row.id}:note"] = claimed.note
    texts |= {f"n:{key}": content.narratives.get(key, "") for key in demands.tasks}
    texts |= {
        f"s:{row.id}:explanation": content.scores.get(row.id, SelfAssessment()).explanation
        for row in demands.criteria
        if not row.is_worked_out
    }
    return texts


def said_before(report: Report, demands: Demands, content: Content) -> SaidBefore:
    """Nội dung chữ của báo cáo kỳ trước, for the fields that this report has too."""
    earlier = db.session.execute(
        queries.report_before(report).add_columns(ReportingPeriod.name)
    ).one_or_none()
    if earlier is None:
        return SaidBefore()
    before = texts_of(queries.content_of(earlier.id), demands)
    now = texts_of(content, demands)
    return SaidBefore(
        earlier.name,
        {name: text for name, text in before.items() if text.strip()},
        frozenset(name for name, text in now.items() if not text.strip()),
    )


def take_over(
    report: Report,
    demands: Demands,
    content: Content,
    fields: Collection[str],
    *,
    by: User,
    at: datetime,
) -> int:
    """Lấy nội dung kỳ trước vào các ô còn trống; what was written meanwhile stays."""
    said = said_before(report, demands, content)
    open_fields = [name for name in fields if name in said.texts and name in said.free]
    if not open_fields:
        refuse("Ô này đã có nội dung nên không lấy nội dung kỳ trước đè lên.")
    typed = [cells.Typed(name, said.texts[name], "") for name in open_fields]
    cells.save_fields(report, demands, typed, by=by, at=at)
    return len(open_fields)
