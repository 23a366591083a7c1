"""Đợt đính chính: before the first report the whole plan is put right, with a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from campaign.accounts.models import User
from campaign.conduct.picture import picture
from campaign.conduct.problems import problems, reports_begun
from campaign.conduct.rules import Step
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.models import Campaign, CorrectionRound, PlanCorrection
from campaign.planning.pictures import Difference, as_data, differences, from_data
from campaign.planning.rules import Phase

ONLY_WORDS = (
    "Đã mở báo cáo: chỉ đính chính được lời văn, hướng dẫn, nhiệm vụ; điểm và quy tắc không sửa "
    "được nữa."
)


def why_not(campaign: Campaign) -> str:
    """Vì sao không đính chính được cả kế hoạch; empty where it may be."""
    if campaign.phase is Phase.DRAFT:
        return "Phong trào chưa phát động: hãy sửa thẳng trong kế hoạch."
    if campaign.phase is Phase.PUBLISHED:
        return "Phong trào đã công bố kết quả: kế hoạch không đính chính được nữa."
    if campaign.phase is not Phase.LAUNCHED:
        return ONLY_WORDS
    if reports_begun(campaign):
        return (
            "Đã có báo cáo: chỉ đính chính được lời văn, hướng dẫn, nhiệm vụ; điểm và quy tắc "
            "không sửa được nữa."
        )
    return ""


def open_round(campaign: Campaign, *, reason: str, by: User, at: datetime) -> CorrectionRound:
    """Mở đợt đính chính: the plan as launched is kept in words, then it may be written again."""
    _demand_correctable(campaign)
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do đính chính.", "reason")
    opened = CorrectionRound(
        campaign_id=campaign.id,
        reason=text,
        opened_at=at,
        opened_by_id=by.id,
        before=as_data(picture(campaign)),
    )
    db.session.add(opened)
    campaign.is_correcting = True
    db.session.flush()
    return opened


def _demand_correctable(campaign: Campaign) -> None:
    hold(campaign)
    if campaign.is_correcting:
        refuse("Kế hoạch đang được đính chính rồi.")
    if sentence := why_not(campaign):
        refuse(sentence)


def round_of(campaign: Campaign) -> CorrectionRound | None:
    """Đợt đính chính đang mở."""
    return db.session.get(CorrectionRound, campaign.id) if campaign.is_correcting else None


def changed(campaign: Campaign, opened: CorrectionRound) -> Sequence[Difference]:
    """Những chỗ đã sửa trong đợt này."""
    return list(differences(from_data(opened.before), picture(campaign)))


def close_round(campaign: Campaign, *, by: User, at: datetime, today: date) -> int:
    """Kết thúc đợt đính chính: the plan is whole again, and each change stands on record."""
    hold(campaign)
    opened = round_of(campaign)
    if opened is None:
        refuse("Kế hoạch không có đợt đính chính nào đang mở.")
    blocking = [row for row in problems(campaign, Step.LAUNCH, today) if row.is_blocking]
    if blocking:
        refuse(f"Kế hoạch sau đính chính chưa đúng: {blocking[0].sentence}")
    noted = changed(campaign, opened)
    for row in noted:
        db.session.add(_correction(opened, row, by=by, at=at))
    db.session.delete(opened)
    campaign.is_correcting = False
    db.session.flush()
    return len(noted)


def _correction(
    opened: CorrectionRound, change: Difference, *, by: User, at: datetime
) -> PlanCorrection:
    """Đính chính: one change of the round, for the reason it was opened with."""
    return PlanCorrection(
        campaign_id=opened.campaign_id,
        subject=change.subject,
        before=change.before,
        after=change.after,
        reason=opened.reason,
        at=at,
        by_id=by.id,
    )
