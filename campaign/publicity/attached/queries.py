"""Tệp đính kèm bài viết: which there are, and which of them whoever asks may have."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from campaign.core.permissions import Permission, Viewer
from campaign.extensions import db, visible_row
from campaign.publicity.models import Post, PostFile
from campaign.publicity.queries import is_out


def files_of(post_id: int) -> Sequence[PostFile]:
    """Tệp đính kèm của một bài, as they were attached."""
    return db.session.scalars(
        select(PostFile).where(PostFile.post_id == post_id).order_by(PostFile.id)
    ).all()


def file_of(post_id: int, attachment_id: int) -> PostFile:
    """Một tệp của bài."""
    return visible_row(
        select(PostFile).where(PostFile.id == attachment_id, PostFile.post_id == post_id)
    )


def file_for(viewer: Viewer, post_id: int, attachment_id: int, day: date) -> PostFile:
    """Một tệp của bài đang được đăng; of any other only for who writes posts."""
    statement = (
        select(PostFile)
        .join(Post, Post.id == PostFile.post_id)
        .where(PostFile.id == attachment_id, PostFile.post_id == post_id)
    )
    if Permission.POST_WRITE not in viewer.permissions:
        statement = statement.where(is_out(day))
    return visible_row(statement)
