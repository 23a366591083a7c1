"""Tìm kiếm: what everybody may find, folded once and kept as the public pages are."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import Select, select

from campaign.core.dates import format_date, local_date
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.stories.queries import published
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.publicity.models import Post
from campaign.publicity.queries import is_out
from campaign.publicity.searching.rules import Searchable, searchable
from campaign.units.models import Unit


def public_parts(day: date) -> list[tuple[str, list[Searchable]]]:
    """Những gì ai cũng đọc được, by heading."""
    return [
        ("Bài viết", list(_posts(day))),
        ("Phong trào", list(_campaigns())),
        ("Gương điển hình", list(_stories())),
        ("Đơn vị tham gia", list(_units())),
        ("Quyết định khen thưởng", list(_decisions())),
    ]


def _posts(day: date) -> Iterator[Searchable]:
    for row in db.session.scalars(select(Post).where(is_out(day)).order_by(Post.id)):
        yield searchable(
            row.title,
            url_for("publicity.show", post_id=row.id),
            f"{row.kind.label}, {format_date(row.published_on or day)}",
            row.body,
            row.source,
            day=row.published_on,
        )


def _campaigns() -> Iterator[Searchable]:
    for row in db.session.scalars(
        select(Campaign).where(Campaign.phase != Phase.DRAFT).order_by(Campaign.id)
    ):
        yield searchable(
            row.title,
            url_for("publicity.campaign", campaign_id=row.id),
            f"{format_date(row.starts_on)} – {format_date(row.ends_on)}",
            row.occasion,
            row.announcement,
            day=row.starts_on,
        )


def _stories() -> Iterator[Searchable]:
    """Stories that are published, with a consent that stands."""
    for campaign in db.session.scalars(
        select(Campaign).where(Campaign.phase != Phase.DRAFT).order_by(Campaign.id)
    ):
        for row in published(campaign.id):
            yield searchable(
                row.title,
                url_for("stories.story", campaign_id=campaign.id, exemplar_id=row.exemplar_id),
                f"{row.exemplar.name}, {row.exemplar.participation.unit.name}",
                row.exemplar.name,
                row.exemplar.field,
                row.body,
                day=local_date(row.published_at) if row.published_at else None,
            )


def _units() -> Iterator[Searchable]:
    """Units that take part in a launched campaign: their names stand on its page."""
    statement = (
        select(Unit.name, Unit.short_name, Campaign.id, Campaign.title, Campaign.starts_on)
        .join(Participation, Participation.unit_id == Unit.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.state == ParticipationState.CONFIRMED, Campaign.phase != Phase.DRAFT)
        .order_by(Unit.sort_key, Campaign.id)
    )
    for name, short_name, campaign_id, title, starts_on in db.session.execute(statement):
        url = url_for("publicity.campaign", campaign_id=campaign_id)
        yield searchable(name, url, title, short_name, day=starts_on)


def _decisions() -> Iterator[Searchable]:
    """Who is awarded by a signed decision of a campaign whose results are public."""
    for line, decision, title in db.session.execute(_public_lines()):
        yield searchable(
            f"{line.full_name}: {line.form_name}",
            url_for("publicity.results", campaign_id=decision.campaign_id),
            f"Quyết định số {decision.title}, {title}",
            line.unit_name,
            decision.title,
            day=decision.signed_on,
        )


def _public_lines() -> Select[DecisionLine, Decision, str]:
    """The awards that stand, each with its decision and the title of its campaign."""
    return (
        select(DecisionLine, Decision, Campaign.title)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Campaign, Campaign.id == Decision.campaign_id)
        .where(
            Decision.state == DecisionState.SIGNED,
            Campaign.phase == Phase.PUBLISHED,
            Decision.kind != DecisionKind.REVOCATION,
            DecisionLine.ended_by_id.is_(None),
        )
        .order_by(Decision.id, DecisionLine.position)
    )
