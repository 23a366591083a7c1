"""Lượt đọc hồ sơ: its table."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.accounts.models import User
from campaign.database import Base
from campaign.planning.models import Campaign
from campaign.readings.rules import Dossier
from campaign.units.models import Unit


class DossierReading(Base):
    """Lượt đọc hồ sơ: who read what of whom. It decides nothing, and stands outside the record; of
    the person read of the name as it was, for a nominee is no account.
    """

    __tablename__ = "dossier_reading"
    __audited__ = False
    __table_args__ = (
        Index("ix_dossier_reading_campaign_id_at", "campaign_id", "at"),
        Index("ix_dossier_reading_unit_id_name_key", "unit_id", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    reader_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    what: Mapped[Dossier]
    person_name: Mapped[str]
    name_key: Mapped[str]

    reader: Mapped[User] = relationship(lazy="raise_on_sql")
    campaign: Mapped[Campaign] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
