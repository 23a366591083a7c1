"""Văn thư: which papers there are, who draws which, and the words the decree asks for; pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from campaign.core.dates import format_moment
from campaign.core.labelled import Labelled
from campaign.core.listing import listing
from campaign.core.permissions import Role
from campaign.papers.rules import date_words, written_number


class PaperKind(Labelled):
    """Loại văn bản của một phong trào."""

    PLAN = "plan", "Kế hoạch phát động"
    PLEDGE = "pledge", "Bản đăng ký giao ước thi đua"
    REPORT = "report", "Báo cáo kết quả của đơn vị"
    INSPECTION = "inspection", "Biên bản kiểm tra"
    SUMMARY = "summary", "Bảng tổng hợp điểm và xếp hạng"
    INVITATION = "invitation", "Giấy mời họp"
    BALLOT = "ballot", "Phiếu biểu quyết"
    OPINION = "opinion", "Phiếu lấy ý kiến"
    COUNT = "count", "Biên bản kiểm phiếu"
    MINUTES = "minutes", "Biên bản họp Hội đồng"
    SUBMISSION = "submission", "Tờ trình đề nghị khen thưởng"
    ACHIEVEMENT = "achievement", "Báo cáo thành tích"
    UPWARD = "upward", "Tờ trình đề nghị cấp trên khen thưởng"
    DECISION = "decision", "Quyết định khen thưởng"
    NOTICE = "notice", "Thông báo công khai"
    AMENDMENT = "amendment", "Quyết định điều chỉnh, thu hồi"
    CLOSING = "closing", "Báo cáo sơ kết, tổng kết phong trào"
    EXEMPLAR = "exemplar", "Bản đăng ký xây dựng điển hình tiên tiến"


COUNCIL_NAME = "Hội đồng Thi đua - Khen thưởng"
STANDING = f"Thường trực {COUNCIL_NAME}"
STAFF = frozenset({Role.SECRETARIAT, Role.DIRECTOR})
INSPECTING = STAFF | {Role.INSPECTOR}
COUNCIL = STAFF | {Role.COUNCIL_MEMBER}


@dataclass(frozen=True, slots=True)
class Item:
    """Một văn bản lập được: of what, and whether its step is frozen."""

    subject_id: int
    title: str
    is_final: bool


@dataclass(frozen=True)
class PaperContent:
    """Nội dung văn bản: fields by the names templates use, the version and moment of the data."""

    fields: dict[str, Any]
    version: str
    data_at: datetime | None
    """Lúc số liệu được chốt; None while the step is not frozen."""


def stamp(version: str, data_at: datetime, *, is_final: bool, is_illustrative: bool) -> str:
    """Dòng chân trang of a draft: version and moment; a signed one only says it is a rehearsal."""
    if is_final:
        return "Nội dung minh hoạ" if is_illustrative else ""
    more = "; có nội dung minh hoạ" if is_illustrative else ""
    return f"{version}; số liệu lúc {format_moment(data_at)}{more}"


NOT_KNOWN, ROOM = "……", "      "
"""Chỗ chưa có ngày: dots in a draft, room for the pen in what is ready to be signed."""


def dated(place: str, day: date | None, year: int) -> str:
    """Địa danh và ngày ban hành; dots where the day is not known yet."""
    words = date_words(day) if day else f"ngày {NOT_KNOWN} tháng {NOT_KNOWN} năm {year}"
    return f"{place}, {words}" if place else words[0].upper() + words[1:]


def numbered(number: str, symbol: str) -> str:
    """Số, ký hiệu: "Số: 12/QĐ-SCT", with room for a number that is not given yet."""
    return f"Số: {written_number(number) or '        '}/{symbol}"


def number_words(number: str, symbol: str, day: date | None, year: int, who: str) -> str:
    """Dẫn văn bản: "số 12/QĐ-SCT ngày 04 tháng 5 năm 2021 của Giám đốc …"."""
    words = date_words(day) if day else f"ngày …… tháng …… năm {year}"
    return f"số {written_number(number) or '……'}/{symbol} {words} của {who}"


def listed(text: str, *, is_final: bool = False) -> list[str]:
    """Các đoạn của một ô chữ; where nothing was written a draft shows "…", a final one nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()] or (
        [] if is_final else ["…"]
    )


def unended(text: str) -> str:
    """Câu không có dấu cuối, to stand within another: "nhầm danh sách." as "nhầm danh sách"."""
    return text.rstrip(" .;,")


_FILING = "Lưu"


def routed(lines: Sequence[str], *opening: str, is_only: bool = False) -> list[str]:
    """Nơi nhận of one kind of paper: its opening, the office's own list, and last "Lưu: VT".

    An opening of the office's own ("Như trên") stands only where the kind has none.
    """
    left_out = (_FILING, "Như ") if opening else (_FILING,)
    others = () if is_only else [line for line in lines if not line.startswith(left_out)]
    filing = next((line for line in lines if line.startswith(_FILING)), "Lưu: VT")
    return [*opening, *others, filing]


_ASIDE = re.compile(r"\s*\([^()]*\)")


def without_asides(text: str) -> str:
    """Chữ ngoài ngoặc: "Giám đốc Sở (minh hoạ)" is "Giám đốc Sở"."""
    return _ASIDE.sub("", text).strip()


def asked_office(signatory: str, above: str) -> str:
    """Nơi nhận tờ trình gửi cấp trên: a minister's ministry, else the committee above."""
    if signatory.startswith("Bộ trưởng "):
        return signatory.removeprefix("Bộ trưởng ")
    return above or signatory


def signing_title(head: str, job: str) -> str:
    """Chức vụ người ký của đơn vị: the head as such; a deputy signs "KT." the head."""
    own = without_asides(job)
    return titled(f"KT. {head} / {own}" if own.casefold().startswith("phó ") else head)


def council_title(function: str, job: str) -> str:
    """Chức danh người ký của Hội đồng, with the post in the office beneath, whose seal is used."""
    return "\n".join(filter(None, (function.upper(), without_asides(job).upper())))


_LAST = ("Theo đề nghị", "Xét đề nghị")
_OPENINGS = ("Căn cứ", "Theo", "Xét", "Thực hiện")


def _instruments(text: str) -> list[str]:
    """The lines of a text of legal bases, each opened as the decree opens it."""
    lines = (line.strip().rstrip(";.,") for line in text.splitlines() if line.strip())
    return [line if line.startswith(_OPENINGS) else f"Căn cứ {line}" for line in lines]


def bases(text: str, unchecked: str = "") -> list[str]:
    """Căn cứ: each on a line of its own, opened as the decree opens it, closed by ";" and the last
    by "."; whose proposal comes last.

    Those among the lines of `unchecked` say that nobody has compared them with the document.
    """
    doubted = set(_instruments(unchecked))
    lines = [
        f"{line} (chưa đối chiếu)" if line in doubted else line
        for line in sorted(_instruments(text), key=lambda line: line.startswith(_LAST))
    ]
    return [
        f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, start=1)
    ]


def titled(job: str) -> str:
    """Chức vụ người ký in capitals: "KT. Giám đốc / Phó Giám đốc" on two lines, as decreed."""
    return "\n".join(part.strip() for part in job.upper().split("/"))


def proposed(text: str, by: str) -> str:
    """Căn cứ with who proposes, where nobody wrote it yet."""
    return (
        text
        if any(line.strip().startswith(_LAST) for line in text.splitlines())
        else f"{text}\n{by}"
    )


_PLACES = re.compile(
    r"(?:UBND|[UỦ][ỷy] ban nhân dân)\s+"
    r"(?:thành phố|thị xã|thị trấn|huyện|quận|phường|xã|tỉnh)\s+(.+)",
    re.IGNORECASE,
)


def place_of(above: str, otherwise: str) -> str:
    """Địa danh: where the committee of the issuing office sits, by the name of its territory."""
    match = _PLACES.fullmatch(above.strip())
    return match[1] if match else otherwise


def unbroken(value: Any) -> Any:
    """Số và dấu phần trăm of every text stay on one line."""
    if isinstance(value, str):
        return _SHARE.sub("\u00a0%", value)
    if isinstance(value, list):
        return [unbroken(part) for part in value]
    return (
        {name: unbroken(part) for name, part in value.items()} if isinstance(value, dict) else value
    )


_SHARE = re.compile(r"(?<=\d) %")


def counted(collectives: int, people: int, households: int = 0) -> str:
    """Bao nhiêu tập thể, hộ, cá nhân: "03 tập thể và 05 cá nhân"."""
    kinds = ((collectives, "tập thể"), (households, "hộ gia đình"), (people, "cá nhân"))
    parts = [f"{count:02d} {name}" for count, name in kinds if count]
    return listing(parts) or "00 tập thể, cá nhân"


@dataclass(frozen=True)
class Head:
    """Phần đầu và nơi nhận of every paper of an office."""

    above: str = ""
    issuer: str = ""
    place: str = ""
    code: str = ""
    leader_job: str = "Giám đốc"
    leader_name: str = ""
    recipients: Sequence[str] = field(default=("Các đơn vị tham gia phong trào", "Lưu: VT"))

    def symbol(self, kind: str) -> str:
        """Ký hiệu of a kind of paper: "KH-SCT"."""
        return f"{kind}-{self.code}" if self.code else kind

    @property
    def council(self) -> "Head":
        """Hội đồng of this office, whose papers stand under the office's own name."""
        return replace(self, above=self.issuer, issuer=COUNCIL_NAME, code="HĐTĐKT")


def may(roles: Collection[Role], allowed: Collection[Role]) -> bool:
    """Giữ một trong các vai trò."""
    return bool(set(roles) & set(allowed))
