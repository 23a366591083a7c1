"""A province: many offices with a campaign each, their marks, and the record of every mark.

`python -m prove.province --offices 100 --units 100` fills the instance that the environment names.
Rows are written past the product, and the record is written as the product writes it: an
entry for each mark that was given, and one for every second mark that was changed afterwards.
"""

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from campaign.planning.models import Campaign

NOW = datetime(2021, 4, 28, 2, 0, tzinfo=UTC)
TODAY = date(2021, 4, 28)
MEMBERS, CRITERIA = 10, 20
"""Marks a unit gets: two hundred."""
CHANGED_EVERY = 2
"""Every second mark was typed once more, so that three entries stand for two marks."""
SECRETARY, ADMINISTRATOR = 1, 2


@dataclass(frozen=True)
class Size:
    """How many offices, and units in each."""

    offices: int
    units: int

    @property
    def marks(self) -> int:
        """All marks of all offices."""
        return self.offices * self.units * MEMBERS * CRITERIA


@dataclass
class Office:
    """One office: its campaign, and where the numbers of its rows begin."""

    number: int
    size: Size
    campaign: "Campaign"
    block: int
    period: int
    criteria: list[int] = field(default_factory=list)

    @property
    def units(self) -> range:
        """Units, their participations, reports, versions and verifications bear these numbers."""
        before = (self.number - 1) * self.size.units
        return range(before + 1, before + self.size.units + 1)

    @property
    def members(self) -> range:
        """Members and their sheets bear these numbers."""
        before = (self.number - 1) * MEMBERS
        return range(before + 1, before + MEMBERS + 1)

    def user_of_member(self, member: int) -> int:
        """The account of a member: they follow those two and the officers of all units."""
        return ADMINISTRATOR + self.size.offices * self.size.units + member


def fill(size: Size) -> None:
    """Write all of it; each office is a transaction of its own."""
    from campaign.extensions import db
    from campaign.honours import actions as honours
    from campaign.proof import upgrades
    from campaign.units.kinds import install_kinds

    honours.install_catalogue()
    install_kinds()
    _people_and_units(size)
    db.session.commit()
    offices = [_office(number, size) for number in range(1, size.offices + 1)]
    for office in offices:
        _taking_part(office)
        _council(office)
    db.session.commit()
    upgrades.baseline(db.session.connection())
    db.session.commit()
    chain = Chain()
    for office in offices:
        _marks(office, chain)
        db.session.commit()


def _people_and_units(size: Size) -> None:
    """Units with an officer each, members, one secretary and one administrator."""
    from sqlalchemy import insert

    from campaign.accounts.models import RoleGrant, User
    from campaign.core.permissions import Role
    from campaign.core.text import search_key, text_sort_key
    from campaign.extensions import db
    from campaign.units.models import Unit
    from campaign.units.rules import UsualKind

    def unit(number: int) -> dict[str, Any]:
        office, place = divmod(number - 1, size.units)
        name = f"Phòng Kinh tế số {place + 1} của Sở số {office + 1}"
        return {
            "id": number,
            "path": f"/{number}/",
            "kind": UsualKind.DISTRICT_OFFICE.value,
            "code": f"S{office + 1}-P{place + 1}",
            "name": name,
            "short_name": f"Phòng {place + 1}, Sở {office + 1}",
            "sort_key": text_sort_key(name),
            "search_key": search_key(name),
            "is_illustrative": True,
        }

    units = size.offices * size.units
    members = size.offices * MEMBERS
    people: list[tuple[str, int | None, Role]] = [
        ("thuong-truc", None, Role.SECRETARIAT),
        ("quan-tri", None, Role.ADMIN),
    ]
    people += [(f"can-bo-{number}", number, Role.UNIT_OFFICER) for number in range(1, units + 1)]
    people += [(f"uy-vien-{number}", None, Role.COUNCIL_MEMBER) for number in range(1, members + 1)]
    connection = db.session.connection()
    connection.execute(insert(Unit), [unit(number) for number in range(1, units + 1)])
    connection.execute(
        insert(User),
        [_account(id_, *person) for id_, person in enumerate(people, start=SECRETARY)],
    )
    connection.execute(
        insert(RoleGrant),
        [
            {"user_id": id_, "role": role, "unit_id": unit_id}
            for id_, (_, unit_id, role) in enumerate(people, start=SECRETARY)
        ],
    )


def _account(id_: int, name: str, unit_id: int | None, _role: object) -> dict[str, Any]:
    from campaign.core.text import name_sort_key, search_key

    full_name = f"Nguyễn Văn {name}"
    return {
        "id": id_,
        "user_name": name,
        "full_name": full_name,
        "sort_key": name_sort_key(full_name),
        "search_key": search_key(full_name),
        "password_hash": None,
        "must_change_password": False,
        "is_active": True,
        "is_demo": True,
        "unit_id": unit_id,
    }


def _office(number: int, size: Size) -> Office:
    """A campaign that is being scored, with a block, a period and its criteria."""
    from campaign.extensions import db
    from campaign.planning import actions as planning
    from campaign.planning.models import Block, ReportingPeriod
    from campaign.planning.rules import Phase
    from campaign.scheme.models import Criterion, CriterionGroup
    from campaign.scheme.rules.terms import JudgedBy

    campaign = planning.create_campaign(
        {
            "title": f"Phong trào thi đua của Sở số {number}",
            "starts_on": date(2021, 2, 26),
            "ends_on": date(2021, 4, 30),
            "progress_is_public": False,
        }
    )
    block = Block(campaign_id=campaign.id, name="Khối", position=1)
    group = CriterionGroup(campaign_id=campaign.id, code="A", name="Hội đồng chấm", position=1)
    period = ReportingPeriod(
        campaign_id=campaign.id,
        name="Cuối phong trào",
        starts_on=date(2021, 4, 1),
        ends_on=date(2021, 4, 30),
        due_on=date(2021, 4, 30),
        locks_on=date(2021, 5, 5),
        is_final=True,
    )
    db.session.add_all([block, group, period])
    db.session.flush()
    criteria = [
        Criterion(
            campaign_id=campaign.id,
            group_id=group.id,
            code=f"A{place}",
            name=f"Tiêu chí số {place}",
            position=place,
            guidance="Chấm theo kết quả.",
            maximum=Decimal(100) / CRITERIA,
            judged_by=JudgedBy.COUNCIL,
        )
        for place in range(1, CRITERIA + 1)
    ]
    db.session.add_all(criteria)
    campaign.phase, campaign.frozen_at = Phase.SCORING, NOW
    db.session.flush()
    return Office(number, size, campaign, block.id, period.id, [row.id for row in criteria])


def _taking_part(office: Office) -> None:
    """Every unit has a report that is verified."""
    from sqlalchemy import insert

    from campaign.audit.rules import digest
    from campaign.enrolment.models import Participation
    from campaign.enrolment.rules import ParticipationState
    from campaign.extensions import db
    from campaign.reporting.models import Report, ReportVersion
    from campaign.reporting.rules import ReportState
    from campaign.verification.models import Verification

    participation = {
        "campaign_id": office.campaign.id,
        "block_id": office.block,
        "state": ParticipationState.CONFIRMED,
        "enrolled_at": NOW,
        "enrolled_by_id": SECRETARY,
        "confirmed_at": NOW,
        "confirmed_by_id": SECRETARY,
    }
    report = {"period_id": office.period, "version": 1, "state": ReportState.VERIFIED}
    version = {
        "number": 1,
        "submitted_at": NOW,
        "submitted_by_id": SECRETARY,
        "is_on_time": True,
        "due_on": date(2021, 4, 30),
        "snapshot": {},
        "sha256": digest({}),
    }
    verification = {"finished_at": NOW, "finished_by_id": SECRETARY}
    connection = db.session.connection()
    for table, common, names in (
        (Participation, participation, ("unit_id",)),
        (Report, report, ("participation_id",)),
        (ReportVersion, version, ("report_id",)),
        (Verification, verification, ("report_id", "version_id")),
    ):
        rows = [{**common, "id": unit, **dict.fromkeys(names, unit)} for unit in office.units]
        connection.execute(insert(table), rows)


def _council(office: Office) -> None:
    """Ten members, and the sheet of each; the last one's is still open."""
    from sqlalchemy import insert

    from campaign.council.models import CouncilMember
    from campaign.council.rules import CouncilFunction
    from campaign.extensions import db
    from campaign.scoring.models import ScoreSheet

    connection = db.session.connection()
    connection.execute(
        insert(CouncilMember),
        [
            {
                "id": member,
                "campaign_id": office.campaign.id,
                "user_id": office.user_of_member(member),
                "position": place,
                "function": CouncilFunction.CHAIR if place == 1 else CouncilFunction.MEMBER,
            }
            for place, member in enumerate(office.members, start=1)
        ],
    )
    connection.execute(
        insert(ScoreSheet),
        [
            {
                "id": member,
                "member_id": member,
                "block_id": office.block,
                "locked_at": None if member == office.members[-1] else NOW,
                "version": 1,
            }
            for member in office.members
        ],
    )


def points_of(unit: int, criterion: int, member: int) -> Decimal:
    """What this member gives: halves from none to five."""
    return Decimal((unit * 7 + criterion * 3 + member) % 11) / 2


def _marks(office: Office, chain: "Chain") -> None:
    """The marks of every member, and the entries that they made."""
    from sqlalchemy import insert

    from campaign.extensions import db
    from campaign.scoring.models import Mark
    from campaign.scoring.rules import MarkState

    for member in office.members:
        rows = [
            {
                "participation_id": unit,
                "criterion_id": criterion,
                "sheet_id": member,
                "state": MarkState.GIVEN,
                "points": points_of(unit, criterion, member),
                "note": "",
                "version_id": unit,
                "updated_at": NOW,
            }
            for unit in office.units
            for criterion in office.criteria
        ]
        db.session.connection().execute(insert(Mark), rows)
        chain.write(office.campaign.id, office.user_of_member(member), rows)


class Chain:
    """Entries that follow those of the product, written many at a time."""

    def __init__(self) -> None:
        """Go on after the last one."""
        from campaign.audit import queries

        self._number, self._hash = queries.head()
        self._at = NOW

    def write(self, campaign_id: int, actor_id: int, rows: list[dict[str, Any]]) -> None:
        """An entry for each mark as it was first typed, and one for each that was changed."""
        from sqlalchemy import insert

        from campaign.audit.models import AuditEntry
        from campaign.extensions import db

        entries = [
            self._entry(campaign_id, actor_id, change)
            for place, row in enumerate(rows)
            for change in self._typed(row, is_changed=place % CHANGED_EVERY == 0)
        ]
        db.session.connection().execute(insert(AuditEntry), entries)

    @staticmethod
    def _typed(row: dict[str, Any], *, is_changed: bool) -> Iterator[dict[str, Any]]:
        from campaign.audit import tables
        from campaign.database import Base
        from campaign.scoring.models import Mark

        table = Base.metadata.tables[Mark.__tablename__]
        after, key = tables.image(table, row), tables.key_of(table, row)
        first = {**(after or {}), "points": "0.0"} if is_changed else after
        yield {"table": Mark.__tablename__, "key": key, "before": None, "after": first}
        if is_changed and after is not None:
            before, after = {"points": "0.0"}, {"points": after["points"]}
            yield {"table": Mark.__tablename__, "key": key, "before": before, "after": after}

    def _entry(self, campaign_id: int, actor_id: int, change: dict[str, Any]) -> dict[str, Any]:
        from campaign.audit.rules import Entry, as_json, chained_hash, settles

        self._number += 1
        self._at += timedelta(milliseconds=100)
        entry = Entry(
            number=self._number,
            at=self._at,
            actor_id=actor_id,
            actor="Uỷ viên Hội đồng",
            act="scoring.mark",
            campaign_id=campaign_id,
            changes=as_json([change]),
        )
        previous, self._hash = self._hash, chained_hash(self._hash, entry)
        return {
            **vars(entry),
            "previous_hash": previous,
            "hash": self._hash,
            "settles": settles([change]),
            "request_id": None,
        }


def main() -> None:
    """Fill, and say how long it took."""
    from tools.serve import keep_secret_key

    asked = argparse.ArgumentParser(prog="province")
    asked.add_argument("--offices", type=int, default=100)
    asked.add_argument("--units", type=int, default=100)
    chosen = asked.parse_args()
    size = Size(chosen.offices, chosen.units)
    os.umask(0o077)
    keep_secret_key()
    from flask_migrate import upgrade

    from campaign.cli import prepare_migrations
    from campaign.demo.clock import move
    from campaign.extensions import db
    from wsgi import app

    prepare_migrations(app)
    began = time.monotonic()
    with app.app_context():
        upgrade()
        move(TODAY)
        db.session.commit()
        fill(size)
    print(f"{time.monotonic() - began:.0f}")


if __name__ == "__main__":
    main()
