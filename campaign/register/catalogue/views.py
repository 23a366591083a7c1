"""Danh mục: pages of award types, base salaries and rule sets."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.core.amounts import amount_question, dong
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.core.vote_rules import rule_from_data, rule_to_data
from campaign.decision import reliance
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours import queries as entries
from campaign.honours import workbook as catalogue_tables
from campaign.honours.forms import AwardTypeForm, NewRuleSetForm, RuleSetForm, SalaryForm, vote_data
from campaign.honours.models import AwardType, BaseSalary, RuleSet
from campaign.honours.queries import rule_set
from campaign.honours.rules import Fact
from campaign.nomination import queries as nominations
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

catalogue = Blueprint("catalogue", __name__)


@catalogue.get("/catalogue")
@requires(Permission.AWARD_PLAN)
def index() -> ResponseReturnValue:
    """Danh mục hình thức khen thưởng và lương cơ sở."""
    return _catalogue(SalaryForm(formdata=None))


@catalogue.get("/catalogue/excel")
@requires(Permission.AWARD_PLAN)
def spreadsheet() -> ResponseReturnValue:
    """Danh mục hình thức khen thưởng và lương cơ sở ra Excel."""
    award_types, salaries = entries.award_types(), entries.base_salaries()
    checkers = accounts.names_of(_checkers(award_types, salaries))
    return send_tables(
        catalogue_tables.catalogue(award_types, salaries, checkers),
        title="Danh mục khen thưởng",
        state="mọi bộ quy định",
        name="danh-muc-khen-thuong",
    )


def _checkers(award_types: Iterable[AwardType], salaries: Iterable[BaseSalary]) -> list[int | None]:
    """Everybody who compared something of the catalogue."""
    return [
        *(part.checked_by_id for row in award_types for part in row.grounds),
        *(row.checked_by_id for row in salaries),
    ]


def _catalogue(form: SalaryForm) -> ResponseReturnValue:
    award_types, salaries = entries.award_types(), entries.base_salaries()
    page = render_template(
        "catalogue/index.html",
        award_types=award_types,
        salaries=salaries,
        form=form,
        checkers=accounts.names_of(_checkers(award_types, salaries)),
        dong=dong,
        words=lambda row: rule_from_data(row.vote).full_words,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _done(message: str) -> ResponseReturnValue:
    recorder.act("award.catalogue")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@catalogue.route("/catalogue/<int:form_id>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit_award_type(form_id: int) -> ResponseReturnValue:
    """Sửa một hình thức."""
    row = entries.award_type(form_id)
    stored = {
        name: getattr(row, name) for name in (*AWARD_TYPE_FIELDS, "household_factor")
    } | vote_data(row.vote)
    return _form_page(
        AwardTypeForm(data=stored),
        row.rule_set_code,
        lambda values: honours.edit_award_type(
            row,
            values,
            is_in_use=reliance.is_in_use(form_id),
            chosen=nominations.chosen_in(form_id),
        ),
        address=url_for(".edit_award_type", form_id=form_id),
        heading="Sửa hình thức khen thưởng",
    )


@catalogue.route("/rule-sets/<code>/forms/new", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def new_award_type(code: str) -> ResponseReturnValue:
    """Thêm một hình thức vào bộ quy định."""
    row = rule_set(code)
    return _form_page(
        AwardTypeForm(),
        code,
        lambda values: honours.add_award_type(row, values),
        address=url_for(".new_award_type", code=code),
        heading="Thêm hình thức khen thưởng",
    )


AWARD_TYPE_FIELDS = (
    "name",
    "level",
    "signatory",
    "for_collectives",
    "for_individuals",
    "for_households",
    "is_annual",
    "by_launcher_only",
    "minimum_months",
    "coefficient",
    "collective_factor",
    "is_title",
    "money_ground",
    "source",
    "report_form",
    "report_ground",
    "report_source",
    "vote_ground",
    "vote_source",
)


def _form_page(
    form: AwardTypeForm,
    code: str,
    save: Callable[[dict[str, Any]], object],
    *,
    address: str,
    heading: str,
) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            save(_typed(form))
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _done("Đã lưu hình thức; cần đối chiếu lại.")
    return form_page(
        "catalogue/edit_award_type.html", form, code=code, address=address, heading=heading
    )


def _typed(form: AwardTypeForm) -> dict[str, Any]:
    """What was typed of an award type, in the kinds of values that the catalogue holds."""
    months = form.minimum_months.data
    return {name: form[name].data for name in AWARD_TYPE_FIELDS} | {
        "vote": rule_to_data(form.vote),
        "collective_factor": int(form.collective_factor.data),
        "household_factor": form.household_factor.data or Decimal("1.5"),
        "minimum_months": None if months is None else int(months),
    }


@catalogue.post("/catalogue/<int:form_id>/confirm")
@requires(Permission.AWARD_PLAN)
def confirm_award_type(form_id: int) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu một hình thức."""
    sent = request.form.get("fact", Fact.MONEY.value)
    if sent not in set(Fact):
        raise NotVisible
    fact = Fact(sent)
    honours.confirm(entries.award_type(form_id), by=current_user, on=clock.today(), fact=fact)
    return _done(f"Đã ghi nhận đối chiếu {fact.label}.")


@catalogue.route("/rule-sets/<code>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit_rule_set(code: str) -> ResponseReturnValue:
    """Sửa một bộ quy định: here, where it is known whether a signed decision rests on it."""
    row = rule_set(code)
    form = RuleSetForm(obj=row)
    if form.validate_on_submit():
        try:
            honours.edit_rule_set(row, form.typed, is_in_use=reliance.rule_set_is_in_use(code))
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _rule_set_done(f"Đã lưu {code}; cần đối chiếu lại.")
    return form_page("catalogue/edit_rule_set.html", form, code=code)


@catalogue.route("/rule-sets/<code>/copy", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def copy_rule_set(code: str) -> ResponseReturnValue:
    """Lập bộ quy định mới từ một bộ đã có."""
    source = rule_set(code)
    form = NewRuleSetForm(title=source.title)
    if form.validate_on_submit():
        try:
            made = _copied(source, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _rule_set_done(
                f"Đã lập {made.code} từ {code}; hãy sửa theo văn bản mới và đối chiếu từng mục."
            )
    return form_page("catalogue/copy_rule_set.html", form, code=code)


def _copied(source: RuleSet, form: NewRuleSetForm) -> RuleSet:
    return honours.copy_rule_set(
        source,
        code=form.code.data or "",
        title=form.title.data or "",
        in_force_from=form.in_force_from.data,
    )


def _rule_set_done(message: str) -> ResponseReturnValue:
    recorder.act("plan.edit")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("honours.rule_sets"), HTTPStatus.SEE_OTHER)


@catalogue.post("/salaries")
@requires(Permission.AWARD_PLAN)
def add_salary() -> ResponseReturnValue:
    """Thêm mức lương cơ sở."""
    form = SalaryForm()
    if form.validate_on_submit():
        try:
            honours.add_salary(
                form.from_on.data,
                int(form.amount.data),
                form.source.data or "",
                is_in_use=reliance.salary_is_in_use(form.from_on.data),
                last_signed_on=reliance.last_signed_on(),
            )
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            _ask_of_salary(form.from_on.data, int(form.amount.data))
            return _done("Đã lưu mức lương cơ sở.")
    return _catalogue(form)


def _ask_of_salary(from_on: date, amount: int) -> None:
    """Hỏi về cỡ của mức lương, beside the one before it."""
    earlier = [row.amount for row in entries.base_salaries() if row.from_on < from_on]
    if question := amount_question(amount, earlier[0] if earlier else None):
        flash(f"Hãy xem lại mức lương: {question}", "warning")


@catalogue.post("/salaries/<string:day>/confirm")
@requires(Permission.AWARD_PLAN)
def confirm_salary(day: str) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu một mức lương cơ sở."""
    try:
        row = db.session.get(BaseSalary, date.fromisoformat(day))
    except ValueError as error:
        raise NotVisible from error
    if row is None:
        raise NotVisible
    honours.confirm(row, by=current_user, on=clock.today())
    return _done("Đã ghi nhận đối chiếu.")
