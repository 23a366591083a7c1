"""When mail may go, and what follows a failure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.notices.rules import (
    MailChoice,
    NoticeKind,
    feed_hash,
    goes_now,
    is_day_off,
    is_hour_of_mail,
    next_try,
    report_key,
    reports_key,
    subject_words,
)

MONDAY = datetime(2021, 4, 5, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""
TET = date(2021, 2, 12)


@pytest.mark.parametrize(
    ("hour", "minute", "may"),
    [(23, 59, False), (0, 0, True), (11, 59, True), (12, 0, False), (17, 0, False)],
)
def test_mail_goes_from_seven_in_the_morning_to_seven_in_the_evening_in_vietnam(hour, minute, may):
    assert is_hour_of_mail(MONDAY.replace(hour=hour, minute=minute)) is may


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2021, 4, 5), False),
        (date(2021, 4, 9), False),
        (date(2021, 4, 10), True),
        (date(2021, 4, 30), True),
        (date(2021, 9, 2), True),
        (date(2021, 4, 11), True),
        (TET, True),
    ],
)
def test_week_ends_and_days_of_the_list_are_off(day, off):
    assert is_day_off(day, {TET}) is off


@pytest.mark.parametrize(
    ("kind", "choice", "now", "mailed", "goes"),
    [
        (NoticeKind.VERIFIED, MailChoice.AT_ONCE, MONDAY, True, True),
        (NoticeKind.VERIFIED, MailChoice.DAILY, MONDAY, False, True),
        (NoticeKind.VERIFIED, MailChoice.DAILY, MONDAY, True, False),
        (NoticeKind.VERIFIED, MailChoice.NONE, MONDAY, False, False),
        (NoticeKind.VERIFIED, MailChoice.AT_ONCE, MONDAY - timedelta(days=1), False, False),
        (NoticeKind.VERIFIED, MailChoice.AT_ONCE, MONDAY + timedelta(hours=10), False, False),
        (NoticeKind.MEETING_CALLED, MailChoice.NONE, MONDAY, True, True),
        (NoticeKind.MEETING_CALLED, MailChoice.NONE, MONDAY - timedelta(days=1), True, True),
        (NoticeKind.MEETING_CALLED, MailChoice.NONE, MONDAY + timedelta(hours=10), True, False),
    ],
)
def test_what_binds_goes_at_any_day_and_the_rest_as_it_was_chosen(kind, choice, now, mailed, goes):
    assert goes_now(kind, choice, now=now, days_off=(), mailed_today=mailed) is goes


def test_pauses_grow_and_after_the_last_the_mail_is_given_up():
    minutes = [next_try(attempts, MONDAY) for attempts in range(1, 7)]
    assert minutes == [
        *(MONDAY + timedelta(minutes=pause) for pause in (5, 15, 60, 240, 720)),
        None,
    ]


def test_a_mail_of_one_notice_has_its_words_and_one_of_many_says_how_many():
    assert subject_words(["Báo cáo tháng 3 bị trả lại"]) == "Báo cáo tháng 3 bị trả lại"
    assert subject_words(["Một", "Hai", "Một"]) == "3 việc cần biết"


def test_of_the_address_of_a_calendar_only_its_hash_is_kept():
    assert feed_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_reminders_of_one_report_are_found_among_those_of_its_unit_and_no_others():
    assert (reports_key(7), report_key(7, 2)) == ("report:7:", "report:7:2:")
