"""Bản in biểu “Đăng ký xây dựng điển hình tiên tiến” (PDF)."""

from collections.abc import Sequence
from datetime import datetime

from campaign.core.dates import format_date, format_moment
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import Listed
from campaign.papers.typesetting import pdf
from campaign.planning.models import Campaign


def register_sheet(
    campaign: Campaign, rows: Sequence[Listed], conditions: str, at: datetime
) -> bytes:
    """Biểu đăng ký xây dựng điển hình tiên tiến, as the list stands."""
    return pdf(
        "sheets/exemplars.typ",
        {
            "campaign": campaign.title,
            "title": "ĐĂNG KÝ XÂY DỰNG ĐIỂN HÌNH TIÊN TIẾN",
            "subtitle": conditions,
            "source": f"Số liệu lúc {format_moment(at)}",
            "flipped": True,
            "rows": [
                {"number": str(number), **row_cells(listed)}
                for number, listed in enumerate(rows, start=1)
            ],
        },
    )


def row_cells(listed: Listed) -> dict[str, str]:
    """Các ô của một dòng trên biểu; what was not written stays empty."""
    row = listed.row
    kind = ", ".join(part.label for part in (row.subject, row.standing) if part)
    until = f"đến {format_date(row.help_until)}" if row.help_until else ""
    return {
        "name": _lines(row.name, kind, row.field),
        "unit": row.participation.unit.name,
        "reason": _lines(row.reason, _found(row)),
        "goal": row.goal,
        "help": _lines(row.helper, row.measures, until),
        "step": row.step.label,
        "result": _lines(row.result, row.summary),
        "spread": _lines(row.spread, listed.followed, row.awards),
    }


def _found(row: Exemplar) -> str:
    return f"({row.found_by}, {format_date(row.found_on)})"


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
