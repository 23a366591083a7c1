"""names found and sorted by the letters they look like

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from campaign.core.text import name_sort_key, search_key, text_sort_key

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ODD = (
    "\u00d0",
    "\u00f0",
    "\u0189",
    "\u0256",
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u00a0",
)
"""Chữ trông giống, chữ không thấy: what old names may hold."""


def upgrade() -> None:
    """Work out anew the keys of names that hold such letters; the names stay as they were written."""
    for table, columns in (
        ("unit", ("name", "short_name", "search_key", "sort_key")),
        ("user_account", ("full_name", "search_key", "sort_key")),
        ("nominee", ("name", "honorific", "search_key", "name_key")),
        ("decision_line", ("name", "search_key")),
        ("past_award", ("name", "search_key")),
    ):
        rows = sa.table(table, sa.column("id"), *(sa.column(column) for column in columns))
        name, (key, *sorting) = columns[0], [column for column in columns if column.endswith("key")]
        has_odd = sa.or_(*(rows.c[name].contains(letter) for letter in ODD))
        for row in op.get_bind().execute(sa.select(rows).where(has_odd)).mappings().all():
            found = f"{row[name]} {row['short_name']}" if table == "unit" else row[name]
            is_person = table == "user_account" or row.get("honorific")
            order = name_sort_key if is_person else text_sort_key
            values = {key: search_key(found), **{column: order(row[name]) for column in sorting}}
            op.get_bind().execute(sa.update(rows).where(rows.c.id == row["id"]).values(values))


def downgrade() -> None:
    """The keys serve either way."""
