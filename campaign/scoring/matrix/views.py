"""Bảng điểm của Hội đồng: pages, after closing."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.charts.drawn import Drawn
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.papers.workbook import Table
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.queries import markers_of
from campaign.scheme.rules.markers import EVERYBODY
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring import queries, workbook
from campaign.scoring.matrix.pictures import apart
from campaign.scoring.rules import (
    FEWEST_OTHERS,
    Severity,
    council_criteria,
    is_outlier,
    sees_names,
    severity,
)
from campaign.scoring.units import UnitRow, units_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.spreadsheets import send_tables

matrix = Blueprint("score_matrix", __name__)

Marks = Mapping[tuple[int, int], Mapping[int, Decimal]]
"""Điểm theo ô, rồi theo thành viên."""


@matrix.get("/<int:block_id>/matrix")
@requires(Permission.SHEET_READ)
def show(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng điểm của mọi thành viên, after closing: with names, or a member's own alone."""
    campaign, member, block = _after_closing(campaign_id, block_id)
    marks = _counted_marks(campaign_id, block_id)
    columns = _columns(campaign, member, marks)
    units = units_of(block_id, council.hidden_unit_ids(member))
    criteria = council_criteria(scheme_of(campaign_id))
    return render_template(
        "scoring/matrix.html",
        campaign=campaign,
        block=block,
        marks=marks,
        **columns,
        units=units,
        criteria=criteria,
        picture=_picture(criteria, units, marks) if columns["sees_all"] else None,
        is_outlier=is_outlier,
    )


def _picture(
    criteria: Sequence[ScoredCriterion], units: Iterable[UnitRow], marks: Marks
) -> Drawn | None:
    """Hình vẽ độ phân tán, of the units on the page."""
    return apart(criteria, [row.id for row in units], marks, clock.today())


def _columns(campaign: Campaign, member: CouncilMember, marks: Marks) -> dict[str, Any]:
    """Các cột của bảng: whose marks this member may see, and how strict each of them is."""
    sees_all = sees_names(campaign.phase, member.function)
    members = _shown_members(campaign, member, marks)
    return {
        "names": {row.id: row.user.full_name for row in council.members(campaign.id)},
        "sees_all": sees_all,
        "members": members,
        "stats": _severities(members, marks, others=1 if sees_all else FEWEST_OTHERS),
    }


def _shown_members(campaign: Campaign, member: CouncilMember, marks: Marks) -> list[int]:
    """Thành viên có cột điểm: everybody who marked, for chair and secretary; else oneself."""
    if not sees_names(campaign.phase, member.function):
        return [member.id]
    return sorted({member_id for row in marks.values() for member_id in row})


def _severities(members: Iterable[int], marks: Marks, *, others: int) -> dict[int, Severity]:
    """Mức độ chặt tay của từng thành viên."""
    everybody = {cell: list(row.values()) for cell, row in marks.items()}
    return {
        member_id: severity(
            {cell: row[member_id] for cell, row in marks.items() if member_id in row},
            everybody,
            others=others,
        )
        for member_id in members
    }


def _counted_marks(campaign_id: int, block_id: int) -> Marks:
    """Điểm được tính của khối: without those that a recusal set aside, as in the ranking."""
    members = {row.id: row for row in council.members(campaign_id)}
    recusals = council.recusals_by_member(campaign_id, [*members.values()])
    named = markers_of(campaign_id)
    units = {row.id: row.unit_id for row in units_of(block_id, frozenset())}
    return {
        cell: {
            member_id: points
            for member_id, points in row.items()
            if units.get(cell[0]) not in recusals.get(member_id, {})
            and named.get(cell[1], EVERYBODY).admits(
                members[member_id].function, members[member_id].user_id
            )
        }
        for cell, row in queries.all_marks(block_id).items()
    }


def _after_closing(campaign_id: int, block_id: int) -> tuple[Campaign, CouncilMember, Block]:
    """For members, once scoring is closed."""
    campaign = campaign_for(current_user, campaign_id)
    member = council.active_member(current_user.id, campaign_id, clock.today())
    if member is None or campaign.phase.place <= Phase.SCORING.place:
        raise NotVisible
    block: Block = row_of(Block, campaign_id, block_id)
    return campaign, member, block


@matrix.get("/<int:block_id>/matrix/excel")
@requires(Permission.SHEET_READ)
def spreadsheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng điểm ra Excel: all names for chair and secretary, a member's own column for them."""
    campaign, member, block = _after_closing(campaign_id, block_id)
    return send_tables(
        _tables(campaign, member, block),
        title=f"Điểm của Hội đồng, {block.name}",
        state="các phiếu đã khoá",
        name="diem-hoi-dong",
        points_places=campaign.points_places,
    )


def _tables(campaign: Campaign, member: CouncilMember, block: Block) -> list[Table]:
    """Bảng tính of the marks that this member may see."""
    marks = _counted_marks(campaign.id, block.id)
    names = {row.id: row.user.full_name for row in council.members(campaign.id)}
    return workbook.marks(
        units_of(block.id, council.hidden_unit_ids(member)),
        council_criteria(scheme_of(campaign.id)),
        _shown_members(campaign, member, marks),
        names,
        marks,
    )
