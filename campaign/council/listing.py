"""Danh sách thành viên: by what it is searched, narrowed and sorted."""

from collections.abc import Sequence

from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.web.lists import Asked, Column, Filter, asked, choices_of

_ORDER = tuple(CouncilFunction)
COLUMNS = (
    Column("name", "Họ và tên", value=lambda row: row.user.sort_key),
    Column("function", "Chức danh", value=lambda row: _ORDER.index(row.function)),
    Column("unit", "Đơn vị", value=lambda row: row.user.unit.name if row.user.unit else None),
)


def asked_members() -> Asked:
    """Điều kiện của danh sách thành viên."""
    filters = [
        Filter("function", "Chức danh", choices_of(CouncilFunction)),
        Filter("left", "Hiện nay", (("no", "đang là thành viên"), ("yes", "đã thôi"))),
    ]
    return asked(COLUMNS, filters, search="Tìm theo tên người", endpoint="council.index")


def members_here(of: Asked, members: Sequence[CouncilMember]) -> list[CouncilMember]:
    """Các thành viên như điều kiện nói."""
    function, left = of.chosen["function"], of.chosen["left"]
    rows = [
        row
        for row in of.matching(members, _name)
        if function in {"", row.function.value} and left in {"", "yes" if row.left_on else "no"}
    ]
    return of.sorted(rows)


def _name(row: CouncilMember) -> str:
    return row.user.full_name
