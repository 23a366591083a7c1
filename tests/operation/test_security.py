"""The paper on the security of an installation: what it says comes of what runs."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document

from campaign.core.permissions import Role
from campaign.operation.rules import Check, Part, Verdict
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
