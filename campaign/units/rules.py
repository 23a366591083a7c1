"""Đơn vị: kinds of unit and the rules of their tree."""

import re
from collections.abc import Collection
from datetime import date

from campaign.core.dates import format_date
from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.text import name_key, search_key


class UsualKind(Labelled):
    """Loại đơn vị cài sẵn, where the office has not written its own list yet."""

    DEPARTMENT = "department", "Sở, ngành"
    LEADERSHIP = "leadership", "Lãnh đạo"
    OFFICE = "office", "Phòng chuyên môn"
    SERVICE_UNIT = "service_unit", "Đơn vị sự nghiệp"
    LOCAL_GOVERNMENT = "local_government", "Uỷ ban nhân dân"
    DISTRICT_OFFICE = "district_office", "Phòng cấp huyện"
    CITY_OFFICE = "city_office", "Phòng cấp thành phố"
    OTHER = "other", "Đơn vị khác"


LONGEST_KIND_CODE = 40
_WORD = re.compile("[a-z0-9]+")


def kind_code(name: str, used: Collection[str]) -> str:
    """Mã của một loại đơn vị, made of the letters and digits of its name, for it stands in the
    address of its page: "Bệnh viện" is "benh_vien"; it never changes.
    """
    stem = "_".join(_WORD.findall(search_key(name)))[: LONGEST_KIND_CODE - 4].rstrip("_") or "loai"
    code, number = stem, 1
    while code in used:
        number += 1
        code = f"{stem}_{number}"
    return code


_HEAD_TITLES = (
    ("Văn phòng Đăng ký đất đai", "Giám đốc"),
    ("Văn phòng", "Chánh Văn phòng"),
    ("Thanh tra", "Chánh Thanh tra"),
    ("Phòng", "Trưởng phòng"),
    ("Ban Quản lý", "Trưởng ban"),
    ("Ban", "Trưởng ban"),
    ("Trung tâm", "Giám đốc Trung tâm"),
    ("Chi cục", "Chi cục trưởng"),
    ("Cục", "Cục trưởng"),
    ("Vụ", "Vụ trưởng"),
    ("Sở", "Giám đốc"),
    ("Uỷ ban nhân dân", "Chủ tịch"),
    ("UBND", "Chủ tịch"),
    ("Trường", "Hiệu trưởng"),
    ("Bệnh viện", "Giám đốc"),
    ("Công ty", "Giám đốc"),
    ("Quỹ", "Giám đốc"),
    ("Đội", "Đội trưởng"),
    ("Tổ", "Tổ trưởng"),
    ("Hạt", "Hạt trưởng"),
    ("Trạm", "Trạm trưởng"),
    ("Khoa", "Trưởng khoa"),
    ("Viện", "Viện trưởng"),
    ("Học viện", "Giám đốc"),
    ("Toà án", "Chánh án"),
    ("Mầm non", "Hiệu trưởng"),
    ("Tiểu học", "Hiệu trưởng"),
    ("Trung học", "Hiệu trưởng"),
    ("Bảo hiểm xã hội", "Giám đốc"),
    ("Kho bạc", "Giám đốc"),
    ("Ngân hàng", "Giám đốc"),
    ("Điện lực", "Giám đốc"),
    ("Bảo tàng", "Giám đốc"),
    ("Thư viện", "Giám đốc"),
    ("Đài", "Giám đốc"),
    ("Xí nghiệp", "Giám đốc"),
    ("Nhà máy", "Giám đốc"),
    ("Chi nhánh", "Giám đốc"),
    ("Hợp tác xã", "Giám đốc"),
    ("Liên đoàn Lao động", "Chủ tịch"),
    ("Liên minh Hợp tác xã", "Chủ tịch"),
    ("Hội", "Chủ tịch"),
)
HEAD_OF_ANY_UNIT = "Thủ trưởng đơn vị"


def usual_head_title(name: str) -> str:
    """Chức vụ người đứng đầu by how the unit's name opens: "Phòng …" has a "Trưởng phòng"; tones
    tell it from "Phong …".
    """
    words = f"{name_key(name)} "
    return next(
        (title for opening, title in _HEAD_TITLES if words.startswith(f"{name_key(opening)} ")),
        HEAD_OF_ANY_UNIT,
    )


def is_valid_on(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Còn hiệu lực: both ends belong to the time of validity; an open end has no limit."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def absence(day: date, valid_from: date | None, valid_to: date | None) -> str:
    """Vì sao ngày ấy không có đơn vị này; empty where it exists on the day."""
    if valid_to is not None and valid_to < day:
        return f"đã chấm dứt hoạt động sau ngày {format_date(valid_to)}"
    if valid_from is not None and day < valid_from:
        return f"đến ngày {format_date(valid_from)} mới thành lập"
    return ""


def path_of(unit_id: int, parent_path: str | None) -> str:
    """Đường dẫn trong cây: "/1/7/" for unit 7 under unit 1, so that ancestors are prefixes."""
    return f"{parent_path or '/'}{unit_id}/"


def ids_on(path: str) -> tuple[int, ...]:
    """Các đơn vị trên đường dẫn, from the root down to the unit itself."""
    return tuple(int(part) for part in path.split("/") if part)


def refuse_cycle(path: str, new_parent_path: str) -> None:
    """A unit cannot hang below itself."""
    if new_parent_path.startswith(path):
        refuse(
            "Đơn vị cấp trên không thể là chính đơn vị này hoặc đơn vị trực thuộc đơn vị này.",
            "parent_id",
        )
