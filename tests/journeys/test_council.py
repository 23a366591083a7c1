"""The Council in the browser: called, voting each on their own device, its minutes confirmed; then
the decision, posted,
signed and published.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Person, Server
from tests.journeys.visitor import Visitor

Seat = Callable[..., Person]
ROOM = "/campaigns/1/meetings/1"
PRESENT = (
    "Phạm Minh Đức",
    "Hà Thị Thanh Thủy",
    "Lường Văn Sơn",
    "Bùi Thị Lan Anh",
    "Nguyễn Quốc Huy",
    "Lê Thị Kim Oanh",
    "Hoàng Văn Ánh",
    "Đinh Thị Yến",
)
FIRST, SECOND = "Phòng Quản lý công nghiệp", "Phòng Quản lý năng lượng"


def test_a_council_meets_and_what_it_passes_is_decided_and_published(
    person: Seat, server: Server
) -> None:
    _the_ranking_is_frozen(server.visitor("thuong-truc"))
    secretariat = person("thuong-truc")
    _the_secretariat_calls_the_council(secretariat)
    secretary, chair = person("truong.vp"), person("giam-doc")
    members = [person(name) for name in ("pho-giam-doc", "pho-giam-doc-2", "truong.qlnl")]
    unseen = [server.visitor(name) for name in ("pho-giam-doc-2", "truong.qlcn")]
    _the_meeting_opens(secretary, chair, members, server.visitor("truong.vp"))
    _a_step_begun_is_not_taken_back_by_the_news(members[1])
    _an_open_vote(secretary, chair, members, unseen)
    _a_secret_ballot_ends_in_a_tie(secretary, chair, members, unseen)
    _the_tie_is_voted_again(secretary, chair, members, unseen)
    _the_chair_confirms_the_minutes(secretary, chair)
    _the_decision_is_drafted_posted_and_signed(secretariat, chair, server)
    _a_stranger_reads_who_was_rewarded(person)
    _the_head_of_a_unit_reads_what_it_was_given(members[2])


def _the_ranking_is_frozen(secretariat: Visitor) -> None:
    """As the journey of one campaign shows."""
    secretariat.go("/campaigns/1/conduct/").press("Đóng chấm điểm", seen="1")
    secretariat.go("/campaigns/1/ranking/").press("Chốt xếp hạng")


def _the_secretariat_calls_the_council(secretariat: Person) -> None:
    page = secretariat.page
    secretariat.go("/campaigns/1/meetings/")
    secretariat.follow("Mời họp")
    page.get_by_label("Nơi họp").fill("Phòng họp tầng 2")
    page.get_by_label("Thời gian").fill("ngày kia")
    secretariat.press("Lưu giấy mời")
    expect(page.locator("#starts_at-error")).to_have_text(
        "Hãy nhập giờ và ngày như 14:00 05/05/2021."
    )
    expect(page.get_by_label("Nơi họp")).to_have_value("Phòng họp tầng 2")
    page.get_by_label("Thời gian").fill("14:00 29/04/2021")
    secretariat.press("Lưu giấy mời")
    secretariat.go("/campaigns/1/awards/")
    secretariat.press("Đề xuất tự động")
    secretariat.press("Đưa đề xuất ra Hội đồng")
    expect(
        page.get_by_role("heading", name=re.compile("^Lượt 1. Giấy khen của Giám đốc Sở, tập thể"))
    ).to_be_visible()


def _the_meeting_opens(
    secretary: Person, chair: Person, members: list[Person], unseen: Visitor
) -> None:
    unseen.go(ROOM)
    for name in PRESENT[:4]:
        unseen.press(f"Có mặt: {name}")
    page = secretary.go(ROOM)
    secretary.press(f"Có mặt: {PRESENT[4]}")
    secretary.press("Khai mạc")
    expect(page.locator(".flashes")).to_contain_text(
        "Chưa đủ điều kiện họp: có mặt 5/9, phải đạt 2/3."
    )
    unseen.go(ROOM)
    for name in PRESENT[5:]:
        unseen.press(f"Có mặt: {name}")
    secretary.follow("Soạn lượt biểu quyết")
    page.get_by_label("Nội dung biểu quyết").fill("Chọn đơn vị báo cáo điển hình tại hội nghị")
    page.get_by_label("Các dòng").fill(f"{FIRST}\n{SECOND}")
    page.get_by_label("Hình thức", exact=True).select_option("secret")
    page.get_by_label("Tính trên").select_option("present")
    page.get_by_label("Số được chọn").fill("1")
    page.get_by_label("Tỷ lệ đồng ý", exact=True).fill("1/2")
    page.get_by_label("Nhiều dòng đạt hơn số suất thì xét theo số phiếu đồng ý").check()
    secretary.press("Thêm lượt biểu quyết")
    page = members[2].go(ROOM)
    line = page.locator("li", has_text=SECOND).filter(
        has=page.get_by_text("Tôi không biểu quyết dòng này…")
    )
    line.last.get_by_text("Tôi không biểu quyết dòng này…").click()
    line.last.get_by_label("Lý do").fill("Là thủ trưởng đơn vị này")
    with page.expect_navigation():
        line.last.get_by_role("button", name="Ghi nhận").click()
    members[2].leave()
    chair.go(ROOM)
    chair.press("Khai mạc")
    chair.leave()


def _a_step_begun_is_not_taken_back_by_the_news(member: Person) -> None:
    """A link followed while the server is slow, and the meeting changes meanwhile: the page does
    not load itself anew.
    """
    page = member.go(ROOM)
    held: list[Route] = []
    page.route("**/home/", lambda route: held.append(route))  # noqa: PLW0108 - the driver marks its handlers
    page.locator("a[href='/home/']").first.click(no_wait_after=True)
    page.route(
        "**/meetings/1/state",
        lambda route: route.fulfill(json={"version": 0, "cast": 0, "voters": 0}),
    )
    page.wait_for_timeout(2_500)  # one question of those that it asks every two seconds
    held[0].continue_()
    page.wait_for_url("**/home/")
    page.unroute_all()


def _vote(voter: Person, *, no: str = "") -> int:
    """Mark every line of the paper, and cast it; gives how long is what was sent."""
    page = voter.page
    for line in page.locator("form.paper:not(.hands) .paper-line").all():
        word = "Không đồng ý" if no and no in line.inner_text() else "Đồng ý"
        line.get_by_label(word, exact=True).check()
    with page.expect_request("**/cast") as sent:
        voter.press("Bỏ phiếu")
    return len(sent.value.post_data or "")


def _vote_unseen(voter: Visitor, lines: int) -> Visitor:
    """Agree to every line, on a device that is not looked at; of a paper that chooses, to FIRST."""
    (paper,) = voter.go(ROOM).page.cssselect("form.paper:not(.hands)")
    assert len(paper.cssselect(".paper-line")) == lines
    marks = {field.name: "yes" for field in paper.cssselect(".paper-line [value=yes]")}
    for line in paper.cssselect("div.paper-line"):
        if FIRST in line.text_content():
            marks["chosen"] = line.cssselect("input")[0].get("value")
    return voter.press("Bỏ phiếu", **marks)


def _count(secretary: Person) -> None:
    """Close the ballot: whoever is asked about takes no part."""
    page = secretary.follow("Đóng và kiểm phiếu…")
    while page.locator("ul.missing li").count():
        row = page.locator("ul.missing li").first
        row.get_by_text("Không tham gia lượt này…").click()
        row.get_by_label("Lý do không tham gia").fill("xin không bỏ phiếu")
        with page.expect_navigation():
            row.get_by_role("button", name="Ghi không tham gia").click()
        secretary.follow("Đóng và kiểm phiếu…")
    secretary.press("Đóng và kiểm phiếu")


def _an_open_vote(
    secretary: Person, chair: Person, members: list[Person], unseen: list[Visitor]
) -> None:
    watching = members[0].go(ROOM)
    secretary.go(ROOM)
    secretary.press("Mở bỏ phiếu lượt 1")
    expect(
        watching.get_by_role("heading", name=re.compile("^Đang biểu quyết: Giấy khen"))
    ).to_be_visible()
    for hidden in unseen:
        assert "Ông/Bà đã bỏ phiếu lượt này." in _vote_unseen(hidden, 3).words
    for voter in (chair, members[0], members[2]):
        voter.go(ROOM)
        _vote(voter)
        expect(voter.page.get_by_text("Ông/Bà đã bỏ phiếu lượt này.")).to_be_visible()
        if voter.page is not watching:
            voter.leave()
    assert "Hội đồng: được thông qua" not in chair.go("/campaigns/1/awards/").content()
    secretary.go(ROOM)
    _vote(secretary)
    for _ in range(2):
        page = secretary.page
        page.get_by_text("Nhập biểu quyết giơ tay…").click()
        form = page.locator("details[open] form.paper").first
        for line in form.locator(".paper-line").all():
            line.get_by_label("Đồng ý", exact=True).check()
        with page.expect_navigation():
            form.get_by_role("button").click()
    _count(secretary)
    results = secretary.page.get_by_role("region", name="Kết quả lượt 1")
    expect(results.get_by_text("được thông qua")).to_have_count(3)


def _a_secret_ballot_ends_in_a_tie(
    secretary: Person, chair: Person, members: list[Person], unseen: list[Visitor]
) -> None:
    page = secretary.go(ROOM)
    expect(page.get_by_text("Nếu mọi phiếu giống nhau thì ai cũng biết")).to_be_visible()
    secretary.press("Mở bỏ phiếu lượt 2")
    codes = [
        _vote_unseen(hidden, 2).page.cssselect("[data-receipt]")[0].text_content()
        for hidden in unseen
    ]
    lengths = set()
    for voter in (secretary, chair, members[0], members[2]):
        voter.go(ROOM)
        assert voter.page.locator("form.paper:not(.hands) .paper-line").count() == (
            1 if voter is members[2] else 2
        )
        length = _vote(voter, no=FIRST if voter is chair else "")
        if voter is not members[2]:
            lengths.add(length)
        codes.append(voter.page.locator("[data-receipt]").inner_text())
        if voter is members[0]:
            _again(voter)
        voter.leave()
    assert len(lengths) == 1, "how long a paper is tells what stands on it"
    secretary.go(ROOM)
    assert (
        '<td class="num">'
        not in secretary.page.locator("section.card", has_text="Đang biểu quyết").inner_html()
    )
    _count(secretary)
    expect(secretary.page.get_by_text("bằng phiếu, phải bỏ phiếu lại")).to_have_count(2)
    page = members[1].go(ROOM)
    page.get_by_text("Mã biên nhận của 6 phiếu đã đếm").click()
    listed = page.locator(".receipts").inner_text().split()
    assert listed == sorted(codes)
    members[1].leave()


def _again(voter: Person) -> None:
    """The same paper sent again from a page that is still open: one vote, and a clear message."""
    page = voter.page
    answer = page.evaluate("""async () => {
        const token = document.querySelector('meta[name=csrf-token]').content;
        const body = new URLSearchParams({csrf_token: token});
        const sent = await fetch('/campaigns/1/meetings/1/ballots/2/cast', {method: 'POST', body});
        return [sent.status, await sent.text()];
    }""")
    assert answer[0] == 422
    assert "Ông/Bà đã bỏ phiếu lượt này; mỗi thành viên chỉ bỏ một phiếu." in answer[1]


def _the_tie_is_voted_again(
    secretary: Person, chair: Person, members: list[Person], unseen: list[Visitor]
) -> None:
    page = secretary.page
    card = page.locator("section.card", has=page.get_by_text("bằng phiếu, phải bỏ phiếu lại"))
    card.get_by_text("Bỏ phiếu lại…").click()
    card.get_by_label("Lý do bỏ phiếu lại").fill("Hai đơn vị bằng phiếu")
    with page.expect_navigation():
        card.get_by_role("button", name="Thêm lượt bỏ phiếu lại").click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Mở bỏ phiếu lượt")).click()
    for hidden in unseen:
        assert "Đã nhận phiếu của Ông/Bà" in _vote_unseen(hidden, 2).words
    for voter in (secretary, chair, members[0], members[2]):
        voter.go(ROOM)
        voter.page.get_by_label(re.compile(f"^{FIRST}")).check()
        voter.press("Bỏ phiếu")
        expect(voter.page.get_by_role("heading", name="Đã nhận phiếu của Ông/Bà")).to_be_visible()
        if voter is not secretary:
            voter.leave()
    secretary.go(ROOM)
    _count(secretary)
    card = page.locator(
        "section.card",
        has=page.get_by_role("heading", name=re.compile("Bỏ phiếu lại: Chọn đơn vị")),
    )
    expect(card.locator("tbody tr", has_text=FIRST)).to_contain_text("được thông qua")
    expect(card.locator("tbody tr", has_text=SECOND)).to_contain_text(
        "Lê Thị Kim Oanh không biểu quyết: Là thủ trưởng đơn vị này"
    )


def _the_chair_confirms_the_minutes(secretary: Person, chair: Person) -> None:
    secretary.go(ROOM)
    secretary.press("Bế mạc")
    page = secretary.go(f"{ROOM}/minutes")
    page.get_by_label(re.compile("^Ghi thêm")).fill(
        "Chủ tịch kết luận: trình khen thưởng theo kết quả bỏ phiếu."
    )
    secretary.press("Lưu phần ghi thêm")
    assert page.get_by_role("button", name="Xác nhận biên bản").count() == 0
    page = chair.go(f"{ROOM}/minutes")
    chair.press("Xác nhận biên bản")
    expect(page.get_by_text("Chủ tịch kết luận: trình khen thưởng")).to_be_visible()
    expect(page.get_by_text("Có mặt 8/9, đủ 2/3 theo quy định.")).to_be_visible()
    expect(page.get_by_text(re.compile("Mã băm biên bản: [0-9a-f]{64}"))).to_be_visible()
    assert page.get_by_role("button", name="Lưu phần ghi thêm").count() == 0


def _the_decision_is_drafted_posted_and_signed(
    secretariat: Person, director: Person, server: Server
) -> None:
    unseen = server.visitor("thuong-truc")
    unseen.go("/campaigns/1/conduct/").press("Chuyển sang quyết định")
    page = secretariat.go("/campaigns/1/awards/")
    secretariat.press("Lập dự thảo quyết định")
    expect(
        page.get_by_text("Tổng tiền thưởng: 2.700.000 đồng (Hai triệu bảy trăm nghìn đồng).")
    ).to_be_visible()
    secretariat.follow("Sửa dự thảo")
    page.get_by_label("Họ và tên người ký").fill("Phạm Minh Đức")
    page.get_by_label("Số ngày lấy ý kiến").fill("1")
    page.get_by_label("Tính ngày làm việc").uncheck()
    page.get_by_label("Đăng trên trang công khai").check()
    secretariat.press("Lưu dự thảo")
    secretariat.press("Đưa ra lấy ý kiến 1 ngày")
    expect(
        page.get_by_role("heading", name="Lấy ý kiến từ 28/04/2021 đến hết 29/04/2021")
    ).to_be_visible()
    _sign(director, "28/04/2021")
    expect(director.page.locator(".error-summary")).to_contain_text(
        "Thời gian lấy ý kiến đến hết ngày 29/04/2021; chưa ký được."
    )
    server.visitor("quan-tri").go("/rehearsal/").press("Đổi ngày", today="30/04/2021")
    _sign(director, "30/04/2021")
    expect(director.page.locator(".flashes")).to_contain_text(
        "Đã ghi việc ký quyết định số 45/QĐ-SCT."
    )
    unseen.go("/campaigns/1/conduct/").press("Công bố kết quả")


def _sign(director: Person, day: str) -> Page:
    page = director.go("/campaigns/1/decisions/1")
    page.get_by_label("Số quyết định").fill("45")
    page.get_by_role("textbox", name="Ngày ký", exact=True).fill(day)
    return director.press("Ghi đã ký")


def _a_stranger_reads_who_was_rewarded(person: Seat) -> None:
    citizen = person(viewport={"width": 360, "height": 780})
    page = citizen.go("/results/1")
    card = page.locator(
        "section.card",
        has=page.get_by_role(
            "heading", name="Khen thưởng theo Quyết định số 45/QĐ-SCT ngày 30/04/2021"
        ),
    )
    expect(card.get_by_role("listitem")).to_have_count(3)


def _the_head_of_a_unit_reads_what_it_was_given(head: Person) -> None:
    page = head.go("/campaigns/1/awards/")
    expect(
        page.get_by_text(re.compile(f"{SECOND}: Giấy khen của Giám đốc Sở, số vào sổ [123]/2021"))
    ).to_be_visible()
