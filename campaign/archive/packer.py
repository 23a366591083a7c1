"""Đóng gói trong tiến trình riêng: this file is run by itself, packs one campaign into a file, then
is gone with its memory.

Standard input is {"settings": {name: value}, "campaign_id": number, "now": moment}. It only reads
the database, and
notes for the page that waits how far it is.
"""

import json
import shutil
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Flask

from campaign.archive.pack import pack
from campaign.archive.packing import workshop_of
from campaign.archive.rules import PackingNote, Step
from campaign.archive.workshop import Workshop
from campaign.core.durable import whole_file
from campaign.core.errors import RuleViolation
from campaign.core.faults import is_full
from campaign.database import prepare, writing
from campaign.extensions import db
from campaign.planning.models import Campaign

SECONDS = 3600
"""After so long it is ended, and the page offers to begin anew."""
_FULL = "Ổ đĩa của hệ thống đã đầy nên chưa lập được gói. Hãy báo quản trị hệ thống."
_FAILED = "Lập gói gặp lỗi nên chưa xong. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị hệ thống."


def main() -> None:
    """Pack the campaign with the settings of the application that asks."""
    signal.alarm(SECONDS)
    given = json.loads(sys.stdin.buffer.read())
    app = Flask("campaign")
    app.config.from_mapping(given["settings"])
    db.init_app(app)
    writing.set(False)
    with app.app_context():
        prepare(db.engine)
        campaign = db.session.get_one(Campaign, given["campaign_id"])
        _pack(campaign, workshop_of(campaign), datetime.fromisoformat(given["now"]))


def _pack(campaign: Campaign, workshop: Workshop, now: datetime) -> None:
    asked = workshop.read() or PackingNote("", datetime.now(UTC), Step.TABLES)
    tell = partial(_note, workshop, asked)
    try:
        with pack(campaign, now=now, tell=tell) as made, whole_file(workshop.package) as target:
            shutil.copyfileobj(made, target)
    except RuleViolation as refused:
        tell(Step.TABLES, refusal=str(refused))
    except OSError as fault:
        tell(Step.TABLES, refusal=_FULL if is_full(fault) else _FAILED)
        raise
    except Exception:
        tell(Step.TABLES, refusal=_FAILED)
        raise
    else:
        tell(Step.ZIP, finished_at=datetime.now(UTC))
    finally:
        shutil.rmtree(workshop.scratch, ignore_errors=True)


def _note(workshop: Workshop, asked: PackingNote, step: Step, **more: Any) -> None:
    """How far it is, for the page that waits."""
    workshop.write(replace(asked, step=step, **more))


if __name__ == "__main__":
    main()
