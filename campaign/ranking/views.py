"""Xếp hạng: pages."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from campaign.core.dates import format_moment
from campaign.core.errors import NotVisible, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.council import queries as council
from campaign.council.queries import Withheld
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Aggregation, Phase, TieBreak
from campaign.ranking import actions, queries, workbook
from campaign.ranking.access import READS_MARKS, Asker, explains_all, sees_table
from campaign.ranking.explanation import NOTHING
from campaign.ranking.explanation import explain as explanation_of
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.rules import kendalls_w, order_changes, spread
from campaign.ranking.sheets import explanation_sheet, ranking_sheet
from campaign.ranking.sums import measure_words
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.queries import final_content
from campaign.verification.queries import finished_unit, finished_units, finishers
from campaign.verification.rules import block_results
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

ranking = Blueprint("ranking", __name__)
_EXPLAINED_TO = frozenset({Role.SECRETARIAT, Role.DIRECTOR})
"""Đọc giải trình của mọi đơn vị."""


def _asker(campaign: Campaign) -> Asker:
    member = (
        council.active_member(current_user.id, campaign.id, clock.today())
        if Role.COUNCIL_MEMBER in current_user.roles
        else None
    )
    return Asker(
        is_secretariat=Role.SECRETARIAT in current_user.roles,
        is_director=Role.DIRECTOR in current_user.roles,
        is_member=member is not None,
        reads_marks=member is not None and member.function in READS_MARKS,
    )


def _visible(campaign: Campaign) -> Asker:
    asker = _asker(campaign)
    if not sees_table(asker, campaign.phase):
        raise NotVisible
    return asker


@dataclass(frozen=True)
class _Sight:
    """Tầm nhìn: the blocks a reader sees an order of, and what is withheld with the reason."""

    blocks: Sequence[Block]
    kept_from: Sequence[Block]
    """Khối có đơn vị người đọc không chấm hoặc là đơn vị của mình."""
    few_marks: Sequence[Block]
    """Khối có ô điểm do ít hơn ba thành viên khác chấm."""
    withheld: Withheld

    def hides(self, unit_id: int, block_id: int) -> bool:
        """Whether the result of this unit does not exist for the reader."""
        return self.withheld.hides(unit_id, block_id) or any(
            block.id == block_id for block in self.few_marks
        )

    def shows(self, block_id: int) -> bool:
        """Whether the reader sees an order of this block."""
        return any(block.id == block_id for block in self.blocks)


def _sight(campaign: Campaign, asker: Asker, *, by_criterion: bool = False) -> _Sight:
    """What of each block the reader may know now; `by_criterion` where more is shown than is
    published.
    """
    blocks = queries.blocks(campaign.id)
    withheld = council.withheld_from(current_user, campaign, clock.today())
    told = (
        asker.reads_marks
        or not asker.is_member
        or (campaign.phase is Phase.PUBLISHED and not by_criterion)
    )
    kept = [block for block in blocks if block.id in withheld.blocks]
    few = (
        []
        if told
        else [
            block for block in blocks if block not in kept and queries.rests_on_few_marks(block.id)
        ]
    )
    return _Sight(
        [block for block in blocks if block not in kept and block not in few], kept, few, withheld
    )


def _shown_standings(frozen: FrozenRanking, sight: _Sight) -> list[FrozenStanding]:
    return [
        row
        for row in queries.frozen_standings(frozen.id)
        if not sight.hides(row.participation.unit_id, row.block_id)
    ]


def _compares(asker: Asker) -> bool:
    """The table of now: whoever reads the explanation of every unit, for it tells the same."""
    return request.args.get("now") == "1" and explains_all(asker)


@ranking.get("/")
@requires(Permission.RANKING_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng theo khối, computed from the locked sheets until it is frozen."""
    campaign = campaign_for(current_user, campaign_id)
    asker, frozen = _asker(campaign), queries.latest_frozen(campaign_id)
    if not sees_table(asker, campaign.phase) or (frozen is None and not explains_all(asker)):
        return render_template("ranking/not_yet.html", campaign=campaign)
    if frozen is not None and not _compares(asker):
        return _frozen_page(campaign, frozen, asker)
    scheme, sight = scheme_of(campaign_id), _sight(campaign, asker, by_criterion=True)
    own = sight.withheld.units
    tables = [(block, _drawn(campaign, block, scheme, own)) for block in sight.blocks]
    return render_template(
        "ranking/index.html",
        campaign=campaign,
        tables=tables,
        scheme=scheme,
        frozen=frozen,
        bands=queries.bands_of(campaign_id),
        sight=sight,
    )


def _frozen_page(campaign: Campaign, frozen: FrozenRanking, asker: Asker) -> str:
    sight = _sight(campaign, asker)
    votes_ties = (
        Permission.RANKING_FREEZE in current_user.permissions and campaign.phase is Phase.MEETING
    )
    asks_council = votes_ties and TieBreak.COUNCIL_VOTE.value in campaign.tie_breaks
    own = current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    explained = _sight(campaign, asker, by_criterion=True) if explains_all(asker) else None
    standings = _shown_standings(frozen, sight)
    return render_template(
        "ranking/frozen.html",
        campaign=campaign,
        frozen=frozen,
        sight=sight,
        standings=standings,
        bands=queries.bands_of(campaign.id),
        measure=measure_words(campaign.rescaling),
        meeting=meetings.current_meeting(campaign.id),
        ties=queries.ties(frozen) if asks_council else [],
        is_outvoted=votes_ties and queries.is_outvoted(frozen),
        explained={
            row.participation_id
            for row in standings
            if row.participation.unit_id in own or (explained and explained.shows(row.block_id))
        },
        agreed={block.id for block in sight.blocks if explained and explained.shows(block.id)},
    )


def _drawn(campaign: Campaign, block: Block, scheme: Scheme, own: frozenset[int]) -> Markup:
    """Bảng của khối, worked out and drawn once for each state of the record; whoever may see them
    sees the same, but for the rows of his `own` units.
    """

    def draw() -> Markup:
        rows: Markup = get_template_attribute("ranking/_rows.html", "rows")(
            queries.table(campaign, block, scheme=scheme).without(own),
            measure_words(campaign.rescaling),
        )
        return rows

    return remembered("ranking table", (campaign.id, block.id, own), draw)


@ranking.get("/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng ra Excel: what the page shows this reader, no more."""
    campaign = campaign_for(current_user, campaign_id)
    asker, frozen = _visible(campaign), queries.latest_frozen(campaign_id)
    if frozen is None and not explains_all(asker):
        raise NotVisible
    if frozen is not None and not _compares(asker):
        sight = _sight(campaign, asker)
        standings = _shown_standings(frozen, sight)
        tables = workbook.frozen(sight.blocks, standings, measure_words(campaign.rescaling))
        if current_user.roles & _EXPLAINED_TO:
            explained = _sight(campaign, asker, by_criterion=True)
            tables.append(
                workbook.layers(
                    explained.blocks, [row for row in standings if explained.shows(row.block_id)]
                )
            )
        state = f"đã chốt lúc {format_moment(frozen.at)}"
        notes = [("Mã bảng xếp hạng", frozen.sha256)]
    else:
        scheme, sight = scheme_of(campaign_id), _sight(campaign, asker, by_criterion=True)
        tables = workbook.current(
            [
                queries.table(campaign, block, scheme=scheme).without(sight.withheld.units)
                for block in sight.blocks
            ]
        )
        state, notes = "tính ngay từ các phiếu đã khoá, chưa chốt xếp hạng", []
    if not tables:
        raise NotVisible
    return send_tables(
        tables, title=f"Xếp hạng, {campaign.title}", state=state, name="xep-hang", notes=notes
    )


@ranking.get("/units/<int:participation_id>")
@requires(Permission.RANKING_READ)
def explain(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Vì sao đơn vị được số điểm này."""
    shown = _explained(campaign_id, participation_id)
    campaign, asker = shown["campaign"], _asker(shown["campaign"])
    agreed = explains_all(asker) and _sight(campaign, asker, by_criterion=True).shows(
        shown["block"].id
    )
    return render_template(
        "ranking/explain.html", measure=measure_words(campaign.rescaling), agreed=agreed, **shown
    )


@ranking.get("/units/<int:participation_id>/print")
@requires(Permission.RANKING_READ)
def print_explanation(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """In giải trình điểm của một đơn vị, for whoever sees its page."""
    shown = _explained(campaign_id, participation_id)
    printed = explanation_sheet(
        shown["campaign"],
        shown["block"],
        shown["unit"],
        shown["data"],
        ranked=shown["ranked"],
        frozen=shown["frozen"],
    )
    return send_stored(
        BytesIO(printed),
        name=f"Giải trình điểm {shown['unit'].short_name}.pdf",
        media_type="application/pdf",
    )


@ranking.get("/units/<int:participation_id>/excel")
@requires(Permission.RANKING_READ)
def explanation_spreadsheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Giải trình điểm của một đơn vị ra Excel, for whoever sees its page."""
    found = _explained(campaign_id, participation_id)
    data, frozen = found["data"], found["frozen"]
    notes = [
        ("Khối", found["block"].name),
        ("Hạng", f"{data['rank']} / {found['ranked']}" if data["rank"] else "chưa xếp hạng"),
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
    tables = workbook.explained(data, measure_words(found["campaign"].rescaling))
    return send_tables(
        tables,
        title=f"Giải trình điểm, {found['unit'].name}, {found['campaign'].title}",
        state=f"đã chốt lúc {format_moment(frozen.at)}"
        if frozen
        else "tính ngay, chưa chốt xếp hạng",
        name="giai-trinh-diem",
        notes=notes,
    )


@ranking.get("/blocks/<int:block_id>/print")
@requires(Permission.RANKING_READ)
def print_block(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In bảng xếp hạng đã chốt của một khối, for whoever sees the table."""
    campaign = campaign_for(current_user, campaign_id)
    sight = _sight(campaign, _visible(campaign))
    block: Block = row_of(Block, campaign_id, block_id)
    frozen = queries.latest_frozen(campaign_id)
    if not sight.shows(block_id):
        raise NotVisible
    if frozen is None:
        refuse("Chưa chốt xếp hạng nên chưa in được bảng xếp hạng.")
    standings = [row for row in _shown_standings(frozen, sight) if row.block_id == block_id]
    return send_stored(
        BytesIO(ranking_sheet(campaign, block, frozen, standings)),
        name=f"Xếp hạng {block.name}.pdf",
        media_type="application/pdf",
    )


def _explained(campaign_id: int, participation_id: int) -> dict[str, Any]:
    """What the explanation of a unit shows, frozen where it is frozen; not visible to those kept
    from it.
    """
    campaign = campaign_for(current_user, campaign_id)
    one = queries.participation_row(campaign_id, participation_id)
    asker = _asker(campaign)
    if (
        one is None
        or one.block is None
        or not _may_read(asker, campaign, one.unit_id, one.block.id)
    ):
        raise NotVisible
    frozen = queries.latest_frozen(campaign_id)
    about = {"campaign": campaign, "unit": one.unit, "block": one.block, "participation_id": one.id}
    if frozen is not None:
        standings = [
            row for row in queries.frozen_standings(frozen.id) if row.block_id == one.block_id
        ]
        found = next((row for row in standings if row.participation_id == participation_id), None)
        if found is not None:
            return about | {
                "data": {**NOTHING, **found.explanation},
                "frozen": frozen,
                "ranked": sum(row.rank is not None for row in standings),
            }
    data, ranked = _computed(campaign, one.block, one)
    return about | {"data": data, "frozen": None, "ranked": ranked}


def _may_read(asker: Asker, campaign: Campaign, unit_id: int, block_id: int) -> bool:
    """The explanation: his own unit's after publication; any unit's for whoever sees the table."""
    is_own = unit_id in current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    if campaign.phase is Phase.PUBLISHED and is_own:
        return True
    if not sees_table(asker, campaign.phase) or not explains_all(asker):
        return False
    return not _sight(campaign, asker, by_criterion=True).hides(unit_id, block_id)


def _computed(campaign: Campaign, block: Block, one: Participation) -> tuple[dict[str, Any], int]:
    """The explanation as of now, and how many units are ranked."""
    scheme = scheme_of(campaign.id)
    standings = queries.standings_of(campaign, block)
    found = finished_unit(campaign.id, scheme, block.id, one.id)
    if found is None:
        raise NotVisible
    unit, result = found
    marks = queries.marks_of(block.id, one.id)
    row = queries.row_alone(campaign, one, scheme, result, marks)
    row.standing = standings.get(one.id)
    content = final_content(one.id, unit.version_id)
    data = explanation_of(
        row,
        scheme,
        result,
        content,
        unit.values,
        unit.points,
        marks,
        campaign.aggregation,
        finishers(block.id, one.id).get(one.id),
    )
    return data, len(standings)


def _ranks(
    campaign: Campaign, block: Block, counted: Any, results: Any
) -> dict[Aggregation, dict[int, int]]:
    scheme = scheme_of(campaign.id)
    return {
        method: {
            row.id: row.standing.rank
            for row in queries.table(
                campaign, block, method=method, scheme=scheme, counted=counted, verified=results
            ).ranked
            if row.standing
        }
        for method in Aggregation
    }


@ranking.get("/agreement/<int:block_id>")
@requires(Permission.RANKING_READ)
def agreement(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng: advice, never the score; after scoring is closed."""
    return render_template("ranking/agreement.html", **_agreed(campaign_id, block_id))


@ranking.get("/agreement/<int:block_id>/excel")
@requires(Permission.RANKING_READ)
def agreement_spreadsheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng ra Excel, for whoever sees its page."""
    found = _agreed(campaign_id, block_id)
    tables = workbook.agreement(
        found["spreads"],
        found["changed"],
        found["places"],
        found["names"],
        found["w"],
        found["left_out"],
    )
    return send_tables(
        tables,
        title=f"Độ đồng thuận của Hội đồng, {found['block'].name}",
        name="do-dong-thuan",
        state="để tham khảo, không làm thay đổi điểm",
        notes=[("Phong trào", found["campaign"].title)],
    )


def _agreed(campaign_id: int, block_id: int) -> dict[str, Any]:
    """What the page of agreement shows; not visible to those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    asker = _visible(campaign)
    block: Block = row_of(Block, campaign_id, block_id)
    sight = _sight(campaign, asker, by_criterion=True)
    if not explains_all(asker) or not sight.shows(block_id):
        raise NotVisible
    scheme = scheme_of(campaign_id)
    counted = queries.tallies(block_id, campaign.aggregation, in_full=True)
    units = finished_units(campaign_id, block_id)
    results = block_results(scheme, units)
    ranks = _ranks(campaign, block, counted, results)
    names = {
        row.id: row.short_name
        for table in [
            queries.table(campaign, block, scheme=scheme, counted=counted, verified=results)
        ]
        for row in [*table.ranked, *table.unranked]
    }
    spreads = [
        (
            one,
            spread(
                one.id, [tally for (_, criterion), tally in counted.items() if criterion == one.id]
            ),
        )
        for one in scheme.criteria
        if one.judged_by is JudgedBy.COUNCIL
    ]
    w = kendalls_w(queries.member_totals(scheme, block_id, results))
    own = {unit.participation_id for unit in units if unit.unit_id in sight.withheld.units}
    changed = {
        method: {unit: place for unit, place in moved.items() if unit not in own}
        for method, moved in order_changes(ranks, campaign.aggregation).items()
    }
    return {
        "campaign": campaign,
        "block": block,
        "names": names,
        "is_member": asker.is_member,
        "changed": changed,
        "places": ranks[campaign.aggregation],
        "w": w,
        "left_out": [names[number] for number in results if number not in w.compared],
        "judged": len(results),
        "spreads": spreads,
    }


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


@ranking.post("/ties")
@requires(Permission.RANKING_FREEZE)
def put_tie_before_council(campaign_id: int) -> ResponseReturnValue:
    """Đưa một đồng hạng ra Hội đồng: into the meeting that has been called."""
    campaign = campaign_for(current_user, campaign_id)
    meeting, frozen = (
        meetings.current_meeting(campaign_id, for_change=True),
        queries.latest_frozen(campaign_id),
    )
    if meeting is None or frozen is None:
        refuse("Hãy chốt xếp hạng và mời họp trước, rồi đưa đồng hạng ra Hội đồng.")
    actions.put_tie_before_council(
        campaign,
        frozen,
        meeting,
        block_id=request.form.get("block_id", 0, type=row_id),
        place=request.form.get("rank", 0, type=row_id),
    )
    recorder.act("ranking.tie", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã thêm lượt phân định đồng hạng vào cuộc họp.", "success")
    return redirect(
        url_for("room.show", campaign_id=campaign_id, meeting_id=meeting.id), HTTPStatus.SEE_OTHER
    )
