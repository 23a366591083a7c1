"""Nối tiếp của đơn vị: writing one, taking one back."""

from datetime import date, timedelta

from sqlalchemy import func, select, text

from campaign.core.text import one_line
from campaign.extensions import db
from campaign.units.models import Unit
from campaign.units.successions import queries
from campaign.units.successions.models import UnitSuccession
from campaign.units.successions.rules import Standing, Step, SuccessionKind, refuse_step

STEPS_LOCK = 7_019_512_024
"""The advisory lock under which no two people close a circle on PostgreSQL."""
_DAY = timedelta(days=1)


def save_succession(
    row: UnitSuccession | None,
    old: Unit,
    *,
    successor_id: int | None,
    kind: SuccessionKind,
    effective_on: date,
    basis: str,
) -> UnitSuccession:
    """Ghi một lần nối tiếp (new where None); the old unit ends on the eve, unless it was split."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(text(str(STEPS_LOCK)))))
    new = db.session.get(Unit, successor_id) if successor_id else None
    step = Step(old.id, new.id if new else None, kind, effective_on)
    others = queries.steps(without=row.id if row else None)
    ended_by_row = row is not None and row.kind.ends and old.valid_to == row.effective_on - _DAY
    valid_to = None if ended_by_row else old.valid_to
    refuse_step(
        step,
        others,
        Standing(old.name, old.valid_from, valid_to),
        Standing(new.name, new.valid_from, new.valid_to) if new else None,
    )
    row = row or UnitSuccession(predecessor_id=old.id)
    row.successor_id, row.kind, row.effective_on = step.successor_id, kind, effective_on
    row.basis = one_line(basis)
    old.valid_to = effective_on - _DAY if kind.ends else valid_to
    db.session.add(row)
    db.session.flush()
    return row


def remove_succession(row: UnitSuccession) -> None:
    """Xoá một lần nối tiếp ghi nhầm; the days of both units stay as they are."""
    db.session.delete(row)
    db.session.flush()
