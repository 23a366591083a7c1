"""Số liệu của báo cáo sơ kết, tổng kết: who took part, reported, was told of, was granted."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from campaign.core.amounts import dong
from campaign.decision.models import UpwardRequest
from campaign.decision.rules import Answer
from campaign.enrolment.models import Participation
from campaign.enrolment.queries import confirmed
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.models import Exemplar, ExemplarUse
from campaign.exemplars.rules import State
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.nomination.models import AwardKind, Nominee
from campaign.office.tallies import Awarded, examples_words
from campaign.planning.models import Block
from campaign.planning.queries import periods_of, tasks_of
from campaign.planning.rules import PART_NAMES
from campaign.publicity.models import Post, PostViews
from campaign.reporting.models import Narrative, Report, ReportVersion
from campaign.reporting.queries import filed


def units_by_block(campaign_id: int) -> list[tuple[str, int]]:
    """Số đơn vị tham gia theo khối, in the order of the plan."""
    rows = db.session.execute(
        select(Block.name, func.count())
        .join(Participation, Participation.block_id == Block.id)
        .where(
            Block.campaign_id == campaign_id, Participation.state == ParticipationState.CONFIRMED
        )
        .group_by(Block.id, Block.name, Block.position)
        .order_by(Block.position, Block.id)
    )
    return [(name, count) for name, count in rows]


class Reported(NamedTuple):
    """Kỳ báo cáo: how many units sent theirs, and how many on time."""

    name: str
    due_on: date
    sent: int
    on_time: int


def periods_reported(campaign_id: int) -> list[Reported]:
    """Báo cáo theo kỳ, of the units that take part."""
    taking_part = {row.id for row in confirmed(campaign_id)}
    sent = {
        key: row for key, row in filed(campaign_id).items() if row.is_sent and key[0] in taking_part
    }
    return [
        Reported(
            period.name,
            period.due_on,
            sum(key[1] == period.id for key in sent),
            sum(key[1] == period.id and row.is_on_time is True for key, row in sent.items()),
        )
        for period in periods_of(campaign_id)
    ]


def task_reports(campaign_id: int) -> list[tuple[str, int, int]]:
    """Từng nội dung, with how many of the units that take part told of it in a sent report; the
    parts that every report has are none.
    """
    told = _units_that_told(campaign_id)
    units = len(confirmed(campaign_id))
    return [
        (task.name, told.get(task.id, 0), units)
        for task in tasks_of(campaign_id)
        if task.name not in PART_NAMES
    ]


def _units_that_told(campaign_id: int) -> dict[int, int]:
    """Số đơn vị đã kể: task → how many told of it in a report that was sent."""
    rows = db.session.execute(
        select(Narrative.task_id, func.count(Report.participation_id.distinct()))
        .join(Report, Report.id == Narrative.report_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
            Narrative.text != "",
            select(ReportVersion.id).where(ReportVersion.report_id == Report.id).exists(),
        )
        .group_by(Narrative.task_id)
    )
    return {task_id: count for task_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def communication(campaign_id: int) -> str:
    """Tuyên truyền bằng một câu: how many posts, how often read."""
    posts, views = db.session.execute(
        select(func.count(Post.id), func.sum(PostViews.views))
        .outerjoin(PostViews, PostViews.post_id == Post.id)
        .where(Post.campaign_id == campaign_id, Post.published_on.is_not(None))
    ).one()
    if not posts:
        return "Chưa có bài tuyên truyền nào được đăng."
    return f"Đã đăng {posts} bài tuyên truyền" + (f", {dong(views)} lượt xem." if views else ".")


def examples_told(campaign_id: int) -> str:
    """Điển hình tiên tiến bằng một câu: how many, how far brought, by how many units followed."""
    rows = db.session.execute(
        select(Exemplar.id, Exemplar.subject, Exemplar.step)
        .join(Participation, Participation.id == Exemplar.participation_id)
        .where(Participation.campaign_id == campaign_id, Exemplar.state == State.REGISTERED)
    ).all()
    if not rows:
        return ""
    followers = db.session.scalar(
        select(func.count(ExemplarUse.participation_id.distinct())).where(
            ExemplarUse.exemplar_id.in_([row.id for row in rows])
        )
    )
    return examples_words(
        Counter(row.subject for row in rows), Counter(row.step for row in rows), followers or 0
    )


def granted_above(campaign_id: int) -> list[Awarded]:
    """Cấp trên đã khen thưởng theo đề nghị của phong trào."""
    rows = db.session.execute(
        select(
            AwardType.name,
            AwardKind.subject,
            Nominee.honorific,
            Nominee.is_leader,
            func.coalesce(Block.name, ""),
        )
        .join(UpwardRequest, UpwardRequest.nominee_id == Nominee.id)
        .join(AwardKind, AwardKind.id == Nominee.kind_id)
        .join(AwardKind.award_type)
        .join(Nominee.participation)
        .outerjoin(Participation.block)
        .where(Nominee.campaign_id == campaign_id, UpwardRequest.answer == Answer.GRANTED)
        .order_by(UpwardRequest.answered_on, Nominee.id)
    )
    return [Awarded(*row) for row in rows]
