"""Giao người chấm một tiêu chí: the page on which they are named, and their replacement."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import row_ids
from campaign.core.permissions import Permission
from campaign.council import naming, queries
from campaign.council.forms import MarkersForm, ReplacementForm
from campaign.council.models import CouncilMember
from campaign.council.named import markers_words, names_of
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.web.access import requires
from campaign.web.fields import offered
from campaign.web.pages import tell_refusal

markers = Blueprint("markers", __name__)

_FUNCTION, _PERSON = "f-", "u-"


@markers.route("/<int:criterion_id>", methods=["GET", "POST"])
@requires(Permission.COUNCIL_MANAGE)
def edit(campaign_id: int, criterion_id: int) -> ResponseReturnValue:
    """Giao người chấm: by function, or by person where the council is composed already."""
    campaign, criterion = (
        campaign_for(current_user, campaign_id),
        _marked(campaign_id, criterion_id),
    )
    form = MarkersForm(data={"markers": _chosen(criterion)})
    form.markers.choices = _choices(campaign_id, criterion)
    if form.validate_on_submit():
        chosen = form.markers.data or []
        naming.name_markers(
            campaign,
            row_of(Criterion, campaign_id, criterion_id),
            [kind for kind in CouncilFunction if f"{_FUNCTION}{kind.value}" in chosen],
            row_ids([value.removeprefix(_PERSON) for value in chosen if value.startswith(_PERSON)]),
        )
        return _done(campaign, criterion, "Đã lưu người chấm.")
    return _page(campaign, criterion, form, ReplacementForm())


@markers.post("/<int:criterion_id>/replace")
@requires(Permission.COUNCIL_MANAGE)
def replace(campaign_id: int, criterion_id: int) -> ResponseReturnValue:
    """Giao người thay cho người không còn trong Hội đồng."""
    campaign, criterion = (
        campaign_for(current_user, campaign_id),
        _marked(campaign_id, criterion_id),
    )
    form, told = ReplacementForm(), MarkersForm(None, data={"markers": _chosen(criterion)})
    told.markers.choices = _choices(campaign_id, criterion)
    _offer(form, campaign_id, criterion)
    if form.validate_on_submit() and _replaced(form, campaign, criterion_id):
        return _done(campaign, criterion, "Đã giao người thay.")
    return _page(campaign, criterion, told, form)


def _replaced(form: ReplacementForm, campaign: Campaign, criterion_id: int) -> bool:
    """Write the replacement; False where it was refused and must be shown again."""
    try:
        naming.replace_marker(
            campaign,
            row_of(Criterion, campaign.id, criterion_id),
            form.gone_id.chosen or 0,
            form.user_id.chosen or 0,
        )
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return False
    return True


def _marked(campaign_id: int, criterion_id: int) -> ScoredCriterion:
    """Tiêu chí do Hội đồng chấm."""
    for row in scheme_of(campaign_id).criteria:
        if row.id == criterion_id and row.judged_by is JudgedBy.COUNCIL:
            return row
    raise NotVisible


def _chosen(criterion: ScoredCriterion) -> list[str]:
    named = criterion.markers
    return [
        *(f"{_FUNCTION}{function}" for function in named.functions),
        *(f"{_PERSON}{user_id}" for user_id in named.people),
    ]


def _seats(campaign_id: int) -> list[CouncilMember]:
    return [row for row in queries.members(campaign_id) if row.left_on is None]


def _choices(campaign_id: int, criterion: ScoredCriterion) -> list[tuple[str, str]]:
    """Các chức danh, then the members by name, and whoever is named and not among them."""
    seats = {row.user_id: row for row in _seats(campaign_id)}
    gone = _gone(campaign_id, criterion)
    return [
        *((f"{_FUNCTION}{kind.value}", kind.label) for kind in CouncilFunction),
        *(
            (f"{_PERSON}{user_id}", f"{row.user.full_name}, {row.function.label}")
            for user_id, row in seats.items()
        ),
        *(
            (f"{_PERSON}{user_id}", f"{name}, không còn trong Hội đồng")
            for user_id, name in gone.items()
        ),
    ]


def _gone(campaign_id: int, criterion: ScoredCriterion) -> dict[int, str]:
    """Người được giao không còn trong Hội đồng, by person."""
    seats = {row.user_id for row in _seats(campaign_id)}
    names = names_of(scheme_of(campaign_id))
    return {user_id: names[user_id] for user_id in criterion.markers.people - seats}


def _offer(form: ReplacementForm, campaign_id: int, criterion: ScoredCriterion) -> bool:
    """Put what may be chosen into the form; False where nobody is to be replaced."""
    gone = _gone(campaign_id, criterion)
    form.gone_id.choices = offered(
        "— chọn người —", ((str(user_id), name) for user_id, name in gone.items())
    )
    form.user_id.choices = [
        ("", "— chọn người —"),
        *(
            (str(row.user_id), f"{row.user.full_name}, {row.function.label}")
            for row in _seats(campaign_id)
            if row.user_id not in criterion.markers.people
        ),
    ]
    return bool(gone)


def _page(
    campaign: Campaign, criterion: ScoredCriterion, form: MarkersForm, other: ReplacementForm
) -> ResponseReturnValue:
    may_replace = _offer(other, campaign.id, criterion) and campaign.is_frozen
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or other.errors else HTTPStatus.OK
    return render_template(
        "markers/edit.html",
        campaign=campaign,
        criterion=criterion,
        form=form,
        replacement=other if may_replace and campaign.phase.place <= Phase.SCORING.place else None,
        who=markers_words(criterion.markers, names_of(scheme_of(campaign.id))),
    ), status


def _done(campaign: Campaign, criterion: ScoredCriterion, message: str) -> ResponseReturnValue:
    recorder.act("plan.edit", campaign_id=campaign.id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".edit", campaign_id=campaign.id, criterion_id=criterion.id), HTTPStatus.SEE_OTHER
    )
