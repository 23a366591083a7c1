"""The tree of units: paths, how long a unit exists, and what its head is called."""

from datetime import date

import pytest

from campaign.core.errors import RuleViolation
from campaign.units.rules import (
    absence,
    ids_on,
    is_valid_on,
    path_of,
    refuse_cycle,
    usual_head_title,
)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Văn phòng Sở", "Chánh Văn phòng"),
        ("Phòng Thương mại", "Trưởng phòng"),
        ("PHÒNG THƯƠNG MẠI", "Trưởng phòng"),
        ("Ban Quản lý cụm", "Trưởng ban"),
        ("Ban", "Trưởng ban"),
        ("Ủy ban nhân dân xã Vân Sơn", "Chủ tịch"),
        ("Viện Kiểm sát nhân dân", "Viện trưởng"),
        ("Tòa án nhân dân", "Chánh án"),
        ("Văn phòng Đăng ký đất đai", "Giám đốc"),
        ("Trạm Y tế xã Vân Sơn", "Trạm trưởng"),
        *((name, "Thủ trưởng đơn vị") for name in ("Phong Thổ", "Vũ Thư", "Hát Lót", "Bản Lác")),
        *((name, "Thủ trưởng đơn vị") for name in ("Tô Hiệu", "Đồi Ngô", "Phòngg", "Bắc Hà")),
        ("Sở Công Thương", "Giám đốc"),
        ("Trung tâm Khuyến công", "Giám đốc Trung tâm"),
        ("Tổng công ty", "Thủ trưởng đơn vị"),
        ("", "Thủ trưởng đơn vị"),
    ],
)
def test_the_head_of_a_unit_is_called_by_how_its_name_opens(name, title):
    assert usual_head_title(name) == title


FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "start", "end", "is_valid", "why"),
    [
        (date(2026, 2, 28), FIRST, LAST, False, "đến ngày 01/03/2026 mới thành lập"),
        (FIRST, FIRST, LAST, True, ""),
        (LAST, FIRST, LAST, True, ""),
        (date(2026, 4, 1), FIRST, LAST, False, "đã chấm dứt hoạt động sau ngày 31/03/2026"),
        (date(2026, 4, 1), FIRST, None, True, ""),
        (date(2026, 2, 28), None, LAST, True, ""),
        (date(2026, 4, 1), None, LAST, False, "đã chấm dứt hoạt động sau ngày 31/03/2026"),
        (date(2026, 2, 28), FIRST, None, False, "đến ngày 01/03/2026 mới thành lập"),
        (LAST, None, None, True, ""),
    ],
)
def test_a_unit_exists_from_its_first_to_its_last_day(day, start, end, is_valid, why):
    assert (is_valid_on(day, start, end), absence(day, start, end)) == (is_valid, why)


def test_the_path_of_a_unit_begins_with_its_ancestors():
    assert (path_of(1, None), path_of(7, "/1/")) == ("/1/", "/1/7/")
    assert ids_on("/1/7/12/") == (1, 7, 12)


def test_a_unit_never_hangs_below_itself():
    for parent in ("/1/7/", "/1/7/9/"):
        with pytest.raises(RuleViolation) as refusal:
            refuse_cycle("/1/7/", parent)
        assert (str(refusal.value), refusal.value.field) == (
            "Đơn vị cấp trên không thể là chính đơn vị này hoặc đơn vị trực thuộc đơn vị này.",
            "parent_id",
        )
    refuse_cycle("/1/7/", "/1/")
    refuse_cycle("/1/7/", "/1/70/")
