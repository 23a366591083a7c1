"""Tuyên truyền: announcements and posts, with how often each was read."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.planning.models import Campaign


class Post(Base):
    """Bài viết: the announcement of a campaign or a piece of news; published by its date."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint(
            "NOT is_announcement OR campaign_id IS NOT NULL", name="announcement_has_a_campaign"
        ),
        Index("ix_post_published_on", "published_on", "id"),
        Index("ix_post_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    is_announcement: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class PostReader(Base):
    """Người đọc trong ngày: how many views of a post one address was counted for today; no address
    is kept, only a mark.
    """

    __tablename__ = "post_reader"
    __audited__ = False

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[int]


class PostViews(Base):
    """Lượt xem: counted apart from the post, so that reading never touches it."""

    __tablename__ = "post_views"
    __audited__ = False

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    views: Mapped[int] = mapped_column(default=0)
