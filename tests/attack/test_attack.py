"""The small attack: one stage, a few people, every route; `make attack` is the whole of it."""

from collections.abc import Callable

import pytest

from campaign.database import Base
from campaign.demo.stages import Stage
from tests.attack.canaries import LEFT_ALONE, MEANS_SOMETHING, Aviary, Canary, tables, text_columns
from tests.attack.secrecy import COLUMNS, SECRECY, Persona, may_read
from tests.attack.siege import besiege
from tests.attack.walk import Order
from tests.conftest import Database

PEOPLE = ("nobody", "canbo.db", "truong.qltm")


def test_every_table_has_a_line_in_the_table_of_secrecy():
    assert sorted(SECRECY) == sorted(Base.metadata.tables)
    columns = {f"{table.name}.{column.name}" for table in tables() for column in table.columns}
    assert set(COLUMNS) - columns == set()


def test_what_is_left_alone_is_the_name_of_a_column():
    names = {column.name for table in tables() for column in table.columns}
    assert (LEFT_ALONE | MEANS_SOMETHING) - names == set()
    assert text_columns(Base.metadata.tables["narrative"]) == ["text"]


def test_a_table_without_a_line_is_read_by_nobody():
    everybody = Persona("ai", 1, frozenset({"admin", "secretariat", "director"}), is_member=True)
    assert not may_read(everybody, Canary("something_new", "text", "1"), Stage.PUBLISHED)


@pytest.mark.parametrize("told", ["qz000000zq", "QZ000000ZQ", "q\nz000000z q", "qz000000\u00adzq"])
def test_a_canary_is_heard_in_capitals_and_across_lines(told):
    aviary, canary = Aviary(), Canary("narrative", "text", "1")
    assert aviary.token(canary) == "qz000000zq"
    assert list(aviary.seen_in(f"trước {told} sau")) == [canary]


def test_everybody_asks_for_every_page_and_reads_nothing_of_others(
    backend: str, databases: Callable[[str], Database]
):
    findings = besiege(
        databases(backend),
        Stage.MEETING,
        Order(rows=1, posts=0, with_parameters=False, people=PEOPLE),
    )
    assert (findings.faults, findings.leaks, findings.written) == ({}, {}, [])
    assert len(findings.routes) > 150
    own = {"narrative.text", "self_score.explanation", "nominee.achievements", "unit.name"}
    assert own - findings.seen == set(), "the attacker is blind"
