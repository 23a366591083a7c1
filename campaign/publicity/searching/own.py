"""Tìm kiếm trong việc của mình: read with each search, and counted only after the rights of whoever
asks are known.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.permissions import Permission
from campaign.enrolment.models import Participation
from campaign.exemplars.queries import exemplars_seen
from campaign.exemplars.rules import State
from campaign.extensions import db
from campaign.nomination.access import seen_by
from campaign.planning.models import Campaign
from campaign.planning.queries import campaigns
from campaign.planning.rules import Phase
from campaign.publicity.models import Post
from campaign.publicity.queries import is_out
from campaign.publicity.searching.rules import MOST_SHOWN, Found, Searchable, found, searchable
from campaign.register.queries import register
from campaign.reporting.models import Report
from campaign.reporting.queries import Sight, sight_of


def own_parts(user: User, text: str, day: date) -> list[Found]:
    """Những gì chỉ người đã đăng nhập tìm được, by heading, as far as they may see it."""
    may = user.permissions
    plans = Permission.CAMPAIGN_PLAN in may
    theirs: Sequence[Campaign] = db.session.scalars(campaigns(with_drafts=plans)).all()
    parts = []
    if plans:
        parts.append(found("Phong trào đang dự thảo", _drafts(theirs), text))
    if Permission.REPORT_READ in may:
        parts.append(found("Báo cáo", _reports(user, theirs, day), text))
    if Permission.EXEMPLAR_READ in may:
        parts.append(found("Sổ điển hình", _examples(user, theirs, day), text))
    if Permission.POST_WRITE in may:
        parts.append(found("Bài chưa đăng", _posts(theirs, day), text))
    if Permission.AWARD_READ in may:
        parts += [found("Đề nghị khen thưởng", _nominees(user, theirs, day), text), _awards(text)]
    return parts


def _drafts(theirs: Sequence[Campaign]) -> Iterator[Searchable]:
    for row in theirs:
        if row.phase is Phase.DRAFT:
            url = url_for("planning.show", campaign_id=row.id)
            yield searchable(row.title, url, row.phase.label, row.occasion, day=row.starts_on)


def _reports(user: User, theirs: Sequence[Campaign], day: date) -> Iterator[Searchable]:
    for campaign in theirs:
        sight = sight_of(user, campaign.id, day)
        for row in db.session.scalars(_reports_in(campaign.id, sight)):
            if not sight.sees(row.participation.unit_id):
                continue
            yield searchable(
                f"Báo cáo {row.period.name}, {row.participation.unit.name}",
                url_for("reporting.show", campaign_id=campaign.id, report_id=row.id),
                f"{campaign.title}, {row.state.label}",
                campaign.title,
                day=row.period.ends_on,
            )


def _reports_in(campaign_id: int, sight: Sight) -> Select[Any]:
    """The reports of a campaign; of those who see their own alone no others are read."""
    statement = (
        select(Report)
        .join(Report.participation)
        .where(Participation.campaign_id == campaign_id)
        .options(
            contains_eager(Report.participation).joinedload(Participation.unit),
            joinedload(Report.period),
        )
        .order_by(Report.id)
    )
    if sight.sees_others:
        return statement
    return statement.where(Participation.unit_id.in_(sight.own))


def _examples(user: User, theirs: Sequence[Campaign], day: date) -> Iterator[Searchable]:
    for campaign in theirs:
        for row in exemplars_seen(campaign.id, sight_of(user, campaign.id, day)):
            stands = row.step.label if row.state is State.REGISTERED else row.state.label
            yield searchable(
                row.name,
                url_for("exemplars.show", campaign_id=campaign.id, exemplar_id=row.id),
                f"{row.participation.unit.name}, {stands}",
                *(row.participation.unit.name, row.field, row.reason, row.goal),
                *(row.measures, row.result, row.summary, row.spread),
                day=local_date(row.moved_at),
            )


def _posts(theirs: Sequence[Campaign], day: date) -> Iterator[Searchable]:
    titles = {row.id: row.title for row in theirs}
    statement = select(Post).where(Post.campaign_id.in_(titles), ~func.coalesce(is_out(day), False))
    for row in db.session.scalars(statement.order_by(Post.id)):
        yield searchable(
            row.title,
            url_for("publicity.edit", campaign_id=row.campaign_id, post_id=row.id),
            f"{row.kind.label}, {row.state(day).label}",
            row.body,
            row.source,
            day=row.published_on,
        )


def _nominees(user: User, theirs: Sequence[Campaign], day: date) -> Iterator[Searchable]:
    for campaign in theirs:
        for row in seen_by(user, campaign, day):
            yield searchable(
                f"{row.honorific} {row.name}: {row.kind.award_type.name}".strip(),
                url_for("nomination.nominee", campaign_id=campaign.id, nominee_id=row.id),
                f"{row.participation.unit.name}, {campaign.title}",
                *(row.participation.unit.name, row.job, row.achievements),
                day=campaign.starts_on,
            )


def _awards(text: str) -> Found:
    """Sổ khen thưởng."""
    statement = register(words=text)
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    rows = [
        Searchable(
            f"{line.full_name}: {line.form_name}",
            url_for("register.index", q=line.full_name),
            f"Quyết định số {line.decision.title}",
            "",
        )
        for line in db.session.scalars(statement.limit(MOST_SHOWN))
    ]
    return Found("Sổ khen thưởng", rows, total or 0)
