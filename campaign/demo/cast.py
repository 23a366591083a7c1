"""Dàn diễn: the people and rows of the story, and how one act of it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.core.dates import VIETNAM
from campaign.demo.content.people import SECRETARIAT
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.scheme.models import Indicator
from campaign.units.models import Unit

HALF = Decimal("0.5")
"""Bước điểm của diễn tập."""


@dataclass
class Cast:
    """Dàn diễn: the rows of the story, by the names it uses for them."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    participations: dict[str, Participation] = field(default_factory=dict)
    exemplars: dict[str, Exemplar] = field(default_factory=dict)

    @property
    def secretary(self) -> User:
        """Thường trực: who plans, confirms and verifies."""
        return self.users[SECRETARIAT[0].user_name]

    def verifier_of(self, code: str) -> User:
        """The one of the two secretaries whose own unit it is not."""
        first, second = SECRETARIAT
        return self.users[second.user_name if code == first.unit else first.user_name]


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Một lúc trong ngày, Vietnamese time."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


@contextmanager
def act(name: str, by: User | None, campaign: Campaign | None = None) -> Iterator[None]:
    """One act of one person: committed, and on record under their name."""
    recorder.acting_as(by.id if by else None, by.full_name if by else "Hệ thống")
    yield
    recorder.act(name, campaign_id=campaign.id if campaign else None)
    db.session.commit()
