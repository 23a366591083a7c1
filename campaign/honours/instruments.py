"""Văn bản làm căn cứ: a line of legal bases read as its parts, and which hold on a day; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from campaign.core.listing import first_few
from campaign.core.text import search_key

WITHOUT_NUMBER = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
"""Cited by name and day alone, as the decree on clerical work asks."""
KINDS = (
    *WITHOUT_NUMBER,
    "Nghị quyết",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Quyết định",
    "Chỉ thị",
    "Quy chế",
    "Quy định",
    "Hướng dẫn",
    "Kế hoạch",
    "Công văn",
    "Thông báo",
)
_BEGINNING = re.compile(r"^(?:[-–•+]\s*)?(?:Căn cứ\s+)?", re.IGNORECASE)
_CLAUSE = r"(?:(?:điểm|khoản|Điều)\s+\S+\s*,?\s*)+(?:của\s+)?"
_HEAD = re.compile(
    rf"^(?P<clause>{_CLAUSE})?(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))})\b\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:số\s+)?(?P<number>\d[\w.]*[/\-]\S*?[^\s,;])(?=[\s,;]|$)", re.IGNORECASE)
_DAY = re.compile(
    r"\bngày\s+(?:(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(\d{1,2})/(\d{1,2})/(\d{4}))",
    re.IGNORECASE,
)
_TITLE_BEGINS = re.compile(
    r"\b(?:quy định|hướng dẫn|sửa đổi|về|ban hành|phê duyệt|phát động|quy chế|công bố"
    r"|tổ chức|triển khai|bãi bỏ|thành lập)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\s*\((?:áp dụng\s+)?(?:từ\s+(?P<since>\d{1,2}/\d{1,2}/\d{4}))?\s*"
    r"(?:đến\s+(?P<until>\d{1,2}/\d{1,2}/\d{4}))?\)[;.,\s]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """Văn bản làm căn cứ: what it is, its number, day, issuer and title, and the days on which it
    is cited.

    `words` is the line as a paper has it; `clause` the article that is cited of it.
    """

    words: str
    kind: str = ""
    clause: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    cited_from: date | None = None
    cited_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Còn được viện dẫn: issued, and inside the days of its line."""
        starts = [start for start in (self.issued_on, self.cited_from) if start is not None]
        return all(start <= day for start in starts) and (
            self.cited_to is None or day <= self.cited_to
        )

    @property
    def lacks(self) -> tuple[str, ...]:
        """Phần còn thiếu of a full citation; a law needs neither number nor issuer."""
        is_law = self.kind in WITHOUT_NUMBER
        parts = {
            "số, ký hiệu": self.number or is_law,
            "ngày ban hành": self.issued_on,
            "cơ quan ban hành": self.issuer or is_law,
            "trích yếu": self.title,
        }
        return tuple(name for name, part in parts.items() if not part) if self.kind else ()


def _day(parts: Sequence[str | None]) -> date | None:
    day, month, year = [int(part) for part in parts if part is not None]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _slashed(text: str | None) -> date | None:
    return _day(text.split("/")) if text else None


def instrument(line: str) -> Instrument:
    """Đọc một dòng căn cứ; what does not open with a kind of instrument is kept as it stands."""
    period = _PERIOD.search(line)
    if period is None or not (period["since"] or period["until"]):
        return _cited(line)
    return replace(
        _cited(line[: period.start()]),
        cited_from=_slashed(period["since"]),
        cited_to=_slashed(period["until"]),
    )


def _cited(text: str) -> Instrument:
    """Văn bản được viện dẫn, whatever the days on which it is."""
    words = text.strip().rstrip(";.,").strip()
    named = _BEGINNING.sub("", words)
    head = _HEAD.match(named)
    if head is None:
        return Instrument(words, issued_on=_first_day(words))
    number, issued_on, issuer, title = _behind_kind(named[head.end() :])
    return Instrument(
        words,
        next(name for name in KINDS if name.casefold() == head["kind"].casefold()),
        (head["clause"] or "").strip().removesuffix("của").strip(" ,"),
        number,
        issued_on,
        issuer,
        title,
    )


def _behind_kind(rest: str) -> tuple[str, date | None, str, str]:
    """Số, ngày, cơ quan ban hành, trích yếu: what stands behind the kind of instrument."""
    number, issued = _NUMBER.match(rest), _DAY.search(rest)
    begins, ends = number.end() if number else 0, issued.start() if issued else len(rest)
    issuer, title = _issuer_and_title(rest[issued.end() :].strip(" ,;") if issued else "")
    return (
        number["number"] if number else "",
        _day(issued.groups()) if issued else None,
        issuer,
        " ".join(filter(None, (rest[begins:ends].strip(" ,;"), title))),
    )


def _first_day(text: str) -> date | None:
    match = _DAY.search(text)
    return _day(match.groups()) if match else None


def _issuer_and_title(text: str) -> tuple[str, str]:
    """What stands behind the day: "của Chính phủ quy định …"."""
    if not text.startswith("của "):
        return "", text
    begins = _TITLE_BEGINS.search(text)
    end = begins.start() if begins else len(text)
    return text[len("của ") : end].strip(" ,;"), text[end:].strip()


def instruments(text: str) -> list[Instrument]:
    """Các văn bản trong một ô căn cứ, one a line."""
    return [instrument(line) for line in text.splitlines() if line.strip()]


def basis_lines(text: str) -> list[str]:
    """Mọi dòng căn cứ as papers have them, without the days on which they are cited."""
    return [row.words for row in instruments(text)]


def basis_on(text: str, day: date) -> list[str]:
    """Căn cứ of a paper of that day: what had been issued and is still cited."""
    return [row.words for row in instruments(text) if row.holds_on(day)]


def basis_problems(text: str, day: date | None) -> list[str]:
    """Căn cứ chưa đủ hoặc không đúng ngày: what lines lack or cannot cite on `day`."""
    problems = []
    for row in instruments(text):
        name = " ".join(filter(None, (row.kind, row.number))) or row.words
        if row.lacks:
            problems.append(f"{name}: thiếu {', '.join(row.lacks)}.")
        if day is not None and row.issued_on is not None and row.issued_on > day:
            problems.append(
                f"{name} ban hành ngày {row.issued_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y} của "
                "văn bản."
            )
    return problems


def paper_basis(power: str, text: str, day: date) -> list[str]:
    """Căn cứ of a paper that somebody signs: first what gives the power; each law once."""
    first = basis_on(power, day)
    return first + [
        line for line in basis_on(text, day) if not any(named.endswith(line) for named in first)
    ]


_OF_POWER = ("chức năng, nhiệm vụ", "nhiệm vụ, quyền hạn", "thẩm quyền", "uỷ quyền")
"""How a line says what somebody may decide."""


def power_problem(power: str, text: str) -> str:
    """Căn cứ thiếu thẩm quyền của người ký: the rule set's own line, or one about the office."""
    lines, own = (
        [search_key(_BEGINNING.sub("", row.words)) for row in instruments(given)]
        for given in (text, power)
    )
    if any(line in own or any(search_key(words) in line for words in _OF_POWER) for line in lines):
        return ""
    return (
        "chưa có văn bản quy định thẩm quyền của người ký, như quyết định quy định chức năng, "
        "nhiệm vụ của cơ quan."
    )


class InForce(Protocol):
    """Bộ quy định, as far as its days are concerned."""

    code: str
    in_force_from: date | None
    in_force_to: date | None


Rules = TypeVar("Rules", bound=InForce)


def covers(rules: InForce, day: date) -> bool:
    """Còn hiệu lực vào ngày này; an open end is open."""
    return (rules.in_force_from is None or rules.in_force_from <= day) and (
        rules.in_force_to is None or day <= rules.in_force_to
    )


def rule_set_for(own: Rules, others: Sequence[Rules], day: date) -> Rules:
    """Bộ quy định của ngày nhận hồ sơ: the campaign's own, else the newest that stands."""
    if covers(own, day):
        return own
    dated = [rules for rules in others if rules.in_force_from or rules.in_force_to]
    standing = [rules for rules in dated if covers(rules, day)]
    return max(
        standing, key=lambda rules: (rules.in_force_from or date.min, rules.code), default=own
    )


def span_words(rules: InForce) -> str:
    """Thời gian hiệu lực bằng lời: "từ 01/07/2025 đến 30/09/2026"."""
    since = f"từ {rules.in_force_from:%d/%m/%Y}" if rules.in_force_from else ""
    until = f"đến {rules.in_force_to:%d/%m/%Y}" if rules.in_force_to else ""
    return " ".join(filter(None, (since, until))) or "không ghi thời gian"


def outside_words(rules: InForce, others: Sequence[InForce], day: date, day_words: str) -> str:
    """Cảnh báo ngoài thời gian hiệu lực; nothing while the rule set stands on that day."""
    if covers(rules, day):
        return ""
    right = rule_set_for(rules, others, day)
    sentence = (
        f"Bộ quy định {rules.code} có hiệu lực {span_words(rules)}, "
        f"không gồm {day_words} {day:%d/%m/%Y}"
    )
    sentence += f"; ngày đó theo {right.code}." if right is not rules else "."
    if rules.in_force_from is not None and day < rules.in_force_from:
        sentence += (
            " Hồ sơ nhận trước ngày quy định mới có hiệu lực thì theo quy định cũ,"
            " trừ khi quy định mới có lợi hơn."
        )
    return sentence


NAMED = 3
"""So many are named where somebody is told whose dossiers belong elsewhere."""


def mixed_words(
    rules: InForce, others: Sequence[InForce], received: Sequence[tuple[str, date]]
) -> str:
    """Cảnh báo hồ sơ của hai thời kỳ trong một danh sách: whose dossiers came on days of another
    rule set; nothing where all came on days of one.
    """
    elsewhere = [
        (name, rule_set_for(rules, others, day).code)
        for name, day in received
        if not covers(rules, day)
    ]
    if not elsewhere or len(elsewhere) == len(received):
        return ""
    return (
        f"Danh sách có hồ sơ nhận ngoài thời gian hiệu lực của {rules.code}: {_named(elsewhere)}. "
        "Hãy bỏ các dòng đó khỏi dự thảo và lập quyết định riêng, trừ khi quy định mới có lợi hơn."
    )


def _named(elsewhere: Sequence[tuple[str, str]]) -> str:
    """The first of them by name and rule set, and how many more there are."""
    return first_few([f"{name} ({code})" for name, code in elsewhere], NAMED, "dòng khác")
