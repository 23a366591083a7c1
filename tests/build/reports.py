"""Enrolments, reports and their verification."""

import io
from datetime import date
from typing import Any

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.files import storage
from campaign.files.attached import attached
from campaign.planning.models import Block, Campaign, ReportingPeriod
from campaign.reporting.models import Evidence, Report, ReportVersion
from campaign.reporting.rules import ReportState
from campaign.units.models import Unit
from campaign.verification.models import Verification
from tests.build.base import NOW, saved
from tests.build.people import user


def participation(
    of: Campaign,
    *,
    unit: Unit,
    block: Block | None = None,
    by: User | None = None,
    state: ParticipationState = ParticipationState.CONFIRMED,
    **more: Any,
) -> Participation:
    """A unit's participation, confirmed into `block`."""
    by = by or user(Role.SECRETARIAT)
    is_confirmed = state is ParticipationState.CONFIRMED
    return saved(
        Participation(  # type: ignore[no-any-return]
            campaign_id=of.id,
            unit_id=unit.id,
            block_id=block.id if block else None,
            state=state,
            enrolled_at=NOW,
            enrolled_by_id=by.id,
            confirmed_at=NOW if is_confirmed else None,
            confirmed_by_id=by.id if is_confirmed else None,
            **more,
        )
    )


def report(
    *,
    of: Participation,
    period: ReportingPeriod,
    state: ReportState = ReportState.DRAFT,
    **more: Any,
) -> Report:
    """A report of a unit for a period."""
    return saved(Report(participation_id=of.id, period_id=period.id, state=state, **more))  # type: ignore[no-any-return]


def version(
    *,
    of: Report,
    by: User,
    number: int = 1,
    is_on_time: bool = True,
    snapshot: dict[str, Any] | None = None,
) -> ReportVersion:
    """A submitted version of a report."""
    return saved(
        ReportVersion(  # type: ignore[no-any-return]
            report_id=of.id,
            number=number,
            submitted_at=NOW,
            submitted_by_id=by.id,
            is_on_time=is_on_time,
            due_on=date(2021, 4, 30),
            snapshot=snapshot or {},
            sha256="0" * 64,
        )
    )


def verified(*, of: Participation, period: ReportingPeriod, by: User) -> Verification:
    """A report of `of` that was submitted and whose verification is finished."""
    made = report(of=of, period=period, state=ReportState.VERIFIED)
    submitted = version(of=made, by=by)
    return saved(
        Verification(  # type: ignore[no-any-return]
            report_id=made.id, version_id=submitted.id, finished_at=NOW, finished_by_id=by.id
        )
    )


def evidence(report_id: int, *, by_id: int, content: bytes) -> Evidence:
    """A file of the store at a report."""
    stored = storage.keep(io.BytesIO(content), limit=10_000)
    return saved(  # type: ignore[no-any-return]
        Evidence(report_id=report_id, **attached(stored, "Báo cáo.pdf", by_id=by_id, at=NOW))
    )
