"""Diễn tập: a health department's campaign of 2026; all of it is invented."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.demo.content.people import Person
from campaign.demo.content.units import DemoUnit
from campaign.demo.content.words import MADE_UP
from campaign.demo.stages import Progress
from campaign.units.rules import UsualKind

TABLE = "2-so-y-te"
"""Bảng điểm mẫu that the plan takes."""
DEPARTMENT = "SYT"
_SERVICE, _OFFICE = UsualKind.SERVICE_UNIT, UsualKind.OFFICE

UNITS = (
    DemoUnit(DEPARTMENT, "Sở Y tế tỉnh", "Sở Y tế", UsualKind.DEPARTMENT, is_illustrative=True),
    *(
        DemoUnit(code, name, short, _SERVICE, DEPARTMENT, 0, is_illustrative=True)
        for code, name, short in (
            ("BVDK", "Bệnh viện đa khoa tỉnh", "BV đa khoa"),
            ("BVSN", "Bệnh viện Sản Nhi", "BV Sản Nhi"),
            ("BVYH", "Bệnh viện Y học cổ truyền", "BV Y học cổ truyền"),
            ("BVPH", "Bệnh viện Phục hồi chức năng", "BV Phục hồi CN"),
            ("BVTT", "Bệnh viện Tâm thần", "BV Tâm thần"),
            ("BVM", "Bệnh viện Mắt", "BV Mắt"),
        )
    ),
    *(
        DemoUnit(code, name, short, kind, DEPARTMENT, 1, is_illustrative=True)
        for code, name, short, kind in (
            ("KSBT", "Trung tâm Kiểm soát bệnh tật", "TT Kiểm soát BT", _SERVICE),
            ("KN", "Trung tâm Kiểm nghiệm", "TT Kiểm nghiệm", _SERVICE),
            ("GDYK", "Trung tâm Giám định y khoa", "TT Giám định YK", _SERVICE),
            ("CC115", "Trung tâm Cấp cứu 115", "TT Cấp cứu 115", _SERVICE),
            ("CCDS", "Chi cục Dân số", "CC Dân số", _OFFICE),
            ("ATTP", "Chi cục An toàn vệ sinh thực phẩm", "CC ATVSTP", _OFFICE),
        )
    ),
)
HEADS = {
    "BVDK": "Lê Quang Thịnh",
    "BVSN": "Nguyễn Thị Thu Hằng",
    "BVYH": "Trần Đình Ý",
    "BVPH": "Phạm Thị Ngát",
    "BVTT": "Đoàn Văn Ước",
    "BVM": "Vũ Thị Ánh",
    "KSBT": "Hoàng Đức Ấn",
    "KN": "Bùi Thị Êm",
    "GDYK": "Ngô Quốc Oai",
    "CC115": "Đặng Thị Ủng",
    "CCDS": "Lý Văn Ơn",
    "ATTP": "Đỗ Thị Yên",
}
OFFICERS = {
    "BVDK": "Mai Thị Lụa",
    "BVSN": "Trịnh Văn Quý",
    "BVYH": "Cao Thị Nhàn",
    "BVPH": "Phùng Văn Đông",
    "BVTT": "Lương Thị Thuý",
    "BVM": "Tạ Văn Kỷ",
    "KSBT": "Dương Thị Hoà",
    "KN": "Đinh Văn Tuệ",
    "GDYK": "Hà Thị Quế",
    "CC115": "Quách Văn Lực",
    "CCDS": "Nguyễn Thị Diệp",
    "ATTP": "Võ Văn Nghĩa",
}
DIRECTOR = Person("giam-doc-yt", "Nguyễn Văn Khải", "Ông", "Giám đốc Sở Y tế", DEPARTMENT)
DEPUTY = Person("pho-giam-doc-yt", "Trần Thị Minh Tâm", "Bà", "Phó Giám đốc Sở Y tế", DEPARTMENT)
STAFF = (
    (DIRECTOR, Role.DIRECTOR),
    (DEPUTY, None),
    (
        Person("thuong-truc-yt", "Phan Thị Cúc", "Bà", "Chuyên viên thi đua", DEPARTMENT),
        Role.SECRETARIAT,
    ),
    (
        Person("kiem-tra-yt", "Lê Văn Trọng", "Ông", "Thanh tra viên", DEPARTMENT),
        Role.INSPECTOR,
    ),
)
SECRETARY = "thuong-truc-yt"
COUNCIL = (
    (DIRECTOR.user_name, CouncilFunction.CHAIR),
    (DEPUTY.user_name, CouncilFunction.VICE_CHAIR),
    ("truong.bvdk", CouncilFunction.SECRETARY),
    ("truong.ksbt", CouncilFunction.MEMBER),
    ("truong.bvsn", CouncilFunction.MEMBER),
)

CAMPAIGN = {
    "title": f"Thi đua nâng cao chất lượng khám bệnh và y tế dự phòng năm 2026 {MADE_UP}",
    "occasion": "Ngày Thầy thuốc Việt Nam 27/02",
    "starts_on": date(2026, 4, 1),
    "ends_on": date(2026, 10, 31),
    "rule_set_code": "RS-2026",
    "legal_basis": f"Kế hoạch công tác năm 2026 của Sở Y tế {MADE_UP}",
    "announcement": """\
Sở Y tế phát động phong trào thi đua từ ngày 01/04 đến ngày 31/10/2026. (minh hoạ)

# Chỉ tiêu
- Công suất sử dụng giường bệnh từ 95 %; 90 % người bệnh hài lòng.
- 95 % trẻ dưới một tuổi tiêm chủng đầy đủ; không quá 150 ca sốt xuất huyết trên 100.000 dân.
- 98 % hồ sơ giải quyết đúng hạn.

# Cách chấm
Bảng điểm 1.000 điểm, ba cấp; kết quả thẩm định gửi lại đơn vị để giải trình trong năm ngày.""",
    "progress_is_public": True,
    "is_illustrative": True,
}
SETTINGS = {"clarification_days": 5, "minimum_marks": 2}
BLOCKS = (("Khối bệnh viện", "Khối bệnh viện"), ("Khối trung tâm, chi cục", "Khối trung tâm"))
TASKS = (
    ("Nâng cao chất lượng khám bệnh, chữa bệnh", "Việc đã làm, kết quả đo được."),
    ("Phòng, chống dịch và truyền thông", "Hoạt động, số người được tiếp cận."),
)
PERIODS = (
    {
        "name": "Kỳ 1/2026",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2026, 6, 30),
        "due_on": date(2026, 7, 10),
        "locks_on": date(2026, 7, 15),
        "is_final": False,
    },
    {
        "name": "Cuối phong trào 2026",
        "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 10, 31),
        "due_on": date(2026, 11, 10),
        "locks_on": date(2026, 11, 15),
        "is_final": True,
    },
)
OF_HOSPITALS = ("I.1.1", "I.1.2", "I.1.3", "II.1.2")
"""Tiêu chí of the hospitals' block alone."""
OF_CENTRES = ("I.2.1", "I.2.2")
"""Tiêu chí of the other block alone."""


@dataclass(frozen=True)
class Results:
    """Kết quả của một đơn vị: what it reports of each number in the two periods, by short name."""

    filed: Progress
    numbers: dict[str, tuple[str, str]]


def _hospital(
    filed: Progress, beds: tuple[str, str], visits: tuple[str, str], content: tuple[str, str]
) -> Results:
    return Results(
        filed,
        {
            "Giường bệnh": beds,
            "Lượt khám": visits,
            "Hài lòng": content,
            "Hồ sơ đúng hạn": ("97", "98,6"),
        },
    )


def _centre(filed: Progress, vaccinated: tuple[str, str], dengue: tuple[str, str]) -> Results:
    return Results(
        filed,
        {
            "Tiêm chủng": vaccinated,
            "Sốt xuất huyết": dengue,
            "Hồ sơ đúng hạn": ("98", "99,2"),
        },
    )


RESULTS = {
    "BVDK": _hospital(Progress.VERIFIED, ("96", "97,5"), ("41.200", "78.400"), ("91", "93,4")),
    "BVSN": _hospital(Progress.VERIFIED, ("92", "94"), ("30.150", "61.900"), ("94", "95,8")),
    "BVYH": _hospital(Progress.SUBMITTED, ("90", "91,5"), ("24.800", "52.300"), ("88", "90,2")),
    "BVPH": _hospital(Progress.PREPARED, ("88", "90"), ("21.000", "44.700"), ("90", "91")),
    "BVTT": _hospital(Progress.DRAFT, ("97", "98"), ("18.900", "39.000"), ("86", "87,5")),
    "BVM": _hospital(Progress.NONE, ("85", "0"), ("26.400", "0"), ("92", "0")),
    "KSBT": _centre(Progress.VERIFIED, ("94", "96,1"), ("62", "131,5")),
    "KN": _centre(Progress.SUBMITTED, ("93", "94,4"), ("71", "149")),
    "GDYK": _centre(Progress.SUBMITTED, ("95", "95,2"), ("58", "120,4")),
    "CC115": _centre(Progress.RETURNED, ("92", "93"), ("80", "158,2")),
    "CCDS": _centre(Progress.DRAFT, ("95", "96"), ("66", "140")),
    "ATTP": _centre(Progress.PREPARED, ("94", "95"), ("69", "146")),
}
TARGETS = {
    "BVDK": Decimal(72000),
    "BVSN": Decimal(60000),
    "BVYH": Decimal(50000),
    "BVPH": Decimal(42000),
    "BVTT": Decimal(40000),
    "BVM": Decimal(45000),
}
"""Lượt khám giao cho từng bệnh viện."""
TALKS = (
    (date(2026, 5, 12), "Truyền thông phòng sốt xuất huyết tại chợ trung tâm"),
    (date(2026, 6, 20), "Truyền thông rửa tay, ăn chín uống sôi tại trường tiểu học"),
    (date(2026, 9, 15), "Truyền thông tiêm chủng cho bà mẹ có con nhỏ"),
)
AWARDS = ((date(2026, 8, 19), "Giấy khen của Sở", "Giấy khen đợt thi đua quý II"),)
NARRATIVES = (
    f"Cải tiến quy trình khám, giảm thời gian chờ; họp giao ban chất lượng mỗi tuần. {MADE_UP}",
    f"Giám sát ổ dịch, xử lý trong 48 giờ; truyền thông tại cộng đồng theo kế hoạch. {MADE_UP}",
)
