"""Diễn tập, đăng ký: the head of a unit enrols it."""

from datetime import datetime

from campaign.demo.cast import Cast, act
from campaign.demo.content.people import head_of
from campaign.enrolment import actions as enrolment
from campaign.enrolment.models import Participation
from campaign.planning.models import Campaign


def enrol_unit(
    cast: Cast, campaign: Campaign, code: str, commitments: str, at: datetime
) -> Participation:
    """Một đơn vị đăng ký, with what it promises."""
    head = cast.users[head_of(code)]
    with act("enrolment.enrol", head, campaign):
        return enrolment.enrol(campaign, cast.units[code], commitments=commitments, by=head, at=at)
