"""Chủ đề: written, removed, and given to posts; nothing here commits."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.core.text import nfc, one_line
from campaign.extensions import db, flush_or_refuse
from campaign.publicity.models import Post, Theme, ThemeIndicator, ThemePost
from campaign.publicity.themes.queries import themes_of


def save_theme(row: Theme, *, name: str, lead: str, indicators: Collection[int]) -> None:
    """Ghi chủ đề và các chỉ tiêu thuộc về nó."""
    row.name, row.lead = one_line(name), nfc(lead).strip()
    db.session.add(row)
    flush_or_refuse("Phong trào đã có chủ đề tên này.", "name")
    standing = {link.indicator_id: link for link in _links(ThemeIndicator, row)}
    for number in standing.keys() - set(indicators):
        db.session.delete(standing[number])
    db.session.add_all(
        ThemeIndicator(theme_id=row.id, indicator_id=number)
        for number in sorted(set(indicators) - standing.keys())
    )
    db.session.flush()


def remove_theme(row: Theme) -> None:
    """Xoá chủ đề; its posts stay, without it. Each row is deleted by itself, for the record."""
    for link in (*_links(ThemeIndicator, row), *_links(ThemePost, row)):
        db.session.delete(link)
    db.session.flush()
    db.session.delete(row)


def _links(model: type[Any], row: Theme) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.theme_id == row.id)).all()


def give_theme(post: Post, theme_id: int | None) -> None:
    """Xếp bài vào một chủ đề của chính phong trào, or into none."""
    standing = db.session.get(ThemePost, post.id)
    if theme_id is None:
        if standing is not None:
            db.session.delete(standing)
        return
    if theme_id not in {row.id for row in themes_of(post.campaign_id or 0)}:
        refuse("Hãy chọn trong danh sách.", "theme_id")
    row = standing or ThemePost(post_id=post.id)
    row.theme_id = theme_id
    db.session.add(row)
    db.session.flush()
