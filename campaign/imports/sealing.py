"""Dấu của phần xem trước: the rows as they were read and what was shown travel with the page,
signed, so that what is confirmed is what was seen.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from campaign.core.errors import refuse
from campaign.imports.rules import Outcome, Row


def seal(
    slug: str, rows: Sequence[Row], outcomes: Sequence[Outcome], *, by: int, secret: str
) -> str:
    """Đóng dấu rows and what was shown of them, for one person."""
    first = rows[0]
    sealed: str | bytes = _signer(slug, secret).dumps(
        {
            "sheet": first.sheet,
            "columns": first.columns,
            "seen": digest(outcomes),
            "by": by,
            "rows": [_packed(row) for row in rows],
        }
    )
    return sealed if isinstance(sealed, str) else sealed.decode()


def unseal(slug: str, sealed: str, *, by: int, secret: str) -> tuple[list[Row], str]:
    """Mở dấu: the rows, and the digest of what was shown; refused where altered or another's."""
    try:
        preview = _signer(slug, secret).loads(sealed)
    except BadSignature:
        refuse("Phần xem trước không còn dùng được. Hãy gửi lại tệp.")
    if preview["by"] != by:
        refuse("Phần xem trước này của người khác. Hãy gửi lại tệp.")
    return _unpacked_rows(preview), str(preview["seen"])


def digest(outcomes: Sequence[Outcome]) -> str:
    """Dấu vết của những gì đã hiện."""
    shown = [
        [row.place, row.label, row.effect.value, row.details, row.faults, row.questions]
        for row in outcomes
    ]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def _signer(slug: str, secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"import-{slug}")


def _packed(row: Row) -> tuple[int, dict[str, Any], Any]:
    cells = {key: _plain(cell) for key, cell in row.cells.items() if cell is not None}
    return row.number, cells, row.shown


def _plain(cell: Any) -> Any:
    """A cell as JSON holds it: what is no text says of what kind it is."""
    if isinstance(cell, Decimal):
        return {"n": str(cell)}
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"c": cell.isoformat()} if isinstance(cell, time) else cell


def _unpacked_rows(preview: Mapping[str, Any]) -> list[Row]:
    return [
        Row(
            number,
            preview["sheet"],
            {key: _unpacked(value) for key, value in cells.items()},
            preview["columns"],
            shown,
        )
        for number, cells, shown in preview["rows"]
    ]


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    if kind == "n":
        return Decimal(text)
    if kind == "c":
        return time.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "t" else date.fromisoformat(text)
