"""Diễn tập, quyết định: drafted, signed and corrected, under invented numbers."""

from datetime import date

from campaign.decision import actions as deciding
from campaign.decision import amending
from campaign.decision import queries as decisions
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


def decide(cast: Cast, campaign: Campaign) -> None:
    """Quyết định, signed on 13/05/2021 under an invented number; the province's go upwards."""
    by = cast.secretary
    with act("decision.draft", by, campaign):
        decision = deciding.draft_decision(campaign, on=SIGNING_DAY)
        deciding.edit_decision(
            campaign,
            decision,
            {
                "signer_form": SignerForm.SELF,
                "signer_job": "Giám đốc",
                "signer_name": DIRECTOR.full_name,
            },
        )
    director = cast.users[DIRECTOR.user_name]
    with act("decision.sign", director, campaign):
        signing.sign(
            campaign,
            decision,
            number="00",
            signed_on=SIGNING_DAY,
            today=SIGNING_DAY,
            at=moment(SIGNING_DAY, 9),
            by=director,
            scan=None,
        )
    with act("award.upward", by, campaign):
        upwards.send_upwards(
            campaign,
            upward_requests.waiting_upward(campaign.id),
            letter=f"00/TTr-SCT {MADE_UP}",
            on=SIGNING_DAY,
        )
    db.session.expire_all()


def correct(cast: Cast, campaign: Campaign) -> None:
    """Quyết định điều chỉnh: one person's job had been written wrongly; signed the day after."""
    by, (old, *_) = cast.secretary, decisions.decisions(campaign.id)
    line = next(row for row in decisions.lines_of(old.id) if row.subject is Subject.INDIVIDUAL)
    with act("decision.amend", by, campaign):
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
    director = cast.users[DIRECTOR.user_name]
    db.session.refresh(director, ["grants"])
    with act("decision.sign", director, campaign):
        signing.sign(
            campaign,
            made,
            number="01",
            signed_on=CORRECTING_DAY,
            today=CORRECTING_DAY,
            at=moment(CORRECTING_DAY, 9),
            by=director,
            scan=None,
        )
    db.session.expire_all()
