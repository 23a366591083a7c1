"""Lấy ý kiến: posting, withdrawing, objecting and answering."""

from datetime import date, datetime

from campaign.accounts.models import User
from campaign.core.dates import format_date
from campaign.core.errors import refuse, stated_reason
from campaign.core.text import nfc, one_line
from campaign.decision import queries
from campaign.decision.actions import demand_complete
from campaign.decision.amending import demand_corrected
from campaign.decision.figures import refigure
from campaign.decision.models import (
    Decision,
    DecisionWithdrawal,
    Objection,
)
from campaign.decision.rules import DecisionKind, DecisionState, ObjectionState, notice_ends
from campaign.extensions import db
from campaign.nomination import queries as nominations
from campaign.nomination.actions import send_back
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.units.models import Unit


def withdraw(decision: Decision, *, reason: str, by: User, at: datetime) -> None:
    """Rút về sửa a posted draft, with the reason: what was said about it stays, and it is posted
    anew for all its days.
    """
    why = stated_reason(reason)
    if decision.state is not DecisionState.POSTED:
        refuse("Chỉ rút được dự thảo đang lấy ý kiến.")
    db.session.add(
        DecisionWithdrawal(
            decision_id=decision.id,
            posted_on=decision.posted_on,
            notice_until=decision.notice_until,
            reason=why,
            at=at,
            by_id=by.id,
        )
    )
    decision.state, decision.posted_on, decision.notice_until = DecisionState.DRAFT, None, None


def post(decision: Decision, *, on: date) -> None:
    """Đưa ra lấy ý kiến for as many days as the draft says."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo.")
    demand_complete(decision)
    if decision.notice_days < 1:
        refuse("Hãy ghi số ngày lấy ý kiến trong dự thảo.", "notice_days")
    demand_corrected(decision)
    decision.state, decision.posted_on = DecisionState.POSTED, on
    decision.notice_until = notice_ends(
        on,
        decision.notice_days,
        working=decision.notice_is_working,
        holidays={date.fromisoformat(day) for day in decision.notice_holidays},
    )


def object_to(
    decision: Decision,
    *,
    author: str,
    words: str,
    nominee_id: int | None,
    on: date,
    unit: Unit | None = None,
    by: User | None = None,
) -> Objection:
    """Ghi một ý kiến about the posted draft: as it came to the Standing Committee, or by somebody
    of a `unit` it concerns, who may until the last day; the same said twice is one.
    """
    if decision.state is not DecisionState.POSTED:
        refuse("Chỉ nhận ý kiến khi quyết định đang được lấy ý kiến.")
    if unit is not None and decision.notice_until is not None and on > decision.notice_until:
        refuse(f"Thời gian lấy ý kiến đã hết ngày {format_date(decision.notice_until)}.")
    if not words.strip():
        refuse("Hãy ghi nội dung ý kiến.", "text")
    _demand_listed(decision, nominee_id)
    said = (one_line(author), nfc(words).strip(), nominee_id, unit.id if unit else None)
    if same := _said_before(decision, said):
        return same
    row = Objection(
        decision_id=decision.id,
        author=said[0],
        text=said[1],
        nominee_id=nominee_id,
        received_on=on,
        unit_id=said[3],
        by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _demand_listed(decision: Decision, nominee_id: int | None) -> None:
    """An opinion about somebody is about one who stands on the list."""
    if nominee_id is not None and nominee_id not in {
        line.nominee_id for line in queries.lines_of(decision.id)
    }:
        refuse("Người này không có trong danh sách.", "nominee_id")


def _said_before(
    decision: Decision, said: tuple[str, str, int | None, int | None]
) -> Objection | None:
    """Ý kiến còn mở that says the same: by whom, what, about whom and of which unit."""
    for row in queries.objections_of(decision.id):
        is_open = row.state is ObjectionState.OPEN
        if is_open and (row.author, row.text, row.nominee_id, row.unit_id) == said:
            return row
    return None


def answer_objection(
    campaign: Campaign,
    decision: Decision,
    row: Objection,
    *,
    answer: str,
    sends_back: bool,
    by: User,
    at: datetime,
    on: date,
) -> None:
    """Trả lời một ý kiến: kept as it is, or the line goes back to the Council."""
    _demand_answerable(decision, row, answer, sends_back=sends_back)
    row.answer, row.answered_on = nfc(answer).strip(), on
    row.state = ObjectionState.SENT_BACK if sends_back else ObjectionState.KEPT
    if sends_back and row.nominee_id is not None:
        nominee = nominations.nominee(campaign.id, row.nominee_id)
        _put_back(campaign, decision, nominee, row.text, by=by, at=at)


def _demand_answerable(
    decision: Decision, row: Objection, answer: str, *, sends_back: bool
) -> None:
    if row.state is not ObjectionState.OPEN:
        refuse("Ý kiến này đã được trả lời.")
    if decision.state is DecisionState.SIGNED:
        refuse("Quyết định đã ký.")
    if not answer.strip():
        refuse("Hãy ghi nội dung trả lời.", "answer")
    if sends_back and row.nominee_id is None:
        refuse("Ý kiến không nói về dòng nào nên không đưa lại Hội đồng được.", "sends_back")
    if sends_back and decision.kind is not DecisionKind.AWARD:
        refuse(
            f"Dòng của quyết định {decision.kind.label} không đưa lại Hội đồng; nếu ý kiến đúng, "
            "hãy rút dự thảo về rồi bỏ dòng đó.",
            "sends_back",
        )


def _put_back(
    campaign: Campaign, decision: Decision, nominee: Nominee, why: str, *, by: User, at: datetime
) -> None:
    """Đưa lại Hội đồng: the line leaves the draft, and what is left of it is worked out anew."""
    lines = (line for line in queries.lines_of(decision.id) if line.nominee_id == nominee.id)
    line = next(lines, None)
    if line is None and nominee.id in queries.decided_ids(campaign.id):
        refuse(
            f"“{nominee.name}” nay có trong một quyết định khác nên không đưa lại Hội đồng ở đây "
            "được.",
            "sends_back",
        )
    # Another objection may have sent this nominee back already: that holds, and is told once.
    if line is not None or nominee.id in nominations.settled(campaign.id):
        send_back(nominee, why, by=by, at=at)
    if line is not None:
        db.session.delete(line)
        db.session.flush()
        refigure(campaign, decision)
