"""Hội đồng: composing the council, and keeping members away from units."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign.accounts import actions as accounts
from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.council import queries
from campaign.council.models import CouncilMember, Recusal
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase


def needed_reason(text: str, sentence: str = "Hãy ghi lý do.") -> str:
    """Lý do bắt buộc: the trimmed reason, or a refusal by `sentence`."""
    reason = one_line(text)
    if not reason:
        refuse(sentence, "reason")
    return reason


def refuse_after_scoring(campaign: Campaign) -> None:
    """Thành phần Hội đồng chấm điểm is fixed once scoring is closed."""
    hold(campaign)
    if campaign.phase.place > Phase.SCORING.place:
        refuse("Việc chấm điểm đã kết thúc; thành phần Hội đồng chấm điểm không đổi được nữa.")


def add_member(
    campaign: Campaign,
    user: User,
    *,
    function: CouncilFunction,
    term_from: date | None,
    term_to: date | None,
) -> CouncilMember:
    """Đưa một người vào Hội đồng: they get the council's role; one chair at a time.

    Once scoring is closed they have nothing to mark, but while the Council meets they may take
    somebody's seat.
    """
    hold(campaign)
    if campaign.phase.place > Phase.MEETING.place:
        refuse("Hội đồng đã họp xong; không thêm thành viên được nữa.")
    _refuse_wrong_term(term_from, term_to)
    places = db.session.scalars(
        select(CouncilMember.position).where(CouncilMember.campaign_id == campaign.id)
    ).all()
    row = CouncilMember(
        campaign_id=campaign.id,
        user_id=user.id,
        function=function,
        term_from=term_from,
        term_to=term_to,
        position=max(places, default=0) + 1,
    )
    _save(row)
    accounts.grant_council_role(user)
    return row


def _save(row: CouncilMember) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        refuse("Người này đã ở trong Hội đồng, hoặc Hội đồng đã có Chủ tịch.", "function")


def _refuse_wrong_term(term_from: date | None, term_to: date | None) -> None:
    if term_from and term_to and term_to < term_from:
        refuse("Ngày hết nhiệm kỳ phải sau ngày bắt đầu.", "term_to")


def edit_member(
    campaign: Campaign,
    row: CouncilMember,
    *,
    function: CouncilFunction,
    term_from: date | None,
    term_to: date | None,
) -> None:
    """Sửa chức danh, nhiệm kỳ; once scoring is closed the term alone, until the Council has met:
    whoever is to sit there may have been given a day too few.
    """
    hold(campaign)
    if function is not row.function or campaign.phase.place > Phase.MEETING.place:
        refuse_after_scoring(campaign)
    _refuse_wrong_term(term_from, term_to)
    row.term_from, row.term_to = term_from, term_to
    row.function = function
    _save(row)


def leave(row: CouncilMember, *, reason: str, on: date) -> None:
    """Thôi làm thành viên: from that day, with a reason; their locked sheets stay on record."""
    db.session.flush()
    db.session.refresh(row, ["left_on"], with_for_update={"key_share": True})
    if row.left_on is not None:
        refuse("Người này đã thôi làm thành viên.")
    row.left_on, row.leaving_reason = on, needed_reason(reason)
    if not queries.has_other_membership(row.user_id, row.id):
        accounts.revoke_council_role(queries.person_with_grants(row.user_id))


def recuse(
    campaign: Campaign,
    row: CouncilMember,
    unit_id: int,
    *,
    origin: RecusalOrigin,
    reason: str,
    by: User,
    at: datetime,
) -> Recusal:
    """Không chấm một đơn vị: declared by the member or decided by the chair."""
    refuse_after_scoring(campaign)
    if unit_id not in queries.competing(campaign.id):
        refuse("Đơn vị này không tham gia phong trào.", "unit_id")
    recusal = Recusal(
        member_id=row.id,
        unit_id=unit_id,
        origin=origin,
        reason=needed_reason(reason),
        at=at,
        by_id=by.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(recusal)
    except IntegrityError:
        refuse("Thành viên này đã không chấm đơn vị ấy.", "unit_id")
    return recusal


def lift_recusal(campaign: Campaign, recusal: Recusal, *, reason: str) -> None:
    """Bỏ việc không chấm: by the chair, with a reason; a unit of one's own is never lifted."""
    why = needed_reason(reason)
    refuse_after_scoring(campaign)
    recorder.note("recusal", str(recusal.id), None, {"lifted_reason": why})
    db.session.delete(recusal)
