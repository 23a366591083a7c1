"""When a post is to be seen, and which days it may be given: hand-written tables."""

from datetime import date

import pytest

from campaign.core.errors import RuleViolation
from campaign.publicity.rules import PostState, directive_key, refuse_dates, state_on

TODAY = date(2021, 4, 10)


@pytest.mark.parametrize(
    ("published_on", "withdrawn_on", "state"),
    [
        (None, None, PostState.DRAFT),
        (date(2021, 4, 11), None, PostState.SCHEDULED),
        (date(2021, 4, 11), date(2021, 4, 20), PostState.SCHEDULED),
        (date(2021, 4, 10), None, PostState.OUT),
        (date(2021, 4, 1), date(2021, 4, 11), PostState.OUT),
        (date(2021, 4, 1), date(2021, 4, 10), PostState.WITHDRAWN),
    ],
)
def test_a_post_is_out_from_its_day_to_the_eve_of_its_withdrawal(published_on, withdrawn_on, state):
    assert state_on(TODAY, published_on, withdrawn_on) is state


@pytest.mark.parametrize(
    ("on", "until", "stood", "binds", "why", "field"),
    [
        (None, None, None, False, "Hãy nhập ngày đăng.", "published_on"),
        (
            date(2021, 4, 9),
            None,
            None,
            False,
            "Ngày đăng không được trước hôm nay.",
            "published_on",
        ),
        (
            date(2021, 4, 20),
            None,
            date(2021, 4, 1),
            False,
            "Bài đã đăng ngày 01/04/2021, không dời được nữa.",
            "published_on",
        ),
        (
            date(2021, 4, 20),
            None,
            TODAY,
            False,
            "Bài đã đăng ngày 10/04/2021, không dời được nữa.",
            "published_on",
        ),
        (TODAY, TODAY, None, False, "Ngày gỡ phải sau ngày đăng.", "withdrawn_on"),
        (
            TODAY,
            date(2021, 5, 1),
            None,
            True,
            "Thông báo phát động không gỡ được.",
            "withdrawn_on",
        ),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(on, until, stood, binds, why, field):
    with pytest.raises(RuleViolation) as refused:
        refuse_dates(on, until, today=TODAY, stood=stood, binds=binds)
    assert (str(refused.value), refused.value.field) == (why, field)


def test_a_post_that_is_out_keeps_its_day_and_one_that_waits_may_be_moved():
    refuse_dates(date(2021, 4, 1), TODAY, today=TODAY, stood=date(2021, 4, 1), binds=False)
    refuse_dates(date(2021, 4, 12), None, today=TODAY, stood=date(2021, 4, 30), binds=True)


def test_the_notices_of_a_directive_to_a_unit_begin_alike():
    assert directive_key(3, 12) == "directive:3:12:"
