"""Awards: their catalogue, nominees and decisions."""

from decimal import Decimal
from typing import Any

from campaign.core.text import name_sort_key, search_key
from campaign.core.vote_rules import VoteRule, rule_to_data
from campaign.decision.models import Decision, DecisionLine
from campaign.enrolment.models import Participation
from campaign.honours.models import AwardType
from campaign.honours.rules import Level, Rounding, Subject
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.rules import Gate, NomineeState, Strictness
from campaign.planning.models import Campaign
from tests.build.base import NOW, TODAY, numbers, saved
from tests.build.people import user
from tests.build.plans import rule_set


def award_type(
    *, name: str | None = None, level: Level = Level.DEPARTMENT, **more: Any
) -> AwardType:
    """A form of award of the test's rule set: 0,3 base salaries, collectives twice."""
    number = next(numbers)
    return saved(
        AwardType(  # type: ignore[no-any-return]
            rule_set_code=rule_set().code,
            code=f"hinh-thuc-{number}",
            name=name or f"Giấy khen {number}",
            level=level,
            signatory="Giám đốc Sở",
            vote=rule_to_data(VoteRule()),
            **{"coefficient": Decimal("0.3"), **more},
        )
    )


def award_kind(
    of: Campaign,
    *,
    subject: Subject = Subject.COLLECTIVE,
    of_type: AwardType | None = None,
    **more: Any,
) -> AwardKind:
    """A kind of award of the campaign, no quota, every gate blocking."""
    chosen = of_type or award_type()
    return saved(
        AwardKind(  # type: ignore[no-any-return]
            campaign_id=of.id,
            form_id=chosen.id,
            subject=subject,
            vote=chosen.vote,
            gates={gate.value: Strictness.BLOCK.value for gate in Gate},
            **more,
        )
    )


def nominee(
    of_campaign: Campaign,
    *,
    of: Participation,
    kind: AwardKind,
    name: str | None = None,
    state: NomineeState = NomineeState.SIGNED,
    **more: Any,
) -> Nominee:
    """A nominee its head has signed for, but in a state that nobody signs in."""
    name = name or f"Nguyễn Thị {next(numbers)}"
    if state not in {NomineeState.DRAFT, NomineeState.BY_RANK}:
        more = {"signed_at": NOW, "signed_by_id": user().id} | more
    return saved(
        Nominee(  # type: ignore[no-any-return]
            campaign_id=of_campaign.id,
            participation_id=of.id,
            kind_id=kind.id,
            name=name,
            name_key=name_sort_key(name),
            search_key=search_key(name),
            state=state,
            achievements="Hoàn thành tốt nhiệm vụ",
            **more,
        )
    )


def decision(of: Campaign, **more: Any) -> Decision:
    """A draft of a decision."""
    return saved(
        Decision(
            campaign_id=of.id,
            planned_on=TODAY,
            rule_set_code=rule_set().code,
            base_salary=1_490_000,  # type: ignore[no-any-return]
            rounding=Rounding.CEIL_10000,
            **{"symbol": "QĐ-SCT", **more},
        )
    )


def decision_line(of: Decision, *, nominee: Nominee, kind: AwardKind, **more: Any) -> DecisionLine:
    """A line of a decision's list."""
    return saved(
        DecisionLine(  # type: ignore[no-any-return]
            decision_id=of.id,
            nominee_id=nominee.id,
            kind_id=kind.id,
            position=next(numbers),
            subject=kind.subject,
            name=nominee.name,
            search_key=nominee.search_key,
            amount=450_000,
            **{"form_name": "Giấy khen", "unit_name": "Đơn vị", **more},
        )
    )
