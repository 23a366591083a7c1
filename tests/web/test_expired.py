"""A form sent after the session has ended."""

from http import HTTPStatus
from io import BytesIO

import pytest

from campaign.conduct.rules import Step
from campaign.web.acts import ACTS, FIELDS
from tests import build


def _rows(answer):
    return list(zip(answer.all("main dt"), answer.all("main dd"), strict=True))


def test_the_act_and_every_field_that_would_be_sent_are_named_in_words(app, client, page):
    campaign = build.campaign()
    sent = {
        "user_id": "12",
        "function": "member",
        "term_from": "01/01/2021",
        "term_to": "",
        "opened": "77",
        "base-body": "Cũ",
        "body": "Nội dung viết lâu\nhai dòng",
        "password": "bí mật",
    }
    answer = page(client.post(f"/campaigns/{campaign.id}/council/new", data=sent))
    assert (answer.status, answer.one("h1")) == (
        HTTPStatus.UNAUTHORIZED,
        "Phiên làm việc đã hết hạn",
    )
    assert answer.one("main b") == f"Thêm thành viên Hội đồng (phong trào số {campaign.id})"
    assert _rows(answer) == [
        ("Người", "12"),
        ("Chức danh", "Uỷ viên"),
        ("Từ ngày", "01/01/2021"),
        ("Đến hết ngày", "(để trống)"),
        ("Dấu của bản đang sửa", "77"),
        ("Mục khác trước khi sửa", "Cũ"),
        ("Mục khác", "Nội dung viết lâu hai dòng"),
    ]
    assert (answer.value("user_id"), answer.value("function")) == ("12", "member")
    assert "Mật khẩu không được giữ" in answer.one("main")
    assert "bí mật" not in answer.one("main")


def test_a_hidden_form_cannot_be_sent_again_unseen(app, client, page):
    answer = page(client.post("/campaigns/1/scoring/2/lock"))
    assert answer.one("main b") == "Khoá phiếu chấm (phong trào số 1, khối số 2)"
    assert "không có ô nào" in answer.one("main")
    answer = page(
        client.post(
            "/campaigns/1/meetings/3/ballots/4/hands",
            data={"line-5": "yes", "blank": "1", "csrf_token": "x"},
        )
    )
    assert _rows(answer) == [("Dòng, dòng 5", "yes"), ("Phiếu trắng", "1")]


def test_a_paper_of_a_ballot_is_neither_shown_nor_sent_again(app, client, page):
    answer = page(
        client.post("/campaigns/1/meetings/3/ballots/4/cast", data={"line-5": "yes", "blank": "1"})
    )
    assert (answer.status, answer.all("main form, main input"), _rows(answer)) == (
        HTTPStatus.UNAUTHORIZED,
        [],
        [],
    )


@pytest.mark.parametrize(("step", "words"), [(step.value, step.label.lower()) for step in Step])
def test_a_step_of_a_campaign_is_named_as_its_page_names_it(app, client, page, step, words):
    answer = page(client.post(f"/campaigns/1/conduct/{step}", data={"expected": "draft"}))
    assert answer.one("main b") == f"Chuyển bước của phong trào (phong trào số 1, bước {words})"


def test_files_are_said_not_to_be_kept(app, client, page):
    answer = page(
        client.post(
            "/campaigns/1/reports/2/evidence",
            data={"criterion_id": "3", "file": (BytesIO(b"%PDF-1.4"), "a.pdf")},
            content_type="multipart/form-data",
        )
    )
    assert _rows(answer) == [("Tiêu chí", "3")]
    assert "Tệp không được giữ" in answer.one("main")


def test_every_address_that_writes_is_named_in_words(app):
    writes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert writes - ACTS.keys() == set()
    assert ACTS.keys() - writes == set()
    assert "" not in {*ACTS.values(), *FIELDS.values()}
