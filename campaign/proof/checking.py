"""Kiểm tra sâu: the chain, the data it gives, the heads that were kept, the files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from campaign.audit import tables
from campaign.audit.rules import START, Link, link_fault, settles
from campaign.core.numbers import format_decimal
from campaign.files import storage
from campaign.proof import queries
from campaign.proof.ledger import Ledger
from campaign.proof.rules import Fault, Head, Replay, head_fault, table_faults

MOST_FAULTS = 20
"""So many are named; all are counted."""
EVERY = 2_000
"""So many entries between two words of progress."""

Tell = Callable[[str], None]


def _whole(number: int) -> str:
    return format_decimal(Decimal(number))


@dataclass
class Finding:
    """Kết quả đối chiếu."""

    since: int = 1
    head: Head = field(default_factory=lambda: Head(0, "", "nhật ký"))
    row_count: int = 0
    file_count: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault | None) -> None:
        """Ghi thêm một điều không khớp."""
        if fault is None:
            return
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def check(given: Sequence[Head] = (), *, tell: Tell = lambda _words: None) -> Finding:
    """Đối chiếu tất cả, from one snapshot that keeps no writer waiting; files after it."""
    finding = Finding()
    with tables.snapshot() as connection:
        heads = [*given, *queries.kept_heads(connection)]
        with closing(Ledger()) as ledger:
            replay = replayed(connection, finding, heads, tell, ledger)
            finding.since = replay.since
            for table in tables.audited():
                tell(f"đối chiếu bảng {table.name}")
                _compare(connection, table, replay, finding)
        tell("đối chiếu mã băm của biên bản, xếp hạng, quyết định, bản nộp")
        _take(finding, queries.digest_faults(connection))
        files = queries.hashed_files(connection)
    _check_files(files, finding, tell)
    return finding


def _take(finding: Finding, faults: Iterable[Fault]) -> None:
    try:
        for fault in faults:
            finding.add(fault)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        finding.add(Fault("Có giá trị không đọc được, nên không tính lại được mã băm"))


def replayed(
    connection: Connection, finding: Finding, heads: Sequence[Head], tell: Tell, ledger: Ledger
) -> Replay:
    """Đọc cả chuỗi: each entry is checked, its changes are taken in; then the kept heads."""
    replay = _unplayed(ledger)
    wanted = {head.number for head in heads}
    played = _play(connection, finding, tell, replay)
    hashes = {number: own_hash for number, own_hash in played if number in wanted}
    for head in heads:
        words = head_fault(head, hashes, finding.head.number)
        finding.add(Fault(words) if words else None)
    return replay


def _unplayed(ledger: Ledger) -> Replay:
    """Every audited table, empty, with room for its rows."""
    audited = tables.audited()
    return Replay(
        {table.name: tuple(tables.columns_of(table)) for table in audited},
        {table.name: _key_names(table) for table in audited},
        ledger.page,
    )


def _play(
    connection: Connection, finding: Finding, tell: Tell, replay: Replay
) -> Iterator[tuple[int, str]]:
    """The chain, entry by entry, each with its hash; of its own faults the first is told."""
    total, previous, expected, is_sound = queries.last_number(connection), START, 1, True
    for link, is_settling in queries.links(connection):
        entry, _, own_hash = link
        fault = link_fault(link, expected=expected, previous=previous)
        if fault is not None and is_sound:
            finding.add(Fault(f"Nhật ký sai từ dòng {min(expected, entry.number)}: {fault}"))
            is_sound = False
        finding.add(_taken(replay, link, is_settling=is_settling))
        previous, expected = own_hash, entry.number + 1
        finding.head = Head(entry.number, own_hash, "nhật ký")
        if entry.number % EVERY == 0:
            tell(f"đọc nhật ký: {_whole(entry.number)}/{_whole(total)} dòng")
        yield entry.number, own_hash


def _key_names(table: Any) -> tuple[str, ...]:
    keys = set(table.primary_key.columns)
    return tuple(name for name, column in tables.columns_of(table).items() if column in keys)


def _taken(replay: Replay, link: Link, *, is_settling: bool) -> Fault | None:
    number = link[0].number
    try:
        changes = json.loads(link[0].changes)
        replay.take(number, changes)
        is_marked_wrongly = settles(changes) and not is_settling
    except (AttributeError, KeyError, TypeError, ValueError):
        return Fault(f"Dòng nhật ký {number}: không đọc được nội dung")
    if is_marked_wrongly:
        return Fault(
            f"Dòng nhật ký {number}, cột settles: không như nội dung của dòng",
            "audit_entry",
            str(number),
            "settles",
        )
    return None


def _compare(connection: Connection, table: Any, replay: Replay, finding: Finding) -> None:
    recorded = replay.rows.pop(table.name, {})

    def counted() -> Iterable[tuple[str, dict[str, Any]]]:
        for row in queries.rows_of(connection, table):
            finding.row_count += 1
            yield row

    try:
        for fault in table_faults(table.name, recorded, counted(), queries.shapes_of(table)):
            finding.add(fault)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        finding.add(_unreadable(table.name, queries.unreadable_column(connection, table)))


def _unreadable(table: str, column: str) -> Fault:
    return Fault(f"Bảng {table}, cột {column}: có giá trị không đọc được", table, "", column)


def _check_files(files: Sequence[tuple[str, str, str, str]], finding: Finding, tell: Tell) -> None:
    """What only looked wrong because its row went meanwhile is not told."""
    wrong: list[tuple[tuple[str, str, str, str], Fault]] = []
    for place, (table, key, stored_key, sha256) in enumerate(files):
        if place % 100 == 0:
            tell(f"đối chiếu tệp: {_whole(place)}/{_whole(len(files))}")
        finding.file_count += 1
        if (fault := _file_fault(table, key, stored_key, sha256)) is not None:
            wrong.append((files[place], fault))
    if wrong:
        with tables.snapshot() as connection:
            named = set(queries.hashed_files(connection))
        for file, fault in wrong:
            finding.add(fault if file in named else None)


def _file_fault(table: str, key: str, stored_key: str, sha256: str) -> Fault | None:
    where = f"Tệp của bảng {table}, dòng {key}"
    try:
        with storage.open_file(stored_key) as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type] # it reads
    except FileNotFoundError:
        return Fault(f"{where}: không còn trong kho", table, key)
    except (OSError, ValueError):
        return Fault(f"{where}: không đọc được", table, key)
    if digest != sha256:
        return Fault(f"{where}: nội dung khác mã băm đã ghi", table, key)
    return None
