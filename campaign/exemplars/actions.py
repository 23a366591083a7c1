"""Điển hình tiên tiến: proposing, deciding, writing, moving, and following."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar, ExemplarMove, ExemplarUse
from campaign.exemplars.rules import FACTS, State, Step, Subject, is_back, missing, no_move
from campaign.extensions import db, flush_or_refuse

LONGEST, LONGEST_IN_WORDS = 2000, "2.000"
FIELDS = tuple(fact.field for facts in FACTS.values() for fact in facts)


def facts_of(row: Exemplar) -> dict[str, Any]:
    """Những điều đã ghi mà các bước dựa vào, by field."""
    return {name: getattr(row, name) for name in FIELDS}


def save(
    row: Exemplar | None,
    participation: Participation,
    values: Mapping[str, Any],
    *,
    is_decided: bool,
    by: User,
    at: datetime,
) -> Exemplar:
    """Ghi điển hình: a new one waits for a decision, unless who writes it decides."""
    _refuse_wrong(row, values, local_date(at))
    row = _put_forward(row, is_decided=is_decided, by=by, at=at)
    row.participation_id, row.moved_at = participation.id, at
    for name, value in values.items():
        setattr(row, name, value)
    flush_or_refuse("Đơn vị đã có điển hình cùng loại mang tên này.", "name")
    return row


def _put_forward(row: Exemplar | None, *, is_decided: bool, by: User, at: datetime) -> Exemplar:
    """Giới thiệu: a new one, or one that was declined, which waits for a decision again."""
    if row is None:
        return _new(is_decided=is_decided, by=by, at=at)
    if row.state is State.DECLINED and not is_decided:
        row.state, row.decline_reason = State.PROPOSED, ""
        row.decided_at = row.decided_by_id = None
        row.proposed_at, row.proposed_by_id = at, by.id
    return row


def _new(*, is_decided: bool, by: User, at: datetime) -> Exemplar:
    """Điển hình vừa phát hiện: registered at once by who decides, else proposed."""
    row = Exemplar(
        proposed_at=at,
        proposed_by_id=by.id,
        step=Step.FOUND,
        state=State.REGISTERED if is_decided else State.PROPOSED,
        decided_at=at if is_decided else None,
        decided_by_id=by.id if is_decided else None,
    )
    db.session.add(row)
    return row


def _refuse_wrong(row: Exemplar | None, values: Mapping[str, Any], today: date) -> None:
    """What no example may lack, and what its step rests on."""
    if (values["subject"] is Subject.PERSON) != (values["standing"] is not None):
        refuse(
            "Hãy chọn vị trí của cá nhân."
            if values["subject"] is Subject.PERSON
            else "Chỉ cá nhân mới có vị trí; hãy để trống.",
            "standing",
        )
    if values["found_on"] > today:
        refuse("Ngày phát hiện không thể ở tương lai.", "found_on")
    _refuse_lacking(row.step if row else Step.FOUND, values)


def _refuse_lacking(step: Step, values: Mapping[str, Any]) -> None:
    for fact in missing(step, values):
        refuse(f"Điển hình ở bước {step.label} phải có {fact.name}.", fact.field)


def write_result(row: Exemplar, result: str, *, at: datetime) -> None:
    """Đơn vị ghi kết quả đạt được of a registered example of its own."""
    _refuse_lacking(row.step, facts_of(row) | {"result": result})
    row.result, row.moved_at = result, at


def decide(row: Exemplar, *, registers: bool, reason: str, by: User, at: datetime) -> None:
    """Đăng ký, or not with a reason that the unit reads."""
    if row.state is not State.PROPOSED:
        refuse("Điển hình này đã được quyết định.")
    words = _stated(reason)
    if not registers and not words:
        refuse("Hãy ghi lý do không đăng ký.", "reason")
    row.state = State.REGISTERED if registers else State.DECLINED
    row.decline_reason = "" if registers else words
    row.decided_at = row.moved_at = at
    row.decided_by_id = by.id


def _stated(reason: str) -> str:
    """Lý do on one line, not too long to be read."""
    words = one_line(reason)
    if len(words) > LONGEST:
        refuse(f"Lý do dài quá {LONGEST_IN_WORDS} ký tự.", "reason")
    return words


def move(row: Exemplar, to: Step, reason: str, *, by: User, at: datetime) -> ExemplarMove:
    """Chuyển bước: forward with the facts of the next, back with a reason."""
    words = _stated(reason)
    if why := no_move(row.state, row.step, to, words, missing(to, facts_of(row))):
        refuse(why, "reason" if is_back(row.step, to) else None)
    made = ExemplarMove(
        exemplar_id=row.id,
        before=row.step,
        after=to,
        is_back=is_back(row.step, to),
        reason=words,
        at=at,
        by_id=by.id,
    )
    row.step, row.moved_at = to, at
    db.session.add(made)
    db.session.flush()
    return made


def follow(
    row: Exemplar,
    participation: Participation,
    used_on: date,
    sentence: str,
    *,
    by: User,
    at: datetime,
) -> ExemplarUse:
    """Xác nhận áp dụng: another unit, since when, and what it does."""
    _demand_usable(row, participation, used_on, local_date(at))
    made = ExemplarUse(
        exemplar_id=row.id,
        participation_id=participation.id,
        used_on=used_on,
        sentence=sentence,
        at=at,
        by_id=by.id,
    )
    db.session.add(made)
    flush_or_refuse("Đơn vị đã xác nhận áp dụng điển hình này rồi.")
    row.moved_at = at
    return made


def _demand_usable(row: Exemplar, follower: Participation, used_on: date, today: date) -> None:
    """Others are asked to follow it, and this unit is another; used since a day that can be."""
    if row.step is not Step.FOLLOWED:
        refuse("Điển hình chưa ở bước Nhân rộng.")
    if follower.id == row.participation_id:
        refuse("Đây là điển hình của chính đơn vị; đơn vị khác mới xác nhận áp dụng.")
    if not row.found_on <= used_on <= today:
        refuse("Ngày áp dụng phải từ ngày phát hiện điển hình đến hôm nay.", "used_on")


def stop_following(row: Exemplar, use: ExemplarUse, *, at: datetime) -> None:
    """Rút xác nhận áp dụng."""
    db.session.delete(use)
    row.moved_at = at
