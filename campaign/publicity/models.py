"""Tuyên truyền: posts, who worked through a directive, and how often each was read."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.enrolment.models import Participation
from campaign.files.attached import AttachedFile
from campaign.planning.models import Campaign
from campaign.publicity.rules import PostKind, PostState, state_on


class Post(Base):
    """Bài viết: of a kind; to be seen from its day of publishing to its day of withdrawal."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint(
            "NOT is_announcement OR campaign_id IS NOT NULL", name="announcement_has_a_campaign"
        ),
        CheckConstraint(
            "NOT is_announcement OR kind = 'announcement'", name="announcement_is_of_its_kind"
        ),
        CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on > published_on", name="withdrawn_after_published"
        ),
        CheckConstraint(
            "withdrawn_on IS NULL OR published_on IS NOT NULL", name="withdrawn_was_published"
        ),
        Index("ix_post_published_on", "published_on", "id"),
        Index("ix_post_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    kind: Mapped[PostKind] = mapped_column(default=PostKind.NEWS)
    is_announcement: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's

    def state(self, day: date) -> PostState:
        """Trạng thái vào một ngày."""
        return state_on(day, self.published_on, self.withdrawn_on)


class DirectiveStudy(Base):
    """Xác nhận đã quán triệt: that a unit worked through a directive, when, and who took part."""

    __tablename__ = "directive_study"
    __table_args__ = (
        UniqueConstraint("post_id", "participation_id"),
        CheckConstraint("attendees <> ''", name="somebody_took_part"),
        Index("ix_directive_study_participation_id", "participation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="RESTRICT"))
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id", ondelete="RESTRICT")
    )
    held_on: Mapped[date]
    attendees: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    participation: Mapped[Participation] = relationship(lazy="raise_on_sql")
    by: Mapped[User] = relationship(lazy="raise_on_sql")


class PostVersion(Base):
    """Bản trước của bài: how it stood before a correction, when and why it was corrected."""

    __tablename__ = "post_version"
    __table_args__ = (CheckConstraint("reason <> ''", name="corrected_for_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )

    by: Mapped[User] = relationship(lazy="raise_on_sql")


class PostFile(AttachedFile, Base):
    """Tệp đính kèm bài viết: to be had as long as the post is to be seen."""

    __tablename__ = "post_file"
    __table_args__ = (CheckConstraint("size > 0", name="size_is_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    alt: Mapped[str] = mapped_column(default="")
    """Lời tả ảnh: a picture that stands in the post has one; other files have none."""


class Theme(Base):
    """Chủ đề của đợt thi đua: with the targets and the posts that belong to it."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("name <> ''", name="theme_has_a_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[str]
    lead: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class ThemeIndicator(Base):
    """Chỉ tiêu của một chủ đề."""

    __tablename__ = "theme_indicator"

    theme_id: Mapped[int] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ThemeExemplar(Base):
    """Điển hình của một chủ đề: its story stands on the page of the theme while it is published."""

    __tablename__ = "theme_exemplar"

    theme_id: Mapped[int] = mapped_column(
        ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True
    )
    exemplar_id: Mapped[int] = mapped_column(
        ForeignKey("exemplar.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ThemePost(Base):
    """Bài của một chủ đề; a post has one at most."""

    __tablename__ = "theme_post"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)


class ViewKey(Base):
    """Khoá đếm người đọc của một ngày, thrown away with the day."""

    __tablename__ = "view_key"
    __audited__ = False

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str]


class PostReader(Base):
    """Người đọc trong ngày: a mark for each reader of a post and for each network, with how many
    readers it was counted for; no address is kept.
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
