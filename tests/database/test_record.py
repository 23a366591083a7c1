"""The record: chained, append-only, and the same whether tables come from models or from
migrations.
"""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from campaign.audit import queries as audit
from campaign.audit.models import AuditEntry
from campaign.extensions import db
from tests import build, chain, migrated

pytestmark = pytest.mark.both_databases


def test_each_transaction_is_one_entry_and_the_chain_is_sound(app):
    build.unit()
    db.session.commit()
    build.unit()
    build.campaign()
    db.session.commit()
    assert (audit.head()[0], chain.first_fault()) == (2, None)


def test_what_was_rolled_back_leaves_no_entry(app):
    build.unit()
    db.session.rollback()
    build.unit()
    db.session.commit()
    assert audit.head()[0] == 1


def test_an_entry_can_be_neither_changed_nor_removed(app):
    build.unit()
    db.session.commit()
    for statement in (update(AuditEntry).values(actor="kẻ khác"), text("DELETE FROM audit_entry")):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()
    assert chain.first_fault() is None


def test_the_chain_names_the_first_entry_that_was_tampered_with(app):
    for _ in range(3):
        build.unit()
        db.session.commit()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER audit_entry_no_update"))
    else:
        db.session.execute(text("DROP TRIGGER audit_entry_append_only ON audit_entry"))
    db.session.execute(text("UPDATE audit_entry SET actor = 'kẻ khác' WHERE number = 2"))
    db.session.info.pop("changes", None)
    broken = chain.first_fault()
    db.session.rollback()
    assert broken is not None
    assert broken[0] == 2


def test_a_campaign_has_one_final_period(app):
    campaign = build.campaign()
    build.period(campaign)
    with pytest.raises(IntegrityError):
        build.period(campaign)
    db.session.rollback()


def test_migrations_build_exactly_the_models(app, backend, databases):
    with db.engine.connect() as connection:
        expected = migrated.shape(connection)
    database = databases(backend)
    database.bring_back(database.migrated())
    with db.engine.connect() as connection:
        settings = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(settings, db.metadata) == []
        built = migrated.shape(connection)
    assert set(built) == set(db.metadata.tables)
    assert built == expected
