"""Quy tắc biểu quyết: which share of whom must agree, and how; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaign.core.labelled import Labelled
from campaign.core.majorities import majority_text


class Mode(Labelled):
    """Hình thức biểu quyết."""

    OPEN = "open", "biểu quyết công khai"
    SECRET = "secret", "bỏ phiếu kín"


class Base(Labelled):
    """Mẫu số của tỷ lệ."""

    TOTAL = "total", "tổng số thành viên"
    PRESENT = "present", "số thành viên có mặt"
    PRESENT_WRITTEN = "present_written", "số có mặt và gửi ý kiến bằng văn bản"


class Ordering(Labelled):
    """Thứ tự giữa các dòng đạt, where places are fewer."""

    SHARE = "share", "tỷ lệ đồng ý"
    COUNT = "count", "số phiếu đồng ý"


MINIMUM_PAPERS = 3
"""Số phiếu kín ít nhất để mở hòm, unless the rule says otherwise."""


PLURALITY = (1, 1000)
"""Tỷ lệ của lượt chỉ hỏi thứ tự: among lines that passed before, or units tied in the ranking."""
LEAST_PAPERS = 2
"""Of one paper the result is that paper: no rule may ask for fewer than two."""


@dataclass(frozen=True, slots=True)
class VoteRule:
    """Quy tắc biểu quyết: numerator/denominator of `base` must agree, at least so many or
    (`is_strict`) more.

    Two thirds is 2/3, seventy per cent 70/100: whole numbers, so that nothing is ever rounded
    before it is compared.
    `keeps_recused`: whether a member who may not vote on a line still counts in the base of that
    line.
    `ordering`: what decides between lines that pass where places are fewer; `minimum_papers`: fewer
    secret ones are never opened.
    """

    mode: Mode = Mode.OPEN
    base: Base = Base.TOTAL
    numerator: int = 70
    denominator: int = 100
    is_strict: bool = False
    keeps_recused: bool = False
    needs_chair: bool = False
    """Chủ tịch Hội đồng trong số đồng ý: the line passes only with the chair's consent."""
    chair_decides: bool = False
    """Ngang phiếu thì theo bên có Chủ tịch Hội đồng."""
    ordering: Ordering = Ordering.SHARE
    minimum_papers: int = MINIMUM_PAPERS

    @property
    def asks_order_only(self) -> bool:
        """Chỉ hỏi thứ tự: whom it names has passed already, so no consent is asked for again."""
        return (self.numerator, self.denominator) == PLURALITY

    @property
    def order_words(self) -> str:
        """Thứ tự và số phiếu ít nhất bằng lời."""
        order = f"nhiều dòng đạt hơn số suất thì xét theo {self.ordering.label}"
        return (
            order
            if self.mode is Mode.OPEN
            else f"{order}; dưới {self.minimum_papers} phiếu thì không mở hòm phiếu kín"
        )

    @property
    def full_words(self) -> str:
        """Quy tắc bằng lời, with what decides the order and how many papers it takes, as a plan
        says it.
        """
        return f"{self.words}; {self.order_words}"

    @property
    def words(self) -> str:
        """Quy tắc bằng lời: "từ 70 % tổng số thành viên trở lên, bỏ phiếu kín"."""
        share = f"{majority_text(self.numerator, self.denominator)} {self.base.label}"
        limit = f"quá {share}" if self.is_strict else f"từ {share} trở lên"
        recused = "tính cả" if self.keeps_recused else "không tính"
        chair = ", phải có Chủ tịch Hội đồng trong số đồng ý" if self.needs_chair else ""
        tie = ", ngang phiếu thì theo bên có Chủ tịch Hội đồng" if self.chair_decides else ""
        return (
            f"{limit}, {self.mode.label}, {recused} thành viên không được biểu quyết dòng "
            f"đó{chair}{tie}"
        )


def rule_problem(rule: VoteRule) -> str | None:
    """Quy tắc phải có nghĩa: a share above nothing and at most the whole."""
    if rule.denominator < 1 or not 0 < rule.numerator <= rule.denominator:
        return "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."
    if rule.is_strict and rule.numerator == rule.denominator:
        return "Không thể có quá toàn bộ số phiếu; hãy bỏ chữ “quá”."
    if rule.mode is Mode.SECRET and (rule.needs_chair or rule.chair_decides):
        return (
            "Bỏ phiếu kín thì không biết Chủ tịch Hội đồng chọn gì; hãy chọn biểu quyết công khai."
        )
    is_half = 2 * rule.numerator == rule.denominator
    if rule.chair_decides and not (is_half or rule.asks_order_only):
        return "Chỉ theo bên có Chủ tịch Hội đồng khi tỷ lệ là 1/2: chỉ khi đó mới có ngang phiếu."
    if rule.minimum_papers < LEAST_PAPERS:
        return (
            f"Số phiếu kín ít nhất phải từ {LEAST_PAPERS} trở lên: một phiếu thì kết quả chính "
            "là phiếu đó."
        )
    return None


def rule_to_data(rule: VoteRule) -> dict[str, Any]:
    """Dạng lưu trữ của quy tắc."""
    return {
        "mode": rule.mode.value,
        "base": rule.base.value,
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "is_strict": rule.is_strict,
        "needs_chair": rule.needs_chair,
        "chair_decides": rule.chair_decides,
        "keeps_recused": rule.keeps_recused,
        "ordering": rule.ordering.value,
        "minimum_papers": rule.minimum_papers,
    }


def rule_from_data(data: Mapping[str, Any]) -> VoteRule:
    """Đọc quy tắc as stored; rules of before say neither order nor minimum."""
    return VoteRule(
        Mode(data["mode"]),
        Base(data["base"]),
        int(data["numerator"]),
        int(data["denominator"]),
        bool(data["is_strict"]),
        bool(data["keeps_recused"]),
        needs_chair=bool(data.get("needs_chair")),
        chair_decides=bool(data.get("chair_decides")),
        ordering=Ordering(data.get("ordering", Ordering.SHARE)),
        minimum_papers=int(data.get("minimum_papers", MINIMUM_PAPERS)),
    )
