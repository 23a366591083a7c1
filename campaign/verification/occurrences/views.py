"""Thẩm định các lần: accept, strike with a reason, accept all that wait."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.counts import actions as lists
from campaign.counts import queries, workbook
from campaign.counts.listing import asked_occurrences, occurrences_here
from campaign.extensions import db
from campaign.reporting.listed import OccurrenceState
from campaign.reporting.models import Occurrence
from campaign.scheme.rules.table import ScoredCriterion
from campaign.verification import actions
from campaign.verification.opened import OpenVerification, opened_report
from campaign.verification.rules import GivenPoints
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows
from campaign.web.spreadsheets import send_tables

occurrences = Blueprint("occurrences", __name__)


def _counted(opened: OpenVerification, criterion_id: int) -> ScoredCriterion:
    """Tiêu chí tính theo số lần áp dụng cho đơn vị."""
    for criterion in opened.scheme.counted:
        if criterion.id == criterion_id and criterion.id in opened.applicable:
            return criterion
    raise NotVisible


class Chosen(NamedTuple):
    """Các lần đã chọn, and what is to become of them."""

    opened: OpenVerification
    criterion: ScoredCriterion
    rows: Sequence[Occurrence]
    state: OccurrenceState

    @property
    def ready(self) -> list[Occurrence]:
        """Những lần sẽ đổi."""
        return [row for row in self.rows if row.state is not self.state]

    @property
    def kept(self) -> list[Occurrence]:
        """Những lần đã như vậy rồi."""
        return [row for row in self.rows if row.state is self.state]


@occurrences.get("/<int:report_id>/counts/<int:criterion_id>")
@requires(Permission.VERIFICATION_READ)
def index(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Các lần đơn vị kê, with the points of those accepted."""
    opened = opened_report(campaign_id, report_id)
    criterion, entry = _counted(opened, criterion_id), opened.report.participation
    rows, here = queries.occurrences(entry.id, criterion_id), asked_occurrences()
    return render_template(
        "occurrences/index.html",
        campaign=opened.campaign,
        report=opened.report,
        unit=entry.unit,
        criterion=criterion,
        rows=rows,
        asked=here,
        page=occurrences_here(here, rows),
        files=queries.files_of(entry.id),
        result=opened.result.results.get(criterion_id),
        aside=opened.points.get(criterion_id, GivenPoints(0, None)).not_applicable_reason,
        writes=opened.is_writable,
        url=_address(opened, criterion_id),
    )


@occurrences.get("/<int:report_id>/counts/<int:criterion_id>/excel")
@requires(Permission.VERIFICATION_READ)
def spreadsheet(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Các lần đơn vị kê ra Excel, each accepted or struck with its reason."""
    opened = opened_report(campaign_id, report_id)
    criterion, entry = _counted(opened, criterion_id), opened.report.participation
    return send_tables(
        workbook.listed(queries.occurrences(entry.id, criterion_id), queries.files_of(entry.id)),
        title=f"{criterion.code}. {criterion.name}, {entry.unit.name}",
        state=opened.report.state.label,
        name="cac-lan",
    )


def _begun(campaign_id: int, report_id: int, criterion_id: int) -> OpenVerification:
    """Hồ sơ đang thẩm định, held; refused once it is finished."""
    opened = opened_report(campaign_id, report_id)
    _counted(opened, criterion_id)
    actions.refuse_finished(actions.begin(opened.campaign, opened.report, by=current_user))
    return opened


@occurrences.post("/<int:report_id>/counts/<int:criterion_id>/accept-all")
@requires(Permission.VERIFICATION_WRITE)
def accept_all(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Công nhận tất cả các lần còn chờ."""
    opened = _begun(campaign_id, report_id, criterion_id)
    rows = [
        row
        for row in queries.occurrences(opened.report.participation_id, criterion_id)
        if row.state is OccurrenceState.CLAIMED
    ]
    if not rows:
        refuse("Không còn lần nào chờ thẩm định.")
    lists.accept(rows, by=current_user, at=clock.now())
    return _written(opened, criterion_id, "counts.accept", f"Đã công nhận {len(rows)} lần.")


@occurrences.post("/<int:report_id>/counts/<int:criterion_id>/<int:occurrence_id>/accept")
@requires(Permission.VERIFICATION_WRITE)
def accept(
    campaign_id: int, report_id: int, criterion_id: int, occurrence_id: int
) -> ResponseReturnValue:
    """Công nhận một lần."""
    opened = _begun(campaign_id, report_id, criterion_id)
    row = queries.occurrence(opened.report.participation_id, criterion_id, occurrence_id)
    lists.accept([row], by=current_user, at=clock.now())
    return _written(opened, criterion_id, "counts.accept", "Đã công nhận.")


@occurrences.post("/<int:report_id>/counts/<int:criterion_id>/<int:occurrence_id>/strike")
@requires(Permission.VERIFICATION_WRITE)
def strike(
    campaign_id: int, report_id: int, criterion_id: int, occurrence_id: int
) -> ResponseReturnValue:
    """Không công nhận một lần, with a reason."""
    opened = _begun(campaign_id, report_id, criterion_id)
    row = queries.occurrence(opened.report.participation_id, criterion_id, occurrence_id)
    lists.strike(row, request.form.get("reason", ""), by=current_user, at=clock.now())
    return _written(
        opened, criterion_id, "counts.strike", "Đã ghi là không được công nhận, kèm lý do."
    )


@occurrences.route(
    "/<int:report_id>/counts/<int:criterion_id>/decide-many", methods=["GET", "POST"]
)
@requires(Permission.VERIFICATION_WRITE)
def decide_many(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Công nhận hay không công nhận các lần đã chọn: shown first, which change and which do not."""
    sends = request.method == "POST"
    opened = _begun(campaign_id, report_id, criterion_id) if sends else None
    opened = opened or opened_report(campaign_id, report_id)
    criterion, state = _counted(opened, criterion_id), _asked_state()
    rows = queries.chosen_occurrences(opened.report.participation_id, criterion_id, chosen_rows())
    if not rows:
        refuse("Chưa chọn lần nào. Hãy đánh dấu các lần trong danh sách.")
    chosen = Chosen(opened, criterion, rows, state)
    if not sends:
        return _deciding(chosen)
    reason = request.form.get("reason", "")
    try:
        return _decided(chosen, reason)
    except RuleViolation as violation:
        return _deciding(chosen, reason, str(violation))


def _deciding(chosen: Chosen, reason: str = "", error: str = "") -> ResponseReturnValue:
    """The page that shows which of them change, and says what was refused."""
    opened = chosen.opened
    return render_template(
        "occurrences/decide_many.html",
        campaign=opened.campaign,
        unit=opened.report.participation.unit,
        criterion=chosen.criterion,
        ready=chosen.ready,
        kept=chosen.kept,
        state=chosen.state,
        reason=reason,
        error=error,
        url=_address(opened, chosen.criterion.id),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


def _asked_state() -> OccurrenceState:
    """Công nhận hay không: nothing else is decided here."""
    asked = request.values.get("state", "")
    if asked not in {OccurrenceState.ACCEPTED, OccurrenceState.STRUCK}:
        refuse("Hãy chọn công nhận hay không công nhận.")
    return OccurrenceState(asked)


def _decided(chosen: Chosen, reason: str) -> ResponseReturnValue:
    opened, rows, criterion_id = chosen.opened, chosen.ready, chosen.criterion.id
    if not rows:
        refuse(f"Các lần đã chọn đều đã {chosen.state.label}.")
    if chosen.state is OccurrenceState.ACCEPTED:
        lists.accept(rows, by=current_user, at=clock.now())
        words = f"Đã công nhận {len(rows)} lần."
        return _written(opened, criterion_id, "counts.accept", words)
    lists.strike_all(rows, reason, by=current_user, at=clock.now())
    words = f"Đã ghi {len(rows)} lần là không được công nhận, kèm lý do."
    return _written(opened, criterion_id, "counts.strike", words)


def _address(opened: OpenVerification, criterion_id: int) -> dict[str, Any]:
    return {
        "campaign_id": opened.campaign.id,
        "report_id": opened.report.id,
        "criterion_id": criterion_id,
    }


def _written(
    opened: OpenVerification, criterion_id: int, act: str, message: str
) -> ResponseReturnValue:
    recorder.act(act, campaign_id=opened.campaign.id)
    db.session.commit()
    flash(message, "success")
    url = _address(opened, criterion_id)
    return redirect(url_for(".index", **url), HTTPStatus.SEE_OTHER)
