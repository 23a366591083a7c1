"""Gửi thư: notices become mails, and mails go out; run as often as one likes, in any number of
processes, killed anywhere.

Nobody gets a mail twice: a notice enters one mail (it is claimed by its row), a mail is claimed
before it goes, and what a killed process had claimed counts as unknown, is listed, and goes again
under the same Message-ID. A mail that waits is written anew from what still holds when its turn
comes, and goes to nobody where nothing of it does.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from itertools import groupby
from secrets import token_hex
from time import monotonic

from flask import current_app
from sqlalchemy import exists, update

from campaign.accounts.models import User
from campaign.core.dates import format_date, local_date
from campaign.extensions import db
from campaign.notices import queries
from campaign.notices.calendar import calendars
from campaign.notices.models import Mail, MailStop, Notice
from campaign.notices.rules import (
    CLAIM,
    MailState,
    Outcome,
    goes_now,
    is_day_off,
    is_hour_of_mail,
    next_try,
    subject_words,
)
from campaign.notices.transport import Delivery, deliver


def send_due(now: datetime) -> tuple[int, int]:
    """Gửi những thư đến lượt: how many went, and how many did not. At night nothing goes, on a day
    off what binds alone, what has waited for its server no less.
    """
    if queries.mail_stop() is not None or not is_hour_of_mail(now):
        return 0, 0
    started = monotonic()
    compose(now)
    _give_up_claims(now)
    sent = failed = 0
    is_off = is_day_off(local_date(now), queries.days_off_set())
    for mail_id in queries.waiting_mail(now, binding_alone=is_off):
        outcome = _send(mail_id, now, now + timedelta(seconds=monotonic() - started))
        sent += outcome is Outcome.SENT
        failed += outcome not in {None, Outcome.SENT}
    return sent, failed


def compose(now: datetime) -> int:
    """Gom việc thành thư: what one person is to be told now is one mail.

    What waits is read before who has had a mail: who gets one of another process in between has
    had it.
    """
    rows = queries.unmailed()
    days_off, mailed = queries.days_off_set(), queries.mailed_on(local_date(now))
    choices = queries.choices({row.user_id for row in rows})
    written = 0
    for user_id, own in groupby(rows, key=lambda row: row.user_id):
        goes = partial(goes_now, now=now, days_off=days_off, mailed_today=user_id in mailed)
        going = [row for row in own if goes(row.kind, choices[user_id])]
        written += bool(going) and _composed(going[0].user, going, now)
    return written


def _composed(user: User, notices: Sequence[Notice], now: datetime) -> bool:
    """One mail of these notices, unless another process has put one of them into its own."""
    mail = Mail(user_id=user.id, message_id=f"<{token_hex(16)}@{_host()}>", at=now, next_at=now)
    _write(mail, user, notices)
    db.session.add(mail)
    db.session.flush()
    is_whole = _enter(mail, [row.id for row in notices])
    if not is_whole:
        _give_up(mail)
    db.session.commit()
    return is_whole


def _enter(mail: Mail, notice_ids: Collection[int]) -> bool:
    """The notices that are in no mail yet enter this one; whether that is all of them."""
    claimed = db.session.execute(
        update(Notice)
        .where(Notice.id.in_(notice_ids), Notice.mail_id.is_(None))
        .values(mail_id=mail.id)
        .execution_options(synchronize_session=False)
    )
    return bool(claimed.rowcount == len(notice_ids))  # type: ignore[attr-defined]


def _give_up(mail: Mail) -> None:
    """What had entered this mail is free again for the next."""
    db.session.execute(
        update(Notice)
        .where(Notice.mail_id == mail.id)
        .values(mail_id=None)
        .execution_options(synchronize_session=False)
    )
    db.session.delete(mail)


def _write(mail: Mail, user: User, notices: Sequence[Notice]) -> None:
    """Nội dung thư, of these notices; each meeting's invitation is in it."""
    mail.address = user.email
    mail.subject = f"Ngọn Cờ: {' '.join(subject_words([row.title for row in notices]).split())}"
    mail.body = _body(user, notices)
    mail.calendar = "".join(row.calendar for row in notices)


def _host() -> str:
    return str(current_app.config["PUBLIC_URL"]).partition("://")[2].partition(":")[0]


def _body(user: User, notices: Collection[Notice]) -> str:
    lines = _lines(notices, str(current_app.config["PUBLIC_URL"]))
    return "\n".join([f"Kính gửi {user.honorific} {user.full_name},", "", *lines])


def _lines(notices: Collection[Notice], address: str) -> Iterator[str]:
    for number, row in enumerate(notices, start=1):
        yield f"{number}. {row.title}" if len(notices) > 1 else row.title
        if row.reason:
            yield f"   {row.reason}"
        if row.due_on:
            yield f"   Hạn: {format_date(row.due_on)}."
        yield f"   {address}{row.url}"
        yield ""
    yield f"Chọn cách nhận thư: {address}/notices/settings"


def _give_up_claims(now: datetime) -> None:
    """What a killed process had in its hands: nobody knows whether it went."""
    db.session.execute(
        update(Mail)
        .where(Mail.state == MailState.SENDING, Mail.claimed_at < now - CLAIM)
        .values(
            state=MailState.WAITING,
            claimed_at=None,
            was_unknown=True,
            next_at=now,
            detail="Lần gửi trước bị ngắt giữa chừng; gửi lại với cùng mã thư.",
        )
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def _send(mail_id: int, now: datetime, at: datetime) -> Outcome | None:
    """Claim one mail `at` this very moment, send it outside any transaction, mark what came of it;
    nothing where another process had it, all mail was stopped, or nothing of it holds any more.
    """
    is_ours = _claim(mail_id, now, at)
    db.session.commit()
    if not is_ours:
        return None
    mail = db.session.get_one(Mail, mail_id, populate_existing=True)
    message = _message(mail) if _holds(mail) else None
    db.session.commit()
    if message is None:
        return None
    delivery = deliver(message)
    _mark(mail, delivery, now)
    db.session.commit()
    return delivery.outcome


def _claim(mail_id: int, now: datetime, at: datetime) -> bool:
    """Giữ một thư đến lượt, unless another process has it or all mail was stopped."""
    claimed = db.session.execute(
        update(Mail)
        .where(
            Mail.id == mail_id,
            Mail.state == MailState.WAITING,
            Mail.next_at <= now,
            ~exists().where(MailStop.id == 1),
        )
        .values(state=MailState.SENDING, claimed_at=at, attempts=Mail.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(claimed.rowcount == 1)  # type: ignore[attr-defined]


def _holds(mail: Mail) -> bool:
    """Thư còn cần gửi: what of it is not read nor withdrawn, to where the person reads mail today;
    what may have come already goes again as it was.
    """
    user, notices = db.session.get_one(User, mail.user_id), queries.unread_in(mail.id)
    if not (notices and user.is_active and user.email):
        mail.state, mail.claimed_at = MailState.DROPPED, None
        mail.detail = "Việc đã xong hoặc đã đọc, hay người nhận không còn nhận thư."
        return False
    if mail.was_unknown:
        mail.address = user.email
    else:
        _write(mail, user, notices)
    return True


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["To"] = mail.subject, mail.address
    message["From"] = current_app.config["MAIL_FROM"]
    message["Date"], message["Message-ID"] = format_datetime(mail.at), mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    for number, text in enumerate(calendars(mail.calendar), start=1):
        _add_calendar(message, number, text)
    return message


def _add_calendar(message: EmailMessage, number: int, text: str) -> None:
    """An invitation, which programs offer to accept; from the second on as a file beside it."""
    params = {
        "method": "CANCEL" if "METHOD:CANCEL" in text else "REQUEST",
        "charset": "utf-8",
    }
    if number == 1:
        message.add_alternative(text.encode(), maintype="text", subtype="calendar", params=params)
    else:
        message.add_attachment(
            text.encode(),
            maintype="text",
            subtype="calendar",
            params=params,
            filename=f"giay-moi-{number}.ics",
        )


def _mark(mail: Mail, delivery: Delivery, now: datetime) -> None:
    """What came of one try: gone, again after a growing pause, or given up."""
    mail.claimed_at, mail.detail = None, delivery.detail
    if delivery.outcome is Outcome.SENT:
        mail.state, mail.sent_at = MailState.SENT, now
        return
    mail.was_unknown = mail.was_unknown or delivery.outcome is Outcome.UNKNOWN
    again = None if delivery.outcome is Outcome.REFUSED else next_try(mail.attempts, now)
    mail.state = MailState.WAITING if again else MailState.FAILED
    mail.next_at = again or now
