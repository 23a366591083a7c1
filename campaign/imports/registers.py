"""Các lần lấy từ sổ: what the registers of good examples and of directives hold of a unit, as the
occurrences of a criterion that takes its count from there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.dates import format_date, local_date
from campaign.counts.opened import OpenList
from campaign.counts.rules import EXEMPLAR, STUDY, Taken
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar, ExemplarMove, ExemplarUse
from campaign.exemplars.rules import State, Step, earlier_steps, reached_on
from campaign.extensions import db
from campaign.publicity.models import DirectiveStudy, Post
from campaign.scheme.rules.counts import CountSource


def of_register(opened: OpenList) -> list[Taken]:
    """Các lần mà sổ ghi cho đơn vị, by day; only of the days of the campaign."""
    campaign, rule = opened.report.campaign, opened.rule
    match rule.source:
        case CountSource.LISTED:
            rows = []
        case CountSource.STUDIED:
            rows = _studied(opened.participation_id, rule.within)
        case CountSource.FOLLOWED:
            rows = _followed(opened.participation_id)
        case _:
            rows = _reached(opened.participation_id, Step(rule.source.value))
    inside = [row for row in rows if campaign.starts_on <= row.held_on <= campaign.ends_on]
    return sorted(inside, key=lambda row: (row.held_on, row.origin))


def _studied(participation_id: int, within: int | None) -> list[Taken]:
    """Văn bản chỉ đạo đơn vị xác nhận đã quán triệt, in time where the rule asks for it."""
    return [
        Taken(
            f"{STUDY}{study.id}",
            study.held_on,
            f"Quán triệt “{title}”, đăng ngày {format_date(published_on)}",
        )
        for study, title, published_on in _studies(participation_id)
        if within is None or study.held_on <= published_on + timedelta(days=within)
    ]


def _studies(participation_id: int) -> list[tuple[DirectiveStudy, str, date]]:
    """Việc quán triệt của đơn vị, with title and day of what was published."""
    statement = (
        select(DirectiveStudy, Post)
        .join(Post, Post.id == DirectiveStudy.post_id)
        .where(DirectiveStudy.participation_id == participation_id)
    )
    return [
        (study, post.title, post.published_on)
        for study, post in db.session.execute(statement)
        if post.published_on is not None
    ]


def _followed(participation_id: int) -> list[Taken]:
    """Điển hình được đơn vị khác xác nhận áp dụng, with their names, from the first day on."""
    uses = _uses(participation_id)
    return [
        Taken(
            _origin(row),
            uses[row.id][0].used_on,
            f"{_told(row)}, {len(uses[row.id])} đơn vị xác nhận áp dụng: "
            f"{', '.join(use.participation.unit.short_name for use in uses[row.id])}",
        )
        for row in _registered(participation_id)
        if row.id in uses
    ]


def _uses(participation_id: int) -> Mapping[int, Sequence[ExemplarUse]]:
    """Việc áp dụng điển hình của đơn vị, by example from the first day on."""
    statement = (
        select(ExemplarUse)
        .join(Exemplar, Exemplar.id == ExemplarUse.exemplar_id)
        .where(Exemplar.participation_id == participation_id, Exemplar.step == Step.FOLLOWED)
        .options(joinedload(ExemplarUse.participation).joinedload(Participation.unit))
        .order_by(ExemplarUse.used_on, ExemplarUse.id)
    )
    uses: dict[int, list[ExemplarUse]] = defaultdict(list)
    for use in db.session.scalars(statement):
        uses[use.exemplar_id].append(use)
    return uses


def _reached(participation_id: int, step: Step) -> list[Taken]:
    """Điển hình đã đến bước này, on the day it did."""
    rows = [row for row in _registered(participation_id) if step in _passed(row.step)]
    moves: dict[int, list[tuple[Step, Step, date]]] = defaultdict(list)
    statement = select(ExemplarMove).where(ExemplarMove.exemplar_id.in_(row.id for row in rows))
    for move in db.session.scalars(statement):
        moves[move.exemplar_id].append((move.before, move.after, local_date(move.at)))
    return [
        Taken(_origin(row), day, f"{_told(row)}, bước {row.step.label}")
        for row in rows
        if (day := reached_on(step, local_date(row.decided_at or row.moved_at), moves[row.id]))
    ]


def _registered(participation_id: int) -> list[Exemplar]:
    return list(
        db.session.scalars(
            select(Exemplar).where(
                Exemplar.participation_id == participation_id, Exemplar.state == State.REGISTERED
            )
        )
    )


def _passed(step: Step) -> list[Step]:
    return [*earlier_steps(step), step]


def _origin(row: Exemplar) -> str:
    return f"{EXEMPLAR}{row.id}"


def _told(row: Exemplar) -> str:
    return f"Điển hình “{row.name}” ({row.subject.label})"
