"""Hồ sơ đề xuất cấp độ 2: what the paper says of an installation, measure by measure; pure.

Which articles ask for what nobody has checked against the texts: the paper says so at each of them,
and leaves open what only the office knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.core.dates import format_moment
from campaign.core.labelled import Labelled
from campaign.operation.rules.verdicts import Check, Part, Verdict

UNCHECKED = "(chưa đối chiếu)"
OPEN = "……………"
"""Chỗ cơ quan điền."""
BASES = (
    f"Nghị định số 85/2016/NĐ-CP về bảo đảm an toàn hệ thống thông tin theo cấp độ {UNCHECKED};",
    f"Thông tư số 12/2022/TT-BTTTT hướng dẫn Nghị định số 85/2016/NĐ-CP {UNCHECKED};",
    f"Tiêu chuẩn quốc gia TCVN 11930:2017 về yêu cầu cơ bản theo cấp độ {UNCHECKED}.",
)


class Standing(Labelled):
    """Một yêu cầu đứng ở đâu."""

    MET = "met", "đáp ứng"
    LOOK = "look", "cần xem"
    OFFICE = "office", "cơ quan điền"


@dataclass(frozen=True)
class Installation:
    """Một hệ thống như đang chạy: its settings and versions, as far as the paper tells them."""

    address: str
    database: str
    database_place: str
    files_place: str
    versions: Sequence[tuple[str, str]]
    people: Mapping[str, int]
    """Vai trò → số người."""
    checks: Mapping[Part, Check]
    demanded_of: Sequence[str] = ()
    """Ai phải có yếu tố thứ hai."""
    idle_minutes: int = 120
    encrypts_backups: bool = False
    mail_server: str = ""
    figures_at: str = ""
    signs_on_at: str = ""

    @property
    def is_https(self) -> bool:
        """Trang đi qua HTTPS."""
        return self.address.startswith("https://")


@dataclass(frozen=True)
class Measure:
    """Biện pháp: which requirement it answers, how, and where it stands here."""

    requirement: str
    how: str
    standing: Standing
    now: str = ""

    @property
    def told(self) -> str:
        """Hiện trạng như văn bản ghi."""
        return f"{self.standing.label}: {self.now}" if self.now else self.standing.label


def ports(of: Installation) -> list[tuple[str, str, str]]:
    """Cổng và kết nối: which, from where to where, and what for."""
    rows = [
        ("443/TCP", "người dùng đến nginx", "trang web qua HTTPS, địa chỉ duy nhất mở ra ngoài"),
        ("8000/TCP", "nginx đến chương trình", "trong máy hoặc trong mạng riêng của các máy"),
        (of.database_place, "chương trình đến cơ sở dữ liệu", of.database),
    ]
    more = (
        (of.mail_server, "chương trình đến máy chủ thư", "thư nhắc việc"),
        (of.signs_on_at, "chương trình đến nơi đăng nhập chung", "OpenID Connect"),
        (of.figures_at, "Prometheus trên chính máy này", "số đo, không tên, không nội dung"),
    )
    return rows + [row for row in more if row[0]]


def _checked(requirement: str, how: str, check: Check | None) -> Measure:
    """A measure whose state a part of the installation tells."""
    if check is None:
        return Measure(requirement, how, Standing.LOOK, "chưa kiểm tra được")
    is_met = check.verdict is Verdict.WELL
    return Measure(requirement, how, Standing.MET if is_met else Standing.LOOK, check.words)


def _known(requirement: str, how: str, *, is_met: bool, lack: str) -> Measure:
    """A measure whose state the settings tell."""
    if is_met:
        return Measure(requirement, how, Standing.MET)
    return Measure(requirement, how, Standing.LOOK, lack)


def technical(of: Installation) -> list[Measure]:
    """Biện pháp kỹ thuật, each with what stands in this installation."""
    return [
        *_of_access(of),
        _of_record(of),
        *_of_secrecy(of),
        *_of_running(of),
        *_of_watching(of),
    ]


def _of_access(of: Installation) -> list[Measure]:
    """Who comes in, and what they may do."""
    return [
        _known(
            "Xác thực người dùng",
            "Mật khẩu chỉ giữ dưới dạng băm; nhập sai phải chờ lâu dần; phiên hết sau "
            f"{of.idle_minutes} phút không dùng; yếu tố thứ hai bắt buộc với: "
            f"{', '.join(of.demanded_of) or 'chưa ai'}.",
            is_met=bool(of.demanded_of),
            lack="đặt REQUIRE_SECOND_FACTOR cho người có quyền cao",
        ),
        Measure(
            "Kiểm soát truy cập",
            "Trang nào cũng khai báo quyền, không khai báo thì bị từ chối; quyền theo vai trò và "
            "theo từng đối tượng; người bị loại trừ không thấy đơn vị của mình.",
            Standing.MET,
        ),
    ]


def _of_record(of: Installation) -> Measure:
    """What is noted of all they do."""
    return _checked(
        "Nhật ký hệ thống",
        "Mỗi việc ghi là một dòng nối bằng mã băm, đối chiếu lại được; ai mở hồ sơ của cá nhân "
        "để lại dấu; nhật ký máy chủ ghi theo mã yêu cầu, không nội dung, giữ 8 ngày.",
        of.checks.get(Part.RECORD),
    )


def _of_secrecy(of: Installation) -> list[Measure]:
    """What nobody else reads, on the way and where it lies."""
    return [
        _known(
            "Bảo mật dữ liệu khi truyền",
            "HTTPS từ TLS 1.2; cookie chỉ đi qua HTTPS; trang nơi khác gửi đến bị từ chối.",
            is_met=of.is_https,
            lack=f"địa chỉ {of.address} chưa là HTTPS",
        ),
        _known(
            "Bảo mật dữ liệu khi lưu",
            "Tệp và thư mục dữ liệu chỉ tài khoản dịch vụ đọc được; phiếu kín niêm phong bằng khoá "
            "đổi theo từng phiếu; bản sao lưu mã hoá bằng khoá công khai của cơ quan.",
            is_met=of.encrypts_backups,
            lack="bản sao lưu chưa mã hoá (BACKUP_RECIPIENTS)",
        ),
    ]


def _of_running(of: Installation) -> list[Measure]:
    """What keeps it whole from day to day."""
    return [
        _checked(
            "Sao lưu dự phòng",
            "Sao lưu hằng đêm, khôi phục thử vào cơ sở dữ liệu trống và đối chiếu, dọn theo quy "
            "tắc.",
            of.checks.get(Part.BACKUP),
        ),
        _checked(
            "Cập nhật",
            "Thư viện ghim phiên bản và mã băm; nâng cấp không ngừng phục vụ; lược đồ dữ liệu nâng "
            "theo bước.",
            of.checks.get(Part.MIGRATIONS),
        ),
    ]


def _of_watching(of: Installation) -> list[Measure]:
    """What is let in from outside, and who sees that all runs."""
    return [
        Measure(
            "Tệp từ bên ngoài",
            "Nhận theo nội dung và dung lượng, cất dưới tên ngẫu nhiên ngoài thư mục trang, chỉ "
            "tải về; mở trong tiến trình riêng bị giới hạn thời gian, bộ nhớ và tệp.",
            Standing.MET,
        ),
        _known(
            "Giám sát",
            "Trang Vận hành, /readyz, flask doctor; số đo cho Prometheus trên địa chỉ của chính "
            "máy.",
            is_met=bool(of.figures_at),
            lack="chưa đặt METRICS",
        ),
    ]


_OF_THE_OFFICE = (
    ("Chính sách, quy chế an toàn thông tin", "Quy chế số, ngày, người ban hành"),
    ("Tổ chức, nhân sự", "Đơn vị chuyên trách, người phụ trách, cam kết bảo mật"),
    ("An toàn mạng", "Sơ đồ mạng, tường lửa, vùng mạng, kết nối từ xa"),
    ("An toàn vật lý", "Phòng máy, người được vào, nguồn điện, phòng cháy"),
    ("An toàn máy chủ", "Hệ điều hành, phòng chống mã độc, tài khoản quản trị máy"),
    ("Ứng phó sự cố", "Quy trình, đầu mối, nơi báo cáo"),
    ("Kiểm tra, đánh giá", "Lần kiểm tra gần nhất, đơn vị kiểm tra, kết quả"),
)


def of_the_office() -> list[Measure]:
    """Điều chỉ cơ quan biết: what the paper leaves open."""
    return [
        Measure(requirement, f"{how}: {OPEN}", Standing.OFFICE)
        for requirement, how in _OF_THE_OFFICE
    ]


def overview(of: Installation, issuer: str) -> list[tuple[str, str]]:
    """Thông tin tổng quan."""
    return [
        ("Chủ quản hệ thống thông tin", issuer or OPEN),
        ("Đơn vị vận hành", OPEN),
        ("Tên hệ thống", "Ngọn Cờ, hệ thống phục vụ phong trào thi đua và khen thưởng"),
        ("Địa chỉ", of.address),
        (
            "Người dùng",
            "Cán bộ, công chức, viên chức của cơ quan và các đơn vị; người dân chỉ xem trang công "
            "khai, không có tài khoản",
        ),
        (
            "Dữ liệu",
            "Kế hoạch, báo cáo, điểm, phiếu, đề nghị và quyết định khen thưởng; họ tên, chức vụ, "
            "năm sinh, thành tích của cá nhân được đề nghị; không có bí mật nhà nước",
        ),
        ("Quyết định đưa vào vận hành", OPEN),
    ]


def reasons() -> list[str]:
    """Vì sao đề xuất cấp độ 2."""
    return [
        "Hệ thống phục vụ hoạt động nội bộ của cơ quan và xử lý thông tin riêng, thông tin cá nhân "
        "của người dùng; không xử lý thông tin bí mật nhà nước.",
        f"Đối chiếu tiêu chí xác định cấp độ 2 tại Điều 8 Nghị định số 85/2016/NĐ-CP {UNCHECKED}, "
        "cơ quan đề xuất hệ thống ở cấp độ 2.",
        f"Người thẩm định, phê duyệt theo Điều 12 Nghị định số 85/2016/NĐ-CP {UNCHECKED}: {OPEN}",
    ]


def _numbered(rows: Iterable[Measure]) -> list[dict[str, str]]:
    return [{"name": row.requirement, "how": row.how, "told": row.told} for row in rows]


def fields(
    of: Installation, *, above: str, issuer: str, dated: str, signer: tuple[str, str], now: datetime
) -> dict[str, object]:
    """Các trường của mẫu Word."""
    return {
        "above": above,
        "issuer": issuer or OPEN,
        "dated": dated,
        "bases": list(BASES),
        **_described(of, issuer),
        **_measured(of),
        "signer_title": signer[0],
        "signer_name": signer[1],
        "recipients": ["Đơn vị chuyên trách về an toàn thông tin;", "Lưu: VT."],
        "is_draft": True,
        "stamp": f"Lập từ hệ thống lúc {format_moment(now)}",
    }


def _described(of: Installation, issuer: str) -> dict[str, object]:
    """What the system is, what it is made of, and who uses it."""
    parts = (*of.versions, ("Kho tệp", of.files_place), ("Máy chủ", OPEN))
    return {
        "overview": [{"name": name, "told": told} for name, told in overview(of, issuer)],
        "parts": [{"name": name, "told": told} for name, told in parts],
        "ports": [
            {"port": port, "between": between, "purpose": purpose}
            for port, between, purpose in ports(of)
        ],
        "people": [{"name": role, "count": str(count)} for role, count in of.people.items()],
        "reasons": reasons(),
    }


def _measured(of: Installation) -> dict[str, object]:
    """The measures, how many of them are met, and what the office fills in."""
    measures = technical(of)
    met = sum(row.standing is Standing.MET for row in measures)
    return {
        "measures": _numbered(measures),
        "met": f"{met}/{len(measures)}",
        "blanks": _numbered(of_the_office()),
    }
