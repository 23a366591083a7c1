"""Xếp hạng: pages."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from campaign.audit import recorder
from campaign.audit.shelves import keep
from campaign.core.dates import format_moment
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.council import queries as council
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Aggregation, JudgedBy, Phase, TieBreak
from campaign.planning.scheme import Scheme
from campaign.ranking import actions, queries, workbook
from campaign.ranking.access import Asker, sees_table
from campaign.ranking.explanation import NOTHING
from campaign.ranking.explanation import explain as explanation_of
from campaign.ranking.rules import kendalls_w, order_changes, spread
from campaign.ranking.sheets import explanation_sheet, ranking_sheet
from campaign.ranking.sums import measure_words
from campaign.scoring.queries import final_content
from campaign.verification.queries import finished_unit, finished_units, finishers
from campaign.verification.rules import block_results
from campaign.voting import queries as meetings
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

ranking = Blueprint("ranking", __name__)
MOST_TABLES = 20
_EXPLAINED_TO = frozenset({Role.SECRETARIAT, Role.DIRECTOR})
"""Đọc giải trình của mọi đơn vị."""


def _asker(campaign: Campaign) -> Asker:
    member = (council.active_member(current_user.id, campaign.id, clock.today())
              if Role.COUNCIL_MEMBER in current_user.roles else None)
    return Asker(
        is_secretariat=Role.SECRETARIAT in current_user.roles, is_director=Role.DIRECTOR in current_user.roles,
        is_member=member is not None)


def _visible(campaign: Campaign) -> Asker:
    asker = _asker(campaign)
    if not sees_table(asker, campaign.phase):
        raise NotVisible
    return asker


@ranking.get("/")
@requires(Permission.RANKING_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng theo khối, computed from the locked sheets until it is frozen."""
    campaign = campaign_for(current_user, campaign_id)
    if not sees_table(_asker(campaign), campaign.phase):
        return render_template("ranking/not_yet.html", campaign=campaign)
    frozen = queries.latest_frozen(campaign_id)
    blocks = queries.blocks(campaign_id)
    if frozen is not None and request.args.get("now") != "1":
        votes_ties = Permission.RANKING_FREEZE in current_user.permissions and campaign.phase is Phase.MEETING
        return render_template("ranking/frozen.html", campaign=campaign, frozen=frozen, blocks=blocks, bands=queries.bands_of(campaign_id),
                               measure=measure_words(campaign.rescaling),
                               standings=queries.frozen_standings(frozen.id), meeting=meetings.current_meeting(campaign_id),
                               ties=queries.ties(frozen) if votes_ties and TieBreak.COUNCIL_VOTE.value in campaign.tie_breaks else [],
                               is_outvoted=votes_ties and queries.is_outvoted(frozen),
                               own=current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER))
    scheme = scheme_of(campaign_id)
    kept_from = _blocks_kept_from(campaign)
    tables = [(block, _drawn(campaign, block, scheme)) for block in blocks if block.id not in kept_from]
    return render_template("ranking/index.html", campaign=campaign, tables=tables, scheme=scheme, frozen=frozen,
                           bands=queries.bands_of(campaign_id),
                           kept_from=[block for block in blocks if block.id in kept_from])


def _drawn(campaign: Campaign, block: Block, scheme: Scheme) -> Markup:
    """Bảng của khối, worked out and drawn once for each state of the record; whoever may see them
    sees the same.
    """

    def draw() -> Markup:
        rows: Markup = get_template_attribute("ranking/_rows.html", "rows")(
            queries.table(campaign, block, scheme=scheme), measure_words(campaign.rescaling))
        return rows

    return keep("ranking_tables", (campaign.id, block.id), draw, most=MOST_TABLES)


@ranking.get("/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng xếp hạng ra Excel: what the page shows this reader, no more."""
    campaign = campaign_for(current_user, campaign_id)
    _visible(campaign)
    frozen, blocks = queries.latest_frozen(campaign_id), queries.blocks(campaign_id)
    if frozen is not None and request.args.get("now") != "1":
        standings = queries.frozen_standings(frozen.id)
        tables = workbook.frozen(blocks, standings, measure_words(campaign.rescaling))
        if current_user.roles & _EXPLAINED_TO:
            tables.append(workbook.layers(blocks, standings))
        state, notes = f"đã chốt lúc {format_moment(frozen.at)}", [("Mã bảng xếp hạng", frozen.sha256)]
    else:
        scheme, kept_from = scheme_of(campaign_id), _blocks_kept_from(campaign)
        tables = workbook.current([queries.table(campaign, block, scheme=scheme) for block in blocks if block.id not in kept_from])
        state, notes = "tính ngay từ các phiếu đã khoá, chưa chốt xếp hạng", []
    return send_tables(tables, title=f"Xếp hạng, {campaign.title}", state=state, name="xep-hang", notes=notes)


def _blocks_kept_from(campaign: Campaign) -> frozenset[int]:
    """Blocks in which he is kept away from a unit: until the ranking is frozen he sees no order there, for
    even the gap his own unit leaves would tell its place.
    """
    member = (council.active_member(current_user.id, campaign.id, clock.today())
              if Role.COUNCIL_MEMBER in current_user.roles else None)
    return queries.blocks_with(campaign.id, council.hidden_unit_ids(member)) if member else frozenset()


@ranking.get("/units/<int:participation_id>")
@requires(Permission.RANKING_READ)
def explain(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Vì sao đơn vị được số điểm này."""
    shown = _explained(campaign_id, participation_id)
    return render_template(
        "ranking/explain.html", measure=measure_words(shown["campaign"].rescaling), **shown
    )


@ranking.get("/units/<int:participation_id>/print")
@requires(Permission.RANKING_READ)
def print_explanation(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """In giải trình điểm của một đơn vị, for whoever sees its page."""
    shown = _explained(campaign_id, participation_id)
    printed = explanation_sheet(shown["campaign"], shown["block"], shown["unit"], shown["data"], ranked=shown["ranked"],
                                frozen=shown["frozen"])
    return send_stored(BytesIO(printed), name=f"Giải trình điểm {shown['unit'].short_name}.pdf", media_type="application/pdf")


@ranking.get("/units/<int:participation_id>/excel")
@requires(Permission.RANKING_READ)
def explanation_spreadsheet(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Giải trình điểm của một đơn vị ra Excel, for whoever sees its page."""
    found = _explained(campaign_id, participation_id)
    data, frozen = found["data"], found["frozen"]
    notes = [("Khối", found["block"].name), ("Hạng", f"{data['rank']} / {found['ranked']}" if data["rank"] else "chưa xếp hạng"),
             *(("Ghi chú", text) for text in data["remarks"]),
             *((name, data[key]) for name, key in (("Lý do", "reason"), ("Xếp loại", "band_reason"), ("Phân định theo", "decided_by"),
                                                   ("Thẩm định", "verified_by")) if data[key])]
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
    _visible(campaign)
    block: Block = row_of(Block, campaign_id, block_id)
    frozen = queries.latest_frozen(campaign_id)
    if frozen is None:
        sentence = "Chưa chốt xếp hạng nên chưa in được bảng xếp hạng."
        raise RuleViolation(sentence)
    standings = [row for row in queries.frozen_standings(frozen.id) if row.block_id == block_id]
    return send_stored(BytesIO(ranking_sheet(campaign, block, frozen, standings)), name=f"Xếp hạng {block.name}.pdf",
                       media_type="application/pdf")


def _explained(campaign_id: int, participation_id: int) -> dict[str, Any]:
    """What the explanation of a unit shows, frozen where it is frozen; not visible to those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    one = queries.participation_row(campaign_id, participation_id)
    asker = _asker(campaign)
    if one is None or one.block is None or not _may_read(asker, campaign, one.unit_id):
        raise NotVisible
    frozen = queries.latest_frozen(campaign_id)
    if frozen is None and one.block_id in _blocks_kept_from(campaign):
        raise NotVisible
    about = {"campaign": campaign, "unit": one.unit, "block": one.block, "participation_id": one.id}
    if frozen is not None:
        standings = [row for row in queries.frozen_standings(frozen.id) if row.block_id == one.block_id]
        found = next((row for row in standings if row.participation_id == participation_id), None)
        if found is not None:
            return about | {"data": {**NOTHING, **found.explanation}, "frozen": frozen,
                            "ranked": sum(row.rank is not None for row in standings)}
    data, ranked = _computed(campaign, one.block, one)
    return about | {"data": data, "frozen": None, "ranked": ranked}


def _may_read(asker: Asker, campaign: Campaign, unit_id: int) -> bool:
    """The explanation: his own unit's after publication; any unit's for whoever sees the table."""
    is_staff = asker.is_secretariat or asker.is_director or asker.is_member
    if campaign.phase is Phase.PUBLISHED:
        own = current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
        return is_staff or unit_id in own
    return sees_table(asker, campaign.phase)


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
    data = explanation_of(row, scheme, result, content, unit.values, unit.points, marks, campaign.aggregation,
                          finishers(block.id, one.id).get(one.id))
    return data, len(standings)


def _ranks(campaign: Campaign, block: Block, counted: Any, results: Any) -> dict[Aggregation, dict[int, int]]:
    scheme = scheme_of(campaign.id)
    return {method: {row.id: row.standing.rank for row in queries.table(
        campaign, block, method=method, scheme=scheme, counted=counted, verified=results).ranked if row.standing}
        for method in Aggregation}


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
    return send_tables(tables, title=f"Độ đồng thuận của Hội đồng, {found['block'].name}", name="do-dong-thuan",
                       state="để tham khảo, không làm thay đổi điểm", notes=[("Phong trào", found["campaign"].title)])


def _agreed(campaign_id: int, block_id: int) -> dict[str, Any]:
    """What the page of agreement shows; not visible to those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    asker = _visible(campaign)
    if campaign.phase.place <= Phase.SCORING.place or (
            campaign.phase is Phase.PUBLISHED and not current_user.roles & {Role.SECRETARIAT, Role.DIRECTOR, Role.COUNCIL_MEMBER}):
        raise NotVisible
    block: Block = row_of(Block, campaign_id, block_id)
    if queries.latest_frozen(campaign_id) is None and block_id in _blocks_kept_from(campaign):
        raise NotVisible
    scheme = scheme_of(campaign_id)
    counted = queries.tallies(block_id, campaign.aggregation, in_full=True)
    units = finished_units(campaign_id, block_id)
    results = block_results(scheme, units)
    ranks = _ranks(campaign, block, counted, results)
    names = {row.id: row.short_name for table in [queries.table(campaign, block, scheme=scheme, counted=counted,
                                                                verified=results)] for row in [*table.ranked, *table.unranked]}
    spreads = [(one, spread(one.id, [tally for (_, criterion), tally in counted.items() if criterion == one.id]))
               for one in scheme.criteria if one.judged_by is JudgedBy.COUNCIL]
    w = kendalls_w(queries.member_totals(scheme, block_id, results))
    return {"campaign": campaign, "block": block, "names": names, "is_member": asker.is_member,
            "changed": order_changes(ranks, campaign.aggregation), "places": ranks[campaign.aggregation],
            "w": w, "left_out": [names[number] for number in results if number not in w.compared],
            "judged": len(results), "spreads": spreads}


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
    meeting, frozen = meetings.current_meeting(campaign_id, for_change=True), queries.latest_frozen(campaign_id)
    if meeting is None or frozen is None:
        sentence = "Hãy chốt xếp hạng và mời họp trước, rồi đưa đồng hạng ra Hội đồng."
        raise RuleViolation(sentence)
    actions.put_tie_before_council(campaign, frozen, meeting, block_id=request.form.get("block_id", 0, type=row_id),
                                   place=request.form.get("rank", 0, type=row_id))
    recorder.act("ranking.tie", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã thêm lượt phân định đồng hạng vào cuộc họp.", "success")
    return redirect(url_for("voting.show", campaign_id=campaign_id, meeting_id=meeting.id), HTTPStatus.SEE_OTHER)
