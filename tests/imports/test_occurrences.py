"""A unit's list of occurrences goes out to Excel and comes in again, whole or not at all."""

import io
from datetime import date
from http import HTTPStatus

import pytest
from openpyxl import Workbook, load_workbook

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.reporting.models import Evidence, Occurrence
from campaign.reporting.rules import ReportState
from tests import build
from tests.counts.test_views import AWARDS, HALF, counted
from tests.offline import saved
from tests.worlds import AT, World

HEADS = ("Ngày", "Loại", "Nội dung", "Minh chứng")


class Lists:
    """The officer of a unit before the list of a criterion that is counted."""

    def __init__(self, sign_in, rule=HALF):
        self.world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
        self.criterion = counted(self.world.campaign, rule)
        self.report = self.world.report
        self.browser = sign_in(self.world.officer)
        self.at = (
            f"/campaigns/{self.world.campaign.id}/reports/{self.report.id}/counts/"
            f"{self.criterion.id}"
        )

    def evidence(self, name):
        row = Evidence(
            report_id=self.report.id,
            criterion_id=self.criterion.id,
            file_name=name,
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            storage_key=name,
            uploaded_at=AT,
            uploaded_by_id=self.world.officer.id,
        )
        db.session.add(row)
        db.session.flush()
        return row

    def listed(self, text, **more):
        row = Occurrence(
            report_id=self.report.id,
            criterion_id=self.criterion.id,
            held_on=AT.date(),
            text=text,
            claimed_at=AT,
            claimed_by_id=self.world.officer.id,
            **more,
        )
        db.session.add(row)
        db.session.commit()
        return row

    def send(self, *rows):
        book = Workbook()
        for row in (HEADS, *rows):
            book.active.append(row)
        file = (io.BytesIO(saved(book)), "tep.xlsx")
        return self.browser.post(f"{self.at}/import/", data={"file": file})

    def write(self, page):
        (sealed,) = page.tree.cssselect("input[name=sealed]")
        return self.browser.post(f"{self.at}/import/write", data={"sealed": sealed.get("value")})

    def held(self):
        rows = db.session.query(Occurrence).order_by(Occurrence.held_on, Occurrence.id)
        return [(row.held_on, row.kind, row.text, row.evidence_id, row.state.value) for row in rows]


def test_a_list_is_previewed_and_written_at_once(app, sign_in, page):
    at = Lists(sign_in)
    scan = at.evidence("Quyết định 12.pdf")
    at.listed("Đã kê")
    rows = (
        (date(2021, 3, 12), "", "Hội thi tay nghề", "quyết định 12.pdf"),
        (AT.date(), "", "Đã kê", ""),
    )
    shown = page(at.send(*rows))
    assert "thêm 1, sửa 0, giữ nguyên 1" in shown.all("section.card h2")[0]
    assert len(at.held()) == 1
    assert at.write(shown).status_code == HTTPStatus.SEE_OTHER
    assert at.held() == [
        (date(2021, 3, 12), "", "Hội thi tay nghề", scan.id, "claimed"),
        (AT.date(), "", "Đã kê", None, "claimed"),
    ]
    again = at.send(*rows).get_data(as_text=True)
    assert "Tệp không khác gì với dữ liệu đang có" in again


@pytest.mark.parametrize(
    ("rule", "row", "sentence"),
    [
        (
            HALF,
            (date(2020, 1, 1), "", "Hội thi", ""),
            "Ngày phải trong thời gian của phong trào, từ 26/02/2021 đến 30/04/2021.",
        ),
        (HALF, (date(2021, 3, 12), "Cờ", "Hội thi", ""), "Tiêu chí này không chia loại; hãy"),
        (HALF, (date(2021, 3, 12), "", "Hội thi", "a.pdf"), "không có tệp minh chứng “a.pdf”."),
        (AWARDS, (date(2021, 3, 12), "", "Hội thi", ""), "Hãy chọn loại khen thưởng hoặc văn bản."),
        (AWARDS, (date(2021, 3, 12), "Huy chương", "Hội thi", ""), "Bằng khen; Cờ."),
        (HALF, (AT.date(), "", "Đã nhận", "Tệp.pdf"), "Lần này đã được công nhận nên không sửa"),
    ],
)
def test_one_wrong_row_keeps_the_whole_file_out(app, sign_in, page, rule, row, sentence):
    at = Lists(sign_in, rule)
    at.evidence("Tệp.pdf")
    at.listed("Đã nhận", state="accepted", decided_at=AT, decided_by_id=at.world.officer.id)
    before = at.held()
    kind = "Cờ" if rule is AWARDS else ""
    refused = at.send((date(2021, 3, 15), kind, "Đúng", ""), row)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    shown = page(refused)
    assert sentence in shown.one(".error-summary li")
    assert shown.tree.cssselect("input[name=sealed]") == []
    assert at.held() == before


def test_the_list_leaves_with_what_became_of_each_and_comes_back_unchanged(app, sign_in, page):
    at = Lists(sign_in)
    at.listed("Trùng", state="struck", reason="đã tính", decided_at=AT, decided_by_id=1)
    sent = at.browser.get(f"{at.at}/excel")
    sheet = load_workbook(io.BytesIO(sent.data)).worksheets[0]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0] == ["Ngày", "Loại", "Nội dung", "Minh chứng", "Trạng thái", "Lý do"]
    assert told[1][1:] == [None, "Trùng", None, "không được công nhận", "đã tính"]
    file = (io.BytesIO(sent.data), "tep.xlsx")
    again = at.browser.post(f"{at.at}/import/", data={"file": file}).get_data(as_text=True)
    assert "Tệp không khác gì với dữ liệu đang có" in again


def test_a_file_is_taken_by_the_unit_alone_while_its_report_is_open(app, sign_in):
    at = Lists(sign_in)
    assert at.browser.get(f"{at.at}/import/").status_code == HTTPStatus.OK
    assert at.browser.get(f"{at.at}/import/template").status_code == HTTPStatus.OK
    stranger = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    for address in ("excel", "import/", "import/template"):
        assert stranger.get(f"{at.at}/{address}").status_code == HTTPStatus.NOT_FOUND
    at.report.state = ReportState.SUBMITTED
    db.session.commit()
    closed = sign_in(at.world.officer).get(f"{at.at}/import/")
    assert closed.status_code == HTTPStatus.CONFLICT
