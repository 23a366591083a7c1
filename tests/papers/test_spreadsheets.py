"""Excel out: every list and matrix leaves as its page shows it, to whoever may see the page, and to nobody else."""

import io
import tracemalloc
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.core.numbers import format_points
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.demo import story
from campaign.demo.content import officer_of
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.papers.workbook import About, Column, Kind, Table, write
from campaign.planning.rules import Phase
from campaign.ranking.queries import frozen_standings, latest_frozen
from tests import build

MEGABYTE = 1024 * 1024


def _sheets(browser, address):
    with browser.get(address) as answer:
        assert answer.status_code == HTTPStatus.OK, address
        book = load_workbook(io.BytesIO(answer.data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


@pytest.fixture
def demo(app):
    app.config["DEMO"] = True
    yield story.tell(Stage.PUBLISHED)
    app.config["DEMO"] = False


def _as(sign_in, name):
    return sign_in(db.session.query(User).options(selectinload(User.grants)).filter_by(user_name=name).one())


def test_every_table_of_the_demo_opens_with_numbers_as_numbers_and_says_what_it_is(demo, sign_in):
    secretary, chair, admin = (_as(sign_in, name) for name in ("thuong-truc", "giam-doc", "quan-tri"))
    at = f"/campaigns/{demo.id}"
    sizes = {}
    for browser, address in (
            (secretary, f"{at}/reports/excel"), (secretary, f"{at}/verification/excel"), (secretary, f"{at}/ranking/excel"),
            (chair, f"{at}/scoring/1/matrix/excel"), (chair, f"{at}/meetings/1/excel"), (secretary, f"{at}/awards/excel"),
            (secretary, f"{at}/decisions/1/excel"), (secretary, f"{at}/enrolment/excel"), (secretary, f"{at}/indicators/excel"),
            (secretary, "/units/excel?state=all"), (admin, "/account/users/excel"), (admin, "/audit/excel"), (secretary, "/awards/excel")):
        found = _sheets(browser, address)
        about = dict(found.pop("Thông tin"))
        assert {"Nội dung", "Lập lúc", "Người lập", "Trạng thái"} <= about.keys(), address
        sizes[address] = {name: len(rows) - 1 for name, rows in found.items()}
        empty = {name for name, rows in found.items() if len(rows) == 1}
        assert empty == ({"Cấp trên khen thưởng", "Các năm trước"} if address == "/awards/excel" else set()), address
    assert sizes[f"{at}/reports/excel"] == {"Báo cáo": 36}
    assert sizes[f"{at}/decisions/1/excel"] == {"Danh sách": 13}
    assert list(sizes[f"{at}/ranking/excel"])[-1] == "Các lớp điểm"
    ranking = _sheets(secretary, f"{at}/ranking/excel")
    first = frozen_standings(latest_frozen(demo.id).id)[0]
    layers = [row[2:] for row in ranking["Các lớp điểm"][1:] if row[1] == first.participation.unit.name]
    assert [[row[0], "" if row[7] is None else format_points(Decimal(str(row[7])))] for row in layers] == [
        [line["code"], line["points"]] for group in first.explanation["groups"] for line in group["lines"]]


def test_a_unit_gets_its_own_rows_only(demo, sign_in):
    officer = _as(sign_in, officer_of("LSN"))
    at = f"/campaigns/{demo.id}"
    own = "Phòng Kinh tế và Hạ tầng huyện Lương Sơn"
    assert {row[0] for row in _sheets(officer, f"{at}/reports/excel")["Báo cáo"][1:]} == {own}
    assert {row[0] for row in _sheets(officer, f"{at}/enrolment/excel")["Đăng ký"][1:]} == {own}
    assert {row[0] for row in _sheets(officer, f"{at}/awards/excel")["Đề nghị"][1:]} == {own}
    assert "Các lớp điểm" not in _sheets(officer, f"{at}/ranking/excel")
    refused = [officer.get(address).status_code for address in (
        f"{at}/verification/excel", f"{at}/meetings/1/excel", f"{at}/scoring/1/matrix/excel", "/units/excel", "/account/users/excel",
        "/audit/excel")]
    assert refused == [HTTPStatus.FORBIDDEN] * 6


def test_a_member_gets_his_own_marks_and_the_chair_all_of_them(app, sign_in):
    campaign = build.campaign(phase=Phase.MEETING)
    block, period, secretary = build.block(campaign), build.period(campaign), build.user(Role.SECRETARIAT)
    criterion = build.criterion(campaign, code="D1")
    entry = build.participation(campaign, unit=build.unit(name="Phòng An"), block=block, by=secretary)
    version = build.verified(of=entry, period=period, by=secretary).version_id
    users = [build.user(Role.COUNCIL_MEMBER, name=name) for name in ("Lê Chủ", "Trần Viên")]
    for user, function, points in zip(users, (CouncilFunction.CHAIR, CouncilFunction.MEMBER), ("9", "8.5"), strict=True):
        sheet = build.sheet(member=build.member(campaign, user=user, function=function), block=block, is_locked=True)
        build.mark(sheet=sheet, of=entry, criterion=criterion, points=points, version=version)
    address = f"/campaigns/{campaign.id}/scoring/{block.id}/matrix/excel"
    chair, member = (_sheets(sign_in(user), address)["Điểm"] for user in users)
    assert (chair[0][4:], chair[1][4:]) == (["Lê Chủ", "Trần Viên"], [9, 8.5])
    assert (member[0][4:], member[1][4:]) == (["Trần Viên"], [8.5])
    campaign.phase = Phase.SCORING
    db.session.commit()
    assert sign_in(users[0]).get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_filters_of_a_page_are_in_force_in_its_file(app, sign_in):
    build.unit(name="Phòng An", code="AN")
    build.unit(name="Phòng Bình", code="BINH")
    found = _sheets(sign_in(build.user(Role.SECRETARIAT)), "/units/excel?q=binh&state=all")
    assert [row[:2] for row in found["Đơn vị"][1:]] == [["BINH", "Phòng Bình"]]
    assert ["Tên có", "binh"] in found["Thông tin"]


def test_the_record_leaves_without_what_changed(app, sign_in):
    unit = build.unit(name="Bí mật trong nội dung")
    db.session.commit()
    rows = _sheets(sign_in(build.user(Role.ADMIN)), "/audit/excel")["Nhật ký"]
    assert rows[0] == ["Số", "Lúc", "Ai", "Việc", "Phong trào số", "Mã băm"]
    assert isinstance(rows[1][1], datetime)
    assert not any(unit.name in str(cell) for row in rows for cell in row)


def test_many_rows_are_written_without_being_held():
    def rows():
        for number in range(20_000):
            yield (f"Đơn vị {number}", number, Decimal(number) / 4)

    about = About("Thử", datetime(2021, 5, 1, tzinfo=build.NOW.tzinfo), "An", "thử")
    tracemalloc.start()
    try:
        write([Table("Dữ liệu", (Column("Tên"), Column("Số", Kind.WHOLE), Column("Điểm", Kind.POINTS)), rows())], about).close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MEGABYTE
