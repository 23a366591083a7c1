"""Text: the spellings under which a name typed with accents is looked for, and remarks as
sentences.
"""

import pytest

from campaign.core.text import (
    file_name,
    likeness,
    name_key,
    nfc,
    one_line,
    search_key,
    sentence,
    shortened,
    spellings,
    text_sort_key,
    without_tones,
)
from tests.texts import ODD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("đủ điều kiện", "Đủ điều kiện."),
        ("Chưa đủ phiếu.", "Chưa đủ phiếu."),
        ("ổn", "Ổn."),
    ],
)
def test_a_remark_on_its_own_line_is_a_sentence(text, expected):
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoa binh", set()),
        ("dak lak", set()),
        ("hòa", {"hòa", "HÒA", "Hòa", "hoà", "HOÀ", "Hoà"}),
        ("thuỷ", {"thuỷ", "THUỶ", "Thuỷ", "thủy", "THỦY", "Thủy"}),
        ("hoàn", {"hoàn", "HOÀN", "Hoàn"}),
        ("đa", {"đa", "ĐA", "Đa"}),
    ],
)
def test_a_name_typed_with_accents_is_looked_for_however_it_may_be_spelt(typed, found):
    assert set(spellings(typed)) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cuộc họp số 1, lượt 2: Giấy khen.docx", "Cuộc họp số 1, lượt 2 - Giấy khen.docx"),
        ("Quyết định số 12/QĐ-SCT.docx", "Quyết định số 12-QĐ-SCT.docx"),
        ('a\\b*c?"<d>|e.pdf ', "a-b-c---d--e.pdf"),
        (" . ", "tep"),
    ],
)
def test_a_file_name_is_one_that_windows_takes(text, name):
    assert file_name(text) == name


def test_letters_keep_their_case_without_tones():
    assert without_tones("Điện Biên, đường Hoà") == "Dien Bien, duong Hoa"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Hoàn thành  xuất sắc\nnhiệm vụ.", "Hoàn thành xuất sắc nhiệm vụ."),
        ("từ " * 100, "từ " * 79 + "từ…"),
        ("", ""),
    ],
)
def test_a_summary_is_one_line_cut_between_words(text, short):
    assert shortened(text) == short


@pytest.mark.parametrize(("typed", "kept"), ODD)
def test_letters_that_look_alike_or_are_not_seen_are_one(typed, kept):
    assert (nfc(typed), nfc(kept)) == (kept, kept)


def test_lines_stay_lines_whatever_ends_them():
    assert nfc("một\r\nhai\rba\x0bbốn\u2028năm") == "một\nhai\nba\nbốn\nnăm"
    assert one_line(" một\n hai ") == "một hai"


def test_a_name_with_a_foreign_d_is_found_and_sorted_as_any_other():
    assert search_key("Ðiện  Biên") == "dien bien"
    assert text_sort_key("Phạm Thị Ðào") == text_sort_key("Phạm Thị Đào")
    assert without_tones("Ðào") == "Dao"


def test_a_dash_is_a_dash_however_long_it_is():
    assert search_key("Kế hoạch – Tài chính") == "ke hoach - tai chinh"
    assert name_key("Phòng Kế hoạch – Tài chính") == name_key("Phòng Kế hoạch - Tài chính")


def test_names_are_one_person_only_with_their_tones():
    assert name_key("Nguyễn Văn Hùng") != name_key("Nguyễn Văn Hưng")
    assert name_key("TRẦN  THỊ HOÀ") == name_key("Trần Thị Hòa")


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("Nguyễn Văn Hùng", "NGUYỄN VĂN  HÙNG", "same"),
        ("Trần Thị Hoà", "Trần Thị Hòa", "same"),
        ("Phạm Thị Ðào", "Phạm Thị Đào", "same"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "alike"),
        ("Trần Thị Lan", "Tran Thi Lan", "alike"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Nam", "other"),
    ],
)
def test_two_names_are_the_same_alike_or_two(first, second, how):
    assert likeness(first, second) == how
