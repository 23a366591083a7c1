"""The form of good examples is filled in Excel and comes in, whole or not at all."""

import io
from datetime import date
from http import HTTPStatus

import pytest
from openpyxl import Workbook

from campaign.exemplars.models import Exemplar, ExemplarMove
from campaign.exemplars.rules import State, Step
from campaign.extensions import db
from tests.exemplars.test_views import Register
from tests.offline import saved

FILLED = {
    "Tên điển hình": "Tổ khuyến công",
    "Loại": "tập thể",
    "Vị trí": "",
    "Mã đơn vị": "PM",
    "Lý do, thành tích": "Vượt kế hoạch",
    "Ai phát hiện": "Trưởng phòng",
    "Ngày phát hiện": date(2021, 3, 15),
    "Người, đơn vị theo dõi, bồi dưỡng": "Văn phòng Sở",
    "Biện pháp": "Hướng dẫn tại chỗ",
    "Thời hạn": date(2021, 4, 15),
    "Bước": "Bồi dưỡng",
}


class Sent(Register):
    """The secretariat before the page that takes the form in."""

    def __init__(self, sign_in):
        super().__init__()
        self.units[0].code = "PM"
        self.browser = sign_in(self.secretary)

    def send(self, **change):
        row, book = FILLED | change, Workbook()
        book.active.append(list(row))
        book.active.append(list(row.values()))
        file = (io.BytesIO(saved(book)), "tep.xlsx")
        return self.browser.post(f"{self.address}/import/", data={"file": file})

    def write(self, shown):
        data = {"sealed": shown.value("sealed")}
        return self.browser.post(f"{self.address}/import/write", data=data)


def test_an_example_comes_in_registered_and_moves_to_its_step(app, sign_in, page):
    at = Sent(sign_in)
    shown = page(at.send())
    assert "thêm 1, sửa 0, giữ nguyên 0" in shown.all("section.card h2")[0]
    assert at.write(shown).status_code == HTTPStatus.SEE_OTHER
    row = db.session.query(Exemplar).one()
    assert (row.state, row.step, row.help_until) == (
        State.REGISTERED,
        Step.HELPED,
        date(2021, 4, 15),
    )
    moves = db.session.query(ExemplarMove).all()
    assert [(move.before, move.after) for move in moves] == [(Step.FOUND, Step.HELPED)]
    assert "Tệp không khác gì với dữ liệu đang có" in at.send().get_data(as_text=True)
    changed = page(at.send(**{"Ai phát hiện": "Đoàn kiểm tra"}))
    assert "thêm 0, sửa 1, giữ nguyên 0" in changed.all("section.card h2")[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Loại": "cá nhân"}, "Hãy ghi vị trí của cá nhân."),
        ({"Vị trí": "lãnh đạo, quản lý"}, "Chỉ cá nhân mới có vị trí; hãy để trống."),
        ({"Mã đơn vị": "SCT"}, "Không có đơn vị mã “SCT”."),
        ({"Ngày phát hiện": date(2099, 1, 1)}, "Ngày phát hiện không thể ở tương lai."),
        ({"Biện pháp": ""}, "Chưa chuyển sang Bồi dưỡng được, còn thiếu: biện pháp bồi dưỡng."),
    ],
)
def test_what_cannot_come_in_is_told_with_its_row_and_nothing_is_written(
    app, sign_in, change, sentence
):
    at = Sent(sign_in)
    assert sentence in at.send(**change).get_data(as_text=True)
    assert db.session.query(Exemplar).all() == []


def test_a_file_takes_no_example_back_a_step(app, sign_in):
    at = Sent(sign_in)
    at.have(name="Tổ khuyến công", step=Step.SUMMED_UP)
    db.session.commit()
    told = at.send().get_data(as_text=True)
    assert "quay lại bước trước thì làm ở trang của điển hình, có lý do." in told


def test_a_name_that_differs_in_its_tones_alone_is_another_example_and_asked_about(
    app, sign_in, page
):
    at = Sent(sign_in)
    at.write(page(at.send()))
    shown = page(at.send(**{"Tên điển hình": "Tổ khuyến cống"}))
    assert "Đơn vị đã có Tổ khuyến công, chỉ khác dấu: hai điển hình?" in shown.one("tbody")
    at.write(shown)
    assert db.session.query(Exemplar).count() == 2


def test_columns_a_file_does_not_have_keep_what_is_registered(app, sign_in, page):
    at = Sent(sign_in)
    at.write(page(at.send(**{"Chỉ tiêu phấn đấu": "Tăng 10 %", "Lĩnh vực": "Khuyến công"})))
    book, kept = Workbook(), ("Tên điển hình", "Loại", "Mã đơn vị", "Lý do, thành tích")
    heads = (*kept, "Ai phát hiện", "Ngày phát hiện")
    book.active.append(heads)
    book.active.append([FILLED[head] for head in heads])
    file = (io.BytesIO(saved(book)), "tep.xlsx")
    seen = page(at.browser.post(f"{at.address}/import/", data={"file": file}))
    assert "Tệp không khác gì với dữ liệu đang có" in seen.one("main")
