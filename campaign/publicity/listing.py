"""Các bài của phong trào: by what they are searched, narrowed and sorted."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select

from campaign.database import in_sequence
from campaign.publicity import queries
from campaign.publicity.models import Post
from campaign.publicity.rules import PostKind, PostState
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

COLUMNS = (
    Column("kind", "Loại", (in_sequence(Post.kind, PostKind),)),
    Column("published", "Trạng thái", (Post.published_on,)),
)


def asked_posts() -> Asked:
    """Điều kiện của danh sách bài."""
    filters = [
        Filter("state", "Trạng thái", choices_of(PostState)),
        Filter("kind", "Loại", choices_of(PostKind)),
    ]
    return asked(COLUMNS, filters, search="Tìm theo tiêu đề", endpoint="publicity.posts")


def statement(of: Asked, campaign_id: int, today: date) -> Select[Any]:
    """Các bài như điều kiện nói."""
    state, kind = of.chosen["state"], of.chosen["kind"]
    found = queries.posts_of(campaign_id, text=of.text, order=of.order)
    if state:
        found = found.where(_in_state(PostState(state), today))
    return found.where(Post.kind == PostKind(kind)) if kind else found


def _in_state(state: PostState, today: date) -> ColumnElement[bool]:
    """The same as `PostState` says of one post."""
    if state is PostState.DRAFT:
        return Post.published_on.is_(None)
    if state is PostState.SCHEDULED:
        return Post.published_on > today
    if state is PostState.WITHDRAWN:
        return Post.withdrawn_on <= today
    return queries.is_out(today)
