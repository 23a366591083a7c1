"""A ranked world: units whose marks are locked and checked, and what re-scaling does to them."""

from decimal import Decimal as D

from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.ranking import actions, queries
from campaign.scheme.models import CriterionScope
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.scoring.models import Mark
from campaign.scoring.rules import MarkState
from campaign.verification.models import VerifiedValue
from tests import build

AT = build.NOW


class Scored:
    """Two units marked 9 and 8 by so many members, two unless said, on locked sheets."""

    def __init__(self, phase=Phase.MEETING, members=2):
        self.campaign = build.campaign(phase=phase)
        self.block, self.period = build.block(self.campaign), build.period(self.campaign)
        self.criterion = build.criterion(self.campaign)
        self.by = build.user(Role.SECRETARIAT)
        self.users = [build.user(Role.COUNCIL_MEMBER) for _ in range(members)]
        functions = [CouncilFunction.CHAIR] + [CouncilFunction.MEMBER] * (members - 1)
        self.members = [
            build.member(self.campaign, user=user, function=function)
            for user, function in zip(self.users, functions, strict=True)
        ]
        self.sheets = [
            build.sheet(member=member, block=self.block, is_locked=True) for member in self.members
        ]
        self.entries = []
        for points in ("9", "8"):
            entry = build.participation(
                self.campaign, unit=build.unit(), block=self.block, by=self.by
            )
            version = build.verified(of=entry, period=self.period, by=self.by).version_id
            for sheet in self.sheets:
                build.mark(
                    sheet=sheet, of=entry, criterion=self.criterion, points=points, version=version
                )
            self.entries.append(entry)


class Council:
    """Three members, two units; group I of 40 applies to the second unit alone; bonus T within 5,
    penalty P within 3.
    """

    def __init__(self, *, phase=Phase.MEETING, members=3, second="60", **more):
        self.campaign = build.campaign(phase=phase, **more)
        self.block, self.period = (
            build.block(self.campaign, name="Khối phòng"),
            build.period(self.campaign),
        )
        self.by = build.user(Role.SECRETARIAT, Role.DIRECTOR)
        groups = [
            build.group(self.campaign, code=code, position=place, kind=kind, cap=cap)
            for place, (code, kind, cap) in enumerate(
                (
                    ("I", CriterionKind.BASE, None),
                    ("II", CriterionKind.BASE, None),
                    ("T", CriterionKind.BONUS, D(5)),
                    ("P", CriterionKind.PENALTY, D(3)),
                )
            )
        ]
        self.groups = dict(zip(("I", "II", "T", "P"), groups, strict=True))
        self.criteria = {
            code: build.criterion(
                self.campaign, within=self.groups[group], maximum=maximum, code=code
            )
            for code, group, maximum in (
                ("I1", "I", "40"),
                ("II1", "II", second),
                ("T1", "T", "8"),
                ("P1", "P", "8"),
            )
        }
        self.users = [build.user(Role.COUNCIL_MEMBER) for _ in range(members)]
        functions = [CouncilFunction.CHAIR, *[CouncilFunction.MEMBER] * (members - 1)]
        self.members = [
            build.member(self.campaign, user=user, function=function)
            for user, function in zip(self.users, functions, strict=True)
        ]
        self.sheets = [
            build.sheet(member=member, block=self.block, is_locked=True) for member in self.members
        ]
        self.entries, self.versions, self.verifications = {}, {}, {}
        for name in ("Thanh tra", "Văn phòng"):
            entry = build.participation(
                self.campaign, unit=build.unit(name=name), block=self.block, by=self.by
            )
            self.entries[name] = entry
            done = build.verified(of=entry, period=self.period, by=self.by)
            self.versions[name], self.verifications[name] = done.version_id, done.id
        db.session.add(
            CriterionScope(
                criterion_id=self.criteria["I1"].id, unit_id=self.entries["Văn phòng"].unit_id
            )
        )
        db.session.flush()

    def mark(self, name, **points):
        """Marks of each member in turn; "-" is an abstention."""
        for code, given in points.items():
            for sheet, text in zip(self.sheets, given.split(), strict=True):
                place = {
                    "sheet": sheet,
                    "of": self.entries[name],
                    "criterion": self.criteria[code],
                    "version": self.versions[name],
                }
                if text != "-":
                    build.mark(**place, points=text)
                else:
                    db.session.add(
                        Mark(
                            sheet_id=sheet.id,
                            participation_id=self.entries[name].id,
                            state=MarkState.ABSTAINED,
                            criterion_id=self.criteria[code].id,
                            points=None,
                            note="Không theo dõi",
                            version_id=self.versions[name],
                            updated_at=AT,
                        )
                    )
        db.session.flush()

    def table(self):
        return queries.table(self.campaign, self.block)

    def address(self, path=""):
        return f"/campaigns/{self.campaign.id}/ranking/{path}"

    def freeze(self):
        frozen = actions.freeze(self.campaign, reason="", by=self.by, at=AT)
        db.session.commit()
        return frozen


def with_everything():
    """Bonus of an indicator, caps of bonus and penalty, and re-scaling, all at once."""
    room = Council(second="50")
    rule = PointsRule(bonus_per_percent=D("0.5"), bonus_cap=D(2)).to_data()
    measured = build.indicator(room.campaign, points_rule=rule, bonus_group_id=room.groups["T"].id)
    build.criterion(
        room.campaign,
        within=room.groups["II"],
        maximum="10",
        code="II2",
        judged_by=JudgedBy.INDICATOR,
        indicator_id=measured.id,
    )
    room.mark("Thanh tra", II1="46 47 47", T1="4 4 5", P1="6 7 6")
    room.mark("Văn phòng", I1="30 31 32", II1="40 40 41", T1="1 1 2", P1="1 1 2")
    for name, value in (("Thanh tra", "103"), ("Văn phòng", "100")):
        db.session.add(
            VerifiedValue(
                verification_id=room.verifications[name],
                indicator_id=measured.id,
                value=D(value),
                updated_at=AT,
                updated_by_id=room.by.id,
            )
        )
    db.session.commit()
    return room
