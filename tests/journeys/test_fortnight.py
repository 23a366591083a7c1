"""A fortnight of a campaign, day by day, with a real mail server: it is launched, a late unit is
reminded, its head too, then the secretariat, and it is given longer; a directive is worked through;
an example is found, helped, summed up and followed.
"""

import io
import re
from collections.abc import Callable, Iterator

import docx
import pytest
from playwright.sync_api import expect

from tests import guards, post_office
from tests.journeys.conftest import NARROW, Person, Screens, Server

Seat = Callable[..., Person]
BASE = "/campaigns/1"
MAIL = {
    "thuong-truc": "thuong-truc@x.vn",
    "canbo.mc": "canbo.mc@x.vn",
    "truong.mc": "truong.mc@x.vn",
    "canbo.tl": "canbo.tl@x.vn",
}
"""Who has an address; whoever has none reads the page alone."""
TITLE = "Phong trào thi đua đặc biệt chào mừng 70 năm Ngày truyền thống ngành Công Thương"
DIRECTIVE = "Quán triệt cách chấm và hạn báo cáo"
EXAMPLE = "Tổ đưa điện về xóm"


class Office:
    """The office: its machine, which reminds each morning, its mail, and its people."""

    example = ""

    def __init__(
        self, server: Server, letters: post_office.Letters, port: int, flask: guards.Guard
    ) -> None:
        self.server, self.letters, self.flask = server, letters, flask
        self.environment = {
            **server.environment(),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "ngonco@x.vn",
        }
        self.admin = server.visitor("quan-tri")
        self.secretary = server.visitor("thuong-truc")

    def comes(self, day: str) -> None:
        """Another day, for everybody."""
        self.admin.go("/rehearsal/").press("Đổi ngày", today=f"{day}/2021")

    def reminds(self) -> dict[str, str]:
        """What the timer does in the morning: the letters that went, by who has them."""
        before = len(self.letters.kept)
        said = self.flask.do(b"", 300, self.environment, ["remind", "--hour", "8"])
        assert said.returncode == 0, said.stderr.decode()
        new = self.letters.kept[before:]
        told = {letter["To"].partition("@")[0]: letter.get_content() for letter in new}
        assert len(told) == len(new), "nobody has two letters of one morning"
        return told

    def moves(self, step: str) -> None:
        """The next step of the campaign."""
        at = self.secretary.go(f"{BASE}/conduct/")
        at.press(step, **({"seen": "1"} if at.page.xpath("//input[@name='seen']") else {}))


@pytest.fixture
def office(served: Callable[[str], Server], ready: guards.Guard) -> Iterator[Office]:
    """The campaign of 2021 two days before its launch."""
    with post_office.opened() as (letters, port):
        yield Office(served("planning"), letters, port, ready)


def test_a_fortnight(office: Office, person: Seat) -> None:
    _the_plan_is_made_ready(office)
    _friday_it_is_launched(office, person)
    _monday_units_take_part_and_hear_of_a_directive(office)
    _tuesday_one_has_worked_through_it_and_an_example_is_found(office, person)
    _who_reports_is_left_and_who_does_not_is_reminded(office)
    _who_is_late_is_told_step_by_step(office)
    _who_asks_is_given_longer_and_left(office, person)
    _the_example_is_summed_up_and_followed(office, person)
    _friday_a_fortnight_is_told(office, person)


def _the_plan_is_made_ready(office: Office) -> None:
    office.secretary.go(f"{BASE}/plan/periods/1").press(
        "Lưu",
        name="Tuần đầu",
        starts_on="26/02/2021",
        ends_on="03/03/2021",
        due_on="05/03/2021",
        locks_on="09/03/2021",
    )
    for user_name, address in MAIL.items():
        found = office.admin.go(f"/account/users?q={user_name}").page
        (link,) = found.xpath("//tr[td[normalize-space()=$name]]//a/@href", name=user_name)
        office.admin.go(link).press("Lưu", email=address)


def _friday_it_is_launched(office: Office, person: Seat) -> None:
    office.comes("26/02")
    secretary = person("thuong-truc")
    page = secretary.go(f"{BASE}/conduct/")
    page.get_by_label("Tôi đã xem các cảnh báo").check()
    secretary.press("Phát động")
    told = office.reminds()
    assert sorted(told) == ["canbo.mc", "canbo.tl", "truong.mc"]
    assert f"Đã phát động “{TITLE}”" in told["canbo.mc"]


def _monday_units_take_part_and_hear_of_a_directive(office: Office) -> None:
    office.comes("01/03")
    secretary = office.secretary.go(f"{BASE}/enrolment/")
    chosen = [
        secretary.page.xpath("//label[contains(., $name)]/@for", name=name)[0].rpartition("-")[2]
        for name in ("huyện Tân Lạc", "huyện Lương Sơn")
    ]
    secretary.press("Đăng ký các đơn vị đã chọn", unit_id=chosen, block_id="2")
    office.server.visitor("truong.mc").go(f"{BASE}/enrolment/").press(
        "Đăng ký", commitments="Vượt kế hoạch."
    )
    secretary.go(f"{BASE}/enrolment/").press("Xác nhận", block_id="2")
    office.moves("Mở báo cáo")
    secretary.go(f"{BASE}/posts/new").press(
        "Lưu", kind="directive", title=DIRECTIVE, body="Quán triệt đến từng người."
    )
    secretary.press(f"Đăng {DIRECTIVE}")
    told = office.reminds()
    assert sorted(told) == ["canbo.mc", "canbo.tl", "truong.mc"]
    assert "Đăng ký của đơn vị đã được xác nhận" in told["truong.mc"]
    assert f"Quán triệt “{DIRECTIVE}”" in told["truong.mc"]
    assert "Còn 4 ngày nộp báo cáo: Tuần đầu – Mai Châu" in told["canbo.mc"]


def _tuesday_one_has_worked_through_it_and_an_example_is_found(
    office: Office, person: Seat
) -> None:
    office.comes("02/03")
    head = person("truong.tl", viewport=NARROW)
    page = head.follow(re.compile(f"Quán triệt “{DIRECTIVE}”"))
    page.get_by_label("Ngày quán triệt").fill("02/03/2021")
    page.get_by_label(re.compile("tham dự")).fill("Toàn thể công chức của phòng.")
    head.press("Xác nhận")
    expect(page.locator(".flashes")).to_contain_text("đã quán triệt")
    office.secretary.go(f"{BASE}/posts")
    assert "1/3 đơn vị đã quán triệt" in office.secretary.words

    finder = office.server.visitor("canbo.lsn").go(f"{BASE}/exemplars/new")
    finder.press(
        "Lưu điển hình",
        participation_id=finder.page.xpath("//select[@name='participation_id']/option/@value")[-1],
        subject="collective",
        name=EXAMPLE,
        reason="Vận động dân góp công kéo điện về ba xóm.",
        found_by="Phòng Quản lý năng lượng",
        found_on="02/03/2021",
    )
    assert "chờ quyết định" in finder.words
    at = finder.address.removeprefix(office.server.url)
    office.example = at
    office.secretary.go(at).press("Đăng ký")
    office.secretary.go(f"{at}/edit").press(
        "Lưu điển hình",
        helper="Phòng Quản lý năng lượng",
        measures="Mỗi tuần giao ban một lần tại xóm.",
        help_until="10/03/2021",
    )
    office.secretary.press("Chuyển sang Bồi dưỡng")


def _report(office: Office, code: str) -> None:
    """The head writes and signs it."""
    head = office.server.visitor(f"truong.{code}").go(f"{BASE}/reports/").press("Bắt đầu Tuần đầu")
    values = {"kind": "estimated", "source": "Sổ theo dõi"}
    head.press(
        "Lưu",
        **{f"v:{number}:{part}": text for number in (1, 2, 6) for part, text in values.items()},
        **{"v:1:value": "108", "v:2:value": "900", "v:6:value": "99"},
        **{f"n:{task}": "Đã làm." for task in (1, 2, 3, 4)},
    )
    head.press("Ký nộp")
    assert "Đã ký nộp bản số 1, đúng hạn." in head.words, head.words


def _who_reports_is_left_and_who_does_not_is_reminded(office: Office) -> None:
    office.comes("03/03")
    _report(office, "tl")
    _report(office, "lsn")
    office.comes("05/03")
    told = office.reminds()
    assert sorted(told) == ["canbo.mc", "thuong-truc", "truong.mc"]
    for name in ("canbo.mc", "truong.mc"):
        assert "Hạn hôm nay: báo cáo Tuần đầu – Mai Châu" in told[name]
    assert "2 báo cáo chờ thẩm định" in told["thuong-truc"]


def _who_is_late_is_told_step_by_step(office: Office) -> None:
    office.comes("06/03")
    assert office.reminds() == {}, "a Saturday"
    office.comes("08/03")
    told = office.reminds()
    assert "Báo cáo quá hạn 3 ngày: Tuần đầu – Mai Châu" in told.pop("canbo.mc")
    assert "1 báo cáo chậm" in told.pop("thuong-truc")
    assert told == {}
    office.comes("09/03")
    told = office.reminds()
    assert "Đã nhắc cán bộ Khà Thị Lả ngày 08/03/2021" in told.pop("truong.mc")
    assert told == {}
    office.comes("10/03")
    told = office.reminds()
    assert (
        "Chuyển Thường trực xử lý – Tuần đầu – Mai Châu (đã nhắc cán bộ Khà Thị Lả ngày "
        "08/03/2021, đã nhắc thủ trưởng Hà Công Ước ngày 09/03/2021)" in told.pop("thuong-truc")
    )
    assert told == {}


def _who_asks_is_given_longer_and_left(office: Office, person: Seat) -> None:
    head = person("truong.mc")
    page = head.go(f"{BASE}/reports/")
    head.follow("Xin gia hạn Tuần đầu")
    page.get_by_label("Xin nộp đến hết ngày").fill("16/03/2021")
    page.get_by_label("Lý do").fill("Cán bộ báo cáo đi chống hạn tại xã.")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Gửi")).click()
    expect(page.locator(".flashes")).to_have_text("Đã gửi đề nghị gia hạn cho Thường trực.")
    secretary = person("thuong-truc")
    page = secretary.go(f"{BASE}/reports/extension-requests")
    secretary.follow("Gia hạn Tuần đầu cho Phòng Kinh tế và Hạ tầng huyện Mai Châu")
    secretary.press("Gia hạn")
    office.comes("11/03")
    told = office.reminds()
    assert sorted(told) == ["canbo.mc", "thuong-truc", "truong.mc"]
    assert "16/03/2021" in told["truong.mc"]
    assert "quá hạn" not in "".join(told.values())
    assert "chậm" not in told["thuong-truc"]


def _the_example_is_summed_up_and_followed(office: Office, person: Seat) -> None:
    secretary = office.secretary.go(f"{office.example}/edit")
    secretary.press(
        "Lưu điển hình",
        result="46 hộ có điện sau năm tuần.",
        summary="Họp dân từng xóm trước khi khảo sát.",
        spread="Mời các huyện đến xem tại xóm.",
    )
    secretary.press("Chuyển sang Tổng kết").press("Chuyển sang Nhân rộng")
    head = person("truong.mc", viewport=NARROW)
    page = head.go(office.example)
    page.get_by_label("Cách đơn vị áp dụng").fill("Lập tổ vận động năm người.")
    head.press("Xác nhận áp dụng")
    expect(page.locator("main")).to_contain_text("1 trong 2 đơn vị đã áp dụng")
    office.server.visitor("truong.tl").go(office.example).press(
        "Xác nhận áp dụng", sentence="Mỗi xóm một bảng ghi tên."
    )
    assert "2 trong 2 đơn vị đã áp dụng" in office.secretary.go(office.example).words


def _friday_a_fortnight_is_told(office: Office, person: Seat) -> None:
    office.comes("12/03")
    told = office.reminds()
    assert f"Học theo điển hình “{EXAMPLE}”" not in "".join(told.values()), "who follows is left"
    assert office.reminds() == {}, "nobody is told twice"
    numbers = [letter["Message-ID"] for letter in office.letters.kept]
    assert len(numbers) == len(set(numbers))
    secretary = person("thuong-truc")
    page = secretary.go(f"{BASE}/reports/")
    expect(page.locator("figure.chart").first).to_contain_text("2 trong 3 đơn vị đã nộp")
    for path in ("/home/", f"{BASE}/exemplars/statistics", "/public/campaigns/1", "/"):
        secretary.go(path)
    answer = secretary.context.request.get(f"{secretary.url}{BASE}/papers/closing/1")
    told_of = docx.Document(io.BytesIO(answer.body())).paragraphs
    words = "\n".join(part.text for part in told_of)
    assert "3 đơn vị tham gia" in words
    results = words.partition("III. KẾT QUẢ")[2].partition("IV. KHEN THƯỞNG")[0]
    numbers = re.findall(r"^(\d)\. ", results, re.MULTILINE)
    assert numbers == ["1", "2", "3"][: len(numbers)]
    assert "Đã đăng ký 1 điển hình" in words
    assert "2 đơn vị xác nhận đã học theo" in words


WHERE = """figure => {
  const at = shape => shape.getBoundingClientRect();
  const middle = shape => at(shape).x + at(shape).width / 2;
  const [line] = figure.querySelectorAll("line.chart__mark");
  const names = [...figure.querySelectorAll(".chart__name")].filter(name => at(name).width);
  const dots = [...figure.querySelectorAll("circle")];
  const isFull = dot => getComputedStyle(dot).fill !== "rgb(255, 255, 255)";
  return names.map((name, place) => [
    name.textContent.trim(), middle(dots[place]) >= middle(line) - 1, isFull(dots[place])]);
}"""
"""Of each unit: its name as it stands in the picture, whether its dot is at or beyond the line, and
whether it is full.
"""
AHEAD = [
    *("Lương Sơn", "QL công nghiệp", "KH-TC-TH", "TT Khuyến công"),
    *("TP Hòa Bình", "Kim Bôi", "Lạc Thủy"),
]
BEHIND = ["Tân Lạc", "Cao Phong", "Yên Thủy", "Lạc Sơn", "Mai Châu"]


def test_a_stranger_tells_from_the_picture_alone_who_is_ahead_of_the_plan(
    served: Callable[[str], Server], screens: Screens
) -> None:
    stranger = screens.taken(served("scoring"), viewport=NARROW)
    page = stranger.go("/public/campaigns/1")
    picture = page.locator("figure.chart", has=page.locator("circle")).first
    expect(picture.locator(".chart__finding")).to_have_text("7 trong 12 đơn vị đã đạt mức phải đạt")
    assert picture.evaluate(WHERE) == [
        *([name, True, True] for name in AHEAD),
        *([name, False, False] for name in BEHIND),
    ]
    screens.give_back(stranger)
