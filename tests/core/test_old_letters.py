"""Text in the fonts of before Unicode is noticed, and nothing else is."""

import pytest

from campaign.core.old_letters import in_old_font, read_old

OLD = [
    ("Traàn Vaên Nguyeân", "VNI", "Trần Văn Nguyên"),
    ("Phaïm Thò Ñaøo", "VNI", "Phạm Thị Đào"),
    ("Coâng Thöông", "VNI", "Công Thương"),
    ("Maõ ñôn vò", "VNI", "Mã đơn vị"),
    ("NGUYEÃN VAÊN HÖNG", "VNI", "NGUYỄN VĂN HƯNG"),
    ("Sôû Coâng Thöông tænh Hoøa Bình", "VNI", "Sở Công Thương tỉnh Hòa Bình"),
    ("Huyønh Thuùc Khaùng", "VNI", "Huỳnh Thúc Kháng"),
    ("Phoøng Quaûn lyù ñieän naêng", "VNI", "Phòng Quản lý điện năng"),
    ("TrÇn V¨n Nguyªn", "TCVN3 (ABC)", "Trần Văn Nguyên"),
    ("Ph¹m ThÞ §µo", "TCVN3 (ABC)", "Phạm Thị Đào"),
    ("Së C«ng Th\xad¬ng tØnh Hoµ B×nh", "TCVN3 (ABC)", "Sở Công Thương tỉnh Hoà Bình"),
    ("§iÖn Biªn", "TCVN3 (ABC)", "Điện Biên"),
    ("NguyÔn ThÞ Hoa, 12/Q§", "TCVN3 (ABC)", "Nguyễn Thị Hoa, 12/QĐ"),
]
TODAY = [
    "",
    "Van phong",
    "Trần Văn Nguyên",
    "Hoà Bình",
    "Hà Giang",
    "tính toán",
    "Müller GmbH",
    "café",
    "naïve",
    "Señor",
    "El Niño",
    "España",
    "«Ban»",
    "ABC®",
    "m², 5 µm",
    "44.462 ₫",
    "– “Sở” …",
    "Citroën",
    "São Paulo",
    "©2021",
    "Hòa",
    "Ðào",
    "x·y",
]


@pytest.mark.parametrize(("typed", "font", "read"), OLD)
def test_text_of_an_old_font_is_noticed_and_read(typed, font, read):
    assert (in_old_font(typed).name, read_old([typed])[1]) == (font, {typed: read})


@pytest.mark.parametrize("typed", TODAY)
def test_text_of_today_is_left_as_it_is(typed):
    assert (in_old_font(typed), read_old([typed])) == (None, (None, {}))


def test_what_reads_either_way_follows_the_table_it_stands_in():
    assert read_old(["Ñaøo", "Hoà"])[1] == {"Ñaøo": "Đào", "Hoà": "Hồ"}
    assert read_old(["Ñaøo", "Hoà", "Điện Biên"])[1] == {"Ñaøo": "Đào"}


def test_what_has_letters_of_today_is_left_even_beside_old_ones():
    assert read_old(["Ñaøo", "Ñaøo Đảng", "Van phong"])[1] == {"Ñaøo": "Đào"}
