"""Runs the migrations of the database that the application is configured for."""

from alembic import context
from flask import current_app

from campaign.database import revision_of
from campaign.extensions import db
from campaign.proof import upgrades


def run() -> None:
    """Migrate in one transaction, foreign keys off while SQLite rebuilds tables."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
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
        stands = context.get_context().get_current_revision()
        is_old = stands is not None and stands != context.get_head_revision()
        stood = upgrades.before(connection) if is_old else None
        with context.begin_transaction():
            context.run_migrations()
        if stood is not None and revision_of(connection) == context.get_head_revision():
            upgrades.explain(connection, stood)
        connection.commit()
        if is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    engine.dispose()


run()
