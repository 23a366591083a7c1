"""Tệp đính kèm: what a row holds of a file of the store, and who put it there."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from campaign.files.storage import StoredContent, clean_name


class AttachedFile:
    """Tệp đính kèm: the columns of a table whose rows each hold one file."""

    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )


def attached(
    stored: StoredContent, file_name: str | None, *, by_id: int, at: datetime
) -> dict[str, Any]:
    """Các cột của một tệp vừa cất, by its name as it is shown."""
    return {
        "file_name": clean_name(file_name),
        "media_type": stored.media_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "storage_key": stored.storage_key,
        "uploaded_at": at,
        "uploaded_by_id": by_id,
    }
