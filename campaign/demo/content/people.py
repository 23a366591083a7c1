"""Diễn tập: the people of the campaign of 2021, each with their account."""

from dataclasses import dataclass

from campaign.council.rules import CouncilFunction

PASSWORD = "dien-tap-2021"  # noqa: S105 - demo accounts exist in demo mode only, and this is printed for everybody


@dataclass(frozen=True)
class Person:
    """Người dùng diễn tập: every name is invented."""

    user_name: str
    full_name: str
    honorific: str
    position: str
    unit: str


ADMIN = Person("quan-tri", "Bùi Đức Quang", "Ông", "Quản trị hệ thống", "VP")


SECRETARIAT = (
    Person("thuong-truc", "Nguyễn Thị Hồng Minh", "Bà", "Chuyên viên thi đua, khen thưởng", "VP"),
    Person("thuong-truc-2", "Đinh Văn Lộc", "Ông", "Chuyên viên tổng hợp", "KHTH"),
)


INSPECTOR = Person("kiem-tra", "Quách Thị Ngân", "Bà", "Cán bộ kiểm tra", "TTR")


DIRECTOR = Person("giam-doc", "Phạm Minh Đức", "Ông", "Giám đốc Sở", "LDS")


DEPUTIES = (
    Person("pho-giam-doc", "Hà Thị Thanh Thủy", "Bà", "Phó Giám đốc Sở", "LDS"),
    Person("pho-giam-doc-2", "Lường Văn Sơn", "Ông", "Phó Giám đốc Sở, Chủ tịch Công đoàn", "LDS"),
)


HEADS = {
    "VP": "Bùi Thị Lan Anh",
    "QLCN": "Nguyễn Quốc Huy",
    "TTKC": "Đinh Thị Yến",
    "TTR": "Vũ Mạnh Cường",
    "KHTH": "Trần Thị Bích Ngọc",
    "QLTM": "Hoàng Văn Ánh",
    "QLNL": "Lê Thị Kim Oanh",
    "KTAT": "Đỗ Xuân Ấm",
    "HB": "Nguyễn Hữu Thắng",
    "CP": "Bùi Văn Đạt",
    "DB": "Xa Thị Hoài",
    "KB": "Bùi Thị Ưng",
    "LS": "Quách Văn Tới",
    "LT": "Nguyễn Đức Ý",
    "LSN": "Đặng Thị Hạnh",
    "MC": "Hà Công Ước",
    "TL": "Đinh Thị Ơn",
    "YT": "Phạm Văn Duy",
}


OFFICERS = {
    "VP": "Đào Thị Hương",
    "QLCN": "Lê Văn Khánh",
    "TTKC": "Bùi Minh Tuấn",
    "TTR": "Nguyễn Thị Thơm",
    "KHTH": "Trịnh Thị Vân",
    "QLTM": "Phùng Thị Nga",
    "QLNL": "Bùi Văn Hiếu",
    "KTAT": "Ngô Thị Chi",
    "HB": "Trần Thu Hà",
    "CP": "Bùi Thị Dung",
    "DB": "Lường Thị Xuân",
    "KB": "Nguyễn Văn Ba",
    "LS": "Bùi Thị Én",
    "LT": "Vũ Thị Quyên",
    "LSN": "Hoàng Thị Mai",
    "MC": "Khà Thị Lả",
    "TL": "Bùi Văn Giang",
    "YT": "Lê Thị Phượng",
}


COUNCIL = (
    ("giam-doc", CouncilFunction.CHAIR),
    ("pho-giam-doc", CouncilFunction.VICE_CHAIR),
    ("pho-giam-doc-2", CouncilFunction.VICE_CHAIR),
    ("truong.VP", CouncilFunction.SECRETARY),
    ("truong.QLCN", CouncilFunction.MEMBER),
    ("truong.QLTM", CouncilFunction.MEMBER),
    ("truong.QLNL", CouncilFunction.MEMBER),
    ("truong.TTKC", CouncilFunction.MEMBER),
    ("truong.TTR", CouncilFunction.MEMBER),
)
"""Hội đồng chín người; six of them head a unit that takes part and are kept away from it."""


ABSENT = "truong.TTR"
"""Thành viên vắng mặt, gửi phiếu lấy ý kiến."""


UNLOCKED = ("pho-giam-doc", "truong.QLTM")
"""Two members whose sheets are still open in scoring: one is kept away from their own unit."""


def head_of(code: str) -> str:
    """Tên đăng nhập của thủ trưởng đơn vị."""
    return f"truong.{code}".lower()


def officer_of(code: str) -> str:
    """Tên đăng nhập của cán bộ đơn vị."""
    return f"canbo.{code}".lower()
