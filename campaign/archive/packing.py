"""Lập gói lưu trữ cho người tải: in a process of its own that outlives the worker, one at a time
for each campaign.
"""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from campaign.archive.pack import demand_published
from campaign.archive.rules import PackingNote, Step
from campaign.archive.workshop import Workshop, sweep
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.planning.models import Campaign

PACKER = Path(__file__).with_name("packer.py")
_ROOT = Path(__file__).resolve().parents[2]


def workshop_of(campaign: Campaign) -> Workshop:
    """Nơi lập gói của phong trào; packages that waited too long are gone first."""
    folder = Path(current_app.config["PACKAGES"])
    sweep(folder, datetime.now(UTC))
    return Workshop(folder, campaign.token or str(campaign.id))


def begin(campaign: Campaign, *, asked_by: str, now: datetime) -> None:
    """Bắt đầu lập gói; the packer inherits the lock, so it is held while somebody packs."""
    demand_published(campaign)
    workshop = workshop_of(campaign)
    lock = workshop.take()
    if lock is None:
        refuse("Gói lưu trữ của phong trào này đang được lập; xong thì tải được ở trang này.")
    try:
        workshop.clear()
        workshop.write(PackingNote(asked_by, datetime.now(UTC), Step.TABLES))
        _start(_given(campaign, now), lock, workshop.scratch)
    finally:
        os.close(lock)


def _given(campaign: Campaign, now: datetime) -> dict[str, Any]:
    settings = {name: str(current_app.config[name]) for name in ("EVIDENCE_URL", "PACKAGES")}
    address = db.engine.url.render_as_string(hide_password=False)
    return {
        "settings": {"SQLALCHEMY_DATABASE_URI": address, **settings},
        "campaign_id": campaign.id,
        "now": now.isoformat(),
    }


def _start(given: dict[str, Any], lock: int, scratch: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "TMPDIR": str(scratch)}
    packer = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-P", str(PACKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=environment,
        pass_fds=(lock,),
        start_new_session=True,
    )
    if packer.stdin is not None:
        with packer.stdin:
            packer.stdin.write(json.dumps(given).encode())
    threading.Thread(target=packer.wait, daemon=True).start()  # so that its end is taken note of
