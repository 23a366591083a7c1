"""Text: the spellings under which a name typed with accents is looked for, and remarks as sentences."""

import pytest

from campaign.core.text import file_name, sentence, shortened, spellings, without_tones


@pytest.mark.parametrize(("text", "expected"), [
    ("", ""), ("đủ điều kiện", "Đủ điều kiện."), ("Chưa đủ phiếu.", "Chưa đủ phiếu."), ("ổn", "Ổn."),
])
def test_a_remark_on_its_own_line_is_a_sentence(text, expected):
    assert sentence(text) == expected


@pytest.mark.parametrize(("typed", "found"), [
    ("hoa binh", set()), ("dak lak", set()),
    ("hòa", {"hòa", "HÒA", "Hòa", "hoà", "HOÀ", "Hoà"}),
    ("thuỷ", {"thuỷ", "THUỶ", "Thuỷ", "thủy", "THỦY", "Thủy"}),
    ("hoàn", {"hoàn", "HOÀN", "Hoàn"}), ("đa", {"đa", "ĐA", "Đa"}),
])
def test_a_name_typed_with_accents_is_looked_for_however_it_may_be_spelt(typed, found):
    assert set(spellings(typed)) == found


@pytest.mark.parametrize(("text", "name"), [
    ("Cuộc họp số 1, lượt 2: Giấy khen.docx", "Cuộc họp số 1, lượt 2 - Giấy khen.docx"),
    ("Quyết định số 12/QĐ-SCT.docx", "Quyết định số 12-QĐ-SCT.docx"), ('a\\b*c?"<d>|e.pdf ', "a-b-c---d--e.pdf"), (" . ", "tep")])
def test_a_file_name_is_one_that_windows_takes(text, name):
    assert file_name(text) == name


def test_letters_keep_their_case_without_tones():
    assert without_tones("Điện Biên, đường Hoà") == "Dien Bien, duong Hoa"


@pytest.mark.parametrize(("text", "short"), [
    ("Hoàn thành  xuất sắc\nnhiệm vụ.", "Hoàn thành xuất sắc nhiệm vụ."), ("từ " * 100, "từ " * 79 + "từ…"), ("", "")])
def test_a_summary_is_one_line_cut_between_words(text, short):
    assert shortened(text) == short
