"""What the tables refuse by themselves, whatever writes to them."""

from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from campaign.decision.models import Decision
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.nomination.models import NomineeChange
from campaign.nomination.rules import NomineeState
from tests import build, migrated

pytestmark = pytest.mark.both_databases


@pytest.fixture
def campaigns(app):
    """Two campaigns, each with a unit that takes part and a kind of award."""
    made = []
    for _ in range(2):
        campaign = build.campaign()
        entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
        made.append((campaign, entry, build.award_kind(campaign)))
    db.session.commit()
    return made


def test_a_nominee_is_of_the_campaign_of_its_unit_and_of_its_kind(campaigns):
    (campaign, entry, kind), (_, other_entry, other_kind) = campaigns
    for of, given in ((entry, other_kind), (other_entry, kind)):
        with pytest.raises(IntegrityError):
            build.nominee(campaign, of=of, kind=given)
        db.session.rollback()
    assert build.nominee(campaign, of=entry, kind=kind).id


@pytest.mark.parametrize(
    ("state", "is_signed"),
    [
        (NomineeState.SIGNED, False),
        (NomineeState.DRAFT, True),
        (NomineeState.BY_RANK, True),
    ],
)
def test_a_nominee_is_signed_for_by_a_signature_and_only_then(campaigns, state, is_signed):
    campaign, entry, kind = campaigns[0]
    signature = {
        "signed_at": build.NOW if is_signed else None,
        "signed_by_id": build.user().id if is_signed else None,
    }
    with pytest.raises(IntegrityError):
        build.nominee(campaign, of=entry, kind=kind, state=state, **signature)
    db.session.rollback()


def _signed(campaign, number, *, on=date(2021, 5, 12), symbol="QĐ-SCT"):
    return build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number=number,
        symbol=symbol,
        signed_on=on,
        signed_at=build.NOW,
    )


def test_a_number_and_symbol_are_signed_once_a_year(campaigns):
    _signed(campaigns[0][0], "12")
    for on in (date(2022, 1, 3), date(2020, 12, 31)):
        _signed(campaigns[0][0], "12", on=on)
    _signed(campaigns[0][0], "13")
    _signed(campaigns[0][0], "12", symbol="QĐ-UBND")
    build.decision(campaigns[0][0], number="12")
    db.session.commit()
    with pytest.raises(IntegrityError):
        _signed(campaigns[1][0], "12", on=date(2021, 12, 31))
    db.session.rollback()


def test_the_year_of_a_decision_is_that_of_its_day(campaigns):
    row = _signed(campaigns[0][0], "12")
    row.signed_on = date(2020, 12, 31)
    db.session.commit()
    assert db.session.scalars(select(Decision.signed_year)).all() == [2020]
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE decision SET signed_year = NULL"))
    db.session.rollback()


def test_rows_pass_through_the_step_back_and_forth(as_migrated):
    campaign, by = build.campaign(), build.user()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    rows = [
        build.nominee(campaign, of=entry, kind=kind, state=state)
        for state in (NomineeState.BY_RANK, NomineeState.SIGNED, NomineeState.DRAFT)
    ]
    rows.append(
        build.nominee(
            campaign,
            of=entry,
            kind=kind,
            state=NomineeState.PROPOSED,
            signed_at=None,
            signed_by_id=None,
        )
    )
    for row, start in ((rows[1], NomineeState.SIGNED), (rows[3], NomineeState.BY_RANK)):
        db.session.add(
            NomineeChange(
                nominee_id=row.id,
                from_state=start,
                to_state=NomineeState.PROPOSED,
                reason="hạng 1",
                at=build.NOW,
                by_id=by.id,
            )
        )
    _signed(campaign, "12")
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        held = migrated.cells(connection)
    downgrade(revision="0039")
    with db.engine.connect() as connection:
        before = migrated.cells(connection)
    assert [row["state"] for row in before["nominee"]] == ["signed", "signed", "draft", "proposed"]
    assert {row["from_state"] for row in before["nominee_change"]} == {"signed"}
    upgrade()
    with db.engine.connect() as connection:
        kept = migrated.cells(connection)
    kept["audit_entry"] = kept["audit_entry"][: len(held["audit_entry"])]
    assert kept == held
