"""Chủ đề: its page's posts and targets, and the editors' list."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaign.exemplars.stories.models import ExemplarStory
from campaign.exemplars.stories.queries import published
from campaign.extensions import db, visible_row
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.publicity.models import Post, Theme, ThemeExemplar, ThemeIndicator, ThemePost
from campaign.publicity.queries import is_out
from campaign.scheme.queries import indicators_of
from campaign.scheme.rules.indicators import MeasuredIndicator


def themes_of(campaign_id: int) -> Sequence[Theme]:
    """Các chủ đề của phong trào, as they were written."""
    return db.session.scalars(
        select(Theme).where(Theme.campaign_id == campaign_id).order_by(Theme.id)
    ).all()


def theme(campaign_id: int, theme_id: int) -> Theme:
    """Một chủ đề của phong trào, for its editors."""
    return visible_row(select(Theme).where(Theme.id == theme_id, Theme.campaign_id == campaign_id))


def public_theme(theme_id: int) -> Theme:
    """Một chủ đề của phong trào đã phát động."""
    return visible_row(
        select(Theme)
        .join(Theme.campaign)
        .where(Theme.id == theme_id, Campaign.phase != Phase.DRAFT)
        .options(joinedload(Theme.campaign))
    )


def posts_of_theme(theme_id: int, day: date) -> Sequence[Post]:
    """Bài đang được đăng của chủ đề, newest first."""
    return db.session.scalars(
        select(Post)
        .join(ThemePost, ThemePost.post_id == Post.id)
        .where(ThemePost.theme_id == theme_id, is_out(day))
        .order_by(Post.published_on.desc(), Post.id.desc())
    ).all()


def post_counts(campaign_id: int) -> dict[int, int]:
    """Số bài của từng chủ đề, drafts among them."""
    rows = db.session.execute(
        select(ThemePost.theme_id, func.count().label("posts"))
        .join(Theme, Theme.id == ThemePost.theme_id)
        .where(Theme.campaign_id == campaign_id)
        .group_by(ThemePost.theme_id)
    )
    return {row.theme_id: row.posts for row in rows}


def indicator_ids(theme_id: int) -> set[int]:
    """Mã số các chỉ tiêu của chủ đề."""
    return set(
        db.session.scalars(
            select(ThemeIndicator.indicator_id).where(ThemeIndicator.theme_id == theme_id)
        )
    )


def exemplar_ids(theme_id: int) -> set[int]:
    """Mã số các điển hình của chủ đề."""
    return set(
        db.session.scalars(
            select(ThemeExemplar.exemplar_id).where(ThemeExemplar.theme_id == theme_id)
        )
    )


def stories_of_theme(row: Theme) -> list[ExemplarStory]:
    """Câu chuyện đã đăng về các điển hình của chủ đề, newest first."""
    chosen = exemplar_ids(row.id)
    return [story for story in published(row.campaign_id) if story.exemplar_id in chosen]


def indicators_of_theme(row: Theme) -> dict[int, MeasuredIndicator]:
    """Các chỉ tiêu của chủ đề, in the order of the plan."""
    chosen = indicator_ids(row.id)
    every = indicators_of(row.campaign_id)
    return {key: indicator for key, indicator in every.items() if key in chosen}


def theme_of_post(post_id: int) -> Theme | None:
    """Chủ đề của một bài."""
    return db.session.scalars(
        select(Theme)
        .join(ThemePost, ThemePost.theme_id == Theme.id)
        .where(ThemePost.post_id == post_id)
    ).one_or_none()
