"""The record: chained, append-only, and the same whether tables come from models or from
migrations.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.audit import recorder
from campaign.audit.models import AuditEntry
from campaign.cli import prepare_migrations
from campaign.core.text import name_sort_key
from campaign.core.vote_rules import VoteRule, rule_to_data
from campaign.decision.models import DecisionWithdrawal
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.honours.models import AwardType, RuleSet
from campaign.honours.rules import Ground
from campaign.office.models import FiledPaper
from campaign.office.rules import PaperKind
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.rules import Phase, Rescaling
from campaign.reporting.models import ClaimedValue, WarningAnswer
from campaign.scheme.models import Indicator
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import CriterionKind, ValueKind
from campaign.units.models import Unit
from campaign.voting.models import Ballot, BallotLine, LineRecusal, Urn
from tests import build

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _ready_to_migrate(app):
    prepare_migrations(app)


def test_each_transaction_is_one_entry_and_the_chain_is_sound(app):
    build.unit()
    db.session.commit()
    build.unit()
    build.campaign()
    db.session.commit()
    assert (audit.head()[0], audit.verify()) == (2, None)


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
    assert audit.verify() is None


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
    found = audit.verify()
    db.session.rollback()
    assert found is not None
    assert found[0] == 2


def test_a_campaign_has_one_final_period(app):
    campaign = build.campaign()
    build.period(campaign)
    with pytest.raises(IntegrityError):
        build.period(campaign)
    db.session.rollback()


def test_migrations_build_exactly_the_models(app):
    _empty()
    upgrade()
    with db.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata
        )
        tables = set(inspect(connection).get_table_names())
    assert found == []
    assert tables == set(db.metadata.tables) | {"alembic_version"}


FIRST_ROWS = (
    "INSERT INTO user_account (id, user_name, full_name, honorific, position, email, sort_key, "
    "search_key,"
    " must_change_password, is_active, is_demo, session_version)"
    " VALUES (1, 'thu-ky', 'Trần Thị Hoà', 'Bà', '', '', 'hoa', 'hoa', {no}, {yes}, {no}, 1)",
    "INSERT INTO rule_set (code, title, legal_basis, source) VALUES ('RS-2017', 'Luật 2003', "
    "'Luật', 'x')",
    "INSERT INTO campaign (id, title, occasion, starts_on, ends_on, legal_basis, announcement, "
    "phase, aggregation, mark_step,"
    " minimum_marks, tie_breaks, progress_is_public, is_illustrative, frozen_at, version)"
    " VALUES (1, '70 năm ngành Công Thương', '', '2021-02-26', '2021-04-30', '', '', "
    "'meeting', 'mean', 50, 3, '[]',"
    " {no}, {no}, '2021-02-26 01:00:00', 1)",
    "INSERT INTO council_member (id, campaign_id, user_id, function, leaving_reason, position)"
    " VALUES (1, 1, 1, 'chair', '', 0)",
    "INSERT INTO audit_entry (number, at, actor, act, changes, previous_hash, hash)"
    " VALUES (1, '2021-02-26 01:00:00', 'Hệ thống', 'change', '[]', '0', '1')",
)
"""Rows of a database as the first migration left it."""


def test_migrations_keep_the_rows_of_a_database_that_is_in_use(app):
    _empty()
    upgrade(revision="0001")
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.begin() as connection:
        for statement in FIRST_ROWS:
            connection.execute(
                text(
                    statement.format(
                        yes="1" if is_sqlite else "true", no="0" if is_sqlite else "false"
                    )
                )
            )
    upgrade()
    kept = db.session.execute(
        text(
            "SELECT c.title, u.full_name, m.function FROM campaign c JOIN council_member m ON "
            "m.campaign_id = c.id"
            " JOIN user_account u ON u.id = m.user_id"
        )
    ).one()
    assert tuple(kept) == ("70 năm ngành Công Thương", "Trần Thị Hoà", "chair")
    assert db.session.execute(text("SELECT code, rounding FROM rule_set")).all() == [
        ("RS-2017", "ceil_10000")
    ]
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("DELETE FROM audit_entry"))
    db.session.rollback()


def test_lines_voted_on_before_learn_the_unit_they_were_about(app):
    _empty()
    upgrade()
    campaign = build.campaign()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    chair, secretary = (build.member(campaign, user=build.user()) for _ in range(2))
    nominee = build.nominee(campaign, of=entry, kind=build.award_kind(campaign))
    meeting = build.meeting(campaign, chair=chair, secretary=secretary)
    build.ballot(meeting, subject_id=nominee.id)
    build.ballot(meeting)
    lines = db.session.scalars(select(BallotLine).order_by(BallotLine.id)).all()
    db.session.add(LineRecusal(line_id=lines[0].id, member_id=chair.id, reason="đơn vị của mình"))
    db.session.commit()
    expected = [(nominee.id, entry.id), (None, None)]
    db.session.remove()
    downgrade(revision="0009")
    upgrade()
    assert (
        db.session.execute(
            select(BallotLine.subject_id, BallotLine.participation_id).order_by(BallotLine.id)
        ).all()
        == expected
    )
    assert db.session.scalars(select(LineRecusal.reason)).all() == ["đơn vị của mình"]


def test_reasons_given_before_belong_to_the_values_that_stood_there(app):
    _empty()
    upgrade()
    campaign, by = build.campaign(), build.user()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    report = build.report(of=entry, period=build.period(campaign))
    stamp = {"report_id": report.id, "updated_at": build.NOW, "updated_by_id": by.id}
    told = [("44462.5", ValueKind.ESTIMATED), ("1200", None), (None, None)]
    for value, kind in told:
        number = build.indicator(campaign).id
        db.session.add(
            ClaimedValue(
                **stamp, indicator_id=number, value=Decimal(value) if value else None, kind=kind
            )
        )
        db.session.add_all(
            WarningAnswer(**stamp, warning=f"{code}:{number}", reason="Đã kiểm tra", about="?")
            for code in ("jump", "kind")
        )
    db.session.commit()
    db.session.remove()
    downgrade(revision="0011")
    upgrade()
    assert sorted(db.session.execute(select(WarningAnswer.about)).scalars()) == [
        "",
        "",
        "",
        "1200",
        "44462.5",
        "estimated",
    ]


def test_reasons_of_withdrawals_that_only_the_record_knew_stand_with_their_decisions(app):
    _empty()
    upgrade()
    by, (kept, gone) = (
        build.user(),
        [
            build.decision(
                build.campaign(),
                state=DecisionState.POSTED,
                posted_on=date(2021, 4, 20),
                notice_until=date(2021, 4, 23),
            )
            for _ in range(2)
        ],
    )
    db.session.commit()
    for decision in (kept, gone):
        recorder.acting_as(by.id, "Thư ký")
        recorder.act("decision.withdraw")
        recorder.note("decision", str(decision.id), None, {"reason": "nhầm người ký"})
        decision.state, decision.posted_on, decision.notice_until = DecisionState.DRAFT, None, None
        db.session.commit()
    db.session.delete(gone)
    db.session.commit()
    number, by_id = kept.id, by.id
    at = db.session.scalars(
        select(AuditEntry.at)
        .where(AuditEntry.act == "decision.withdraw")
        .order_by(AuditEntry.number)
    ).first()
    db.session.remove()
    downgrade(revision="0015")
    upgrade()
    told = db.session.scalars(select(DecisionWithdrawal)).all()
    assert [
        (one.decision_id, one.posted_on, one.notice_until, one.reason, one.by_id, one.at)
        for one in told
    ] == [(number, date(2021, 4, 20), date(2021, 4, 23), "nhầm người ký", by_id, at)]


def test_what_was_voted_on_before_keeps_the_merits_and_standards_that_stand_there_now(app):
    _empty()
    upgrade()
    campaign = build.campaign()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    chair, secretary = (build.member(campaign, user=build.user()) for _ in range(2))
    told = [
        "Hoàn thành  xuất sắc\nnhiệm vụ.",
        "từ " * 100,
        "Hạng 1 trong khối theo xếp hạng đã khoá.",
    ]
    gates = {"took_part": "block", "reported": "off", "duplicate": "warn"}
    kinds = [build.award_kind(campaign) for _ in told]
    nominees = [build.nominee(campaign, of=entry, kind=kind) for kind in kinds]
    meeting = build.meeting(campaign, chair=chair, secretary=secretary)
    for row, kind, words in zip(nominees, kinds, told, strict=True):
        row.achievements, kind.gates = words, gates
        build.ballot(meeting, subject_id=row.id)
    build.ballot(meeting)
    db.session.commit()
    db.session.remove()
    downgrade(revision="0016")
    upgrade()
    standards = "tham gia phong trào; chưa được khen cho cùng thành tích"
    assert db.session.execute(
        select(BallotLine.merit, Ballot.standards)
        .join(Ballot, Ballot.id == BallotLine.ballot_id)
        .order_by(Ballot.id)
    ).all() == [
        ("Hoàn thành xuất sắc nhiệm vụ.", standards),
        ("từ " * 79 + "từ…", standards),
        ("", standards),
        ("", ""),
    ]


REWARD = PointsRule(bonus_per_percent=Decimal("0.2"), bonus_cap=Decimal(2)).to_data()


def _planned(bonus_codes, *, phase=Phase.DRAFT):
    """A campaign with groups A and B, these bonus groups, and two indicators of which one promises
    a bonus.
    """
    campaign = build.campaign(phase=phase)
    groups = {
        code: build.group(campaign, code=code, kind=kind, cap=cap, position=place).id
        for place, (code, kind, cap) in enumerate(
            (
                ("A", CriterionKind.BASE, None),
                ("B", CriterionKind.BASE, None),
                *((code, CriterionKind.BONUS, Decimal(5)) for code in bonus_codes),
            )
        )
    }
    rewarded, plain = build.indicator(campaign, points_rule=REWARD).id, build.indicator(campaign).id
    return campaign, groups, rewarded, plain


def test_ties_and_bonuses_go_by_the_groups_that_were_meant_before_plans_named_them(app):
    _empty()
    upgrade()
    made = [_planned("T"), _planned("TU"), _planned("TU", phase=Phase.LAUNCHED), _planned("")]
    campaigns, groups, rewarded, plain = [[row[place] for row in made] for place in range(4)]
    campaigns[0].tie_breaks = [
        f"group:{groups[0]['B']}",
        "fewer_penalties",
        f"group:{groups[0]['A']}",
        f"group:{groups[0]['T']}",
    ]
    numbers = [campaign.id for campaign in campaigns]
    db.session.commit()
    db.session.remove()
    downgrade(revision="0021")
    kept = db.session.execute(
        text("SELECT tie_breaks FROM campaign WHERE id = :id"), {"id": numbers[0]}
    ).scalar_one()
    assert (json.loads(kept) if isinstance(kept, str) else kept) == [
        "group_b",
        "fewer_penalties",
        "group_a",
    ]
    db.session.execute(
        text("UPDATE criterion_group SET code = 'I' WHERE id = :id"), {"id": groups[1]["A"]}
    )
    db.session.execute(
        text("UPDATE campaign SET tie_breaks = :chain WHERE id = :id"),
        {"chain": '["group_a", "group_b", "council_vote"]', "id": numbers[1]},
    )
    db.session.commit()
    db.session.remove()
    upgrade()
    chains = dict(db.session.execute(select(Campaign.id, Campaign.tie_breaks)).all())
    assert [chains[number] for number in numbers] == [
        [f"group:{groups[0]['B']}", "fewer_penalties", f"group:{groups[0]['A']}"],
        [f"group:{groups[1]['B']}", "council_vote"],
        [],
        [],
    ]
    named = dict(db.session.execute(select(Indicator.id, Indicator.bonus_group_id)).all())
    assert [named[number] for number in rewarded] == [groups[0]["T"], None, groups[2]["T"], None]
    assert [named[number] for number in plain] == [None] * 4
    assert set(db.session.scalars(select(Campaign.rescaling))) == {Rescaling.FULL_SCALE}


def test_names_with_a_foreign_d_that_stand_already_are_found_and_sorted_as_any_other(app):
    _empty()
    upgrade()
    odd, plain = build.unit(name="Ðiện Biên", code="DB"), build.unit(name="Điện Biên", code="DB2")
    person = build.user(name="Phạm Thị Ðào")
    db.session.execute(
        text("UPDATE unit SET search_key = 'ðien bien', sort_key = '99' WHERE code = 'DB'")
    )
    db.session.execute(text("UPDATE user_account SET search_key = 'pham thi ðao', sort_key = '99'"))
    numbers = odd.id, plain.id, person.id
    db.session.commit()
    db.session.remove()
    downgrade(revision="0030")
    upgrade()
    odd, plain, person = (
        db.session.get(model, number)
        for model, number in zip((Unit, Unit, User), numbers, strict=True)
    )
    assert (odd.name, odd.search_key, odd.sort_key) == (
        "Ðiện Biên",
        "dien bien dien bien",
        plain.sort_key,
    )
    assert (person.search_key, person.sort_key) == ("pham thi dao", name_sort_key("Phạm Thị Đào"))


def _empty() -> None:
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        _empty_sqlite()
        return
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def _empty_sqlite() -> None:
    db.engine.dispose()
    file = Path(db.engine.url.database)
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)


def test_each_fact_of_a_form_keeps_who_checked_it_and_a_majority_of_no_law_becomes_a_proposal(app):
    _empty()
    upgrade()
    checked = {"checked_by_id": build.user().id, "checked_on": build.TODAY, "source": "NĐ 91"}
    shares = {"giay-khen": (70, 100), "chien-si-thi-dua": (90, 100)}
    for code, share in shares.items():
        made = build.award_type(name=code, **checked)
        made.code, made.vote = (
            code,
            rule_to_data(VoteRule(numerator=share[0], denominator=share[1])),
        )
    db.session.commit()
    db.session.remove()
    downgrade(revision="0028")
    upgrade()
    rows = db.session.scalars(select(AwardType).order_by(AwardType.id)).all()
    assert [
        (
            row.code,
            row.is_title,
            row.vote_ground,
            row.vote_checked_on,
            row.report_checked_on,
            row.source,
        )
        for row in rows
    ] == [
        ("giay-khen", False, Ground.PROPOSAL, None, build.TODAY, "NĐ 91"),
        ("chien-si-thi-dua", True, Ground.LAW, build.TODAY, build.TODAY, "NĐ 91"),
    ]


def test_shares_that_stem_from_the_calendar_are_exact_and_typed_ones_stay(app):
    _empty()
    upgrade()
    campaign = build.campaign()
    august = build.period(campaign, is_final=False, ends_on=date(2021, 8, 31)).id
    tenth = build.period(campaign, is_final=False, ends_on=date(2021, 4, 10)).id
    typed = build.period(
        campaign,
        ends_on=date(2021, 8, 31),
        expected_share=Decimal("33.3333"),
        campaign_share=Decimal(50),
    ).id
    db.session.commit()
    db.session.remove()
    downgrade(revision="0025")
    kept = "SELECT id, expected_share FROM reporting_period"
    assert dict(db.session.execute(text(kept)).all()) == {
        august: 666_667,
        tenth: 277_778,
        typed: 333_333,
    }
    db.session.remove()
    upgrade()
    assert {row.id: row.expected_share for row in db.session.scalars(select(ReportingPeriod))} == {
        august: None,
        tenth: None,
        typed: Decimal("33.3333"),
    }


def test_filed_papers_stay_as_they_are_where_a_kind_of_paper_is_added(app):
    _empty()
    upgrade()
    campaign, by = build.campaign(), build.user()
    build.rule_set(code="RS-2022b")
    filed = {
        "campaign_id": campaign.id,
        "title": "Kế hoạch",
        "version": "1",
        "data_at": build.NOW,
        "template_sha256": "0",
        "size": 1,
        "at": build.NOW,
        "by_id": by.id,
    }
    db.session.add(
        FiledPaper(kind=PaperKind.PLAN, subject_id=1, sha256="1", storage_key="1", **filed)
    )
    db.session.commit()
    db.session.remove()
    downgrade(revision="0023")
    upgrade()
    assert db.session.scalars(select(FiledPaper.title)).all() == ["Kế hoạch"]
    assert db.session.scalars(select(RuleSet.has_golden_book)).all() == [True]
    db.session.add(
        FiledPaper(kind=PaperKind.UPWARD, subject_id=2, sha256="2", storage_key="2", **filed)
    )
    db.session.flush()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("DELETE FROM filed_paper"))
    db.session.rollback()


def test_an_urn_that_was_open_at_the_upgrade_names_the_key_it_has(app):
    _empty()
    upgrade()
    campaign = build.campaign()
    chair, secretary = (build.member(campaign, user=build.user()) for _ in range(2))
    made = build.ballot(build.meeting(campaign, chair=chair, secretary=secretary)).id
    db.session.add(Urn(ballot_id=made, sealed=b"sealed", key_name="x"))
    db.session.commit()
    db.session.remove()
    downgrade(revision="0033")
    upgrade()
    assert db.session.execute(select(Urn.ballot_id, Urn.sealed, Urn.key_name)).all() == [
        (made, b"sealed", f"ballot-{made}")
    ]
