"""Lập gói lưu trữ cho người tải: in a process of its own, so that the server keeps nothing of it, and one at a time."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from flask import current_app

from campaign.archive.pack import demand_published
from campaign.archive.packer import REFUSED
from campaign.archive.rules import BackupRefused
from campaign.extensions import db
from campaign.papers import apart
from campaign.planning.models import Campaign

PACKER = Path(__file__).with_name("packer.py")
SECONDS = 3600
_ROOT = Path(__file__).resolve().parents[2]


def packed(campaign: Campaign, *, now: datetime) -> IO[bytes]:
    """Gói lưu trữ as an open file, gone once it is closed. The transaction at hand ends first: packing takes seconds."""
    demand_published(campaign)
    number, mark = campaign.id, campaign.token or str(campaign.id)
    settings = {"SQLALCHEMY_DATABASE_URI": db.engine.url.render_as_string(hide_password=False),
                "EVIDENCE_URL": current_app.config["EVIDENCE_URL"]}
    db.session.rollback()
    with _alone(mark):
        target: IO[bytes] = tempfile.NamedTemporaryFile(prefix="ngonco-archive-")  # noqa: SIM115 - whoever sends it closes it
        try:
            _run({"settings": settings, "campaign_id": number, "now": now.isoformat(), "file": target.name})
        except BaseException:
            target.close()
            raise
    return target


def _run(given: dict[str, Any]) -> None:
    try:
        done = apart.run(PACKER, json.dumps(given).encode(), seconds=SECONDS, environment=os.environ | {"PYTHONPATH": str(_ROOT)})
    except apart.TookTooLong as late:
        message = "Lập gói quá lâu nên bị dừng. Hãy lập bằng lệnh flask archive trên máy chủ."
        raise BackupRefused(message) from late
    if done.returncode == REFUSED:
        raise BackupRefused(done.stderr.decode())
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))


@contextmanager
def _alone(mark: str) -> Iterator[None]:
    """Mỗi lúc một gói of a campaign, whichever worker is asked: a second press finds that the first is being answered."""
    file = Path(tempfile.gettempdir()) / f"ngonco-archive-{mark}.lock"
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        _take(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        message = "Gói lưu trữ của phong trào này đang được lập. Hãy chờ một phút; nếu tệp chưa tải về thì bấm lại."
        raise BackupRefused(message) from busy
