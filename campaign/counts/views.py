"""Số lần: the unit's pages, within its report."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import local_date
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.counts import actions, queries, workbook
from campaign.counts.forms import OccurrenceForm
from campaign.counts.listing import asked_occurrences, occurrences_here
from campaign.counts.opened import OpenList, opened_list
from campaign.counts.rules import exemplar_of, tally
from campaign.extensions import db
from campaign.reporting.actions import refuse_unless_editable
from campaign.reporting.listed import ListedOccurrence
from campaign.reporting.models import Occurrence
from campaign.reporting.opened import OpenReport, opened_report
from campaign.scheme.rules.counts import (
    CountPoints,
    CountRule,
    CountRuleKind,
    count_points,
    count_rule_words,
    source_words,
)
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

counts = Blueprint("counts", __name__)
counts.add_app_template_global(count_rule_words, "count_words")
counts.add_app_template_global(source_words)
counts.add_app_template_global(exemplar_of)


@counts.get("/<int:report_id>/counts/<int:criterion_id>")
@requires(Permission.REPORT_PREPARE)
def index(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Các lần của một tiêu chí, and the points if all of them were accepted."""
    at = opened_list(campaign_id, report_id, criterion_id)
    rows, here = queries.occurrences(at.participation_id, criterion_id), asked_occurrences()
    return render_template(
        "counts/index.html",
        asked=here,
        page=occurrences_here(here, rows),
        campaign=at.report.campaign,
        report=at.report.report,
        criterion=at.criterion,
        rule=at.rule,
        rows=rows,
        files=queries.files_of(at.participation_id),
        closed=_closed(at.report),
        hoped=_hoped(at),
        url=at.url,
    )


@counts.get("/<int:report_id>/counts/<int:criterion_id>/excel")
@requires(Permission.REPORT_PREPARE)
def spreadsheet(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Các lần của một tiêu chí ra Excel, which may be taken in again."""
    at = opened_list(campaign_id, report_id, criterion_id)
    entry = at.participation_id
    return send_tables(
        workbook.listed(queries.occurrences(entry, criterion_id), queries.files_of(entry)),
        title=f"{at.criterion.code}. {at.criterion.name}, {at.report.title}",
        state=at.report.report.state.label,
        name="cac-lan",
    )


def _hoped(listed: OpenList) -> CountPoints:
    """Điểm nếu mọi lần còn chờ đều được công nhận."""
    (opened, criterion, rule), entry = listed, listed.participation_id
    mine = queries.lists_of(opened.campaign.id, entry).get(entry, {}).get(criterion.id, ())
    return count_points(
        rule,
        tally(map(ListedOccurrence.as_hoped, mine)),
        criterion.maximum,
        opened.demands.maxima[criterion.id],
        places=opened.campaign.points_places,
    )


def _closed(opened: OpenReport) -> str:
    """Vì sao không kê được nữa; empty while the report may be edited."""
    try:
        refuse_unless_editable(opened.campaign, opened.report, today=clock.today())
    except RuleViolation as violation:
        return str(violation)
    return ""


@counts.route("/<int:report_id>/counts/<int:criterion_id>/new", methods=["GET", "POST"])
@requires(Permission.REPORT_PREPARE)
def new(campaign_id: int, report_id: int, criterion_id: int) -> ResponseReturnValue:
    """Kê một lần."""
    return _page(opened_list(campaign_id, report_id, criterion_id), None)


@counts.route(
    "/<int:report_id>/counts/<int:criterion_id>/<int:occurrence_id>", methods=["GET", "POST"]
)
@requires(Permission.REPORT_PREPARE)
def edit(
    campaign_id: int, report_id: int, criterion_id: int, occurrence_id: int
) -> ResponseReturnValue:
    """Sửa một lần đã kê."""
    at = opened_list(campaign_id, report_id, criterion_id)
    return _page(at, queries.occurrence(at.participation_id, criterion_id, occurrence_id))


def _form(row: Occurrence | None, names: Sequence[str], files: Mapping[int, str]) -> OccurrenceForm:
    """Biểu mẫu, with the kinds and the files that can be chosen."""
    form = OccurrenceForm(obj=row)
    form.kind.choices = [("", "— chọn loại —"), *((name, name) for name in names)]
    form.evidence_id.choices = [
        ("", "— không —"),
        *((str(number), name) for number, name in files.items()),
    ]
    return form


def _page(listed: OpenList, row: Occurrence | None) -> ResponseReturnValue:
    (opened, criterion, rule), at = listed, clock.now()
    refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    actions.refuse_by_hand(rule)
    names = _kinds(rule)
    form = _form(row, names, queries.files_of(opened.report.participation_id))
    if form.validate_on_submit() and _saved(form, listed, row, at):
        return _written(opened, criterion.id, "counts.save", "Đã ghi.")
    return form_page(
        "counts/edit.html",
        form,
        campaign=opened.campaign,
        report=opened.report,
        criterion=criterion,
        row=row,
        names=names,
        url=listed.url,
    )


def _kinds(rule: CountRule) -> Sequence[str]:
    """Các loại mà một lần phải thuộc về một; none where the rule counts all alike."""
    return rule.names if rule.kind is CountRuleKind.AWARDS else ()


def _saved(form: OccurrenceForm, listed: OpenList, row: Occurrence | None, at: datetime) -> bool:
    """Write the occurrence; False where it was refused and must be shown again."""
    try:
        actions.save(
            row,
            _values(form, listed.rule),
            listed.report.campaign,
            listed.report.report,
            criterion_id=listed.criterion.id,
            rule=listed.rule,
            by=current_user,
            at=at,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


def _values(form: OccurrenceForm, rule: CountRule) -> dict[str, Any]:
    """Một lần như đã nhập; of a kind only where the rule tells kinds apart."""
    return {
        "held_on": form.held_on.data,
        "kind": form.kind.data if _kinds(rule) else "",
        "text": form.text.data,
        "evidence_id": form.evidence_id.chosen,
    }


@counts.post("/<int:report_id>/counts/<int:criterion_id>/<int:occurrence_id>/withdraw")
@requires(Permission.REPORT_PREPARE)
def withdraw(
    campaign_id: int, report_id: int, criterion_id: int, occurrence_id: int
) -> ResponseReturnValue:
    """Rút một lần đã kê."""
    opened = opened_report(campaign_id, report_id, own=True)
    refuse_unless_editable(opened.campaign, opened.report, today=clock.today())
    row = queries.occurrence(opened.report.participation_id, criterion_id, occurrence_id)
    actions.withdraw(row, opened.report)
    return _written(opened, criterion_id, "counts.withdraw", "Đã rút.")


def _written(opened: OpenReport, criterion_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=opened.campaign.id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".index", criterion_id=criterion_id, **opened.url), HTTPStatus.SEE_OTHER
    )
