"""Xếp hạng: pages."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from campaign.audit import recorder
from campaign.audit.memory import remembered
from campaign.charts.drawn import Drawn
from campaign.core.dates import format_date, format_moment
from campaign.core.errors import NotVisible, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.steering import back_to_room
from campaign.papers.workbook import Table as SpreadsheetTable
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Phase, TieBreak
from campaign.ranking import actions, frozen_tables, listing, pictures, queries, workbook
from campaign.ranking.access import Asker, explains_all, sees_table
from campaign.ranking.listing import Shown
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.sheets import ranking_sheet
from campaign.ranking.sight import (
    Sight,
    asker_in,
    asker_who_sees,
    compares,
    shown_standings,
    sight_of,
)
from campaign.ranking.sums import measure_words
from campaign.ranking.table import Table
from campaign.scheme.rules.table import Scheme
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.drawing import for_paper
from campaign.web.files import send_stored
from campaign.web.lists import Asked
from campaign.web.paging import Page
from campaign.web.spreadsheets import send_tables

ranking = Blueprint("ranking", __name__)
_EXPLAINED_TO = frozenset({Role.SECRETARIAT, Role.DIRECTOR})
"""Đọc giải trình của mọi đơn vị."""
Sheets = tuple[list[SpreadsheetTable], str, list[tuple[str, str]]]
"""Bảng tính, the state it was drawn in, and what else is noted."""


@ranking.get("/")
@requires(Permission.RANKING_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng theo khối, computed from the locked sheets until it is frozen."""
    campaign = campaign_for(current_user, campaign_id)
    asker, frozen = asker_in(campaign), frozen_tables.latest_frozen(campaign_id)
    if not sees_table(asker, campaign.phase) or (frozen is None and not explains_all(asker)):
        return render_template("ranking/not_yet.html", campaign=campaign)
    if frozen is not None and not compares(asker):
        return _frozen_page(campaign, frozen, asker)
    return _live_page(campaign, frozen, asker)


def _live_page(campaign: Campaign, frozen: FrozenRanking | None, asker: Asker) -> str:
    """Bảng tính ngay, beside which a frozen one may stand."""
    scheme, sight = scheme_of(campaign.id), sight_of(campaign, asker, by_criterion=True)
    bands = queries.bands_of(campaign.id)
    columns = listing.live_columns(measure_words(campaign.rescaling))
    here = listing.asked_ranking(columns, sight.blocks, bands, compares=frozen is not None)
    return render_template(
        "ranking/index.html",
        campaign=campaign,
        asked=here,
        tables=_live_tables(campaign, scheme, sight, here),
        scheme=scheme,
        frozen=frozen,
        bands=bands,
        sight=sight,
    )


def _live_tables(
    campaign: Campaign, scheme: Scheme, sight: Sight, here: Asked
) -> list[Shown[Markup]]:
    """Các bảng tính ngay như điều kiện nói; a block where nothing is found has none."""
    tables = [
        _drawn(campaign, block, scheme, sight.withheld.units, here)
        for block in listing.narrowed(here, sight.blocks)
    ]
    return [table for table in tables if table.page.total or not here.is_narrowed]


def _frozen_page(campaign: Campaign, frozen: FrozenRanking, asker: Asker) -> str:
    """Bảng đã chốt, as this reader sees it, and what of it is for the Council to vote on."""
    sight = sight_of(campaign, asker)
    explained = sight_of(campaign, asker, by_criterion=True) if explains_all(asker) else None
    standings = shown_standings(frozen, sight)
    return render_template(
        "ranking/frozen.html",
        campaign=campaign,
        frozen=frozen,
        sight=sight,
        **_frozen_tables(campaign, sight, standings, compares=explains_all(asker)),
        pictures=_frozen_pictures(campaign, sight, standings, frozen),
        meeting=meetings.current_meeting(campaign.id),
        **_for_the_council(campaign, frozen),
        explained=_explained_units(standings, explained),
        agreed={block.id for block in sight.blocks if explained and explained.shows(block.id)},
    )


def _frozen_tables(
    campaign: Campaign, sight: Sight, standings: Sequence[FrozenStanding], *, compares: bool
) -> dict[str, Any]:
    """Các bảng đã chốt như điều kiện nói, by the names the page has for them."""
    bands, measure = queries.bands_of(campaign.id), measure_words(campaign.rescaling)
    columns = listing.frozen_columns(measure)
    here = listing.asked_ranking(columns, sight.blocks, bands, compares=compares)
    return {
        "asked": here,
        "tables": listing.frozen_parts(here, sight.blocks, standings),
        "bands": bands,
        "measure": measure,
    }


def _for_the_council(campaign: Campaign, frozen: FrozenRanking) -> dict[str, Any]:
    """Điều còn chờ Hội đồng biểu quyết: for whoever freezes the table, while the Council meets."""
    if (
        Permission.RANKING_FREEZE not in current_user.permissions
        or campaign.phase is not Phase.MEETING
    ):
        return {"ties": [], "band_vote": None, "is_outvoted": False}
    asks_council = TieBreak.COUNCIL_VOTE.value in campaign.tie_breaks
    return {
        "ties": frozen_tables.ties(frozen) if asks_council else [],
        "band_vote": frozen_tables.next_band_vote(frozen) if campaign.band_share else None,
        "is_outvoted": frozen_tables.is_outvoted(frozen),
    }


def _explained_units(standings: Sequence[FrozenStanding], explained: Sight | None) -> set[int]:
    """Đơn vị mà người đọc được xem giải trình: their own, and what they see by criterion."""
    own = current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    return {
        row.participation_id
        for row in standings
        if row.participation.unit_id in own or (explained and explained.shows(row.block_id))
    }


def _frozen_pictures(
    campaign: Campaign,
    sight: Sight,
    standings: Sequence[FrozenStanding],
    frozen: FrozenRanking,
) -> dict[int, Drawn | None]:
    """Hình vẽ của bảng đã chốt, by block: of the units that this reader is shown."""
    return {
        block.id: _frozen_picture(
            campaign, block, sight, [row for row in standings if row.block_id == block.id], frozen
        )
        for block in sight.blocks
    }


def _frozen_picture(
    campaign: Campaign,
    block: Block,
    sight: Sight,
    standings: Sequence[FrozenStanding],
    frozen: FrozenRanking,
) -> Drawn | None:
    return pictures.standing(
        campaign,
        block,
        pictures.frozen_dots(campaign, standings),
        f"Bảng xếp hạng chốt lúc {format_moment(frozen.at)}.",
        is_whole=not sight.withheld.units,
    )


def _drawn(
    campaign: Campaign, block: Block, scheme: Scheme, own: frozenset[int], of: Asked
) -> Shown[Markup]:
    """Bảng của khối, worked out and drawn once for each state of the record where nothing else is
    asked for; whoever may see them sees the same, but for the rows of their `own` units.
    """

    def draw() -> tuple[Markup, Page[None], Markup]:
        table = queries.table(campaign, block, scheme=scheme).without(own)
        part = listing.live_part(of, table)
        rows: Markup = get_template_attribute("ranking/_rows.html", "rows")(
            part.content, measure_words(campaign.rescaling), campaign.points_places, of
        )
        return rows, replace(part.page, rows=()), _pictured(campaign, table, is_whole=not own)

    key = (campaign.id, block.id, own, of.values.get("now"), clock.today())
    drawn = remembered("ranking table", key, draw) if listing.is_plain(of) else draw()
    return Shown(block, *drawn)


def _pictured(campaign: Campaign, table: Table, *, is_whole: bool) -> Markup:
    """Hình vẽ của bảng tính ngay: the units with their median, and units by criteria."""
    draw = get_template_attribute("components/chart.html", "drawn")
    source = f"Tính từ các phiếu đã khoá, {format_date(clock.today())}."
    rows = pictures.live_dots(campaign, table)
    drawn = (
        pictures.standing(campaign, table.block, rows, source, is_whole=is_whole),
        pictures.by_criterion(table.block, table, campaign.points_places, source),
    )
    return Markup().join(draw(picture) for picture in drawn if picture)


@ranking.get("/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng ra Excel: what the page shows this reader, no more."""
    campaign = campaign_for(current_user, campaign_id)
    tables, state, notes = _sheets(campaign)
    if not tables:
        raise NotVisible
    return send_tables(
        tables,
        title=f"Xếp hạng, {campaign.title}",
        state=state,
        name="xep-hang",
        notes=notes,
        points_places=campaign.points_places,
    )


def _sheets(campaign: Campaign) -> Sheets:
    """Bảng tính of the table that this reader is shown."""
    asker, frozen = asker_who_sees(campaign), frozen_tables.latest_frozen(campaign.id)
    if frozen is None and not explains_all(asker):
        raise NotVisible
    if frozen is not None and not compares(asker):
        return _frozen_sheets(campaign, frozen, asker)
    return _live_sheets(campaign, asker)


def _frozen_sheets(campaign: Campaign, frozen: FrozenRanking, asker: Asker) -> Sheets:
    """Bảng đã chốt; for whoever reads every explanation also the layers of points."""
    sight = sight_of(campaign, asker)
    standings = shown_standings(frozen, sight)
    tables = workbook.frozen(sight.blocks, standings, measure_words(campaign.rescaling))
    if current_user.roles & _EXPLAINED_TO:
        explained = sight_of(campaign, asker, by_criterion=True)
        rows = [row for row in standings if explained.shows(row.block_id)]
        tables.append(workbook.layers(explained.blocks, rows))
    return (
        tables,
        f"đã chốt lúc {format_moment(frozen.at)}",
        [("Mã bảng xếp hạng", frozen.sha256)],
    )


def _live_sheets(campaign: Campaign, asker: Asker) -> Sheets:
    """Bảng tính ngay."""
    scheme, sight = scheme_of(campaign.id), sight_of(campaign, asker, by_criterion=True)
    tables = [
        queries.table(campaign, block, scheme=scheme).without(sight.withheld.units)
        for block in sight.blocks
    ]
    return workbook.current(tables), "tính ngay từ các phiếu đã khoá, chưa chốt xếp hạng", []


@ranking.get("/blocks/<int:block_id>/print")
@requires(Permission.RANKING_READ)
def print_block(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In bảng xếp hạng đã chốt của một khối, for whoever sees the table."""
    campaign = campaign_for(current_user, campaign_id)
    sight = sight_of(campaign, asker_who_sees(campaign))
    block: Block = row_of(Block, campaign_id, block_id)
    frozen = frozen_tables.latest_frozen(campaign_id)
    if not sight.shows(block_id):
        raise NotVisible
    if frozen is None:
        refuse("Chưa chốt xếp hạng nên chưa in được bảng xếp hạng.")
    standings = [row for row in shown_standings(frozen, sight) if row.block_id == block_id]
    picture = _frozen_picture(campaign, block, sight, standings, frozen)
    printed = ranking_sheet(campaign, block, frozen, standings, for_paper(picture))
    return send_stored(
        BytesIO(printed),
        name=f"Xếp hạng {block.name}.pdf",
        media_type="application/pdf",
    )


@ranking.post("/freeze")
@requires(Permission.RANKING_FREEZE)
def freeze(campaign_id: int) -> ResponseReturnValue:
    """Chốt xếp hạng."""
    campaign = campaign_for(current_user, campaign_id)
    actions.freeze(campaign, reason=request.form.get("reason", ""), by=current_user, at=clock.now())
    recorder.act("ranking.freeze", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã chốt xếp hạng.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@ranking.post("/bands")
@requires(Permission.RANKING_FREEZE)
def put_band_before_council(campaign_id: int) -> ResponseReturnValue:
    """Đưa một mức xếp loại ra Hội đồng: into the meeting that has been called."""
    campaign = campaign_for(current_user, campaign_id)
    meeting, frozen = _ready_for_the_council(campaign_id, "xếp loại")
    name = request.form.get("name", "")
    actions.put_band_before_council(campaign, frozen, meeting, name=name, at=clock.now())
    return back_to_room(
        campaign_id, meeting.id, "ranking.band", "Đã thêm lượt biểu quyết vào cuộc họp."
    )


def _ready_for_the_council(campaign_id: int, matter: str) -> tuple[Meeting, FrozenRanking]:
    """Cuộc họp đã mời, held against other changes, and the frozen table it votes about."""
    meeting, frozen = (
        meetings.current_meeting(campaign_id, for_change=True),
        frozen_tables.latest_frozen(campaign_id),
    )
    if meeting is None or frozen is None:
        refuse(f"Hãy chốt xếp hạng và mời họp trước, rồi đưa {matter} ra Hội đồng.")
    return meeting, frozen


@ranking.post("/ties")
@requires(Permission.RANKING_FREEZE)
def put_tie_before_council(campaign_id: int) -> ResponseReturnValue:
    """Đưa một đồng hạng ra Hội đồng: into the meeting that has been called."""
    campaign = campaign_for(current_user, campaign_id)
    meeting, frozen = _ready_for_the_council(campaign_id, "đồng hạng")
    actions.put_tie_before_council(
        campaign,
        frozen,
        meeting,
        block_id=request.form.get("block_id", 0, type=row_id),
        place=request.form.get("rank", 0, type=row_id),
    )
    return back_to_room(
        campaign_id, meeting.id, "ranking.tie", "Đã thêm lượt phân định đồng hạng vào cuộc họp."
    )
