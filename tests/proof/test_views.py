"""The page of the runs: what it tells, who may start one, and that it runs beside the others."""

import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.proof import actions, queries
from campaign.proof.models import ProofRun
from tests import build

PAGE = "/audit/proof/"


@pytest.fixture
def admin(app, sign_in):
    return sign_in(build.user(Role.ADMIN, name="Nguyễn Thị Quản"))


def _verify():
    return actions.verify(by_name="lệnh", tell=lambda _words: None)


def test_the_page_says_when_the_record_was_last_compared_and_what_was_found(admin, page):
    assert page(admin.get(PAGE)).one(".empty h2, .empty h3, .empty strong, .empty b") == (
        "Chưa đối chiếu lần nào"
    )
    _verify()
    row = page(admin.get(PAGE)).all("tbody tr td")
    assert row[1:] == ["lệnh", "nhật ký dòng 1 đến 1; 2 dòng dữ liệu; 0 tệp", "Nguyên vẹn"]
    db.session.execute(text("UPDATE user_account SET position = 'khác'"))
    db.session.commit()
    _verify()
    row = page(admin.get(PAGE)).all("tbody tr:first-child td")
    number = db.session.scalar(text("SELECT id FROM user_account"))
    assert row[3] == (
        "Có 1 điều không khớp: "
        f"Bảng user_account, dòng {number}, cột position: khác với nhật ký "
        "(dòng ghi cuối: 1)"
    )


def test_a_run_under_way_says_how_far_it_has_come(admin, page):
    db.session.add(
        ProofRun(
            started_at=datetime.now(UTC),
            by_name="lệnh",
            faults=[],
            progress="đọc nhật ký: 2.000/44.462 dòng",
        )
    )
    db.session.commit()
    row = page(admin.get(PAGE)).all("tbody tr td")
    assert row[0] == "chưa xong: đọc nhật ký: 2.000/44.462 dòng"


@pytest.mark.parametrize(
    ("role", "reads", "starts"),
    [(Role.SECRETARIAT, 200, 403), (Role.COUNCIL_MEMBER, 403, 403), (Role.DIRECTOR, None, 403)],
)
def test_only_the_administrator_starts_a_run(app, sign_in, role, reads, starts):
    browser = sign_in(build.user(role))
    if reads is not None:
        assert browser.get(PAGE).status_code == reads
    assert browser.post(f"{PAGE}start").status_code == starts
    assert queries.runs() == []


def test_the_button_starts_a_process_of_its_own_that_keeps_what_it_found(
    admin, app, monkeypatch, tmp_path
):
    for name, value in (
        ("SECRET_KEY", "only-for-tests"),
        ("EVIDENCE_URL", app.config["EVIDENCE_URL"]),
        ("DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"]),
        ("BALLOT_KEYS", app.config["BALLOT_KEYS"]),
        ("PUBLIC_URL", "http://127.0.0.1"),
        ("NGONCO_INSTANCE", str(tmp_path)),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NGONCO_MODE", raising=False)
    answer = admin.post(f"{PAGE}start")
    assert (answer.status_code, answer.location) == (303, PAGE)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        runs = queries.runs()
        is_done = bool(runs) and runs[0].finished_at is not None
        db.session.rollback()
        if is_done:
            break
        time.sleep(0.2)
    (run,) = queries.runs()
    assert (run.by_name, run.fault_count, run.head_number) == ("Nguyễn Thị Quản", 0, 1)


def test_a_second_run_is_not_started_while_one_is_under_way(admin, page):
    db.session.add(ProofRun(started_at=datetime.now(UTC), by_name="lệnh", faults=[]))
    db.session.commit()
    admin.post(f"{PAGE}start")
    assert "Đang có một lần đối chiếu chạy" in admin.get(PAGE).get_data(as_text=True)
    assert len(queries.runs()) == 1


def test_a_run_that_died_does_not_stand_in_the_way_for_ever(app):
    db.session.add(
        ProofRun(started_at=datetime(2021, 4, 28, tzinfo=UTC), by_name="lệnh", faults=[])
    )
    db.session.commit()
    assert queries.running() is None
