"""Sổ khen thưởng: by what the register and the old books are searched, narrowed and sorted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select

from campaign.decision.models import Decision, DecisionLine, UpwardRequest
from campaign.honours import queries as entries
from campaign.honours.models import PastAward
from campaign.honours.rules import Subject
from campaign.register import queries
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

COLUMNS = (
    Column("number", "Số vào sổ", (DecisionLine.register_year, DecisionLine.register_number)),
    Column("name", "Tên", (DecisionLine.search_key,)),
    Column("decision", "Quyết định", (Decision.signed_on, Decision.id)),
    Column("amount", "Tiền thưởng", (DecisionLine.amount,), is_number=True),
)
_PAST = {
    "number": (PastAward.year, PastAward.number),
    "name": (PastAward.search_key,),
    "decision": (PastAward.signed_on,),
    "amount": (PastAward.amount,),
}


def asked_register() -> Asked:
    """Điều kiện của sổ."""
    years = tuple((str(year), str(year)) for year in queries.register_years())
    filters = [
        Filter("year", "Năm", years, everything="mọi năm"),
        Filter("subject", "Đối tượng", choices_of(Subject), everything="tất cả"),
    ]
    return asked(COLUMNS, filters, search="Tên", endpoint="register.index")


def _conditions(of: Asked) -> dict[str, Any]:
    subject = of.chosen["subject"]
    return {
        "words": of.text,
        "year": of.number("year"),
        "subject": Subject(subject) if subject else None,
    }


def lines(of: Asked) -> Select[Any]:
    """Các dòng của sổ như điều kiện nói."""
    return queries.register(**_conditions(of), order=of.order)


def ended(of: Asked) -> int:
    """Số dòng đã hết hiệu lực trong các dòng như điều kiện nói."""
    return queries.register_ended(**_conditions(of))


def past(of: Asked) -> Select[Any]:
    """Các lượt từ hồ sơ cũ như điều kiện nói, by the column that stands for the same there."""
    order = [(by.desc() if of.is_down else by.asc()).nulls_last() for by in _PAST.get(of.sort, ())]
    return entries.past_awards(**_conditions(of), order=order)


def granted(of: Asked) -> Sequence[UpwardRequest]:
    """Các lượt cấp trên khen thưởng như điều kiện nói."""
    return queries.granted_upwards(**_conditions(of))


def money(of: Asked) -> tuple[int, int]:
    """Tổng tiền của các dòng như điều kiện nói: what stands, and what has ended."""
    return queries.register_money(**_conditions(of))
