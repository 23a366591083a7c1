"""standards and merits as the Council had them before it

Revision ID: 0017
Revises: 0016
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

GATES = {
    "took_part": "tham gia phong trào",
    "reported": "có báo cáo cuối kỳ đã thẩm định",
    "discipline": "không bị kỷ luật trong kỳ",
    "complaint": "không có khiếu nại đang giải quyết",
    "duplicate": "chưa được khen cho cùng thành tích",
}
LONGEST = 240


def upgrade() -> None:
    op.add_column("ballot", sa.Column("standards", sa.Text(), nullable=False, server_default=""))
    op.add_column("ballot_line", sa.Column("merit", sa.Text(), nullable=False, server_default=""))
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """What was voted on before keeps what stands there now: it was read from there until now."""
    standards: dict[int, str] = {}
    for line_id, ballot_id, achievements, gates in connection.execute(
        sa.text(
            "SELECT l.id, l.ballot_id, n.achievements, k.gates FROM ballot_line l JOIN nominee n ON n.id = l.subject_id"
            " JOIN award_kind k ON k.id = n.kind_id ORDER BY l.ballot_id, l.position"
        )
    ).all():
        standards.setdefault(ballot_id, _standards(gates))
        connection.execute(
            sa.text("UPDATE ballot_line SET merit = :merit WHERE id = :id"),
            {"merit": _merit(achievements), "id": line_id},
        )
    for ballot_id, words in standards.items():
        connection.execute(
            sa.text("UPDATE ballot SET standards = :words WHERE id = :id"),
            {"words": words, "id": ballot_id},
        )


def _standards(gates: Any) -> str:
    held = json.loads(gates) if isinstance(gates, str) else gates
    return "; ".join(label for gate, label in GATES.items() if held.get(gate, "off") != "off")


def _merit(achievements: str) -> str:
    line = " ".join(achievements.split())
    if line.endswith("trong khối theo xếp hạng đã khoá."):
        return ""
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0].rstrip(',;')}…"


def downgrade() -> None:
    op.drop_column("ballot_line", "merit")
    op.drop_column("ballot", "standards")
