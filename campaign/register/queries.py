"""Sổ khen thưởng: searched over the years, summed and counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, extract, func, select, union
from sqlalchemy.orm import contains_eager, joinedload

from campaign.accounts.rules import WOMAN
from campaign.decision.models import (
    Decision,
    DecisionLine,
    UpwardRequest,
)
from campaign.decision.rules import (
    Answer,
    DecisionState,
)
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours.models import AwardType, PastAward
from campaign.honours.queries import searched
from campaign.honours.rules import Level, Subject
from campaign.nomination.models import AwardKind, Nominee
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.register.pictures import Given
from campaign.units.models import Unit


def register(
    *,
    words: str = "",
    year: int | None = None,
    subject: Subject | None = None,
    order: Sequence[Any] = (),
) -> Select[Any]:
    """Sổ khen thưởng: signed lines of every year, newest first; searched without tones."""
    statement = (
        select(DecisionLine)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(Decision.state == DecisionState.SIGNED, DecisionLine.register_number.is_not(None))
        .options(joinedload(DecisionLine.decision), joinedload(DecisionLine.ended_by))
        .order_by(*order, DecisionLine.register_year.desc(), DecisionLine.register_number.desc())
    )
    columns = (DecisionLine.search_key, DecisionLine.register_year, DecisionLine.subject)
    return searched(statement, columns, words=words, year=year, subject=subject)


def register_money(
    *,
    words: str = "",
    year: int | None = None,
    subject: Subject | None = None,
) -> tuple[int, int]:
    """Tổng tiền trong sổ: what stands, and what a later decision has ended."""
    lines = register(words=words, year=year, subject=subject).order_by(None).subquery()
    ended = lines.c.ended_by_id.is_not(None)
    sums = {
        bool(key): int(total or 0)
        for key, total in db.session.execute(
            select(ended, func.sum(lines.c.amount)).group_by(ended)
        )
    }
    return sums.get(False, 0), sums.get(True, 0)


def register_ended(
    *,
    words: str = "",
    year: int | None = None,
    subject: Subject | None = None,
) -> int:
    """Số dòng trong sổ đã hết hiệu lực: put right or revoked by a later decision."""
    lines = register(words=words, year=year, subject=subject).order_by(None).subquery()
    ended = select(func.count()).select_from(lines).where(lines.c.ended_by_id.is_not(None))
    return db.session.scalar(ended) or 0


def granted_upwards(
    *, words: str = "", year: int | None = None, subject: Subject | None = None
) -> Sequence[UpwardRequest]:
    """Cấp trên đã khen thưởng theo đề nghị, newest first; searched like the register."""
    answered_in = extract("year", UpwardRequest.answered_on)
    columns = (Nominee.search_key, answered_in, AwardKind.subject)
    statement = searched(_granted(), columns, words=words, year=year, subject=subject)
    return db.session.scalars(statement).all()


def _granted() -> Select[Any]:
    return (
        select(UpwardRequest)
        .join(UpwardRequest.nominee)
        .join(Nominee.kind)
        .join(Nominee.participation)
        .where(UpwardRequest.answer == Answer.GRANTED)
        .options(
            contains_eager(UpwardRequest.nominee).options(
                contains_eager(Nominee.kind).joinedload(AwardKind.award_type),
                contains_eager(Nominee.participation).options(
                    joinedload(Participation.unit), joinedload(Participation.block)
                ),
            )
        )
        .order_by(UpwardRequest.answered_on.desc(), UpwardRequest.nominee_id)
    )


def register_years() -> list[int]:
    """Các năm có trong sổ."""
    years: Any = union(
        select(DecisionLine.register_year).where(DecisionLine.register_year.is_not(None)),
        select(PastAward.year),
        select(extract("year", UpwardRequest.answered_on)).where(
            UpwardRequest.answer == Answer.GRANTED
        ),
    )
    return sorted(
        {int(year) for year in db.session.scalars(years) if year is not None}, reverse=True
    )


class Figure(NamedTuple):
    """Số lượt khen thưởng in a year: of which form, for whom, from where, and how many."""

    year: int
    form: str
    subject: Subject
    is_leader: bool
    block: str
    level: Level
    is_woman: bool
    times: int


class Figures(NamedTuple):
    """Số lượt khen thưởng mọi năm: by signed decisions and from above, and from the old books."""

    known: list[Figure]
    old: list[tuple[int, str, Subject, int]]

    def given(self) -> list[Given]:
        """Như hình vẽ đọc chúng."""
        return [
            *(
                Given(row.year, row.form, row.subject, row.is_leader, row.block, row.times)
                for row in self.known
            ),
            *(
                Given(year, form, subject, None, "", count)
                for year, form, subject, count in self.old
            ),
        ]


def figures() -> Figures:
    """Số lượt khen thưởng: what was revoked left out; old books know neither level nor block."""
    old = select(PastAward.year, PastAward.form_name, PastAward.subject, func.count()).group_by(
        PastAward.year, PastAward.form_name, PastAward.subject
    )
    return Figures(
        [*_by_decision(), *_by_higher()], [(*row[:3], row[3]) for row in db.session.execute(old)]
    )


def statistics(of: Figures) -> list[tuple[int, Mapping[str, int]]]:
    """Thống kê theo năm: how many of each award type and subject, level and block, leaders and
    direct workers.
    """
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for row in of.known:
        for name in _counted_as(row):
            years[row.year][name] += row.times
    for year, name, subject, count in of.old:
        years[year][f"{name}, {subject.label}"] += count
    return sorted(
        ((year, dict(sorted(counts.items()))) for year, counts in years.items()), reverse=True
    )


def _counted_as(row: Figure) -> Iterator[str]:
    """Những dòng thống kê mà một lượt được tính vào."""
    yield row.level.label
    yield f"{row.form}, {row.subject.label}"
    if row.block:
        yield row.block
    if row.subject is Subject.INDIVIDUAL:
        yield "lãnh đạo" if row.is_leader else "trực tiếp làm việc"
        if row.is_woman:
            yield "nữ"


class SubjectGroups(NamedTuple):
    """Một dòng của biểu thống kê năm: a form of award, by the groups of those who were given it."""

    year: int
    level: str
    form: str
    collectives: int
    households: int
    leaders: int
    workers: int
    women: int
    """Trong số cá nhân, as the decision addresses them."""


def by_subject_group(of: Figures) -> list[SubjectGroups]:
    """Khen thưởng theo nhóm đối tượng, newest year first; by what stands and what was granted."""
    rows: dict[tuple[int, Level, str], Counter[str]] = defaultdict(Counter)
    for row in of.known:
        counts, group = rows[row.year, row.level, row.form], row.subject.value
        if row.subject is Subject.INDIVIDUAL:
            group = "leader" if row.is_leader else "worker"
            counts["woman"] += row.times * row.is_woman
        counts[group] += row.times
    ordered = sorted(
        rows.items(), key=lambda row: (-row[0][0], list(Level).index(row[0][1]), row[0][2])
    )
    return [_groups_of(year, level, form, counts) for (year, level, form), counts in ordered]


def _groups_of(year: int, level: Level, form: str, counts: Mapping[str, int]) -> SubjectGroups:
    return SubjectGroups(
        year,
        level.label,
        form,
        counts[Subject.COLLECTIVE.value],
        counts[Subject.HOUSEHOLD.value],
        counts["leader"],
        counts["worker"],
        counts["woman"],
    )


class Drive(NamedTuple):
    """Một phong trào trong biểu thống kê năm, in the year in which it began."""

    year: int
    title: str
    organiser: str
    starts_on: date
    ends_on: date
    days: int
    units: int
    awards: int


def drives() -> list[Drive]:
    """Các phong trào đã phát động, newest first: by whom, how long, how many took part and were
    given an award that stands.
    """
    units, awards = _units_taking_part(), _awards_standing()
    rows = db.session.execute(
        select(Campaign.title, Unit.name, Campaign.starts_on, Campaign.ends_on, units, awards)
        .outerjoin(Campaign.organiser)
        .where(Campaign.phase != Phase.DRAFT)
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )
    return [
        Drive(begun.year, title, office or "", begun, ended, (ended - begun).days + 1, *numbers)
        for title, office, begun, ended, *numbers in rows
    ]


def _units_taking_part() -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            Participation.campaign_id == Campaign.id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .scalar_subquery()
    )


def _awards_standing() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(DecisionLine)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(
            Decision.campaign_id == Campaign.id,
            DecisionLine.register_number.is_not(None),
            DecisionLine.ended_by_id.is_(None),
        )
        .scalar_subquery()
    )


_COUNTED_BY = (
    DecisionLine.register_year,
    DecisionLine.form_name,
    DecisionLine.subject,
    DecisionLine.is_leader,
    DecisionLine.block_name,
    AwardType.level,
    DecisionLine.honorific,
)
"""Các dòng của sổ được đếm theo gì."""


def _by_decision() -> list[Figure]:
    """What stands in the register by the signed decisions of the office."""
    rows: Any = db.session.execute(
        select(*_COUNTED_BY, func.count())
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .join(AwardKind, AwardKind.id == Nominee.kind_id)
        .join(AwardType, AwardType.id == AwardKind.form_id)
        .where(DecisionLine.register_number.is_not(None), DecisionLine.ended_by_id.is_(None))
        .group_by(*_COUNTED_BY)
    )
    return [
        Figure(year, form, subject, is_leader, block, level, honorific == WOMAN, times)
        for year, form, subject, is_leader, block, level, honorific, times in rows
    ]


def _by_higher() -> list[Figure]:
    """What a higher level granted."""
    return [
        Figure(
            row.answered_on.year,
            row.nominee.kind.award_type.name,
            row.nominee.kind.subject,
            row.nominee.is_leader,
            row.nominee.participation.block.name if row.nominee.participation.block else "",
            row.nominee.kind.award_type.level,
            row.nominee.honorific == WOMAN,
            1,
        )
        for row in granted_upwards()
        if row.answered_on is not None
    ]
