"""Phôi giấy khen: its picture, and where each text stands."""

from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, Hundredths
from campaign.papers.stock import Alignment, CertificatePart, Letter, Spot


class StockScan(Base):
    """Bản chụp phôi giấy khen: shown behind the texts while they are placed; never printed."""

    __tablename__ = "stock_scan"
    __unaudited_columns__ = frozenset({"content"})
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


class CertificateLayout(Base):
    """Vị trí trên phôi giấy khen: where a text stands on the office's stock, if not as shipped."""

    __tablename__ = "certificate_layout"
    __table_args__ = (
        CheckConstraint("x >= 0 AND y >= 0", name="starts_on_the_page"),
        CheckConstraint("width > 0 AND height > 0", name="has_an_extent"),
        CheckConstraint("x + width <= 29700 AND y + height <= 21000", name="ends_on_the_page"),
    )

    part: Mapped[CertificatePart] = mapped_column(primary_key=True)
    x: Mapped[Decimal] = mapped_column(Hundredths)
    """Millimetres, like `y`, `width` and `height`; kept as hundredths."""
    y: Mapped[Decimal] = mapped_column(Hundredths)
    width: Mapped[Decimal] = mapped_column(Hundredths)
    height: Mapped[Decimal] = mapped_column(Hundredths)
    size: Mapped[Decimal] = mapped_column(Hundredths)
    letter: Mapped[Letter]
    alignment: Mapped[Alignment]
    is_shown: Mapped[bool]

    @property
    def spot(self) -> Spot:
        """Ô chữ."""
        return Spot(
            self.x,
            self.y,
            self.width,
            self.height,
            self.size,
            self.letter,
            self.alignment,
            self.is_shown,
        )
