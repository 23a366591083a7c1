"""Quyết định: pages from the draft to the signature, and what amends it."""

from collections.abc import Callable
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.awarding import actions, queries, workbook
from campaign.awarding.certificates import certificates, certificates_on_stock
from campaign.awarding.forms import DecisionForm, SignatureForm, SignForm
from campaign.awarding.models import Decision
from campaign.awarding.rules import DecisionKind, DecisionState
from campaign.core.amounts import dong, in_words
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.numbers import parse_decimal, row_id, row_ids
from campaign.core.permissions import Permission, Role
from campaign.council import queries as council
from campaign.extensions import db
from campaign.files import storage
from campaign.honours.queries import rule_sets
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

decisions = Blueprint("decisions", __name__)
_STAFF = frozenset({Role.SECRETARIAT, Role.DIRECTOR})
_READERS = frozenset({Role.SECRETARIAT, Role.DIRECTOR, Role.COUNCIL_MEMBER})


def _done(campaign_id: int, decision_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, decision_id=decision_id), HTTPStatus.SEE_OTHER
    )


def _loaded(
    campaign_id: int, decision_id: int, *, for_change: bool = True
) -> tuple[Campaign, Decision]:
    """Campaign and decision; drafts are for staff and council, signed ones for whoever may read
    awards.
    """
    campaign = campaign_for(current_user, campaign_id)
    decision = queries.decision(campaign_id, decision_id, for_change=for_change)
    if decision.state is not DecisionState.SIGNED and not current_user.roles & _READERS:
        raise NotVisible
    if not current_user.roles & _STAFF and queries.is_withheld(
        decision, council.withheld_from(current_user, campaign, clock.today())
    ):
        raise NotVisible
    return campaign, decision


@decisions.post("/")
@requires(Permission.AWARD_PLAN)
def draft(campaign_id: int) -> ResponseReturnValue:
    """Lập dự thảo quyết định."""
    campaign = campaign_for(current_user, campaign_id)
    made = actions.draft_decision(campaign, on=clock.today())
    return _done(campaign_id, made.id, "decision.draft", "Đã lập dự thảo quyết định.")


@decisions.get("/<int:decision_id>")
@requires(Permission.AWARD_READ)
def show(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Một quyết định: head, list, money with its arithmetic, opinions."""
    return _page(campaign_id, decision_id, SignForm(formdata=None))


@decisions.get("/<int:decision_id>/excel")
@requires(Permission.AWARD_READ)
def spreadsheet(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Danh sách kèm theo quyết định ra Excel."""
    campaign, decision = _loaded(campaign_id, decision_id, for_change=False)
    tables = workbook.decision(queries.lines_of(decision_id), queries.corrections_of(decision))
    return send_tables(
        tables,
        title=f"Quyết định số {decision.title}, {campaign.title}",
        state=decision.state.label,
        name=f"quyet-dinh-{decision_id}",
    )


def _page(campaign_id: int, decision_id: int, form: SignForm) -> ResponseReturnValue:
    campaign, decision = _loaded(campaign_id, decision_id, for_change=False)
    lines = queries.lines_of(decision_id)
    total, corrected = sum(line.amount for line in lines), queries.corrections_of(decision)
    old = queries.decision(campaign_id, decision.amends_id) if decision.amends_id else None
    page = render_template(
        "awarding/decision.html",
        campaign=campaign,
        decision=decision,
        lines=lines,
        total=total,
        words=in_words(total),
        recover_words=in_words(decision.recover),
        dong=dong,
        form=form,
        old=old,
        corrected=corrected,
        whom=queries.about_whom_of(decision_id) if old else "",
        has_money=decision.kind is not DecisionKind.CORRECTION
        or any(one.is_money for found in corrected.values() for one in found),
        recorder=accounts.names_of([decision.recorded_by_id]).get(decision.recorded_by_id or 0, ""),
        scan_needed=Role.DIRECTOR not in current_user.roles,
        amendments=queries.amendments_of(decision_id),
        objections=queries.objections_of(decision_id) if current_user.roles & _READERS else (),
        withdrawals=queries.withdrawals_of(decision_id) if current_user.roles & _READERS else (),
        corrections=queries.signature_corrections_of(decision_id),
        warnings=queries.law_warnings(decision)
        if decision.state is not DecisionState.SIGNED
        else (),
        addable=len(queries.undecided(campaign_id))
        if decision.state is DecisionState.DRAFT
        and decision.kind is DecisionKind.AWARD
        and campaign.phase is Phase.DECIDING
        else 0,
        reads_objections=bool(current_user.roles & _READERS),
        plans=Permission.AWARD_PLAN in current_user.permissions,
        signs=Permission.DECISION_SIGN in current_user.permissions,
        prints=Permission.CERTIFICATE_PRINT in current_user.permissions,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@decisions.route("/<int:decision_id>/edit", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Sửa dự thảo."""
    campaign, decision = _loaded(campaign_id, decision_id)
    form = DecisionForm(obj=decision)
    form.rule_set_code.choices = [(row.code, f"{row.code}: {row.title}") for row in rule_sets()]
    if decision.kind is DecisionKind.AWARD:
        del form.reason
        del form.recover
    else:
        del form.received_on
        del form.rule_set_code
    if form.validate_on_submit():
        whole = {"notice_days", "recover"}
        days = {"received_on"}
        values = {
            name: int(value or 0)
            if name in whole
            else ""
            if value is None and name not in days
            else value
            for name, value in form.typed.items()
        }
        try:
            actions.edit_decision(campaign, decision, values)
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
            campaign, decision = _loaded(campaign_id, decision_id)
        else:
            return _done(campaign_id, decision_id, "decision.draft", "Đã lưu dự thảo.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/edit_decision.html", campaign=campaign, decision=decision, form=form
    ), status


def _act(
    campaign_id: int,
    decision_id: int,
    act: str,
    message: str,
    change: Callable[[Campaign, Decision], Any],
) -> ResponseReturnValue:
    campaign, decision = _loaded(campaign_id, decision_id)
    change(campaign, decision)
    return _done(campaign_id, decision_id, act, message)


@decisions.post("/<int:decision_id>/lines/<int:nominee_id>/remove")
@requires(Permission.AWARD_PLAN)
def remove_line(campaign_id: int, decision_id: int, nominee_id: int) -> ResponseReturnValue:
    """Bỏ một dòng khỏi dự thảo."""
    return _act(
        campaign_id,
        decision_id,
        "decision.draft",
        "Đã bỏ dòng.",
        lambda campaign, decision: actions.remove_line(campaign, decision, nominee_id),
    )


@decisions.post("/<int:decision_id>/lines/<int:nominee_id>/correct")
@requires(Permission.AWARD_PLAN)
def correct_line(campaign_id: int, decision_id: int, nominee_id: int) -> ResponseReturnValue:
    """Sửa thông tin một dòng của quyết định điều chỉnh."""
    given = {name: request.form.get(name, "") for name in ("name", "honorific", "job")}
    typed = request.form.get("amount", "").strip()
    amount = int(parse_decimal(typed, decimals=0, minimum=Decimal(0))) if typed else None
    return _act(
        campaign_id,
        decision_id,
        "decision.amend",
        "Đã sửa dòng.",
        lambda _, decision: actions.correct_line(decision, nominee_id, amount=amount, **given),
    )


@decisions.post("/<int:decision_id>/delete")
@requires(Permission.AWARD_PLAN)
def delete(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Xoá dự thảo."""
    _, decision = _loaded(campaign_id, decision_id)
    actions.delete_decision(decision)
    recorder.act("decision.draft", campaign_id=campaign_id)
    db.session.commit()
    flash("Đã xoá dự thảo.", "success")
    return redirect(url_for("awarding.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@decisions.post("/<int:decision_id>/add-elected")
@requires(Permission.AWARD_PLAN)
def add_elected(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Thêm các đề nghị mới được thông qua vào dự thảo."""
    return _act(
        campaign_id,
        decision_id,
        "decision.draft",
        "Đã thêm các đề nghị mới được thông qua.",
        actions.add_elected,
    )


@decisions.post("/<int:decision_id>/withdraw")
@requires(Permission.AWARD_PLAN)
def withdraw(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Rút dự thảo đang lấy ý kiến về sửa, with a reason."""
    return _act(
        campaign_id,
        decision_id,
        "decision.withdraw",
        "Đã rút dự thảo về sửa; sửa xong hãy đưa ra lấy ý kiến lại.",
        lambda _, decision: actions.withdraw(
            decision, reason=request.form.get("reason", ""), by=current_user, at=clock.now()
        ),
    )


@decisions.post("/<int:decision_id>/post")
@requires(Permission.AWARD_PLAN)
def post(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Đưa ra lấy ý kiến."""
    return _act(
        campaign_id,
        decision_id,
        "decision.post",
        "Đã đưa ra lấy ý kiến.",
        lambda _, decision: actions.post(decision, on=clock.today()),
    )


@decisions.post("/<int:decision_id>/objections")
@requires(Permission.AWARD_PLAN)
def object_to(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Ghi một ý kiến nhận được."""
    return _act(
        campaign_id,
        decision_id,
        "decision.object",
        "Đã ghi ý kiến.",
        lambda _, decision: actions.object_to(
            decision,
            author=request.form.get("author", ""),
            words=request.form.get("text", ""),
            nominee_id=request.form.get("nominee_id", type=row_id),
            on=clock.today(),
        ),
    )


@decisions.route("/<int:decision_id>/notice", methods=["GET", "POST"])
@requires(Permission.AWARD_READ)
def notice(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Dự thảo đang lấy ý kiến, for the units of the campaign, public or not: read, and objected to
    here.
    """
    campaign = campaign_for(current_user, campaign_id)
    decision = queries.decision(campaign_id, decision_id, for_change=request.method == "POST")
    unit = queries.concerned_unit(
        campaign_id, current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    )
    own = [
        row
        for row in queries.objections_of(decision_id)
        if unit is not None and row.unit_id == unit.id
    ]
    if unit is None or (decision.state is not DecisionState.POSTED and not own):
        raise NotVisible
    problem = None
    if request.method == "POST":
        try:
            actions.object_to(
                decision,
                author=f"{current_user.full_name}, {unit.name}",
                words=request.form.get("text", ""),
                nominee_id=request.form.get("nominee_id", type=row_id),
                on=clock.today(),
                unit=unit,
                by=current_user,
            )
        except RuleViolation as violation:
            db.session.rollback()
            problem = str(violation)
        else:
            recorder.act("decision.object", campaign_id=campaign_id)
            db.session.commit()
            flash("Đã gửi ý kiến đến Thường trực Hội đồng.", "success")
            return redirect(
                url_for(".notice", campaign_id=campaign_id, decision_id=decision_id),
                HTTPStatus.SEE_OTHER,
            )
        campaign, decision = (
            campaign_for(current_user, campaign_id),
            queries.decision(campaign_id, decision_id),
        )
    page = render_template(
        "awarding/notice.html",
        campaign=campaign,
        decision=decision,
        lines=queries.lines_of(decision_id),
        own=own,
        problem=problem,
        text=request.form.get("text", ""),
        about=request.form.get("nominee_id", type=row_id),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


@decisions.post("/<int:decision_id>/objections/<int:objection_id>")
@requires(Permission.AWARD_PLAN)
def answer_objection(campaign_id: int, decision_id: int, objection_id: int) -> ResponseReturnValue:
    """Trả lời một ý kiến."""
    return _act(
        campaign_id,
        decision_id,
        "decision.object",
        "Đã trả lời ý kiến.",
        lambda campaign, decision: actions.answer_objection(
            campaign,
            decision,
            queries.objection(decision_id, objection_id),
            answer=request.form.get("answer", ""),
            sends_back=request.form.get("sends_back") == "1",
            by=current_user,
            at=clock.now(),
            on=clock.today(),
        ),
    )


@decisions.post("/<int:decision_id>/sign")
@requires(Permission.DECISION_SIGN)
def sign(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Ghi việc ký: number, date, scan."""
    campaign, decision = _loaded(campaign_id, decision_id)
    form = SignForm()
    if not form.validate_on_submit():
        return _page(campaign_id, decision_id, form)
    upload, scan = request.files.get("scan"), None
    try:
        if upload is not None and upload.filename:
            scan = (
                storage.clean_name(upload.filename),
                storage.keep(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"]),
            )
        actions.sign(
            campaign,
            decision,
            number=form.number.data or "",
            signed_on=form.signed_on.data,
            today=clock.today(),
            at=clock.now(),
            by=current_user,
            scan=scan,
            takes_other=form.takes_other.data,
        )
    except RuleViolation as violation:
        db.session.rollback()
        form.add_violation(violation)
        return _page(campaign_id, decision_id, form)
    return _done(
        campaign_id, decision_id, "decision.sign", f"Đã ghi việc ký quyết định số {decision.title}."
    )


@decisions.route("/<int:decision_id>/signature", methods=["GET", "POST"])
@requires(Permission.DECISION_SIGN)
def correct_signature(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Sửa bản ghi việc ký: number, symbol and day, with the reason."""
    campaign, decision = _loaded(campaign_id, decision_id)
    if decision.state is not DecisionState.SIGNED:
        raise NotVisible
    kept = {"number": decision.number, "symbol": decision.symbol, "signed_on": decision.signed_on}
    form = SignatureForm(data=kept)
    if form.validate_on_submit():
        try:
            actions.correct_signature(
                decision,
                number=form.number.data or "",
                symbol=form.symbol.data or "",
                signed_on=form.signed_on.data,
                reason=form.reason.data or "",
                by=current_user,
                at=clock.now(),
                today=clock.today(),
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
            campaign, decision = _loaded(campaign_id, decision_id)
        else:
            return _done(
                campaign_id,
                decision_id,
                "decision.correct_signature",
                f"Đã sửa bản ghi việc ký; nay là quyết định số {decision.cited}.",
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/correct_signature.html", campaign=campaign, decision=decision, form=form
    ), status


@decisions.get("/<int:decision_id>/scan")
@requires(Permission.AWARD_READ)
def scan(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Tải bản chụp quyết định."""
    _, decision = _loaded(campaign_id, decision_id, for_change=False)
    if not decision.scan_key:
        raise NotVisible
    return send_stored(
        storage.open_file(decision.scan_key), name=decision.scan_name, media_type=decision.scan_type
    )


@decisions.get("/<int:decision_id>/certificates")
@requires(Permission.CERTIFICATE_PRINT)
def print_certificates(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """In giấy khen của mọi người trong quyết định đã ký."""
    campaign, decision = _loaded(campaign_id, decision_id, for_change=False)
    printed = certificates(campaign, decision)
    return send_stored(
        BytesIO(printed), name=f"Giấy khen {decision.title}.pdf", media_type="application/pdf"
    )


@decisions.get("/<int:decision_id>/certificates/stock")
@requires(Permission.CERTIFICATE_PRINT)
def print_on_stock(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """In giấy khen lên phôi có sẵn."""
    campaign, decision = _loaded(campaign_id, decision_id, for_change=False)
    printed = certificates_on_stock(campaign, decision)
    return send_stored(
        BytesIO(printed),
        name=f"Giấy khen {decision.title} (phôi).pdf",
        media_type="application/pdf",
    )


@decisions.post("/<int:decision_id>/amend")
@requires(Permission.AWARD_PLAN)
def amend(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Lập quyết định điều chỉnh hoặc thu hồi."""
    campaign, decision = _loaded(campaign_id, decision_id)
    if request.form.get("kind") not in {DecisionKind.REVOCATION, DecisionKind.CORRECTION}:
        refuse("Hãy chọn điều chỉnh hay thu hồi.")
    kind = DecisionKind(request.form["kind"])
    chosen = row_ids(request.form.getlist("lines"))
    made = actions.amend(
        campaign, decision, kind, chosen, reason=request.form.get("reason", ""), on=clock.today()
    )
    return _done(campaign_id, made.id, "decision.amend", f"Đã lập dự thảo quyết định {kind.label}.")
