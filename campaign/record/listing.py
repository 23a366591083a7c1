"""Nhật ký: by what it is searched, narrowed and sorted."""

from typing import Any

from sqlalchemy import Select

from campaign.audit.models import AuditEntry
from campaign.audit.names import ACTS
from campaign.record import queries
from campaign.web.lists import Asked, Column, Filter, asked

COLUMNS = (
    Column("number", "Số", (AuditEntry.number,)),
    Column("at", "Lúc", (AuditEntry.at,)),
)


def asked_entries() -> Asked:
    """Điều kiện của nhật ký."""
    acts = Filter("act", "Việc", tuple(ACTS.items()))
    return asked(COLUMNS, [acts], search="Người làm", endpoint="audit.index")


def statement(of: Asked) -> Select[Any]:
    """Các dòng nhật ký như điều kiện nói."""
    return queries.entries_found(act=of.chosen["act"], actor=of.text, order=of.order)
