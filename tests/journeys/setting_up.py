"""Thiết lập ban đầu in the browser: the steps from nothing that several journeys begin with."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import Person
from tests.journeys.visitor import Visitor

PASSWORD = "mot-mat-khau-rieng"  # noqa: S105 - of these tests alone
FIRST = "quantri"
"""The first person of an empty instance: manages it, and plans campaigns."""
_LINK = re.compile(r"/account/link/[\w-]+")


def first_link(instance: Path) -> str:
    """The path that the server tells whoever started it."""
    found = _LINK.search((instance / "server.log").read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


def set_password(somebody: Person, path: str) -> None:
    """Use a one-time link."""
    page = somebody.open(path)
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.locator("main").get_by_role("button").click()
    page.wait_for_url(re.compile("/sign-in"))


def sign_in(somebody: Person, name: str) -> None:
    """Đăng nhập by the form that stands open."""
    page = somebody.page
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("/home"))
    somebody.look()


def seat(url: str, name: str, link: str) -> Visitor:
    """Somebody without a screen, who used their one-time link and signed in."""
    visitor = Visitor(url).go(link)
    visitor.press("Đặt mật khẩu", new_password=PASSWORD, repeat_password=PASSWORD)
    visitor.press("Đăng nhập", user_name=name, password=PASSWORD)
    assert visitor.address.endswith("/home/"), visitor.words
    return visitor


def open_step(admin: Person, name: str) -> Page:
    """Follow a step of the list of what is to be done."""
    with admin.page.expect_navigation():
        admin.page.locator(".todo a", has_text=name).first.click()
    admin.look()
    return admin.page


def set_up_the_office(admin: Person) -> None:
    """Cơ quan, on the page of that step."""
    page = admin.page
    page.get_by_label("Tên cơ quan").fill("Sở Y tế tỉnh Hòa Bình")
    page.get_by_label("Mã, cũng là").fill("SYT")
    page.get_by_label("Cơ quan chủ quản").fill("UBND tỉnh Hòa Bình")
    page.get_by_label("Địa danh").fill("Hòa Bình")
    page.get_by_label("Họ và tên người đứng đầu").fill("Bùi Thị Minh")
    admin.press("Lưu")


def add_person(admin: Person, name: str, user_name: str, unit: str, *roles: str) -> None:
    """Người dùng, on the page of that step; without a unit, of the whole office."""
    page = admin.page
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Tên đăng nhập").fill(user_name)
    if unit:
        page.get_by_label("Đơn vị công tác").select_option(label=unit)
    for role in roles:
        page.get_by_role("checkbox", name=role).check()
    admin.press("Lưu và thêm tiếp")


def set_up_unseen(first: Visitor, units: str, people: Iterable[Sequence[str]]) -> None:
    """The same steps without a screen, as the journey of setting up shows them: the office, its
    units, and people by name, user name, unit and roles.
    """
    first.go("/setup/office").press(
        "Lưu",
        name="Sở Y tế tỉnh Hòa Bình",
        code="SYT",
        above="UBND tỉnh Hòa Bình",
        place="Hòa Bình",
        leader_name="Bùi Thị Minh",
    )
    first.go("/setup/units/paste").press("Xem trước", lines=units, kind="service_unit")
    first.press(re.compile(r"^Ghi \d+ đơn vị$"))
    for name, user_name, unit, *roles in people:
        first.go("/setup/people").press(
            "Lưu và thêm tiếp",
            full_name=name,
            user_name=user_name,
            unit_id=_choice(first, unit) if unit else "",
            roles=[_choice(first, role) for role in roles],
        )


def _choice(visitor: Visitor, label: str) -> str:
    """The value behind the words of an option or a check box."""
    (value,) = visitor.page.xpath(
        "//option[normalize-space()=$label]/@value"
        " | //input[@id=//label[normalize-space()=$label]/@for]/@value"
        " | //label[normalize-space()=$label]/input/@value",
        label=label,
    )
    return str(value)


def links(first: Visitor) -> dict[str, str]:
    """In liên kết một lần: of everybody who has no password yet, by their user name."""
    first.go("/setup/links").press("Cấp liên kết để in")
    slips = [slip.text_content() for slip in first.page.cssselect(".slip")]
    named = {}
    for slip in slips:
        name, link = re.search(r"Tên đăng nhập: ([\w.]+)", slip), _LINK.search(slip)
        assert name is not None
        assert link is not None
        named[name[1]] = link[0]
    return named
