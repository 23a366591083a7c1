"""Gói lưu trữ: a finished campaign as a BagIt package, read and verified without Ngọn Cờ."""

import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Connection, select

from campaign.accounts.models import RoleGrant, User
from campaign.archive import contents, rows
from campaign.archive.rules import ARCHIVE_FORMAT, Step
from campaign.audit import tables
from campaign.audit.models import AuditEntry
from campaign.audit.names import TABLES
from campaign.audit.queries import written_head
from campaign.audit.rules import canonical
from campaign.core.errors import refuse
from campaign.core.permissions import Role
from campaign.database import revision_of
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind
from campaign.extensions import db
from campaign.files import storage
from campaign.files.columns import FILE_COLUMNS
from campaign.office import shelf
from campaign.office.heads import Asker
from campaign.papers import apart
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.register.certificates.printing import certificates
from campaign.reporting.queries import Sight

CHECK = Path(__file__).with_name("check_chain.py")
BAGGER = Path(__file__).with_name("bagger.py")
BAGGING_SECONDS = 3600
WITHHELD = frozenset(
    {
        "calendar_feed",
        "turnout",
        "urn",
        "dossier_reading",
        "ended_session",
        "failed_sign_in",
        "one_time_link",
        "post_reader",
        "view_key",
        "recovery_code",
        "second_factor",
        "sign_on_link",
        "sign_on_session",
        "spent_sign_on",
    }
)
"""Bảng mà dòng nhật ký nói đến thì chỉ vào gói bằng mã băm."""
_README = """GÓI LƯU TRỮ PHONG TRÀO THI ĐUA: {title}
Lập lúc {at} (UTC), lược đồ dữ liệu {revision}.

data/tables/*.json   dữ liệu từng bảng, mỗi tệp là một danh sách; đây là bản gốc
data/tables/*.csv    cùng dữ liệu, để mở bằng bảng tính (UTF-8)
data/schema.json     mô tả các bảng và cột
data/files/          minh chứng, bản chụp, văn bản đã lưu; data/files.csv nói tệp nào của dòng nào
data/papers/         văn bản Word của các bước đã chốt và giấy khen (PDF), lập lúc đóng gói
data/audit.jsonl     chuỗi nhật ký; kiểm tra bằng: python3 data/check_chain.py data/audit.jsonl
                     đầu chuỗi lúc lập: {head}
data/package.json    nhận dạng gói

Kiểm tra toàn gói bằng công cụ BagIt bất kỳ, ví dụ: python3 -m bagit --validate THƯ_MỤC

Bỏ phiếu kín chỉ có kết quả và mã biên nhận. Dòng nhật ký của phong trào khác và dòng nói ai đã \
bỏ phiếu kín
chỉ có mã băm: nối được vào chuỗi, không đọc được nội dung. Tài khoản, mật khẩu, liên kết không \
có trong gói.
"""


def demand_published(campaign: Campaign) -> None:
    """Chỉ phong trào đã công bố mới được đóng gói."""
    if campaign.phase is not Phase.PUBLISHED:
        refuse("Chỉ đóng gói lưu trữ phong trào đã công bố kết quả.")


def _to_nobody(_step: Step) -> None:
    """Nobody waits for a page."""


def pack(
    campaign: Campaign,
    *,
    now: datetime,
    tell: Callable[[Step], None] = _to_nobody,
) -> IO[bytes]:
    """Đóng gói một phong trào đã công bố: gives an open zip of the bag, standing at its beginning.

    `tell` hears of each step as it begins.
    """
    demand_published(campaign)
    with tempfile.TemporaryDirectory(prefix="ngonco-archive-") as folder:
        root = Path(folder) / f"ngon-co-phong-trao-{campaign.id}"
        root.mkdir()
        _fill(root, campaign, now, tell)
        tell(Step.ZIP)
        return _zipped(root)


def _fill(root: Path, campaign: Campaign, now: datetime, tell: Callable[[Step], None]) -> None:
    """Rows, record and papers into the folder, and what a bag says of itself."""
    tell(Step.TABLES)
    with tables.snapshot() as connection:
        revision, head = revision_of(connection), written_head(connection)
        _tables(root, connection, campaign.id)
        _chain(root, connection, campaign.id)
    tell(Step.PAPERS)
    _papers(root, campaign, now)
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    _introduce(root, campaign, at=at, revision=revision, head=head)
    tell(Step.CHECKSUMS)
    _bag(root, campaign.title, at)


def _introduce(root: Path, campaign: Campaign, *, at: str, revision: str | None, head: str) -> None:
    """What the package is, for programs and for people, and the script that checks the record."""
    identity = {
        "format": ARCHIVE_FORMAT,
        "campaign_id": campaign.id,
        "title": campaign.title,
        "packed_at": at,
        "revision": revision,
        "audit_head": head,
    }
    _write(root / "package.json", json.dumps(identity, ensure_ascii=False, indent=1))
    introduction = _README.format(title=campaign.title, at=at, revision=revision, head=head)
    _write(root / "doc-truoc.txt", introduction)
    shutil.copyfile(CHECK, root / CHECK.name)


def _bag(root: Path, title: str, at: str) -> None:
    info = {
        "Bagging-Date": at[:10],
        "External-Description": title,
        "Source-Organization": "Ngọn Cờ",
    }
    done = apart.run(
        BAGGER, json.dumps({"folder": str(root), "info": info}).encode(), seconds=BAGGING_SECONDS
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))


def _zipped(root: Path) -> IO[bytes]:
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(root.parent).as_posix())
    target.seek(0)
    return target


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _tables(root: Path, connection: Connection, campaign_id: int) -> None:
    """Rows as JSON and CSV, the schema that describes them, and the files they name."""
    folder, schema = root / "tables", {}
    folder.mkdir()
    named: list[NamedFile] = []
    for name, statement in contents.selections(campaign_id).items():
        table = db.metadata.tables[name]
        columns = contents.COLUMNS.get(name, tuple(table.columns.keys()))
        schema[name] = {
            "title": TABLES.get(name, name),
            "columns": [_described(table.c[column]) for column in columns],
        }
        lines = rows.lines(connection, statement)
        named += _table(folder, name, columns, lines)
    _write(root / "schema.json", json.dumps(schema, ensure_ascii=False, indent=1))
    _files(root, named)


NamedFile = tuple[str, str, Any, str]
"""Tệp có tên trong dữ liệu: table, column, id of the row, key of the file."""


def _described(column: Column[Any]) -> dict[str, Any]:
    return {
        "name": column.key,
        "type": str(column.type),
        "may_be_empty": bool(column.nullable),
        "refers_to": sorted(str(key.target_fullname) for key in column.foreign_keys),
    }


def _table(
    folder: Path, name: str, columns: Sequence[str], lines: Iterable[bytes]
) -> Iterator[NamedFile]:
    """One table as JSON and CSV; gives the files its rows name."""
    with (
        (folder / f"{name}.json").open("w", encoding="utf-8") as as_json,
        (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as listed,
    ):
        writer = csv.writer(listed)
        writer.writerow(columns)
        as_json.write("[")
        for number, line in enumerate(lines):
            as_json.write(",\n" if number else "\n")
            as_json.write(line.decode().strip())
            values = json.loads(line)
            writer.writerow([_listed(values[column]) for column in columns])
            yield from _named_in(name, values)
        as_json.write("\n]\n")


def _named_in(table: str, row: dict[str, Any]) -> Iterator[NamedFile]:
    """The files that one row names."""
    for column in FILE_COLUMNS:
        if row.get(column):
            yield table, column, row.get("id"), row[column]


def _listed(value: Any) -> Any:
    is_nested = isinstance(value, (dict, list))
    return json.dumps(value, ensure_ascii=False) if is_nested else value


def _files(root: Path, named: list[NamedFile]) -> None:
    (root / "files").mkdir()
    with (root / "files.csv").open("w", encoding="utf-8-sig", newline="") as listed:
        writer = csv.writer(listed)
        writer.writerow(("file", "table", "column", "row_id", "is_there"))
        for table, column, row_id, key in named:
            is_there = True
            try:
                with storage.open_file(key) as source, (root / "files" / key).open("wb") as target:
                    shutil.copyfileobj(source, target)
            except FileNotFoundError:
                (root / "files" / key).unlink(missing_ok=True)
                is_there = False
            writer.writerow((f"files/{key}", table, column, row_id, "yes" if is_there else "lost"))


_UNHASHED = {"request_id", "settles"}


def _chain(root: Path, connection: Connection, campaign_id: int) -> None:
    """The whole chain: this campaign's entries in full, the others by their hashes."""
    table = AuditEntry.__table__
    columns = [column for column in table.c if column.name not in _UNHASHED]
    with (root / "audit.jsonl").open("w", encoding="utf-8") as target:
        entries = connection.execute(
            select(*columns).order_by(table.c.number).execution_options(yield_per=500)
        )
        for row in entries.mappings():
            entry = {name: canonical(value) for name, value in row.items()}
            if entry["campaign_id"] != campaign_id or _tells_too_much(entry["changes"]):
                entry = {name: entry[name] for name in ("number", "previous_hash", "hash")}
            target.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _tells_too_much(changes: str) -> bool:
    return any(change["table"] in WITHHELD for change in json.loads(changes))


def _papers(root: Path, campaign: Campaign, now: datetime) -> None:
    folder = root / "papers"
    folder.mkdir()
    for name, content in papers_of(campaign, now):
        (folder / name).write_bytes(content)


def papers_of(campaign: Campaign, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Mọi văn bản của các bước đã chốt, and the certificates of each signed decision."""
    archivist = User(
        full_name="Lưu trữ",
        grants=[RoleGrant(role=role) for role in (Role.SECRETARIAT, Role.DIRECTOR, Role.INSPECTOR)],
    )
    asker = Asker(archivist, Sight(frozenset(), sees_others=True), now)
    final = [
        (kind, item)
        for kind, items in shelf.shelf(asker, campaign)
        for item in items
        if item.is_final
    ]
    for paper in shelf.papers(asker, campaign, final):
        yield f"{paper.kind.value}-{paper.item.subject_id}.docx", paper.content
    for decision, lines in decisions.signed_lines(campaign.id):
        if lines and decision.kind is not DecisionKind.REVOCATION:
            yield f"giay-khen-{decision.id}.pdf", certificates(campaign, decision)
