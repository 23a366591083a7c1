"""Runs the migrations of the database that the application is configured for."""

import sys

from alembic import context
from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.batch import BatchOperationsImpl
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from campaign.database import hold_every_table, revision_of
from campaign.extensions import db
from campaign.proof import upgrades


class SqliteSteps(SQLiteImpl):
    """Bước nâng cấp trên SQLite: a table that is built anew is read by itself, not with the tables
    that it refers to and those that they refer to; half of what a step costs goes by that.
    """

    __dialect__ = "sqlite"

    def requires_recreate_in_batch(self, batch_op: BatchOperationsImpl) -> bool:
        """Whether it is to be built anew; asked before it is read."""
        batch_op.reflect_kwargs["resolve_fks"] = False
        return super().requires_recreate_in_batch(batch_op)


def demand_known(stands_at: str | None) -> None:
    """Refuse a database that no step begins from: one older than the first, or newer than the
    last.
    """
    steps = [row.revision for row in context.script.walk_revisions()]
    newest, oldest = steps[0], steps[-1]
    if stands_at is None or stands_at in steps:
        return
    if stands_at < oldest:
        sys.exit(
            f"Cơ sở dữ liệu đang ở lược đồ {stands_at}, mà bản chương trình này chỉ nâng cấp được "
            f"từ lược đồ {oldest}. Hãy nâng cấp bằng bản chương trình trước, rồi chạy lại bản này. "
            "Dữ liệu chưa bị thay đổi."
        )
    sys.exit(
        f"Cơ sở dữ liệu đang ở lược đồ {stands_at}, mới hơn bản chương trình này (lược đồ "
        f"{newest}). Hãy dùng bản chương trình mới hơn. Dữ liệu chưa bị thay đổi."
    )


def run() -> None:
    """Migrate in one transaction, foreign keys off while SQLite rebuilds tables."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        stands_at = revision_of(connection)
        demand_known(stands_at)
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=False,
        )
        is_old = stands_at not in {None, context.get_head_revision()}
        if is_old:
            hold_every_table(connection)
        stood = upgrades.raw_rows(connection) if is_old else None
        with context.begin_transaction():
            context.run_migrations()
        if stood is not None and revision_of(connection) == context.get_head_revision():
            upgrades.explain(connection, stood)
        connection.commit()
        if is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    engine.dispose()


try:
    run()
except SQLAlchemyError:
    if current_app.debug:
        raise
    sys.exit(
        "Không dùng được cơ sở dữ liệu nên chưa nâng cấp; dữ liệu chưa bị thay đổi. Hãy kiểm tra "
        "DATABASE_URL, máy chủ cơ sở dữ liệu và quyền ghi; chạy lại với flask --debug để xem chi "
        "tiết kỹ thuật."
    )
