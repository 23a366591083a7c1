"""Giá văn bản: each kind of paper with who may draw what, and the one way from a subject to a
.docx.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.core.errors import NotVisible
from campaign.extensions import db
from campaign.office import campaign_papers, decision_papers, meeting_papers
from campaign.office.heads import Asker
from campaign.office.models import FiledPaper, PaperTemplate
from campaign.office.rules import NOT_KNOWN, ROOM, Drawn, Item, PaperKind, stamp, unbroken
from campaign.papers.documents import Properties, draw_all, shipped
from campaign.planning.models import Campaign


@dataclass(frozen=True)
class Source:
    """Nguồn của một loại văn bản: what this reader may draw, and the content of one."""

    items: Callable[[Asker, Campaign], list[Item]]
    content: Callable[[Asker, Campaign, int], Drawn]


AT_ONCE = 20
SOURCES: dict[PaperKind, Source] = {
    PaperKind.PLAN: Source(campaign_papers.plans, campaign_papers.plan),
    PaperKind.PLEDGE: Source(campaign_papers.pledges, campaign_papers.pledge),
    PaperKind.REPORT: Source(campaign_papers.reports, campaign_papers.report),
    PaperKind.INSPECTION: Source(campaign_papers.inspections, campaign_papers.inspection),
    PaperKind.SUMMARY: Source(campaign_papers.summaries, campaign_papers.summary),
    PaperKind.INVITATION: Source(meeting_papers.called, meeting_papers.invitation),
    PaperKind.BALLOT: Source(meeting_papers.ballots, meeting_papers.ballot),
    PaperKind.OPINION: Source(meeting_papers.asked, meeting_papers.opinion),
    PaperKind.COUNT: Source(meeting_papers.counts, meeting_papers.count),
    PaperKind.MINUTES: Source(meeting_papers.minuted, meeting_papers.minutes),
    PaperKind.SUBMISSION: Source(decision_papers.submissions, decision_papers.submission),
    PaperKind.ACHIEVEMENT: Source(campaign_papers.achievements, campaign_papers.achievement),
    PaperKind.UPWARD: Source(decision_papers.upwards, decision_papers.upward),
    PaperKind.DECISION: Source(decision_papers.decisions, decision_papers.decision),
    PaperKind.NOTICE: Source(decision_papers.notices, decision_papers.notice),
    PaperKind.AMENDMENT: Source(decision_papers.amendments, decision_papers.amendment),
}


@dataclass(frozen=True)
class Paper:
    """Một văn bản đã lập."""

    kind: PaperKind
    item: Item
    drawn: Drawn
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
    found = ((kind, source.items(asker, campaign)) for kind, source in SOURCES.items())
    return [(kind, items) for kind, items in found if items]


def fields_of(
    asker: Asker, campaign: Campaign, kind: PaperKind, item: Item
) -> tuple[Drawn, dict[str, Any]]:
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
        (one for one in SOURCES[kind].items(asker, campaign) if one.subject_id == subject_id), None
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
                (
                    template,
                    fields,
                    Properties(
                        f"{kind.label}, {item.title}", fields["issuer"], facts.data_at or asker.now
                    ),
                )
                for kind, item, template, facts, fields in sketched
            ]
        )
        for (kind, item, template, facts, _), content in zip(sketched, drawn, strict=True):
            yield Paper(kind, item, facts, content, hashlib.sha256(template).hexdigest())


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
        or all(one.subject_id != row.subject_id for one in SOURCES[row.kind].items(asker, campaign))
    ):
        raise NotVisible
    return row


def own_templates() -> dict[PaperKind, PaperTemplate]:
    """Các mẫu do cơ quan sửa."""
    return {
        row.kind: row
        for row in db.session.scalars(select(PaperTemplate).options(joinedload(PaperTemplate.by)))
    }


def latest_example(asker: Asker, kind: PaperKind) -> tuple[Campaign, Item] | None:
    """Văn bản thật để xem thử: the newest of this kind whose step is frozen, in the newest campaign
    that has one.
    """
    for campaign in db.session.scalars(
        select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id.desc()).limit(10)
    ):
        final = [item for item in SOURCES[kind].items(asker, campaign) if item.is_final]
        if final:
            return campaign, final[-1]
    return None


def moment_of(found: Paper, now: datetime) -> datetime:
    """Lúc số liệu của văn bản."""
    return found.drawn.data_at or now
