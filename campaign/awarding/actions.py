"""Khen thưởng: planning kinds and quotas, nominating, proposing, putting to the vote, deciding."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.audit.rules import digest
from campaign.awarding import queries
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
from campaign.awarding.numbering import Numbered, clean_symbol, numbered, plain_number
from campaign.awarding.payments import Paid, Payable, paid_once
from campaign.awarding.rules import (
    BY_RANK,
    Answer,
    Candidate,
    DecisionKind,
    DecisionState,
    Gate,
    Listed,
    Money,
    NomineeState,
    ObjectionState,
    Strictness,
    clear_of_the_line,
    expected_awards,
    fixed_holidays,
    goes_first,
    is_blocked,
    merit,
    money,
    notice_ends,
    official_order,
    propose,
    signature,
    standards,
    too_many_leaders,
)
from campaign.core.amounts import dong
from campaign.core.dates import local_date
from campaign.core.errors import refuse, stated_reason
from campaign.core.permissions import Role
from campaign.core.text import name_key, name_sort_key, nfc, one_line, search_key, text_sort_key
from campaign.core.vote_rules import VoteRule, rule_from_data, rule_problem, rule_to_data
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.files.storage import Stored
from campaign.honours import queries as catalogue
from campaign.honours.instruments import paper_basis, rule_set_for
from campaign.honours.models import AwardForm, RuleSet
from campaign.honours.rules import Level, Subject, base_salary_on, form_problem
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.papers.rules import territory_of
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.units.queries import letterhead
from campaign.voting import actions as voting

REGISTER_LOCK = 7_019_512_022
"""The advisory lock under which certificates are numbered on PostgreSQL."""
_NOMINATING = frozenset({Phase.REPORTING, Phase.VERIFYING, Phase.SCORING, Phase.MEETING})


DEFAULT_GATES = {
    gate.value: (Strictness.WARN if gate is Gate.DUPLICATE else Strictness.BLOCK).value
    for gate in Gate
}


def save_kind(
    campaign: Campaign,
    row: AwardKind | None,
    *,
    form: AwardForm,
    subject: Subject,
    vote: VoteRule,
    leader_limit: int | None,
    overall_limit: int | None = None,
    gates: Mapping[Gate, Strictness] | None = None,
) -> AwardKind:
    """Ghi hình thức của phong trào: refused with the rule named where the form cannot
    belong to it.
    """
    if campaign.phase not in _NOMINATING | {Phase.DRAFT, Phase.LAUNCHED}:
        refuse("Hình thức khen thưởng không sửa được nữa.")
    if form.rule_set_code != campaign.rule_set_code:
        refuse("Hình thức này không thuộc bộ quy định của phong trào.", "form_id")
    if problem := form_problem(form.facts, subject, campaign.starts_on, campaign.ends_on):
        refuse(problem, "form_id")
    if problem := rule_problem(vote):
        refuse(problem, "share")
    twin = next(
        (
            one
            for one in queries.kinds(campaign.id)
            if one.form_id == form.id and one.subject is subject
        ),
        None,
    )
    if twin is not None and twin is not row:
        refuse("Phong trào đã có hình thức này cho đối tượng này.", "form_id")
    if row is None:
        row = AwardKind(campaign_id=campaign.id, position=len(queries.kinds(campaign.id)) + 1)
        db.session.add(row)
    row.form_id, row.subject, row.leader_limit = form.id, subject, leader_limit
    row.overall_limit = overall_limit
    row.vote = rule_to_data(vote)
    row.gates = (
        {gate.value: how.value for gate, how in gates.items()} if gates else dict(DEFAULT_GATES)
    )
    db.session.flush()
    return row


def delete_kind(row: AwardKind) -> None:
    """Bỏ một hình thức that nobody was nominated for."""
    if db.session.scalar(
        select(func.count()).select_from(Nominee).where(Nominee.kind_id == row.id)
    ):
        refuse("Đã có đề nghị theo hình thức này nên không bỏ được.")
    db.session.delete(row)
    db.session.flush()


def set_quota(kind: AwardKind, block_id: int, *, count: int | None, percent: int | None) -> None:
    """Đặt chỉ tiêu of a kind in a block; neither means no limit."""
    if count is not None and percent is not None:
        refuse("Chỉ nhập số lượng hoặc tỷ lệ, không nhập cả hai.", "count")
    found = db.session.get(AwardQuota, (kind.id, block_id))
    if count is None and percent is None:
        if found is not None:
            db.session.delete(found)
        return
    if found is None:
        found = AwardQuota(kind_id=kind.id, block_id=block_id)
        db.session.add(found)
    found.count, found.percent = count, percent


TEXTS = ("honorific", "job", "achievements", "measures", "effects", "earlier_awards")


def save_nominee(
    campaign: Campaign,
    row: Nominee | None,
    participation: Participation,
    kind: AwardKind,
    values: Mapping[str, Any],
    *,
    added_reason: str = "",
) -> Nominee:
    """Ghi đề nghị: by the unit, or by the Standing Committee with a reason; not after it was
    signed.
    """
    if campaign.phase not in _NOMINATING:
        refuse("Chưa đến hoặc đã qua thời gian đề nghị khen thưởng.")
    if row is not None and row.state is not NomineeState.DRAFT:
        refuse("Đề nghị đã được thủ trưởng ký; muốn sửa, hãy để thủ trưởng rút chữ ký.")
    name = one_line(values["name"])
    if kind.subject is Subject.COLLECTIVE:
        name = name or participation.unit.name
    if not name:
        refuse(
            "Hãy ghi tên hộ." if kind.subject is Subject.HOUSEHOLD else "Hãy ghi họ và tên.", "name"
        )
    if kind.subject is Subject.INDIVIDUAL and values.get("honorific") not in {"Ông", "Bà"}:
        refuse("Hãy chọn Ông hoặc Bà.", "honorific")
    if row is None:
        row = Nominee(
            campaign_id=campaign.id,
            participation_id=participation.id,
            added_reason=one_line(added_reason),
        )
        db.session.add(row)
    row.kind_id, row.name = kind.id, name
    row.search_key = search_key(name)
    row.name_key = (
        name_sort_key(name) if kind.subject is Subject.INDIVIDUAL else text_sort_key(name)
    )
    for field in TEXTS:
        setattr(row, field, nfc(values.get(field) or "").strip())
    row.birth_year = values.get("birth_year")
    row.member_count, row.women_count = _members(kind, values)
    row.is_leader = bool(values.get("is_leader")) and kind.subject is Subject.INDIVIDUAL
    row.is_illustrative = bool(values.get("is_illustrative"))
    db.session.flush()
    return row


def _members(kind: AwardKind, values: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Số người của tập thể, trong đó nữ: both or neither."""
    members, women = values.get("member_count"), values.get("women_count")
    if kind.subject is not Subject.COLLECTIVE or (members is None and women is None):
        return None, None
    if members is None or women is None:
        refuse(
            "Hãy ghi cả số người và số nữ, hoặc để trống cả hai.",
            "women_count" if women is None else "member_count",
        )
    elif women > members:
        refuse("Số nữ không được nhiều hơn số người của tập thể.", "women_count")
    return members, women


def remove_nominee(row: Nominee) -> None:
    """Xoá một đề nghị đang soạn."""
    if row.state is not NomineeState.DRAFT:
        refuse("Đề nghị đã ký không xoá được.")
    db.session.delete(row)


def sign_nominee(row: Nominee, *, by: User, at: datetime) -> None:
    """Thủ trưởng ký đề nghị: the summary of achievements must be there."""
    if row.state is not NomineeState.DRAFT:
        refuse("Đề nghị này đã được ký.")
    if not row.achievements:
        refuse("Hãy ghi tóm tắt thành tích trước khi ký.", "achievements")
    row.state, row.signed_at, row.signed_by_id = NomineeState.SIGNED, at, by.id


def unsign_nominee(row: Nominee, *, reason: str, by: User, at: datetime) -> None:
    """Thủ trưởng rút chữ ký, before the Standing Committee proposes."""
    why = stated_reason(reason)
    if row.state is not NomineeState.SIGNED:
        refuse("Đề nghị chưa ký hoặc đã được đề xuất.")
    _change(row, NomineeState.DRAFT, why, by=by, at=at)
    row.signed_at = row.signed_by_id = None


def note_standing(row: Nominee, *, discipline: str, complaint: str) -> None:
    """Ghi kỷ luật, khiếu nại đang có: what the gates of this nominee rest on."""
    row.discipline, row.complaint = one_line(discipline), one_line(complaint)


def _change(row: Nominee, state: NomineeState, reason: str, *, by: User, at: datetime) -> None:
    db.session.add(
        NomineeChange(
            nominee_id=row.id,
            from_state=row.state,
            to_state=state,
            reason=reason,
            at=at,
            by_id=by.id,
        )
    )
    row.state, row.state_reason = state, reason
    db.session.flush()


def _hold(campaign: Campaign) -> None:
    """Of two people who press the same button the second waits, and then finds what the
    first made.
    """
    db.session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())


def _demand_frozen(campaign: Campaign) -> None:
    _hold(campaign)
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ đề xuất khi phong trào ở bước “Họp Hội đồng”.")
    if not queries.frozen_ranks(campaign.id):
        refuse("Hãy chốt xếp hạng trước khi đề xuất.")


def propose_all(campaign: Campaign, *, by: User, at: datetime) -> int:
    """Đề xuất tự động: from the frozen ranking and the quotas; every line gets its reason.

    A ranked unit that named no collective is added for the kinds of collectives. What is before the
    Council already
    is left as it is, and keeps its place. Gives how many are proposed.
    """
    _demand_frozen(campaign)
    ranks = queries.frozen_ranks(campaign.id)
    _add_ranked_units(campaign, ranks)
    rows = queries.nominees(campaign.id)
    settled = queries.settled(campaign.id)
    checks, held = queries.gate_checks(campaign, rows), queries.holding(campaign.id, rows)
    rules = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    women = rules.women_source if rules is not None and rules.puts_women_first else None
    count = 0
    for panel in queries.panels(campaign, rows):
        movable = {
            row.id: row
            for row in panel.rows
            if row.id not in settled and row.state is not NomineeState.DRAFT
        }
        candidates = [
            Candidate(
                row.id,
                ranks[row.participation_id].rank if row.participation_id in ranks else None,
                is_blocked(checks[row.id]),
                row.is_leader,
                goes_first(row.kind.subject, row.honorific, row.women_count, row.member_count),
            )
            for row in movable.values()
        ]
        for pick in propose(candidates, _places_left(panel, held), women):
            row = movable[pick.id]
            row.is_tied = pick.is_tied
            state = NomineeState.PROPOSED if pick.is_proposed else NomineeState.LEFT_OUT
            count += pick.is_proposed
            if state is not row.state or pick.reason != row.state_reason:
                _change(row, state, pick.reason, by=by, at=at)
    return count


def _places_left(panel: queries.Panel, held: Collection[int]) -> int | None:
    """Số suất còn lại: the quota less the places of those who are before the Council or have been
    passed.
    """
    if panel.limit is None:
        return None
    return max(panel.limit - sum(row.id in held for row in panel.rows), 0)


def _add_ranked_units(campaign: Campaign, ranks: Mapping[int, Any]) -> None:
    rows = queries.nominees(campaign.id)
    for kind in queries.kinds(campaign.id):
        if kind.subject is not Subject.COLLECTIVE or kind.form.level is not Level.DEPARTMENT:
            continue
        named = {row.participation_id for row in rows if row.kind_id == kind.id}
        for participation_id, standing in ranks.items():
            if participation_id in named or standing.rank is None:
                continue
            unit = standing.participation.unit
            db.session.add(
                Nominee(
                    campaign_id=campaign.id,
                    participation_id=participation_id,
                    kind_id=kind.id,
                    name=unit.name,
                    name_key=text_sort_key(unit.name),
                    search_key=search_key(unit.name),
                    state=NomineeState.SIGNED,
                    added_reason="Thường trực lập theo xếp hạng đã chốt",
                    is_illustrative=unit.is_illustrative,
                    achievements=BY_RANK,
                )
            )
    db.session.flush()


def set_proposed(
    campaign: Campaign, row: Nominee, *, is_proposed: bool, reason: str, by: User, at: datetime
) -> None:
    """Đưa vào hoặc đưa ra khỏi đề xuất by hand, with a reason; a gate that blocks is not passed."""
    why = stated_reason(reason)
    _demand_frozen(campaign)
    if row.state is NomineeState.DRAFT:
        refuse("Đề nghị chưa được thủ trưởng ký.")
    if row.id in queries.settled(campaign.id):
        refuse("Đề nghị này đã đưa ra Hội đồng.")
    if is_proposed:
        blocked = [
            one
            for one in queries.gate_checks(campaign, [row])[row.id]
            if one.verdict.value == "blocked"
        ]
        if blocked:
            refuse(
                f"Không đề xuất được vì không đạt điều kiện “{blocked[0].gate.label}”: "
                f"{blocked[0].reason}"
            )
    row.is_tied = row.is_tied and is_proposed
    _change(row, NomineeState.PROPOSED if is_proposed else NomineeState.LEFT_OUT, why, by=by, at=at)


def put_before_council(campaign: Campaign, meeting: Meeting) -> int:
    """Đưa đề xuất ra Hội đồng: a ballot for each kind and block, its places the quota, or two where
    some compete for the
    last of them; gives how many ballots.

    Members are not given the lines of units they are kept away from, nor their own. Lines whose
    ballot was annulled come
    again, and say so.
    """
    _demand_frozen(campaign)
    rows = queries.nominees(campaign.id)
    settled, returning = queries.settled(campaign.id), queries.returning(campaign.id)
    if campaign.award_quorum is not None:
        meeting_actions.demand_quorum_of(meeting, campaign.award_quorum)
    made, held, ranks = 0, queries.holding(campaign.id, rows), queries.frozen_ranks(campaign.id)
    _demand_overall(queries.panels(campaign, rows))
    for panel in queries.panels(campaign, rows):
        waiting = [
            row
            for row in panel.rows
            if row.state is NomineeState.PROPOSED and row.id not in settled
        ]
        if not waiting:
            continue
        if too_many_leaders(panel.leaders, panel.proposed, panel.kind.leader_limit):
            refuse(
                f"{panel.kind.form.name} cho {panel.kind.subject.label}, {panel.block.name}: "
                "lãnh đạo "
                f"{panel.leaders}/{panel.proposed}, vượt giới hạn {panel.kind.leader_limit} %."
            )
        lines = {
            row.id: voting.LineSpec(
                _label(row),
                _detail(row, returning.get(row.id)),
                row.id,
                row.participation_id,
                merit=merit(row.achievements),
            )
            for row in waiting
        }
        limit = _places_left(panel, held) if panel.limit else None
        if limit == 0:
            refuse(
                f"{panel.kind.form.name} cho {panel.kind.subject.label}, {panel.block.name}: "
                "đã dùng hết chỉ tiêu "
                f"{panel.limit} cho những đề xuất đã ra Hội đồng; hãy đưa các đề xuất còn lại "
                "ra khỏi danh sách."
            )
        clear = clear_of_the_line(
            [Candidate(row.id, _order_at_line(row, ranks)) for row in waiting], limit
        )
        made += _put_panel(meeting, panel, lines, clear, limit)
    if not made:
        refuse("Không còn đề xuất nào chờ đưa ra Hội đồng.")
    return made


def _order_at_line(row: Nominee, ranks: Mapping[int, Any]) -> int | None:
    """The rank of its unit; of equals those whom the law puts first, and who are not tied for it,
    stand ahead.
    """
    standing = ranks.get(row.participation_id)
    return (
        None if standing is None or standing.rank is None else 2 * standing.rank - (not row.is_tied)
    )


def _put_panel(
    meeting: Meeting,
    panel: queries.Panel,
    lines: Mapping[int, voting.LineSpec],
    clear: Collection[int],
    limit: int | None,
) -> int:
    """Những ai chắc chắn trong chỉ tiêu pass or fail by the threshold; the others compete in a
    ballot of their own for
    the places that are left then. Gives how many ballots.
    """
    title = f"{panel.kind.form.name}, {panel.kind.subject.label}, {panel.block.name}"
    rule, asked = rule_from_data(panel.kind.vote), standards(panel.kind.gates)
    inside = [line for number, line in lines.items() if number in clear]
    at_line = [line for number, line in lines.items() if number not in clear]
    if not at_line or limit is None or not inside:
        voting.prepare_ballot(
            meeting,
            title=title,
            lines=[*inside, *at_line],
            rule=rule,
            places=limit,
            standards=asked,
        )
        return 1
    first = voting.prepare_ballot(
        meeting, title=f"{title}: trong chỉ tiêu", lines=inside, rule=rule, standards=asked
    )
    voting.prepare_ballot(
        meeting,
        title=f"{title}: tại ranh chỉ tiêu",
        lines=at_line,
        rule=rule,
        places=max(limit - len(inside), 1),
        standards=asked,
        follows=first,
    )
    return 2


def _demand_overall(panels: Sequence[queries.Panel]) -> None:
    """The blocks together may not be given more than the kind has for the whole campaign."""
    for kind in {panel.kind.id: panel.kind for panel in panels}.values():
        expected = expected_awards(
            (panel.proposed, panel.limit) for panel in panels if panel.kind is kind
        )
        if kind.overall_limit is not None and expected > kind.overall_limit:
            refuse(
                f"{kind.form.name} cho {kind.subject.label}: đề xuất {expected}, nhiều hơn chỉ "
                "tiêu chung "
                f"{kind.overall_limit} của phong trào; hãy bớt đề xuất."
            )


def _label(row: Nominee) -> str:
    return f"{row.honorific} {row.name}".strip()


def _detail(row: Nominee, annulled: str | None) -> str:
    parts = [row.job] if row.job else []
    if row.kind.subject is not Subject.COLLECTIVE:
        parts.append(row.participation.unit.short_name)
    # Why it was proposed tells its rank, and in the room sit members who may not know that yet.
    if annulled:
        parts.append(f"đưa lại vì {annulled}")
    return "; ".join(part for part in parts if part)


def draft_decision(campaign: Campaign, *, on: date) -> Decision:
    """Lập dự thảo quyết định from the elected lines of the department's own level, in the official
    order.
    """
    if campaign.phase is not Phase.DECIDING:
        refuse("Chỉ lập quyết định khi phong trào ở bước “Quyết định”.")
    _hold(campaign)
    rows = queries.undecided(campaign.id)
    if not rows:
        refuse("Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.")
    received = _received_on(rows, on)
    rules = _rules_of(campaign, received)
    decision = Decision(
        campaign_id=campaign.id,
        planned_on=on,
        rule_set_code=rules.code,
        base_salary=0,
        rounding=rules.rounding,
        received_on=received,
        legal_basis=drafted_basis(rules, on),
        notice_holidays=[day.isoformat() for day in fixed_holidays(on.year)],
        **_usual_head(campaign),
    )
    db.session.add(decision)
    db.session.flush()
    _list_lines(campaign, decision, rows)
    refigure(campaign, decision)
    return decision


def _received_on(rows: Sequence[Nominee], on: date) -> date:
    """Ngày nhận hồ sơ: when the last head signed; the day of the draft where the Standing Committee
    added them all.
    """
    return max((local_date(row.signed_at) for row in rows if row.signed_at is not None), default=on)


def _rules_of(campaign: Campaign, received: date) -> RuleSet:
    """Bộ quy định của ngày nhận hồ sơ; the campaign's own while it stands."""
    own = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    if own is None:
        refuse("Phong trào chưa chọn bộ quy định.")
    return rule_set_for(own, catalogue.rule_sets(), received)


def drafted_basis(rules: RuleSet, day: date) -> str:
    """Căn cứ của quyết định dự kiến ký ngày này; of a rule set that has ended, as they were on its
    last day.
    """
    last = rules.in_force_to or day
    return "\n".join(paper_basis(rules.power_basis, rules.legal_basis, min(day, last)))


def _usual_head(campaign: Campaign) -> dict[str, str]:
    """Phần đầu thường dùng: as the office's last decision had it, else from its letterhead and
    name; all of it can be changed.
    """
    last, head = queries.last_decision(campaign.organiser_id), letterhead()
    office = db.session.get(Unit, campaign.organiser_id) if campaign.organiser_id else None
    code = head.code or (office.code if office else "")
    usual = {
        "place": head.place or territory_of(office.name if office else ""),
        "symbol": f"QĐ-{code}" if code else "QĐ",
        "fund": f"Quỹ thi đua, khen thưởng của {office.name}" if office else "",
        "signer_job": head.leader_job,
        "signer_name": head.leader_name,
    }
    return usual | {
        name: getattr(last, name)
        for name in ("place", "symbol", "fund")
        if last is not None and getattr(last, name)
    }


def _salary_on(day: date) -> int:
    salary = base_salary_on(catalogue.salary_table(), day)
    if salary is None:
        refuse("Bảng lương cơ sở chưa có mức cho ngày này.", "planned_on")
    return salary[1]


def _list_lines(campaign: Campaign, decision: Decision, rows: Sequence[Nominee]) -> None:
    blocks = {
        row.participation_id: row.block_id for row in queries.frozen_ranks(campaign.id).values()
    }
    names = {panel.block.id: panel.block.name for panel in queries.panels(campaign, [])}
    for row in rows:
        is_person = row.kind.subject is Subject.INDIVIDUAL
        db.session.add(
            DecisionLine(
                decision_id=decision.id,
                nominee_id=row.id,
                kind_id=row.kind_id,
                position=0,
                form_name=row.kind.form.name,
                subject=row.kind.subject,
                honorific=row.honorific if is_person else "",
                name=row.name,
                search_key=row.search_key,
                job=row.job,
                unit_name=row.participation.unit.name,
                is_leader=row.is_leader,
                is_illustrative=row.is_illustrative,
                block_name=names.get(blocks.get(row.participation_id) or 0, ""),
                amount=0,
            )
        )
    db.session.flush()


def refigure(campaign: Campaign, decision: Decision) -> None:
    """Tính lại tiền và thứ tự: from the base salary at the decision's date; not after it was
    signed.
    """
    rules = db.session.get_one(RuleSet, decision.rule_set_code)
    if decision.kind is DecisionKind.AWARD:
        decision.base_salary, decision.rounding = _salary_on(decision.planned_on), rules.rounding
    ranks = queries.frozen_ranks(campaign.id)
    lines = {line.nominee_id: line for line in queries.lines_of(decision.id)}
    rows = {row.id: row for row in queries.nominees(campaign.id) if row.id in lines}
    listed = [
        Listed(
            row.id,
            row.kind.subject,
            standing.rank if (standing := ranks.get(row.participation_id)) else None,
            row.name_key,
        )
        for row in rows.values()
    ]
    order = official_order(listed, decision.order)
    for position, nominee_id in enumerate(order, start=1):
        lines[nominee_id].position = position
    if decision.kind is DecisionKind.AWARD:
        for nominee_id, paid in _worked_out(
            decision, rules, [rows[nominee_id] for nominee_id in order]
        ).items():
            lines[nominee_id].amount, lines[nominee_id].steps = paid.amount, paid.steps
    db.session.flush()


def _worked_out(decision: Decision, rules: RuleSet, rows: Sequence[Nominee]) -> dict[int, Money]:
    """Tiền thưởng của từng đề nghị by the rule set of the decision: its forms, and whether only the
    highest is paid.
    """
    twins = {(form.code, form.name): form for form in catalogue.forms(rules.code)}
    payable = []
    for row in rows:
        own = row.kind.form
        form = twins.get((own.code, own.name), own)
        factor = form.factor(row.kind.subject)
        payable.append(
            Payable(
                row.id,
                _person(row),
                form.is_title,
                form.name,
                money(decision.base_salary, form.coefficient, factor, decision.rounding),
            )
        )
    if not rules.pays_highest_only:
        return {row.id: row.money for row in payable}
    return paid_once(payable, _paid_before(decision), rules.highest_source)


def _person(row: Nominee) -> tuple[Subject, int, str, int | None]:
    """Ai được khen: the same name, letter by letter, of the same unit and year of birth."""
    return row.kind.subject, row.participation_id, name_key(row.name), row.birth_year


def _paid_before(decision: Decision) -> dict[tuple[Hashable, bool], Paid]:
    """Đã trả trong phong trào này by other decisions that are signed and stand."""
    paid: dict[tuple[Hashable, bool], Paid] = {}
    for line, nominee in queries.paid_lines(decision.campaign_id, without=decision.id):
        key = (_person(nominee), nominee.kind.form.is_title)
        before = paid[key].amount if key in paid else 0
        paid[key] = Paid(before + line.amount, line.decision.title)
    return paid


HEAD = (
    "number",
    "symbol",
    "place",
    "planned_on",
    "received_on",
    "rule_set_code",
    "signer_form",
    "signer_job",
    "signer_name",
    "legal_basis",
    "fund",
    "order",
    "notice_days",
    "notice_is_working",
    "notice_holidays",
    "notice_is_public",
    "reason",
    "recover",
)


def edit_decision(campaign: Campaign, decision: Decision, values: Mapping[str, Any]) -> None:
    """Sửa dự thảo: every fact of its head; money and order follow."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo nên không sửa được.")
    if decision.kind is not DecisionKind.AWARD and not one_line(values.get("reason") or ""):
        refuse("Hãy ghi lý do.", "reason")
    changes = {name: values[name] for name in HEAD if name in values}
    was = (decision.received_on, decision.rule_set_code, decision.legal_basis)
    basis = drafted_basis(db.session.get_one(RuleSet, decision.rule_set_code), decision.planned_on)
    if "symbol" in changes:
        changes["symbol"] = clean_symbol(changes["symbol"])
    for name, value in changes.items():
        setattr(decision, name, value)
    _demand_recoverable(decision)
    if decision.kind is DecisionKind.AWARD:
        _follow_the_law(campaign, decision, was, basis)
    refigure(campaign, decision)


def _follow_the_law(
    campaign: Campaign, decision: Decision, was: tuple[date | None, str, str], basis: str
) -> None:
    """The rule set follows the day of the dossier unless it is chosen; its bases follow where
    nobody wrote others.
    """
    received_on, code, text = was
    if (
        decision.received_on is not None
        and decision.received_on != received_on
        and decision.rule_set_code == code
    ):
        decision.rule_set_code = _rules_of(campaign, decision.received_on).code
    if decision.legal_basis == text == basis:
        rules = db.session.get_one(RuleSet, decision.rule_set_code)
        decision.legal_basis = drafted_basis(rules, decision.planned_on)


def _demand_recoverable(decision: Decision) -> None:
    """What is to be paid back is at most what was paid to those whose award is revoked."""
    paid = _paid(decision)
    if decision.recover > paid:
        refuse(
            "Số tiền thu hồi không được lớn hơn tiền thưởng của các dòng bị thu hồi: "
            f"{dong(paid)} đồng.",
            "recover",
        )


def _paid(decision: Decision) -> int:
    """Tiền thưởng của các dòng bị thu hồi; of other decisions there is nothing to recover."""
    lines = queries.lines_of(decision.id) if decision.kind is DecisionKind.REVOCATION else ()
    return sum(line.amount for line in lines)


def remove_line(campaign: Campaign, decision: Decision, nominee_id: int) -> None:
    """Bỏ một dòng khỏi dự thảo."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo nên không sửa được.")
    line = next(
        (one for one in queries.lines_of(decision.id) if one.nominee_id == nominee_id), None
    )
    if line is not None:
        is_all_recovered = decision.recover == _paid(decision)
        db.session.delete(line)
        db.session.flush()
        paid = _paid(decision)
        decision.recover = paid if is_all_recovered else min(decision.recover, paid)
        refigure(campaign, decision)


def delete_decision(decision: Decision) -> None:
    """Xoá dự thảo that was never posted."""
    if (
        decision.state is not DecisionState.DRAFT
        or queries.objections_of(decision.id)
        or queries.withdrawals_of(decision.id)
    ):
        refuse("Chỉ xoá được dự thảo chưa lấy ý kiến.")
    db.session.delete(decision)


def add_elected(campaign: Campaign, decision: Decision) -> int:
    """Thêm các đề nghị mới được Hội đồng thông qua vào dự thảo, as after a line came back from the
    Council; gives how many.
    """
    if decision.state is not DecisionState.DRAFT or decision.kind is not DecisionKind.AWARD:
        refuse("Chỉ thêm được vào dự thảo quyết định khen thưởng.")
    _hold(campaign)
    rows = queries.undecided(campaign.id)
    if not rows:
        refuse("Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.")
    _list_lines(campaign, decision, rows)
    refigure(campaign, decision)
    return len(rows)


def withdraw(decision: Decision, *, reason: str, by: User, at: datetime) -> None:
    """Rút về sửa a posted draft, with the reason: what was said about it stays, and it is posted
    anew for all its days.
    """
    why = stated_reason(reason)
    if decision.state is not DecisionState.POSTED:
        refuse("Chỉ rút được dự thảo đang lấy ý kiến.")
    db.session.add(
        DecisionWithdrawal(
            decision_id=decision.id,
            posted_on=decision.posted_on,
            notice_until=decision.notice_until,
            reason=why,
            at=at,
            by_id=by.id,
        )
    )
    decision.state, decision.posted_on, decision.notice_until = DecisionState.DRAFT, None, None


def post(decision: Decision, *, on: date) -> None:
    """Đưa ra lấy ý kiến for as many days as the draft says."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo.")
    if not decision.signer_name:
        refuse("Dự thảo chưa có tên người ký.", "signer_name")
    if not queries.lines_of(decision.id):
        refuse("Danh sách kèm theo quyết định đang trống.")
    if decision.notice_days < 1:
        refuse("Hãy ghi số ngày lấy ý kiến trong dự thảo.", "notice_days")
    _demand_corrected(decision)
    decision.state, decision.posted_on = DecisionState.POSTED, on
    decision.notice_until = notice_ends(
        on,
        decision.notice_days,
        working=decision.notice_is_working,
        holidays={date.fromisoformat(day) for day in decision.notice_holidays},
    )


def object_to(
    decision: Decision,
    *,
    author: str,
    words: str,
    nominee_id: int | None,
    on: date,
    unit: Unit | None = None,
    by: User | None = None,
) -> Objection:
    """Ghi một ý kiến about the posted draft: as it came to the Standing Committee, or by somebody
    of a `unit` it concerns.
    """
    if decision.state is not DecisionState.POSTED:
        refuse("Chỉ nhận ý kiến khi quyết định đang được lấy ý kiến.")
    if not words.strip():
        refuse("Hãy ghi nội dung ý kiến.", "text")
    if nominee_id is not None and nominee_id not in {
        line.nominee_id for line in queries.lines_of(decision.id)
    }:
        refuse("Người này không có trong danh sách.", "nominee_id")
    row = Objection(
        decision_id=decision.id,
        author=one_line(author),
        text=nfc(words).strip(),
        nominee_id=nominee_id,
        received_on=on,
        unit_id=unit.id if unit else None,
        by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def answer_objection(
    campaign: Campaign,
    decision: Decision,
    row: Objection,
    *,
    answer: str,
    sends_back: bool,
    by: User,
    at: datetime,
    on: date,
) -> None:
    """Trả lời một ý kiến: kept as it is, or the line goes back to the Council."""
    if row.state is not ObjectionState.OPEN:
        refuse("Ý kiến này đã được trả lời.")
    if decision.state is DecisionState.SIGNED:
        refuse("Quyết định đã ký.")
    if not answer.strip():
        refuse("Hãy ghi nội dung trả lời.", "answer")
    if sends_back and row.nominee_id is None:
        refuse("Ý kiến không nói về dòng nào nên không đưa lại Hội đồng được.", "sends_back")
    row.answer, row.answered_on = nfc(answer).strip(), on
    row.state = ObjectionState.SENT_BACK if sends_back else ObjectionState.KEPT
    if sends_back and row.nominee_id is not None:
        nominee = queries.nominee(campaign.id, row.nominee_id)
        _change(
            nominee,
            NomineeState.LEFT_OUT,
            f"đưa lại Hội đồng sau ý kiến: {one_line(row.text)}"[:300],
            by=by,
            at=at,
        )
        line = next(
            one for one in queries.lines_of(decision.id) if one.nominee_id == row.nominee_id
        )
        db.session.delete(line)
        db.session.flush()
        refigure(campaign, decision)


def sign(
    campaign: Campaign,
    decision: Decision,
    *,
    number: str,
    signed_on: date,
    today: date,
    at: datetime,
    by: User,
    scan: tuple[str, Stored] | None,
    takes_other: bool = False,
) -> None:
    """Ghi việc ký: number, date and scan; the decision is frozen with its figures, and certificates
    get their numbers.

    It is recorded by the signer's side, or by somebody else with the scan of what was signed; which
    of the two stays with it.
    The money is worked out anew for the day of signing. An open notice must be over, every
    objection answered.
    """
    _hold_register()
    typed = numbered(number, decision.symbol, takes_other=takes_other) if one_line(number) else None
    _demand_signable(decision, typed, signed_on=signed_on, today=today)
    decision.signature = signature(
        by_signers_side=Role.DIRECTOR in by.roles, has_scan=scan is not None
    )
    if decision.signature is None:
        refuse(
            "Chỉ lãnh đạo ghi được việc ký mà không có bản chụp; hãy kèm bản chụp quyết định "
            "đã ký.",
            "scan",
        )
    decision.recorded_by_id = by.id
    if typed is not None:
        decision.number, decision.symbol = typed.number, typed.symbol
    decision.planned_on, decision.signed_on = signed_on, signed_on
    refigure(campaign, decision)
    lines = queries.lines_of(decision.id)
    if decision.kind is not DecisionKind.REVOCATION:
        _register(lines, signed_on.year)
    if scan is not None:
        decision.scan_name, stored = scan
        decision.scan_key, decision.scan_type = stored.storage_key, stored.media_type
        decision.scan_size, decision.scan_sha256 = stored.size, stored.sha256
    corrected = queries.corrections_of(decision)
    last, head = audit.head()
    decision.figures = {
        "rule_set": decision.rule_set_code,
        "base_salary": decision.base_salary,
        "rounding": decision.rounding.value,
        "lines": [
            {
                "name": line.name,
                "unit": line.unit_name,
                "form": line.form_name,
                "subject": line.subject.value,
                "amount": line.amount,
                "steps": line.steps,
                "register": f"{line.register_number}/{line.register_year}",
                "corrected": [one.words for one in corrected.get(line.nominee_id, ())],
            }
            for line in lines
        ],
        "total": sum(line.amount for line in lines),
        "recover": decision.recover,
        "signature": decision.signature,
        "audit_number": last,
        "audit_hash": head,
    }
    decision.sha256 = signed_digest(decision)
    decision.state, decision.signed_at = DecisionState.SIGNED, at
    if decision.amends_id is not None:
        _end_lines(decision, lines)
    db.session.flush()


def signed_digest(decision: Decision) -> str:
    """Mã băm of what was signed: number, day and figures."""
    day = decision.signed_on.isoformat() if decision.signed_on else ""
    return digest([decision.title, day, decision.figures])


def _demand_signable(
    decision: Decision, typed: Numbered | None, *, signed_on: date, today: date
) -> None:
    if decision.state is DecisionState.SIGNED:
        refuse("Quyết định đã ký.")
    if typed is None:
        refuse("Hãy ghi số quyết định.", "number")
    if signed_on > today:
        refuse("Ngày ký không được ở tương lai.", "signed_on")
    if not decision.signer_name:
        refuse("Dự thảo chưa có tên người ký.", "signer_name")
    if not queries.lines_of(decision.id):
        refuse("Danh sách kèm theo quyết định đang trống.")
    _demand_time(decision, signed_on=signed_on, today=today)
    if any(row.state is ObjectionState.OPEN for row in queries.objections_of(decision.id)):
        refuse("Còn ý kiến chưa trả lời.")
    _demand_still_in_force(decision)
    _demand_corrected(decision)
    if typed is not None:
        _demand_free_number(decision, typed, signed_on)


def _demand_time(decision: Decision, *, signed_on: date, today: date) -> None:
    """Its notice was held and is over, and it bears a day on which it could be signed."""
    if decision.state is DecisionState.DRAFT and decision.notice_days:
        refuse(
            f"Dự thảo ghi lấy ý kiến {decision.notice_days} ngày mà chưa đưa ra; hãy đưa ra "
            "lấy ý kiến, hoặc sửa thành 0 ngày."
        )
    if decision.notice_until is not None and today <= decision.notice_until:
        refuse(f"Thời gian lấy ý kiến đến hết ngày {decision.notice_until:%d/%m/%Y}; chưa ký được.")
    if earliest := _signable_from(decision):
        day, because = earliest
        if signed_on < day:
            refuse(f"Ngày ký không được trước ngày {day:%d/%m/%Y}: {because}.", "signed_on")


def _demand_free_number(decision: Decision, typed: Numbered, signed_on: date) -> None:
    taken = queries.numbered_in(signed_on.year, without=decision.id)
    wanted = (plain_number(typed.number), search_key(typed.symbol))
    if wanted in {(plain_number(number), search_key(symbol)) for number, symbol in taken}:
        refuse("Số quyết định này đã dùng trong năm.", "number")


def correct_signature(
    decision: Decision,
    *,
    number: str,
    symbol: str,
    signed_on: date,
    reason: str,
    by: User,
    at: datetime,
    today: date,
) -> SignatureCorrection:
    """Sửa bản ghi việc ký: the paper was signed rightly, but its number, symbol or day was recorded
    wrongly.

    Money, list and register stay as signed; drafts that amend it cite it anew.
    """
    why = stated_reason(reason, "Hãy ghi lý do sửa.")
    _hold_register()
    if decision.state is not DecisionState.SIGNED or decision.signed_on is None:
        refuse("Chỉ sửa được bản ghi của quyết định đã ký.")
    typed = numbered(number, clean_symbol(symbol))
    _demand_same_figures(decision, signed_on=signed_on, today=today)
    _demand_free_number(decision, typed, signed_on)
    if (typed.number, typed.symbol, signed_on) == (
        decision.number,
        decision.symbol,
        decision.signed_on,
    ):
        refuse("Số, ký hiệu, ngày ký vẫn như đã ghi.", "number")
    row = SignatureCorrection(
        decision_id=decision.id,
        number=decision.number,
        symbol=decision.symbol,
        signed_on=decision.signed_on,
        sha256=decision.sha256,
        reason=why,
        at=at,
        by_id=by.id,
    )
    db.session.add(row)
    cited = decision.cited
    decision.number, decision.symbol, decision.signed_on = typed.number, typed.symbol, signed_on
    decision.planned_on = signed_on
    decision.sha256 = signed_digest(decision)
    for draft in queries.amendments_of(decision.id):
        if draft.state is not DecisionState.SIGNED:
            draft.legal_basis = draft.legal_basis.replace(cited, decision.cited)
    db.session.flush()
    return row


def _demand_same_figures(decision: Decision, *, signed_on: date, today: date) -> None:
    """A day that would give other money or another year of the register is none of a slip of the
    pen.
    """
    if signed_on > today:
        refuse("Ngày ký không được ở tương lai.", "signed_on")
    if earliest := _signable_from(decision):
        day, because = earliest
        if signed_on < day:
            refuse(f"Ngày ký không được trước ngày {day:%d/%m/%Y}: {because}.", "signed_on")
    if decision.signed_on is not None and signed_on.year != decision.signed_on.year:
        refuse(
            "Ngày ký thuộc năm khác thì số vào sổ cũng phải khác; hãy thu hồi và ban hành lại "
            "quyết định.",
            "signed_on",
        )
    salary = base_salary_on(catalogue.salary_table(), signed_on)
    if decision.kind is DecisionKind.AWARD and (
        salary is None or salary[1] != decision.base_salary
    ):
        refuse(
            "Ngày này áp dụng mức lương cơ sở khác nên tiền thưởng cũng khác; hãy ban hành "
            "quyết định điều chỉnh.",
            "signed_on",
        )


def _signable_from(decision: Decision) -> tuple[date, str] | None:
    """The first day it may bear, and why: after its notice, not before the Council closed or what
    it amends was signed.
    """
    found: list[tuple[date, str]] = []
    if decision.notice_until is not None:
        found.append(
            (decision.notice_until + timedelta(days=1), "khi đó mới hết thời gian lấy ý kiến")
        )
    if decision.amends_id is not None:
        old = queries.decision(decision.campaign_id, decision.amends_id)
        found += [(old.signed_on, f"là ngày ký quyết định số {old.title}")] if old.signed_on else []
    elif closed := meetings.last_closed_at(decision.campaign_id):
        found.append((local_date(closed), "là ngày Hội đồng họp xong"))
    return max(found, default=None)


def _demand_still_in_force(decision: Decision) -> None:
    """What an amending decision names may not have been ended by another one since it was
    drafted.
    """
    named = {line.nominee_id for line in queries.lines_of(decision.id)}
    if any(
        line.ended_by_id
        for line in queries.lines_of(decision.amends_id or 0)
        if line.nominee_id in named
    ):
        refuse(
            "Có dòng đã được một quyết định khác điều chỉnh hoặc thu hồi; hãy bỏ dòng đó khỏi "
            "dự thảo."
        )


def _demand_corrected(decision: Decision) -> None:
    """Each line of a correction puts something right: nobody is named anew, under a new number, for
    nothing.
    """
    found = queries.corrections_of(decision)
    for line in queries.lines_of(decision.id):
        if found.get(line.nominee_id, True) == ():
            refuse(f"Dòng “{line.full_name}” chưa sửa gì; hãy sửa dòng đó, hoặc bỏ khỏi dự thảo.")


def _hold_register() -> None:
    """One signature at a time: the next one finds the numbers this one took, of the decision and of
    the certificates.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(text(str(REGISTER_LOCK)))))


def _register(lines: Sequence[DecisionLine], year: int) -> None:
    """Vào sổ: the next numbers of the year, without gaps."""
    number = queries.last_register_number(year)
    for line in lines:
        number += 1
        line.register_year, line.register_number = year, number
    db.session.flush()


def amend(
    campaign: Campaign,
    old: Decision,
    kind: DecisionKind,
    nominee_ids: Sequence[int],
    *,
    reason: str,
    on: date,
) -> Decision:
    """Lập quyết định điều chỉnh hoặc thu hồi: a new decision that names the old one; the old one
    stays as it is.
    """
    why = stated_reason(reason)
    if old.state is not DecisionState.SIGNED or old.kind is DecisionKind.REVOCATION:
        refuse("Chỉ điều chỉnh hoặc thu hồi quyết định khen thưởng đã ký.")
    lines = [
        line
        for line in queries.lines_of(old.id)
        if line.nominee_id in set(nominee_ids) and line.ended_by_id is None
    ]
    if not lines:
        refuse("Hãy chọn ít nhất một dòng còn hiệu lực.", "lines")
    recover = sum(line.amount for line in lines) if kind is DecisionKind.REVOCATION else 0
    made = Decision(
        campaign_id=campaign.id,
        kind=kind,
        amends_id=old.id,
        reason=why,
        planned_on=on,
        rule_set_code=old.rule_set_code,
        base_salary=old.base_salary,
        rounding=old.rounding,
        legal_basis=f"{old.legal_basis}\nQuyết định số {old.cited}",
        fund=old.fund,
        place=old.place,
        signer_form=old.signer_form,
        signer_job=old.signer_job,
        signer_name=old.signer_name,
        symbol=old.symbol,
        order=old.order,
        recover=recover,
    )
    db.session.add(made)
    db.session.flush()
    copied = (
        "nominee_id",
        "kind_id",
        "form_name",
        "subject",
        "honorific",
        "name",
        "search_key",
        "job",
        "unit_name",
        "block_name",
        "is_leader",
        "is_illustrative",
        "position",
    )
    for line in lines:
        db.session.add(
            DecisionLine(
                decision_id=made.id,
                amount=line.amount,
                steps=line.steps,
                **{name: getattr(line, name) for name in copied},
            )
        )
    db.session.flush()
    return made


CORRECTED_AMOUNT = "số tiền đúng, ghi tại quyết định điều chỉnh"
"""Cách tính of an amount that a correction puts right."""


def correct_line(
    decision: Decision,
    nominee_id: int,
    *,
    name: str,
    honorific: str,
    job: str,
    amount: int | None = None,
) -> None:
    """Sửa thông tin của một dòng trong quyết định điều chỉnh đang soạn; without an `amount` the
    money stays.
    """
    if decision.state is not DecisionState.DRAFT or decision.kind is not DecisionKind.CORRECTION:
        refuse("Chỉ sửa dòng trong dự thảo quyết định điều chỉnh.")
    line = next(
        (one for one in queries.lines_of(decision.id) if one.nominee_id == nominee_id), None
    )
    if line is None or not one_line(name):
        refuse("Hãy ghi tên.", "name")
    else:
        line.name, line.honorific, line.job = (
            one_line(name),
            honorific if honorific in {"Ông", "Bà"} else "",
            one_line(job),
        )
        line.search_key = search_key(line.name)
        if amount is not None and amount != line.amount:
            line.amount, line.steps = amount, CORRECTED_AMOUNT
        db.session.flush()


def _end_lines(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    named = {line.nominee_id for line in lines}
    for line in queries.lines_of(decision.amends_id or 0):
        if line.nominee_id in named and line.ended_by_id is None:
            line.ended_by_id = decision.id


def send_upwards(campaign: Campaign, rows: Sequence[Nominee], *, letter: str, on: date) -> int:
    """Gửi cấp trên: the elected lines of higher levels, as one list."""
    if not rows:
        refuse("Không có đề nghị nào chờ gửi cấp trên.")
    if not one_line(letter):
        refuse("Hãy ghi số, ký hiệu tờ trình.", "letter")
    if campaign.phase.place < Phase.DECIDING.place:
        refuse("Chỉ gửi cấp trên khi phong trào ở bước “Quyết định”.")
    db.session.add_all(
        [UpwardRequest(nominee_id=row.id, sent_on=on, letter=one_line(letter)) for row in rows]
    )
    db.session.flush()
    return len(rows)


def record_answer(
    row: UpwardRequest, answer: Answer, *, on: date, number: str, reason: str
) -> None:
    """Ghi trả lời của cấp trên: granted with number and date, or refused and why."""
    if row.answer is not None:
        refuse("Đã ghi trả lời cho đề nghị này.")
    if answer is Answer.REFUSED and not one_line(reason):
        refuse("Hãy ghi lý do không khen thưởng.", "reason")
    if answer is Answer.GRANTED and not one_line(number):
        refuse("Hãy ghi số quyết định của cấp trên.", "number")
    if on < row.sent_on:
        refuse("Ngày trả lời không được trước ngày gửi.", "answered_on")
    row.answer, row.answered_on, row.number, row.reason = (
        answer,
        on,
        one_line(number),
        one_line(reason),
    )
