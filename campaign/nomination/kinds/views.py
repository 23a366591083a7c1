"""Hình thức của phong trào: pages of kinds and quotas."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import RuleViolation
from campaign.core.numbers import parse_decimal
from campaign.core.permissions import Permission
from campaign.core.vote_rules import rule_from_data
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.forms import vote_data
from campaign.nomination import queries
from campaign.nomination.kinds import actions, workbook
from campaign.nomination.kinds.forms import KindForm
from campaign.nomination.kinds.planned import asks_reason, noted
from campaign.nomination.models import AwardKind, AwardQuota
from campaign.nomination.queries import Panel
from campaign.nomination.rules import Gate, Strictness, parse_fraction
from campaign.nomination.views import _done
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.web import clock, grids
from campaign.web.access import requires
from campaign.web.pages import form_page, tell_refusal
from campaign.web.spreadsheets import send_tables

kinds = Blueprint("kinds", __name__)


@kinds.route("/kinds", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def index(campaign_id: int) -> ResponseReturnValue:
    """Hình thức và chỉ tiêu khen thưởng của phong trào; posting saves the quotas."""
    campaign = campaign_for(current_user, campaign_id)
    panels = queries.panels(campaign, [])
    cells = _cells(panels, queries.quotas(campaign_id))
    typed, errors = dict[str, str](), dict[str, str]()
    if request.method == "POST":
        typed, errors = _save_quotas(campaign, panels, cells)
        if not errors:
            return _done(campaign_id, "award.plan", "Đã lưu chỉ tiêu.", ".index")
        db.session.rollback()
        campaign = campaign_for(current_user, campaign_id)
        panels = queries.panels(campaign, [])
    return _index_page(campaign, panels, cells, typed, errors)


def _save_quotas(
    campaign: Campaign, panels: Sequence[Panel], cells: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Ghi các chỉ tiêu; gives what was typed, and why which of it was refused."""
    typed, clashes = grids.settled(cells, request.form, ROUNDINGS)
    errors = {name.split("-", 1)[1]: sentence for name, sentence in clashes.items()}
    try:
        with noted(campaign, reason=_reason(), by=current_user, at=clock.now()):
            _set_quotas(panels, typed, errors)
    except RuleViolation as violation:
        errors[violation.field or "reason"] = str(violation)
    return typed, errors


def _index_page(
    campaign: Campaign,
    panels: Sequence[Panel],
    cells: Mapping[str, str],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> ResponseReturnValue:
    page = render_template(
        "kinds/index.html",
        panels=panels,
        errors=errors,
        typed=typed and {**typed, "reason": _reason()},
        opened=grids.standing(cells),
        **_planned(campaign),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _planned(campaign: Campaign) -> dict[str, Any]:
    """Hình thức và chỉ tiêu as they stand; whether they may be changed, and need a reason then."""
    return {
        "campaign": campaign,
        "kinds": queries.kinds(campaign.id),
        "quotas": queries.quotas(campaign.id),
        "asks_reason": asks_reason(campaign),
        "is_open": campaign.phase in actions.PLANNING,
        "words": lambda kind: rule_from_data(kind.vote).full_words,
    }


@kinds.get("/kinds/excel")
@requires(Permission.AWARD_PLAN)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Hình thức và chỉ tiêu khen thưởng ra Excel."""
    campaign = campaign_for(current_user, campaign_id)
    tables = workbook.kinds(
        queries.kinds(campaign_id), queries.panels(campaign, []), queries.quotas(campaign_id)
    )
    return send_tables(
        tables,
        title=f"Hình thức và chỉ tiêu khen thưởng, {campaign.title}",
        state=campaign.phase.label,
        name="hinh-thuc-khen-thuong",
    )


ROUNDINGS = {"down": "xuống", "half_up": "từ nửa trở lên"}


def _reason() -> str:
    return str(request.form.get("reason", ""))


def _set_quotas(panels: Sequence[Panel], typed: Mapping[str, str], errors: dict[str, str]) -> None:
    """Write what was typed; what cannot be is told in `errors`, by kind and block."""
    for panel in panels:
        key = f"{panel.kind.id}-{panel.block.id}"
        if key in errors:
            continue
        try:
            actions.set_quota(
                panel.kind,
                panel.block.id,
                count=_whole(typed[f"count-{key}"], 10_000),
                rounds_half_up=typed[f"rounding-{key}"] == "half_up",
                **_share(typed[f"percent-{key}"]),
            )
        except RuleViolation as violation:
            errors[key] = str(violation)


def _cells(panels: Sequence[Panel], quotas: Mapping[tuple[int, int], AwardQuota]) -> dict[str, str]:
    """Các ô chỉ tiêu as they stand."""
    cells: dict[str, str] = {}
    for panel in panels:
        key, quota = (
            f"{panel.kind.id}-{panel.block.id}",
            quotas.get((panel.kind.id, panel.block.id)),
        )
        is_count = quota is not None and quota.count is not None
        cells[f"count-{key}"] = str(quota.count) if quota and is_count else ""
        cells[f"percent-{key}"] = (quota.share_text or "") if quota else ""
        cells[f"rounding-{key}"] = "half_up" if quota and quota.rounds_half_up else "down"
    return cells


def _share(typed: str) -> dict[str, Any]:
    """Tỷ lệ: a whole per cent "30", or a fraction "1/3"."""
    if "/" in typed:
        return {"percent": None, "fraction": parse_fraction(typed)}
    return {"percent": _whole(typed, 100)}


def _whole(typed: str, maximum: int) -> int | None:
    return (
        int(
            parse_decimal(
                typed, decimals=0, minimum=parse_decimal("0"), maximum=parse_decimal(str(maximum))
            )
        )
        if typed
        else None
    )


@kinds.route("/kinds/new", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def new(campaign_id: int) -> ResponseReturnValue:
    """Thêm hình thức."""
    return _kind_page(campaign_id, None)


@kinds.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def edit(campaign_id: int, kind_id: int) -> ResponseReturnValue:
    """Sửa hình thức."""
    return _kind_page(campaign_id, kind_id)


def _kind_page(campaign_id: int, kind_id: int | None) -> ResponseReturnValue:
    campaign = campaign_for(current_user, campaign_id)
    row = queries.kind(campaign_id, kind_id) if kind_id else None
    form = KindForm(data=_kind_data(row) if row else None)
    form.form_id.choices = _award_types(campaign)
    if form.validate_on_submit() and form.form_id.chosen is not None:
        try:
            with noted(campaign, reason=form.reason.data or "", by=current_user, at=clock.now()):
                _save_kind(campaign, row, form, form.form_id.chosen)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign = campaign_for(current_user, campaign_id)
        else:
            return _done(campaign_id, "award.plan", "Đã lưu hình thức khen thưởng.", ".index")
    return _edit_page(campaign, form, kind_id)


def _edit_page(campaign: Campaign, form: KindForm, kind_id: int | None) -> ResponseReturnValue:
    return form_page(
        "kinds/edit.html",
        form,
        campaign=campaign,
        kind_id=kind_id,
        gates=Gate,
        asks_reason=asks_reason(campaign),
    )


def _award_types(campaign: Campaign) -> list[tuple[str, str]]:
    types = catalogue.award_types(campaign.rule_set_code or "")
    return [("", "— chọn —"), *[(str(entry.id), entry.name) for entry in types]]


def _save_kind(campaign: Campaign, row: AwardKind | None, form: KindForm, chosen: int) -> None:
    limit, overall = (
        int(field.data) if field.data is not None else None
        for field in (form.leader_limit, form.overall_limit)
    )
    actions.save_kind(
        campaign,
        row,
        award_type=catalogue.award_type(chosen),
        subject=form.subject.data,
        vote=form.vote,
        leader_limit=limit,
        overall_limit=overall,
        gates={gate: form[gate.value].data for gate in Gate},
    )


def _kind_data(row: AwardKind) -> dict[str, Any]:
    return {
        "form_id": str(row.form_id),
        "subject": row.subject,
        **vote_data(row.vote),
        "leader_limit": parse_decimal(str(row.leader_limit))
        if row.leader_limit is not None
        else None,
        "overall_limit": parse_decimal(str(row.overall_limit))
        if row.overall_limit is not None
        else None,
        **{name: Strictness(how) for name, how in row.gates.items()},
    }


@kinds.post("/kinds/<int:kind_id>/delete")
@requires(Permission.AWARD_PLAN)
def delete(campaign_id: int, kind_id: int) -> ResponseReturnValue:
    """Bỏ hình thức."""
    campaign = campaign_for(current_user, campaign_id)
    with noted(campaign, reason=_reason(), by=current_user, at=clock.now()):
        actions.delete_kind(queries.kind(campaign_id, kind_id))
    return _done(campaign_id, "award.plan", "Đã bỏ hình thức.", ".index")
