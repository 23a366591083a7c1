"""Văn thư: words of dates, numbers, căn cứ and counts."""

from datetime import date

import pytest

from campaign.office import rules


@pytest.mark.parametrize(("title", "words"), [
    ("Phong trào thi đua 70 năm", "phong trào thi đua 70 năm"), ("Lao động giỏi", "phong trào thi đua “Lao động giỏi”")])
def test_a_drive_is_not_called_one_twice(title, words):
    assert rules.drive_words(title) == words


def test_the_place_and_date_keep_room_for_a_day_that_is_not_known():
    assert rules.dated("Hòa Bình", date(2021, 5, 4), 2021) == "Hòa Bình, ngày 04 tháng 5 năm 2021"
    assert rules.dated("", None, 2021) == "Ngày …… tháng …… năm 2021"
    assert rules.numbered("12", "QĐ-SCT") == "Số: 12/QĐ-SCT"
    assert rules.number_words("", "TTr-SCT", None, 2021, "Sở") == "số ……/TTr-SCT ngày …… tháng …… năm 2021 của Sở"


def test_bases_open_and_close_as_the_decree_asks():
    assert rules.bases("Luật Thi đua\n\nTheo đề nghị của Hội đồng.") == ["Căn cứ Luật Thi đua;", "Theo đề nghị của Hội đồng."]


@pytest.mark.parametrize(("collectives", "people", "words"), [
    (3, 5, "03 tập thể và 05 cá nhân"), (12, 0, "12 tập thể"), (0, 1, "01 cá nhân"), (0, 0, "00 tập thể, cá nhân")])
def test_collectives_and_people_are_counted_with_two_digits(collectives, people, words):
    assert rules.counted(collectives, people) == words


def test_an_empty_field_leaves_a_mark_and_a_symbol_needs_no_code():
    assert (rules.listed(" \n"), rules.Head().symbol("KH"), rules.Head(code="SCT").symbol("KH")) == (["…"], "KH", "KH-SCT")
