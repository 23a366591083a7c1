"""Good examples."""

from typing import Any

from campaign.accounts.models import User
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import State, Step, Subject
from tests.build.base import NOW, TODAY, numbers, saved


def exemplar(of: Participation, *, by: User, step: Step = Step.FOUND, **more: Any) -> Exemplar:
    """A registered collective with the facts of all four steps."""
    values: dict[str, Any] = {
        "subject": Subject.COLLECTIVE,
        "name": f"Tổ {next(numbers)}",
        "reason": "Vượt kế hoạch",
        "found_by": "Đoàn kiểm tra",
        "found_on": TODAY,
        "helper": "Phòng Tổng hợp",
        "measures": "Hướng dẫn tại chỗ",
        "help_until": TODAY,
        "result": "Tăng 10 %",
        "summary": "Cách làm rõ",
        "spread": "Hội nghị chuyên đề",
        "step": step,
        "state": State.REGISTERED,
        "proposed_at": NOW,
        "proposed_by_id": by.id,
        "decided_at": NOW,
        "decided_by_id": by.id,
        "moved_at": NOW,
        **more,
    }
    return saved(Exemplar(participation_id=of.id, **values))  # type: ignore[no-any-return]
