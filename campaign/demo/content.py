"""Nội dung diễn tập: the campaign of 2021 as announced; what is invented says “minh hoạ”."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.council.rules import CouncilFunction
from campaign.honours.instruments import basis_on
from campaign.honours.rule_sets import RULE_SETS
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.terms import Direction, Judgement, OwnerPart
from campaign.units.rules import UnitKind

PASSWORD = "dien-tap-2021"  # noqa: S105 - demo accounts exist in demo mode only, and this is printed for everybody
MADE_UP = "(minh hoạ)"
UNTIL = date(2025, 6, 30)
"""Ngày cuối cùng còn cấp huyện."""


@dataclass(frozen=True)
class DemoUnit:
    """Đơn vị: `block` is the place of its block in the campaign, None where it does not compete."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str = ""
    block: int | None = None
    is_illustrative: bool = False
    valid_to: date | None = None


DEPARTMENT = "SCT"
_OFFICE, _DISTRICT = UnitKind.OFFICE, UnitKind.DISTRICT_OFFICE

OFFICES = (
    DemoUnit("SCT", "Sở Công Thương tỉnh Hòa Bình", "Sở Công Thương", UnitKind.DEPARTMENT),
    DemoUnit("LDS", "Lãnh đạo Sở", "Lãnh đạo Sở", UnitKind.LEADERSHIP, "SCT"),
    DemoUnit("VP", "Văn phòng Sở", "Văn phòng", _OFFICE, "SCT", 0),
    DemoUnit("QLCN", "Phòng Quản lý công nghiệp", "QL công nghiệp", _OFFICE, "SCT", 0),
    DemoUnit(
        "TTKC",
        "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp",
        "TT Khuyến công",
        UnitKind.SERVICE_UNIT,
        "SCT",
        0,
    ),
    DemoUnit("TTR", "Thanh tra Sở", "Thanh tra", _OFFICE, "SCT", 0, is_illustrative=True),
    DemoUnit(
        "KHTH",
        "Phòng Kế hoạch – Tài chính – Tổng hợp",
        "KH-TC-TH",
        _OFFICE,
        "SCT",
        0,
        is_illustrative=True,
    ),
    DemoUnit(
        "QLTM", "Phòng Quản lý thương mại", "QL thương mại", _OFFICE, "SCT", 0, is_illustrative=True
    ),
    DemoUnit(
        "QLNL", "Phòng Quản lý năng lượng", "QL năng lượng", _OFFICE, "SCT", 0, is_illustrative=True
    ),
    DemoUnit(
        "KTAT",
        "Phòng Kỹ thuật an toàn – Môi trường",
        "KT an toàn – MT",
        _OFFICE,
        "SCT",
        0,
        is_illustrative=True,
    ),
)


@dataclass(frozen=True)
class District:
    """Huyện, thành phố: its allocated targets of 2021 and what it reports, all of it invented.

    retail: tỷ đồng for the year (the ten add up to 44.462); index and retail_share: the final
    period's industrial
    production index and per cent of the expected share reached; households: per cent on the grid.
    """

    code: str
    name: str
    retail: Decimal
    index: Decimal
    retail_share: Decimal
    households: Decimal
    households_target: Decimal

    @property
    def is_city(self) -> bool:
        """The one city among the ten."""
        return self.code == "HB"

    @property
    def units(self) -> tuple[DemoUnit, DemoUnit]:
        """Uỷ ban nhân dân and, below it, the office that takes part."""
        place = "thành phố" if self.is_city else "huyện"
        office = "Phòng Kinh tế" if self.is_city else "Phòng Kinh tế và Hạ tầng"
        short = f"TP {self.name}" if self.is_city else self.name
        above = f"UBND-{self.code}"
        return (
            DemoUnit(
                above,
                f"Uỷ ban nhân dân {place} {self.name}",
                f"UBND {short}",
                UnitKind.LOCAL_GOVERNMENT,
                valid_to=None if self.is_city else UNTIL,
            ),
            DemoUnit(
                self.code,
                f"{office} {place} {self.name}",
                short,
                UnitKind.CITY_OFFICE if self.is_city else _DISTRICT,
                above,
                1,
                valid_to=None if self.is_city else UNTIL,
            ),
        )


def _district(code: str, name: str, *numbers: str) -> District:
    return District(code, name, *(Decimal(number) for number in numbers))


DISTRICTS = (
    _district("HB", "Hòa Bình", "16462", "109.6", "101.4", "100", "99.95"),
    _district("CP", "Cao Phong", "2100", "107.2", "99.1", "99.87", "99.82"),
    _district("DB", "Đà Bắc", "1500", "104.9", "95.2", "98.90", "99.10"),
    _district("KB", "Kim Bôi", "3100", "108.3", "98.4", "99.80", "99.80"),
    _district("LS", "Lạc Sơn", "3600", "106.1", "97.6", "99.75", "99.82"),
    _district("LT", "Lạc Thủy", "2900", "108.8", "100.6", "99.90", "99.82"),
    _district("LSN", "Lương Sơn", "6500", "112.5", "102.8", "99.96", "99.90"),
    _district("MC", "Mai Châu", "2600", "105.4", "94.7", "99.32", "99.40"),
    _district("TL", "Tân Lạc", "3200", "107.9", "99.7", "99.84", "99.82"),
    _district("YT", "Yên Thủy", "2500", "106.7", "98.9", "99.88", "99.82"),
)


@dataclass(frozen=True)
class DemoIndicator:
    """Chỉ tiêu của thông báo, with the offices that answer for it and what they report (ước,
    January to April).
    """

    key: str
    values: dict[str, object]
    measure_unit: str
    rule: PointsRule
    lead: str
    support: tuple[str, ...]
    reported: tuple[str, str]
    """March and final values, invented but for the index of the first quarter."""
    comparison: tuple[str, str] | None = None


_ANNOUNCED = "Thông báo phát động ngày 02/03/2021 của Sở Công Thương Hòa Bình"
_CUMULATIVE, _AT_LEAST = Judgement.CUMULATIVE, Direction.AT_LEAST

INDICATORS = (
    DemoIndicator(
        "iip",
        {
            "name": "Chỉ số sản xuất công nghiệp tăng bình quân 8 %",
            "short_name": "Chỉ số SXCN",
            "direction": _AT_LEAST,
            "judgement": Judgement.GROWTH,
            "growth_target": Decimal(8),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "chỉ số (cùng kỳ = 100)",
        PointsRule(
            kind=PointsRuleKind.LINEAR, bonus_per_percent=Decimal("0.2"), bonus_cap=Decimal(1)
        ),
        "QLCN",
        ("TTKC", "KHTH"),
        ("109.5", "110.8"),
        ("100", "100"),
    ),
    DemoIndicator(
        "retail",
        {
            "name": "Tổng mức bán lẻ hàng hoá và doanh thu dịch vụ",
            "short_name": "Bán lẻ, dịch vụ",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(44462),
            "growth_target": Decimal(18),
            "previous_year_value": Decimal(37680),
            "decimals": 2,
            "source": f"{_ANNOUNCED}; mức năm 2020 suy ra từ mức tăng 18 %",
        },
        "tỷ đồng",
        PointsRule(kind=PointsRuleKind.STEP, lost=Decimal("0.5")),
        "QLTM",
        ("KHTH", "VP"),
        ("11052", "14905.5"),
    ),
    DemoIndicator(
        "cpi",
        {
            "name": "Chỉ số giá tiêu dùng bình quân tăng dưới 5 %",
            "short_name": "Giá tiêu dùng",
            "direction": Direction.BELOW,
            "judgement": Judgement.LEVEL,
            "year_target": Decimal(5),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "phần trăm",
        PointsRule(kind=PointsRuleKind.CEILING, lost=Decimal("0.5"), unit=Decimal("0.1")),
        "QLTM",
        ("KHTH", "TTR"),
        ("0.87", "1.12"),
    ),
    DemoIndicator(
        "exports",
        {
            "name": "Kim ngạch xuất khẩu",
            "short_name": "Xuất khẩu",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(1218),
            "growth_target": Decimal(18),
            "previous_year_value": Decimal(1032),
            "decimals": 2,
            "source": f"{_ANNOUNCED}; mức năm 2020 suy ra từ mức tăng 18 %",
        },
        "triệu USD",
        PointsRule(kind=PointsRuleKind.LINEAR),
        "QLTM",
        ("QLCN", "KHTH"),
        ("296.4", "402.5"),
    ),
    DemoIndicator(
        "imports",
        {
            "name": "Kim ngạch nhập khẩu",
            "short_name": "Nhập khẩu",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(980),
            "growth_target": Decimal(12),
            "previous_year_value": Decimal(875),
            "decimals": 2,
            "source": f"{_ANNOUNCED} (ghi “980 USD”, hiểu là 980 triệu USD theo Báo Hòa Bình); "
            "mức năm 2020 suy ra từ mức tăng 12 %",
        },
        "triệu USD",
        PointsRule(
            kind=PointsRuleKind.BANDS,
            bands=(
                (Decimal(100), Decimal(100)),
                (Decimal(95), Decimal(90)),
                (Decimal(85), Decimal(70)),
                (Decimal(0), Decimal(40)),
            ),
        ),
        "QLTM",
        ("KHTH",),
        ("248.1", "331.2"),
    ),
    DemoIndicator(
        "grid",
        {
            "name": "Tỷ lệ hộ dân sử dụng điện lưới quốc gia",
            "short_name": "Hộ dùng điện lưới",
            "direction": _AT_LEAST,
            "judgement": Judgement.LEVEL,
            "year_target": Decimal("99.82"),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "phần trăm",
        PointsRule(kind=PointsRuleKind.LINEAR),
        "QLNL",
        ("KTAT", "TTR"),
        ("99.78", "99.80"),
    ),
)
PARTS = (OwnerPart.LEAD, OwnerPart.SUPPORT)

FIRST_QUARTER_INDEX = (
    Decimal("109.5"),
    "Cục Thống kê Hòa Bình, báo cáo quý I/2021: tăng 9,5 % so với cùng kỳ",
)

POWER_BASIS = (
    "Quyết định số 00/2021/QĐ-UBND ngày 04 tháng 01 năm 2021 của Uỷ ban nhân dân tỉnh Hòa Bình "
    "quy định chức năng, "
    f"nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Công Thương tỉnh Hòa Bình {MADE_UP}"
)
"""Căn cứ về thẩm quyền of the office; its number and day are invented."""
LETTERHEAD = {
    "above": "UBND tỉnh Hòa Bình",
    "issuer": "Sở Công Thương",
    "place": "Hòa Bình",
    "code": "SCT",
    "leader_job": "Giám đốc",
    "recipients": "UBND tỉnh (để báo cáo)\nCác phòng, đơn vị thuộc Sở\n"
    "Phòng Kinh tế, Kinh tế và Hạ tầng các huyện, thành phố\n"
    "Lưu: VT, HĐTĐKT",
}
CAMPAIGN = {
    "title": "Phong trào thi đua đặc biệt chào mừng 70 năm Ngày truyền thống ngành Công Thương",
    "occasion": "70 năm Ngày truyền thống ngành Công Thương Việt Nam (14/05/1951 – 14/05/2021)",
    "starts_on": date(2021, 2, 26),
    "ends_on": date(2021, 4, 30),
    "rule_set_code": "RS-2017",
    "legal_basis": "\n".join(
        (
            POWER_BASIS,
            *basis_on(
                next(str(row["legal_basis"]) for row in RULE_SETS if row["code"] == "RS-2017"),
                date(2021, 2, 26),
            ),
        )
    ),
    "announcement": """\
Sở Công Thương phát động đợt thi đua đặc biệt từ ngày 26/02 đến ngày 30/04/2021, lập thành tích \
chào mừng 70 năm \
Ngày truyền thống ngành Công Thương Việt Nam (14/05/1951 – 14/05/2021).

# Hoàn thành các chỉ tiêu năm 2021
- Chỉ số sản xuất công nghiệp tăng bình quân 8 %.
- Tổng mức bán lẻ hàng hoá và doanh thu dịch vụ đạt 44.462 tỷ đồng, tăng 18 % so với năm 2020.
- Chỉ số giá tiêu dùng bình quân tăng dưới 5 %.
- Xuất khẩu đạt 1.218 triệu USD, tăng 18 %; nhập khẩu đạt 980 triệu USD, tăng 12 %.
- 99,82 % số hộ dân sử dụng điện lưới quốc gia.

# Thực hiện nhiệm vụ chuyên môn
- Đẩy mạnh sản xuất công nghiệp.
- Tháo gỡ khó khăn, phát triển thị trường xuất khẩu, nhập khẩu.
- Phát triển thị trường trong nước, bảo đảm lưu thông và cung ứng hàng hoá.
- Cải cách hành chính, thông tin và truyền thông, phòng chống tham nhũng, lãng phí.

# Học tập tư tưởng thi đua của Hồ Chí Minh
Gắn phong trào với việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh, với các \
chỉ thị, nghị quyết \
của cấp trên.

# Tổ chức phong trào
Tổ chức phong trào thiết thực, sôi nổi trong toàn ngành; tuyên truyền, biểu dương tập thể và cá \
nhân theo bốn bước: \
phát hiện, bồi dưỡng, tổng kết, nhân điển hình tiên tiến.

# Đối tượng tham gia
- Các phòng, đơn vị thuộc Sở; cán bộ, công chức, viên chức và người lao động trong ngành.
- Tập thể, cá nhân Phòng Kinh tế và Hạ tầng các huyện, Phòng Kinh tế thành phố Hòa Bình.

# Kết thúc phong trào
Từ báo cáo kết quả của các đơn vị và kết quả kiểm tra thực tế, Thường trực Hội đồng Thi đua – \
Khen thưởng ngành \
tham mưu để Hội đồng họp, bình xét các tập thể, cá nhân tiêu biểu và khen thưởng theo quy định.""",
    "progress_is_public": True,
}

BLOCKS = (
    ("Khối các phòng, đơn vị thuộc Sở", "Khối Sở"),
    ("Khối Phòng Kinh tế và Hạ tầng các huyện, Phòng Kinh tế thành phố", "Khối huyện, thành phố"),
)

TASKS = (
    ("Đẩy mạnh sản xuất công nghiệp", "Việc đã làm, kết quả đo được, khó khăn và cách tháo gỡ."),
    (
        "Tháo gỡ khó khăn, phát triển thị trường xuất khẩu, nhập khẩu",
        "Kiến nghị đã nhận và đã giải quyết.",
    ),
    (
        "Phát triển thị trường trong nước, bảo đảm cung ứng hàng hoá",
        "Hoạt động kết nối cung cầu, bình ổn giá.",
    ),
    (
        "Cải cách hành chính, thông tin, phòng chống tham nhũng, lãng phí",
        "Nhiệm vụ theo kế hoạch và kết quả.",
    ),
)

NARRATIVES = (
    "Rà soát {n} cơ sở sản xuất trên địa bàn, cùng doanh nghiệp tháo gỡ vướng mắc về mặt bằng, "
    "điện và lao động; "
    "các dự án chuyển tiếp đúng tiến độ. " + MADE_UP,
    "Tiếp nhận {n} kiến nghị của doanh nghiệp xuất nhập khẩu, trả lời đúng hạn; phổ biến ưu "
    "đãi thuế quan của các "
    "hiệp định thương mại. " + MADE_UP,
    "Tổ chức {n} điểm bán hàng Việt, giới thiệu nông sản địa phương; hàng thiết yếu đủ, giá ổn "
    "định. " + MADE_UP,
    "Giải quyết đúng hạn toàn bộ hồ sơ trong kỳ, {n} hồ sơ nộp trực tuyến; không có vi phạm "
    "phải xử lý. " + MADE_UP,
)

COMMITMENTS = (
    "Hoàn thành các chỉ tiêu và nhiệm vụ được giao đúng tiến độ; báo cáo đúng hạn, số liệu có "
    "nguồn; mỗi người "
    "đăng ký ít nhất một việc làm mới có ích. " + MADE_UP
)

EVIDENCE = {
    "B1": (
        "Bảng theo dõi nhiệm vụ sản xuất công nghiệp.docx",
        "Danh mục việc đã giao, hạn và kết quả từng việc.",
    ),
    "B2": (
        "Báo cáo kết nối cung cầu.docx",
        "Thời gian, địa điểm, đơn vị tham gia và doanh thu từng điểm bán hàng.",
    ),
    "C1": (
        "Kết quả cải cách hành chính.pdf",
        "Số hồ sơ tiếp nhận, trả đúng hạn và nộp trực tuyến.",
    ),
    "D2": ("Giới thiệu điển hình tiên tiến.docx", "Tập thể, cá nhân điển hình qua bốn bước."),
}

PERIODS = (
    {
        "name": "Tháng 3/2021",
        "starts_on": date(2021, 2, 26),
        "ends_on": date(2021, 3, 31),
        "due_on": date(2021, 4, 5),
        "locks_on": date(2021, 4, 10),
        "is_final": False,
    },
    {
        "name": "Cuối phong trào",
        "starts_on": date(2021, 4, 1),
        "ends_on": date(2021, 4, 30),
        "due_on": date(2021, 4, 30),
        "locks_on": date(2021, 5, 5),
        "is_final": True,
    },
)


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

QUOTAS = {
    ("giay-khen", "collective"): (3, 4),
    ("giay-khen", "individual"): (3, 3),
    ("bang-khen-tinh", "collective"): (1, 1),
}
"""Chỉ tiêu (minh hoạ): how many of each kind, among the offices and among the districts."""

ABSENT = "truong.TTR"
"""Thành viên vắng mặt, gửi phiếu lấy ý kiến."""

DEED = (
    "Hoàn thành tốt nhiệm vụ được giao trong đợt thi đua; tham mưu kịp thời, báo cáo đúng hạn. "
    "(minh hoạ)"
)

MEETING_PLACE = "Phòng họp tầng 2, trụ sở Sở Công Thương (minh hoạ)"
MEETING_AGENDA = """\
1. Thường trực báo cáo kết quả phong trào và xếp hạng đã chốt.
2. Xét, bỏ phiếu đề nghị khen thưởng tập thể, cá nhân.
3. Kết luận của Chủ tịch Hội đồng. (minh hoạ)"""
MEETING_NOTES = (
    "Chủ tịch Hội đồng kết luận: đồng ý trình khen thưởng theo kết quả bỏ phiếu. (minh hoạ)"
)

UNLOCKED = ("pho-giam-doc", "truong.QLTM")
"""Two members whose sheets are still open when scoring has begun: one of them is kept away from his
own unit.
"""


def head_of(code: str) -> str:
    """Tên đăng nhập của thủ trưởng đơn vị."""
    return f"truong.{code}".lower()


def officer_of(code: str) -> str:
    """Tên đăng nhập của cán bộ đơn vị."""
    return f"canbo.{code}".lower()


@dataclass(frozen=True)
class News:
    """Bài tuyên truyền, made up."""

    title: str
    body: str
    source: str
    on: date


PLEDGES = News(
    "Các đơn vị ký giao ước thi đua",
    """\
Các phòng, đơn vị thuộc Sở và mười phòng chuyên môn của huyện, thành phố đã gửi giao ước thi đua \
về Thường trực Hội đồng.

# Nội dung giao ước
- Hoàn thành phần việc được giao của sáu chỉ tiêu năm 2021.
- Mỗi đơn vị giới thiệu ít nhất một điển hình tiên tiến.
- Báo cáo đúng hạn, số liệu có nguồn.""",
    f"Văn phòng Sở {MADE_UP}",
    date(2021, 3, 12),
)
REMINDER = News(
    "Chuẩn bị báo cáo cuối phong trào",
    """\
Báo cáo cuối phong trào nhận trên hệ thống; thủ trưởng đơn vị ký nộp sau khi cán bộ báo cáo \
chuẩn bị xong.

# Để không bị trả lại
- Số liệu ghi rõ là ước, sơ bộ hay chính thức, và lấy ở đâu.
- Tiêu chí nào cần minh chứng thì gắn tệp ngay tại tiêu chí đó.
- Ô không có số liệu thì ghi lý do; ô trống không được tính là không.""",
    f"Văn phòng Sở {MADE_UP}",
    date(2021, 4, 16),
)

PUBLISHED_FIGURES = """\
Sau khi phong trào kết thúc, các cơ quan công bố số liệu năm 2021 như sau. Số của các nguồn khác \
nhau vì cách tính \
khác nhau; số nào cũng cần ghi kỳ, loại và nguồn. Chưa đối chiếu với văn bản gốc.

# Sản xuất công nghiệp
- Quý I tăng 9,5 % (Cục Thống kê Hòa Bình).
- Năm tháng tăng 36,19 %; riêng tháng 9 giảm 11,68 % so với cùng kỳ (Cục Thống kê Hòa Bình).
- Cả năm giảm 5,74 % (Niên giám thống kê); giá trị sản xuất ước 41.260 tỷ đồng, tăng 2,3 % (Báo \
Hòa Bình).

# Bán lẻ hàng hoá và dịch vụ
- Ước cả năm 44.469 tỷ đồng, tăng 18 %, đạt 100,02 % kế hoạch (Báo Hòa Bình).
- 12.661,53 tỷ đồng, tăng 3,91 %, theo cách tính khác (Niên giám thống kê).

# Xuất khẩu, nhập khẩu
- Xuất khẩu ước 1.218 triệu USD, tăng 18,02 %, đạt 100 % kế hoạch (Báo Hòa Bình).
- Nhập khẩu ước 980 triệu USD, tăng 12 %, đạt 100 % kế hoạch (Báo Hòa Bình).

# Giá tiêu dùng, điện lưới
Chưa tìm được số liệu cả năm của tỉnh; cả nước giá tiêu dùng bình quân tăng 1,84 %."""
