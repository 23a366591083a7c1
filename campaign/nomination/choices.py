"""Biểu mẫu đề nghị khen thưởng: what it offers to choose, and what is chosen at first."""

from collections.abc import Sequence

from flask import request
from flask_login import current_user

from campaign.enrolment.models import Participation
from campaign.exemplars.forms import exemplar_choices
from campaign.exemplars.queries import registered_exemplars
from campaign.nomination import queries
from campaign.nomination.access import own_units
from campaign.nomination.forms import NomineeForm
from campaign.nomination.models import AwardKind, Nominee
from campaign.reporting.queries import sight_of
from campaign.web import clock


def nominee_form(
    campaign_id: int, row: Nominee | None, all_kinds: Sequence[AwardKind], *, takes_all: bool
) -> NomineeForm:
    """Biểu mẫu đề nghị with its choices; only the Standing Committee names others' units, with a
    reason.
    """
    own = own_units(current_user)
    units = [
        entry for entry in queries.participations(campaign_id) if takes_all or entry.unit_id in own
    ]
    form = NomineeForm(obj=row)
    _offer_choices(form, units, all_kinds)
    if request.method == "GET":
        _begin_with(form, row, units)
    _offer_examples(form, campaign_id, units)
    if not takes_all:
        del form.added_reason
    return form


def _offer_choices(
    form: NomineeForm, units: Sequence[Participation], all_kinds: Sequence[AwardKind]
) -> None:
    form.participation_id.choices = [
        ("", "— chọn —"),
        *[(str(entry.id), entry.unit.name) for entry in units],
    ]
    form.kind_id.choices = [
        ("", "— chọn —"),
        *[(str(kind.id), f"{kind.award_type.name}, {kind.subject.label}") for kind in all_kinds],
    ]
    form.honorific.choices = [("", "—"), ("Ông", "Ông"), ("Bà", "Bà")]


def _begin_with(form: NomineeForm, row: Nominee | None, units: Sequence[Participation]) -> None:
    """What is chosen at first: what stands, or the one unit there is to choose."""
    form.participation_id.data = str(
        row.participation_id if row else units[0].id if len(units) == 1 else ""
    )
    form.kind_id.data = str(row.kind_id) if row else ""
    form.exemplar_id.data = str((row and row.exemplar_id) or "")


def _offer_examples(form: NomineeForm, campaign_id: int, units: Sequence[Participation]) -> None:
    """Điển hình của các đơn vị ấy; not asked where there are none."""
    examples = registered_exemplars(
        campaign_id,
        sight_of(current_user, campaign_id, clock.today()),
        [entry.unit_id for entry in units],
    )
    form.exemplar_id.choices = [
        ("", "— không —"),
        *exemplar_choices(examples),
    ]
    if not examples:
        del form.exemplar_id
