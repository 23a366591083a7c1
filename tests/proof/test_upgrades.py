"""What migrations change by plain SQL is in the record; an older database gets a baseline."""

import json

import pytest
from sqlalchemy import text

from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.proof import actions, checking, upgrades
from campaign.proof.rules import Fault
from campaign.units.kinds import install_kinds
from campaign.units.models import Unit
from campaign.units.rules import UsualKind
from tests import build

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("as_migrated")]


def _faults():
    db.session.remove()
    return [fault.text for fault in checking.check().faults]


def _acts():
    acts = db.session.execute(text("SELECT act, changes FROM audit_entry ORDER BY number")).all()
    db.session.remove()
    return acts


def test_an_upgrade_is_told_and_excuses_nothing_that_it_did_not_change():
    first, second, third = (build.unit(code=f"C{place}").id for place in range(3))
    db.session.commit()
    with db.engine.begin() as connection:
        stood = upgrades.raw_rows(connection)
        connection.execute(text("UPDATE unit SET code = 'M1' WHERE id = :id"), {"id": first})
        connection.execute(text("DELETE FROM unit WHERE id = :id"), {"id": third})
        assert upgrades.explain(connection, stood) == 2
    assert _faults() == []
    act, changes = _acts()[-1]
    assert (act, json.loads(changes)) == (
        "record.upgrade",
        [
            {"table": "unit", "key": str(third), "before": {}, "after": None},
            {"table": "unit", "key": str(first), "before": {}, "after": {"code": "M1"}},
        ],
    )
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE unit SET code = 'XX' WHERE id = :id"), {"id": second})
    with db.engine.begin() as connection:
        stood = upgrades.raw_rows(connection)
        connection.execute(text("UPDATE unit SET code = 'M2' WHERE id = :id"), {"id": first})
        upgrades.explain(connection, stood)
    assert _faults() == [f"Bảng unit, dòng {second}, cột code: khác với nhật ký (dòng ghi cuối: 1)"]


def test_an_upgrade_that_changes_nothing_adds_nothing_to_the_record():
    build.unit()
    db.session.commit()
    with db.engine.begin() as connection:
        assert upgrades.explain(connection, upgrades.raw_rows(connection)) == 0
    assert [act for act, _ in _acts()] == ["change"]


def test_a_checkpoint_is_refused_while_something_differs_unless_it_is_accepted_and_counted():
    unit = build.unit().id
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE unit SET code = 'XX' WHERE id = :id"), {"id": unit})
    with pytest.raises(RuleViolation, match="Có 1 điều không khớp, trước hết là: Bảng unit"):
        actions.checkpoint(accept=False, tell=lambda _words: None)
    assert actions.checkpoint(accept=True, tell=lambda _words: None) == 1 + len(UsualKind)
    mark = json.loads(_acts()[-1][1])[0]
    assert (mark["key"], mark["after"]["faults"], mark["after"]["first"]) == (
        "baseline",
        1,
        f"Bảng unit, dòng {unit}, cột code: khác với nhật ký (dòng ghi cuối: 1)",
    )
    assert _faults() == []


def test_a_baseline_of_many_rows_is_several_entries_and_begins_at_the_first():
    install_kinds()
    db.session.add_all(
        [
            Unit(
                name=f"Đơn vị {place}",
                short_name="",
                code=f"U{place}",
                sort_key="",
                search_key="",
                kind=UsualKind.OFFICE.value,
            )
            for place in range(600)
        ]
    )
    db.session.commit()
    with db.engine.begin() as connection:
        first = Fault("")
        assert upgrades.baseline(connection, first=first) == 608
    assert [act for act, _ in _acts()] == ["change", "record.baseline", "record.baseline"]
    finding = checking.check()
    assert (finding.faults, finding.since, finding.row_count) == ([], 2, 608)
