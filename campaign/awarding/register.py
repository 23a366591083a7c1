"""Sổ khen thưởng và danh mục: the register of all years, and the catalogue of forms and base
salaries.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts import queries as accounts
from campaign.audit import recorder
from campaign.awarding import certificates, queries, workbook
from campaign.awarding.forms import SpotForm
from campaign.awarding.models import StockScan
from campaign.core.amounts import dong
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.core.vote_rules import rule_from_data, rule_to_data
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours import queries as entries
from campaign.honours import workbook as catalogue_tables
from campaign.honours.forms import FormForm, NewRuleSetForm, RuleSetForm, SalaryForm, vote_data
from campaign.honours.models import AwardForm, BaseSalary
from campaign.honours.queries import rule_set
from campaign.honours.rules import Fact, Subject
from campaign.papers.stock import CertificatePart, Spot, demand_on_page
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

register = Blueprint("register", __name__)


def _asked() -> tuple[str, int | None, Subject | None]:
    """Điều kiện tìm: words, year and subject."""
    asked = request.args.get("subject", "")
    return (
        request.args.get("q", "").strip(),
        request.args.get("year", type=row_id),
        Subject(asked) if asked in set(Subject) else None,
    )


@register.get("/")
@requires(Permission.AWARD_READ)
def index() -> ResponseReturnValue:
    """Sổ khen thưởng: searched by name, year and subject, with statistics."""
    words, year, subject = _asked()
    page = paginate(queries.register(words=words, year=year, subject=subject), number=page_number())
    return render_template(
        "awarding/register.html",
        page=page,
        q=words,
        year=year,
        subject=subject or "",
        subjects=Subject,
        past=paginate(
            entries.past_awards(words=words, year=year, subject=subject),
            number=page_number("past"),
        ),
        granted=queries.granted_upwards(words=words, year=year, subject=subject),
        years=queries.register_years(),
        statistics=queries.statistics(),
        dong=dong,
    )


@register.get("/excel")
@requires(Permission.AWARD_READ)
def spreadsheet() -> ResponseReturnValue:
    """Sổ khen thưởng ra Excel, with the conditions of the page in force."""
    words, year, subject = _asked()
    lines = db.session.scalars(queries.register(words=words, year=year, subject=subject))
    past = db.session.scalars(entries.past_awards(words=words, year=year, subject=subject))
    granted = queries.granted_upwards(words=words, year=year, subject=subject)
    standing, ended = queries.register_money(words=words, year=year, subject=subject)
    notes = [
        ("Tên có", words or "tất cả"),
        ("Năm", str(year) if year else "mọi năm"),
        ("Đối tượng", subject.label if subject else "tất cả"),
        ("Tổng tiền thưởng", dong(standing)),
        ("Tổng tiền đã hết hiệu lực", dong(ended)),
    ]
    tables = workbook.register(lines, queries.statistics(), past, granted)
    return send_tables(
        tables,
        title="Sổ khen thưởng",
        state="các quyết định đã ký",
        name="so-khen-thuong",
        notes=notes,
    )


@register.get("/catalogue")
@requires(Permission.AWARD_PLAN)
def catalogue() -> ResponseReturnValue:
    """Danh mục hình thức khen thưởng và lương cơ sở."""
    return _catalogue(SalaryForm(formdata=None))


@register.get("/catalogue/excel")
@requires(Permission.AWARD_PLAN)
def catalogue_spreadsheet() -> ResponseReturnValue:
    """Danh mục hình thức khen thưởng và lương cơ sở ra Excel."""
    forms, salaries = entries.forms(), entries.base_salaries()
    checkers = accounts.names_of(_checkers(forms, salaries))
    return send_tables(
        catalogue_tables.catalogue(forms, salaries, checkers),
        title="Danh mục khen thưởng",
        state="mọi bộ quy định",
        name="danh-muc-khen-thuong",
    )


def _checkers(forms: Iterable[AwardForm], salaries: Iterable[BaseSalary]) -> list[int | None]:
    """Everybody who compared something of the catalogue."""
    return [
        *(part.checked_by_id for row in forms for part in row.grounds),
        *(row.checked_by_id for row in salaries),
    ]


def _catalogue(form: SalaryForm) -> ResponseReturnValue:
    forms, salaries = entries.forms(), entries.base_salaries()
    page = render_template(
        "awarding/catalogue.html",
        forms=forms,
        salaries=salaries,
        form=form,
        checkers=accounts.names_of(_checkers(forms, salaries)),
        dong=dong,
        words=lambda row: rule_from_data(row.vote).full_words,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _done(message: str) -> ResponseReturnValue:
    recorder.act("award.catalogue")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".catalogue"), HTTPStatus.SEE_OTHER)


@register.route("/catalogue/<int:form_id>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit_form(form_id: int) -> ResponseReturnValue:
    """Sửa một hình thức."""
    row = entries.form(form_id)
    kept = {name: getattr(row, name) for name in (*FORM_FIELDS, "household_factor")} | vote_data(
        row.vote
    )
    return _form_page(
        FormForm(data=kept),
        row.rule_set_code,
        lambda values: honours.edit_form(
            row,
            values,
            is_in_use=queries.is_in_use(form_id),
            chosen=queries.chosen_in(form_id),
        ),
        address=url_for(".edit_form", form_id=form_id),
        heading="Sửa hình thức khen thưởng",
    )


@register.route("/rule-sets/<code>/forms/new", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def new_form(code: str) -> ResponseReturnValue:
    """Thêm một hình thức vào bộ quy định."""
    row = rule_set(code)
    return _form_page(
        FormForm(),
        code,
        lambda values: honours.add_form(row, values),
        address=url_for(".new_form", code=code),
        heading="Thêm hình thức khen thưởng",
    )


FORM_FIELDS = (
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
    form: FormForm,
    code: str,
    save: Callable[[dict[str, Any]], object],
    *,
    address: str,
    heading: str,
) -> ResponseReturnValue:
    if form.validate_on_submit():
        months = form.minimum_months.data
        values = {name: form[name].data for name in FORM_FIELDS} | {
            "vote": rule_to_data(form.vote),
            "collective_factor": int(form.collective_factor.data),
            "household_factor": form.household_factor.data or Decimal("1.5"),
            "minimum_months": None if months is None else int(months),
        }
        try:
            save(values)
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _done("Đã lưu hình thức; cần đối chiếu lại.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/edit_form.html", form=form, code=code, address=address, heading=heading
    ), status


@register.post("/catalogue/<int:form_id>/confirm")
@requires(Permission.AWARD_PLAN)
def confirm_form(form_id: int) -> ResponseReturnValue:
    """Xác nhận đã đối chiếu một hình thức."""
    sent = request.form.get("fact", Fact.MONEY.value)
    if sent not in set(Fact):
        raise NotVisible
    fact = Fact(sent)
    honours.confirm(entries.form(form_id), by=current_user, on=clock.today(), fact=fact)
    return _done(f"Đã ghi nhận đối chiếu {fact.label}.")


@register.route("/rule-sets/<code>", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit_rule_set(code: str) -> ResponseReturnValue:
    """Sửa một bộ quy định: here, where it is known whether a signed decision rests on it."""
    row = rule_set(code)
    form = RuleSetForm(obj=row)
    if form.validate_on_submit():
        try:
            honours.edit_rule_set(row, form.typed, is_in_use=queries.rule_set_is_in_use(code))
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _rule_set_done(f"Đã lưu {code}; cần đối chiếu lại.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("awarding/edit_rule_set.html", form=form, code=code), status


@register.route("/rule-sets/<code>/copy", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def copy_rule_set(code: str) -> ResponseReturnValue:
    """Lập bộ quy định mới từ một bộ đã có."""
    source = rule_set(code)
    form = NewRuleSetForm(title=source.title)
    if form.validate_on_submit():
        try:
            made = honours.copy_rule_set(
                source,
                code=form.code.data or "",
                title=form.title.data or "",
                in_force_from=form.in_force_from.data,
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _rule_set_done(
                f"Đã lập {made.code} từ {code}; hãy sửa theo văn bản mới và đối chiếu từng mục."
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("awarding/copy_rule_set.html", form=form, code=code), status


def _rule_set_done(message: str) -> ResponseReturnValue:
    recorder.act("plan.edit")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("planning.rule_sets"), HTTPStatus.SEE_OTHER)


@register.post("/salaries")
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
                is_in_use=queries.salary_is_in_use(form.from_on.data),
                last_signed_on=queries.last_signed_on(),
            )
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            return _done("Đã lưu mức lương cơ sở.")
    return _catalogue(form)


@register.post("/salaries/<string:day>/confirm")
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


@register.get("/certificate-layout")
@requires(Permission.AWARD_PLAN)
def certificate_layout() -> ResponseReturnValue:
    """Phôi giấy khen: where each text stands, with a picture of it."""
    return _layout_page()


def _layout_page(error: str = "") -> ResponseReturnValue:
    page = render_template(
        "awarding/certificate_layout.html",
        layout=certificates.layout(),
        scan=db.session.get(StockScan, 1),
        error=error,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


@register.post("/certificate-layout/scan")
@requires(Permission.AWARD_PLAN)
def keep_scan() -> ResponseReturnValue:
    """Đặt hoặc bỏ bản chụp phôi làm nền."""
    sent = request.files.get("scan")
    try:
        if request.form.get("act") == "drop":
            certificates.drop_scan()
        elif sent is None or not sent.filename:
            return _layout_page("Hãy chọn ảnh chụp phôi.")
        else:
            certificates.keep_scan(sent.filename, sent.stream.read(certificates.LARGEST_SCAN + 1))
    except RuleViolation as violation:
        db.session.rollback()
        return _layout_page(str(violation))
    recorder.act("award.catalogue")
    db.session.commit()
    flash("Đã cập nhật ảnh nền của phôi.", "success")
    return redirect(url_for(".certificate_layout"), HTTPStatus.SEE_OTHER)


@register.get("/certificate-layout/scan")
@requires(Permission.AWARD_PLAN)
def show_scan() -> ResponseReturnValue:
    """Ảnh chụp phôi, as a picture."""
    row = db.session.get(StockScan, 1)
    if row is None:
        raise NotVisible
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return Response(row.content, mimetype=row.media_type, headers=headers)


@register.get("/certificate-layout/preview")
@requires(Permission.AWARD_PLAN)
def preview_layout() -> ResponseReturnValue:
    """Ảnh xem trước của phôi; with what is being typed for one part, before it is kept."""
    part, tried = request.args.get("part", ""), {}
    if part in set(CertificatePart):
        form = SpotForm(formdata=request.args, meta={"csrf": False})
        if not form.validate():
            refuse(next(iter(form.errors.values()))[0])
        spot = _spot_of(form)
        demand_on_page(spot)
        tried = {CertificatePart(part): spot}
    return Response(
        certificates.preview(tried),
        mimetype="image/png",
        headers={"Cache-Control": "private, no-store"},
    )


def _spot_of(form: SpotForm) -> Spot:
    return Spot(**form.typed)


@register.get("/certificate-layout/trial")
@requires(Permission.AWARD_PLAN)
def print_trial() -> ResponseReturnValue:
    """In thử với thước mi-li-mét."""
    return send_stored(
        BytesIO(certificates.trial_print()),
        name="In thử giấy khen.pdf",
        media_type="application/pdf",
    )


@register.route("/certificate-layout/parts/<string:name>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def place_part(name: str) -> ResponseReturnValue:
    """Đặt vị trí một nội dung trên phôi."""
    if name not in set(CertificatePart):
        raise NotVisible
    part = CertificatePart(name)
    form = SpotForm(obj=certificates.layout()[part])
    if form.validate_on_submit():
        try:
            certificates.place_part(part, _spot_of(form))
        except RuleViolation as violation:
            db.session.rollback()
            form.add_violation(violation)
        else:
            recorder.act("award.catalogue")
            db.session.commit()
            flash(f"Đã lưu vị trí “{part.label}”.", "success")
            return redirect(url_for(".certificate_layout"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "awarding/place_part.html", form=form, part=part, scan=db.session.get(StockScan, 1)
    ), status
