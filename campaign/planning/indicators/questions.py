"""Hỏi về cỡ số: what is asked about targets that were just written."""

from collections.abc import Iterable

from flask import flash

from campaign.planning import queries
from campaign.scheme.rules.magnitudes import GivenNumbers, plan_questions

MOST_ASKED = 10
"""So many questions are read; a table in another unit of measure would ask of every cell."""


def ask_of_sizes(
    campaign_id: int, indicator_id: int, rows: Iterable[tuple[str, GivenNumbers]]
) -> None:
    """Hỏi về cỡ của những số vừa ghi: of whom, and what was given to them."""
    measured = queries.scheme_of(campaign_id).indicators[indicator_id]
    asked = [
        f"Hãy xem lại cỡ số{whose}: {question}"
        for whose, given in rows
        for question in plan_questions(given, measured)
    ]
    for question in asked[:MOST_ASKED]:
        flash(question, "warning")
    if len(asked) > MOST_ASKED:
        flash(f"Còn {len(asked) - MOST_ASKED} số khác cần xem lại cỡ số.", "warning")
