"""Bảng khen thưởng của báo cáo tổng kết: counted by form, for whom, workers and women; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from campaign.accounts.rules import WOMAN
from campaign.exemplars.rules import Step
from campaign.exemplars.rules import Subject as Example
from campaign.honours.rules import Subject


@dataclass(frozen=True, slots=True)
class Awarded:
    """Một lượt khen thưởng: its form, for whom, how a person is addressed, a leader or not."""

    form: str
    subject: Subject
    honorific: str
    is_leader: bool
    block: str = ""


@dataclass(slots=True)
class Tally:
    """Số lượt khen thưởng."""

    collectives: int = 0
    households: int = 0
    people: int = 0
    workers: int = 0
    """Người trực tiếp lao động: no leader."""
    women: int = 0
    unaddressed: int = 0
    """Người chưa ghi Ông, Bà, so that nobody knows whether they are women."""

    @property
    def total(self) -> int:
        """Tập thể, hộ và cá nhân cùng nhau."""
        return self.collectives + self.households + self.people

    def add(self, award: Awarded) -> None:
        """Đếm thêm một lượt."""
        is_person = award.subject is Subject.INDIVIDUAL
        self.collectives += award.subject is Subject.COLLECTIVE
        self.households += award.subject is Subject.HOUSEHOLD
        self.people += is_person
        self.workers += is_person and not award.is_leader
        self.women += is_person and award.honorific == WOMAN
        self.unaddressed += is_person and not award.honorific


def tallied(awards: Iterable[Awarded]) -> dict[str, Tally]:
    """Số lượt theo hình thức, in the order in which the forms come."""
    by_form: dict[str, Tally] = {}
    for award in awards:
        by_form.setdefault(award.form, Tally()).add(award)
    return by_form


def summed(tallies: Iterable[Tally]) -> Tally:
    """Cộng các hình thức."""
    whole = Tally()
    for tally in tallies:
        for part in fields(Tally):
            setattr(whole, part.name, getattr(whole, part.name) + getattr(tally, part.name))
    return whole


def women_words(whole: Tally) -> str:
    """Ghi chú về số nữ, where somebody is addressed neither as Ông nor as Bà."""
    if not whole.unaddressed:
        return ""
    return (
        f"Số nữ đếm theo cách ghi Bà trong quyết định; {whole.unaddressed} người chưa ghi Ông, Bà "
        "nên chưa tính được."
    )


def examples_words(
    subjects: Mapping[Example, int], steps: Mapping[Step, int], followers: int
) -> str:
    """Điển hình tiên tiến bằng một câu: by subject, by the step reached, and who follows."""
    by_subject = ", ".join(f"{subjects[of]} {of.label}" for of in Example if subjects.get(of))
    by_step = ", ".join(f"{steps[at]} {at.label.lower()}" for at in Step if steps.get(at))
    followed = (
        f"{followers} đơn vị xác nhận đã học theo" if followers else "chưa có đơn vị nào học theo"
    )
    return (
        f"Đã đăng ký {sum(subjects.values())} điển hình ({by_subject}); đến nay ở bước: {by_step}; "
        f"{followed}."
    )
