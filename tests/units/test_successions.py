"""What became of units: the law of the steps, and whose history a unit carries."""

from datetime import date
from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import IntegrityError

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.register.years.rules import Carried
from campaign.units.successions.models import UnitSuccession
from campaign.units.successions.rules import (
    Forebear,
    Standing,
    Step,
    SuccessionKind,
    forebears,
    last_day,
    refuse_other_days,
    refuse_step,
)
from tests import build

MERGED, SPLIT, RENAMED, ENDED = SuccessionKind
JULY = date(2025, 7, 1)
EVE = date(2025, 6, 30)
STEPS = [
    Step(1, 2, RENAMED, date(2019, 3, 1)),
    Step(2, 4, MERGED, JULY),
    Step(3, 4, MERGED, JULY),
    Step(5, 3, SPLIT, date(2020, 1, 1)),
    Step(5, 2, SPLIT, date(2022, 1, 1)),
    Step(6, None, ENDED, JULY),
]


def test_a_unit_carries_its_forebears_each_until_the_first_day_on_the_way():
    assert forebears(STEPS, 4) == (
        Forebear(2, JULY, MERGED),
        Forebear(3, JULY, MERGED),
        Forebear(1, date(2019, 3, 1), RENAMED),
        Forebear(5, date(2022, 1, 1), SPLIT),
    )
    assert forebears(STEPS, 2) == (
        Forebear(1, date(2019, 3, 1), RENAMED),
        Forebear(5, date(2022, 1, 1), SPLIT),
    )
    assert forebears(STEPS, 6) == ()


def test_a_forebear_by_two_ways_that_end_on_one_day_is_told_by_the_first():
    split_day = date(2020, 1, 1)
    steps = [*STEPS[1:3], Step(1, 2, RENAMED, split_day), Step(1, 3, SPLIT, split_day)]
    assert forebears(steps, 4)[2:] == (Forebear(1, split_day, RENAMED),)


def test_a_forebear_gives_the_years_before_its_day_with_a_mark():
    carried = Carried(
        4, forebears(STEPS, 4), {number: (f"Phòng {number}", f"P{number}") for number in range(7)}
    )
    assert carried.unit_ids == (4, 2, 3, 1, 5)
    assert [carried.holds(2, day) for day in (EVE, JULY)] == [True, False]
    assert carried.holds(4, JULY)
    assert [carried.mark(number) for number in (4, 3, 1, 5)] == [
        "",
        "trước khi sáp nhập: Phòng 3",
        "trước khi đổi tên: Phòng 1",
        "trước khi chia, tách: Phòng 5",
    ]
    assert ENDED.before == "trước khi chấm dứt hoạt động"


OLD, NEW = Standing("Phòng Cũ", None, None), Standing("Phòng Mới", None, None)
UNTIL_EVE = Standing("Phòng Cũ", None, EVE)


@pytest.mark.parametrize(
    ("step", "others", "old", "new", "sentence", "field"),
    [
        (Step(1, 2, MERGED, JULY), [], OLD, NEW, None, None),
        (Step(1, 2, MERGED, JULY), [], UNTIL_EVE, NEW, None, None),
        (Step(1, 2, MERGED, JULY), [], Standing("Phòng Cũ", EVE, None), NEW, None, None),
        (Step(1, 2, SPLIT, date(2021, 1, 1)), [], UNTIL_EVE, NEW, None, None),
        (Step(1, None, ENDED, JULY), [Step(1, 2, SPLIT, JULY)], OLD, None, None, None),
        (
            Step(1, 2, ENDED, JULY),
            [],
            OLD,
            NEW,
            "Đơn vị chấm dứt hoạt động thì không có đơn vị mới; hãy bỏ trống.",
            "successor_id",
        ),
        *(
            (
                Step(1, chosen, MERGED, JULY),
                [],
                OLD,
                new,
                "Hãy chọn đơn vị mới.",
                "successor_id",
            )
            for chosen, new in ((None, None), (2, None), (None, NEW))
        ),
        (
            Step(1, 2, MERGED, JULY),
            [],
            OLD,
            Standing("Phòng Mới", None, EVE),
            "Ngày này chưa có hoặc không còn Phòng Mới: đã chấm dứt hoạt động sau ngày 30/06/2025.",
            "effective_on",
        ),
        (
            Step(1, 1, MERGED, JULY),
            [],
            OLD,
            OLD,
            "Đơn vị mới phải là một đơn vị khác.",
            "successor_id",
        ),
        (
            Step(4, 1, MERGED, date(2026, 1, 1)),
            STEPS,
            OLD,
            NEW,
            "Phòng Mới là đơn vị cũ của Phòng Cũ, không thể nối tiếp đơn vị ấy.",
            "successor_id",
        ),
        (
            Step(5, 3, SPLIT, JULY),
            STEPS,
            OLD,
            NEW,
            "Đã ghi Phòng Mới nối tiếp Phòng Cũ.",
            "successor_id",
        ),
        (
            Step(1, 2, MERGED, JULY),
            [],
            OLD,
            Standing("Phòng Mới", date(2025, 8, 1), None),
            "Ngày này chưa có hoặc không còn Phòng Mới: đến ngày 01/08/2025 mới thành lập.",
            "effective_on",
        ),
        (
            Step(6, 1, MERGED, JULY),
            STEPS,
            OLD,
            NEW,
            "Đã ghi Phòng Cũ “chấm dứt hoạt động” từ ngày 01/07/2025.",
            "kind",
        ),
        (
            Step(2, 7, SPLIT, date(2026, 1, 1)),
            STEPS,
            OLD,
            NEW,
            "Phòng Cũ thôi hoạt động từ ngày 01/07/2025, nên chỉ chia, tách được trước ngày ấy.",
            "effective_on",
        ),
        (
            Step(5, None, ENDED, date(2021, 1, 1)),
            STEPS,
            OLD,
            None,
            "Phòng Cũ thôi hoạt động từ ngày 01/01/2021, nên chỉ chia, tách được trước ngày ấy.",
            "effective_on",
        ),
        (
            Step(1, 2, MERGED, JULY),
            [],
            Standing("Phòng Cũ", JULY, None),
            NEW,
            "Phòng Cũ đến ngày 01/07/2025 mới thành lập.",
            "effective_on",
        ),
        *(
            (
                Step(1, 2, kind, day),
                [],
                UNTIL_EVE,
                NEW,
                "Phòng Cũ hoạt động đến hết ngày 30/06/2025, nên ngày nối tiếp là 01/07/2025.",
                "effective_on",
            )
            for kind, day in (
                (MERGED, date(2025, 7, 2)),
                (RENAMED, date(2025, 6, 1)),
                (SPLIT, date(2025, 8, 1)),
            )
        ),
    ],
)
def test_a_step_that_cannot_be_is_refused(step, others, old, new, sentence, field):
    if sentence is None:
        refuse_step(step, others, old, new)
        return
    with pytest.raises(RuleViolation) as refused:
        refuse_step(step, others, old, new)
    assert (str(refused.value), refused.value.field) == (sentence, field)


def test_the_days_of_a_unit_keep_to_its_steps():
    assert [last_day(STEPS, number) for number in (2, 5, 6)] == [EVE, None, EVE]
    refuse_other_days(STEPS, 2, None, EVE)
    refuse_other_days(STEPS, 4, JULY, None)
    with pytest.raises(RuleViolation) as ended:
        refuse_other_days(STEPS, 2, None, None)
    assert (str(ended.value), ended.value.field) == (
        "Đã ghi đơn vị thôi hoạt động sau ngày 30/06/2025; hãy sửa ở mục “Đơn vị cũ và đơn vị "
        "mới”.",
        "valid_to",
    )
    with pytest.raises(RuleViolation) as begun:
        refuse_other_days(STEPS, 4, date(2025, 8, 1), None)
    assert (str(begun.value), begun.value.field) == (
        "Đơn vị đã nối tiếp đơn vị khác từ ngày 01/07/2025, nên phải có từ ngày ấy.",
        "valid_from",
    )


LAW = "Nghị quyết số 202/2025/QH15 ngày 12/06/2025"


@pytest.fixture
def merger(app):
    """Two provinces' departments of 2025: Hòa Bình's goes into Phú Thọ's."""
    old = build.unit(name="Sở Công Thương tỉnh Hòa Bình")
    return old, build.unit(name="Sở Công Thương tỉnh Phú Thọ")


def _sent(new, day="01/07/2025", kind="merged", basis=LAW):
    return {"kind": kind, "successor_id": str(new), "effective_on": day, "basis": basis}


def test_the_office_writes_a_merger_corrects_it_and_takes_it_back(merger, sign_in, page):
    old, new = merger
    browser = sign_in(build.user(Role.ADMIN))
    at = f"/units/{old.id}/successions"
    shown = page(browser.get(f"/units/{old.id}"))
    assert f"{at}/new" in shown.tree.xpath("//main//a/@href")
    assert browser.get(f"{at}/new").status_code == HTTPStatus.OK
    assert browser.post(f"{at}/new", data=_sent(new.id)).status_code == HTTPStatus.SEE_OTHER
    row = db.session.query(UnitSuccession).one()
    assert (old.valid_to, new.valid_from) == (EVE, None)
    for unit, told in (
        (old, f"Từ ngày 01/07/2025, sáp nhập, hợp nhất vào {new.name} ({LAW}) Sửa"),
        (new, f"Từ ngày 01/07/2025, {old.name} sáp nhập, hợp nhất vào đơn vị này ({LAW})"),
    ):
        (item,) = page(browser.get(f"/units/{unit.id}")).tree.cssselect(".successions li")
        assert " ".join(item.text_content().split()) == told
    circle = page(
        browser.post(f"/units/{new.id}/successions/new", data=_sent(old.id, "02/07/2025"))
    )
    with browser.get("/units/excel?state=all") as answer:
        sheet = load_workbook(BytesIO(answer.data))["Nối tiếp"]
    told = [row for row in sheet.iter_rows(values_only=True) if old.name in row]
    assert [(row[1], row[2], row[3].date(), row[5], row[6]) for row in told] == [
        (old.name, "Sáp nhập, hợp nhất", JULY, new.name, LAW)
    ]
    assert "là đơn vị cũ của" in circle.one("#successor_id-error")
    empty = browser.post(f"{at}/new", data=_sent("", basis=""))
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page(empty).one("#basis-error") == "Hãy ghi số, ngày của văn bản."
    kept = page(browser.get(f"/units/{old.id}/edit")).tree.forms[-1]
    refused = browser.post(f"/units/{old.id}/edit", data={**dict(kept.fields), "valid_to": ""})
    assert "thôi hoạt động sau ngày 30/06/2025" in page(refused).one("#valid_to-error")
    browser.post(f"{at}/{row.id}", data=_sent(new.id, "01/03/2025"))
    db.session.expire_all()
    assert (row.effective_on, old.valid_to) == (date(2025, 3, 1), date(2025, 2, 28))
    assert browser.get(f"/units/{new.id}/successions/{row.id}").status_code == HTTPStatus.NOT_FOUND
    assert browser.post(f"{at}/{row.id}/remove").status_code == HTTPStatus.SEE_OTHER
    assert db.session.query(UnitSuccession).count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"successor_id": None},
        {"kind": ENDED},
        {"basis": ""},
        {"successor_id": "itself"},
    ],
)
def test_the_database_keeps_the_law(merger, wrong):
    old, new = merger
    values = {"kind": MERGED, "successor_id": new.id, "basis": LAW, **wrong}
    if values["successor_id"] == "itself":
        values["successor_id"] = old.id
    db.session.add(UnitSuccession(predecessor_id=old.id, effective_on=JULY, **values))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_unit_ends_once(merger):
    old, new = merger
    for kind, to in ((SPLIT, build.unit().id), (MERGED, new.id)):
        db.session.add(
            UnitSuccession(
                predecessor_id=old.id, successor_id=to, kind=kind, effective_on=JULY, basis=LAW
            )
        )
    db.session.flush()
    db.session.add(UnitSuccession(predecessor_id=old.id, kind=ENDED, effective_on=JULY, basis=LAW))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
