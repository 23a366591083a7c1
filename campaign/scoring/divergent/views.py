"""Ô chênh lệch: pages."""

from http import HTTPStatus
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.numbers import typed_decimal
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.divergence.models import DivergenceAnswer
from campaign.divergence.queries import threshold_of
from campaign.divergence.rules import Threshold
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for
from campaign.planning.rules import Phase
from campaign.scoring.divergent import actions
from campaign.scoring.divergent.forms import AnswerForm, RulingForm
from campaign.scoring.divergent.listing import asked_cells, cells_here
from campaign.scoring.divergent.queries import DivergentCell, asked_of, decided_by, divergent_cells
from campaign.scoring.models import ScoreSheet
from campaign.scoring.queries import sheet_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.fields import VietnameseForm
from campaign.web.pages import tell_refusal

divergence = Blueprint("divergence", __name__)

AT_ONCE = 20
"""Mấy ô có chỗ ghi cùng lúc; the next come when these are done."""


class _Room(NamedTuple):
    """Phong trào, quy định, người xem và các ô họ được thấy."""

    campaign: Campaign
    rule: Threshold
    member: CouncilMember | None
    cells: list[DivergentCell]

    @property
    def is_open(self) -> bool:
        return self.campaign.phase is Phase.SCORING

    @property
    def oversees(self) -> bool:
        """Theo dõi mọi ô: secretariat, chair and secretary of the Council, without a mark."""
        return Permission.COUNCIL_MANAGE in current_user.permissions or (
            self.member is not None
            and self.member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY}
        )


def _room(campaign_id: int) -> _Room:
    """What there is to see: units a member is kept away from do not exist for them."""
    campaign = campaign_for(current_user, campaign_id)
    rule, day = threshold_of(campaign), clock.today()
    member = council.active_member(current_user.id, campaign_id, day)
    if rule is None or campaign.phase.place < Phase.SCORING.place:
        raise NotVisible
    hidden = current_user.own_unit_ids
    if member is not None:
        hidden = hidden | council.hidden_unit_ids(member)
    shown = [cell for cell in divergent_cells(campaign, day) if cell.unit.unit_id not in hidden]
    return _Room(campaign, rule, member, shown)


@divergence.get("/")
@requires(Permission.SHEET_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Ô chênh lệch: mine with my own mark alone, those I decide, and for who oversees how many."""
    return _page(_room(campaign_id))


def _page(room: _Room, refused: tuple[str, VietnameseForm] | None = None) -> ResponseReturnValue:
    turn = _turn(room)
    forms = _forms(turn)
    here = asked_cells(room.campaign.id)
    lost = refused[1] if refused is not None and refused[0] not in forms else None
    if refused is not None:
        forms |= [refused]
    return render_template(
        "divergence/index.html",
        campaign=room.campaign,
        rule=room.rule,
        **turn._asdict(),
        forms=forms,
        lost=lost,
        list_asked=here,
        page=cells_here(here, room.cells) if room.oversees else None,
        is_open=room.is_open,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if refused is not None else HTTPStatus.OK


class _Turn(NamedTuple):
    """Phần của người xem: what they are asked and decide, so many at once, and what is done."""

    me: int
    asked: list[DivergentCell]
    to_decide: list[DivergentCell]
    more: int
    said: list[DivergentCell]


def _turn(room: _Room) -> _Turn:
    """Lượt của người xem, while scoring is open."""
    me = room.member.id if room.member else 0
    asked = asked_of(room.cells, me) if room.is_open else []
    to_decide = decided_by(room.campaign, room.cells, me) if room.is_open else []
    return _Turn(
        me,
        asked[:AT_ONCE],
        to_decide[:AT_ONCE],
        max(len(asked) - AT_ONCE, 0) + max(len(to_decide) - AT_ONCE, 0),
        [cell for cell in room.cells if me in cell.marks and cell not in asked],
    )


def _forms(turn: _Turn) -> dict[str, VietnameseForm]:
    """Chỗ ghi của từng ô, empty but for one's own mark."""
    return {
        **{cell.key: _answer_form(cell, turn.me) for cell in turn.asked},
        **{f"{cell.key}-d": _ruling_form(cell) for cell in turn.to_decide},
    }


def _answer_form(cell: DivergentCell, member_id: int) -> AnswerForm:
    form = AnswerForm(prefix=cell.key, formdata=None)
    form.points.data = typed_decimal(cell.marks[member_id])
    return form


def _ruling_form(cell: DivergentCell) -> RulingForm:
    return RulingForm(prefix=f"{cell.key}-d", formdata=None)


def _found(room: _Room, participation_id: int, criterion_id: int) -> DivergentCell:
    for cell in room.cells:
        if (cell.unit.id, cell.criterion.id) == (participation_id, criterion_id):
            return cell
    raise NotVisible


@divergence.post("/<int:participation_id>/<int:criterion_id>/answer")
@requires(Permission.SHEET_MARK)
def answer(campaign_id: int, participation_id: int, criterion_id: int) -> ResponseReturnValue:
    """Giữ hoặc đổi điểm của mình, with a sentence."""
    room = _room(campaign_id)
    sheet, cell = _held(room, participation_id, criterion_id)
    form = AnswerForm(prefix=cell.key)
    if form.validate():
        try:
            row = _answered(room.campaign, sheet, cell, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _done(campaign_id, "divergence.answer", actions.told_kept(row))
    return _page(_room(campaign_id), (cell.key, form))


def _held(
    room: _Room, participation_id: int, criterion_id: int
) -> tuple[ScoreSheet, DivergentCell]:
    """Phiếu của người xem, held until the transaction ends, and their cell as it is then."""
    if room.member is None:
        raise NotVisible
    cell = _found(room, participation_id, criterion_id)
    sheet = sheet_of(room.member.id, cell.unit.block_id, hold=True)
    cell = _found(_room(room.campaign.id), participation_id, criterion_id)  # as it is while held
    if sheet is None or room.member.id not in cell.marks:
        raise NotVisible
    return sheet, cell


def _answered(
    campaign: Campaign, sheet: ScoreSheet, cell: DivergentCell, form: AnswerForm
) -> DivergenceAnswer:
    """Ý kiến như đã ghi."""
    return actions.answer(
        campaign,
        sheet,
        cell,
        form.points.data or "",
        form.sentence.data or "",
        at=clock.now(),
    )


@divergence.post("/<int:participation_id>/<int:criterion_id>/decide")
@requires(Permission.SHEET_MARK)
def decide(campaign_id: int, participation_id: int, criterion_id: int) -> ResponseReturnValue:
    """Chủ tịch quyết định điểm của ô, hoặc để nguyên, with a reason."""
    room = _room(campaign_id)
    cell = _found(room, participation_id, criterion_id)
    if room.member is None or cell.decider != room.member.id:
        raise NotVisible
    form = RulingForm(prefix=f"{cell.key}-d")
    if form.validate():
        try:
            _decide(room.campaign, room.member, cell, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            return _done(campaign_id, "divergence.decide", "Đã ghi quyết định về ô chênh lệch.")
    return _page(_room(campaign_id), (f"{cell.key}-d", form))


def _decide(
    campaign: Campaign, member: CouncilMember, cell: DivergentCell, form: RulingForm
) -> None:
    """Quyết định như đã ghi."""
    actions.decide(
        campaign,
        member.id,
        cell,
        form.points.data or "",
        form.reason.data or "",
        at=clock.now(),
    )


def _done(campaign_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
