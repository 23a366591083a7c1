"""Đề xuất: by the frozen ranking and the quotas, or by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import search_key, text_sort_key
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.rules import Level, Subject
from campaign.nomination import conditions, queries
from campaign.nomination.actions import change_state, typed_reason
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.rules import (
    BY_RANK,
    Candidate,
    GateResult,
    NomineeState,
    Pick,
    goes_first,
    is_blocked,
    propose,
)
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit


def demand_frozen(campaign: Campaign) -> None:
    """Chỉ đề xuất khi họp, from a ranking that is frozen."""
    hold(campaign)
    if campaign.phase is not Phase.MEETING:
        refuse("Chỉ đề xuất khi phong trào ở bước “Họp Hội đồng”.")
    if not queries.frozen_ranks(campaign.id):
        refuse("Hãy chốt xếp hạng trước khi đề xuất.")


def propose_all(campaign: Campaign, *, by: User, at: datetime) -> int:
    """Đề xuất tự động: from the frozen ranking and the quotas; every line gets its reason.

    A ranked unit that named no collective is added for the kinds of collectives. What is before the
    Council already is left as it is, and keeps its place. Gives how many are proposed.
    """
    demand_frozen(campaign)
    ranks = queries.frozen_ranks(campaign.id)
    _add_ranked_units(campaign, ranks)
    rows = queries.nominees(campaign.id)
    before_council = queries.settled(campaign.id)
    checks, held = conditions.gate_checks(campaign, rows), queries.holding(campaign.id, rows)
    women, count = _puts_women_first(campaign, rows, at), 0
    for panel in queries.panels(campaign, rows):
        movable = [row for row in panel.rows if row.id not in before_council]
        picks = propose(_candidates(movable, ranks, checks), places_left(panel, held), women)
        count += _follow(picks, movable, by=by, at=at)
    return count


def _puts_women_first(campaign: Campaign, rows: Sequence[Nominee], at: datetime) -> str | None:
    """Điều khoản xếp nữ trước khi ngang nhau, of the rule set on the day of the dossiers."""
    received = queries.received_on(rows) or local_date(at)
    rules = catalogue.rule_set_on(campaign.rule_set_code, received)
    return rules.women_source if rules is not None and rules.puts_women_first else None


def _candidates(
    rows: Iterable[Nominee],
    ranks: Mapping[int, Any],
    checks: Mapping[int, Collection[GateResult]],
) -> list[Candidate]:
    """Ứng viên: the nominations that are signed, with what the proposal goes by."""
    return [
        Candidate(
            row.id,
            ranks[row.participation_id].rank if row.participation_id in ranks else None,
            is_blocked(checks[row.id]),
            row.is_leader,
            goes_first(row.kind.subject, row.honorific, row.women_count, row.member_count),
        )
        for row in rows
        if row.state is not NomineeState.DRAFT
    ]


def _follow(picks: Sequence[Pick], rows: Iterable[Nominee], *, by: User, at: datetime) -> int:
    """Theo kết quả đề xuất: whose state or reason is another now; gives how many are proposed."""
    movable = {row.id: row for row in rows}
    for pick in picks:
        row = movable[pick.id]
        row.is_tied = pick.is_tied
        state = NomineeState.PROPOSED if pick.is_proposed else NomineeState.LEFT_OUT
        if state is not row.state or pick.reason != row.state_reason:
            change_state(row, state, pick.reason, by=by, at=at)
    return sum(pick.is_proposed for pick in picks)


def places_left(panel: queries.Panel, held: Collection[int]) -> int | None:
    """Số suất còn lại: the quota less the places of those before the Council or passed."""
    if panel.limit is None:
        return None
    return max(panel.limit - sum(row.id in held for row in panel.rows), 0)


def _add_ranked_units(campaign: Campaign, ranks: Mapping[int, Any]) -> None:
    rows = queries.nominees(campaign.id)
    for kind in queries.kinds(campaign.id):
        if kind.subject is not Subject.COLLECTIVE or kind.award_type.level is not Level.DEPARTMENT:
            continue
        named = {row.participation_id for row in rows if row.kind_id == kind.id}
        for participation_id, standing in ranks.items():
            if participation_id in named or standing.rank is None:
                continue
            db.session.add(_by_rank(kind, participation_id, standing.participation.unit))
    db.session.flush()


def _by_rank(kind: AwardKind, participation_id: int, unit: Unit) -> Nominee:
    """Đơn vị được lập đề nghị theo xếp hạng, which named no collective itself."""
    return Nominee(
        campaign_id=kind.campaign_id,
        participation_id=participation_id,
        kind_id=kind.id,
        name=unit.name,
        name_key=text_sort_key(unit.name),
        search_key=search_key(unit.name),
        state=NomineeState.BY_RANK,
        added_reason="Thường trực lập theo xếp hạng đã chốt",
        is_illustrative=unit.is_illustrative,
        achievements=BY_RANK,
    )


def set_proposed(
    campaign: Campaign, row: Nominee, *, is_proposed: bool, reason: str, by: User, at: datetime
) -> None:
    """Đưa vào hoặc đưa ra khỏi đề xuất by hand, with a reason; a gate that blocks is not passed."""
    why = typed_reason(reason)
    demand_frozen(campaign)
    if row.state is NomineeState.DRAFT:
        refuse("Đề nghị chưa được thủ trưởng ký.")
    if row.id in queries.settled(campaign.id):
        refuse("Đề nghị này đã đưa ra Hội đồng.")
    if is_proposed:
        _demand_unblocked(campaign, row)
    row.is_tied = row.is_tied and is_proposed
    change_state(
        row, NomineeState.PROPOSED if is_proposed else NomineeState.LEFT_OUT, why, by=by, at=at
    )


def _demand_unblocked(campaign: Campaign, row: Nominee) -> None:
    """No gate of its kind blocks it; the first that does is told."""
    blocked = [
        result
        for result in conditions.gate_checks(campaign, [row])[row.id]
        if result.verdict.value == "blocked"
    ]
    if blocked:
        refuse(
            f"Không đề xuất được vì không đạt điều kiện “{blocked[0].gate.label}”: "
            f"{blocked[0].reason}"
        )
