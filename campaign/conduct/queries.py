"""Điều hành: the strip of phases."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, func, select

from campaign.core.dates import format_date
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Campaign, PhaseChange, ReportingPeriod
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState


@dataclass(frozen=True, slots=True)
class PhaseItem:
    """Ô trên dải các bước."""

    label: str
    note: str
    state: str


_CAMPAIGN: BindParameter[int] = bindparam("campaign_id")
_TAKING, _FINAL, _REPORT = (model.__table__.c for model in (Participation, ReportingPeriod, Report))
_IN_STATE = (
    select(func.count())
    .select_from(Report.__table__)
    .where(
        _REPORT.participation_id.in_(
            select(_TAKING.id).where(
                _TAKING.campaign_id == _CAMPAIGN, _TAKING.state == ParticipationState.CONFIRMED
            )
        ),
        _REPORT.period_id
        == select(_FINAL.id)
        .where(_FINAL.campaign_id == _CAMPAIGN, _FINAL.is_final)
        .scalar_subquery(),
    )
)
_COUNTS = select(
    select(func.count())
    .select_from(Participation.__table__)
    .where(_TAKING.campaign_id == _CAMPAIGN, _TAKING.state == ParticipationState.CONFIRMED)
    .scalar_subquery(),
    *(
        _IN_STATE.where(_REPORT.state == state).scalar_subquery()
        for state in (ReportState.SUBMITTED, ReportState.VERIFIED)
    ),
)
"""Đơn vị phải nộp; báo cáo cuối kỳ đã nộp theo trạng thái, counted along one index: the strip
stands on every page.
"""


def final_counts(campaign_id: int) -> tuple[int, int, int]:
    """Đơn vị tham gia; báo cáo cuối kỳ của họ đang chờ thẩm định, đã thẩm định."""
    units, waiting, done = db.session.execute(_COUNTS, {"campaign_id": campaign_id}).one()
    return units, waiting, done


def phase_items(campaign: Campaign) -> list[PhaseItem]:
    """Dải các bước, with what each says today: one query, two once scoring is over. A step that was
    left with something undone is no done one.
    """
    units, waiting, done = final_counts(campaign.id)
    undone = {Phase.REPORTING: waiting + done < units, Phase.VERIFYING: done < units}
    notes = _notes(campaign, units, waiting, done) | _left_on(campaign)
    shown = [phase for phase in Phase if phase is not Phase.DRAFT or campaign.phase is Phase.DRAFT]
    return [
        PhaseItem(
            phase.label,
            notes[phase] if campaign.phase.place >= phase.place else "chưa mở",
            _state(phase, campaign.phase, is_undone=undone.get(phase, False)),
        )
        for phase in shown
    ]


def _notes(campaign: Campaign, units: int, waiting: int, done: int) -> dict[Phase, str]:
    """Mỗi bước nói gì while it is the current one, of units and of their final reports."""
    return {
        Phase.DRAFT: "đang soạn",
        Phase.LAUNCHED: format_date(campaign.starts_on),
        Phase.REPORTING: f"kỳ cuối đã nộp {waiting + done}/{units} đơn vị",
        Phase.VERIFYING: f"kỳ cuối xong {done}/{units} đơn vị",
        Phase.SCORING: "đang chấm",
        Phase.MEETING: "đang tiến hành",
        Phase.DECIDING: "đang trình",
        Phase.PUBLISHED: format_date(campaign.published_at) if campaign.published_at else "",
    }


_MOVES = (
    select(PhaseChange.from_phase, func.max(PhaseChange.at))
    .where(
        PhaseChange.campaign_id == _CAMPAIGN,
        PhaseChange.from_phase.in_([Phase.SCORING, Phase.MEETING, Phase.DECIDING]),
    )
    .group_by(PhaseChange.from_phase)
)


def _left_on(campaign: Campaign) -> dict[Phase, str]:
    """When the steps that leave no count behind were last left, of those that are over."""
    if campaign.phase.place <= Phase.SCORING.place:
        return {}
    moves = db.session.execute(_MOVES, {"campaign_id": campaign.id}).all()
    return {
        phase: f"xong {format_date(at)}"
        for phase, at in moves
        if phase.place < campaign.phase.place
    }


def _state(phase: Phase, current: Phase, *, is_undone: bool) -> str:
    if phase is current:
        return "current"
    if phase.place > current.place:
        return "todo"
    return "left" if is_undone else "done"
