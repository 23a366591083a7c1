"""Văn thư: which papers there are, who draws which, and the words the decree on clerical work asks for; pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from campaign.core.dates import format_moment
from campaign.core.labelled import Labelled
from campaign.core.permissions import Role
from campaign.papers.rules import date_words


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
    DECISION = "decision", "Quyết định khen thưởng"
    NOTICE = "notice", "Thông báo công khai"
    AMENDMENT = "amendment", "Quyết định điều chỉnh, thu hồi"


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
class Drawn:
    """Nội dung văn bản: fields by the names templates use, the version and moment of the data."""

    fields: dict[str, Any]
    version: str
    data_at: datetime | None
    """Lúc số liệu được chốt; None while the step is not frozen."""


def stamp(version: str, data_at: datetime, *, is_illustrative: bool) -> str:
    """Dòng chân trang: version, the moment of the data, and that a rehearsal is one."""
    more = "; có nội dung minh hoạ" if is_illustrative else ""
    return f"{version}; số liệu lúc {format_moment(data_at)}{more}"


def dated(place: str, day: date | None, year: int) -> str:
    """Địa danh và ngày ban hành; dots where the day is not known yet."""
    words = date_words(day) if day else f"ngày …… tháng …… năm {year}"
    return f"{place}, {words}" if place else words[0].upper() + words[1:]


def numbered(number: str, symbol: str) -> str:
    """Số, ký hiệu: "Số: 12/QĐ-SCT", with room for a number that is not given yet."""
    return f"Số: {number or '        '}/{symbol}"


def number_words(number: str, symbol: str, day: date | None, year: int, who: str) -> str:
    """Dẫn văn bản: "số 12/QĐ-SCT ngày 04 tháng 5 năm 2021 của Giám đốc …"."""
    words = date_words(day) if day else f"ngày …… tháng …… năm {year}"
    return f"số {number or '……'}/{symbol} {words} của {who}"


def drive_words(title: str) -> str:
    """Tên phong trào trong câu: a title that opens with "Phong trào" is not called one twice."""
    if title.casefold().startswith("phong trào"):
        return f"{title[:1].lower()}{title[1:]}"
    return f"phong trào thi đua “{title}”"


def listed(text: str) -> list[str]:
    """Các đoạn của một ô chữ: empty lines left out; a single dash where nothing was written."""
    return [line.strip() for line in text.splitlines() if line.strip()] or ["…"]


_LAST = ("Theo đề nghị", "Xét đề nghị")
_OPENINGS = ("Căn cứ", "Theo", "Xét", "Thực hiện")


def _instruments(text: str) -> list[str]:
    """The lines of a text of legal bases, each opened as the decree opens it."""
    lines = (line.strip().rstrip(";.,") for line in text.splitlines() if line.strip())
    return [line if line.startswith(_OPENINGS) else f"Căn cứ {line}" for line in lines]


def bases(text: str, unchecked: str = "") -> list[str]:
    """Căn cứ: each on a line of its own, opened as the decree opens it, closed by ";" and the last by "."; whose proposal comes last.

    Those among the lines of `unchecked` say that nobody has compared them with the document.
    """
    doubted = set(_instruments(unchecked))
    lines = [f"{line} (chưa đối chiếu)" if line in doubted else line
             for line in sorted(_instruments(text), key=lambda line: line.startswith(_LAST))]
    return [f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, start=1)]


def titled(job: str) -> str:
    """Chức vụ người ký in capitals: "KT. Giám đốc / Phó Giám đốc" on two lines, as the decree writes it."""
    return "\n".join(part.strip() for part in job.upper().split("/"))


def proposed(text: str, by: str) -> str:
    """Căn cứ with who proposes, where nobody wrote it yet."""
    return text if any(line.strip().startswith(_LAST) for line in text.splitlines()) else f"{text}\n{by}"


_PLACES = re.compile(r"(?:UBND|[UỦ][ỷy] ban nhân dân)\s+(?:thành phố|thị xã|thị trấn|huyện|quận|phường|xã|tỉnh)\s+(.+)", re.IGNORECASE)


def place_of(above: str, otherwise: str) -> str:
    """Địa danh: where the committee sits to which the issuing office belongs, by the name of its territory."""
    found = _PLACES.fullmatch(above.strip())
    return found[1] if found else otherwise


def unbroken(value: Any) -> Any:
    """Số và dấu phần trăm of every text stay on one line."""
    if isinstance(value, str):
        return _SHARE.sub("\u00a0%", value)
    if isinstance(value, list):
        return [unbroken(one) for one in value]
    return {name: unbroken(one) for name, one in value.items()} if isinstance(value, dict) else value


_SHARE = re.compile(r"(?<=\d) %")


def counted(collectives: int, people: int) -> str:
    """Bao nhiêu tập thể, cá nhân: "03 tập thể và 05 cá nhân"."""
    parts = [f"{count:02d} {name}" for count, name in ((collectives, "tập thể"), (people, "cá nhân")) if count]
    return " và ".join(parts) or "00 tập thể, cá nhân"


@dataclass(frozen=True)
class Head:
    """Phần đầu và nơi nhận of every paper of an office."""

    above: str = ""
    issuer: str = ""
    place: str = ""
    code: str = ""
    leader_job: str = "Giám đốc"
    leader_name: str = ""
    recipients: Sequence[str] = field(default=("Như trên", "Lưu: VT"))

    def symbol(self, kind: str) -> str:
        """Ký hiệu of a kind of paper: "KH-SCT"."""
        return f"{kind}-{self.code}" if self.code else kind


def may(roles: Collection[Role], allowed: Collection[Role]) -> bool:
    """Giữ một trong các vai trò."""
    return bool(set(roles) & set(allowed))
