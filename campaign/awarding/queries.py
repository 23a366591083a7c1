"""Khen thưởng: what may be awarded, who is named, what the Council said, and the register over the
years.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, extract, func, select, union
from sqlalchemy.orm import contains_eager, joinedload

from campaign.awarding.models import (
    AwardKind,
    AwardQuota,
    Decision,
    DecisionLine,
    DecisionWithdrawal,
    Nominee,
    NomineeChange,
    Objection,
    SignatureCorrection,
    UpwardRequest,
)
from campaign.awarding.rules import (
    Answer,
    Checked,
    Correction,
    DecisionKind,
    DecisionState,
    Gate,
    NomineeState,
    ObjectionState,
    Person,
    Shares,
    Standing,
    Strictness,
    about_whom,
    corrections,
    gates,
    places,
    sameness,
    shares,
)
from campaign.core.errors import NotVisible
from campaign.core.text import Likeness, likeness, search_key
from campaign.council.queries import Withheld
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.instruments import basis_problems, outside_words
from campaign.honours.models import AwardForm, BaseSalary, PastAward, RuleSet
from campaign.honours.rules import Chosen, Level, Subject
from campaign.planning.models import Block, Campaign
from campaign.ranking.models import FrozenStanding
from campaign.ranking.queries import frozen_standings, latest_frozen
from campaign.units.models import Unit
from campaign.verification.queries import finished_units
from campaign.voting import results
from campaign.voting.rules import Outcome


def chosen_in(form_id: int) -> list[Chosen]:
    """Phong trào đã chọn hình thức này, and for whom."""
    rows = db.session.execute(
        select(Campaign.title, Campaign.starts_on, Campaign.ends_on, AwardKind.subject)
        .join(Campaign, Campaign.id == AwardKind.campaign_id)
        .where(AwardKind.form_id == form_id)
        .order_by(Campaign.id)
    )
    return [Chosen(*row) for row in rows]


def is_in_use(form_id: int) -> bool:
    """Đã có quyết định ký theo hình thức này."""
    return (
        db.session.scalar(
            select(DecisionLine.id)
            .join(Decision, Decision.id == DecisionLine.decision_id)
            .join(AwardKind, AwardKind.id == DecisionLine.kind_id)
            .where(AwardKind.form_id == form_id, Decision.state == DecisionState.SIGNED)
            .limit(1)
        )
        is not None
    )


def rule_set_is_in_use(code: str) -> bool:
    """Đã có quyết định ký theo bộ quy định này."""
    return (
        db.session.scalar(
            select(Decision.id)
            .where(Decision.rule_set_code == code, Decision.state == DecisionState.SIGNED)
            .limit(1)
        )
        is not None
    )


def last_signed_on() -> date | None:
    """Ngày ký của quyết định đã ký gần nhất, of all campaigns."""
    return db.session.scalar(
        select(func.max(Decision.signed_on)).where(Decision.state == DecisionState.SIGNED)
    )


def salary_is_in_use(from_on: date) -> bool:
    """Đã có quyết định ký theo mức lương này."""
    later = db.session.scalar(
        select(func.min(BaseSalary.from_on)).where(BaseSalary.from_on > from_on)
    )
    statement = select(Decision.id).where(
        Decision.state == DecisionState.SIGNED, Decision.signed_on >= from_on
    )
    if later is not None:
        statement = statement.where(Decision.signed_on < later)
    return db.session.scalar(statement.limit(1)) is not None


def kinds(campaign_id: int) -> Sequence[AwardKind]:
    """Hình thức của phong trào, in order."""
    return db.session.scalars(
        select(AwardKind)
        .where(AwardKind.campaign_id == campaign_id)
        .options(joinedload(AwardKind.form))
        .order_by(AwardKind.position, AwardKind.id)
    ).all()


def kind(campaign_id: int, kind_id: int) -> AwardKind:
    """Một hình thức của phong trào."""
    found = db.session.scalars(
        select(AwardKind)
        .where(AwardKind.id == kind_id, AwardKind.campaign_id == campaign_id)
        .options(joinedload(AwardKind.form))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def quotas(campaign_id: int) -> dict[tuple[int, int], AwardQuota]:
    """Chỉ tiêu: (kind, block) → quota."""
    rows = db.session.scalars(
        select(AwardQuota)
        .join(AwardKind, AwardKind.id == AwardQuota.kind_id)
        .where(AwardKind.campaign_id == campaign_id)
    )
    return {(row.kind_id, row.block_id): row for row in rows}


def block_sizes(campaign_id: int) -> dict[int, int]:
    """Số đơn vị tham gia theo khối."""
    rows = db.session.execute(
        select(Participation.block_id, func.count())
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .group_by(Participation.block_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def limit_of(quota: AwardQuota | None, units: int) -> int | None:
    """Chỉ tiêu của một khối, as a number; a share is of its units, rounded down."""
    if quota is None:
        return None
    return places(count=quota.count, percent=quota.percent, population=units)


def _nominees(campaign_id: int) -> Select[Any]:
    return (
        select(Nominee)
        .join(Nominee.participation)
        .join(Participation.unit)
        .where(Nominee.campaign_id == campaign_id)
        .options(
            joinedload(Nominee.participation).joinedload(Participation.unit),
            joinedload(Nominee.kind).joinedload(AwardKind.form),
        )
        .order_by(Unit.sort_key, Nominee.name_key, Nominee.id)
    )


def nominees(
    campaign_id: int, *, unit_ids: Collection[int] | None = None, hidden: Collection[int] = ()
) -> list[Nominee]:
    """Các đề nghị; of some units only, or without those somebody is kept away from."""
    statement = _nominees(campaign_id)
    if unit_ids is not None:
        statement = statement.where(Participation.unit_id.in_(unit_ids))
    if hidden:
        statement = statement.where(Participation.unit_id.not_in(hidden))
    return list(db.session.scalars(statement))


def nominee(campaign_id: int, nominee_id: int) -> Nominee:
    """Một đề nghị của phong trào."""
    found: Nominee | None = db.session.scalars(
        _nominees(campaign_id).where(Nominee.id == nominee_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def changes_of(nominee_id: int) -> Sequence[NomineeChange]:
    """Các lần đổi đề xuất, newest first."""
    return db.session.scalars(
        select(NomineeChange)
        .where(NomineeChange.nominee_id == nominee_id)
        .options(joinedload(NomineeChange.by))
        .order_by(NomineeChange.id.desc())
    ).all()


def frozen_ranks(campaign_id: int) -> dict[int, FrozenStanding]:
    """Xếp hạng đã chốt: participation → standing."""
    frozen = latest_frozen(campaign_id)
    return {row.participation_id: row for row in frozen_standings(frozen.id)} if frozen else {}


def gate_checks(campaign: Campaign, rows: Sequence[Nominee]) -> dict[int, tuple[Checked, ...]]:
    """Điều kiện của các đề nghị: nominee → each gate; a fixed number of queries for all of them."""
    finished = {unit.participation_id for unit in finished_units(campaign.id)}
    twins = _twins(campaign, rows)
    found = {}
    for row in rows:
        standing = Standing(
            took_part=row.participation.state is ParticipationState.CONFIRMED,
            reported=row.participation_id in finished,
            discipline=row.discipline,
            complaint=row.complaint,
            duplicates=tuple(twins[Likeness.SAME].get(row.id, ())),
            resembling=tuple(twins[Likeness.ALIKE].get(row.id, ())),
        )
        found[row.id] = gates(
            standing, {Gate(name): Strictness(how) for name, how in row.kind.gates.items()}
        )
    return found


def duplicates(campaign: Campaign, rows: Sequence[Nominee]) -> dict[int, list[str]]:
    """Trùng thành tích: the same person nominated or awarded elsewhere in the same year, also in
    the books of before.
    """
    return _twins(campaign, rows)[Likeness.SAME]


def _twins(campaign: Campaign, rows: Sequence[Nominee]) -> dict[Likeness, dict[int, list[str]]]:
    """Trùng và có thể trùng: by nominee what is known of others of his name."""
    keys = {row.search_key for row in rows}
    others = list(
        db.session.execute(
            select(
                Nominee.name, Nominee.birth_year, Participation.unit_id, Nominee.id, Campaign.title
            )
            .join(Participation, Participation.id == Nominee.participation_id)
            .join(Campaign, Campaign.id == Nominee.campaign_id)
            .where(
                Nominee.search_key.in_(keys),
                Nominee.state != NomineeState.LEFT_OUT,
                extract("year", Campaign.ends_on) == campaign.ends_on.year,
            )
        )
    )
    found: dict[Likeness, dict[int, list[str]]] = {how: defaultdict(list) for how in Likeness}
    for row in rows:
        person = Person(row.name, row.birth_year, row.participation.unit_id)
        for other in others:
            how = sameness(person, Person(other.name, other.birth_year, other.unit_id))
            if other.id != row.id and how is not Likeness.OTHER:
                where = (
                    "trong phong trào này"
                    if other.title == campaign.title
                    else f"trong “{other.title}”"
                )
                found[how][row.id].append(_told(how, other.name, f"cũng được đề nghị {where}"))
    for row, award, how in _in_old_books(campaign, rows):
        text = f"đã được tặng {award.form_name} theo quyết định số {award.number} năm {award.year}"
        found[how][row.id].append(_told(how, award.name, text))
    return found


def _told(how: Likeness, name: str, text: str) -> str:
    return (
        text if how is Likeness.SAME else f"{name} {text}; tên gần giống, có phải một người không?"
    )


def _in_old_books(
    campaign: Campaign, rows: Sequence[Nominee]
) -> list[tuple[Nominee, PastAward, Likeness]]:
    """Awards of the same year from the old books to such a name in such a unit; a unit itself needs
    no unit beside it.
    """
    held: dict[str, list[PastAward]] = defaultdict(list)
    for award in db.session.scalars(
        select(PastAward)
        .where(
            PastAward.search_key.in_({row.search_key for row in rows}),
            PastAward.year == campaign.ends_on.year,
        )
        .order_by(PastAward.number, PastAward.id)
    ):
        held[award.search_key].append(award)
    if not held:
        return []
    names = {
        unit_id: (name, short)
        for unit_id, name, short in db.session.execute(
            select(Unit.id, Unit.name, Unit.short_name).where(
                Unit.id.in_({row.participation.unit_id for row in rows})
            )
        )
    }
    found = []
    for row in rows:
        own = (
            *names[row.participation.unit_id],
            *([""] if row.kind.subject is Subject.COLLECTIVE else []),
        )
        for award in held[row.search_key]:
            of_units = {likeness(award.unit_name, name) for name in own}
            if award.subject is row.kind.subject and of_units != {Likeness.OTHER}:
                is_sure = (
                    Likeness.SAME in of_units and likeness(award.name, row.name) is Likeness.SAME
                )
                found.append((row, award, Likeness.SAME if is_sure else Likeness.ALIKE))
    return found


def shares_of(rows: Sequence[Nominee]) -> Shares:
    """Cơ cấu của các cá nhân trong danh sách."""
    return shares(
        [(row.is_leader, row.honorific) for row in rows if row.kind.subject is Subject.INDIVIDUAL]
    )


@dataclass(frozen=True)
class Panel:
    """Một bảng đề xuất: a kind in a block, its quota, its nominees and their make-up."""

    kind: AwardKind
    block: Block
    limit: int | None
    rows: list[Nominee]
    proposed: int
    shares: Shares
    leaders: int


def panels(campaign: Campaign, rows: Sequence[Nominee]) -> list[Panel]:
    """Các bảng đề xuất, kind by kind and block by block."""
    limits, sizes = quotas(campaign.id), block_sizes(campaign.id)
    blocks = db.session.scalars(
        select(Block).where(Block.campaign_id == campaign.id).order_by(Block.position, Block.id)
    ).all()
    found = []
    for one in kinds(campaign.id):
        for block in blocks:
            inside = [
                row
                for row in rows
                if row.kind_id == one.id and row.participation.block_id == block.id
            ]
            chosen = [row for row in inside if row.state is NomineeState.PROPOSED]
            found.append(
                Panel(
                    one,
                    block,
                    limit_of(limits.get((one.id, block.id)), sizes.get(block.id, 0)),
                    inside,
                    len(chosen),
                    shares_of(chosen),
                    sum(row.is_leader for row in chosen),
                )
            )
    return found


def council_says(campaign_id: int, rows: Sequence[Nominee]) -> dict[int, Outcome]:
    """Kết quả bỏ phiếu cuối cùng: nominee → outcome; none for what an objection sent back, until it
    is voted anew.
    """
    standing = settled(campaign_id)
    found = results.results_for(campaign_id, [row.id for row in rows if row.id in standing])
    return {key: line.outcome for key, (_, line) in found.items() if line.outcome is not None}


def settled(campaign_id: int) -> frozenset[int]:
    """Đề nghị đã đưa ra Hội đồng, but for those an objection sent back since."""
    times = results.times_before_council(campaign_id)
    back = Counter(
        db.session.scalars(
            select(Objection.nominee_id)
            .join(Decision, Decision.id == Objection.decision_id)
            .where(Decision.campaign_id == campaign_id, Objection.state == ObjectionState.SENT_BACK)
        )
    )
    return frozenset(nominee_id for nominee_id, count in times.items() if count > back[nominee_id])


def holding(campaign_id: int, rows: Sequence[Nominee]) -> frozenset[int]:
    """Đề xuất đang giữ một suất: before the Council, or passed by it; who was not passed gives his
    place up.
    """
    outcome, standing = council_says(campaign_id, rows), settled(campaign_id)
    return frozenset(
        row.id
        for row in rows
        if row.state is NomineeState.PROPOSED
        and row.id in standing
        and outcome.get(row.id) is not Outcome.NOT_ELECTED
    )


def returning(campaign_id: int) -> dict[int, str]:
    """Đề nghị trở lại vì lượt bỏ phiếu đã huỷ: nominee → which ballot and why; the next ballots
    take them in by themselves.
    """
    standing = settled(campaign_id)
    return {
        subject: one.words
        for subject, one in results.annulled_last(campaign_id).items()
        if subject not in standing
    }


def waiting_for_council(campaign_id: int) -> int:
    """Số đề xuất chưa ra Hội đồng, those whose ballot was annulled among them."""
    proposed = set(
        db.session.scalars(
            select(Nominee.id).where(
                Nominee.campaign_id == campaign_id, Nominee.state == NomineeState.PROPOSED
            )
        )
    )
    return len(proposed - settled(campaign_id)) if proposed else 0


def elected(campaign_id: int) -> list[Nominee]:
    """Các đề nghị Hội đồng đã thông qua."""
    rows = nominees(campaign_id)
    outcome = council_says(campaign_id, rows)
    return [
        row
        for row in rows
        if outcome.get(row.id) is Outcome.ELECTED and row.state is NomineeState.PROPOSED
    ]


def decided_ids(campaign_id: int) -> frozenset[int]:
    """Các đề nghị đã có trong một quyết định, drafted or signed; what was revoked does not come
    back by itself.
    """
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
        if row.kind.form.level is Level.DEPARTMENT and row.id not in taken
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
    """Một quyết định của phong trào."""
    statement = select(Decision).where(
        Decision.id == decision_id, Decision.campaign_id == campaign_id
    )
    if for_change:
        statement = statement.with_for_update()
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotVisible
    return found


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


def about_whom_of(decision_id: int) -> str:
    """Các tập thể, cá nhân có tên trong quyết định, for its title."""
    lines = lines_of(decision_id)
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
    """Các dòng đã trả thưởng of the campaign's signed decisions but one, with their nominees."""
    rows = db.session.execute(
        select(DecisionLine, Nominee)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .where(
            Decision.campaign_id == campaign_id,
            Decision.id != without,
            Decision.kind == DecisionKind.AWARD,
            Decision.state == DecisionState.SIGNED,
            DecisionLine.amount > 0,
            DecisionLine.ended_by_id.is_(None),
        )
        .options(
            joinedload(DecisionLine.decision), joinedload(Nominee.kind).joinedload(AwardKind.form)
        )
        .order_by(DecisionLine.id)
    ).all()
    return [(line, nominee) for line, nominee in rows]


def law_warnings(decision: Decision) -> list[str]:
    """Cảnh báo trước khi ký: the rule set against the day of the dossier, the bases against the day
    of the decision.
    """
    rules = db.session.get_one(RuleSet, decision.rule_set_code)
    day, what = (
        (decision.received_on, "ngày nhận hồ sơ")
        if decision.received_on is not None
        else (decision.planned_on, "ngày dự kiến ký")
    )
    outside = outside_words(rules, catalogue.rule_sets(), day, what)
    bases = [
        f"Căn cứ: {problem}"
        for problem in basis_problems(decision.legal_basis, decision.planned_on)
    ]
    return [sentence for sentence in (outside, *bases) if sentence]


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
    """Đơn vị tham gia phong trào among these: whom a notice concerns, whether it is named in it or
    not.
    """
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
    return [one for one in decisions(campaign_id) if one.state is DecisionState.POSTED]


def objection(decision_id: int, objection_id: int) -> Objection:
    """Một ý kiến."""
    found = db.session.scalars(
        select(Objection).where(Objection.id == objection_id, Objection.decision_id == decision_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def upward(campaign_id: int) -> Sequence[UpwardRequest]:
    """Các đề nghị đã gửi cấp trên."""
    return db.session.scalars(
        select(UpwardRequest)
        .join(UpwardRequest.nominee)
        .where(Nominee.campaign_id == campaign_id)
        .options(
            joinedload(UpwardRequest.nominee).joinedload(Nominee.kind).joinedload(AwardKind.form),
            joinedload(UpwardRequest.nominee)
            .joinedload(Nominee.participation)
            .joinedload(Participation.unit),
        )
        .order_by(UpwardRequest.nominee_id)
    ).all()


def waiting_upward(campaign_id: int) -> list[Nominee]:
    """Đề nghị đã được thông qua ở cấp cao hơn mà chưa gửi."""
    sent = {row.nominee_id for row in upward(campaign_id)}
    return [
        row
        for row in elected(campaign_id)
        if row.kind.form.level is not Level.DEPARTMENT and row.id not in sent
    ]


def last_register_number(year: int) -> int:
    """Số vào sổ gần nhất của năm."""
    return (
        db.session.scalar(
            select(func.max(DecisionLine.register_number)).where(DecisionLine.register_year == year)
        )
        or 0
    )


def has_unfinished_decision(campaign_id: int) -> bool:
    """Còn quyết định chưa ký."""
    return (
        db.session.scalar(
            select(Decision.id)
            .where(Decision.campaign_id == campaign_id, Decision.state != DecisionState.SIGNED)
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
    signed = [one for one in reversed(decisions(campaign_id)) if one.state is DecisionState.SIGNED]
    return [
        (
            one,
            [
                line
                for line in lines_of(one.id)
                if line.ended_by_id is None and one.kind is not DecisionKind.REVOCATION
            ],
        )
        for one in signed
    ]


@dataclass(frozen=True, slots=True)
class Published:
    """Quyết định đã ký trên trang kết quả: its list, what it puts right, and which decision it
    amends.
    """

    decision: Decision
    lines: Sequence[DecisionLine]
    amends: Decision | None
    corrections: Mapping[int, tuple[Correction, ...]]


def published_decisions(campaign_id: int) -> list[Published]:
    """Các quyết định đã ký của phong trào, oldest first, each by its kind; who holds no award any
    more is told so.
    """
    signed = {
        one.id: one for one in reversed(decisions(campaign_id)) if one.state is DecisionState.SIGNED
    }
    return [
        Published(one, lines_of(one.id), signed.get(one.amends_id or 0), corrections_of(one))
        for one in signed.values()
    ]


def posted(campaign_id: int) -> list[tuple[Decision, list[DecisionLine]]]:
    """Dự thảo đang lấy ý kiến công khai, with their lists."""
    shown = [
        one
        for one in decisions(campaign_id)
        if one.state is DecisionState.POSTED and one.notice_is_public
    ]
    return [(one, list(lines_of(one.id))) for one in shown]


def register(
    *, words: str = "", year: int | None = None, subject: Subject | None = None
) -> Select[Any]:
    """Sổ khen thưởng: signed lines of every year, newest first; searched without tones."""
    statement = (
        select(DecisionLine)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(Decision.state == DecisionState.SIGNED, DecisionLine.register_number.is_not(None))
        .options(joinedload(DecisionLine.decision), joinedload(DecisionLine.ended_by))
        .order_by(DecisionLine.register_year.desc(), DecisionLine.register_number.desc())
    )
    if words:
        statement = statement.where(
            DecisionLine.search_key.contains(search_key(words), autoescape=True)
        )
    if year is not None:
        statement = statement.where(DecisionLine.register_year == year)
    if subject is not None:
        statement = statement.where(DecisionLine.subject == subject)
    return statement


def register_money(
    *,
    words: str = "",
    year: int | None = None,
    subject: Subject | None = None,
) -> tuple[int, int]:
    """Tổng tiền trong sổ: what stands, and what a later decision has ended."""
    found = register(words=words, year=year, subject=subject).order_by(None).subquery()
    ended = found.c.ended_by_id.is_not(None)
    sums = {
        bool(key): int(total or 0)
        for key, total in db.session.execute(
            select(ended, func.sum(found.c.amount)).group_by(ended)
        )
    }
    return sums.get(False, 0), sums.get(True, 0)


def granted_upwards(
    *, words: str = "", year: int | None = None, subject: Subject | None = None
) -> Sequence[UpwardRequest]:
    """Cấp trên đã khen thưởng theo đề nghị, newest first; searched like the register."""
    statement = (
        select(UpwardRequest)
        .join(UpwardRequest.nominee)
        .join(Nominee.kind)
        .join(Nominee.participation)
        .where(UpwardRequest.answer == Answer.GRANTED)
        .options(
            contains_eager(UpwardRequest.nominee).options(
                contains_eager(Nominee.kind).joinedload(AwardKind.form),
                contains_eager(Nominee.participation).options(
                    joinedload(Participation.unit), joinedload(Participation.block)
                ),
            )
        )
        .order_by(UpwardRequest.answered_on.desc(), UpwardRequest.nominee_id)
    )
    if words:
        statement = statement.where(Nominee.search_key.contains(search_key(words), autoescape=True))
    if year is not None:
        statement = statement.where(extract("year", UpwardRequest.answered_on) == year)
    if subject is not None:
        statement = statement.where(AwardKind.subject == subject)
    return db.session.scalars(statement).all()


def register_years() -> list[int]:
    """Các năm có trong sổ."""
    years: Any = union(
        select(DecisionLine.register_year).where(DecisionLine.register_year.is_not(None)),
        select(PastAward.year),
        select(extract("year", UpwardRequest.answered_on)).where(
            UpwardRequest.answer == Answer.GRANTED
        ),
    )
    return sorted(
        {int(year) for year in db.session.scalars(years) if year is not None}, reverse=True
    )


def statistics() -> list[tuple[int, Mapping[str, int]]]:
    """Thống kê theo năm: how many of each form and subject, level and block, leaders and direct
    workers.

    Counts the signed decisions, what was revoked left out, what a higher level granted, and the
    books of before, which
    know neither level nor block.
    """
    rows: Any = db.session.execute(
        select(
            DecisionLine.register_year,
            DecisionLine.form_name,
            DecisionLine.subject,
            DecisionLine.is_leader,
            DecisionLine.block_name,
            AwardForm.level,
            func.count(),
        )
        .join(Nominee, Nominee.id == DecisionLine.nominee_id)
        .join(AwardKind, AwardKind.id == Nominee.kind_id)
        .join(AwardForm, AwardForm.id == AwardKind.form_id)
        .where(DecisionLine.register_number.is_not(None), DecisionLine.ended_by_id.is_(None))
        .group_by(
            DecisionLine.register_year,
            DecisionLine.form_name,
            DecisionLine.subject,
            DecisionLine.is_leader,
            DecisionLine.block_name,
            AwardForm.level,
        )
    ).all()
    granted = [
        (
            one.answered_on.year,
            one.nominee.kind.form.name,
            one.nominee.kind.subject,
            one.nominee.is_leader,
            one.nominee.participation.block.name if one.nominee.participation.block else "",
            one.nominee.kind.form.level,
            1,
        )
        for one in granted_upwards()
        if one.answered_on is not None
    ]
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for year, name, subject, is_leader, block, level, count in [*rows, *granted]:
        years[year][level.label] += count
        years[year][f"{name}, {subject.label}"] += count
        if block:
            years[year][block] += count
        if subject is Subject.INDIVIDUAL:
            years[year]["lãnh đạo" if is_leader else "trực tiếp làm việc"] += count
    for year, name, subject, count in db.session.execute(
        select(PastAward.year, PastAward.form_name, PastAward.subject, func.count()).group_by(
            PastAward.year, PastAward.form_name, PastAward.subject
        )
    ):
        years[year][f"{name}, {subject.label}"] += count
    return sorted(
        ((year, dict(sorted(found.items()))) for year, found in years.items()), reverse=True
    )


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
                Decision.state == DecisionState.SIGNED,
                DecisionLine.ended_by_id.is_(None),
                Decision.kind != DecisionKind.REVOCATION,
                Participation.unit_id.in_(unit_ids),
            )
            .order_by(DecisionLine.position)
        )
    )


def is_withheld(decision: Decision, withheld: Withheld) -> bool:
    """Dự thảo chưa được xem: a draft that is not yet posted, with a unit whose result is
    withheld.
    """
    if decision.state is not DecisionState.DRAFT:
        return False
    concerned = db.session.execute(
        select(Participation.unit_id, Participation.block_id)
        .join(Nominee, Nominee.participation_id == Participation.id)
        .join(DecisionLine, DecisionLine.nominee_id == Nominee.id)
        .where(DecisionLine.decision_id == decision.id)
    )
    return any(withheld.hides(row.unit_id, row.block_id) for row in concerned)


def participations(campaign_id: int) -> Sequence[Participation]:
    """Đơn vị được xác nhận tham gia, with their units."""
    return db.session.scalars(
        select(Participation)
        .join(Participation.unit)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
        .options(joinedload(Participation.unit))
        .order_by(Unit.sort_key)
    ).all()
