"""Câu chuyện về điển hình: the text, the consent it rests on, and its pictures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.database import Base
from campaign.exemplars.models import Exemplar
from campaign.files.attached import AttachedFile


class ExemplarStory(Base):
    """Câu chuyện về điển hình: published only with a consent that stands."""

    __tablename__ = "exemplar_story"
    __table_args__ = (
        CheckConstraint("title <> '' AND body <> ''", name="tells_something"),
        CheckConstraint(
            "published_at IS NULL OR (consent_on IS NOT NULL AND consent_paper <> ''"
            " AND withdrawn_on IS NULL)",
            name="published_with_consent",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(
        ForeignKey("exemplar.id", ondelete="RESTRICT"), unique=True
    )
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    consent_on: Mapped[date | None]
    consent_paper: Mapped[str] = mapped_column(default="")
    """Văn bản ghi việc đồng ý: who is told of, or who speaks for them, signed it."""
    withdrawn_on: Mapped[date | None]
    """Ngày rút lại việc đồng ý."""
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    exemplar: Mapped[Exemplar] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name is SQLAlchemy's


class ExemplarPicture(AttachedFile, Base):
    """Ảnh của câu chuyện: drawn anew, with the words for who does not see it."""

    __tablename__ = "exemplar_picture"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_is_positive"),
        CheckConstraint("alt <> ''", name="has_its_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(
        ForeignKey("exemplar_story.id", ondelete="RESTRICT"), index=True
    )
    alt: Mapped[str]
