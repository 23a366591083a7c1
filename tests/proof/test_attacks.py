"""Whoever writes past the program, by plain SQL or in the store, is named: on both databases."""

import hashlib
import io
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text, update

from campaign.audit import queries as audit
from campaign.audit import recorder
from campaign.audit.rules import START, Entry, chained_hash
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.files import storage
from campaign.office.models import FiledPaper
from campaign.office.rules import PaperKind
from campaign.proof import actions, checking
from campaign.proof.rules import Head
from campaign.ranking.models import FrozenRanking
from campaign.units.models import Unit
from tests import build, chain
from tests.worlds import AT, PDF, World

pytestmark = pytest.mark.both_databases


def _faults(*heads):
    db.session.remove()
    return [fault.text for fault in checking.check(heads).faults]


def _by_hand(*statements, **values):
    """Plain SQL, past the record, as an intruder on the machine would type it."""
    db.session.remove()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)


def _drop_guard(table):
    """The triggers that keep the record are no hindrance to whoever owns the database."""
    if db.engine.dialect.name == "sqlite":
        _by_hand(f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete")
    else:
        _by_hand(f"DROP TRIGGER {table}_append_only ON {table}")


def _unguarded():
    _drop_guard("audit_entry")


@pytest.fixture
def unit(held):
    """The first of two units, beside a campaign; nothing is wrong with them."""

    def built():
        made = build.unit(name="Phòng Kinh tế", code="KT")
        db.session.commit()
        number = made.id
        build.unit(name="Phòng Tài chính", code="TC")
        db.session.commit()
        build.campaign()
        db.session.commit()
        assert _faults() == []
        return number

    return held("two-units", built)


def test_a_changed_value_is_named_by_row_and_column(unit):
    _by_hand("UPDATE unit SET code = 'XX' WHERE id = :id", id=unit)
    assert _faults() == [f"Bảng unit, dòng {unit}, cột code: khác với nhật ký (dòng ghi cuối: 1)"]


def test_a_row_put_in_is_named(unit):
    _by_hand(
        "INSERT INTO failed_sign_in (user_name, address, device, at)"
        " VALUES ('x', 'y', 'z', '2021-04-28 00:00:00')"
    )
    assert _faults() == []
    _by_hand("INSERT INTO base_salary (from_on, amount, source) VALUES ('2021-01-01', 1, 'y')")
    assert _faults() == [
        "Bảng base_salary, dòng 2021-01-01: có trong dữ liệu mà nhật ký không ghi "
        "(thêm ngoài chương trình)"
    ]


def test_a_removed_row_is_named(unit):
    _by_hand("DELETE FROM unit WHERE id = :id", id=unit)
    assert _faults() == [
        f"Bảng unit, dòng {unit}: nhật ký còn ghi (dòng 1) mà dữ liệu không còn "
        "(xoá ngoài chương trình)"
    ]


def test_a_password_that_was_exchanged_is_named(app):
    person = build.user()
    person.password_hash = "scrypt:một"  # noqa: S105 - of a test
    db.session.commit()
    number = person.id
    assert _faults() == []
    assert "scrypt" not in db.session.execute(text("SELECT changes FROM audit_entry")).scalar_one()
    _by_hand("UPDATE user_account SET password_hash = 'scrypt:hai'")
    assert _faults() == [
        f"Bảng user_account, dòng {number}, cột password_hash: khác với nhật ký (dòng ghi cuối: 1)"
    ]


def test_a_changed_entry_is_named(unit):
    _unguarded()
    _by_hand("UPDATE audit_entry SET actor = 'kẻ khác' WHERE number = 2")
    assert _faults()[0] == "Nhật ký sai từ dòng 2: nội dung đã bị thay đổi"


def test_an_entry_whose_content_cannot_be_read_is_named(unit):
    _unguarded()
    _by_hand("UPDATE audit_entry SET changes = '[' WHERE number = 3")
    assert _faults()[:2] == [
        "Nhật ký sai từ dòng 3: nội dung đã bị thay đổi",
        "Dòng nhật ký 3: không đọc được nội dung",
    ]


def test_a_removed_entry_is_named(unit):
    _unguarded()
    _by_hand("DELETE FROM audit_entry WHERE number = 2")
    assert _faults()[0] == "Nhật ký sai từ dòng 2: thiếu dòng số 2"


def test_an_entry_marked_as_settling_nothing_is_named(unit):
    _unguarded()
    _by_hand("UPDATE audit_entry SET settles = false WHERE number = 3")
    assert _faults() == ["Dòng nhật ký 3, cột settles: không như nội dung của dòng"]


def test_a_cut_tail_is_named_by_a_head_kept_outside(unit):
    head = Head(*audit.head(), "thư ngày 28/04/2021")
    _unguarded()
    _by_hand("DELETE FROM audit_entry WHERE number = 3", "DELETE FROM campaign")
    assert _faults() == []
    assert _faults(head) == [
        "thư ngày 28/04/2021 ghi dòng 3, mà nhật ký chỉ còn đến dòng 2: các dòng cuối đã bị cắt"
    ]


def test_a_cut_tail_is_named_by_the_data_that_it_had_told_of(unit):
    _unguarded()
    _by_hand("DELETE FROM audit_entry WHERE number = 3")
    assert [fault.partition(":")[0] for fault in _faults()] == ["Bảng campaign, dòng 1"]


def test_an_emptied_chain_is_named(unit):
    head = Head(*audit.head(), "biên bản giấy")
    _unguarded()
    _by_hand("DELETE FROM audit_entry")
    faults = _faults(head)
    assert faults[0] == (
        "biên bản giấy ghi dòng 3, mà nhật ký chỉ còn đến dòng 0: các dòng cuối đã bị cắt"
    )
    assert [fault.partition(":")[0] for fault in faults[1:]] == [
        "Bảng unit_kind, dòng city_office",
        "Bảng unit_kind, dòng department",
        "Bảng unit_kind, dòng district_office",
        "Bảng unit_kind, dòng leadership",
        "Bảng unit_kind, dòng local_government",
        "Bảng unit_kind, dòng office",
        "Bảng unit_kind, dòng other",
        "Bảng unit_kind, dòng service_unit",
        f"Bảng unit, dòng {unit}",
        f"Bảng unit, dòng {unit + 1}",
        "Bảng campaign, dòng 1",
    ]


def _write_anew():
    """The whole chain as an intruder would compute it, with another name for the first unit."""
    rows = db.session.execute(text("SELECT * FROM audit_entry ORDER BY number")).mappings().all()
    db.session.remove()
    _unguarded()
    previous, columns = START, ("number", "at", "actor_id", "actor", "act", "campaign_id")
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))
        for row in rows:
            values = dict(row)
            at = values["at"]
            moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
            values["at"] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            changes = values["changes"].replace("Phòng Kinh tế", "Phòng Khác")
            entry = Entry(**{name: values[name] for name in columns}, changes=changes)
            own = chained_hash(previous, entry)
            recorder_row = {**vars(entry), "previous_hash": previous, "hash": own, "settles": True}
            connection.execute(recorder._ADD, recorder_row)
            previous = own
        connection.execute(
            text(
                "UPDATE unit SET name = 'Phòng Khác', short_name = replace(short_name, 'Kinh "
                "tế', 'Khác')"
                " WHERE code = 'KT'"
            )
        )


def test_a_chain_computed_anew_is_named_by_every_head_that_was_kept(unit):
    head = Head(*audit.head(), "thư ngày 28/04/2021")
    by = build.user()
    campaign_id = db.session.scalar(text("SELECT id FROM campaign"))
    db.session.add(
        FrozenRanking(
            campaign_id=campaign_id,
            at=build.NOW,
            by_id=by.id,
            settings={},
            audit_number=head.number,
            audit_hash=head.hash,
            sha256=hashlib.sha256(b"[{}, []]").hexdigest(),
        )
    )
    db.session.commit()
    assert _faults(head) == []
    _write_anew()
    assert chain.first_fault() is None
    assert _faults(head) == [
        "Dòng nhật ký 3 không phải dòng mà thư ngày 28/04/2021 đã ghi: chuỗi đã bị viết lại",
        "Dòng nhật ký 3 không phải dòng mà bảng xếp hạng chốt số 1 đã ghi: chuỗi đã bị viết lại",
    ]


def _attached():
    world = World()
    key = build.evidence(world.report.id, by_id=world.officer.id, content=PDF).storage_key
    db.session.commit()
    assert _faults() == []
    return key


def test_a_changed_file_and_a_lost_one_are_named(app):
    key = _attached()
    storage.put_back(key, io.BytesIO(PDF + b"%"))
    assert _faults() == ["Tệp của bảng evidence, dòng 1: nội dung khác mã băm đã ghi"]
    storage.discard(key)
    assert _faults() == ["Tệp của bảng evidence, dòng 1: không còn trong kho"]


def test_a_file_changed_together_with_its_hash_is_named_by_the_record(app):
    key, other = _attached(), PDF + b"%"
    storage.put_back(key, io.BytesIO(other))
    _by_hand("UPDATE evidence SET sha256 = :told", told=hashlib.sha256(other).hexdigest())
    assert [fault.partition(":")[0] for fault in _faults()] == ["Bảng evidence, dòng 1, cột sha256"]


def test_minutes_rankings_decisions_and_versions_without_their_hash_are_named(tell):
    tell(Stage.PUBLISHED)
    assert _faults() == []
    _drop_guard("frozen_ranking")
    _drop_guard("report_version")
    _by_hand(
        "UPDATE meeting SET minutes_sha256 = 'a'",
        "UPDATE frozen_ranking SET sha256 = 'a'",
        "UPDATE decision SET sha256 = 'a' WHERE id = 1",
        "UPDATE report_version SET sha256 = 'a' WHERE id = 1",
    )
    assert [fault.partition(":")[0] for fault in _faults()] == [
        "Bảng decision, dòng 1, cột sha256",
        "Bảng frozen_ranking, dòng 1, cột sha256",
        "Bảng meeting, dòng 1, cột minutes_sha256",
        "Bảng report_version, dòng 1, cột sha256",
        "Bảng meeting, dòng 1, cột minutes",
        "Bảng frozen_ranking, dòng 1, cột sha256",
        "Bảng decision, dòng 1, cột sha256",
        "Bảng report_version, dòng 1, cột snapshot",
    ]


def test_a_mark_that_was_changed_is_named_without_telling_it(tell):
    tell(Stage.PUBLISHED)
    key = db.session.execute(text("SELECT min(id) FROM score_sheet")).scalar_one()
    row = db.session.execute(
        text(
            "SELECT sheet_id, participation_id, criterion_id FROM mark WHERE sheet_id = :id"
            " ORDER BY participation_id, criterion_id LIMIT 1"
        ),
        {"id": key},
    ).one()
    _by_hand(
        "UPDATE mark SET points = points + 5000 WHERE sheet_id = :sheet"
        " AND participation_id = :unit AND criterion_id = :criterion",
        sheet=row[0],
        unit=row[1],
        criterion=row[2],
    )
    assert [fault.partition(" (")[0] for fault in _faults()] == [
        f"Bảng mark, dòng {row[0]}/{row[2]}/{row[1]}, cột points: khác với nhật ký"
    ]


def test_a_value_that_no_column_can_hold_is_named_and_stops_nothing(unit):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses such a value")
    with db.engine.begin() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints=ON"))
        connection.execute(text("UPDATE campaign SET starts_on = 'xyz'"))
        connection.execute(text("PRAGMA ignore_check_constraints=OFF"))
    assert _faults() == ["Bảng campaign, cột starts_on: có giá trị không đọc được"]


def test_what_the_database_takes_away_with_a_row_is_in_the_record(app):
    campaign = build.campaign()
    for _ in range(2):
        build.period(campaign, is_final=False)
    build.group(campaign)
    db.session.commit()
    db.session.delete(campaign)
    db.session.commit()
    last = json.loads(
        db.session.execute(
            text("SELECT changes FROM audit_entry ORDER BY number DESC LIMIT 1")
        ).scalar_one()
    )
    assert [(change["table"], change["after"]) for change in last] == [
        ("campaign", None),
        *[(change["table"], None) for change in last[1:]],
    ]
    assert sorted({change["table"] for change in last}) == [
        "campaign",
        "criterion_group",
        "reporting_period",
    ]
    assert _faults() == []


def test_a_bulk_statement_past_the_record_is_refused(unit):
    with pytest.raises(RuntimeError, match="past the record"):
        db.session.execute(update(Unit).values(code="X"))
    db.session.rollback()
    assert recorder.run(update(Unit).where(Unit.id == unit).values(code="X")) == 1
    db.session.commit()
    assert _faults() == []


def test_a_stored_paper_that_was_changed_is_named_by_the_store_and_by_the_record(app):
    campaign, by = build.campaign(), build.user()
    stored = storage.keep(io.BytesIO(PDF), limit=10_000)
    db.session.add(
        FiledPaper(
            campaign_id=campaign.id,
            kind=PaperKind.PLAN,
            subject_id=campaign.id,
            title="Kế hoạch",
            version="1",
            data_at=AT,
            template_sha256="0" * 64,
            sha256=stored.sha256,
            size=stored.size,
            storage_key=stored.storage_key,
            at=AT,
            by_id=by.id,
        )
    )
    db.session.commit()
    assert _faults() == []
    storage.put_back(stored.storage_key, io.BytesIO(PDF + b"%"))
    assert _faults() == ["Tệp của bảng filed_paper, dòng 1: nội dung khác mã băm đã ghi"]
    storage.put_back(stored.storage_key, io.BytesIO(PDF))
    _drop_guard("filed_paper")
    _by_hand("UPDATE filed_paper SET title = 'Kế hoạch khác'")
    assert [fault.partition(" (")[0] for fault in _faults()] == [
        "Bảng filed_paper, dòng 1, cột title: khác với nhật ký"
    ]


def test_a_cut_tail_is_named_by_the_run_that_had_seen_it(unit):
    finding = actions.verify(by_name="lệnh", tell=lambda _words: None)
    assert finding.head.number == 3
    db.session.remove()
    _unguarded()
    _by_hand("DELETE FROM audit_entry WHERE number = 3", "DELETE FROM campaign")
    assert _faults() == [
        "lần đối chiếu số 1 ghi dòng 3, mà nhật ký chỉ còn đến dòng 2: các dòng cuối đã bị cắt"
    ]


def test_a_generator_of_codes_put_in_for_another_person_is_named(app):
    number = build.user().id
    db.session.commit()
    _by_hand(
        "INSERT INTO second_factor (user_id, secret, last_step) VALUES (:id, 'x', 0)", id=number
    )
    assert _faults() == [
        f"Bảng second_factor, dòng {number}: có trong dữ liệu mà nhật ký không "
        "ghi (thêm ngoài chương trình)"
    ]
