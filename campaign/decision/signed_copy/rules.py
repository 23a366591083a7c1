"""Bản ký số: what its signatures are worth, and whether its words are the decision's; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaign.core.dates import format_date, local_date
from campaign.core.labelled import Labelled
from campaign.core.text import Likeness, likeness, name_key
from campaign.papers.rules import date_words

NOT_ASKED = "Chưa hỏi danh sách thu hồi chứng thư."
"""No network is asked at run time, and the page says so."""
FEWEST_LETTERS = 20
"""With fewer letters and digits a file is a picture, whatever stands beside it."""
_QUOTES = str.maketrans("“”„‟«»‘’‚‛`´", "\"\"\"\"\"\"''''''")


class Words(Labelled):
    """Chữ trong tệp so với quyết định."""

    SAME = "same", "đúng là của quyết định này"
    OTHER = "other", "không khớp quyết định này"
    UNREADABLE = "unreadable", "chưa đối chiếu được"


class Verdict(Labelled):
    """Kết quả xem chữ ký số của cả tệp: the worst of its signatures."""

    UNSIGNED = "unsigned", "không có chữ ký số"
    BROKEN = "broken", "chữ ký số không còn nguyên vẹn"
    DOUBTFUL = "doubtful", "chữ ký nguyên vẹn, chứng thư không tin cậy"
    UNASKED = "unasked", "chữ ký nguyên vẹn, chưa đối chiếu nơi cấp"
    TRUSTED = "trusted", "chữ ký nguyên vẹn, chứng thư tin cậy"

    @property
    def tone(self) -> str:
        """Màu của nhãn."""
        return {"broken": "bad", "doubtful": "warn", "trusted": "ok"}.get(self.value, "neutral")


_AFTER = {
    "proof": "Sau chữ ký này tệp chỉ có thêm dấu thời gian hoặc dữ liệu xác thực.",
    "fields": "Sau chữ ký này tệp có thêm chữ ký khác hoặc điền vào ô mẫu.",
    "notes": "Sau chữ ký này tệp có thêm ghi chú.",
    "content": "Nội dung tệp bị sửa sau chữ ký này.",
}
_WHOLE_COVERS = frozenset({"file", "revision"})


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """Một chữ ký số: whose, since when, what it covers and holds to."""

    is_stamp: bool
    is_read: bool
    name: str = ""
    organisation: str = ""
    unit: str = ""
    job: str = ""
    issuer: str = ""
    serial: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_own_issuer: bool = False
    is_whole: bool = False
    covers: str = "part"
    changed: str = "content"
    is_allowed: bool = False
    trust: str = "unasked"
    is_weak: bool = False
    at: datetime | None = None
    stamped_by: str = ""
    stamp_is_trusted: bool = False

    @property
    def whose(self) -> str:
        """Của ai: the name and the organisation, each once."""
        parts = [self.name, self.job, self.unit, self.organisation]
        return ", ".join(dict.fromkeys(filter(None, parts))) or "không rõ của ai"

    @property
    def is_sound(self) -> bool:
        """Nguyên vẹn: it fits, and nothing of what was signed was changed afterwards."""
        return (
            self.is_read
            and self.is_whole
            and self.covers in _WHOLE_COVERS
            and self.changed != "content"
            and self.is_allowed
        )

    @property
    def is_in_time(self) -> bool:
        """Chứng thư còn hạn khi ký, as far as a time of signing is known."""
        if self.at is None or self.valid_from is None or self.valid_until is None:
            return True
        return self.valid_from <= self.at <= self.valid_until

    @property
    def verdict(self) -> Verdict:
        """Kết quả của một chữ ký."""
        if not self.is_sound:
            return Verdict.BROKEN
        is_vouched_for = self.trust == "trusted" or (
            self.trust == "unasked" and not self.is_own_issuer
        )
        if not is_vouched_for or not self.is_in_time:
            return Verdict.DOUBTFUL
        return Verdict.TRUSTED if self.trust == "trusted" else Verdict.UNASKED

    @property
    def time_words(self) -> str:
        """Nguồn của giờ ký."""
        if self.at is None:
            return "không ghi giờ ký"
        if self.is_stamp:
            return "theo dấu thời gian"
        if not self.stamped_by:
            return "theo máy của người ký"
        known = "" if self.stamp_is_trusted else ", chưa đối chiếu nơi cấp"
        return f"theo dấu thời gian của {self.stamped_by}{known}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Điều cần biết về chữ ký, worst first."""
        return tuple(self._remarks())

    def _remarks(self) -> Iterator[str]:
        if not self.is_read:
            yield "Chữ ký này không đọc được theo chuẩn PDF."
            return
        if not self.is_whole:
            yield "Nội dung được ký đã bị sửa, hoặc chữ ký bị hỏng."
        if self.covers not in _WHOLE_COVERS:
            yield "Chữ ký không bao trùm cả tệp."
        if self.changed in _AFTER:
            yield _AFTER[self.changed]
        if not self.is_allowed and self.changed != "content":
            yield "Người ký không cho phép thay đổi như vậy."
        yield from self._of_certificate()

    def _of_certificate(self) -> Iterator[str]:
        if self.at is not None and self.valid_until is not None and self.at > self.valid_until:
            yield f"Khi ký, chứng thư đã hết hạn ({_day(self.valid_until)})."
        elif self.at is not None and self.valid_from is not None and self.at < self.valid_from:
            yield f"Khi ký, chứng thư chưa có hiệu lực ({_day(self.valid_from)})."
        if not self.is_whole:
            return
        if self.trust == "unasked":
            yield "Chưa đối chiếu nơi cấp chứng thư: hệ thống chưa được nạp chứng thư gốc."
        elif self.trust == "untrusted":
            yield "Chứng thư không nối được tới chứng thư gốc mà cơ quan tin cậy."
        if self.is_own_issuer:
            yield "Chứng thư tự cấp cho mình."
        if self.is_weak:
            yield "Chữ ký dùng thuật toán băm đã yếu."


_MOMENTS = frozenset({"valid_from", "valid_until", "at"})


def signature_from(data: Mapping[str, Any]) -> SignatureSeen:
    """Đọc lại một chữ ký đã lưu; what later versions add is left out."""
    known = {name: data[name] for name in SignatureSeen.__dataclass_fields__ if name in data}
    moments = {
        name: datetime.fromisoformat(known[name]) if known[name] else None
        for name in _MOMENTS & known.keys()
    }
    return SignatureSeen(**{**known, **moments})


@dataclass(frozen=True, slots=True)
class Examination:
    """Kết quả xem một bản ký số."""

    signatures: tuple[SignatureSeen, ...]
    words: Words
    lacking: tuple[str, ...]
    """Điều của quyết định mà trong tệp không có."""
    roots: int

    @property
    def verdict(self) -> Verdict:
        """Kết quả của cả tệp: a stamp of time alone is nobody's signature."""
        if all(signature.is_stamp for signature in self.signatures):
            return Verdict.UNSIGNED
        order = list(Verdict)
        return min((row.verdict for row in self.signatures), key=order.index)

    @property
    def may_be_published(self) -> bool:
        """Công bố được cùng quyết định: nothing speaks against a signature, nor the words."""
        is_good = self.verdict in {Verdict.UNASKED, Verdict.TRUSTED}
        return is_good and self.words is not Words.OTHER

    def remarks(self, signer: str) -> tuple[str, ...]:
        """Điều cần biết về cả tệp."""
        return tuple(self._remarks(signer))

    def _remarks(self, signer: str) -> Iterator[str]:
        if self.words is Words.UNREADABLE:
            yield "Tệp chỉ có ảnh, không đọc được chữ nên chưa đối chiếu được."
        names = [row.name for row in self.signatures if row.is_sound and not row.is_stamp]
        if names and not any(likeness(name, signer) is Likeness.SAME for name in names):
            yield f"Không có chữ ký số nào mang tên người ký quyết định ({signer})."


def examination_from(data: Mapping[str, Any]) -> Examination:
    """Đọc lại kết quả đã lưu."""
    return Examination(
        tuple(signature_from(row) for row in data["signatures"]),
        Words(data["words"]),
        tuple(data["lacking"]),
        data["roots"],
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """Điều quyết định ghi, by which its words are known."""

    number: str
    symbol: str
    signed_on: date
    names: Sequence[str]


def compared(text: str, stated: Stated) -> tuple[Words, tuple[str, ...]]:
    """Đối chiếu chữ: number and symbol, day and every name; what the file lacks is named.

    Spaces, line ends, soft hyphens and capitals count for nothing; a name is found only where no
    letter follows it at once.
    """
    page = _Page(text)
    if page.letters < FEWEST_LETTERS:
        return Words.UNREADABLE, ()
    title = f"{stated.number}/{stated.symbol}"
    wanted = [
        (f"số {title}", (title, f"{stated.number.lstrip('0')}/{stated.symbol}")),
        (date_words(stated.signed_on), _days(stated.signed_on)),
        *((f"tên {name}", (name,)) for name in dict.fromkeys(stated.names)),
    ]
    lacking = tuple(what for what, spellings in wanted if not page.has(spellings))
    return Words.OTHER if lacking else Words.SAME, lacking


def _days(day: date) -> tuple[str, ...]:
    """Các cách viết ngày: in words and in digits, with and without zeros."""
    spelled = [
        f"ngày {day:{days}} tháng {month} năm {day.year}"
        for days in ("%d", "%-d")
        for month in (f"{day.month:02d}", str(day.month))
    ]
    return (*spelled, f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}")


class _Page:
    """Chữ của tệp, folded, without spaces, and where spaces stood."""

    def __init__(self, text: str) -> None:
        words = _folded(text).split()
        self._text = "".join(words)
        ends, place = {0}, 0
        for word in words:
            place += len(word)
            ends.add(place)
        self._ends = ends

    @property
    def letters(self) -> int:
        """Số chữ và số."""
        return sum(letter.isalnum() for letter in self._text)

    def has(self, spellings: Iterable[str]) -> bool:
        return any(self._has(_folded(spelling).replace(" ", "")) for spelling in spellings)

    def _has(self, wanted: str) -> bool:
        place = self._text.find(wanted)
        while place >= 0:
            if self._is_edge(place) and self._is_edge(place + len(wanted)):
                return True
            place = self._text.find(wanted, place + 1)
        return False

    def _is_edge(self, place: int) -> bool:
        """A space stood here, or one of the two letters beside is none."""
        if place in self._ends:
            return True
        return not (self._text[place - 1].isalnum() and self._text[place].isalnum())


def _day(moment: datetime) -> str:
    return format_date(local_date(moment))


def _folded(text: str) -> str:
    return name_key(text).translate(_QUOTES)
