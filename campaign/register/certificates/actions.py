"""Phôi giấy khen: placing its texts, keeping its picture."""

import hashlib
from dataclasses import asdict

import filetype
from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.files.storage import clean_name
from campaign.papers.stock import SHIPPED, CertificatePart, Spot, demand_on_page
from campaign.register.certificates.models import CertificateLayout, StockScan


def layout() -> dict[CertificatePart, Spot]:
    """Vị trí từng nội dung trên phôi: as set by the office, else as shipped."""
    own = {row.part: row.spot for row in db.session.scalars(select(CertificateLayout))}
    return {part: own.get(part, shipped) for part, shipped in SHIPPED.items()}


def place_part(part: CertificatePart, spot: Spot) -> None:
    """Đặt vị trí một nội dung trên phôi; a box that leaves the page is refused."""
    demand_on_page(spot)
    db.session.merge(CertificateLayout(part=part, **asdict(spot)))
    db.session.flush()


LARGEST_SCAN = 8 * 1024 * 1024
_PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}


def keep_scan(file_name: str, content: bytes) -> None:
    """Giữ bản chụp phôi, in place of an earlier one; only a picture is taken."""
    if len(content) > LARGEST_SCAN:
        refuse(f"Ảnh lớn hơn {LARGEST_SCAN // 1024 // 1024} MB.")
    guessed = filetype.guess(content)
    if guessed is None or guessed.mime not in _PICTURES:
        refuse("Bản chụp phôi phải là ảnh PNG hoặc JPEG.")
    db.session.merge(
        StockScan(
            id=1,
            file_name=clean_name(file_name),
            media_type=guessed.mime,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    )
    db.session.flush()


def drop_scan() -> None:
    """Bỏ bản chụp phôi."""
    row = db.session.get(StockScan, 1)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
