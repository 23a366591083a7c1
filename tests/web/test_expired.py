"""A form sent after the session has ended."""

from http import HTTPStatus

from tests import build


def test_what_was_written_is_shown_without_the_names_the_program_gives_it(app, client, page):
    campaign = build.campaign()
    sent = {"user_id": "12", "function": "member", "term_from": "01/01/2021", "body": "Nội dung viết lâu\nhai dòng", "password": "bí mật"}
    answer = page(client.post(f"/campaigns/{campaign.id}/council/new", data=sent))
    assert (answer.status, answer.one("h1")) == (HTTPStatus.UNAUTHORIZED, "Phiên làm việc đã hết hạn")
    assert answer.all("main li") == ["01/01/2021", "Nội dung viết lâu hai dòng"]
    assert (answer.value("user_id"), answer.value("function")) == ("12", "member")
    assert "function" not in answer.one("main")
    assert "bí mật" not in answer.one("main")
