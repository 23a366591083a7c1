"""The scene of a proof: the demo at scoring, and a meeting that is open beside it.

`python -m prove.scene` prepares it in the instance that the environment names, and tells as JSON
where clients write: in that one phase cells, files, marks, papers and imports are all taken.
"""

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def main() -> None:
    """Prepare the instance, and say what there is to write on."""
    from tools.serve import keep_secret_key

    os.umask(0o077)
    keep_secret_key()
    from flask_migrate import upgrade
    from sqlalchemy import inspect

    from campaign.cli import prepare_migrations
    from campaign.demo import story
    from campaign.demo.stages import Stage
    from campaign.extensions import db
    from wsgi import app

    prepare_migrations(app)
    with app.app_context():
        if not inspect(db.engine).has_table("campaign"):
            upgrade()
        if story.is_empty():
            story.tell(Stage.SCORING)
        described = _described()
        users = _users(described)
    described["sessions"] = {name: session_of(app, number) for name, number in users.items()}
    json.dump(described, sys.stdout)


def _described() -> dict[str, Any]:
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.planning.models import Campaign

    campaign = db.session.scalars(select(Campaign).order_by(Campaign.id).limit(1)).one()
    meeting, voters = _open_meeting(campaign)
    return {
        "campaign": campaign.id,
        "meeting": meeting,
        "voters": voters,
        "reports": _reports(campaign),
        "sheets": _sheets(campaign),
    }


def _users(described: dict[str, Any]) -> dict[str, str]:
    """By user name what stands for a person in their session."""
    from sqlalchemy import select

    from campaign.accounts.models import User
    from campaign.demo.content.people import SECRETARIAT
    from campaign.extensions import db

    names = {SECRETARIAT[0].user_name, *described["voters"]}
    names |= {report["officer"] for report in described["reports"]}
    users = db.session.scalars(select(User).where(User.user_name.in_(names)))
    return {user.user_name: user.get_id() for user in users}


def session_of(app: "Flask", user: str) -> tuple[str, str]:
    """A session and its token as a sign-in makes them; what a password costs is not tried here."""
    from flask import session
    from flask_wtf.csrf import generate_csrf

    interface: Any = app.session_interface
    with app.test_request_context():
        token = generate_csrf()
        held = {
            "_user_id": user,
            "_fresh": True,
            "_permanent": True,
            "touched": int(time.time()),
            "csrf_token": session["csrf_token"],
        }
    return interface.get_signing_serializer(app).dumps(held), token


def _open_meeting(campaign: Any) -> tuple[int, dict[str, int]]:
    """A meeting with everybody present, and whose member number a user name stands for."""
    from sqlalchemy import select

    from campaign.accounts.models import User
    from campaign.council import queries as council
    from campaign.demo.cast import act, moment
    from campaign.demo.content.people import SECRETARIAT
    from campaign.demo.stages import Stage
    from campaign.extensions import db
    from campaign.meeting import actions, queries
    from campaign.meeting.rules import Presence
    from campaign.planning.rules import Phase

    at = moment(Stage.SCORING.today)
    by = db.session.scalars(select(User).where(User.user_name == SECRETARIAT[0].user_name)).one()

    # The product takes one thing at a time; here all are to be written at once, so the meeting is
    # called in its phase and stays open in this one. Every change stands in the record.
    with act("campaign.move", by, campaign):
        campaign.phase = Phase.MEETING
    with act("meeting.call", by, campaign):
        meeting = actions.call_meeting(
            campaign,
            council.members(campaign.id),
            place="Phòng họp",
            starts_at=at,
            opinions_until=None,
            agenda="Thử máy",
            at=at,
        )
    with act("meeting.open", by, campaign):
        rows = queries.attendances(meeting.id)
        for row in rows:
            actions.set_presence(meeting, row, Presence.PRESENT, reason="", at=at)
        actions.open_meeting(meeting, at=at)
    voters = {row.member.user.user_name: row.member_id for row in rows}
    with act("campaign.move", by, campaign):
        campaign.phase = Phase.SCORING
    return meeting.id, voters


def _reports(campaign: Any) -> list[dict[str, Any]]:
    """Reports that their officers may still write, and the cells of each."""
    from sqlalchemy import select
    from sqlalchemy.orm import joinedload

    from campaign.core.cells import shown
    from campaign.demo.content.people import officer_of
    from campaign.demo.stages import Stage
    from campaign.enrolment.models import Participation
    from campaign.extensions import db
    from campaign.planning.queries import scheme_of
    from campaign.reporting import queries
    from campaign.reporting.deadlines import queries as deadlines
    from campaign.reporting.models import Report
    from campaign.reporting.rules import EDITABLE, is_locked

    scheme = scheme_of(campaign.id)
    found = []
    statement = (
        select(Report)
        .join(Participation)
        .options(
            joinedload(Report.period),
            joinedload(Report.participation).joinedload(Participation.unit),
        )
        .where(Participation.campaign_id == campaign.id, Report.state.in_(EDITABLE))
        .order_by(Report.id)
    )
    for report in db.session.scalars(statement):
        if is_locked(Stage.SCORING.today, deadlines.dates(report).locks_on):
            continue
        demands, content = queries.demands_of(report, scheme), queries.content_of(report.id)
        cells = {f"n:{task}": content.narratives.get(task, "") for task in demands.tasks}
        for row in demands.indicators:
            held = content.values.get(row.id)
            cells[f"v:{row.id}:note"] = held.note if held else ""
            cells[f"v:{row.id}:source"] = held.source if held else ""
        for criterion in demands.criteria:
            if not criterion.is_worked_out:
                score = content.scores.get(criterion.id)
                cells[f"s:{criterion.id}:explanation"] = score.explanation if score else ""
        found.append(
            {
                "id": report.id,
                "officer": officer_of(report.participation.unit.code),
                "cells": {name: shown(text) for name, text in cells.items()},
            }
        )
    return found


def _sheets(campaign: Any) -> list[dict[str, Any]]:
    """Sheets that are open, and the cells of each: what stands there, and three marks it takes."""
    from decimal import Decimal

    from campaign.core.numbers import format_decimal
    from campaign.council import queries as members
    from campaign.demo.cast import HALF
    from campaign.demo.marks import cells_of
    from campaign.scoring import queries

    found = []
    for member in members.members(campaign.id):
        for block in queries.blocks_of(campaign.id):
            sheet = queries.sheet_of(member.id, block.id)
            if sheet is None or sheet.locked_at is not None:
                continue
            marks = queries.marks_of(sheet.id)
            cells = {}
            for cell in cells_of(campaign, member, block.id):
                held = marks.get((cell.participation_id, cell.criterion_id))
                if cell.maximum < Decimal(2) or (held is not None and held.points is None):
                    continue
                cells[f"m:{cell.participation_id}:{cell.criterion_id}"] = {
                    "base": format_decimal(held.points) if held and held.points is not None else "",
                    "marks": [format_decimal(cell.maximum - HALF * step) for step in range(3)],
                }
            found.append(
                {
                    "id": sheet.id,
                    "block": block.id,
                    "member": member.user.user_name,
                    "cells": cells,
                }
            )
    return found


if __name__ == "__main__":
    main()
