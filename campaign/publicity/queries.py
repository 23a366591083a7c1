"""Tuyên truyền: what everybody may read, and the editors' list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from campaign.core.text import search_key
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.planning.models import Block, Campaign, ReportingPeriod
from campaign.planning.queries import shares_of
from campaign.planning.rules import Phase
from campaign.publicity.models import Post, PostVersion, PostViews
from campaign.reporting.models import Report
from campaign.scheme.models import IndicatorOwner
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.progress import Shares
from campaign.scheme.rules.terms import OwnerPart, ValueKind
from campaign.units.models import Unit
from campaign.verification.models import Verification, VerifiedValue


def is_out(day: date) -> ColumnElement[bool]:
    """Bài đang được đăng vào một ngày: not before its day, and not once it is withdrawn."""
    return and_(Post.published_on <= day, or_(Post.withdrawn_on.is_(None), Post.withdrawn_on > day))


def public_posts(day: date, limit: int = 10) -> Sequence[Post]:
    """Bài đang được đăng, newest first."""
    return db.session.scalars(
        select(Post)
        .where(is_out(day))
        .order_by(Post.published_on.desc(), Post.id.desc())
        .limit(limit)
    ).all()


def public_posts_of(campaign_id: int, day: date, limit: int = 5) -> Sequence[Post]:
    """Bài đang được đăng của một phong trào, newest first."""
    return db.session.scalars(
        select(Post)
        .where(is_out(day), Post.campaign_id == campaign_id)
        .order_by(Post.published_on.desc(), Post.id.desc())
        .limit(limit)
    ).all()


def public_post(post_id: int, day: date) -> Post:
    """Một bài đang được đăng."""
    return visible_row(
        select(Post).where(Post.id == post_id, is_out(day)).options(joinedload(Post.campaign))
    )


def neighbours(post: Post, day: date, *, newer: bool) -> Sequence[Post]:
    """Bài mới hơn hoặc cũ hơn, nearest first."""
    here = (post.published_on, post.id)
    statement = select(Post).where(is_out(day), Post.id != post.id)
    key = func.coalesce(Post.published_on, post.published_on)
    if newer:
        statement = statement.where(
            (key > here[0]) | ((key == here[0]) & (Post.id > here[1]))
        ).order_by(key, Post.id)
    else:
        statement = statement.where(
            (key < here[0]) | ((key == here[0]) & (Post.id < here[1]))
        ).order_by(key.desc(), Post.id.desc())
    return db.session.scalars(statement.limit(5)).all()


def corrections_of(post_id: int) -> Sequence[PostVersion]:
    """Các lần sửa bài đã đăng, the newest first, with the text before each and who corrected it."""
    return db.session.scalars(
        select(PostVersion)
        .where(PostVersion.post_id == post_id)
        .options(joinedload(PostVersion.by))
        .order_by(PostVersion.at.desc(), PostVersion.id.desc())
    ).all()


def views_of(post_id: int) -> int:
    """Lượt xem."""
    return db.session.scalar(select(PostViews.views).where(PostViews.post_id == post_id)) or 0


def views_by_post(post_ids: Collection[int]) -> dict[int, int]:
    """Lượt xem của nhiều bài, by id."""
    rows = db.session.execute(
        select(PostViews.post_id, PostViews.views).where(PostViews.post_id.in_(post_ids))
    )
    return {row.post_id: row.views for row in rows}


MOST_CAMPAIGNS = 200
"""Nhiều năm phong trào; a page that is asked for by everybody stays bounded."""


def public_campaigns() -> Sequence[Campaign]:
    """Phong trào đã phát động, newest first."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.phase != Phase.DRAFT)
        .options(joinedload(Campaign.organiser))
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
        .limit(MOST_CAMPAIGNS)
    ).all()


def public_campaign(campaign_id: int) -> Campaign:
    """Một phong trào đã phát động."""
    return visible_row(
        select(Campaign)
        .where(Campaign.id == campaign_id, Campaign.phase != Phase.DRAFT)
        .options(joinedload(Campaign.organiser))
    )


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """Tên đơn vị trên trang công khai, with the mark of what is invented."""

    name: str
    is_illustrative: bool


def participants(campaign_id: int) -> dict[str, list[NamedUnit]]:
    """Đơn vị tham gia theo khối, by name; names of units only, never of people."""
    statement = (
        select(Block.name, Unit.name, Unit.is_illustrative)
        .join(Participation, Participation.block_id == Block.id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Block.campaign_id == campaign_id, Participation.state == ParticipationState.CONFIRMED
        )
        .order_by(Block.position, Block.id, Unit.sort_key)
    )
    by_block: dict[str, list[NamedUnit]] = {}
    for block, unit, is_illustrative in db.session.execute(statement):
        by_block.setdefault(block, []).append(NamedUnit(unit, is_illustrative))
    return by_block


@dataclass(frozen=True, slots=True)
class PublicValue:
    """Số liệu đã thẩm định của một đơn vị: the official one, if any, and how far it reaches."""

    id: int
    unit_id: int
    unit: str
    short_name: str
    value: Decimal | None
    kind: ValueKind | None
    source: str
    period: str
    ends_on: date
    reached: Achievement
    is_lead: bool


class Progress(NamedTuple):
    """Tiến độ của từng chỉ tiêu: the newest of each unit, and how the lead unit's came about."""

    newest: Mapping[int, list[PublicValue]]
    lead: Mapping[int, list[PublicValue]]


def progress(campaign: Campaign, indicators: Mapping[int, MeasuredIndicator]) -> Progress:
    """Tiến độ của từng chỉ tiêu: the lead unit's first, for the whole province."""
    newest: dict[int, list[PublicValue]] = {}
    lead: dict[int, list[PublicValue]] = {}
    for number, value, is_newest in _told_values(campaign, indicators):
        if is_newest:
            newest.setdefault(number, []).append(value)
        first = newest.get(number)
        if value.is_lead and first and first[0].unit == value.unit:
            lead.setdefault(number, []).insert(0, value)
    return Progress({number: newest[number] for number in indicators if number in newest}, lead)


def _told_values(
    campaign: Campaign, indicators: Mapping[int, MeasuredIndicator]
) -> Iterator[tuple[int, PublicValue, bool]]:
    """Of each indicator and unit the newest, of the lead unit all; where it applies."""
    seen: set[tuple[int, int]] = set()
    rows = db.session.execute(_verified_values(campaign.id)).all()
    periods = {row.ReportingPeriod for row in rows}
    planned = {period: shares_of(campaign, period) for period in periods}
    for row in rows:
        key = (row.indicator_id, row.unit_id)
        is_newest = key not in seen
        if (row.is_lead or is_newest) and not row.not_applicable_reason:
            indicator, shares = indicators[row.indicator_id], planned[row.ReportingPeriod]
            yield row.indicator_id, _public_value(indicator, row, shares), is_newest
        seen.add(key)


def _public_value(indicator: MeasuredIndicator, row: Any, shares: Shares) -> PublicValue:
    is_official = row.official_value is not None
    value = row.official_value if is_official else row.value
    return PublicValue(
        row.value_id,
        row.unit_id,
        row.unit_name,
        row.short_name,
        value,
        ValueKind.OFFICIAL if is_official else row.kind,
        row.official_source,
        row.ReportingPeriod.name,
        row.ReportingPeriod.ends_on,
        indicator.reached(row.unit_id, value, row.comparison, shares, row.block_id),
        row.is_lead,
    )


_IS_LEAD = (
    select(IndicatorOwner.unit_id)
    .where(
        IndicatorOwner.indicator_id == VerifiedValue.indicator_id,
        IndicatorOwner.unit_id == Unit.id,
        IndicatorOwner.part == OwnerPart.LEAD,
    )
    .exists()
)
"""Đơn vị chủ trì chỉ tiêu."""


def _verified_values(campaign_id: int) -> Select[*tuple[Any, ...]]:
    """What was verified of each indicator and unit that takes part: the lead unit's first, the
    newest first.
    """
    return (
        select(
            VerifiedValue.id.label("value_id"),
            VerifiedValue.indicator_id,
            Unit.id.label("unit_id"),
            Unit.name.label("unit_name"),
            Unit.short_name,
            Participation.block_id,
            VerifiedValue.value,
            VerifiedValue.kind,
            VerifiedValue.official_value,
            VerifiedValue.official_source,
            VerifiedValue.comparison,
            VerifiedValue.not_applicable_reason,
            ReportingPeriod,
            _IS_LEAD.label("is_lead"),
        )
        .join(Verification, Verification.id == VerifiedValue.verification_id)
        .join(Report, Report.id == Verification.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
            Verification.finished_at.is_not(None),
        )
        .order_by(
            VerifiedValue.indicator_id,
            _IS_LEAD.desc(),
            Unit.sort_key,
            ReportingPeriod.ends_on.desc(),
        )
    )


def posts_of(campaign_id: int, *, text: str = "", order: Sequence[Any] = ()) -> Select[Any]:
    """Bài của phong trào, drafts first, for its editors; titles are searched without tones."""
    statement = (
        select(Post)
        .where(Post.campaign_id == campaign_id)
        .order_by(*order, Post.published_on.is_not(None), Post.published_on.desc(), Post.id.desc())
    )
    if not text:
        return statement
    titles = db.session.execute(select(Post.id, Post.title).where(Post.campaign_id == campaign_id))
    return statement.where(
        Post.id.in_([row.id for row in titles if search_key(text) in search_key(row.title)])
    )


def post(campaign_id: int, post_id: int) -> Post:
    """Một bài của phong trào."""
    return visible_row(select(Post).where(Post.id == post_id, Post.campaign_id == campaign_id))
