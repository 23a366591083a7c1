"""Units: a tree without cycles, codes used once, and lists the Vietnamese way."""

from datetime import date

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.core.text import name_sort_key, search_key, text_sort_key
from campaign.extensions import db
from campaign.units import actions, queries
from campaign.units.rules import UsualKind, absence, usual_head_title
from tests import build

NOTHING = {"short_name": "", "kind": UsualKind.OFFICE, "valid_from": None, "valid_to": None}


def test_a_code_is_used_once(app):
    actions.save_unit(None, code="VP", name="Văn phòng", parent_id=None, **NOTHING)
    with pytest.raises(RuleViolation, match="Mã “VP” đã có đơn vị khác dùng"):
        actions.save_unit(None, code="VP", name="Văn phòng khác", parent_id=None, **NOTHING)


def test_a_unit_does_not_hang_below_itself(app):
    top = actions.save_unit(None, code="A", name="Trên", parent_id=None, **NOTHING)
    low = actions.save_unit(None, code="B", name="Dưới", parent_id=top.id, **NOTHING)
    for parent in (top, low):
        with pytest.raises(
            RuleViolation, match="không thể là chính đơn vị này hoặc đơn vị trực thuộc"
        ):
            actions.save_unit(top, code="A", name="Trên", parent_id=parent.id, **NOTHING)


def test_moving_a_unit_moves_what_is_below_it(app):
    first = actions.save_unit(None, code="A", name="A", parent_id=None, **NOTHING)
    second = actions.save_unit(None, code="B", name="B", parent_id=None, **NOTHING)
    middle = actions.save_unit(None, code="C", name="C", parent_id=first.id, **NOTHING)
    low = actions.save_unit(None, code="D", name="D", parent_id=middle.id, **NOTHING)
    actions.save_unit(middle, code="C", name="C", parent_id=second.id, **NOTHING)
    db.session.flush()
    assert low.path == f"/{second.id}/{middle.id}/{low.id}/"


def test_validity_ends_after_it_begins(app):
    with pytest.raises(RuleViolation, match="Ngày hết hiệu lực phải sau ngày bắt đầu"):
        actions.save_unit(
            None,
            code="A",
            name="A",
            parent_id=None,
            **{**NOTHING, "valid_from": date(2025, 7, 1), "valid_to": date(2025, 6, 30)},
        )


def test_names_of_units_sort_by_the_vietnamese_alphabet_and_tones():
    names = [
        "Yên Thủy",
        "Đà Bắc",
        "Lương Sơn",
        "Lạc Sơn",
        "Cao Phong",
        "Lạc Thủy",
        "Đa Bắc",
        "Ân Thi",
        "An Thi",
        "Ăn Thi",
    ]
    assert sorted(names, key=text_sort_key) == [
        "An Thi",
        "Ăn Thi",
        "Ân Thi",
        "Cao Phong",
        "Đa Bắc",
        "Đà Bắc",
        "Lạc Sơn",
        "Lạc Thủy",
        "Lương Sơn",
        "Yên Thủy",
    ]


def test_people_sort_by_their_given_name():
    names = [
        "Nguyễn Văn Ánh",
        "Trần Thị Bích",
        "Lê Văn An",
        "Đỗ Xuân Ấm",
        "Phạm Văn Duy",
        "Đinh Văn Đạt",
    ]
    assert sorted(names, key=name_sort_key) == [
        "Lê Văn An",
        "Nguyễn Văn Ánh",
        "Đỗ Xuân Ấm",
        "Trần Thị Bích",
        "Phạm Văn Duy",
        "Đinh Văn Đạt",
    ]


@pytest.mark.parametrize(
    "typed", ["hoa binh", "Hòa Bình", "Hoà Bình", "HOÀ  BÌNH", "Hoa\u0300 Bi\u0300nh"]
)
def test_however_it_is_typed_hoa_binh_is_found(typed):
    assert search_key(typed) == "hoa binh"


def test_the_list_of_units_finds_without_tones(app, sign_in, page):
    build.unit(name="Phòng Kinh tế và Hạ tầng huyện Đà Bắc")
    build.unit(name="Văn phòng Sở")
    names = page(sign_in(build.user(Role.ADMIN)).get("/units/?q=da bac")).all("tbody th")
    assert names == ["Phòng Kinh tế và Hạ tầng huyện Đà Bắc"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hoa", "Hòa Bình"),
        ("hoà", "Hòa Bình"),
        ("HÒA", "Hòa Bình"),
        ("hoá", "Hóa chất"),
        ("hoàn", "Hoàn Kiếm"),
        ("lãng", "Lãng phí"),
    ],
)
def test_names_with_the_very_accents_typed_come_first(app, typed, first):
    for name in (
        "Lang Chánh",
        "Lãng phí",
        "Hoa Lư",
        "Hóa chất",
        "Hoan hô",
        "Hoàn Kiếm",
        "Hòa Bình",
    ):
        actions.save_unit(None, code=name, name=name, parent_id=None, **NOTHING)
    assert db.session.scalars(queries.matching(text=typed)).first().name == first


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "why"),
    [
        (None, None, ""),
        (date(2021, 2, 26), date(2021, 2, 26), ""),
        (None, date(2021, 2, 25), "đã chấm dứt hoạt động sau ngày 25/02/2021"),
        (date(2021, 2, 27), None, "đến ngày 27/02/2021 mới thành lập"),
    ],
)
def test_why_a_unit_is_not_there_on_a_day(valid_from, valid_to, why):
    assert absence(date(2021, 2, 26), valid_from, valid_to) == why


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Phòng Quản lý công nghiệp", "Trưởng phòng"),
        ("Văn phòng Sở", "Chánh Văn phòng"),
        ("Thanh tra Sở", "Chánh Thanh tra"),
        ("Trung tâm Khuyến công", "Giám đốc Trung tâm"),
        ("Ban Dân tộc", "Trưởng ban"),
        ("Chi cục Quản lý thị trường", "Chi cục trưởng"),
        ("PHÒNG KINH TẾ", "Trưởng phòng"),
        ("Ủy ban nhân dân huyện", "Chủ tịch"),
        ("Sở Công Thương", "Giám đốc"),
        ("Banh Giấy", "Thủ trưởng đơn vị"),
        ("", "Thủ trưởng đơn vị"),
    ],
)
def test_who_heads_a_unit_is_called_as_its_name_suggests(name, title):
    assert usual_head_title(name) == title


def test_the_office_may_call_the_head_of_a_unit_otherwise(app, sign_in, page):
    unit = build.unit(name="Phòng Kinh tế")
    browser = sign_in(build.user(Role.ADMIN))
    assert "Trưởng phòng" in page(browser.get(f"/units/{unit.id}")).one("dl.facts")
    browser.post(
        f"/units/{unit.id}/edit",
        data={
            "name": "Phòng Kinh tế",
            "code": unit.code,
            "kind": "office",
            "parent_id": "",
            "head_title": " Phụ trách  phòng ",
        },
    )
    db.session.expire_all()
    assert (unit.head_title, unit.signs_as) == ("Phụ trách phòng", "Phụ trách phòng")
    assert "Phụ trách phòng" in page(browser.get(f"/units/{unit.id}")).one("dl.facts")
