"""What is past its term is told by a command, and taken away by it, with a line in the record."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from campaign.accounts.models import OneTimeLink, User
from campaign.api.models import ApiKey
from campaign.audit.models import AuditEntry
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.nomination.models import Nominee
from campaign.nomination.rules import NomineeState
from campaign.notices.models import Mail
from campaign.notices.rules import MailState
from campaign.planning.rules import Phase
from campaign.readings.models import DossierReading
from campaign.readings.rules import Dossier
from campaign.retention.models import RetentionRun
from campaign.retention.rules import Kind
from tests import build, worlds

LONG_AGO = datetime.now(UTC) - timedelta(days=3000)
LATELY = datetime.now(UTC) - timedelta(days=1)
LABELS = {
    Kind.READINGS: "Lượt đọc hồ sơ của cá nhân (24 tháng)",
    Kind.MAIL: "Địa chỉ và nội dung của thư đã gửi (12 tháng)",
    Kind.LINKS: "Liên kết dùng một lần đã hết hạn (1 tháng)",
    Kind.KEYS: "Khoá giao diện dữ liệu đã thu hồi hoặc hết hạn (24 tháng)",
    Kind.ACCOUNTS: "Thư điện tử và chức vụ của tài khoản đã khoá (24 tháng)",
    Kind.NOMINEES: "Nội dung đề nghị không được đề xuất, sau khi công bố kết quả (60 tháng)",
}


def _told(app, *options):
    return app.test_cli_runner().invoke(args=["retention", *options]).output.splitlines()


def _mail(user, at, state=MailState.SENT):
    return Mail(
        user_id=user.id,
        address="a@vd.vn",
        subject="Nhắc việc",
        body="Nội dung",
        message_id=f"<{at.timestamp()}{state}@x>",
        at=at,
        state=state,
        next_at=at,
        sent_at=at if state is MailState.SENT else None,
    )


def _key(by, day):
    return ApiKey(
        name="Kho",
        secret_hash="0" * 64,
        scopes=[],
        expires_on=day,
        created_at=LONG_AGO,
        created_by_id=by.id,
    )


@pytest.fixture
def world(app):
    """Of each kind one row that is past its term and one that is not."""
    del app
    field = worlds.awards()
    entry, admin = field.entries[0], build.user(Role.ADMIN)
    for at in (LONG_AGO, LATELY):
        db.session.add(
            DossierReading(
                at=at,
                reader_id=admin.id,
                campaign_id=field.campaign.id,
                unit_id=entry.unit_id,
                what=Dossier.NOMINATION,
                person_name="Lê An",
                name_key="lê an",
            )
        )
        db.session.add(_mail(admin, at))
        link = OneTimeLink(user_id=admin.id, token_hash=f"{at.timestamp()}", expires_at=at)
        db.session.add_all([link, _key(admin, at.date())])
    db.session.add(_mail(admin, LONG_AGO, MailState.FAILED))
    more = {"job": "Kỹ sư", "birth_year": 1980}
    for state in (NomineeState.LEFT_OUT, NomineeState.PROPOSED):
        build.nominee(field.campaign, of=entry, kind=field.person, state=state, **more)
    field.campaign.phase, field.campaign.published_at = Phase.PUBLISHED, LONG_AGO
    build.user(name="Đã khoá từ lâu", email="cu@vd.vn", is_active=False)
    db.session.commit()
    return field


def _lock_in_the_record(user, at):
    """An entry of the record as the lock of an account leaves it, but long ago."""
    last = db.session.scalar(select(func.max(AuditEntry.number))) or 0
    change = {
        "table": "user_account",
        "key": str(user.id),
        "before": {"is_active": True},
        "after": {"is_active": False},
    }
    db.session.add(
        AuditEntry(
            number=last + 1,
            at=at,
            actor="x",
            act="account.edit",
            changes=json.dumps([change]),
            previous_hash="",
            hash=f"{user.id}",
        )
    )
    db.session.commit()


@pytest.mark.both_databases
def test_the_command_tells_what_is_due_and_takes_it_away_when_told_to(world, app):
    closed = db.session.scalars(select(User).filter_by(email="cu@vd.vn")).one()
    assert _told(app)[4] == f"{LABELS[Kind.ACCOUNTS]}: 0 dòng"  # nobody knows since when
    _lock_in_the_record(closed, LONG_AGO)
    assert _told(app) == [*(f"{words}: 1 dòng" for words in LABELS.values()), "Chưa dọn gì."]
    assert _told(app, "--yes")[-1] == "Đã dọn 6 dòng."
    assert _told(app)[-1] == "Không có gì đến hạn."

    db.session.expire_all()
    counted = {
        model: db.session.scalar(select(func.count()).select_from(model))
        for model in (DossierReading, OneTimeLink, ApiKey, Mail)
    }
    assert counted == {DossierReading: 1, OneTimeLink: 1, ApiKey: 1, Mail: 3}
    assert sorted(db.session.scalars(select(Mail.body))) == ["", "Nội dung", "Nội dung"]
    assert (closed.email, closed.full_name) == ("", "Đã khoá từ lâu")
    left_out, proposed = db.session.scalars(select(Nominee).order_by(Nominee.id))
    assert (left_out.achievements, left_out.job, left_out.birth_year) == ("", "", None)
    assert (proposed.achievements, proposed.birth_year) == ("Hoàn thành tốt nhiệm vụ", 1980)
    assert [row.kind for row in db.session.scalars(select(RetentionRun))] == list(Kind)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.act, entry.actor) == ("retention.apply", "Hệ thống")
    assert '"row_count":1' in entry.changes.replace(" ", "")


def test_the_administrator_sets_a_term_and_says_whether_it_was_checked(app, sign_in, page):
    browser = sign_in(build.user(Role.ADMIN))
    shown = page(browser.get("/operation/retention/"))
    assert len(shown.all("tbody tr")) == 6
    assert shown.all("td .chip") == ["chưa đối chiếu"] * 6
    sent = {"months": "", "basis": "Quyết định 12/QĐ-SCT", "is_checked": "y"}
    refused = page(browser.post("/operation/retention/mail", data={**sent, "months": "0"}))
    assert refused.status == 422
    refused = page(browser.post("/operation/retention/mail", data={**sent, "basis": " "}))
    assert "Hãy ghi căn cứ của thời hạn này." in refused.tree.text_content()
    assert browser.post("/operation/retention/mail", data=sent).status_code == 303
    rows = page(browser.get("/operation/retention/")).all("tbody tr")
    assert "không tự xoá" in rows[1]
    assert "Quyết định 12/QĐ-SCT" in rows[1]
    assert "chưa đối chiếu" not in rows[1]
    own = page(sign_in(build.user()).get("/account/own-data/")).tree.text_content()
    assert "Quyết định 12/QĐ-SCT" in own
    assert browser.get("/operation/retention/blocks").status_code == 404


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DIRECTOR])
def test_nobody_else_sets_a_term(app, sign_in, role):
    assert sign_in(build.user(role)).get("/operation/retention/mail").status_code == 403
