"""Đối chiếu: a run is kept with what it found; started beside the working system."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from campaign.core.errors import refuse
from campaign.database import writing
from campaign.extensions import db
from campaign.proof import checking, queries, upgrades
from campaign.proof.checking import Finding
from campaign.proof.models import ProofRun
from campaign.proof.rules import Head

_SECONDS = 2.0
"""So long between two words of progress that are kept."""
_DETACHED = 'exec "$@" </dev/null >/dev/null 2>&1 &'


def verify(given: Sequence[Head] = (), *, by_name: str, tell: Callable[[str], None]) -> Finding:
    """Đối chiếu và giữ kết quả; commits by itself, for it runs long beside the others."""
    run = ProofRun(started_at=datetime.now(UTC), by_name=by_name, faults=[])
    db.session.add(run)
    db.session.commit()
    number, last = run.id, time.monotonic()
    db.session.remove()

    def told(words: str) -> None:
        nonlocal last
        tell(words)
        if time.monotonic() - last >= _SECONDS:
            last = time.monotonic()
            _keep_progress(number, words)

    finding = checking.check(given, tell=told)
    _keep(number, finding)
    return finding


def _keep_progress(number: int, words: str) -> None:
    token = writing.set(True)
    try:
        db.session.get_one(ProofRun, number).progress = words
        db.session.commit()
        db.session.remove()
    finally:
        writing.reset(token)


def _keep(number: int, finding: Finding) -> None:
    run = db.session.get_one(ProofRun, number)
    run.finished_at, run.progress = datetime.now(UTC), ""
    run.since, run.row_count, run.file_count = (
        finding.since,
        finding.row_count,
        finding.file_count,
    )
    run.head_number, run.head_hash = finding.head.number, finding.head.hash
    run.fault_count, run.faults = finding.fault_count, [fault.text for fault in finding.faults]
    db.session.commit()


def checkpoint(*, accept: bool, tell: Callable[[str], None]) -> int:
    """Lập mốc đối chiếu from what stands; what differs must be accepted, and is counted in it."""
    finding = checking.check(tell=tell)
    if finding.fault_count and not accept:
        refuse(
            f"Có {finding.fault_count} điều không khớp, trước hết là: "
            f"{finding.faults[0].text}. Chỉ lập mốc khi đã tìm ra nguyên nhân; "
            "khi đó chạy lại với --accept, số điều không khớp được ghi vào mốc."
        )
    first = finding.faults[0] if finding.faults else None
    count = upgrades.baseline(db.session.connection(), faults=finding.fault_count, first=first)
    db.session.commit()
    return count


def start(by_name: str) -> None:
    """Bắt đầu đối chiếu in a process of its own, which outlives the request and the worker."""
    if queries.running() is not None:
        refuse("Đang có một lần đối chiếu chạy; hãy đợi lần đó xong.")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "audit", "verify", "--by", by_name]
    root = Path(current_app.root_path).parent
    subprocess.run(  # noqa: S603 - our own words
        ["/bin/sh", "-c", _DETACHED, "sh", *command],
        cwd=root,
        check=True,
        start_new_session=True,
    )
