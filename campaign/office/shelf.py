"""Giá văn bản: each kind of paper with who may draw it, and the way from a subject to .docx."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.extensions import db
from campaign.office.documents import (
    achievements,
    amendments,
    ballots,
    closing,
    counts,
    decisions,
    exemplars,
    inspections,
    invitations,
    minutes,
    notices,
    plan,
    pledges,
    reports,
    submissions,
    summary,
    upward,
)
from campaign.office.heads import Asker
from campaign.office.models import FiledPaper, PaperTemplate
from campaign.office.rules import NOT_KNOWN, ROOM, Item, PaperContent, PaperKind, stamp, unbroken
from campaign.papers.documents import Properties, draw_all, shipped, shipped_sha256
from campaign.planning.models import Campaign


@dataclass(frozen=True)
class Source:
    """Nguồn của một loại văn bản: what this reader may draw, and the content of one."""

    items: Callable[[Asker, Campaign], list[Item]]
    content: Callable[[Asker, Campaign, int], PaperContent]


AT_ONCE = 20
SOURCES: dict[PaperKind, Source] = {
    PaperKind.PLAN: Source(plan.plans, plan.plan),
    PaperKind.PLEDGE: Source(pledges.pledges, pledges.pledge),
    PaperKind.REPORT: Source(reports.reports, reports.report),
    PaperKind.INSPECTION: Source(inspections.inspections, inspections.inspection),
    PaperKind.SUMMARY: Source(summary.summaries, summary.summary),
    PaperKind.INVITATION: Source(invitations.called, invitations.invitation),
    PaperKind.BALLOT: Source(ballots.ballots, ballots.ballot),
    PaperKind.OPINION: Source(invitations.asked, invitations.opinion),
    PaperKind.COUNT: Source(counts.counts, counts.count),
    PaperKind.MINUTES: Source(minutes.minuted, minutes.minutes),
    PaperKind.SUBMISSION: Source(submissions.submissions, submissions.submission),
    PaperKind.ACHIEVEMENT: Source(achievements.achievements, achievements.achievement),
    PaperKind.UPWARD: Source(upward.upwards, upward.upward),
    PaperKind.DECISION: Source(decisions.decisions, decisions.decision),
    PaperKind.NOTICE: Source(notices.notices, notices.notice),
    PaperKind.AMENDMENT: Source(amendments.amendments, amendments.amendment),
    PaperKind.CLOSING: Source(closing.closings, closing.closing),
    PaperKind.EXEMPLAR: Source(exemplars.exemplars, exemplars.exemplar),
}


@dataclass(frozen=True)
class Paper:
    """Một văn bản đã lập."""

    kind: PaperKind
    item: Item
    drawn: PaperContent
    content: bytes
    template_sha256: str

    @property
    def file_name(self) -> str:
        """Tên tệp Word."""
        return f"{self.kind.label}, {self.item.title}.docx"


Shelf = list[tuple[PaperKind, list[Item]]]
"""Các văn bản lập được, by kind."""


def shelf(asker: Asker, campaign: Campaign) -> Shelf:
    """Mọi văn bản mà người này lập được, kind by kind."""
    by_kind = ((kind, source.items(asker, campaign)) for kind, source in SOURCES.items())
    return [(kind, items) for kind, items in by_kind if items]


def fields_of(
    asker: Asker, campaign: Campaign, kind: PaperKind, item: Item
) -> tuple[PaperContent, dict[str, Any]]:
    """Nội dung and the whole set of fields a template is given."""
    drawn = SOURCES[kind].content(asker, campaign, item.subject_id)
    is_final = item.is_final and drawn.data_at is not None
    day = drawn.fields["dated"]
    more = {
        "is_draft": not is_final,
        "dated": day.replace(NOT_KNOWN, ROOM) if is_final else day,
        "stamp": stamp(
            drawn.version,
            drawn.data_at or asker.now,
            is_final=is_final,
            is_illustrative=campaign.is_illustrative,
        ),
    }
    return drawn, unbroken(drawn.fields | more)


def paper(asker: Asker, campaign: Campaign, kind: PaperKind, subject_id: int) -> Paper:
    """Lập một văn bản; whoever may not draw it finds nothing."""
    item = next(
        (entry for entry in SOURCES[kind].items(asker, campaign) if entry.subject_id == subject_id),
        None,
    )
    if item is None:
        raise NotVisible
    return next(papers(asker, campaign, [(kind, item)]))


def papers(
    asker: Asker, campaign: Campaign, wanted: Sequence[tuple[PaperKind, Item]]
) -> Iterator[Paper]:
    """Lập các văn bản which this reader was offered, a score in one go."""
    templates = {kind: row.content for kind, row in own_templates().items()}
    for start in range(0, len(wanted), AT_ONCE):
        sketched = []
        for kind, item in wanted[start : start + AT_ONCE]:
            template = templates.setdefault(kind, shipped(kind.value))
            sketched.append((kind, item, template, *fields_of(asker, campaign, kind, item)))
        drawn = draw_all(
            [
                (template, fields, _properties(kind, item, fields, facts.data_at or asker.now))
                for kind, item, template, facts, fields in sketched
            ]
        )
        for (kind, item, template, facts, _), content in zip(sketched, drawn, strict=True):
            yield Paper(kind, item, facts, content, hashlib.sha256(template).hexdigest())


def _properties(kind: PaperKind, item: Item, fields: Mapping[str, Any], at: datetime) -> Properties:
    """Thuộc tính của tệp Word: its title, who issues it, and of when its data are."""
    return Properties(f"{kind.label}, {item.title}", fields["issuer"], at)


def filed(campaign_id: int) -> Sequence[FiledPaper]:
    """Văn bản đã lưu, newest first."""
    return db.session.scalars(
        select(FiledPaper)
        .where(FiledPaper.campaign_id == campaign_id)
        .options(joinedload(FiledPaper.by))
        .order_by(FiledPaper.id.desc())
    ).all()


def filed_paper(asker: Asker, campaign: Campaign, paper_id: int) -> FiledPaper:
    """Một văn bản đã lưu, for whoever may draw it."""
    row = db.session.get(FiledPaper, paper_id)
    if (
        row is None
        or row.campaign_id != campaign.id
        or all(
            entry.subject_id != row.subject_id for entry in SOURCES[row.kind].items(asker, campaign)
        )
    ):
        raise NotVisible
    return row


def own_templates() -> dict[PaperKind, PaperTemplate]:
    """Các mẫu do cơ quan sửa."""
    return {
        row.kind: row
        for row in db.session.scalars(select(PaperTemplate).options(joinedload(PaperTemplate.by)))
    }


def uncompared(own: Mapping[PaperKind, PaperTemplate]) -> frozenset[PaperKind]:
    """Mẫu của cơ quan chưa đối chiếu với mẫu kèm theo bây giờ: it changed since they were taken."""
    return frozenset(
        kind for kind, row in own.items() if row.compared_with != shipped_sha256(kind.value)
    )


def latest_example(asker: Asker, kind: PaperKind) -> tuple[Campaign, Item] | None:
    """Văn bản thật để xem thử: the newest of this kind whose step is frozen, of all campaigns."""
    for campaign in db.session.scalars(
        select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id.desc()).limit(10)
    ):
        final = [item for item in SOURCES[kind].items(asker, campaign) if item.is_final]
        if final:
            return campaign, final[-1]
    return None
