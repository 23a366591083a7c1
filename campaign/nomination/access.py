"""Ai thấy đề nghị nào: as far as a reader may know it."""

from collections.abc import Sequence
from datetime import date

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.council import queries as council
from campaign.nomination import queries
from campaign.nomination.course import Course, course_of
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase

STAFF = frozenset({Role.SECRETARIAT, Role.DIRECTOR})


def own_units(user: User) -> frozenset[int]:
    """Đơn vị mình: those for which the reader signs or writes."""
    return frozenset(user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER))


def seen_by(user: User, campaign: Campaign, today: date) -> list[Nominee]:
    """Các đề nghị được thấy: by staff all, by members all but the withheld, by units their own."""
    if user.roles & STAFF:
        return queries.nominees(campaign.id)
    own = own_units(user)
    member = council.active_member(user.id, campaign.id, today)
    if member is None:
        return queries.nominees(campaign.id, unit_ids=own)
    is_published = campaign.phase is Phase.PUBLISHED
    hidden = frozenset() if is_published else council.hidden_unit_ids(member)
    seen = {row.id: row for row in queries.nominees(campaign.id, hidden=hidden)}
    if own:
        seen |= {row.id: row for row in queries.nominees(campaign.id, unit_ids=own)}
    return list(seen.values())


def courses_for(
    user: User, campaign: Campaign, rows: Sequence[Nominee], today: date
) -> dict[int, Course]:
    """Đường đi của các đề nghị as far as the reader may know it: until publication nobody learns
    from it how their own unit fares, and a member nothing that tells the order of its block.
    """
    outcomes = queries.council_says(campaign.id, rows)
    withheld = council.withheld_from(user, campaign, today)
    courses = {}
    for row in rows:
        unit_id, block_id = row.participation.unit_id, row.participation.block_id
        courses[row.id] = course_of(
            row,
            outcomes.get(row.id),
            hides_rank=withheld.hides(unit_id, block_id),
            hides_course=unit_id in withheld.units and not user.roles & STAFF,
        )
    return courses
