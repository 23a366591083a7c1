"""Bảng điểm: the catalogue of units of measure, and who marks a criterion taken back."""

from sqlalchemy import select

from campaign.extensions import db, flush_or_refuse
from campaign.scheme.models import CriterionMarker, MeasureUnit

MEASURE_UNITS = (
    ("phần trăm", "%"),
    ("chỉ số (cùng kỳ = 100)", "%"),
    ("tỷ đồng", "tỷ đồng"),
    ("triệu đồng", "triệu đồng"),
    ("triệu USD", "triệu USD"),
    ("điểm", "điểm"),
    ("nhiệm vụ", "nhiệm vụ"),
    ("hộ", "hộ"),
    ("cuộc", "cuộc"),
    ("bài", "bài"),
    ("mô hình", "mô hình"),
    ("người", "người"),
)


def install_measure_units() -> None:
    """Cài danh mục đơn vị đo: the units that are not there yet."""
    held = set(db.session.scalars(select(MeasureUnit.name)))
    for place, (name, symbol) in enumerate(MEASURE_UNITS, start=1):
        if name not in held:
            db.session.add(MeasureUnit(name=name, symbol=symbol, position=place))
    db.session.flush()


def add_measure_unit(name: str, symbol: str) -> MeasureUnit:
    """Thêm đơn vị đo vào danh mục."""
    row = MeasureUnit(name=name, symbol=symbol, position=1000)
    db.session.add(row)
    flush_or_refuse(f"Danh mục đã có “{name}”.", field="name")
    return row


def unname_markers(criterion_id: int) -> None:
    """Không giao riêng cho ai nữa: the whole council marks the criterion, if it marks it at all."""
    for row in db.session.scalars(
        select(CriterionMarker).where(CriterionMarker.criterion_id == criterion_id)
    ):
        db.session.delete(row)
    db.session.flush()
