"""Giải trình sau thẩm định: pages of the secretariat and of the unit."""

from collections import defaultdict
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from campaign.audit import recorder
from campaign.clarification import actions, queries
from campaign.clarification.listing import asked_places, places_here
from campaign.clarification.models import ClarificationLine
from campaign.clarification.opened import Case, may_verify, opened_case, own_units, sees_all
from campaign.clarification.rules import Outcome, Stage, over_words
from campaign.core.cells import shown
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.extensions import db
from campaign.files import storage
from campaign.notices import events
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, rows_of, scheme_of
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.actions import refuse_outside_verifying
from campaign.verification.models import Verification
from campaign.verification.queries import results_of_some
from campaign.verification.rules import OPEN_PHASES, UnitResult, VerifiedUnit, size_questions
from campaign.web import clock
from campaign.web.access import begin_writing, looks_first, requires
from campaign.web.files import send_stored

clarification = Blueprint("clarification", __name__)


@clarification.get("/")
@requires(Permission.CLARIFICATION_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Giải trình của các đơn vị: all for those who verify, of a unit its own."""
    campaign, own, all_seen = campaign_for(current_user, campaign_id), own_units(), sees_all()
    rows = [row for row in queries.places(campaign_id) if all_seen or row.unit_id in own]
    blocks = rows_of(Block, campaign_id)
    here = asked_places(blocks)
    return render_template(
        "clarification/index.html",
        campaign=campaign,
        asked=here,
        sees_all=all_seen,
        page=places_here(here, [row for row in rows if all_seen or row.due_on], clock.today()),
        blocks={block.id: block for block in blocks},
        stages=Stage,
        unopened={row.block_id for row in rows if row.due_on is None},
        opens=campaign.clarification_days is not None and may_verify(campaign),
    )


@clarification.post("/open")
@requires(Permission.VERIFICATION_WRITE)
def open_rounds(campaign_id: int) -> ResponseReturnValue:
    """Mở giải trình cho một đơn vị, một khối, or everybody who was verified."""
    campaign = campaign_for(current_user, campaign_id)
    actions.refuse_without_round(campaign)
    block_id = request.form.get("block_id", type=row_id)
    wanted = queries.unopened(
        campaign_id, block_id, request.form.get("participation_id", type=row_id)
    )
    if wanted:
        _open(campaign, wanted)
        recorder.act("clarification.open", campaign_id=campaign_id)
        db.session.commit()
        flash(f"Đã mở giải trình cho {len(wanted)} đơn vị.", "success")
    else:
        flash("Không có đơn vị nào đã thẩm định xong mà chưa mở giải trình.", "info")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _open(campaign: Campaign, wanted: list[queries.Place]) -> None:
    scheme, at = scheme_of(campaign.id), clock.now()
    by_block: dict[int, list[queries.Place]] = defaultdict(list)
    for place in wanted:
        by_block[place.block_id or 0].append(place)
    for block_id, places in by_block.items():
        verified = results_of_some(
            campaign.id, scheme, block_id, [place.participation_id for place in places]
        )
        for place in places:
            _open_one(campaign, scheme, place, verified[place.participation_id], at)


def _open_one(
    campaign: Campaign,
    scheme: Scheme,
    place: queries.Place,
    verified: tuple[VerifiedUnit, UnitResult],
    at: datetime,
) -> None:
    """Mở giải trình cho một đơn vị, and tell it until when it may answer."""
    opened = actions.open_round(
        campaign,
        db.session.get_one(Verification, place.verification_id),
        scheme,
        *verified,
        by=current_user,
        at=at,
    )
    events.clarification_opened(campaign.id, place.report_id, place.unit_id, opened.due_on, at=at)


@clarification.get("/<int:report_id>")
@requires(Permission.CLARIFICATION_READ)
def show(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Đợt giải trình của một đơn vị: both verifications, and what the unit says."""
    return _page(opened_case(campaign_id, report_id))


def _page(case: Case) -> ResponseReturnValue:
    at, row = case.stage, case.round
    is_theirs = case.report.participation.unit_id in current_user.own_unit_ids
    verifies, answers = may_verify(case.campaign) and not is_theirs, _may_answer(case, at)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if case.errors else HTTPStatus.OK
    criteria = [item for item in case.scheme.checked if item.id in case.lines]
    return render_template(
        "clarification/show.html",
        campaign=case.campaign,
        case=case,
        unit=case.report.participation.unit,
        row=row,
        at=at,
        over=over_words(at, row.due_on),
        criteria=criteria,
        headings=case.scheme.headings(criteria),
        by_rule=JudgedBy.INDICATOR,
        outcomes=Outcome,
        shown=shown,
        answering=answers,
        replies=answers and Permission.CLARIFICATION_REPLY in current_user.permissions,
        settling=verifies and at is Stage.SETTLING,
        url={"campaign_id": case.campaign.id, "report_id": case.report.id},
    ), status


def _may_answer(case: Case, at: Stage) -> bool:
    """Người đang xem giải trình được cho đơn vị mình, while its time lasts."""
    return (
        case.is_own
        and Permission.CLARIFICATION_ANSWER in current_user.permissions
        and at is Stage.ANSWERING
        and case.campaign.phase in OPEN_PHASES
    )


def _refused(
    campaign_id: int, report_id: int, criterion_id: int, violation: RuleViolation
) -> ResponseReturnValue:
    """The page once more, with the sentence next to its field and all that was typed."""
    db.session.rollback()
    case = opened_case(campaign_id, report_id)
    case.errors[criterion_id, violation.field or "text"] = str(violation)
    case.typed = {
        (criterion_id, name): request.form.get(name, "")
        for name in ("text", "value", "sentence", "outcome")
    }
    return _page(case)


def _done(case: Case, act: str, message: str, anchor: str | None = None) -> ResponseReturnValue:
    recorder.act(act, campaign_id=case.campaign.id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".show", campaign_id=case.campaign.id, report_id=case.report.id, _anchor=anchor),
        HTTPStatus.SEE_OTHER,
    )


@clarification.post("/<int:report_id>/answers/<int:criterion_id>")
@looks_first
@requires(Permission.CLARIFICATION_ANSWER)
def answer(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Giải trình một tiêu chí, with text and evidence."""
    if not opened_case(campaign_id, report_id).is_own:
        raise NotVisible
    begin_writing()
    try:
        case = _answered(campaign_id, report_id, criterion_id)
    except storage.FileRefused as refusal:
        return _refused(
            campaign_id, report_id, criterion_id, RuleViolation(str(refusal), field="file")
        )
    except RuleViolation as violation:
        if violation.field is None:
            raise
        return _refused(campaign_id, report_id, criterion_id, violation)
    is_said = bool(case.line(criterion_id).answer)
    message = "Đã ghi ý kiến giải trình." if is_said else "Đã bỏ ý kiến giải trình."
    return _done(case, "clarification.answer", message, f"c-{criterion_id}")


def _answered(campaign_id: int, report_id: int, criterion_id: int) -> Case:
    """The round with the answer as it was sent; its file is in the store before any lock."""
    stored = _keep(request.files.get("file"))
    case, at = opened_case(campaign_id, report_id, hold=True), clock.now()
    line = case.line(criterion_id)
    actions.answer(
        case.campaign,
        case.round,
        line,
        request.form.get("text", ""),
        answers=case.answers,
        has_files=bool(case.files.get(line.id)),
        by=current_user,
        at=at,
    )
    if stored is not None:
        _attach(case, line, stored, at)
    return case


def _keep(upload: FileStorage | None) -> storage.StoredContent | None:
    """The file that was sent with an answer, if one was: in the store before any lock is taken."""
    if upload is None or not upload.filename:
        return None
    return storage.keep(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"])


def _attach(
    case: Case, line: ClarificationLine, stored: storage.StoredContent, at: datetime
) -> None:
    actions.attach(
        line,
        stored,
        request.files["file"].filename or "",
        size_so_far=queries.size_of(case.files),
        round_limit=current_app.config["EVIDENCE_REPORT_LIMIT"],
        by=current_user,
        at=at,
    )


@clarification.post("/<int:report_id>/reply")
@requires(Permission.CLARIFICATION_REPLY)
def reply(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Thủ trưởng gửi ý kiến: the answers, or acceptance."""
    case = opened_case(campaign_id, report_id, hold=True)
    if case.report.participation.unit_id not in current_user.units_as(Role.UNIT_HEAD):
        raise NotVisible
    actions.reply(case.campaign, case.round, case.answers, by=current_user, at=clock.now())
    message = (
        "Đã gửi ý kiến giải trình." if case.answers else "Đơn vị đã chấp nhận kết quả thẩm định."
    )
    return _done(case, "clarification.reply", message)


@clarification.post("/<int:report_id>/settle/<int:criterion_id>")
@requires(Permission.VERIFICATION_WRITE)
def settle(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Thẩm định lần hai một tiêu chí."""
    case = opened_case(campaign_id, report_id, hold=True)
    line, outcome = case.line(criterion_id), request.form.get("outcome", "")
    refuse_outside_verifying(case.campaign, case.report, current_user)
    try:
        _settle(case, line, outcome)
    except RuleViolation as violation:
        if violation.field is None:
            raise
        return _refused(campaign_id, report_id, criterion_id, violation)
    if outcome == Outcome.AGREED:
        _ask_of_size(case, criterion_id)
    return _done(case, "clarification.settle", "Đã ghi thẩm định lần hai.", f"c-{criterion_id}")


def _settle(case: Case, line: ClarificationLine, outcome: str) -> None:
    """Ghi thẩm định lần hai as the form tells it."""
    actions.settle(
        case.campaign,
        case.round,
        line,
        case.lines,
        case.scheme,
        case.answers,
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        sentence=request.form.get("sentence", ""),
        value=request.form.get("value", ""),
        by=current_user,
        at=clock.now(),
    )


def _ask_of_size(case: Case, criterion_id: int) -> None:
    """Hỏi về cỡ của số vừa thẩm định, as the verification asks of its own."""
    entry = case.report.participation
    verified = results_of_some(case.campaign.id, case.scheme, entry.block_id or 0, [entry.id])
    criterion = next(row for row in case.scheme.checked if row.id == criterion_id)
    unit, _ = verified[entry.id]
    question = size_questions(unit, case.scheme).get(criterion.indicator_id or 0)
    if question:
        flash(f"Hãy xem lại cỡ số: {question}", "warning")


@clarification.post("/<int:report_id>/finish")
@requires(Permission.VERIFICATION_WRITE)
def finish(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Hoàn thành thẩm định lần hai."""
    case = opened_case(campaign_id, report_id, hold=True)
    refuse_outside_verifying(case.campaign, case.report, current_user)
    entry = case.report.participation
    verified = results_of_some(case.campaign.id, case.scheme, entry.block_id or 0, [entry.id])
    _, result = verified[entry.id]
    actions.close(case.campaign, case.round, case.lines, result, by=current_user, at=clock.now())
    return _done(case, "clarification.finish", "Đã hoàn thành thẩm định lần hai.")


@clarification.get("/<int:report_id>/files/<int:file_id>")
@requires(Permission.CLARIFICATION_READ)
def download(campaign_id: int, report_id: int, file_id: int) -> ResponseReturnValue:
    """Tải minh chứng kèm giải trình, for whoever sees the round."""
    case = opened_case(campaign_id, report_id)
    row = queries.file_of(case.report.id, file_id)
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )
