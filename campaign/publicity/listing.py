"""Các bài của phong trào: by what they are searched, narrowed and sorted."""

from typing import Any

from sqlalchemy import Select

from campaign.publicity import queries
from campaign.publicity.models import Post
from campaign.web.lists import Asked, Column, Filter, asked

COLUMNS = (Column("published", "Trạng thái", (Post.published_on,)),)
_STATES = (("published", "Đã đăng"), ("draft", "Bản nháp"))


def asked_posts() -> Asked:
    """Điều kiện của danh sách bài."""
    states = Filter("state", "Trạng thái", _STATES)
    return asked(COLUMNS, [states], search="Tìm theo tiêu đề", endpoint="publicity.posts")


def statement(of: Asked, campaign_id: int) -> Select[Any]:
    """Các bài như điều kiện nói."""
    state = of.chosen["state"]
    found = queries.posts_of(campaign_id, text=of.text, order=of.order)
    if state:
        is_out = Post.published_on.is_not(None)
        found = found.where(is_out if state == "published" else ~is_out)
    return found
