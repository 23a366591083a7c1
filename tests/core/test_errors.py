"""Refusals: a sentence, and the field it belongs to."""

import pytest

from campaign.core.errors import Conflict, RuleViolation, refuse, stated_reason


@pytest.mark.parametrize("field", [None, "title"])
def test_a_refusal_says_its_sentence_and_its_field(field):
    with pytest.raises(RuleViolation) as refused:
        refuse("Chưa được.", field)
    assert (str(refused.value), refused.value.field) == ("Chưa được.", field)


def test_a_refusal_belongs_to_no_field_unless_it_says_so():
    with pytest.raises(RuleViolation) as refused:
        refuse("Chưa được.")
    assert refused.value.field is None


def test_a_reason_is_kept_on_one_line():
    assert stated_reason(" đã  chuyển\nđơn vị ") == "đã chuyển đơn vị"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [((" \n",), "Hãy ghi lý do."), (("", "Hãy ghi lý do gia hạn."), "Hãy ghi lý do gia hạn.")],
)
def test_a_reason_that_is_not_given_is_asked_for_at_its_field(given, sentence):
    with pytest.raises(RuleViolation) as refused:
        stated_reason(*given)
    assert (str(refused.value), refused.value.field) == (sentence, "reason")


def test_a_conflict_keeps_what_stands_there_by_whom_and_since_when():
    conflict = Conflict(theirs="98", by="Lò Thị Mai", at="09:00 28/04/2021")
    assert (str(conflict), conflict.field) == ("Nội dung này vừa được người khác sửa.", None)
    assert (conflict.theirs, conflict.by, conflict.at) == ("98", "Lò Thị Mai", "09:00 28/04/2021")
