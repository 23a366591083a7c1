"""Excel out: every list and matrix leaves as its page shows it, to whoever may see the page, and to
nobody else.
"""

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
from campaign.demo.content.people import officer_of
from campaign.demo.stages import Stage
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.papers.workbook import About, Column, Kind, Table, write
from campaign.planning.rules import Phase
from campaign.ranking.frozen_tables import frozen_standings, latest_frozen
from campaign.reporting.models import ClaimedValue, Report, Return
from campaign.reporting.rules import Content, ReportState, to_snapshot
from campaign.units.models import Unit
from tests import build

MEGABYTE = 1024 * 1024
MAY_BE_EMPTY = {
    "Mục tiêu theo khối, theo kỳ",
    "Các năm trước",
    "Cấp trên khen thưởng",
    "Thứ hạng đổi",
    "Giải trình cảnh báo",
    "Nhiệm vụ",
    "Tự chấm",
    "Gia hạn",
    "Các lần trả lại",
}


def _sheets(browser, address):
    with browser.get(address) as answer:
        assert answer.status_code == HTTPStatus.OK, address
        book = load_workbook(io.BytesIO(answer.data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


@pytest.fixture
def demo(tell):
    return tell(Stage.PUBLISHED)


def _as(sign_in, name):
    return sign_in(
        db.session.query(User).options(selectinload(User.grants)).filter_by(user_name=name).one()
    )


def test_every_table_of_the_demo_opens_with_numbers_as_numbers_and_says_what_it_is(demo, sign_in):
    secretary, chair, admin = (
        _as(sign_in, name) for name in ("thuong-truc", "giam-doc", "quan-tri")
    )
    at = f"/campaigns/{demo.id}"
    secretary.post(f"{at}/papers/plan/{demo.id}/file")
    told = {}
    for browser, address in (
        (secretary, f"{at}/reports/excel"),
        (secretary, f"{at}/verification/excel"),
        (secretary, f"{at}/ranking/excel"),
        (chair, f"{at}/scoring/1/matrix/excel"),
        (chair, f"{at}/meetings/1/excel"),
        (secretary, f"{at}/awards/excel"),
        (secretary, f"{at}/decisions/1/excel"),
        (secretary, f"{at}/enrolment/excel"),
        (secretary, f"{at}/indicators/excel"),
        (secretary, f"{at}/council/excel"),
        (secretary, f"{at}/criteria/excel"),
        (secretary, "/campaigns/excel"),
        (secretary, f"{at}/plan/periods/excel"),
        (secretary, f"{at}/verification/inspections/excel"),
        (secretary, f"{at}/ranking/agreement/1/excel"),
        (secretary, f"/campaigns/{demo.id}/posts/excel"),
        (secretary, f"{at}/awards/kinds/excel"),
        (secretary, "/awards/catalogue/excel"),
        (secretary, f"{at}/reports/1/excel"),
        (secretary, f"{at}/ranking/units/1/excel"),
        (secretary, f"{at}/meetings/excel"),
        (secretary, "/campaigns/rule-sets/excel"),
        (secretary, "/campaigns/measure-units/excel"),
        (secretary, f"{at}/papers/excel"),
        (secretary, f"{at}/reports/1/history/excel"),
        (secretary, "/units/excel?state=all"),
        (admin, "/account/users/excel"),
        (admin, "/audit/excel"),
        (secretary, "/awards/excel"),
    ):
        sheets = _sheets(browser, address)
        about = dict(sheets.pop("Thông tin"))
        assert {"Nội dung", "Lập lúc", "Người lập", "Trạng thái"} <= about.keys(), address
        told[address] = sheets
        assert all(len(rows) > 1 for name, rows in sheets.items() if name not in MAY_BE_EMPTY), (
            address
        )
    ranking = told[f"{at}/ranking/excel"]
    for path, sizes in (("reports", {"Báo cáo": 37}), ("decisions/1", {"Danh sách": 14})):
        sheets = told[f"{at}/{path}/excel"]
        assert {name: len(rows) for name, rows in sheets.items()} == sizes
    assert list(ranking)[-1] == "Các lớp điểm"
    first = frozen_standings(latest_frozen(demo.id).id)[0]
    layers = [
        row[2:] for row in ranking["Các lớp điểm"][1:] if row[1] == first.participation.unit.name
    ]
    assert [
        [row[0], "" if row[7] is None else format_points(Decimal(str(row[7])), 2)] for row in layers
    ] == [
        [line["code"], line["points"]]
        for group in first.explanation["groups"]
        for line in group["lines"]
    ]


def test_a_unit_gets_its_own_rows_only(demo, sign_in):
    officer = _as(sign_in, officer_of("LSN"))
    at = f"/campaigns/{demo.id}"
    own = "Phòng Kinh tế và Hạ tầng huyện Lương Sơn"
    assert {row[0] for row in _sheets(officer, f"{at}/reports/excel")["Báo cáo"][1:]} == {own}
    assert {row[0] for row in _sheets(officer, f"{at}/enrolment/excel")["Đăng ký"][1:]} == {own}
    assert {row[0] for row in _sheets(officer, f"{at}/awards/excel")["Đề nghị"][1:]} == {own}
    assert "Các lớp điểm" not in _sheets(officer, f"{at}/ranking/excel")
    refused = [
        officer.get(address).status_code
        for address in (
            f"{at}/verification/excel",
            f"{at}/meetings/1/excel",
            f"{at}/scoring/1/matrix/excel",
            "/units/excel",
            "/account/users/excel",
            "/audit/excel",
            f"{at}/council/excel",
            f"{at}/verification/inspections/excel",
            f"{at}/posts/excel",
            f"{at}/awards/kinds/excel",
            "/awards/catalogue/excel",
            f"{at}/plan/blocks/excel",
            f"{at}/meetings/excel",
            "/campaigns/measure-units/excel",
        )
    ]
    assert refused == [HTTPStatus.FORBIDDEN] * 14
    other = db.session.query(Participation).join(Unit).filter(Unit.code == "DB").one().id
    report = db.session.query(Report).filter_by(participation_id=other).first().id
    hidden = [
        officer.get(address).status_code
        for address in (
            f"{at}/ranking/units/{other}/excel",
            f"{at}/ranking/agreement/1/excel",
            f"{at}/reports/{report}/excel",
            f"{at}/reports/{report}/history/excel",
            f"{at}/reports/{report}/compare/excel",
        )
    ]
    assert hidden == [HTTPStatus.NOT_FOUND] * 5


def test_the_history_of_a_report_leaves_with_its_returns_and_what_two_versions_differ_in(
    app, sign_in
):
    campaign, secretary = (
        build.campaign(phase=Phase.VERIFYING),
        build.user(Role.SECRETARIAT, name="Trần Thư"),
    )
    period = build.period(campaign)
    entry = build.participation(
        campaign, unit=build.unit(name="Phòng An"), block=build.block(campaign), by=secretary
    )
    task = build.task(campaign, name="Tuyên truyền")
    report = build.report(of=entry, period=period, state=ReportState.SUBMITTED)
    first, _ = (
        build.version(
            of=report,
            by=secretary,
            number=number,
            snapshot=to_snapshot(Content(narratives={task.id: text})),
        )
        for number, text in ((1, "Một buổi"), (2, "Hai buổi"))
    )
    db.session.add(
        Return(
            version_id=first.id,
            reason="Thiếu một buổi",
            due_on=build.TODAY,
            at=build.NOW,
            by_id=secretary.id,
        )
    )
    browser, at = sign_in(secretary), f"/campaigns/{campaign.id}/reports/{report.id}"
    history = _sheets(browser, f"{at}/history/excel")
    assert [row[0] for row in history["Các bản đã nộp"][1:]] == [2, 1]
    assert [(row[:2], row[-1]) for row in history["Các lần trả lại"][1:]] == [
        ([1, "Thiếu một buổi"], "Trần Thư")
    ]
    assert _sheets(browser, f"{at}/compare/excel?a=1&b=2")["Chỗ khác nhau"][1:] == [
        ["Tuyên truyền", "Một buổi", "Hai buổi"]
    ]
    assert len(_sheets(browser, f"{at}/compare/excel?a=2&b=2")["Chỗ khác nhau"]) == 1


def test_a_member_gets_his_own_marks_and_the_chair_all_of_them(app, sign_in):
    campaign = build.campaign(phase=Phase.MEETING)
    block, period, secretary = (
        build.block(campaign),
        build.period(campaign),
        build.user(Role.SECRETARIAT),
    )
    criterion = build.criterion(campaign, code="D1")
    entry = build.participation(
        campaign, unit=build.unit(name="Phòng An"), block=block, by=secretary
    )
    version = build.verified(of=entry, period=period, by=secretary).version_id
    users = [build.user(Role.COUNCIL_MEMBER, name=name) for name in ("Lê Chủ", "Trần Viên")]
    for user, function, points in zip(
        users, (CouncilFunction.CHAIR, CouncilFunction.MEMBER), ("9", "8.5"), strict=True
    ):
        sheet = build.sheet(
            member=build.member(campaign, user=user, function=function), block=block, is_locked=True
        )
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
    sheets = _sheets(sign_in(build.user(Role.SECRETARIAT)), "/units/excel?q=binh&state=all")
    assert [row[:2] for row in sheets["Đơn vị"][1:]] == [["BINH", "Phòng Bình"]]
    assert ["Tên có", "binh"] in sheets["Thông tin"]


def test_the_table_of_points_leaves_with_what_applies_to_the_unit_that_is_asked_for(app, sign_in):
    campaign, unit = build.campaign(), build.unit(name="Phòng An")
    block = build.block(campaign)
    build.criterion(campaign, code="D1", maximum="12.5")
    browser = sign_in(build.user(Role.SECRETARIAT))
    address = f"/campaigns/{campaign.id}/criteria/excel"
    assert [row[1:5:3] for row in _sheets(browser, address)["Bảng điểm"][2:]] == [["D1", 12.5]]
    sheets = _sheets(browser, f"{address}?unit={unit.id}&block={block.id}")
    assert [(row[4], row[-1]) for row in sheets["Bảng điểm"][2:]] == [(12.5, 12.5)]
    assert sheets["Bảng điểm"][0][-1] == "Với đơn vị này"
    assert ["Đơn vị", "Phòng An"] in sheets["Thông tin"]


def test_a_member_finds_only_his_own_recusals_in_the_file_of_the_council(app, sign_in):
    campaign = build.campaign(phase=Phase.SCORING)
    users = []
    for name, function in (
        ("Lê Chủ", CouncilFunction.CHAIR),
        ("Trần Viên", CouncilFunction.MEMBER),
        ("Bùi Viên", CouncilFunction.MEMBER),
    ):
        unit = build.unit(name=f"Phòng của {name}")
        build.participation(campaign, unit=unit, block=build.block(campaign))
        users.append(build.user(Role.COUNCIL_MEMBER, name=name, at=unit))
        build.member(campaign, user=users[-1], function=function)
    address = f"/campaigns/{campaign.id}/council/excel"
    chair, member = (_sheets(sign_in(user), address) for user in users[:2])
    assert sorted(row[1] for row in member["Thành viên"][1:]) == ["Bùi Viên", "Lê Chủ", "Trần Viên"]
    assert [row[:2] for row in member["Không chấm"][1:]] == [["Trần Viên", "Phòng của Trần Viên"]]
    assert sorted(row[0] for row in chair["Không chấm"][1:]) == ["Bùi Viên", "Lê Chủ", "Trần Viên"]


def test_the_board_of_verification_leaves_with_its_filters(demo, sign_in):
    secretary = _as(sign_in, "thuong-truc")
    at = f"/campaigns/{demo.id}/verification/excel"
    everything, first = (
        _sheets(secretary, at),
        _sheets(secretary, f"{at}?block=1&period=1&state=verified"),
    )
    assert len(everything["Báo cáo"]) == 37
    assert {row[1] for row in first["Báo cáo"][1:]} == {everything["Báo cáo"][1][1]}
    assert {row[0] for row in first["Số liệu"][1:]} <= {row[0] for row in first["Báo cáo"][1:]}
    assert len(first["Báo cáo"]) < len(everything["Báo cáo"])
    assert ["Trạng thái báo cáo", "đã thẩm định"] in first["Thông tin"]
    assert {row[0] for row in _sheets(secretary, f"{at}?state=none")["Báo cáo"][1:]} == {
        "Phòng Kinh tế và Hạ tầng huyện Đà Bắc"
    }


def test_an_explanation_leaves_as_the_numbers_of_its_page(demo, sign_in):
    standing = next(row for row in frozen_standings(latest_frozen(demo.id).id) if row.rank == 1)
    sheets = _sheets(
        _as(sign_in, "thuong-truc"),
        f"/campaigns/{demo.id}/ranking/units/{standing.participation_id}/excel",
    )
    lines = [line for group in standing.explanation["groups"] for line in group["lines"]]
    assert [
        [row[1], "" if row[8] is None else format_points(Decimal(str(row[8])), 2)]
        for row in sheets["Tiêu chí"][1:]
    ] == [[line["code"], line["points"]] for line in lines]
    assert sheets["Nhóm"][-1][1:3] == ["Tổng điểm", float(standing.total)]
    assert "Hạng" in dict(sheets["Thông tin"])


def test_a_report_leaves_as_its_page_shows_it_draft_and_version(app, sign_in):
    campaign = build.campaign(phase=Phase.REPORTING)
    unit = build.unit(name="Phòng An")
    entry = build.participation(campaign, unit=unit, block=build.block(campaign))
    target = build.indicator(campaign, name="Xuất khẩu")
    report = build.report(of=entry, period=build.period(campaign))
    officer, secretary = build.user(Role.UNIT_OFFICER, at=unit), build.user(Role.SECRETARIAT)
    db.session.add(
        ClaimedValue(
            report_id=report.id,
            indicator_id=target.id,
            value=Decimal("1234.5"),
            updated_at=build.NOW,
            updated_by_id=officer.id,
        )
    )
    address = f"/campaigns/{campaign.id}/reports/{report.id}/excel"
    sheets = _sheets(sign_in(officer), address)
    assert [(row[0], row[2]) for row in sheets["Chỉ tiêu"][1:]] == [("Xuất khẩu", 1234.5)]
    assert ["Trạng thái", "đang soạn"] in sheets["Thông tin"]
    assert sign_in(secretary).get(address).status_code == HTTPStatus.NOT_FOUND
    assert sign_in(officer).get(f"{address}?version=1").status_code == HTTPStatus.NOT_FOUND


def test_the_record_leaves_without_what_changed(app, sign_in):
    unit = build.unit(name="Bí mật trong nội dung")
    db.session.commit()
    rows = _sheets(sign_in(build.user(Role.ADMIN)), "/audit/excel")["Nhật ký"]
    assert rows[0] == ["Số", "Lúc", "Ai", "Việc", "Phong trào số", "Mã băm"]
    assert isinstance(rows[1][1], datetime)
    assert not any(unit.name in str(cell) for row in rows for cell in row)


def test_many_rows_are_written_without_being_held():
    def rows():
        for number in range(4_000):
            yield (f"Đơn vị {number}", number, Decimal(number) / 4)

    about = About("Thử", datetime(2021, 5, 1, tzinfo=build.NOW.tzinfo), "An", "thử")
    columns = (Column("Tên"), Column("Số", Kind.WHOLE), Column("Điểm", Kind.POINTS))
    write([Table("Dữ liệu", columns, [])], about).close()  # what writes is loaded by now
    tracemalloc.start()
    try:
        write([Table("Dữ liệu", columns, rows())], about).close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * MEGABYTE
