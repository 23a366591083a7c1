"""Câu chuyện về điển hình: what everybody reads, and what its editors see."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from campaign.core.errors import NotVisible
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar
from campaign.exemplars.stories.models import ExemplarPicture, ExemplarStory
from campaign.extensions import db, visible_row
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase


def told_campaign(campaign_id: int) -> Campaign:
    """Phong trào đã phát động."""
    row = db.session.get(Campaign, campaign_id)
    if row is None or row.phase is Phase.DRAFT:
        raise NotVisible
    return row


def _published(campaign_id: int) -> Select[Any]:
    """Câu chuyện đã đăng: with a consent that stands."""
    return (
        select(ExemplarStory)
        .join(ExemplarStory.exemplar)
        .join(Exemplar.participation)
        .join(Participation.unit)
        .where(Participation.campaign_id == campaign_id, ExemplarStory.published_at.is_not(None))
        .options(
            contains_eager(ExemplarStory.exemplar)
            .contains_eager(Exemplar.participation)
            .contains_eager(Participation.unit)
        )
        .order_by(ExemplarStory.published_at.desc(), ExemplarStory.id.desc())
    )


def published(campaign_id: int) -> Sequence[ExemplarStory]:
    """Các câu chuyện đã đăng, newest first."""
    return db.session.scalars(_published(campaign_id)).all()


def newest(campaign_id: int, limit: int = 3) -> Sequence[ExemplarStory]:
    """Vài câu chuyện mới nhất đã đăng."""
    return db.session.scalars(_published(campaign_id).limit(limit)).all()


def published_story(campaign_id: int, exemplar_id: int) -> ExemplarStory:
    """Một câu chuyện đã đăng; whose consent was withdrawn is not there."""
    statement = _published(campaign_id).where(ExemplarStory.exemplar_id == exemplar_id)
    row: ExemplarStory = visible_row(statement)
    return row


def story_of(exemplar_id: int) -> ExemplarStory | None:
    """Câu chuyện của một điển hình, for its editors."""
    return db.session.scalars(
        select(ExemplarStory).where(ExemplarStory.exemplar_id == exemplar_id)
    ).one_or_none()


def pictures_of(story_ids: Collection[int]) -> Mapping[int, Sequence[ExemplarPicture]]:
    """Ảnh của các câu chuyện, in the order in which they came."""
    rows: dict[int, list[ExemplarPicture]] = defaultdict(list)
    statement = (
        select(ExemplarPicture)
        .where(ExemplarPicture.story_id.in_(story_ids))
        .order_by(ExemplarPicture.id)
    )
    for row in db.session.scalars(statement):
        rows[row.story_id].append(row)
    return dict(rows)


def picture(campaign_id: int, picture_id: int, *, sees_drafts: bool) -> ExemplarPicture:
    """Một ảnh: of a story that is published, or for its editors."""
    statement: Select[Any] = (
        select(ExemplarPicture)
        .join(ExemplarStory, ExemplarStory.id == ExemplarPicture.story_id)
        .join(ExemplarStory.exemplar)
        .join(Exemplar.participation)
        .where(ExemplarPicture.id == picture_id, Participation.campaign_id == campaign_id)
    )
    if not sees_drafts:
        statement = statement.where(ExemplarStory.published_at.is_not(None))
    row: ExemplarPicture = visible_row(statement)
    return row
