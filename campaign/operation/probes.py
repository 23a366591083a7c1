"""Thử từng bộ phận: every part of an installation is tried, and a fault of one hides no other."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.accounts.sign_on import provider
from campaign.accounts.sign_on.queries import is_demanded
from campaign.accounts.sign_on.rules import BACK_CHANNEL
from campaign.core import private
from campaign.core.errors import RuleViolation
from campaign.core.faults import os_words
from campaign.extensions import db, give_up
from campaign.files import storage
from campaign.operation import queries
from campaign.operation.rules import parts
from campaign.operation.rules.verdicts import Check, Part, Verdict
from campaign.papers.signatures import roots_in
from campaign.voting import sweeping

_STEPS = Path(__file__).parent.parent / "migrations" / "versions"
_REVISION = re.compile(r"^(revision|down_revision) = \"(\w+)\"", re.MULTILINE)
Asked = TypeVar("Asked", Check, Check | None)
_AWAY = "Cơ sở dữ liệu không trả lời."


def newest_revision() -> str:
    """Bước lược đồ mà bản chương trình này cần: the one that no other follows."""
    numbers: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in _STEPS.glob("*.py"):
        for name, number in _REVISION.findall(file.read_text(encoding="utf-8")):
            numbers[name].add(number)
    (newest,) = numbers["revision"] - numbers["down_revision"]
    return newest


def readiness() -> list[Check]:
    """Mọi bộ phận mà một máy cần để phục vụ."""
    now = datetime.now(UTC)
    database = _database()
    checks = [database, _files(), _disk()]
    if database.verdict is Verdict.FAULT:
        return checks
    asked: tuple[Callable[[], Check], ...] = (
        lambda: parts.migrations(queries.stands_at(), newest_revision()),
        lambda: parts.clock(queries.last_entry_at(), datetime.now(UTC)),
        _keys,
        lambda: _backup(now),
        lambda: parts.mail(
            queries.mail_queue(now), server=current_app.config["SMTP_HOST"], now=now
        ),
    )
    return checks + [_told(part, ask) for part, ask in zip(_ASKED, asked, strict=True)]


_ASKED = (Part.MIGRATIONS, Part.CLOCK, Part.KEYS, Part.BACKUP, Part.MAIL)


def every_part() -> list[Check]:
    """Mọi bộ phận, also those that only whoever runs the installation must know of."""
    checks = [_settings(), *readiness(), _folders(), _signatures()]
    if any(check.part is Part.RECORD or check.words == _AWAY for check in checks):
        return checks
    asked = [_told(Part.RECORD, _record), _told(Part.SIGN_ON, _sign_on)]
    return [*checks, *(check for check in asked if check is not None)]


def _told(part: Part, ask: Callable[[], Asked]) -> Asked | Check:
    """A question to the database that may stand at another step, and then has no answer."""
    try:
        return ask()
    except SQLAlchemyError:
        give_up()
        return Check(part, Verdict.FAULT, "Cơ sở dữ liệu không cho biết.", "Chạy flask db upgrade.")


def _database() -> Check:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        give_up()
        return Check(
            Part.DATABASE,
            Verdict.FAULT,
            _AWAY,
            "Kiểm tra DATABASE_URL, và máy chủ cơ sở dữ liệu có chạy không.",
        )
    return Check(Part.DATABASE, Verdict.WELL, "Trả lời.")


def _writing_problem() -> str:
    """Why no file can be written to the store; empty where one can."""
    try:
        storage.try_writing()
    except RuleViolation as refusal:
        return str(refusal)
    except SQLAlchemyError:
        give_up()
        return _AWAY
    except OSError as error:
        return f"Không ghi được vào kho tệp: {os_words(error)}."
    except Exception:  # noqa: BLE001 - a store elsewhere fails in words of its own
        return "Kho tệp không trả lời."
    return ""


def _files() -> Check:
    return parts.reached(
        Part.FILES,
        _writing_problem(),
        well="Đọc và ghi được.",
        advice="Kiểm tra EVIDENCE_URL: đĩa đã gắn chưa, tài khoản dịch vụ có quyền ghi không.",
    )


def _keys() -> Check:
    problem = sweeping.keys_problem()
    if problem:  # a paper that was cast meanwhile has changed the key
        db.session.rollback()
        problem = sweeping.keys_problem()
    return parts.reached(
        Part.KEYS,
        problem,
        well="Thư mục khoá ghi được; khoá của mọi lượt đang mở đều ở đây.",
        advice="BALLOT_KEYS phải là một thư mục mà mọi máy phục vụ cùng dùng và ghi được; khi dời "
        "sang thư mục khác, chạy flask take-keys ở đó.",
    )


def _backup(now: datetime) -> Check:
    last, tried = queries.last_backup(), queries.last_rehearsal()
    return parts.backup(
        parts.LastBackup(
            last.taken_at,
            last.missing_count,
            tried.rehearsed_at if tried else None,
            tried.rehearsal_fault if tried else "",
        )
        if last
        else None,
        now,
    )


def _record() -> Check:
    last = queries.last_proof()
    return parts.record(
        last.finished_at if last else None,
        (last.fault_count or 0) if last else 0,
        datetime.now(UTC),
    )


def places() -> dict[str, Path]:
    """Các nơi có dữ liệu trên máy này, by setting."""
    config = current_app.config
    named = {name: Path(config[name]) for name in ("BALLOT_KEYS", "PACKAGES", "LOGS", "OUTBOX")}
    for folder in private.local_folder(config["EVIDENCE_URL"]):
        named["EVIDENCE_URL"] = folder
    for file in private.database_files(config["SQLALCHEMY_DATABASE_URI"])[:1]:
        named["DATABASE_URL"] = file.parent
    return named


def _there(place: Path) -> Path:
    """The folder itself, or the nearest one above it that there is."""
    return next(folder for folder in (place, *place.absolute().parents) if folder.exists())


class Usage(NamedTuple):
    """Chỗ trống và dung lượng của một đĩa."""

    free: int
    total: int


def fullest_disk() -> Usage:
    """Đĩa còn ít chỗ nhất, of those that data stand on."""
    disks = [shutil.disk_usage(_there(place)) for place in places().values()]
    return min(Usage(disk.free, disk.total) for disk in disks)


def _disk() -> Check:
    return parts.disk(*fullest_disk())


def _folders() -> Check:
    closed = sorted(
        name for name, place in places().items() if not os.access(_there(place), os.W_OK | os.X_OK)
    )
    return parts.reached(
        Part.FOLDERS,
        f"Không ghi được vào {', '.join(closed)}." if closed else "",
        well="Ghi được vào mọi thư mục đã đặt.",
        advice="Đặt các thư mục này dưới /var/lib/ngonco (README, phần triển khai).",
    )


def _sign_on() -> Check | None:
    named = provider.settings()
    public = current_app.config["PUBLIC_URL"]
    return parts.sign_on(
        provider.problem() if named.issuer else "",
        issuer=named.issuer,
        is_demanded=is_demanded(),
        told=(
            f"Ở đó khai báo địa chỉ quay về {provider.return_address()} và địa chỉ báo đăng xuất "
            f"{public}{BACK_CHANNEL}."
        ),
    )


def _signatures() -> Check:
    return parts.signatures(len(roots_in(current_app.config["SIGNATURE_ROOTS"])))


def _settings() -> Check:
    config = current_app.config
    return parts.settings(
        secret=str(config["SECRET_KEY"]),
        address=config["PUBLIC_URL"],
        proxies=config["PROXIES"],
        is_demo=config["DEMO"],
        has_safe_cookies=config["SESSION_COOKIE_SECURE"],
    )
