"""Vận hành: addresses for programs that watch, and the page of whoever runs the installation."""

import platform
from datetime import UTC, datetime
from importlib import metadata
from io import BytesIO
from ipaddress import ip_address
from itertools import islice
from pathlib import Path

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.archive.models import BackupRun
from campaign.core.dates import format_moment, local_date
from campaign.core.permissions import Permission
from campaign.office.rules import dated, titled
from campaign.operation import probes, queries
from campaign.operation.rules.incidents import incident, slowest
from campaign.operation.rules.verdicts import Check, Part, Verdict, is_ready, size_words
from campaign.operation.security import rules as security_rules
from campaign.operation.security.facts import installation
from campaign.papers import documents
from campaign.papers.documents import Properties
from campaign.units.queries import letterhead, office_names
from campaign.web import clock, day_files
from campaign.web.access import is_signed_in, requires
from campaign.web.files import send_stored

health = Blueprint("health", __name__)
operation = Blueprint("operation", __name__)

LEVEL_TWO = Path(__file__).parent / "security" / "level_two.docx"
"""Mẫu Word của hồ sơ."""
MOST_FAULTS, MOST_SLOW_LINES = 100, 20_000
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


@health.get("/healthz")
@requires(Permission.PUBLIC)
def alive() -> ResponseReturnValue:
    """Tiến trình còn trả lời; nothing else is asked."""
    return jsonify(alive=True)


@health.get("/readyz")
@requires(Permission.PUBLIC)
def ready() -> ResponseReturnValue:
    """Sẵn sàng phục vụ: 503 where a part is at fault; which one, only this machine and the
    administrator are told.
    """
    checks = probes.readiness()
    answer = {"ready": is_ready(checks)}
    if _is_this_machine() or _is_administrator(checks):
        parts = [
            {
                "part": check.part.value,
                "verdict": check.verdict.value,
                "words": check.words,
                "advice": check.advice,
            }
            for check in checks
        ]
        return jsonify(**answer, parts=parts), 200 if is_ready(checks) else 503
    return jsonify(**answer), 200 if is_ready(checks) else 503


def _is_this_machine() -> bool:
    """Asked from this very machine, and not by a proxy on it for somebody else."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _is_administrator(checks: list[Check]) -> bool:
    is_away = any(
        check.part is Part.DATABASE and check.verdict is Verdict.FAULT for check in checks
    )
    return (
        not is_away
        and is_signed_in()
        and Permission.SYSTEM_OPERATE in current_user.permissions
        and not current_user.must_change_password
    )


@operation.get("/security-file")
@requires(Permission.SYSTEM_OPERATE)
def security_file() -> ResponseReturnValue:
    """Hồ sơ đề xuất cấp độ an toàn, from what runs now."""
    now, head, names = clock.now(), letterhead(), office_names(None)
    told = security_rules.fields(
        installation(),
        above=names.above,
        issuer=names.issuer,
        dated=dated(names.place, None, local_date(now).year),
        signer=(titled(head.leader_job), head.leader_name),
        now=now,
    )
    about = Properties("Hồ sơ đề xuất cấp độ an toàn", names.issuer or "Ngọn Cờ", now)
    paper = documents.draw(LEVEL_TWO.read_bytes(), told, about)
    return send_stored(
        BytesIO(paper), name="Hồ sơ đề xuất cấp độ 2.docx", media_type=documents.WORD
    )


@operation.get("/")
@requires(Permission.SYSTEM_OPERATE)
def index() -> ResponseReturnValue:
    """Vận hành: what stands, what to do, and the faults of the week."""
    stored, last = queries.stored_files(), queries.last_backup()
    today = datetime.now(UTC).date()
    logs = Path(current_app.config["LOGS"])
    lines = day_files.newest_first(logs, today)
    slow = day_files.newest_first(logs, today, day_files.SLOW)
    faults = (fault for line in lines if (fault := incident(line)) is not None)
    return render_template(
        "operation/index.html",
        checks=probes.every_part(),
        facts=_facts(stored, last),
        faults=list(islice(faults, MOST_FAULTS)),
        slow=slowest(islice(slow, MOST_SLOW_LINES)),
    )


def _facts(stored: tuple[int, int], last: BackupRun | None) -> list[tuple[str, str]]:
    """What runs, how much there is, and when it was last copied."""
    number, size = stored
    uri = current_app.config["SQLALCHEMY_DATABASE_URI"]
    return [
        ("Bước lược đồ", queries.stands_at() or "—"),
        ("Python", platform.python_version()),
        ("Flask", metadata.version("flask")),
        ("Cơ sở dữ liệu", queries.database_version()),
        ("Dung lượng cơ sở dữ liệu", size_words(queries.database_size(uri))),
        ("Tệp trong kho", f"{number} tệp, {size_words(size)}"),
        ("Bản sao lưu gần nhất", _words_of(last)),
    ]


def _words_of(last: BackupRun | None) -> str:
    if last is None:
        return "—"
    return f"{last.file_name}, {size_words(last.size)}, {format_moment(last.taken_at)}"
