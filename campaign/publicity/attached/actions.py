"""Tệp đính kèm bài viết: to attach and to remove; nothing here commits."""

from datetime import datetime
from typing import IO

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.files import storage
from campaign.files.attached import attached
from campaign.publicity.attached.queries import files_of
from campaign.publicity.models import Post, PostFile

MOST_FILES = 20


def attach(
    post: Post,
    stream: IO[bytes],
    file_name: str | None,
    *,
    limit: int,
    by: User,
    at: datetime,
    alt: str = "",
) -> PostFile:
    """Gắn một tệp vào bài; the same content once. A picture stands in the post with its words."""
    standing = files_of(post.id)
    if len(standing) >= MOST_FILES:
        refuse(f"Một bài có nhiều nhất {MOST_FILES} tệp đính kèm.", "file")
    stored = storage.keep(stream, limit=limit)
    for twin in standing:
        if twin.sha256 == stored.sha256:
            storage.discard(stored.storage_key)
            refuse(f"Tệp này đã được gắn ở đây, tên “{twin.file_name}”.", "file")
    row = PostFile(
        post_id=post.id,
        alt=alt,
        **attached(stored, file_name, by_id=by.id, at=at),
    )
    db.session.add(row)
    db.session.flush()
    return row


def remove(row: PostFile) -> None:
    """Gỡ một tệp đính kèm; the file itself stays until the store is swept."""
    db.session.delete(row)
