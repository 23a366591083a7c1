"""On which day which step is due, and what it says: worked out by hand on a calendar."""

from datetime import date

import pytest

from campaign.core.permissions import Role
from campaign.reminders.rules import (
    Digest,
    Done,
    Step,
    Told,
    next_working_day,
    reason_of,
    roles_told,
    step_due,
    title_of,
)
from campaign.reporting.rules import Dates, ReportState

# April 2021: the 1st is a Thursday; Wednesday the 21st and Friday the 30th are days off here.
DAYS_OFF = {date(2021, 4, 21), date(2021, 4, 30)}


def _day(number, month=4):
    return date(2021, month, number)


@pytest.mark.parametrize(
    ("today", "due", "step"),
    [
        (1, 9, None),  # Thursday, eight days before Friday the 9th
        (2, 9, Step.SEVEN_DAYS),  # Friday, seven days before
        (5, 9, Step.SEVEN_DAYS),  # Monday: the night of the 2nd was missed
        (6, 9, Step.THREE_DAYS),
        (7, 9, Step.THREE_DAYS),  # Wednesday: the night of the 6th was missed
        (8, 9, Step.ONE_DAY),
        (9, 9, Step.LAST_DAY),
        (3, 9, None),  # a Saturday
        (21, 24, None),  # a day off of the list
        (20, 24, Step.THREE_DAYS),  # three days before is the day off: told the day before it
        (2, 10, Step.SEVEN_DAYS),  # seven days before is a Saturday: told on Friday
        (9, 12, Step.ONE_DAY),  # Friday before a Monday: the day before is a Sunday
        (12, 12, Step.LAST_DAY),
        (9, 11, Step.LAST_DAY),  # the last day is a Sunday: told on Friday
        (29, 30, Step.LAST_DAY),  # the last day is a day off
    ],
)
def test_before_the_day_a_step_goes_on_its_working_day_or_the_one_before(today, due, step):
    assert step_due(_day(today), _day(due), {}, DAYS_OFF) is step


def test_a_step_that_was_told_is_not_due_again():
    done = {Step.SEVEN_DAYS: Done(_day(2), "Dung")}
    assert step_due(_day(5), _day(9), done, DAYS_OFF) is None
    assert step_due(_day(6), _day(9), done, DAYS_OFF) is Step.THREE_DAYS


OFFICER, HEAD = Done(_day(12), "Dung"), Done(_day(13), "Hà")
DONE = {Step.TO_OFFICER: OFFICER, Step.TO_HEAD: HEAD, Step.TO_SECRETARIAT: Done(_day(14), "")}


@pytest.mark.parametrize(
    ("today", "told", "step"),
    [
        (10, 0, None),  # the day after, a Saturday
        (12, 0, Step.TO_OFFICER),
        (19, 0, Step.TO_OFFICER),  # a week of nights was missed: it begins where it stands
        (12, 1, None),  # one step a working day
        (13, 1, Step.TO_HEAD),
        (16, 1, Step.TO_HEAD),
        (13, 2, None),
        (14, 2, Step.TO_SECRETARIAT),
        (15, 3, None),  # and then no more
    ],
)
def test_late_it_climbs_one_step_a_working_day_and_stops(today, told, step):
    done = dict(list(DONE.items())[:told])
    assert step_due(_day(today), _day(9), done, DAYS_OFF) is step


def test_the_next_working_day_lies_behind_week_ends_and_days_off():
    assert next_working_day(_day(9), DAYS_OFF) == _day(12)
    assert next_working_day(_day(29), DAYS_OFF) == _day(3, month=5)


def test_who_writes_is_told_and_who_signs_where_it_waits_for_that():
    officer, head = Role.UNIT_OFFICER, Role.UNIT_HEAD
    signing = ReportState.AWAITING_SIGNATURE
    assert roles_told(Step.THREE_DAYS, None) == (officer,)
    assert roles_told(Step.THREE_DAYS, signing) == (head,)
    assert roles_told(Step.LAST_DAY, signing) == (officer, head)
    assert roles_told(Step.TO_OFFICER, ReportState.DRAFT) == (officer,)
    assert roles_told(Step.TO_HEAD, ReportState.DRAFT) == (head,)
    assert roles_told(Step.TO_SECRETARIAT, None) == ()


def test_the_sentence_says_how_many_days_and_who_was_told_before():
    titles = [title_of("Kỳ 1 – Sở A", _day(9), _day(day)) for day in (6, 9, 12)]
    assert titles == [
        "Còn 3 ngày nộp báo cáo: Kỳ 1 – Sở A",
        "Hạn hôm nay: báo cáo Kỳ 1 – Sở A",
        "Báo cáo quá hạn 3 ngày: Kỳ 1 – Sở A",
    ]
    dates = Dates(_day(9), _day(13))
    assert reason_of(None, dates, {}, _day(6)) == "Đơn vị chưa bắt đầu báo cáo."
    assert reason_of(ReportState.DRAFT, dates, {Step.TO_OFFICER: OFFICER}, _day(13)) == (
        "Báo cáo đang soạn, chưa trình ký. Đã nhắc cán bộ Dung ngày 12/04/2021."
    )
    nobody = {Step.TO_OFFICER: Done(_day(12), ""), Step.TO_HEAD: HEAD}
    assert reason_of(ReportState.RETURNED, dates, nobody, _day(14)) == (
        "Báo cáo bị trả lại, chưa nộp lại. Đơn vị không có cán bộ để nhắc, đã nhắc thủ trưởng Hà "
        "ngày 13/04/2021. Đã đóng nhận báo cáo sau 13/04/2021; muốn nộp, hãy xin gia hạn."
    )


def test_a_digest_counts_and_names_and_is_empty_where_there_is_nothing_to_say():
    late = [Told("Sở A", "Kỳ 1"), Told("Sở B", "Kỳ 1"), Told("Sở A", "Kỳ 2")]
    digest = Digest(late, ["Kỳ 1 – Sở A (đã nhắc cán bộ Dung ngày 12/04/2021)"], late[1:2])
    assert digest.title == "3 báo cáo chậm, 1 báo cáo chờ thẩm định"
    assert digest.reason == (
        "Chuyển Thường trực xử lý – Kỳ 1 – Sở A (đã nhắc cán bộ Dung ngày 12/04/2021). "
        "Chậm – Kỳ 1: Sở A, Sở B; Kỳ 2: Sở A. Chờ thẩm định – Kỳ 1: Sở B."
    )
    many = {
        more: Digest(waiting=[Told(f"Xã {number}", "Kỳ 1") for number in range(30 + more)]).reason
        for more in range(3)
    }
    assert {more: reason.partition("Xã 28, ")[2] for more, reason in many.items()} == {
        0: "Xã 29.",
        1: "Xã 29 và 1 đơn vị khác.",
        2: "Xã 29 và 2 đơn vị khác.",
    }
    assert (Digest().title, Digest().reason) == ("", "")
