"""Giải trình điểm: why a unit got its points, on the page, on paper and as a table."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.charts.drawn import Drawn
from campaign.core.dates import format_moment
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Role
from campaign.enrolment.models import Participation
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.planning.rules import Phase
from campaign.ranking import frozen_tables, pictures, queries, tallies, workbook
from campaign.ranking.access import Asker, explains_all, sees_table
from campaign.ranking.explanation import NOTHING
from campaign.ranking.models import FrozenRanking
from campaign.ranking.outline import group_head, outline, section_words
from campaign.ranking.sheets import explanation_sheet
from campaign.ranking.sight import asker_in, shown_standings, sight_of
from campaign.ranking.sums import measure_words
from campaign.ranking.telling import Case, Explained, said_of, tie_sentences, told_in_full
from campaign.scoring.queries import final_content
from campaign.verification.queries import finished_unit, finishers
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.drawing import for_paper
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

explanations = Blueprint("explanations", __name__)

Told = tuple[dict[str, Any], int]
"""Giải trình một đơn vị, and how many units of its block are ranked."""


@explanations.get("/units/<int:participation_id>")
@requires(Permission.RANKING_READ)
def show(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Vì sao đơn vị được số điểm này."""
    shown = _explained(campaign_id, participation_id)
    campaign, asker = shown.campaign, asker_in(shown.campaign)
    agreed = explains_all(asker) and sight_of(campaign, asker, by_criterion=True).shows(
        shown.block.id
    )
    return render_template(
        "explanations/show.html",
        measure=measure_words(campaign.rescaling),
        agreed=agreed,
        outline=outline,
        section_words=section_words,
        group_head=group_head,
        tie_sentences=tie_sentences,
        picture=_beside_block(shown, asker),
        **vars(shown),
    )


def _beside_block(shown: Explained, asker: Asker) -> Drawn | None:
    """Đơn vị bên cạnh khối, where this reader sees its whole frozen order anyhow."""
    campaign, block, frozen = shown.campaign, shown.block, shown.frozen
    if frozen is None or not sees_table(asker, campaign.phase):
        return None
    sight = sight_of(campaign, asker)
    if not sight.shows(block.id) or sight.withheld.units:
        return None
    rows = [row for row in shown_standings(frozen, sight) if row.block_id == block.id]
    return pictures.beside_block(
        campaign,
        block,
        pictures.frozen_dots(campaign, rows, shown.participation_id),
        f"Bảng xếp hạng chốt lúc {format_moment(frozen.at)}.",
    )


@explanations.get("/units/<int:participation_id>/print")
@requires(Permission.RANKING_READ)
def print_sheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """In giải trình điểm của một đơn vị, for whoever sees its page."""
    shown = _explained(campaign_id, participation_id)
    drawn = for_paper(_beside_block(shown, asker_in(shown.campaign)))
    return send_stored(
        BytesIO(explanation_sheet(shown, drawn)),
        name=f"Giải trình điểm {shown.unit.short_name}.pdf",
        media_type="application/pdf",
    )


@explanations.get("/units/<int:participation_id>/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Giải trình điểm của một đơn vị ra Excel, for whoever sees its page."""
    explained = _explained(campaign_id, participation_id)
    campaign, frozen = explained.campaign, explained.frozen
    return send_tables(
        workbook.explained(explained.data, measure_words(campaign.rescaling)),
        title=f"Giải trình điểm, {explained.unit.name}, {campaign.title}",
        state=f"đã chốt lúc {format_moment(frozen.at)}"
        if frozen
        else "tính ngay, chưa chốt xếp hạng",
        name="giai-trinh-diem",
        notes=_notes(explained),
        points_places=campaign.points_places,
    )


_NOTED = (
    ("Lý do", "reason"),
    ("Xếp loại", "band_reason"),
    ("Thẩm định", "verified_by"),
)
"""Điều ghi trên trang thông tin, by its name in the explanation."""


def _notes(explained: Explained) -> list[tuple[str, str]]:
    """Khối, hạng and what else is noted of the unit."""
    campaign, data = explained.campaign, explained.data
    return [
        ("Khối", explained.block.name),
        ("Hạng", f"{data['rank']} / {explained.ranked}" if data["rank"] else "chưa xếp hạng"),
        *(("Ghi chú", text) for text in (*data["remarks"], *tie_sentences(campaign, data))),
        *((name, data[key]) for name, key in _NOTED if data[key]),
    ]


def _explained(campaign_id: int, participation_id: int) -> Explained:
    """What the explanation shows, frozen where it is frozen; not there for those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    entry, block = _readable(campaign, participation_id)
    frozen = frozen_tables.latest_frozen(campaign_id)
    told = _as_frozen(frozen, entry) if frozen is not None else None
    if told is None:
        frozen, told = None, _as_of_now(campaign, block, entry)
    data, ranked = told
    return Explained(campaign, entry.unit, block, entry.id, data, frozen, ranked)


def _readable(campaign: Campaign, participation_id: int) -> tuple[Participation, Block]:
    """Đơn vị tham gia và khối mà đơn vị thuộc về; not there for those kept from its explanation."""
    entry = queries.participation_row(campaign.id, participation_id)
    asker = asker_in(campaign)
    if (
        entry is None
        or entry.block is None
        or not _may_read(asker, campaign, entry.unit_id, entry.block.id)
    ):
        raise NotVisible
    return entry, entry.block


def _as_frozen(frozen: FrozenRanking, entry: Participation) -> Told | None:
    """Giải trình như đã chốt; None where the unit is not in the frozen table."""
    rows = frozen_tables.frozen_standings(frozen.id)
    standings = [row for row in rows if row.block_id == entry.block_id]
    standing = next((row for row in standings if row.participation_id == entry.id), None)
    if standing is None:
        return None
    ranked = sum(row.rank is not None for row in standings)
    return {**NOTHING, **standing.explanation}, ranked


def _may_read(asker: Asker, campaign: Campaign, unit_id: int, block_id: int) -> bool:
    """The explanation: of one's own unit after publication; of any for whoever sees the table."""
    is_own = unit_id in current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    if campaign.phase is Phase.PUBLISHED and is_own:
        return True
    if not sees_table(asker, campaign.phase) or not explains_all(asker):
        return False
    return not sight_of(campaign, asker, by_criterion=True).hides(unit_id, block_id)


def _as_of_now(campaign: Campaign, block: Block, entry: Participation) -> Told:
    """Giải trình tính ngay."""
    scheme = scheme_of(campaign.id)
    standings = queries.standings_of(campaign, block)
    finished = finished_unit(campaign.id, scheme, block.id, entry.id)
    if finished is None:
        raise NotVisible
    unit, result = finished
    marks = tallies.marks_of(block.id, entry.id)
    row = queries.row_alone(campaign, entry, scheme, result, marks)
    row.standing = standings.get(entry.id)
    content = final_content(entry.id, unit.version_id)
    finished_by = finishers(block.id, entry.id).get(entry.id)
    case = Case(row, unit, result, content, marks, finished_by)
    data = told_in_full(campaign, scheme, case, said_of(campaign, scheme, clock.today()))
    return data, len(standings)
