"""Bỏ phiếu: quorum, thresholds and outcomes, all by whole numbers (design decision 16)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line
from campaign.core.vote_rules import Ordering, VoteRule


class BallotState(Labelled):
    """Trạng thái lượt biểu quyết."""

    PREPARED = "prepared", "Chưa mở"
    OPEN = "open", "Đang bỏ phiếu"
    CLOSED = "closed", "Đã kiểm phiếu"


class BallotType(Labelled):
    """Kiểu phiếu."""

    APPROVE = "approve", "đồng ý hoặc không đồng ý từng dòng"
    CHOOSE = "choose", "chọn trong danh sách"


class Choice(Labelled):
    """Lựa chọn trên một dòng."""

    YES = "yes", "Đồng ý"
    NO = "no", "Không đồng ý"
    BLANK = "blank", "Để trống"


class Outcome(Labelled):
    """Kết quả một dòng."""

    ELECTED = "elected", "được thông qua"
    NOT_ELECTED = "not_elected", "không được thông qua"
    TIED = "tied", "bằng phiếu, phải bỏ phiếu lại"
    NO_RESULT = "no_result", "không có kết quả"


RANK_OUTCOMES = {Outcome.ELECTED: "xếp trên", Outcome.NOT_ELECTED: "xếp sau"}
"""Kết quả của lượt phân định đồng hạng."""


CHOOSING = {Choice.YES: "Chọn", Choice.NO: "Không chọn", Choice.BLANK: "Phiếu trắng"}
"""Các dấu trên phiếu chọn, which asks for no consent."""


_TITLE = re.compile(r"(?:ông|bà)\s+", re.IGNORECASE)


def name_on(label: str) -> str:
    """Tên trên một dòng: without Ông or Bà before it."""
    line = one_line(label)
    return line[title.end() :] if (title := _TITLE.match(line)) else line


@dataclass(frozen=True, slots=True)
class Namesake:
    """Trùng tên: a member who may be the person of a line; `is_exact`: only the unit differs."""

    line_id: int
    member_id: int
    label: str
    full_name: str
    is_exact: bool

    @property
    def words(self) -> str:
        """Điều phải hỏi, as a sentence."""
        how = "trùng họ tên" if self.is_exact else "chỉ khác dấu"
        return (
            f"Thành viên {self.full_name} và “{self.label}” {how}, đơn vị khác nhau. "
            "Có phải một người không?"
        )


def reaches(votes: int, base: int, rule: VoteRule) -> bool:
    """Đạt tỷ lệ: votes × denominator against numerator × base; nothing reaches of nothing."""
    if votes <= 0 or base <= 0:
        return False
    left, right = votes * rule.denominator, rule.numerator * base
    return left > right if rule.is_strict else left >= right


def percent(votes: int, base: int) -> Decimal | None:
    """Tỷ lệ để đọc, two decimals; None of nothing. Never used to decide."""
    if base <= 0:
        return None
    return (Decimal(votes) * 100 / base).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Count:
    """Kiểm phiếu một dòng: papers issued, given back, and what stands on them."""

    line_id: int
    issued: int
    returned: int
    yes: int
    no: int
    base: int
    chair: Choice | None = None
    """Chủ tịch Hội đồng chọn gì, where the rule asks; None where the chair may not vote on it."""

    def weight(self, ordering: Ordering) -> Fraction:
        """Cái quyết định thứ tự: the share of the line's own base, or the bare number of votes."""
        return (
            Fraction(self.yes, self.base)
            if ordering is Ordering.SHARE and self.base > 0
            else Fraction(self.yes)
        )

    @property
    def valid(self) -> int:
        """Phiếu hợp lệ."""
        return self.yes + self.no

    @property
    def invalid(self) -> int:
        """Phiếu không hợp lệ: given back blank."""
        return self.returned - self.valid


def is_tie(count: Count) -> bool:
    """Ngang phiếu: as many for as against, and nobody of the base is missing."""
    return count.yes == count.no and 2 * count.yes >= count.base > 0


def passes(count: Count, rule: VoteRule) -> bool:
    """Được thông qua: by the share; with the chair among those in favour, and a tie by the chair's
    side, as the rule wants it. Where only the order is asked for, one vote is enough.
    """
    if rule.asks_order_only:
        return reaches(count.yes, count.base, rule)
    if rule.chair_decides and is_tie(count) and count.chair is not None:
        return count.chair is Choice.YES
    has_chair = not rule.needs_chair or count.chair in {None, Choice.YES}
    return has_chair and reaches(count.yes, count.base, rule)


def chair_words(count: Count, rule: VoteRule) -> str:
    """Phần của Chủ tịch Hội đồng bằng lời; nothing where the rule does not ask."""
    if rule.chair_decides and is_tie(count) and count.chair is not None:
        return (
            "; ngang phiếu, theo bên có Chủ tịch Hội đồng: "
            f"{'đạt' if count.chair is Choice.YES else 'không đạt'}"
        )
    if not rule.needs_chair:
        return ""
    if count.chair is None:
        return "; Chủ tịch Hội đồng không được biểu quyết dòng này"
    return (
        "; có Chủ tịch Hội đồng"
        if count.chair is Choice.YES
        else "; Chủ tịch Hội đồng không đồng ý: không đạt"
    )


def outcomes(
    counts: Sequence[Count], rule: VoteRule, places: int | None = None
) -> dict[int, Outcome]:
    """Kết quả từng dòng: who reaches the threshold, and among them, where places are fewer, who has
    the greater share (or
    the more votes, as the rule says).

    Lines equal at the last place are tied: they are voted again, never separated by chance. Where
    only the order is asked for and the chair has the casting vote, the chair's choice takes the
    places that are left.
    """
    decided = {row.line_id: _by_threshold(row, rule) for row in counts}
    passed = [row for row in counts if decided[row.line_id] is Outcome.ELECTED]
    if places is None or len(passed) <= places:
        return decided
    return decided | _among_places(passed, places, rule)


def _by_threshold(count: Count, rule: VoteRule) -> Outcome:
    """Kết quả của một dòng by itself."""
    if count.valid <= 0 or count.base <= 0:
        return Outcome.NO_RESULT
    return Outcome.ELECTED if passes(count, rule) else Outcome.NOT_ELECTED


def _among_places(passed: Sequence[Count], places: int, rule: VoteRule) -> dict[int, Outcome]:
    """Ai được suất: of more lines than places, those that weigh more than the first left out; equal
    ones are tied.
    """
    if places <= 0:
        return {row.line_id: Outcome.NOT_ELECTED for row in passed}
    weights = {row.line_id: row.weight(rule.ordering) for row in passed}
    in_order = sorted(weights.values(), reverse=True)
    last, first_out = in_order[places - 1], in_order[places]
    equal = [row for row in passed if weights[row.line_id] == last == first_out]
    decided = {
        line: Outcome.ELECTED if weight >= last else Outcome.NOT_ELECTED
        for line, weight in weights.items()
    }
    free = places - sum(weight > last for weight in in_order)
    tied = {row.line_id: Outcome.TIED for row in equal}
    return decided | tied | _by_the_chair(equal, free, rule)


def _by_the_chair(equal: Sequence[Count], free: int, rule: VoteRule) -> dict[int, Outcome]:
    """Ngang phiếu theo Chủ tịch Hội đồng: whom of those equal the chair chose, if just as many as
    places are left.
    """
    chosen = {row.line_id for row in equal if row.chair is Choice.YES}
    if not (rule.asks_order_only and rule.chair_decides) or len(chosen) != free:
        return {}
    return {
        row.line_id: Outcome.ELECTED if row.line_id in chosen else Outcome.NOT_ELECTED
        for row in equal
    }


def count_line(
    line_id: int, *, choices: Sequence[Choice], issued: int, base: int, chair: Choice | None = None
) -> Count:
    """Kiểm phiếu of one line from what stands on its papers, in no order."""
    return Count(
        line_id,
        issued,
        len(choices),
        sum(choice is Choice.YES for choice in choices),
        sum(choice is Choice.NO for choice in choices),
        base,
        chair,
    )


def told_apart(before: Collection[int], now: Collection[int], minimum: int) -> frozenset[int]:
    """Ai bị lộ khi lấy hai kết quả trừ đi nhau: who voted only once, where they are too few."""
    differing = frozenset(before) ^ frozenset(now)
    return differing if len(differing) < minimum else frozenset()


def secrecy_warnings(voters: int) -> tuple[str, ...]:
    """Cảnh báo trước khi mở phiếu kín: when the numbers themselves would tell who voted what."""
    if voters <= 1:
        return (
            "Chỉ có một người bỏ phiếu: kết quả chính là lựa chọn của người đó, không còn là "
            "phiếu kín.",
        )
    warnings = [
        "Nếu mọi phiếu giống nhau thì ai cũng biết mọi người đã chọn gì; không cách nào tránh được."
    ]
    if voters <= 3:  # noqa: PLR2004 - with three, two who talk know the third
        warnings.append(
            f"Chỉ có {voters} người bỏ phiếu: người này có thể suy ra lựa chọn của người kia."
        )
    return tuple(warnings)


def share_words(yes: int, base: int, rule: VoteRule) -> str:
    """Phép thử bằng lời: "7 × 100 = 700 ≥ 70 × 9 = 630: đạt"."""
    left, right = yes * rule.denominator, rule.numerator * base
    sign = ">" if rule.is_strict else "≥"
    is_reached = reaches(yes, base, rule)
    shown = sign if is_reached else ("≤" if rule.is_strict else "<")
    return (
        f"{yes} × {rule.denominator} = {format_decimal(Decimal(left))} {shown} "
        f"{rule.numerator} × {base} = {format_decimal(Decimal(right))}: "
        f"{'đạt' if is_reached else 'không đạt'}"
    )
