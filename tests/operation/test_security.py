"""The paper on the security of an installation: what it says comes of what runs."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document

from campaign.core.permissions import Role
from campaign.operation.rules.verdicts import Check, Part, Verdict
from campaign.operation.security.rules import (
    BASES,
    OPEN,
    Installation,
    Standing,
    fields,
    of_the_office,
    ports,
    reasons,
    technical,
)
from tests import build

BARE = Installation(
    address="http://127.0.0.1:8000",
    database="SQLite 3.40",
    database_place="tệp trên máy",
    files_place="thư mục riêng",
    versions=(("Nền", "Python 3.11"),),
    people={"Quản trị hệ thống": 1},
    checks={},
)
WHOLE = Installation(
    address="https://thidua.coquan.gov.vn",
    database="PostgreSQL 15.6",
    database_place="10.0.7.2:6432",
    files_place="kho đối tượng (s3)",
    versions=(),
    people={},
    checks={part: Check(part, Verdict.WELL, "Tốt.") for part in Part},
    demanded_of=("Quản trị hệ thống", "Giám đốc"),
    idle_minutes=30,
    encrypts_backups=True,
    mail_server="thu.coquan.gov.vn:587",
    figures_at="127.0.0.1:9464",
    signs_on_at="https://sso.coquan.gov.vn",
)


MEASURES = [
    (
        "Xác thực người dùng",
        "Mật khẩu chỉ giữ dưới dạng băm; nhập sai phải chờ lâu dần; phiên hết sau 30 phút không "
        "dùng; yếu tố thứ hai bắt buộc với: Quản trị hệ thống, Giám đốc.",
        "đáp ứng",
    ),
    (
        "Kiểm soát truy cập",
        "Trang nào cũng khai báo quyền, không khai báo thì bị từ chối; quyền theo vai trò và theo "
        "từng đối tượng; người bị loại trừ không thấy đơn vị của mình.",
        "đáp ứng",
    ),
    (
        "Nhật ký hệ thống",
        "Mỗi việc ghi là một dòng nối bằng mã băm, đối chiếu lại được; ai mở hồ sơ của cá nhân để "
        "lại dấu; nhật ký máy chủ ghi theo mã yêu cầu, không nội dung, giữ 8 ngày.",
        "đáp ứng: Tốt.",
    ),
    (
        "Bảo mật dữ liệu khi truyền",
        "HTTPS từ TLS 1.2; cookie chỉ đi qua HTTPS; trang nơi khác gửi đến bị từ chối.",
        "đáp ứng",
    ),
    (
        "Bảo mật dữ liệu khi lưu",
        "Tệp và thư mục dữ liệu chỉ tài khoản dịch vụ đọc được; phiếu kín niêm phong bằng khoá đổi "
        "theo từng phiếu; bản sao lưu mã hoá bằng khoá công khai của cơ quan.",
        "đáp ứng",
    ),
    (
        "Sao lưu dự phòng",
        "Sao lưu hằng đêm, khôi phục thử vào cơ sở dữ liệu trống và đối chiếu, dọn theo quy tắc.",
        "đáp ứng: Tốt.",
    ),
    (
        "Cập nhật",
        "Thư viện ghim phiên bản và mã băm; nâng cấp không ngừng phục vụ; lược đồ dữ liệu nâng "
        "theo bước.",
        "đáp ứng: Tốt.",
    ),
    (
        "Tệp từ bên ngoài",
        "Nhận theo nội dung và dung lượng, cất dưới tên ngẫu nhiên ngoài thư mục trang, chỉ tải "
        "về; mở trong tiến trình riêng bị giới hạn thời gian, bộ nhớ và tệp.",
        "đáp ứng",
    ),
    (
        "Giám sát",
        "Trang Vận hành, /readyz, flask doctor; số đo cho Prometheus trên địa chỉ của chính máy.",
        "đáp ứng",
    ),
]
BLANKS = [
    ("Chính sách, quy chế an toàn thông tin", "Quy chế số, ngày, người ban hành: ……………"),
    ("Tổ chức, nhân sự", "Đơn vị chuyên trách, người phụ trách, cam kết bảo mật: ……………"),
    ("An toàn mạng", "Sơ đồ mạng, tường lửa, vùng mạng, kết nối từ xa: ……………"),
    ("An toàn vật lý", "Phòng máy, người được vào, nguồn điện, phòng cháy: ……………"),
    ("An toàn máy chủ", "Hệ điều hành, phòng chống mã độc, tài khoản quản trị máy: ……………"),
    ("Ứng phó sự cố", "Quy trình, đầu mối, nơi báo cáo: ……………"),
    ("Kiểm tra, đánh giá", "Lần kiểm tra gần nhất, đơn vị kiểm tra, kết quả: ……………"),
]
OVERVIEW = [
    ("Chủ quản hệ thống thông tin", "SỞ CÔNG THƯƠNG"),
    ("Đơn vị vận hành", "……………"),
    ("Tên hệ thống", "Ngọn Cờ, hệ thống phục vụ phong trào thi đua và khen thưởng"),
    ("Địa chỉ", "https://thidua.coquan.gov.vn"),
    (
        "Người dùng",
        "Cán bộ, công chức, viên chức của cơ quan và các đơn vị; người dân chỉ xem trang công "
        "khai, không có tài khoản",
    ),
    (
        "Dữ liệu",
        "Kế hoạch, báo cáo, điểm, phiếu, đề nghị và quyết định khen thưởng; họ tên, chức vụ, năm "
        "sinh, thành tích của cá nhân được đề nghị; không có bí mật nhà nước",
    ),
    ("Quyết định đưa vào vận hành", "……………"),
]
PORTS = [
    ("443/TCP", "người dùng đến nginx", "trang web qua HTTPS, địa chỉ duy nhất mở ra ngoài"),
    ("8000/TCP", "nginx đến chương trình", "trong máy hoặc trong mạng riêng của các máy"),
    ("10.0.7.2:6432", "chương trình đến cơ sở dữ liệu", "PostgreSQL 15.6"),
    ("thu.coquan.gov.vn:587", "chương trình đến máy chủ thư", "thư nhắc việc"),
    ("https://sso.coquan.gov.vn", "chương trình đến nơi đăng nhập chung", "OpenID Connect"),
    ("127.0.0.1:9464", "Prometheus trên chính máy này", "số đo, không tên, không nội dung"),
]
PAPER = {
    "above": "UBND TỈNH",
    "issuer": "SỞ CÔNG THƯƠNG",
    "dated": "Hoà Bình, ngày 01 tháng 01 năm 2026",
    "bases": [
        "Nghị định số 85/2016/NĐ-CP về bảo đảm an toàn hệ thống thông tin theo cấp độ (chưa đối "
        "chiếu);",
        "Thông tư số 12/2022/TT-BTTTT hướng dẫn Nghị định số 85/2016/NĐ-CP (chưa đối chiếu);",
        "Tiêu chuẩn quốc gia TCVN 11930:2017 về yêu cầu cơ bản theo cấp độ (chưa đối chiếu).",
    ],
    "overview": [{"name": name, "told": told} for name, told in OVERVIEW],
    "parts": [
        {"name": "Nền", "told": "Python 3.11"},
        {"name": "Kho tệp", "told": "kho đối tượng (s3)"},
        {"name": "Máy chủ", "told": "……………"},
    ],
    "ports": [
        {"port": port, "between": between, "purpose": purpose} for port, between, purpose in PORTS
    ],
    "people": [{"name": "Giám đốc", "count": "2"}],
    "reasons": [
        "Hệ thống phục vụ hoạt động nội bộ của cơ quan và xử lý thông tin riêng, thông tin cá nhân "
        "của người dùng; không xử lý thông tin bí mật nhà nước.",
        "Đối chiếu tiêu chí xác định cấp độ 2 tại Điều 8 Nghị định số 85/2016/NĐ-CP (chưa đối "
        "chiếu), cơ quan đề xuất hệ thống ở cấp độ 2.",
        "Người thẩm định, phê duyệt theo Điều 12 Nghị định số 85/2016/NĐ-CP (chưa đối chiếu): "
        "……………",
    ],
    "measures": [{"name": name, "how": how, "told": told} for name, how, told in MEASURES],
    "met": "9/9",
    "blanks": [{"name": name, "how": how, "told": "cơ quan điền"} for name, how in BLANKS],
    "signer_title": "GIÁM ĐỐC",
    "signer_name": "Phạm Minh Đức",
    "recipients": ["Đơn vị chuyên trách về an toàn thông tin;", "Lưu: VT."],
    "is_draft": True,
    "stamp": "Lập từ hệ thống lúc 07:00 01/01/2026",
}


def test_the_paper_is_what_somebody_can_sign_to_the_letter():
    told = fields(
        replace(WHOLE, versions=(("Nền", "Python 3.11"),), people={"Giám đốc": 2}),
        above="UBND TỈNH",
        issuer="SỞ CÔNG THƯƠNG",
        dated="Hoà Bình, ngày 01 tháng 01 năm 2026",
        signer=("GIÁM ĐỐC", "Phạm Minh Đức"),
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert told == PAPER


def test_each_measure_says_where_it_stands_in_this_installation():
    assert [row.told for row in technical(BARE)] == [
        "cần xem: đặt REQUIRE_SECOND_FACTOR cho người có quyền cao",
        "đáp ứng",
        "cần xem: chưa kiểm tra được",
        "cần xem: địa chỉ http://127.0.0.1:8000 chưa là HTTPS",
        "cần xem: bản sao lưu chưa mã hoá (BACKUP_RECIPIENTS)",
        "cần xem: chưa kiểm tra được",
        "cần xem: chưa kiểm tra được",
        "đáp ứng",
        "cần xem: chưa đặt METRICS",
    ]
    assert [row.requirement for row in technical(BARE)] == [name for name, _, _ in MEASURES]
    assert [row.how for row in technical(BARE)][1:] == [how for _, how, _ in MEASURES[1:]]
    assert technical(BARE)[0].how.endswith("yếu tố thứ hai bắt buộc với: chưa ai.")
    assert {row.standing for row in technical(WHOLE)} == {Standing.MET}
    assert "phiên hết sau 30 phút" in technical(WHOLE)[0].how
    assert "Quản trị hệ thống, Giám đốc" in technical(WHOLE)[0].how
    fault = {Part.BACKUP: Check(Part.BACKUP, Verdict.FAULT, "Đã quá 7 ngày.")}
    late = Installation(**{**vars(WHOLE), "checks": fault})
    assert technical(late)[5].told == "cần xem: Đã quá 7 ngày."


def test_only_what_is_used_has_a_port():
    assert [port for port, _, _ in ports(BARE)] == ["443/TCP", "8000/TCP", "tệp trên máy"]
    assert [port for port, _, _ in ports(WHOLE)][2:] == [
        "10.0.7.2:6432",
        "thu.coquan.gov.vn:587",
        "https://sso.coquan.gov.vn",
        "127.0.0.1:9464",
    ]


def test_no_fact_of_the_law_stands_without_its_mark_and_the_office_fills_the_rest():
    for line in (*BASES, *reasons()):
        assert ("Nghị định" in line or "Thông tư" in line or "TCVN" in line) == (
            "(chưa đối chiếu)" in line
        )
    assert all(row.how.endswith(OPEN) for row in of_the_office())
    told = fields(
        BARE, above="", issuer="", dated="x", signer=("", ""), now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert (told["issuer"], told["met"]) == (OPEN, "2/9")
    assert told["stamp"] == "Lập từ hệ thống lúc 07:00 01/01/2026"


@pytest.mark.both_databases
def test_the_administrator_draws_it_and_nobody_else(app, sign_in):
    browser = sign_in(build.user(Role.ADMIN))
    assert "/operation/security-file" in browser.get("/operation/").text
    answer = browser.get("/operation/security-file")
    assert answer.status_code == 200
    paper = Document(io.BytesIO(answer.data))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    words = "\n".join([*(line.text for line in paper.paragraphs), *map(str, rows)])
    assert "HỒ SƠ ĐỀ XUẤT CẤP ĐỘ" in words
    assert ["Quản trị hệ thống", "1"] in rows
    assert ["Thường trực Hội đồng", "0"] in rows
    assert ["Địa chỉ", app.config["PUBLIC_URL"]] in rows
    assert any(row[0] == "Sao lưu dự phòng" and "Chưa sao lưu lần nào." in row[2] for row in rows)
    assert [row for row in rows if row[-1] == "cơ quan điền"]
    assert words.count("(chưa đối chiếu)") >= 5
    assert [tag for tag in ("{{", "{%", "SECRET_KEY") if tag in words] == []
    assert app.config["SECRET_KEY"] not in words
    secretary = sign_in(build.user(Role.SECRETARIAT))
    assert secretary.get("/operation/security-file").status_code == 403
