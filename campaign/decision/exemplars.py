"""Khen thưởng của một điển hình: the nominations and awards that rest on it, as far as told."""

from typing import NamedTuple

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.permissions import Permission
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.queries import LINE_STANDS
from campaign.exemplars.stories.models import ExemplarStory
from campaign.extensions import db
from campaign.nomination.access import courses_for, seen_by
from campaign.nomination.course import Course
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.web import clock


class Nominated(NamedTuple):
    """Đề nghị khen thưởng điển hình, and its course as this person may know it."""

    row: Nominee
    course: Course


class Honours(NamedTuple):
    """Đề nghị mà người này thấy, and awards that were made public."""

    nominated: list[Nominated]
    awarded: list[DecisionLine]


def honours_of(campaign: Campaign, exemplar_id: int) -> Honours:
    """Đề nghị và khen thưởng của điển hình: nominations of those this person sees, awards once the
    results are published.
    """
    today, rows = clock.today(), []
    named = set(db.session.scalars(select(Nominee.id).where(Nominee.exemplar_id == exemplar_id)))
    if named and Permission.AWARD_READ in current_user.permissions:
        rows = [row for row in seen_by(current_user, campaign, today) if row.id in named]
    courses = courses_for(current_user, campaign, rows, today) if rows else {}
    return Honours(
        [Nominated(row, courses[row.id]) for row in rows], awarded_of(campaign, exemplar_id)
    )


def awarded_of(campaign: Campaign, exemplar_id: int) -> list[DecisionLine]:
    """Khen thưởng của điển hình mà ai cũng đọc được: once the results are published."""
    if campaign.phase is not Phase.PUBLISHED:
        return []
    return list(
        db.session.scalars(
            select(DecisionLine)
            .join(DecisionLine.decision)
            .join(Nominee, Nominee.id == DecisionLine.nominee_id)
            .where(
                Nominee.exemplar_id == exemplar_id,
                Decision.campaign_id == campaign.id,
                LINE_STANDS,
            )
            .options(joinedload(DecisionLine.decision))
            .order_by(Decision.signed_on, DecisionLine.position)
        )
    )


def stories_of_awarded(campaign_id: int) -> dict[int, int]:
    """Câu chuyện đã đăng về ai được đề nghị khen: nominee → example, with a consent that stands."""
    rows = db.session.execute(
        select(Nominee.id, ExemplarStory.exemplar_id)
        .join(ExemplarStory, ExemplarStory.exemplar_id == Nominee.exemplar_id)
        .where(Nominee.campaign_id == campaign_id, ExemplarStory.published_at.is_not(None))
    )
    return {row.id: row.exemplar_id for row in rows}
