"""Quy tắc trình bày văn bản: what Nghị định 30/2020/NĐ-CP asks of dates and signatures; pure."""

from datetime import date

FIRST_TWO_MONTHS = 2
TWO_DIGITS = 10


def date_words(day: date) -> str:
    """Ngày tháng năm ban hành: days below 10 and the months 1 and 2 carry a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    day_part = f"{day.day:02d}" if day.day < TWO_DIGITS else str(day.day)
    month_part = f"{day.month:02d}" if day.month <= FIRST_TWO_MONTHS else str(day.month)
    return f"ngày {day_part} tháng {month_part} năm {day.year}"
