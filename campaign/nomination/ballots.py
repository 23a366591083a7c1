"""Đưa ra Hội đồng: a ballot for each kind and block."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from campaign.core.errors import refuse
from campaign.core.vote_rules import rule_from_data
from campaign.honours.rules import Subject
from campaign.meeting import actions as meeting_actions
from campaign.meeting.models import Meeting
from campaign.nomination import queries
from campaign.nomination.models import Nominee
from campaign.nomination.proposals import demand_frozen, places_left
from campaign.nomination.rules import (
    Candidate,
    NomineeState,
    clear_of_the_line,
    expected_awards,
    merit,
    standards,
    too_many_leaders,
)
from campaign.planning.models import Campaign
from campaign.voting import actions as voting
from campaign.voting import queries as votes
from campaign.voting.casting import keep_opinions


def put_before_council(campaign: Campaign, meeting: Meeting, *, at: datetime | None = None) -> int:
    """Đưa đề xuất ra Hội đồng: a ballot for each kind and block, its places the quota, or two where
    some compete for the last of them; gives how many ballots.

    Members are not given the lines of units they are kept away from, nor their own. Lines whose
    ballot was annulled come again, and say so.
    """
    demand_frozen(campaign)
    rows = queries.nominees(campaign.id)
    before_council, returning = queries.settled(campaign.id), queries.returning(campaign.id)
    if campaign.award_quorum is not None:
        meeting_actions.demand_quorum_of(meeting, campaign.award_quorum)
    held, ranks = queries.holding(campaign.id, rows), queries.frozen_ranks(campaign.id)
    panels, count = queries.panels(campaign, rows), 0
    _demand_overall(panels)
    for panel in panels:
        waiting = _waiting(panel, before_council)
        if not waiting:
            continue
        limit = places_left(panel, held) if panel.limit else None
        _demand_places(panel, limit)
        lines = {row.id: _line(row, returning.get(row.id)) for row in waiting}
        clear = clear_of_the_line(
            [Candidate(row.id, _order_at_line(row, ranks)) for row in waiting], limit
        )
        count += _put_panel(meeting, panel, lines, clear, limit)
    if not count:
        refuse("Không còn đề xuất nào chờ đưa ra Hội đồng.")
    for made in votes.ballots(meeting.id)[-count:]:
        made.prepared_at = at
    _keep_opinions(meeting, count)
    return count


def _waiting(panel: queries.Panel, before_council: Collection[int]) -> list[Nominee]:
    """Đề xuất chưa đưa ra Hội đồng of a kind in a block."""
    return [
        row
        for row in panel.rows
        if row.state is NomineeState.PROPOSED and row.id not in before_council
    ]


def _keep_opinions(meeting: Meeting, count: int) -> None:
    """Ý kiến bằng văn bản về những dòng của lượt đã huỷ, which come again in the newest ballots."""
    ballots = votes.ballots(meeting.id)
    for again in ballots[-count:]:
        for annulled in reversed([row for row in ballots if row.annulled_reason]):
            keep_opinions(annulled, again)


def _demand_places(panel: queries.Panel, limit: int | None) -> None:
    """Not too many leaders, and places left for those who wait."""
    kind = panel.kind
    about = f"{kind.award_type.name} cho {kind.subject.label}, {panel.block.name}"
    if too_many_leaders(panel.leaders, panel.proposed, kind.leader_limit):
        refuse(
            f"{about}: lãnh đạo {panel.leaders}/{panel.proposed}, vượt giới hạn "
            f"{kind.leader_limit} %."
        )
    if limit == 0:
        refuse(
            f"{about}: đã dùng hết chỉ tiêu {panel.limit} cho những đề xuất đã ra Hội đồng; "
            "hãy đưa các đề xuất còn lại ra khỏi danh sách."
        )


def _line(row: Nominee, annulled: str | None) -> voting.LineSpec:
    return voting.LineSpec(
        _label(row),
        _detail(row, annulled),
        row.id,
        row.participation_id,
        merit=merit(row.achievements, is_by_rank=row.is_by_rank),
    )


def _order_at_line(row: Nominee, ranks: Mapping[int, Any]) -> int | None:
    """The rank of its unit; of equals those whom the law puts first, if not tied, stand ahead."""
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
    ballot of their own for the places that are left then. Gives how many ballots.
    """
    title = f"{panel.kind.award_type.name}, {panel.kind.subject.label}, {panel.block.name}"
    rule, asked = rule_from_data(panel.kind.vote), standards(panel.kind.gates)
    prepare = partial(voting.prepare_ballot, meeting, rule=rule, standards=asked)
    inside = [line for number, line in lines.items() if number in clear]
    at_line = [line for number, line in lines.items() if number not in clear]
    if not at_line or limit is None or not inside:
        prepare(title=title, lines=[*inside, *at_line], places=limit)
        return 1
    first = prepare(title=f"{title}: trong chỉ tiêu", lines=inside)
    places = max(limit - len(inside), 1)
    prepare(title=f"{title}: tại ranh chỉ tiêu", lines=at_line, places=places, follows=first)
    return 2


def _demand_overall(panels: Sequence[queries.Panel]) -> None:
    """The blocks together may not be given more than the kind has for the whole campaign."""
    for kind in {panel.kind.id: panel.kind for panel in panels}.values():
        expected = expected_awards(
            (panel.proposed, panel.limit) for panel in panels if panel.kind is kind
        )
        if kind.overall_limit is not None and expected > kind.overall_limit:
            refuse(
                f"{kind.award_type.name} cho {kind.subject.label}: đề xuất {expected}, nhiều hơn "
                f"chỉ tiêu chung {kind.overall_limit} của phong trào; hãy bớt đề xuất."
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
