"""Bảng tính bài viết: the posts of a campaign, with how often each was read."""

from collections.abc import Iterable, Mapping

from campaign.papers.workbook import Cell, Column, Kind, Table
from campaign.publicity.models import Post

POSTS = (
    Column("Tiêu đề", width=60),
    Column("Loại", width=24),
    Column("Ngày đăng", Kind.DAY),
    Column("Ngày gỡ", Kind.DAY),
    Column("Nguồn", width=30),
    Column("Lượt xem", Kind.WHOLE),
    Column("Ghi chú", width=14),
)


def posts(rows: Iterable[Post], views: Mapping[int, int]) -> list[Table]:
    """Bài viết, drafts first; a draft has no day."""
    return [Table("Bài viết", POSTS, (_cells(row, views.get(row.id, 0)) for row in rows))]


def _cells(row: Post, views: int) -> tuple[Cell, ...]:
    return (
        row.title,
        "thông báo phát động" if row.is_announcement else row.kind.label,
        row.published_on,
        row.withdrawn_on,
        row.source,
        views if row.published_on else None,
        "minh hoạ" if row.is_illustrative else "",
    )
