"""A backup's list of members, the store beside it, and how far a package has come."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.archive.rules import (
    Damage,
    Manifest,
    Member,
    PackingNote,
    PackingState,
    Step,
    check_names,
    damage,
    dated_name,
    file_member,
    is_left_over,
    is_own,
    manifest_of,
    manifest_text,
    may_sweep_unasked,
    packing_note_of,
    packing_note_text,
    packing_state,
    superseded,
    table_member,
)
from campaign.core.errors import RuleViolation

KEY = "0123456789abcdef0123456789abcdef"
MANIFEST = Manifest(
    "2026-03-02T08:00:00+00:00",
    "a1b2",
    {"tables/unit.jsonl": Member(12, "ab"), f"evidence/{KEY}": Member(3, "cd")},
    ("mất",),
    "120:9f",
)
TEXT = """{
 "format": "ngonco-backup-1",
 "created_at": "2026-03-02T08:00:00+00:00",
 "revision": "a1b2",
 "missing": [
  "mất"
 ],
 "head": "120:9f",
 "members": {
  "tables/unit.jsonl": {
   "size": 12,
   "sha256": "ab"
  },
  "evidence/0123456789abcdef0123456789abcdef": {
   "size": 3,
   "sha256": "cd"
  }
 }
}"""


def _refusal(act, *args):
    with pytest.raises(RuleViolation) as refusal:
        act(*args)
    assert refusal.value.field is None
    return str(refusal.value)


def test_a_backup_lists_its_members_and_is_read_back_as_it_was():
    assert manifest_text(MANIFEST) == TEXT
    assert manifest_of(TEXT.encode()) == MANIFEST
    assert (MANIFEST.tables, MANIFEST.files) == ({"unit"}, {KEY})
    assert (table_member("unit"), file_member(KEY)) == tuple(MANIFEST.members)


def test_a_backup_of_before_says_nothing_of_the_head_of_the_record():
    data = json.loads(TEXT)
    del data["head"]
    assert manifest_of(json.dumps(data).encode()).head == ""


@pytest.mark.parametrize(
    "change",
    [
        {"format": "ngonco-backup-2"},
        {"members": []},
        {"members": {"tables/unit.jsonl": {"size": "x", "sha256": "ab"}}},
        {"members": {"tables/unit.jsonl": {"sha256": "ab"}}},
        {"missing": None},
    ],
)
def test_what_is_no_list_of_a_backup_is_refused(change):
    text = json.dumps({**json.loads(TEXT), **change}).encode()
    assert _refusal(manifest_of, text) == (
        "Tệp này không phải bản sao lưu của Ngọn Cờ, hoặc bảng kê kèm theo bị hỏng."
    )


@pytest.mark.parametrize("part", ["format", "created_at", "revision", "missing", "members"])
def test_a_list_without_a_part_is_refused(part):
    data = json.loads(TEXT)
    del data[part]
    assert "bảng kê kèm theo bị hỏng" in _refusal(manifest_of, json.dumps(data).encode())


@pytest.mark.parametrize(
    "name", ["../unit.jsonl", "tables/Unit.jsonl", "evidence/0123", "tables/unit.jsonl2"]
)
def test_a_strange_member_is_named(name):
    data = json.loads(TEXT)
    data["members"] = {"z": {"size": 1, "sha256": ""}, name: {"size": 1, "sha256": ""}}
    assert _refusal(manifest_of, json.dumps(data).encode()) == (
        f"Bản sao lưu kê một tệp lạ: “{name}”."
    )


PRESENT = ["manifest.json", "tables/unit.jsonl", f"evidence/{KEY}"]


def test_what_is_there_is_what_the_list_names_with_the_tables_of_this_version():
    assert check_names(MANIFEST, PRESENT, ["unit"]) is None


@pytest.mark.parametrize(
    "present", [PRESENT[:2], [*PRESENT, "more"], [*PRESENT, PRESENT[1]], PRESENT[1:]]
)
def test_members_too_few_or_too_many_are_refused(present):
    assert _refusal(check_names, MANIFEST, present, ["unit"]) == (
        "Các tệp trong bản sao lưu không khớp với bảng kê kèm theo."
    )


@pytest.mark.parametrize("tables", [[], ["unit", "mark"]])
def test_tables_of_another_version_are_refused(tables):
    assert _refusal(check_names, MANIFEST, PRESENT, tables) == (
        "Các bảng trong bản sao lưu không phải các bảng của phiên bản này."
    )


@pytest.mark.parametrize(
    ("size", "sha256", "now", "kind"),
    [
        (12, "ab", Member(12, "ab"), None),
        (12, "ab", Member(11, "cd"), Damage.SHORT),
        (12, "ab", Member(13, "ab"), Damage.CHANGED),
        (12, "ab", Member(12, "cd"), Damage.CHANGED),
        (12, "", Member(12, "cd"), None),
        (None, "ab", Member(11, "ab"), None),
        (None, "ab", Member(11, "cd"), Damage.CHANGED),
        (None, "", Member(11, "cd"), None),
    ],
)
def test_a_file_is_compared_with_what_was_noted_when_it_came(size, sha256, now, kind):
    assert damage(size, sha256, now) == kind


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (f"01/{KEY}", True),
        (f"01/{KEY}.partial", True),
        (f"02/{KEY}", False),
        (f"01/{KEY}x", False),
        ("ảnh.jpg", False),
    ],
)
def test_files_of_the_store_are_told_by_their_names(name, own):
    assert is_own(name) is own


NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "left"), [(23.9, False), (24, True), (25, True)])
def test_a_file_nobody_names_is_left_over_after_a_day(hours, left):
    assert is_left_over(NOW - timedelta(hours=hours), NOW) is left
    assert is_left_over(NOW, NOW + timedelta(hours=hours / 24), timedelta(hours=1)) is left


@pytest.mark.parametrize(
    ("orphans", "named", "may"),
    [(20, 0, True), (21, 0, False), (21, 21, True), (22, 21, False), (0, 0, True)],
)
def test_most_of_a_store_is_never_swept_unasked(orphans, named, may):
    assert may_sweep_unasked(orphans, named) is may


NOTE = PackingNote("Trần An", NOW, Step.PAPERS, "hết chỗ", NOW + timedelta(hours=1))


def test_a_note_about_a_package_is_kept_and_read_back():
    text = (
        '{"asked_by": "Trần An", "asked_at": "2026-03-02T08:00:00+00:00", "step": "papers", '
        '"refusal": "hết chỗ", "finished_at": "2026-03-02T09:00:00+00:00"}'
    )
    assert packing_note_text(NOTE) == text
    assert packing_note_of(text) == NOTE
    begun = PackingNote("Trần An", NOW, Step.TABLES)
    assert packing_note_text(begun).endswith(
        '"step": "tables", "refusal": "", "finished_at": null}'
    )
    assert packing_note_of(packing_note_text(begun)) == begun


@pytest.mark.parametrize(
    ("refusal", "finished", "at_work", "hours", "state"),
    [
        ("", None, True, 1, PackingState.RUNNING),
        ("hết chỗ", None, False, 1, PackingState.REFUSED),
        ("", None, False, 1, PackingState.BROKEN),
        ("", 0, False, 23.9, PackingState.READY),
        ("", 0, False, 24, PackingState.NONE),
    ],
)
def test_how_far_a_package_has_come(refusal, finished, at_work, hours, state):
    note = PackingNote("An", NOW, Step.ZIP, refusal, None if finished is None else NOW)
    now = NOW + timedelta(hours=hours)
    assert packing_state(note, is_at_work=at_work, now=now) == state
    assert packing_state(None, is_at_work=False, now=now) == PackingState.NONE


def test_the_steps_of_a_package_are_counted_from_one():
    assert [step.number for step in Step] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ngonco-2026-11-28.zip", ("ngonco", date(2026, 11, 28))),
        ("so-ct-2026-11-28.zip.age", ("so-ct", date(2026, 11, 28))),
        ("ngonco-2026-11-31.zip", None),
        ("ngonco-2026-11-28.zip.partial", None),
        ("ngonco.zip", None),
    ],
)
def test_the_day_of_a_backup_is_read_from_its_name(name, said):
    assert dated_name(name) == said


def _nightly(first, last):
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [f"ngonco-{day}.zip" for day in days]


def test_of_old_backups_those_of_14_days_8_weeks_and_12_months_stay():
    every_night = _nightly(date(2025, 6, 1), date(2026, 11, 28))
    left = sorted(set(every_night) - set(superseded("ngonco-2026-11-28.zip", every_night)))
    assert left == [
        *(f"ngonco-{day}.zip" for day in ("2025-12-31", "2026-01-31", "2026-02-28")),
        *(f"ngonco-{day}.zip" for day in ("2026-03-31", "2026-04-30", "2026-05-31")),
        *(f"ngonco-{day}.zip" for day in ("2026-06-30", "2026-07-31", "2026-08-31")),
        *(f"ngonco-{day}.zip" for day in ("2026-09-30", "2026-10-11", "2026-10-18")),
        *(f"ngonco-{day}.zip" for day in ("2026-10-25", "2026-10-31", "2026-11-01")),
        *(f"ngonco-{day}.zip" for day in ("2026-11-08",)),
        *_nightly(date(2026, 11, 15), date(2026, 11, 28)),
    ]


def test_what_belongs_to_another_series_or_bears_no_day_is_left_alone():
    others = ["khac-2020-01-01.zip", "ghi-chu.txt", "ngonco.zip"]
    assert superseded("ngonco-2026-11-28.zip", [*others, "ngonco-2026-11-28.zip"]) == []
    assert superseded("ngonco.zip", _nightly(date(2026, 1, 1), date(2026, 11, 28))) == []


def test_where_no_backup_is_added_none_is_removed_by_and_by():
    old = _nightly(date(2020, 1, 1), date(2020, 1, 14))
    assert superseded("ngonco-2020-01-14.zip", old) == []
