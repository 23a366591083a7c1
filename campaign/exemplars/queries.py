"""Điển hình tiên tiến: what its pages and others read of the register."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Exists, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.core.dates import format_date, local_date
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.models import Exemplar, ExemplarMove, ExemplarUse
from campaign.exemplars.rules import State, Step, followed_words, is_still
from campaign.extensions import db, visible_row
from campaign.inspection.models import Inspection
from campaign.planning.models import ReportingPeriod
from campaign.reporting.models import Report
from campaign.reporting.queries import Sight
from campaign.reporting.rules import SENT
from campaign.units.models import Unit


def _sees(sight: Sight) -> ColumnElement[bool]:
    """Đơn vị mà người này thấy."""
    own = Participation.unit_id.in_(sight.own)
    if not sight.sees_others:
        return own
    return or_(own, Participation.unit_id.not_in(sight.hidden))


def _of_campaign(campaign_id: int, sight: Sight) -> Select[Any]:
    """Điển hình mà người này thấy: of the units they see, and those that all are asked to follow.

    For units an example of another is there once it is followed, not before.
    """
    return (
        select(Exemplar)
        .join(Exemplar.participation)
        .join(Participation.unit)
        .outerjoin(Participation.block)
        .where(
            Participation.campaign_id == campaign_id,
            or_(_sees(sight), Exemplar.step == Step.FOLLOWED),
        )
        .options(
            contains_eager(Exemplar.participation).contains_eager(Participation.unit),
            contains_eager(Exemplar.participation).contains_eager(Participation.block),
        )
        .order_by(Unit.sort_key, Exemplar.id)
    )


def exemplars_seen(campaign_id: int, sight: Sight) -> Sequence[Exemplar]:
    """Điển hình mà người này thấy, by unit."""
    return db.session.scalars(_of_campaign(campaign_id, sight)).all()


class Listed(NamedTuple):
    """Điển hình trên danh sách, with how many units confirmed that they apply it."""

    row: Exemplar
    uses: int
    others: int
    """Đơn vị tham gia khác, that may apply it."""

    @property
    def followed(self) -> str:
        """Bao nhiêu đơn vị đã áp dụng, once they are asked to."""
        return followed_words(self.uses, self.others) if self.row.step is Step.FOLLOWED else ""

    def is_still(self, today: date) -> bool:
        """Không chuyển động từ 30 ngày."""
        row = self.row
        return is_still(row.state, row.step, self.uses, local_date(row.moved_at), today)


def exemplars(campaign_id: int, sight: Sight) -> list[Listed]:
    """Sổ điển hình, by unit; of each how many follow it."""
    rows = exemplars_seen(campaign_id, sight)
    uses = _uses_by_exemplar(campaign_id)
    units = _confirmed_units(campaign_id)
    return [Listed(row, uses.get(row.id, 0), len(units - {row.participation_id})) for row in rows]


def _uses_by_exemplar(campaign_id: int) -> dict[int, int]:
    statement = (
        select(ExemplarUse.exemplar_id, func.count().label("uses"))
        .join(Participation, Participation.id == ExemplarUse.participation_id)
        .where(Participation.campaign_id == campaign_id)
        .group_by(ExemplarUse.exemplar_id)
    )
    return {row.exemplar_id: row.uses for row in db.session.execute(statement)}


def _confirmed_units(campaign_id: int) -> set[int]:
    """Các đơn vị tham gia đã xác nhận."""
    return set(
        db.session.scalars(
            select(Participation.id).where(
                Participation.campaign_id == campaign_id,
                Participation.state == ParticipationState.CONFIRMED,
            )
        )
    )


def exemplar(campaign_id: int, exemplar_id: int, sight: Sight, *, hold: bool = False) -> Exemplar:
    """Một điển hình; one this person may not see does not exist. `hold`: till the end."""
    statement = _of_campaign(campaign_id, sight).where(Exemplar.id == exemplar_id)
    if hold:
        statement = statement.with_for_update(of=Exemplar)
    row: Exemplar = visible_row(statement)
    return row


def registered_exemplars(
    campaign_id: int, sight: Sight, units: Collection[int] | None = None
) -> Sequence[Exemplar]:
    """Điển hình đã đăng ký mà người này thấy, of these units where some are named; those that came
    farthest first.
    """
    statement = _of_campaign(campaign_id, sight).where(Exemplar.state == State.REGISTERED)
    if units is not None:
        statement = statement.where(Participation.unit_id.in_(units))
    steps = list(Step)
    rows: Sequence[Exemplar] = db.session.scalars(statement).all()
    return sorted(rows, key=lambda row: -steps.index(row.step))


def uses_of(exemplar_id: int) -> Sequence[ExemplarUse]:
    """Các đơn vị đã xác nhận áp dụng, by day."""
    return db.session.scalars(
        select(ExemplarUse)
        .where(ExemplarUse.exemplar_id == exemplar_id)
        .options(
            joinedload(ExemplarUse.participation).joinedload(Participation.unit, innerjoin=True),
            joinedload(ExemplarUse.by),
        )
        .order_by(ExemplarUse.used_on, ExemplarUse.id)
    ).all()


def use(exemplar_id: int, use_id: int, units: Collection[int]) -> ExemplarUse:
    """Một lần xác nhận của các đơn vị này."""
    return visible_row(
        select(ExemplarUse)
        .join(ExemplarUse.participation)
        .where(
            ExemplarUse.id == use_id,
            ExemplarUse.exemplar_id == exemplar_id,
            Participation.unit_id.in_(units),
        )
    )


def moves_of(exemplar_id: int) -> Sequence[ExemplarMove]:
    """Các lần chuyển bước, newest first."""
    return db.session.scalars(
        select(ExemplarMove)
        .where(ExemplarMove.exemplar_id == exemplar_id)
        .options(joinedload(ExemplarMove.by))
        .order_by(ExemplarMove.id.desc())
    ).all()


class Place(NamedTuple):
    """Nơi phát hiện: a report or an inspection, as the form chooses it."""

    key: str
    participation_id: int
    label: str


def places(campaign_id: int, sight: Sight) -> list[Place]:
    """Báo cáo đã nộp và biên bản kiểm tra mà điển hình có thể được phát hiện từ đó."""
    return _reports(campaign_id, sight) + _visits(campaign_id, sight)


def _reports(campaign_id: int, sight: Sight) -> list[Place]:
    statement = (
        select(Report.id, Report.participation_id, Unit.short_name, ReportingPeriod.name)
        .join(Participation, Participation.id == Report.participation_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .where(Participation.campaign_id == campaign_id, _sees(sight), Report.state.in_(SENT))
        .order_by(Unit.sort_key, ReportingPeriod.ends_on, Report.id)
    )
    rows = db.session.execute(statement).all()
    return [Place(f"r{id_}", entry, f"Báo cáo {of}, {unit}") for id_, entry, unit, of in rows]


def _visits(campaign_id: int, sight: Sight) -> list[Place]:
    visits = (
        select(Inspection.id, Inspection.participation_id, Unit.short_name, Inspection.held_on)
        .join(Participation, Participation.id == Inspection.participation_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.campaign_id == campaign_id, _sees(sight))
        .order_by(Unit.sort_key, Inspection.held_on, Inspection.id)
    )
    return [
        Place(f"i{id_}", entry, f"Kiểm tra ngày {format_date(day)}, {unit}")
        for id_, entry, unit, day in db.session.execute(visits).all()
    ]


class Waiting(NamedTuple):
    """Điều chờ Thường trực."""

    proposed: int
    still: int


def waiting(campaign_id: int, today: date) -> Waiting:
    """Điển hình chờ quyết định, and those without movement for 30 days."""
    all_ = Sight(frozenset(), sees_others=True)
    rows = exemplars(campaign_id, all_)
    return Waiting(
        sum(listed.row.state is State.PROPOSED for listed in rows),
        sum(listed.is_still(today) for listed in rows),
    )


def to_follow(campaign_id: int, units: Collection[int]) -> int:
    """Bao nhiêu điển hình chờ các đơn vị này xác nhận áp dụng; their own are none."""
    statement = (
        select(func.count())
        .select_from(Exemplar)
        .join(Exemplar.participation)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.unit_id.not_in(units),
            Exemplar.step == Step.FOLLOWED,
            ~_is_used_by(campaign_id, units),
        )
    )
    return db.session.scalar(statement) or 0


def _is_used_by(campaign_id: int, units: Collection[int]) -> Exists:
    """Đã được các đơn vị này xác nhận áp dụng, as they take part in the campaign."""
    mine = (
        select(Participation.id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.unit_id.in_(units),
            Participation.state == ParticipationState.CONFIRMED,
        )
        .scalar_subquery()
    )
    return (
        select(ExemplarUse.id)
        .where(ExemplarUse.exemplar_id == Exemplar.id, ExemplarUse.participation_id.in_(mine))
        .exists()
    )
