"""Trang của một điển hình: its facts, its steps, who follows it, and what its reader may do."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.dates import local_date
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.exemplars import actions, queries
from campaign.exemplars.access import decides, own_units, sight, writes
from campaign.exemplars.forms import UseForm
from campaign.exemplars.models import Exemplar, ExemplarMove, ExemplarUse
from campaign.exemplars.rules import (
    State,
    Step,
    earlier_steps,
    followed_words,
    missing,
    next_step,
    path,
)
from campaign.planning.models import Campaign
from campaign.web.fields import offered
from campaign.web.pages import form_page


def show_page(campaign: Campaign, row: Exemplar, form: UseForm) -> ResponseReturnValue:
    """Trang của một điển hình, with what is typed into the form of its use."""
    uses, taking = queries.uses_of(row.id), enrolment.confirmed(campaign.id)
    sees_moves = sight(campaign.id).sees(row.participation.unit_id)
    moves = queries.moves_of(row.id) if sees_moves else []
    open_to = _open_to(row, taking, uses)
    form.participation_id.choices = unit_choices(open_to)
    return form_page(
        "exemplars/show.html",
        form,
        campaign=campaign,
        row=row,
        **_steps(row, moves),
        place=_place_words(campaign.id, row),
        **_followed(row, taking, uses),
        **_powers(row, sees_moves=sees_moves, is_open=bool(open_to)),
        url={"campaign_id": campaign.id, "exemplar_id": row.id},
    )


def unit_choices(entries: Iterable[enrolment.ParticipationRow]) -> list[tuple[str, str]]:
    """Các đơn vị để chọn."""
    return offered("— chọn đơn vị —", [(str(entry.id), entry.name) for entry in entries])


def _open_to(
    row: Exemplar, taking: Iterable[enrolment.ParticipationRow], uses: Iterable[ExemplarUse]
) -> list[enrolment.ParticipationRow]:
    """Đơn vị mình còn xác nhận áp dụng được: not its own unit, and once each."""
    own, used = own_units(), {use.participation_id for use in uses}
    return [
        entry
        for entry in taking
        if entry.unit_id in own and entry.id not in used and entry.id != row.participation_id
    ]


def _steps(row: Exemplar, moves: Sequence[ExemplarMove]) -> dict[str, Any]:
    """Đường đi của điển hình: its steps, what the next one lacks, and where it may go back to."""
    after = next_step(row.step)
    return {
        "path": path(row.step, _reached(row, moves)),
        "moves": moves,
        "after": after,
        "lacks": missing(after, actions.facts_of(row)) if after else [],
        "back": earlier_steps(row.step),
    }


def _reached(row: Exemplar, moves: Sequence[ExemplarMove]) -> dict[Step, date]:
    """Ngày đến từng bước; the newest move to a step counts."""
    days = {move.after: local_date(move.at) for move in reversed(moves)}
    return {Step.FOUND: row.found_on} | days


def _followed(
    row: Exemplar, taking: Iterable[enrolment.ParticipationRow], uses: Sequence[ExemplarUse]
) -> dict[str, Any]:
    """Ai đã áp dụng, and how many of the other units that is."""
    others = sum(entry.id != row.participation_id for entry in taking)
    return {"uses": uses, "followed": followed_words(len(uses), others)}


def _powers(row: Exemplar, *, sees_moves: bool, is_open: bool) -> dict[str, Any]:
    """What whoever looks at the example may do with it."""
    own = own_units()
    may_draw = Permission.PAPER_DRAW in current_user.permissions
    return {
        "own": own,
        "follows": row.step is Step.FOLLOWED and is_open and writes(),
        "writes": writes() and (row.participation.unit_id in own or decides()),
        "decides": decides(),
        "draws": sees_moves and row.state is not State.DECLINED and may_draw,
    }


def place_of(row: Exemplar) -> str:
    """Nơi phát hiện as the form chooses it."""
    if row.report_id is not None:
        return f"r{row.report_id}"
    return "" if row.inspection_id is None else f"i{row.inspection_id}"


def _place_words(campaign_id: int, row: Exemplar) -> str:
    """Nơi phát hiện as whoever may open it reads it."""
    key = place_of(row)
    places = queries.places(campaign_id, sight(campaign_id)) if key else ()
    return next((place.label for place in places if place.key == key), "")
