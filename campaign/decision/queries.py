"""Quyết định: drafts, signed ones, their lines and what amends them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import joinedload

from campaign.council.queries import Withheld
from campaign.decision.models import (
    Decision,
    DecisionLine,
    DecisionWithdrawal,
    Objection,
    SignatureCorrection,
)
from campaign.decision.rules import Correction, DecisionKind, DecisionState, about_whom, corrections
from campaign.decision.signed_copy.models import SignedCopy
from campaign.decision.signed_copy.queries import published_copies
from campaign.decision.signed_copy.rules import NOT_ASKED
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, visible_row
from campaign.honours.rules import Level, Subject
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.queries import elected
from campaign.planning.models import Campaign
from campaign.units.models import Unit

LINE_STANDS = and_(
    Decision.state == DecisionState.SIGNED,
    Decision.kind != DecisionKind.REVOCATION,
    DecisionLine.ended_by_id.is_(None),
)
"""Dòng còn hiệu lực: signed, and ended by no later decision; what revokes gives nothing."""


def decided_ids(campaign_id: int) -> frozenset[int]:
    """Các đề nghị đã có trong một quyết định, drafted or signed; what was revoked stays out."""
    return frozenset(
        db.session.scalars(
            select(DecisionLine.nominee_id)
            .join(Decision, Decision.id == DecisionLine.decision_id)
            .where(Decision.campaign_id == campaign_id)
        )
    )


def undecided(campaign_id: int) -> list[Nominee]:
    """Các đề nghị cấp sở đã được thông qua mà chưa có trong quyết định nào."""
    taken = decided_ids(campaign_id)
    return [
        row
        for row in elected(campaign_id)
        if row.kind.award_type.level is Level.DEPARTMENT and row.id not in taken
    ]


def last_decision(organiser_id: int | None) -> Decision | None:
    """Quyết định khen thưởng lập gần nhất của cơ quan này, in whatever campaign."""
    return db.session.scalars(
        select(Decision)
        .join(Campaign, Campaign.id == Decision.campaign_id)
        .where(Campaign.organiser_id == organiser_id, Decision.kind == DecisionKind.AWARD)
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()


def decisions(campaign_id: int) -> Sequence[Decision]:
    """Các quyết định, newest first."""
    return db.session.scalars(
        select(Decision).where(Decision.campaign_id == campaign_id).order_by(Decision.id.desc())
    ).all()


def decision(campaign_id: int, decision_id: int, *, for_change: bool = False) -> Decision:
    """Một quyết định của phong trào, held where it will be changed, and read as it stands then."""
    statement = select(Decision).where(
        Decision.id == decision_id, Decision.campaign_id == campaign_id
    )
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return visible_row(statement)


def units_named(decision_id: int) -> frozenset[int]:
    """Đơn vị có tên trong quyết định, or whose people are named."""
    return frozenset(
        db.session.scalars(
            select(Participation.unit_id)
            .join(Nominee, Nominee.participation_id == Participation.id)
            .join(DecisionLine, DecisionLine.nominee_id == Nominee.id)
            .where(DecisionLine.decision_id == decision_id)
        )
    )


def lines_of(decision_id: int) -> Sequence[DecisionLine]:
    """Danh sách kèm theo quyết định, in its official order."""
    return db.session.scalars(
        select(DecisionLine)
        .where(DecisionLine.decision_id == decision_id)
        .options(joinedload(DecisionLine.ended_by))
        .order_by(DecisionLine.position)
    ).all()


def corrections_of(decision: Decision) -> dict[int, tuple[Correction, ...]]:
    """Những điểm một quyết định điều chỉnh sửa: nominee → what its line said and says now."""
    if decision.kind is not DecisionKind.CORRECTION or decision.amends_id is None:
        return {}
    before = {line.nominee_id: line.entry for line in lines_of(decision.amends_id)}
    return {
        line.nominee_id: corrections(before[line.nominee_id], line.entry)
        for line in lines_of(decision.id)
        if line.nominee_id in before
    }


def amended_by(decision: Decision) -> list[Decision]:
    """Các quyết định mà một quyết định điều chỉnh, thu hồi nói tới: that of the award first, then
    those that put it right before.
    """
    chain: list[Decision] = []
    number = decision.amends_id
    while number is not None:
        chain.insert(0, db.session.get_one(Decision, number))
        number = chain[0].amends_id
    return chain


def about_whom_of(decision: Decision) -> str:
    """Các tập thể, cá nhân có tên trong quyết định, for its title; whoever is put right stands
    under the name that was written before.
    """
    lines = lines_of(decision.id)
    if decision.kind is DecisionKind.CORRECTION and decision.amends_id is not None:
        before = {line.nominee_id: line for line in lines_of(decision.amends_id)}
        lines = [before.get(line.nominee_id, line) for line in lines]
    names = {
        subject: [line.full_name for line in lines if line.subject is subject]
        for subject in Subject
    }
    return about_whom(
        names[Subject.COLLECTIVE], names[Subject.INDIVIDUAL], names[Subject.HOUSEHOLD]
    )


def amendments_of(decision_id: int) -> Sequence[Decision]:
    """Các quyết định điều chỉnh, thu hồi quyết định này."""
    return db.session.scalars(
        select(Decision).where(Decision.amends_id == decision_id).order_by(Decision.id)
    ).all()


def withdrawals_of(decision_id: int) -> Sequence[DecisionWithdrawal]:
    """Các lần rút dự thảo về sửa, oldest first, with who did it."""
    return db.session.scalars(
        select(DecisionWithdrawal)
        .where(DecisionWithdrawal.decision_id == decision_id)
        .options(joinedload(DecisionWithdrawal.by))
        .order_by(DecisionWithdrawal.id)
    ).all()


def signature_corrections_of(decision_id: int) -> Sequence[SignatureCorrection]:
    """Các lần sửa bản ghi việc ký, oldest first, with who did it."""
    return db.session.scalars(
        select(SignatureCorrection)
        .where(SignatureCorrection.decision_id == decision_id)
        .options(joinedload(SignatureCorrection.by))
        .order_by(SignatureCorrection.id)
    ).all()


def paid_lines(campaign_id: int, *, without: int) -> list[tuple[DecisionLine, Nominee]]:
    """Các dòng đã trả thưởng of the campaign's signed decisions but one, with their nominees; a
    line that was put right counts as it stands since.
    """
    rows = db.session.execute(
        select(DecisionLine, Nominee)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .where(
            Decision.campaign_id == campaign_id,
            Decision.id != without,
            DecisionLine.amount > 0,
            LINE_STANDS,
        )
        .options(
            joinedload(DecisionLine.decision),
            joinedload(Nominee.kind).joinedload(AwardKind.award_type),
        )
        .order_by(DecisionLine.id)
    ).all()
    return [(line, nominee) for line, nominee in rows]


def numbered_in(year: int, *, without: int) -> Sequence[tuple[str, str]]:
    """Số, ký hiệu of the decisions signed in a year but one."""
    rows = db.session.execute(
        select(Decision.number, Decision.symbol).where(
            Decision.state == DecisionState.SIGNED,
            Decision.id != without,
            func.extract("year", Decision.signed_on) == year,
        )
    ).all()
    return [(number, symbol) for number, symbol in rows]


def objections_of(decision_id: int) -> Sequence[Objection]:
    """Ý kiến về dự thảo quyết định, in the order received."""
    return db.session.scalars(
        select(Objection)
        .where(Objection.decision_id == decision_id)
        .options(joinedload(Objection.nominee))
        .order_by(Objection.id)
    ).all()


def concerned_unit(campaign_id: int, unit_ids: Collection[int]) -> Unit | None:
    """Đơn vị tham gia phong trào among these: whom a notice concerns, named in it or not."""
    return db.session.scalars(
        select(Unit)
        .join(Participation, Participation.unit_id == Unit.id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
            Unit.id.in_(unit_ids),
        )
        .order_by(Unit.sort_key)
        .limit(1)
    ).first()


def in_notice(campaign_id: int) -> list[Decision]:
    """Dự thảo đang lấy ý kiến, newest first."""
    return [row for row in decisions(campaign_id) if row.state is DecisionState.POSTED]


def objection(decision_id: int, objection_id: int) -> Objection:
    """Một ý kiến."""
    return visible_row(
        select(Objection).where(Objection.id == objection_id, Objection.decision_id == decision_id)
    )


def last_register_number(year: int) -> int:
    """Số vào sổ gần nhất của năm."""
    return (
        db.session.scalar(
            select(func.max(DecisionLine.register_number)).where(DecisionLine.register_year == year)
        )
        or 0
    )


def has_unfinished_decision(campaign_id: int) -> bool:
    """Còn quyết định chưa ký, with somebody on its list: of an empty one nothing is left to sign,
    though it stays where its notice was held.
    """
    return (
        db.session.scalar(
            select(Decision.id)
            .where(
                Decision.campaign_id == campaign_id,
                Decision.state != DecisionState.SIGNED,
                exists().where(DecisionLine.decision_id == Decision.id),
            )
            .limit(1)
        )
        is not None
    )


def has_signed_decision(campaign_id: int) -> bool:
    """Đã có quyết định ký."""
    return (
        db.session.scalar(
            select(Decision.id)
            .where(Decision.campaign_id == campaign_id, Decision.state == DecisionState.SIGNED)
            .limit(1)
        )
        is not None
    )


def signed_lines(campaign_id: int) -> list[tuple[Decision, list[DecisionLine]]]:
    """Các quyết định đã ký của phong trào, oldest first, each with the awards that stand by it:
    none by a revocation.
    """
    signed = [row for row in reversed(decisions(campaign_id)) if row.state is DecisionState.SIGNED]
    return [
        (
            row,
            [
                line
                for line in lines_of(row.id)
                if line.ended_by_id is None and row.kind is not DecisionKind.REVOCATION
            ],
        )
        for row in signed
    ]


@dataclass(frozen=True, slots=True)
class PublishedDecision:
    """Quyết định đã ký trên trang kết quả: its list, what it puts right, which one it amends."""

    decision: Decision
    lines: Sequence[DecisionLine]
    amends: Decision | None
    corrections: Mapping[int, tuple[Correction, ...]]
    copy: SignedCopy | None
    """Bản ký số công bố cùng quyết định."""
    not_asked: str = NOT_ASKED


def published_decisions(campaign_id: int) -> list[PublishedDecision]:
    """Các quyết định đã ký của phong trào, oldest first; who holds no award any more is told so."""
    signed = {
        row.id: row for row in reversed(decisions(campaign_id)) if row.state is DecisionState.SIGNED
    }
    copies = published_copies(signed.keys())
    return [
        PublishedDecision(
            row,
            lines_of(row.id),
            signed.get(row.amends_id or 0),
            corrections_of(row),
            copies.get(row.id),
        )
        for row in signed.values()
    ]


def revoked_since(decided: Sequence[PublishedDecision]) -> dict[int, str]:
    """Ai đã bị thu hồi, by nominee: the number of the decision, whatever was put right before."""
    return {
        line.nominee_id: entry.decision.title
        for entry in decided
        if entry.decision.kind is DecisionKind.REVOCATION
        for line in entry.lines
    }


def posted(campaign_id: int) -> list[tuple[Decision, list[DecisionLine]]]:
    """Dự thảo đang lấy ý kiến công khai, with their lists."""
    shown = [
        row
        for row in decisions(campaign_id)
        if row.state is DecisionState.POSTED and row.notice_is_public
    ]
    return [(row, list(lines_of(row.id))) for row in shown]


def outcome_for_unit(campaign_id: int, unit_ids: Collection[int]) -> list[DecisionLine]:
    """Kết quả khen thưởng của các đơn vị: what the signed decisions say of them."""
    return list(
        db.session.scalars(
            select(DecisionLine)
            .join(Decision, Decision.id == DecisionLine.decision_id)
            .join(Nominee, Nominee.id == DecisionLine.nominee_id)
            .join(Participation, Participation.id == Nominee.participation_id)
            .where(
                Decision.campaign_id == campaign_id,
                LINE_STANDS,
                Participation.unit_id.in_(unit_ids),
            )
            .order_by(DecisionLine.position)
        )
    )


def is_withheld(decision: Decision, withheld: Withheld) -> bool:
    """Dự thảo chưa được xem: a draft not yet posted, with a unit whose result is withheld."""
    if decision.state is not DecisionState.DRAFT:
        return False
    concerned = db.session.execute(
        select(Participation.unit_id, Participation.block_id)
        .join(Nominee, Nominee.participation_id == Participation.id)
        .join(DecisionLine, DecisionLine.nominee_id == Nominee.id)
        .where(DecisionLine.decision_id == decision.id)
    )
    return any(withheld.hides(row.unit_id, row.block_id) for row in concerned)
