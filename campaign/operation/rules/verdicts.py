"""Nhận định: the parts of an installation, and what a check of one of them says."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from campaign.core.labelled import Labelled
from campaign.core.numbers import format_decimal

MEGABYTE = 1024 * 1024


class Verdict(Labelled):
    """Nhận định."""

    WELL = "well", "tốt"
    LOOK = "look", "cần xem"
    FAULT = "fault", "có lỗi"


WEIGHTS = {Verdict.WELL: 0, Verdict.LOOK: 1, Verdict.FAULT: 2}
"""Nhận định bằng số, for programs that watch."""


class Part(Labelled):
    """Bộ phận được kiểm tra."""

    SETTINGS = "settings", "Thiết lập"
    DATABASE = "database", "Cơ sở dữ liệu"
    CLOCK = "clock", "Đồng hồ"
    MIGRATIONS = "migrations", "Lược đồ"
    FILES = "files", "Kho tệp"
    KEYS = "keys", "Khoá hòm phiếu"
    FOLDERS = "folders", "Thư mục"
    SIGNATURES = "signatures", "Chữ ký số"
    DISK = "disk", "Đĩa"
    BACKUP = "backup", "Sao lưu"
    MAIL = "mail", "Thư đi"
    RECORD = "record", "Đối chiếu nhật ký"
    SIGN_ON = "sign_on", "Đăng nhập một lần"


@dataclass(frozen=True)
class Check:
    """Kết quả kiểm tra một bộ phận: what stands, and what to do where it is not well."""

    part: Part
    verdict: Verdict
    words: str
    advice: str = ""


def is_ready(checks: Iterable[Check]) -> bool:
    """Sẵn sàng phục vụ: nothing is at fault."""
    return all(check.verdict is not Verdict.FAULT for check in checks)


def size_words(size: int) -> str:
    """Dung lượng: 812 KB, 3,4 MB, 1,2 GB."""
    for unit, name in ((1024 * MEGABYTE, "GB"), (MEGABYTE, "MB")):
        if size >= unit:
            return f"{format_decimal((Decimal(size) / unit).quantize(Decimal('0.1')))} {name}"
    return f"{format_decimal(Decimal(-(-size // 1024)))} KB"
