"""Đề nghị khen thưởng: gates, quotas, proposing by rank, and who competes at the line; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.numbers import NumberError, parse_decimal
from campaign.core.text import Likeness, likeness, shortened
from campaign.honours.rules import Subject

_PARTS_OF_A_FRACTION, _GREATEST_PART = 2, Decimal(9999)

BY_RANK = "Đề nghị theo xếp hạng đã chốt của khối."
"""Thành tích ghi sẵn of a unit that is added for its rank alone; it tells no rank, for whoever
reads it
may not know that yet.
"""


SENT_BACK = "đưa lại Hội đồng sau ý kiến: "
"""Nguyên nhân written with the change of a nominee whom an objection sends back to the Council;
nobody types it.
"""


class Gate(Labelled):
    """Điều kiện trước khi đề xuất (design decision 20)."""

    TOOK_PART = "took_part", "tham gia phong trào"
    REPORTED = "reported", "có báo cáo cuối kỳ đã thẩm định"
    DISCIPLINE = "discipline", "không bị kỷ luật trong kỳ"
    COMPLAINT = "complaint", "không có khiếu nại đang giải quyết"
    DUPLICATE = "duplicate", "chưa được khen cho cùng thành tích"


def merit(achievements: str, *, is_by_rank: bool) -> str:
    """Tóm tắt thành tích for the Council; it tells no rank where somebody stands there for that
    alone.
    """
    return BY_RANK if is_by_rank else shortened(achievements)


class Strictness(Labelled):
    """Mức áp dụng của một điều kiện."""

    BLOCK = "block", "chặn"
    WARN = "warn", "cảnh báo"
    OFF = "off", "không xét"


def standards(gates: Mapping[str, str]) -> str:
    """Tiêu chuẩn xét in words: the gates of a kind that are looked at, as it stores them."""
    return "; ".join(
        gate.label
        for gate in Gate
        if gates.get(gate.value, Strictness.OFF.value) != Strictness.OFF.value
    )


class Verdict(Labelled):
    """Kết quả xét một điều kiện."""

    PASSED = "passed", "đạt"
    WARNED = "warned", "cảnh báo"
    BLOCKED = "blocked", "không đạt"


class NomineeState(Labelled):
    """Trạng thái của một đề nghị."""

    DRAFT = "draft", "đang soạn"
    SIGNED = "signed", "thủ trưởng đã ký"
    BY_RANK = "by_rank", "Thường trực lập theo xếp hạng"
    PROPOSED = "proposed", "đề xuất Hội đồng"
    LEFT_OUT = "left_out", "không đề xuất"


def parse_fraction(text: str) -> tuple[int, int]:
    """Đọc phân số "1/3": two whole numbers, no more than the whole."""
    try:
        numbers = [int(_part(part)) for part in text.split("/")]
    except NumberError:
        numbers = []
    if len(numbers) != _PARTS_OF_A_FRACTION or not 0 < numbers[1] >= numbers[0]:
        refuse("Hãy ghi phân số từ 0 đến 1, ví dụ 1/3.")
    return numbers[0], numbers[1]


def _part(typed: str) -> Decimal:
    return parse_decimal(typed, decimals=0, minimum=Decimal(0), maximum=_GREATEST_PART)


def places(
    *,
    count: int | None,
    percent: int | None,
    population: int,
    fraction: tuple[int, int] | None = None,
    rounds_half_up: bool = False,
) -> int | None:
    """Chỉ tiêu khen thưởng: a number, or a share of `population`, rounded down or from a half
    upwards; None where nothing limits it.
    """
    if fraction is not None:
        exact = Fraction(*fraction) * population
        return floor(exact + Fraction(1, 2)) if rounds_half_up else floor(exact)
    if percent is not None and rounds_half_up:
        return (population * percent + 50) // 100
    if count is not None:
        return count
    if percent is not None:
        return population * percent // 100
    return None


def expected_awards(panels: Iterable[tuple[int, int | None]]) -> int:
    """Số có thể được khen of a kind: what each block proposes, as far as the block's own quota goes
    (a tie fills no more).
    """
    return sum(proposed if limit is None else min(proposed, limit) for proposed, limit in panels)


def too_many_leaders(leaders: int, total: int, limit_percent: int | None) -> bool:
    """Quá tỷ lệ lãnh đạo: whole numbers, so that exactly the limit is allowed."""
    return limit_percent is not None and total > 0 and leaders * 100 > limit_percent * total


@dataclass(frozen=True, slots=True)
class GateResult:
    """Kết quả một điều kiện: which, how it went and why."""

    gate: Gate
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """Những gì biết về một đề nghị, for its gates."""

    took_part: bool
    reported: bool
    discipline: str = ""
    complaint: str = ""
    duplicates: tuple[str, ...] = ()
    resembling: tuple[str, ...] = ()
    """Có thể trùng: a name that differs in its tones alone; it warns and never blocks."""


@dataclass(frozen=True, slots=True)
class Person:
    """Người được đề nghị, as far as they can be told from others."""

    name: str
    birth_year: int | None
    unit_id: int


def sameness(first: Person, second: Person) -> Likeness:
    """Một người hay hai: the name with its tones, and the birth year where known, else the unit."""
    has_years = first.birth_year is not None and second.birth_year is not None
    if has_years and first.birth_year != second.birth_year:
        return Likeness.OTHER
    if not has_years and first.unit_id != second.unit_id:
        return Likeness.OTHER
    return likeness(first.name, second.name)


def gates(facts: NomineeFacts, how: Mapping[Gate, Strictness]) -> tuple[GateResult, ...]:
    """Xét điều kiện: each gate passed, warned or blocked, and by what."""
    failures = {
        Gate.TOOK_PART: "" if facts.took_part else "Đơn vị chưa được xác nhận tham gia.",
        Gate.REPORTED: "" if facts.reported else "Báo cáo cuối kỳ chưa thẩm định xong.",
        Gate.DISCIPLINE: facts.discipline,
        Gate.COMPLAINT: facts.complaint,
        Gate.DUPLICATE: "; ".join(facts.duplicates),
    }
    strict = {gate: how.get(gate, Strictness.BLOCK) for gate in Gate}
    return tuple(
        _checked(gate, strictness, failures[gate], facts.resembling)
        for gate, strictness in strict.items()
        if strictness is not Strictness.OFF
    )


def _checked(
    gate: Gate, strictness: Strictness, failure: str, resembling: Sequence[str]
) -> GateResult:
    """Một điều kiện: passed unless something failed; a name that resembles another warns."""
    if failure:
        verdict = Verdict.BLOCKED if strictness is Strictness.BLOCK else Verdict.WARNED
        return GateResult(gate, verdict, failure)
    if gate is Gate.DUPLICATE and resembling:
        return GateResult(gate, Verdict.WARNED, "; ".join(resembling))
    return GateResult(gate, Verdict.PASSED)


def is_blocked(checked: Collection[GateResult]) -> bool:
    """Có điều kiện chặn."""
    return any(result.verdict is Verdict.BLOCKED for result in checked)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ứng viên để đề xuất tự động: the rank of its unit in the frozen ranking."""

    id: int
    rank: int | None
    is_blocked: bool = False
    is_leader: bool = False
    goes_first: bool = False
    """Nữ, hoặc tập thể có từ 70 % là nữ."""


WOMEN_PERCENT = 70


def goes_first(subject: Subject, honorific: str, women: int | None, members: int | None) -> bool:
    """Xếp trước khi ngang nhau (NĐ 152/2025 Đ.4 kh.6): a woman, or a collective with at least 70 %
    women.
    """
    if subject is Subject.COLLECTIVE:
        return bool(members and (women or 0) * 100 >= WOMEN_PERCENT * members)
    return honorific == "Bà"


@dataclass(frozen=True, slots=True)
class Pick:
    """Kết quả đề xuất tự động cho một ứng viên, with the reason."""

    id: int
    is_proposed: bool
    reason: str
    is_tied: bool = False


def propose(
    candidates: Sequence[Candidate], limit: int | None, women_source: str | None = None
) -> list[Pick]:
    """Đề xuất tự động: in the order of the frozen ranking, as far as the quota goes.

    Whoever shares the last rank inside the quota with somebody outside it is proposed too and
    marked: a tie there is the Council's to break. Where the rule set puts women first among
    equals (`women_source` is its article), they are taken before the others of that rank.
    """
    able = [row for row in candidates if row.rank is not None and not row.is_blocked]
    order = sorted(able, key=lambda candidate: (candidate.rank or 0, candidate.id))
    at_line = _at_line(order, limit, women_source)
    picks = [at_line.get(row.id) or _by_place(row, place, limit) for place, row in enumerate(order)]
    return picks + _unable(candidates)


def _by_place(candidate: Candidate, place: int, limit: int | None) -> Pick:
    """Trong hay ngoài chỉ tiêu, by the place in the order, from 0 on."""
    rank = f"hạng {candidate.rank}"
    if limit is None or place < limit:
        within = f"trong chỉ tiêu {limit}" if limit is not None else "không giới hạn chỉ tiêu"
        return Pick(candidate.id, is_proposed=True, reason=f"{rank}, {within}")
    without = f"ngoài chỉ tiêu {limit}" if limit else "không có chỉ tiêu"
    return Pick(candidate.id, is_proposed=False, reason=f"{rank}, {without}")


def _unable(candidates: Sequence[Candidate]) -> list[Pick]:
    """Ai không đề xuất được: whom a gate blocks, or whose unit has no rank."""
    picks = []
    for candidate in candidates:
        if candidate.is_blocked:
            picks.append(Pick(candidate.id, is_proposed=False, reason="không đạt điều kiện"))
        elif candidate.rank is None:
            picks.append(Pick(candidate.id, is_proposed=False, reason="đơn vị không được xếp hạng"))
    return picks


def _at_line(order: Sequence[Candidate], limit: int | None, source: str | None) -> dict[int, Pick]:
    """Ai đồng hạng tại ranh chỉ tiêu: all tied, or by the law's order among equals."""
    if not limit or len(order) <= limit or order[limit - 1].rank != order[limit].rank:
        return {}
    last = order[limit].rank
    equal = [candidate for candidate in order if candidate.rank == last]
    at = f"hạng {last}, đồng hạng tại ranh chỉ tiêu {limit}"
    first = [candidate for candidate in equal if candidate.goes_first] if source is not None else []
    if not first or len(first) == len(equal):
        return {
            candidate.id: Pick(candidate.id, is_proposed=True, reason=at, is_tied=True)
            for candidate in equal
        }
    law = f"{at}, nữ hoặc tập thể có từ {WOMEN_PERCENT} % là nữ xếp trước" + (
        f" ({source})" if source else ""
    )
    return _women_first(equal, len(first), limit - order.index(equal[0]), law)


def _women_first(
    equal: Sequence[Candidate], first: int, places_left: int, law: str
) -> dict[int, Pick]:
    """Trong số đồng hạng: whoever goes first is taken, and those who just fill the places tie."""
    picks = {}
    for candidate in equal:
        is_tied = first > places_left if candidate.goes_first else first < places_left
        is_proposed = candidate.goes_first or is_tied
        picks[candidate.id] = Pick(
            candidate.id, is_proposed=is_proposed, reason=law, is_tied=is_tied
        )
    return picks


def clear_of_the_line(candidates: Sequence[Candidate], limit: int | None) -> frozenset[int]:
    """Ai chắc chắn trong chỉ tiêu: who has a place even if all who are ranked alike or better, and
    all who are proposed past the line, had theirs first. The others compete for what is left.
    """
    if limit is None or len(candidates) <= limit:
        return frozenset(candidate.id for candidate in candidates)
    past = {
        candidate.id
        for candidate in candidates
        if candidate.rank is None
        or sum(other.rank is not None and other.rank < candidate.rank for other in candidates)
        >= limit
    }
    return frozenset(
        candidate.id
        for candidate in candidates
        if candidate.id not in past and _ahead(candidate, candidates) + len(past) < limit
    )


def _ahead(candidate: Candidate, candidates: Sequence[Candidate]) -> int:
    """Bao nhiêu người khác xếp ngang hoặc trên."""
    return sum(
        other.rank is not None and candidate.rank is not None and other.rank <= candidate.rank
        for other in candidates
        if other.id != candidate.id
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """Cơ cấu: how many, of them direct workers, and women where it is known."""

    total: int
    direct: int
    women: int
    known: int

    @property
    def words(self) -> str:
        """Cơ cấu bằng lời."""
        if not self.total:
            return "chưa có cá nhân nào"
        women = f", nữ {self.women}/{self.known}" if self.known else ""
        return f"{self.direct}/{self.total} trực tiếp làm việc{women}"


def shares(people: Sequence[tuple[bool, str]]) -> Shares:
    """Cơ cấu của một danh sách cá nhân: (is_leader, honorific) of each; "Bà" is a woman, "" is not
    known.
    """
    return Shares(
        len(people),
        sum(not leader for leader, _ in people),
        sum(honorific == "Bà" for _, honorific in people),
        sum(bool(honorific) for _, honorific in people),
    )
