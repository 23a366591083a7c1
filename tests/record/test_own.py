"""What a person is told of themselves: their own rows, no secret, and nothing of others."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campaign.accounts.models import User
from campaign.api.keys.actions import give
from campaign.core.permissions import Role
from campaign.database import Base
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.record.own import queries
from tests import build

SECRET_ROWS = {
    "recovery_code": "mã khôi phục chỉ giữ dưới dạng băm",
    "second_factor": "khoá của yếu tố thứ hai; trang chỉ cho biết có hay không",
}
"""Bảng không kể từng dòng, and why."""
DOORS = ("password_hash", "token_hash", "secret", "code_hash")


def _columns_to_a_person(table):
    """Those of a table that name a person; of secret rows not whose they are."""
    return {
        column.name
        for column in table.columns
        if any(key.column.table.name == "user_account" for key in column.foreign_keys)
    } - ({"user_id"} if table.name in SECRET_ROWS else set())


def test_every_table_that_is_about_a_person_is_told_or_named():
    named = {
        table.name: names
        for table in Base.metadata.sorted_tables
        if (names := _columns_to_a_person(table))
    }
    about = {name for name, columns in named.items() if "user_id" in columns}
    assert (about - queries.ABOUT.keys(), named.keys() - queries.NAMES.keys()) == (set(), set())


def test_no_column_that_opens_a_door_is_told():
    told = {column for columns in queries.ABOUT.values() for column in columns}
    assert told.isdisjoint(DOORS)


@pytest.mark.both_databases
def test_a_person_reads_what_is_held_of_them_and_of_nobody_else(tell, sign_in, page):
    tell(Stage.PUBLISHED)
    member = db.session.scalars(select(User).filter_by(user_name="pho-giam-doc")).one()
    client = sign_in(member)
    shown = page(client.get("/account/own-data/")).tree.text_content()
    assert ("pho-giam-doc" in shown, "truong.qltm" in shown) == (True, False)
    assert ("Từ ngày" in shown, "01/01/2021" in shown, "2021-01-01" in shown) == (True, True, False)
    told = json.loads(client.get("/account/own-data/file").data)
    assert told["Về tôi"]["Người dùng"][0]["Tên đăng nhập"] == "pho-giam-doc"
    assert told["Về tôi"]["Thành viên Hội đồng"][0]["Từ ngày"] == "2021-01-01"
    assert told["Nhật ký mang tên tôi"]["Số dòng"] > 0
    assert client.get("/account/own-data/file").headers["Cache-Control"] == "no-store"


def test_whoever_has_not_signed_in_reads_nothing(app, client):
    assert client.get("/account/own-data/").status_code == 303


def test_who_holds_no_role_still_reads_their_own(app, sign_in, page):
    shown = page(sign_in(build.user()).get("/account/own-data/"))
    assert "Chưa ghi dòng nào." in shown.tree.text_content()


def test_what_was_written_is_counted_by_table_in_one_query(app, count_queries):
    user, other = build.user(Role.ADMIN), build.user(Role.ADMIN)
    for by in (user, user, other):
        now = datetime.now(UTC)
        give(
            name="Kho",
            scopes=(),
            expires_on=now.date() + timedelta(30),
            by=by,
            at=now,
            today=now.date(),
        )
    db.session.commit()
    number = user.id
    with count_queries() as seen:
        assert queries.written(number) == {"Khoá giao diện": 2}
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1
