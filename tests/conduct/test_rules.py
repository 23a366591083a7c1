"""From step to step: what may be done where, and how units that hold a step up are named."""

import pytest

from campaign.conduct.rules import Step, named_with_reasons, steps_from, target_of
from campaign.core.errors import RuleViolation
from campaign.planning.rules import Phase


@pytest.mark.parametrize(
    ("phase", "steps"),
    [
        (Phase.DRAFT, (Step.LAUNCH,)),
        (Phase.LAUNCHED, (Step.OPEN_REPORTING, Step.BACK)),
        (Phase.REPORTING, (Step.START_VERIFYING, Step.BACK)),
        (Phase.VERIFYING, (Step.OPEN_SCORING, Step.BACK)),
        (Phase.SCORING, (Step.CLOSE_SCORING, Step.BACK)),
        (Phase.MEETING, (Step.DECIDE, Step.BACK)),
        (Phase.DECIDING, (Step.PUBLISH, Step.BACK)),
        (Phase.PUBLISHED, ()),
    ],
)
def test_each_step_leads_on_or_one_back_and_what_is_published_stays(phase, steps):
    assert steps_from(phase) == steps


def test_a_step_leads_to_the_next_phase_or_the_one_before():
    assert target_of(Phase.DRAFT, Step.LAUNCH) == Phase.LAUNCHED
    assert target_of(Phase.MEETING, Step.BACK) == Phase.SCORING


def test_a_step_that_is_not_offered_is_refused_by_its_name():
    with pytest.raises(RuleViolation) as refusal:
        target_of(Phase.DRAFT, Step.CLOSE_SCORING)
    assert (str(refusal.value), refusal.value.field) == (
        "Phong trào đang ở bước “Dự thảo” nên không “đóng chấm điểm” được.",
        None,
    )


def test_units_are_named_with_their_reasons_and_of_many_the_first_twenty():
    units = [(f"Sở {number}", "chưa nộp") for number in range(1, 24)]
    assert named_with_reasons(units[:2]) == "Sở 1 (chưa nộp); Sở 2 (chưa nộp)"
    twenty = "; ".join(f"Sở {number} (chưa nộp)" for number in range(1, 21))
    assert named_with_reasons(units[:20]) == twenty
    assert named_with_reasons(units) == f"{twenty}; và 3 đơn vị nữa"
