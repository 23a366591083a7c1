"""Người được giao chấm: who they are now, which marks must be there, and where nobody is left."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.council.models import CouncilMember
from campaign.council.queries import recusals_by_member
from campaign.council.rules import CouncilFunction
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.scheme.rules.markers import Markers
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.units.models import Unit


def seated_members(campaign_id: int) -> Sequence[CouncilMember]:
    """Thành viên chưa thôi."""
    return db.session.scalars(
        select(CouncilMember).where(
            CouncilMember.campaign_id == campaign_id, CouncilMember.left_on.is_(None)
        )
    ).all()


def named_criteria(scheme: Scheme) -> tuple[ScoredCriterion, ...]:
    """Tiêu chí giao cho một số người trong Hội đồng, in order."""
    return tuple(row for row in scheme.criteria if row.markers.are_named)


@dataclass(frozen=True, slots=True)
class RequiredMarks:
    """Số phiếu chấm tối thiểu: the plan's; of a criterion given to some people as many as may mark
    the unit, where these are fewer.
    """

    minimum: int
    markers: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Tiêu chí → thành viên được giao."""
    kept: Mapping[int, Collection[int]] = field(default_factory=dict)
    """Thành viên → đơn vị không chấm."""

    def of(self, criterion_id: int, unit_id: int) -> int:
        """Số phiếu cần cho một ô."""
        markers = self.markers.get(criterion_id)
        return (
            self.minimum
            if markers is None
            else max(1, min(self.minimum, self.able(markers, unit_id)))
        )

    def able(self, markers: Iterable[int], unit_id: int) -> int:
        """Mấy người trong số này chấm được đơn vị."""
        return sum(unit_id not in self.kept.get(member, ()) for member in markers)


def required_marks(campaign: Campaign, scheme: Scheme) -> RequiredMarks:
    """Số phiếu cần cho từng ô; no query where the whole council marks everything."""
    named = named_criteria(scheme)
    if not named:
        return RequiredMarks(campaign.minimum_marks)
    members = seated_members(campaign.id)
    return RequiredMarks(
        campaign.minimum_marks,
        {
            row.id: frozenset(
                member.id
                for member in members
                if row.markers.admits(member.function, member.user_id)
            )
            for row in named
        },
        recusals_by_member(campaign.id, members),
    )


def markers_words(markers: Markers, names: Mapping[int, str]) -> str:
    """Ai chấm, by function and name; empty where the whole council does."""
    functions = [kind.label for kind in CouncilFunction if kind.value in markers.functions]
    people = sorted(names.get(user_id, "") for user_id in markers.people)
    return ", ".join(filter(None, [*functions, *people]))


def names_of(scheme: Scheme) -> dict[int, str]:
    """Họ tên những người được giao đích danh; no query where nobody is."""
    people = {user_id for row in scheme.criteria for user_id in row.markers.people}
    if not people:
        return {}
    rows = db.session.execute(select(User.id, User.full_name).where(User.id.in_(people)))
    return {row.id: row.full_name for row in rows}


@dataclass(frozen=True, slots=True)
class MarkerProblem:
    """Chỗ thiếu người chấm của một tiêu chí: the sentence, and whether nobody at all is left."""

    criterion_id: int
    sentence: str
    leaves_nobody: bool = False


def marker_problems(campaign: Campaign, scheme: Scheme) -> list[MarkerProblem]:
    """Tiêu chí giao cho người không còn trong Hội đồng, for nobody, or for people all of whom are
    kept away from a unit.
    """
    named = named_criteria(scheme)
    if not named:
        return []
    required, names = required_marks(campaign, scheme), names_of(scheme)
    seats = {row.user_id for row in seated_members(campaign.id)}
    units = _units(campaign.id)
    return [
        problem
        for criterion in named
        for problem in _problems(criterion, required, names, seats, units)
    ]


def _problems(
    criterion: ScoredCriterion,
    required: RequiredMarks,
    names: Mapping[int, str],
    seats: Collection[int],
    units: Sequence[tuple[int, str, int | None]],
) -> Iterator[MarkerProblem]:
    if gone := sorted(names[key] for key in criterion.markers.people - set(seats)):
        yield MarkerProblem(
            criterion.id,
            f"Tiêu chí {criterion.code} giao cho {', '.join(gone)}, không phải thành viên Hội đồng "
            "lúc này; hãy giao người thay.",
        )
    if required.markers[criterion.id]:
        yield from _unmarked_problems(criterion, required, units)
    else:
        yield _nobody_problem(criterion, names)


def _nobody_problem(criterion: ScoredCriterion, names: Mapping[int, str]) -> MarkerProblem:
    """Tiêu chí giao cho người hoặc chức danh that nobody of the Council is."""
    return MarkerProblem(
        criterion.id,
        f"Tiêu chí {criterion.code} giao cho {markers_words(criterion.markers, names)}, mà trong "
        "Hội đồng chưa có ai.",
        leaves_nobody=True,
    )


def _unmarked_problems(
    criterion: ScoredCriterion,
    required: RequiredMarks,
    units: Sequence[tuple[int, str, int | None]],
) -> Iterator[MarkerProblem]:
    """Đơn vị mà không ai được giao chấm còn chấm được."""
    markers = required.markers[criterion.id]
    without = [
        name
        for unit_id, name, block_id in units
        if criterion.is_in_scope(unit_id, block_id) and not required.able(markers, unit_id)
    ]
    if without:
        yield MarkerProblem(
            criterion.id,
            f"Tiêu chí {criterion.code}: mọi người được giao chấm đều không được chấm "
            f"{', '.join(without)}, nên không ai chấm tiêu chí này cho đơn vị ấy.",
        )


def _units(campaign_id: int) -> list[tuple[int, str, int | None]]:
    """Đơn vị đã xác nhận: id, short name, block, in the plan's order."""
    rows = db.session.execute(
        select(Unit.id, Unit.short_name, Participation.block_id)
        .join(Participation, Participation.unit_id == Unit.id)
        .outerjoin(Block, Block.id == Participation.block_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .order_by(Block.position, Block.id, Unit.sort_key, Unit.id)
    )
    return [(row.id, row.short_name, row.block_id) for row in rows]
