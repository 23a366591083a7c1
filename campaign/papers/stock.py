"""Phôi in sẵn: where each text stands on the office's own certificates, in millimetres; pure."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled

PAGE_WIDTH, PAGE_HEIGHT = Decimal(297), Decimal(210)
SMALLEST, LARGEST = Decimal(6), Decimal(96)


class CertificatePart(Labelled):
    """Nội dung trên giấy khen."""

    NAME = "name", "Người, tập thể được tặng"
    ABOUT = "about", "Chức vụ, đơn vị"
    ACHIEVEMENT = "achievement", "Thành tích"
    DECISION = "decision", "Số và ngày quyết định"
    REGISTER = "register", "Số vào sổ, số sổ vàng"
    DATED = "dated", "Nơi và ngày ký"
    SIGNER_TITLE = "signer_title", "Chức vụ người ký"
    SIGNER_NAME = "signer_name", "Họ tên người ký"


class Letter(Labelled):
    """Kiểu chữ."""

    REGULAR = "regular", "thường"
    BOLD = "bold", "đậm"
    ITALIC = "italic", "nghiêng"


class Alignment(Labelled):
    """Căn chữ."""

    LEFT = "left", "trái"
    CENTER = "center", "giữa"
    RIGHT = "right", "phải"


@dataclass(frozen=True)
class Spot:
    """Ô chữ trên phôi: corner and extent in millimetres, letters in points."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    size: Decimal
    letter: Letter = Letter.REGULAR
    alignment: Alignment = Alignment.CENTER
    is_shown: bool = True


def _spot(
    *numbers: int, letter: Letter = Letter.REGULAR, alignment: Alignment = Alignment.CENTER
) -> Spot:
    x, y, width, height, size = map(Decimal, numbers)
    return Spot(x, y, width, height, size, letter, alignment)


SHIPPED = {
    CertificatePart.NAME: _spot(28, 95, 240, 15, 24, letter=Letter.BOLD),
    CertificatePart.ABOUT: _spot(33, 110, 230, 13, 15),
    CertificatePart.ACHIEVEMENT: _spot(33, 124, 230, 18, 17),
    CertificatePart.DECISION: _spot(26, 172, 120, 7, 12, alignment=Alignment.LEFT),
    CertificatePart.REGISTER: _spot(26, 179, 120, 7, 12, alignment=Alignment.LEFT),
    CertificatePart.DATED: _spot(156, 143, 112, 8, 14, letter=Letter.ITALIC),
    CertificatePart.SIGNER_TITLE: _spot(156, 151, 112, 14, 14, letter=Letter.BOLD),
    CertificatePart.SIGNER_NAME: _spot(156, 184, 112, 9, 15, letter=Letter.BOLD),
}


def demand_on_page(spot: Spot) -> None:
    """Ô chữ phải nằm trọn trong trang A4 ngang."""
    for name, label, start, extent, limit in (
        ("width", "Chiều rộng", spot.x, spot.width, PAGE_WIDTH),
        ("height", "Chiều cao", spot.y, spot.height, PAGE_HEIGHT),
    ):
        if extent <= 0:
            refuse(f"{label} phải lớn hơn 0.", name)
        if start < 0:
            refuse(
                "Ô bắt đầu ngoài trang; hãy nhập số từ 0 trở lên.", "x" if name == "width" else "y"
            )
        if start + extent > limit:
            refuse(
                f"Ô ra ngoài trang: vị trí cộng {label.lower()} không được quá {limit} mm.", name
            )
    if not SMALLEST <= spot.size <= LARGEST:
        refuse(f"Cỡ chữ từ {SMALLEST} đến {LARGEST} pt.", "size")
