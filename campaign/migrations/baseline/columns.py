"""What the tables of the baseline have in common; frozen with them, whatever the program does
later.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

MOMENT = sa.DateTime(timezone=True)
"""An aware moment, in UTC."""
POINTS = sa.Integer()
"""Hundredths of a point."""
MEASURE = sa.BigInteger()
"""Ten-thousandths of a measured value."""


def one_of(name: str, *values: str) -> sa.Enum:
    """Text that a CHECK called `name` holds to these values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
