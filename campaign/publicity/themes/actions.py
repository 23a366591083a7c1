"""Chủ đề: written, removed, and given to posts; nothing here commits."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.core.text import nfc, one_line
from campaign.extensions import db, flush_or_refuse
from campaign.publicity.models import Post, Theme, ThemeExemplar, ThemeIndicator, ThemePost
from campaign.publicity.themes.queries import themes_of


def save_theme(
    row: Theme,
    *,
    name: str,
    lead: str,
    indicators: Collection[int],
    exemplars: Collection[int] = (),
) -> None:
    """Ghi chủ đề, các chỉ tiêu và điển hình thuộc về nó."""
    row.name, row.lead = one_line(name), nfc(lead).strip()
    db.session.add(row)
    flush_or_refuse("Phong trào đã có chủ đề tên này.", "name")
    _belong(ThemeIndicator, "indicator_id", row, indicators)
    _belong(ThemeExemplar, "exemplar_id", row, exemplars)
    db.session.flush()


def _belong(model: type[Any], column: str, row: Theme, numbers: Collection[int]) -> None:
    """Các dòng thuộc về chủ đề: those named, and no others."""
    standing = {getattr(link, column): link for link in _links(model, row)}
    for number in standing.keys() - set(numbers):
        db.session.delete(standing[number])
    db.session.add_all(
        model(theme_id=row.id, **{column: number})
        for number in sorted(set(numbers) - standing.keys())
    )


def remove_theme(row: Theme) -> None:
    """Xoá chủ đề; its posts stay, without it. Each row is deleted by itself, for the record."""
    for model in (ThemeIndicator, ThemeExemplar, ThemePost):
        for link in _links(model, row):
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
