"""The pages of inspections: who writes what about whom, and where it is read."""

import io
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.inspection import actions
from campaign.planning.rules import Phase
from tests import build
from tests.worlds import AT, Desk


def test_an_inspection_stands_beside_each_value_and_criterion_it_changes(app, sign_in, page):
    desk = Desk()
    values = {
        "held_on": AT.date(),
        "team": "Đoàn",
        "checked": "Sổ",
        "findings": "Đúng",
        "conclusion": "Giữ điểm",
    }
    actions.save(
        None,
        desk.report.participation,
        values,
        [desk.indicator.id],
        [desk.criterion.id],
        by=desk.by,
        at=AT,
    )
    shown = page(
        sign_in(desk.by).get(f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}")
    )
    assert shown.all("tbody th a.small") == ["có kiểm tra thực tế ngày 28/04/2021"] * 2


@pytest.mark.parametrize(
    ("phase", "is_own", "status"),
    [
        (Phase.VERIFYING, False, HTTPStatus.OK),
        (Phase.VERIFYING, True, HTTPStatus.CONFLICT),
        (Phase.PUBLISHED, False, HTTPStatus.CONFLICT),
    ],
)
def test_nobody_inspects_their_own_unit_or_after_publication(
    app, sign_in, page, phase, is_own, status
):
    desk = Desk()
    values = {
        "held_on": AT.date(),
        "team": "Đoàn",
        "checked": "Sổ",
        "findings": "Đúng",
        "conclusion": "Giữ điểm",
    }
    visit = actions.save(None, desk.report.participation, values, [], [], by=desk.by, at=AT)
    desk.campaign.phase, desk.campaign.published_at = (
        phase,
        AT if phase is Phase.PUBLISHED else None,
    )
    browser = sign_in(build.user(Role.INSPECTOR, unit_id=desk.office.id if is_own else None))
    address = f"/campaigns/{desk.campaign.id}/verification/inspections"
    assert browser.get(f"{address}/new/{desk.report.participation_id}").status_code == status
    browser.post(
        f"{address}/{visit.id}", data={**values, "held_on": "28/04/2021", "conclusion": "Bỏ điểm"}
    )
    shown = page(browser.get(f"{address}/{visit.id}"))
    assert (shown.value("conclusion"), bool(shown.all("main form button[type=submit]"))) == (
        ("Bỏ điểm", True) if status == HTTPStatus.OK else ("Giữ điểm", False)
    )


@pytest.mark.parametrize(
    ("phase", "is_own", "why"),
    [
        (Phase.VERIFYING, False, ""),
        (Phase.VERIFYING, True, "Đây là đơn vị của Ông/Bà; người khác kiểm tra và lập biên bản."),
        (
            Phase.PUBLISHED,
            False,
            "Phong trào đã công bố kết quả nên biên bản kiểm tra không lập, không sửa nữa.",
        ),
    ],
)
def test_the_list_offers_an_inspection_only_where_one_may_be_written_and_says_why_not(
    app, sign_in, page, phase, is_own, why
):
    desk = Desk()
    desk.campaign.phase, desk.campaign.published_at = (
        phase,
        AT if phase is Phase.PUBLISHED else None,
    )
    browser = sign_in(build.user(Role.INSPECTOR, unit_id=desk.office.id if is_own else None))
    address = f"/campaigns/{desk.campaign.id}/verification/inspections"
    answer = page(browser.get(address))
    assert (f"{address}/new/{desk.report.participation_id}" in answer.links()) is not bool(why)
    assert why in answer.all("section.card")[-1]


def test_a_refused_file_of_an_inspection_is_told_at_its_field_and_nothing_typed_is_lost(
    app, sign_in, page
):
    desk = Desk()
    sent = {
        "held_on": "28/04/2021",
        "team": "Đoàn",
        "checked": "Sổ",
        "findings": "Đúng",
        "conclusion": "Giữ điểm",
        "file": (io.BytesIO(b"MZ"), "chay.exe"),
    }
    address = (
        f"/campaigns/{desk.campaign.id}/verification/inspections/new/{desk.report.participation_id}"
    )
    answer = page(sign_in(build.user(Role.INSPECTOR)).post(address, data=sent))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.one("#file-error").startswith("“chay.exe” chưa gắn được.")
    assert answer.links(".error-summary a") == ["#file"]
    assert answer.value("conclusion") == "Giữ điểm"
