"""Giải trình điểm: why a unit got its points, on the page, on paper and as a table."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.charts.drawn import Drawn
from campaign.clarification.telling import clarified
from campaign.core.dates import format_moment
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Role
from campaign.divergence.queries import threshold_of, told_by_code
from campaign.enrolment.models import Participation
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.planning.rules import Phase
from campaign.ranking import frozen_tables, pictures, queries, tallies, workbook
from campaign.ranking.access import Asker, explains_all, sees_table
from campaign.ranking.explanation import (
    NOTHING,
    with_clarification,
    with_divergence,
    with_own_scale,
    with_plan,
)
from campaign.ranking.explanation import explain as explanation_of
from campaign.ranking.outline import group_head, outline, section_words
from campaign.ranking.sheets import explanation_sheet
from campaign.ranking.sight import asker_in, shown_standings, sight_of
from campaign.ranking.sums import measure_words
from campaign.scoring.queries import final_content
from campaign.verification.queries import finished_unit, finishers
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.drawing import for_paper
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

explanations = Blueprint("explanations", __name__)


@explanations.get("/units/<int:participation_id>")
@requires(Permission.RANKING_READ)
def show(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Vì sao đơn vị được số điểm này."""
    shown = _explained(campaign_id, participation_id)
    campaign, asker = shown["campaign"], asker_in(shown["campaign"])
    agreed = explains_all(asker) and sight_of(campaign, asker, by_criterion=True).shows(
        shown["block"].id
    )
    return render_template(
        "explanations/show.html",
        measure=measure_words(campaign.rescaling),
        agreed=agreed,
        outline=outline,
        section_words=section_words,
        group_head=group_head,
        picture=_beside_block(shown, asker),
        **shown,
    )


def _beside_block(shown: dict[str, Any], asker: Asker) -> Drawn | None:
    """Đơn vị bên cạnh khối, where this reader sees its whole frozen order anyhow."""
    campaign, block, frozen = shown["campaign"], shown["block"], shown["frozen"]
    if frozen is None or not sees_table(asker, campaign.phase):
        return None
    sight = sight_of(campaign, asker)
    if not sight.shows(block.id) or sight.withheld.units:
        return None
    rows = [row for row in shown_standings(frozen, sight) if row.block_id == block.id]
    return pictures.beside_block(
        campaign,
        block,
        pictures.frozen_dots(campaign, rows, shown["participation_id"]),
        f"Bảng xếp hạng chốt lúc {format_moment(frozen.at)}.",
    )


@explanations.get("/units/<int:participation_id>/print")
@requires(Permission.RANKING_READ)
def print_sheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """In giải trình điểm của một đơn vị, for whoever sees its page."""
    shown = _explained(campaign_id, participation_id)
    printed = explanation_sheet(
        shown["campaign"],
        shown["block"],
        shown["unit"],
        shown["data"],
        ranked=shown["ranked"],
        frozen=shown["frozen"],
        pictures=for_paper(_beside_block(shown, asker_in(shown["campaign"]))),
    )
    return send_stored(
        BytesIO(printed),
        name=f"Giải trình điểm {shown['unit'].short_name}.pdf",
        media_type="application/pdf",
    )


@explanations.get("/units/<int:participation_id>/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Giải trình điểm của một đơn vị ra Excel, for whoever sees its page."""
    explained = _explained(campaign_id, participation_id)
    data, frozen = explained["data"], explained["frozen"]
    notes = [
        ("Khối", explained["block"].name),
        ("Hạng", f"{data['rank']} / {explained['ranked']}" if data["rank"] else "chưa xếp hạng"),
        *(("Ghi chú", text) for text in data["remarks"]),
        *(
            (name, data[key])
            for name, key in (
                ("Lý do", "reason"),
                ("Xếp loại", "band_reason"),
                ("Phân định theo", "decided_by"),
                ("Thẩm định", "verified_by"),
            )
            if data[key]
        ),
    ]
    tables = workbook.explained(data, measure_words(explained["campaign"].rescaling))
    return send_tables(
        tables,
        title=f"Giải trình điểm, {explained['unit'].name}, {explained['campaign'].title}",
        state=f"đã chốt lúc {format_moment(frozen.at)}"
        if frozen
        else "tính ngay, chưa chốt xếp hạng",
        name="giai-trinh-diem",
        notes=notes,
        points_places=explained["campaign"].points_places,
    )


def _explained(campaign_id: int, participation_id: int) -> dict[str, Any]:
    """What the explanation shows, frozen where it is frozen; not there for those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    entry = queries.participation_row(campaign_id, participation_id)
    asker = asker_in(campaign)
    if (
        entry is None
        or entry.block is None
        or not _may_read(asker, campaign, entry.unit_id, entry.block.id)
    ):
        raise NotVisible
    frozen = frozen_tables.latest_frozen(campaign_id)
    about = {
        "campaign": campaign,
        "unit": entry.unit,
        "block": entry.block,
        "participation_id": entry.id,
    }
    if frozen is not None:
        standings = [
            row
            for row in frozen_tables.frozen_standings(frozen.id)
            if row.block_id == entry.block_id
        ]
        standing = next(
            (row for row in standings if row.participation_id == participation_id), None
        )
        if standing is not None:
            return about | {
                "data": {**NOTHING, **standing.explanation},
                "frozen": frozen,
                "ranked": sum(row.rank is not None for row in standings),
            }
    data, ranked = _computed(campaign, entry.block, entry)
    return about | {"data": data, "frozen": None, "ranked": ranked}


def _may_read(asker: Asker, campaign: Campaign, unit_id: int, block_id: int) -> bool:
    """The explanation: of one's own unit after publication; of any for whoever sees the table."""
    is_own = unit_id in current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    if campaign.phase is Phase.PUBLISHED and is_own:
        return True
    if not sees_table(asker, campaign.phase) or not explains_all(asker):
        return False
    return not sight_of(campaign, asker, by_criterion=True).hides(unit_id, block_id)


def _computed(campaign: Campaign, block: Block, entry: Participation) -> tuple[dict[str, Any], int]:
    """The explanation as of now, and how many units are ranked."""
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
    data = explanation_of(
        row,
        scheme,
        result,
        content,
        unit.values,
        unit.points,
        marks,
        campaign.aggregation,
        finishers(block.id, entry.id).get(entry.id),
    )
    data = with_own_scale(data, scheme, unit)
    told = clarified(campaign, scheme, clock.today()).get(entry.id)
    diverged = told_by_code(campaign, scheme).get(entry.id, {})
    data = with_divergence(with_clarification(data, told), threshold_of(campaign), diverged)
    data = with_plan(data, recuses_block=campaign.recuses_block)
    return data, len(standings)
