"""Diễn tập, quyết định: drafted, signed and corrected, under invented numbers."""

from datetime import date

from campaign.accounts.models import User
from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, SignerForm
from campaign.decision.signing import actions as signing
from campaign.decision.upward import actions as upwards
from campaign.decision.upward import queries as upward_requests
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.people import DIRECTOR
from campaign.demo.content.words import MADE_UP
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.planning.models import Campaign

SIGNING_DAY = date(2021, 5, 13)
CORRECTING_DAY = date(2021, 5, 14)
_SIGNER = {
    "signer_form": SignerForm.SELF,
    "signer_job": "Giám đốc",
    "signer_name": DIRECTOR.full_name,
}


def decide(cast: Cast, campaign: Campaign) -> None:
    """Quyết định, signed on 13/05/2021 under an invented number; the province's go upwards."""
    by = cast.secretary
    with act("decision.draft", by, campaign):
        decision = deciding.draft_decision(campaign, on=SIGNING_DAY)
        deciding.edit_decision(campaign, decision, _SIGNER)
    _sign(cast.users[DIRECTOR.user_name], campaign, decision, "00", SIGNING_DAY)
    with act("award.upward", by, campaign):
        upwards.send_upwards(
            campaign,
            upward_requests.waiting_upward(campaign.id),
            letter=f"00/TTr-SCT {MADE_UP}",
            on=SIGNING_DAY,
        )
    db.session.expire_all()


def _sign(director: User, campaign: Campaign, decision: Decision, number: str, day: date) -> None:
    with act("decision.sign", director, campaign):
        signing.sign(
            campaign,
            decision,
            number=number,
            signed_on=day,
            today=day,
            at=moment(day, 9),
            by=director,
            scan=None,
        )


def correct(cast: Cast, campaign: Campaign) -> None:
    """Quyết định điều chỉnh: one person's job had been written wrongly; signed the day after."""
    by, (old, *_) = cast.secretary, decisions.decisions(campaign.id)
    line = next(row for row in decisions.lines_of(old.id) if row.subject is Subject.INDIVIDUAL)
    with act("decision.amend", by, campaign):
        made = _amended(campaign, old, line)
    director = cast.users[DIRECTOR.user_name]
    db.session.refresh(director, ["grants"])
    _sign(director, campaign, made, "01", CORRECTING_DAY)
    db.session.expire_all()


def _amended(campaign: Campaign, old: Decision, line: DecisionLine) -> Decision:
    made = amending.amend(
        campaign,
        old,
        DecisionKind.CORRECTION,
        [line.nominee_id],
        reason=f"Danh sách ghi chưa đúng chức vụ {MADE_UP}",
        on=CORRECTING_DAY,
    )
    amending.correct_line(
        made,
        line.nominee_id,
        name=line.name,
        honorific=line.honorific,
        job=f"Chuyên viên chính {MADE_UP}",
    )
    return made
