"""Giải trình được kể lại: what explanations and minutes tell of the rounds of a campaign."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from campaign.clarification.models import (
    ClarificationFile,
    ClarificationLine,
    ClarificationRound,
)
from campaign.clarification.queries import places
from campaign.clarification.rules import Told, over_words
from campaign.core.numbers import format_decimal
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy


class Clarified(NamedTuple):
    """Giải trình của một đơn vị: how it ended, and what was said criterion by criterion."""

    unit: str
    block_id: int | None
    words: str
    by_code: Mapping[str, Told]

    @property
    def minuted(self) -> str:
        """Câu trong biên bản: who explained which criteria and what came of it, without points or
        values, which not everybody in the room may know yet.
        """
        said = "; ".join(
            f"{code}: {told.outcome.label if told.outcome else 'chưa thẩm định lần hai'}"
            for code, told in self.by_code.items()
        )
        return f"{self.unit}: {self.words}" + (f" {said}." if said else "")


_FILES = (
    select(func.count())
    .select_from(ClarificationFile)
    .where(ClarificationFile.line_id == ClarificationLine.id)
    .scalar_subquery()
)


def clarified(campaign: Campaign, scheme: Scheme, today: date) -> dict[int, Clarified]:
    """Giải trình của mọi đơn vị đã mở, by participation; two queries, and none where the plan has
    no such round.
    """
    if campaign.clarification_days is None:
        return {}
    opened = [place for place in places(campaign.id) if place.due_on is not None]
    said = _said({place.verification_id for place in opened}, scheme)
    return {
        place.participation_id: Clarified(
            place.unit,
            place.block_id,
            over_words(place.stage(today), place.due_on or today),
            said.get(place.verification_id, {}),
        )
        for place in opened
    }


def minuted(campaign: Campaign, scheme: Scheme, day: date) -> list[str]:
    """Giải trình sau thẩm định trong biên bản, a sentence for each unit."""
    return [row.minuted for row in clarified(campaign, scheme, day).values()]


def _said(verification_ids: set[int], scheme: Scheme) -> dict[int, dict[str, Told]]:
    """Verification → code of the criterion → what was said of it."""
    criteria = {row.id: row for row in scheme.criteria}
    said: dict[int, dict[str, Told]] = defaultdict(dict)
    statement = (
        select(ClarificationRound.verification_id, ClarificationLine, _FILES)
        .join(ClarificationRound, ClarificationRound.id == ClarificationLine.round_id)
        .where(
            ClarificationRound.verification_id.in_(verification_ids),
            ClarificationLine.answered_at.is_not(None),
        )
        .order_by(ClarificationLine.id)
    )
    for verification_id, line, files in db.session.execute(statement):
        criterion = criteria[line.criterion_id]
        said[verification_id][criterion.code] = _told(line, files, criterion, scheme)
    return said


def _symbol(criterion: ScoredCriterion, scheme: Scheme) -> str:
    """Đơn vị tính của số mà một quy tắc tính ra điểm; none where points are given."""
    if criterion.judged_by is not JudgedBy.INDICATOR:
        return ""
    return scheme.indicators[criterion.indicator_id or 0].symbol


def _told(line: ClarificationLine, files: int, criterion: ScoredCriterion, scheme: Scheme) -> Told:
    symbol = _symbol(criterion, scheme)
    first, second = (
        f"{format_decimal(number)} {symbol}" if symbol and number is not None else ""
        for number in (line.first_value, line.second_value)
    )
    return Told(
        line.first_points,
        first,
        line.answer,
        files,
        line.outcome,
        line.second_points,
        second,
        line.sentence,
        scheme.places,
    )
