"""Hỏi về cỡ số: what is asked about targets that were just written."""

from collections.abc import Iterable
from decimal import Decimal

from flask import flash

from campaign.planning import queries
from campaign.scheme.rules.magnitudes import Known, size_question


def ask_of_sizes(
    campaign_id: int, indicator_id: int, rows: Iterable[tuple[str, Decimal | None, Decimal | None]]
) -> None:
    """Hỏi về cỡ của mục tiêu vừa ghi: of whom, the target, and the year before."""
    measured = queries.scheme_of(campaign_id).indicators[indicator_id]
    for whose, target, last_year in rows:
        known = Known(last_year=last_year)
        if target is not None and (question := size_question(target, measured, known)):
            flash(f"Hãy xem lại cỡ số{whose}: {question}", "warning")
