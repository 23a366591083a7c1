"""Đăng ký: enrolling, confirming, withdrawing."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import nfc, one_line
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState, may_confirm, may_withdraw
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.units.rules import is_valid_on

OPEN_TO_UNITS = frozenset({Phase.LAUNCHED, Phase.REPORTING})
OPEN_TO_SECRETARIAT = OPEN_TO_UNITS | {Phase.DRAFT, Phase.VERIFYING}

BLOCK_MISSING = "Hãy chọn khối thi đua."


def enrol(
    campaign: Campaign,
    unit: Unit,
    *,
    commitments: str,
    by: User,
    at: datetime,
    by_secretariat: bool = False,
) -> Participation:
    """Đăng ký tham gia, with giao ước; a unit the secretariat enrols may have none yet."""
    open_in = OPEN_TO_SECRETARIAT if by_secretariat else OPEN_TO_UNITS
    if campaign.phase not in open_in:
        refuse("Phong trào không nhận đăng ký ở bước này.")
    if not is_valid_on(campaign.starts_on, unit.valid_from, unit.valid_to):
        refuse(f"{unit.name} không hoạt động vào ngày phát động.")
    row = Participation(
        campaign_id=campaign.id,
        unit_id=unit.id,
        commitments=nfc(commitments).strip() if by_secretariat else _written(commitments),
        enrolled_at=at,
        enrolled_by_id=by.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        refuse(f"{unit.name} đã đăng ký.")
    return row


def _written(commitments: str) -> str:
    """Giao ước as kept; an empty one is refused."""
    text = nfc(commitments).strip()
    if not text:
        refuse("Hãy ghi giao ước: đơn vị cam kết làm được gì trong phong trào này.", "commitments")
    return text


def edit_commitments(campaign: Campaign, row: Participation, commitments: str) -> None:
    """Sửa giao ước, until the secretariat confirms."""
    if row.state is not ParticipationState.PROPOSED or campaign.phase not in OPEN_TO_UNITS:
        refuse("Đăng ký đã được xác nhận; giao ước không sửa được nữa.")
    row.commitments = _written(commitments)


def confirm(
    campaign: Campaign, row: Participation, *, block_id: int | None, by: User, at: datetime
) -> None:
    """Xác nhận và xếp vào khối; the block may be changed until scoring opens."""
    if not may_confirm(campaign.phase):
        refuse("Đã mở chấm điểm; không đổi khối được nữa.")
    if block_id is None:
        refuse(BLOCK_MISSING, "block_id")
    row.block_id, row.state = block_id, ParticipationState.CONFIRMED
    row.confirmed_at, row.confirmed_by_id = at, by.id
    row.withdrawal_reason = ""


def withdraw(campaign: Campaign, row: Participation, *, reason: str) -> None:
    """Rút khỏi phong trào, with a reason; what was reported stays on record."""
    if not may_withdraw(campaign.phase):
        refuse("Việc chấm điểm đã kết thúc; không rút đăng ký được nữa.")
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do rút.", "reason")
    if row.state is ParticipationState.WITHDRAWN:
        refuse(f"Đơn vị này đã rút khỏi phong trào: {row.withdrawal_reason}")
    row.state, row.withdrawal_reason = ParticipationState.WITHDRAWN, text
