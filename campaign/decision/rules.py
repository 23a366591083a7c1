"""Quyết định: its states, notice, official order, and what a correction says; pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.core.amounts import dong
from campaign.core.labelled import Labelled
from campaign.core.listing import listing
from campaign.honours.rules import Subject


class DecisionState(Labelled):
    """Trạng thái của quyết định."""

    DRAFT = "draft", "dự thảo"
    POSTED = "posted", "đang lấy ý kiến"
    SIGNED = "signed", "đã ký"


class DecisionKind(Labelled):
    """Loại quyết định."""

    AWARD = "award", "khen thưởng"
    CORRECTION = "correction", "điều chỉnh"
    REVOCATION = "revocation", "thu hồi"


class SignerForm(Labelled):
    """Thể thức ký."""

    SELF = "self", "Giám đốc ký"
    ON_BEHALF = "kt", "KT. (ký thay)"
    BY_ORDER = "tl", "TL. (thừa lệnh)"
    DELEGATED = "tuq", "TUQ. (thừa uỷ quyền)"


class Signature(Labelled):
    """Căn cứ ghi việc ký: whose word it is that the decision was signed."""

    SIGNER = "signer", "do lãnh đạo ghi"
    SCAN = "scan", "ghi theo bản chụp quyết định đã ký"


class Order(Labelled):
    """Thứ tự cá nhân trong danh sách."""

    RANK = "rank", "theo thứ hạng của đơn vị"
    NAME = "name", "theo tên"


class ObjectionState(Labelled):
    """Kết quả giải quyết ý kiến."""

    OPEN = "open", "chưa trả lời"
    KEPT = "kept", "giữ nguyên"
    SENT_BACK = "sent_back", "đưa lại Hội đồng"


class Answer(Labelled):
    """Trả lời của cấp trên."""

    GRANTED = "granted", "đã khen thưởng"
    REFUSED = "refused", "không khen thưởng"


def signature(*, by_signers_side: bool, has_scan: bool) -> Signature | None:
    """Căn cứ ghi việc ký: the word of the signer's side, else the scan; None without either."""
    if by_signers_side:
        return Signature.SIGNER
    return Signature.SCAN if has_scan else None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Những gì một dòng của danh sách ghi, as far as a later decision may put it right."""

    name: str
    job: str
    unit: str
    award_type: str
    amount: int


MONEY = "tiền thưởng"


@dataclass(frozen=True, slots=True)
class Correction:
    """Nội dung điều chỉnh: one fact of a line, as it was written and as it is now."""

    fact: str
    before: str
    after: str

    @property
    def is_money(self) -> bool:
        """Whether it is the money that changes."""
        return self.fact == MONEY

    @property
    def words(self) -> str:
        """Điều chỉnh bằng lời: “… nay sửa thành …”."""
        if not self.before:
            return f"{self.fact}: bổ sung “{self.after}”"
        if not self.after:
            return f"{self.fact}: bỏ “{self.before}”"
        return f"{self.fact}: “{self.before}” nay sửa thành “{self.after}”"


def corrections(before: LineFacts, after: LineFacts) -> tuple[Correction, ...]:
    """Những điểm điều chỉnh of a line; none where it says what it said; money only if changed."""
    facts = (
        ("tên", before.name, after.name),
        ("chức vụ", before.job, after.job),
        ("đơn vị", before.unit, after.unit),
        ("hình thức", before.award_type, after.award_type),
    )
    changed = [Correction(fact, was, now) for fact, was, now in facts if was != now]
    if before.amount != after.amount:
        amounts = (
            f"{dong(amount)} đồng" if amount else "" for amount in (before.amount, after.amount)
        )
        changed.append(Correction(MONEY, *amounts))
    return tuple(changed)


NAMED = 3
"""So many are named where a decision says what it is about; of more, how many there are."""


def about_whom(
    collectives: Sequence[str], people: Sequence[str], households: Sequence[str] = ()
) -> str:
    """Quyết định nói về ai: by name, or of many how many."""
    if len(collectives) + len(people) + len(households) <= NAMED:
        return ", ".join([*collectives, *households, *people])
    kinds = (
        (collectives, Subject.COLLECTIVE),
        (households, Subject.HOUSEHOLD),
        (people, Subject.INDIVIDUAL),
    )
    return listing([f"{len(names):02d} {subject.label}" for names, subject in kinds if names])


def notice_ends(
    starts_on: date, days: int, *, working: bool, holidays: Collection[date] = ()
) -> date:
    """Ngày cuối lấy ý kiến: `days` full days after the day of posting; working days leave out
    week-ends and holidays.
    """
    day, left = starts_on, days
    while left > 0:
        day += timedelta(days=1)
        if not working or (day.weekday() < 5 and day not in holidays):  # noqa: PLR2004 - Saturday is five
            left -= 1
    return day


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """Dòng trong danh sách kèm quyết định, for its order."""

    id: int
    subject: Subject
    rank: int | None
    name_key: str


def official_order(rows: Sequence[DecisionEntry], order: Order) -> list[int]:
    """Thứ tự chính thức: collectives by rank; then people, by the rank of their unit or by name."""

    def key(row: DecisionEntry) -> tuple[int, bool, int, str, int]:
        by_rank = row.subject is not Subject.INDIVIDUAL or order is Order.RANK
        rank = row.rank if by_rank else None
        kind = list(Subject).index(row.subject)
        return (kind, rank is None, rank or 0, row.name_key, row.id)

    return [row.id for row in sorted(rows, key=key)]
