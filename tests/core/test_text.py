"""Text: the spellings under which a name typed with accents is looked for, and remarks as
sentences.
"""

import pytest

from campaign.core.text import (
    document_number,
    file_name,
    likeness,
    name_key,
    name_sort_key,
    named_by_content,
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
        ("cẩn thận!", "Cẩn thận!"),
        ("đủ chưa?", "Đủ chưa?"),
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
        ("HÒA", {"hòa", "HÒA", "Hòa", "hoà", "HOÀ", "Hoà"}),
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
        (".Xã X.", "Xã X"),
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
        ("x" * 240, "x" * 240),
        ("x " + "x" * 239, "x…"),
        (", " + "a" * 200 + " X,; " + "b" * 40, ", " + "a" * 200 + " X…"),
        ("", ""),
    ],
)
def test_a_summary_is_one_line_cut_between_words(text, short):
    assert shortened(text) == short


@pytest.mark.parametrize(("typed", "kept"), ODD)
def test_letters_that_look_alike_or_are_not_seen_are_one(typed, kept):
    assert (nfc(typed), nfc(kept)) == (kept, kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a  b", "a b"), ("a\tb", "a b"), ("a\nb", "a\nb"), ("a\x00b\u00adc", "abc"), ("X\x07", "X")],
)
def test_white_space_is_one_kind_and_what_is_not_seen_goes(typed, kept):
    assert nfc(typed) == kept


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
    assert name_key("Trần Thị HÒA") == "trần thị hoà"


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


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "media_type", "named"),
    [
        ("Báo cáo.pdf", "application/pdf", "Báo cáo.pdf"),
        ("Báo cáo.PDF", "application/pdf", "Báo cáo.PDF"),
        ("Báo cáo.exe", "application/pdf", "Báo cáo.pdf"),
        ("Báo cáo.pdf.exe", "application/pdf", "Báo cáo.pdf"),
        ("Báo cáo.PDF.exe", "application/pdf", "Báo cáo.PDF"),
        ("Báo cáo", "application/pdf", "Báo cáo.pdf"),
        ("Số 1.2021", "application/pdf", "Số 1.2021.pdf"),
        (".exe", "application/pdf", "tep.pdf"),
        ("", "application/pdf", "tep.pdf"),
        ("ảnh.jpeg", "image/jpeg", "ảnh.jpeg"),
        ("ảnh.png", "image/jpeg", "ảnh.jpg"),
        ("biểu.doc", DOCX, "biểu.docx"),
        ("ghi chú.exe", "text/plain", "ghi chú.exe"),
    ],
)
def test_a_file_is_named_by_what_it_holds(name, media_type, named):
    assert named_by_content(name, media_type) == named


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "0000"),
        ("an", "1128" + "0000" + "00"),
        ("ĂN", "1228" + "0000" + "00"),
        ("ạ à ả ã á", "11001100110011" + "0011" + "0000" + "51234"),
        ("đất Đỏ", "171336" + "00" + "1729" + "0000" + "040" + "02"),
        ("Tạ 007", "3611" + "00" + "01017" + "0000" + "05"),
        ("5 tạ", "01015" + "00" + "3611" + "0000" + "05"),
        ("12b", "010212" + "00" + "14" + "0000" + "0"),
        ("øa", "9911" + "0000" + "00"),
        ("ứ ợ", "38" + "00" + "31" + "0000" + "45"),
        ("a, b.", "11" + "00" + "14" + "0000" + "00"),
        ("9" * 99, "0199" + "9" * 99 + "0000"),
        ("9" * 100, "99" * 100 + "0000" + "0" * 100),
    ],
)
def test_a_text_is_sorted_by_its_letters_then_by_its_tones(text, key):
    assert text_sort_key(text) == key


def test_words_stand_in_the_order_of_the_vietnamese_alphabet():
    words = ["ba", "bà", "bả", "bã", "bá", "bạ", "ba ba", "bă", "bâ", "đa", "e", "ê", "o", "ô", "ơ"]
    assert sorted(set(words), key=text_sort_key) == words
    assert sorted(["Lượt 10", "Lượt 9"], key=text_sort_key) == ["Lượt 9", "Lượt 10"]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("", ""),
        ("An", "An"),
        ("Nguyễn An", "An Nguyễn"),
        ("Nguyễn Văn An", "An Nguyễn Văn"),
        ("Nguyễn  Thị Ngọc An", "An Nguyễn Thị Ngọc"),
    ],
)
def test_people_are_sorted_by_given_name_then_family_name_then_the_rest(name, order):
    assert name_sort_key(name) == text_sort_key(order)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("15/TTr-SCT", "15/TTr-SCT"),
        ("Tờ trình số: 15 / TTr – SCT", "15/TTr-SCT"),
        ("Số 10/QĐ-SCT", "10/QĐ-SCT"),
        ("số:10", "10"),
        ("QUYẾT ĐỊNH SỐ 10/QĐ-SCT", "10/QĐ-SCT"),
        ("Quyết định 10/QĐ-SCT", "10/QĐ-SCT"),
        ("10/QĐ-SCT ngày 05/01/2019", "10/QĐ-SCT ngày 05/01/2019"),
        ("Số 5 / QĐ-SCT", "5/QĐ-SCT"),
        ("QĐ – 10 / SCT", "QĐ – 10 / SCT"),
        ("QĐ 10", "QĐ 10"),
        ("Quyết định", "Quyết định"),
        ("Số", "Số"),
        ("Sốt rét", "Sốt rét"),
        ("", ""),
    ],
)
def test_the_number_of_a_document_is_written_without_the_words_before_it(typed, number):
    assert document_number(typed) == number
