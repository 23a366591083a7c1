"""Freezing, and who sees the order when."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from campaign.audit import queries as audit
from campaign.core.dates import format_moment
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.ranking import actions, frozen_tables, queries, tallies
from campaign.ranking.models import FrozenRanking
from campaign.reporting.models import Report
from campaign.scheme.rules.terms import JudgedBy
from campaign.units.models import Unit
from campaign.verification import actions as verification
from campaign.verification.claims import actions as claims
from campaign.verification.models import Verification, VerifiedPoints, VerifiedValue
from campaign.verification.queries import finished_units
from campaign.verification.rules import block_results
from campaign.voting import actions as voting
from campaign.voting import casting, protocol, results
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from tests import build
from tests.council_room import come_together
from tests.ranked_world import AT, Scored
from tests.worlds import Desk


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.REPORTING, Phase.SCORING, Phase.PUBLISHED])
def test_a_ranking_is_frozen_only_between_scoring_and_publication(app, phase):
    scored = Scored(phase)
    with pytest.raises(RuleViolation, match="Chỉ chốt xếp hạng sau khi đóng chấm điểm"):
        actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)


def test_freezing_again_needs_a_reason_and_keeps_the_first(app):
    scored = Scored()
    first = actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    with pytest.raises(RuleViolation, match="Xếp hạng đã chốt; muốn chốt lại, hãy ghi lý do"):
        actions.freeze(scored.campaign, reason=" ", by=scored.by, at=AT)
    second = actions.freeze(scored.campaign, reason="Sửa số liệu Kim Bôi", by=scored.by, at=AT)
    db.session.flush()
    assert frozen_tables.latest_frozen(scored.campaign.id).id == second.id
    assert [row.rank for row in frozen_tables.frozen_standings(first.id)] == [1, 2]


def test_nothing_is_frozen_where_nobody_is_ranked(app):
    campaign = build.campaign(phase=Phase.MEETING)
    with pytest.raises(RuleViolation, match="Chưa có đơn vị nào được xếp hạng"):
        actions.freeze(campaign, reason="", by=build.user(), at=AT)


def test_the_snapshot_names_every_row_it_used_and_no_member(app):
    scored = Scored()
    frozen = actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    db.session.flush()
    explanation = frozen_tables.frozen_standings(frozen.id)[0].explanation
    line = explanation["groups"][0]["lines"][0]
    assert line["used"] == {"version_id": explanation["version_id"]}
    assert line["steps"] == ["trung bình 2 phiếu (9–9): 18 ÷ 2 = 9,00"]
    names = [user.full_name for user in scored.users]
    assert [name for name in names if name in str(explanation)] == []


def test_the_explanation_says_who_verified_it_before_and_after_freezing(app, sign_in, page):
    scored = Scored()
    address = f"/campaigns/{scored.campaign.id}/ranking/units/{scored.entries[0].id}"
    expected = (
        f"Thẩm định {scored.by.full_name} thẩm định xong lúc {format_moment(AT)}, theo báo cáo "
        "bản số 1."
    )
    assert expected in page(sign_in(scored.by).get(address)).all("section.card")
    actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    assert expected in page(sign_in(scored.by).get(address)).all("section.card")


@pytest.mark.parametrize("function", [CouncilFunction.MEMBER, CouncilFunction.SECRETARY])
def test_while_scoring_is_open_nobody_sees_what_follows_from_marks_whatever_he_has_locked(
    app, sign_in, page, function
):
    scored = Scored(Phase.SCORING)
    user = build.user(Role.COUNCIL_MEMBER, Role.SECRETARIAT, Role.DIRECTOR)
    build.sheet(
        member=build.member(scored.campaign, user=user, function=function),
        block=scored.block,
        is_locked=True,
    )
    address, told = (
        f"/campaigns/{scored.campaign.id}/ranking",
        "tbody tr:first-child th .small, tbody tr:first-child td:last-child",
    )
    for browser in (sign_in(user), sign_in(scored.by)):
        shown = page(browser.get(f"{address}/"))
        assert (shown.all("main table"), shown.all(".empty h2, .empty h3")) == (
            [],
            ["Chưa xem được xếp hạng"],
        )
        assert [
            browser.get(f"{address}/{path}").status_code
            for path in (
                "excel",
                f"units/{scored.entries[0].id}",
                f"units/{scored.entries[0].id}/excel",
            )
        ] == [HTTPStatus.NOT_FOUND] * 3
    scored.campaign.phase, browser, address = (
        Phase.MEETING,
        sign_in(scored.by),
        f"{address}/units/{scored.entries[0].id}",
    )
    assert page(browser.get(address)).all(told) == [
        "Các điểm: 9; 9",
        "trung bình 2 phiếu (9–9): 18 ÷ 2 = 9,00",
    ]


def _explained_facts(desk, browser, page):
    verified = page(
        browser.get(f"/campaigns/{desk.campaign.id}/ranking/units/{desk.report.participation_id}")
    )
    return verified.all("tbody tr th .small")


def test_the_explanation_names_the_source_of_the_value_that_counts(app, sign_in, page):
    desk = Desk()
    row = desk.begin()
    claims.take(row, desk.content, [f"v:{desk.indicator.id}"], by=desk.by, at=AT)
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    verification.finish(row, desk.report, desk.left(row), by=desk.by, at=AT)
    desk.campaign.phase = Phase.MEETING
    browser, symbol = sign_in(desk.by), next(iter(desk.scheme.indicators.values())).symbol
    assert _explained_facts(desk, browser, page) == [f"99 {symbol} · chính thức · nguồn: s"]
    value = db.session.query(VerifiedValue).one()
    value.official_value, value.official_source = Decimal(98), "Cục Thống kê"
    assert _explained_facts(desk, browser, page) == [
        f"98 {symbol} · chính thức · nguồn: Cục Thống kê"
    ]


def test_a_unit_that_was_never_verified_has_its_reason_after_freezing(app, sign_in, page):
    scored = Scored()
    entry = build.participation(
        scored.campaign, unit=build.unit(), block=scored.block, by=scored.by
    )
    actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    answer = page(
        sign_in(scored.by).get(f"/campaigns/{scored.campaign.id}/ranking/units/{entry.id}")
    )
    assert answer.status == HTTPStatus.OK
    assert answer.all("section.card p")[0] == "Báo cáo cuối kỳ chưa thẩm định xong."


def test_too_few_marks_give_no_rank_and_say_why(app):
    scored = Scored()
    scored.sheets[0].locked_at = None
    db.session.flush()
    table = queries.table(scored.campaign, scored.block)
    assert table.ranked == []
    assert {row.reason for row in table.unranked} == {
        f"chưa đủ phiếu chấm: {scored.criterion.code} có 1/2"
    }


def test_a_group_of_a_unit_without_a_total_has_no_points_rather_than_zero(app, sign_in, page):
    scored = Scored()
    scored.sheets[0].locked_at = None
    db.session.flush()
    address = f"/campaigns/{scored.campaign.id}/ranking/units/{scored.entries[0].id}"
    shown = page(sign_in(scored.by).get(address))
    assert shown.all("td[data-label='Điểm']") == ["– /10,00", "–", "–"]
    assert sign_in(scored.by).get(f"{address}/print").status_code == HTTPStatus.OK


def _member_totals(scored):
    scheme = scheme_of(scored.campaign.id)
    results = block_results(scheme, finished_units(scored.campaign.id, scored.block.id))
    return tallies.member_totals(scheme, scored.block.id, results)


def test_marks_of_a_member_recused_later_are_set_aside_everywhere(app):
    scored = Scored(Phase.SCORING)
    chair = scored.members[0]
    council.recuse(
        scored.campaign,
        chair,
        scored.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="Họ hàng",
        by=scored.users[0],
        at=AT,
    )
    db.session.flush()
    marks = tallies.marks_of(scored.block.id, scored.entries[0].id)
    assert len(marks[scored.criterion.id]) == 1
    assert scored.entries[0].id not in _member_totals(scored)[chair.id]
    table = queries.table(scored.campaign, scored.block)
    assert [row.id for row in table.ranked] == [scored.entries[1].id]


def test_marks_set_aside_are_not_in_the_councils_matrix_either(app, sign_in, page):
    scored = Scored(Phase.SCORING)
    council.recuse(
        scored.campaign,
        scored.members[1],
        scored.entries[0].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="Họ hàng",
        by=scored.users[0],
        at=AT,
    )
    scored.campaign.phase = Phase.MEETING
    db.session.flush()
    shown = page(
        sign_in(scored.users[0]).get(
            f"/campaigns/{scored.campaign.id}/scoring/{scored.block.id}/matrix"
        )
    )
    assert shown.all(".sticky td.num") == ["9", "—", "8", "8"]


def _status(sign_in, user, address):
    return sign_in(user).get(address).status_code


@pytest.mark.parametrize("phase", [Phase.SCORING, Phase.MEETING, Phase.PUBLISHED])
def test_a_unit_reads_its_own_explanation_after_publication_and_never_anothers(app, sign_in, phase):
    scored = Scored(phase)
    own, other = scored.entries
    officer = build.user(Role.UNIT_OFFICER, at=db.session.get(type(build.unit()), own.unit_id))
    answers = [
        _status(sign_in, officer, f"/campaigns/{scored.campaign.id}/ranking/units/{entry.id}")
        for entry in (own, other)
    ]
    assert answers == (
        [HTTPStatus.OK, HTTPStatus.NOT_FOUND]
        if phase is Phase.PUBLISHED
        else [HTTPStatus.NOT_FOUND] * 2
    )


def test_before_locking_a_member_sees_neither_marks_nor_order(app, sign_in, page):
    scored = Scored(Phase.SCORING)
    member = scored.users[1]
    scored.sheets[1].locked_at = None
    db.session.flush()
    base = f"/campaigns/{scored.campaign.id}"
    assert page(sign_in(member).get(f"{base}/ranking/")).all("table") == []
    for address in (
        f"{base}/ranking/units/{scored.entries[0].id}",
        f"{base}/scoring/{scored.block.id}/matrix",
        f"{base}/ranking/agreement/{scored.block.id}",
    ):
        assert _status(sign_in, member, address) == HTTPStatus.NOT_FOUND


def test_after_closing_names_with_marks_are_for_chair_and_secretary_alone(app, sign_in, page):
    scored = Scored(Phase.MEETING)
    address = f"/campaigns/{scored.campaign.id}/scoring/{scored.block.id}/matrix"
    seen = {}
    for user, member in zip(scored.users, scored.members, strict=True):
        text = sign_in(user).get(address).get_data(as_text=True)
        seen[member.function] = [
            other.full_name in text.partition("<main")[2] for other in scored.users
        ]
    assert seen[CouncilFunction.CHAIR] == [True, True]
    assert seen[CouncilFunction.MEMBER][0] is False


def test_agreement_that_cannot_be_worked_out_is_said(app, sign_in, page):
    campaign = build.campaign(phase=Phase.MEETING)
    block = build.block(campaign)
    answer = sign_in(build.user(Role.SECRETARIAT)).get(
        f"/campaigns/{campaign.id}/ranking/agreement/{block.id}"
    )
    assert answer.status_code == HTTPStatus.OK
    assert "cần ít nhất hai phiếu" in answer.get_data(as_text=True)


def test_agreement_says_how_the_order_would_change_and_what_it_compared(app, sign_in, page):
    campaign, by = build.campaign(phase=Phase.MEETING), build.user(Role.SECRETARIAT)
    block, period, criterion = (
        build.block(campaign),
        build.period(campaign),
        build.criterion(campaign),
    )
    sheets = [
        build.sheet(
            member=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)),
            block=block,
            is_locked=True,
        )
        for _ in range(3)
    ]
    names = ("Cao Phong", "Kim Bôi")
    for name, given in zip(names, (("9", "9", "3"), ("8", "8", "8")), strict=True):
        entry = build.participation(campaign, unit=build.unit(short_name=name), block=block, by=by)
        version = build.verified(of=entry, period=period, by=by).version_id
        for sheet, points in zip(sheets, given, strict=True):
            build.mark(sheet=sheet, of=entry, criterion=criterion, points=points, version=version)
    shown = page(sign_in(by).get(f"/campaigns/{campaign.id}/ranking/agreement/{block.id}"))
    assert shown.all("main li:not([class])")[:2] == ["Cao Phong: hạng 2 → 1", "Kim Bôi: hạng 1 → 2"]
    assert shown.all("main p.mb-0")[0].startswith("So 2/2 đơn vị được cả 3 phiếu cùng chấm")
    assert shown.links("a[href$='/matrix']") == []


def test_the_audit_pages_do_not_tell_marks(app, sign_in):
    scored = Scored(Phase.SCORING)
    db.session.commit()
    number = audit.head()[0]
    text = sign_in(build.user(Role.ADMIN)).get(f"/audit/{number}").get_data(as_text=True)
    assert "phiếu của thành viên và bản đang soạn không hiện trong nhật ký" in text
    assert scored.campaign.title in text


def test_the_spreadsheet_of_the_ranking_says_what_the_page_says_and_to_the_same_people(
    app, sign_in
):
    scored = Scored()
    address = f"/campaigns/{scored.campaign.id}/ranking/excel"
    first, second = (db.session.get_one(Unit, entry.unit_id) for entry in scored.entries)
    officer = build.user(Role.UNIT_OFFICER, at=first)
    assert sign_in(officer).get(address).status_code == HTTPStatus.NOT_FOUND
    with sign_in(scored.by).get(address) as answer:
        book = load_workbook(BytesIO(answer.data))
    assert [
        (row[0].value, row[1].value, Decimal(row[-3].value))
        for row in book[scored.block.name].iter_rows(min_row=2)
    ] == [(1, first.name, Decimal(9)), (2, second.name, Decimal(8))]


def _tied():
    """Three members of the Council; two units with the same points, and the ranking frozen with
    their tie.
    """
    scored = Scored()
    scored.campaign.tie_breaks = ["council_vote"]
    secretary = build.member(
        scored.campaign, user=build.user(Role.COUNCIL_MEMBER), function=CouncilFunction.SECRETARY
    )
    scored.members.append(secretary)
    entry = build.participation(
        scored.campaign, unit=build.unit(), block=scored.block, by=scored.by
    )
    version = build.verified(of=entry, period=scored.period, by=scored.by).version_id
    for sheet in scored.sheets:
        build.mark(sheet=sheet, of=entry, criterion=scored.criterion, points="8", version=version)
    scored.tied = [scored.entries[1].id, entry.id]
    scored.frozen = actions.freeze(scored.campaign, reason="", by=scored.by, at=AT)
    scored.meeting = meeting_actions.call_meeting(
        scored.campaign,
        scored.members,
        place="Phòng họp",
        starts_at=AT,
        opinions_until=None,
        agenda="",
        at=AT,
    )
    return scored


def _put(scored, place=2):
    return actions.put_tie_before_council(
        scored.campaign, scored.frozen, scored.meeting, block_id=scored.block.id, place=place
    )


def _vote(scored, ballot, chosen):
    """Each member chooses the unit at their place in `chosen`; the ballot is counted."""
    if scored.meeting.opened_at is None:
        come_together(scored.meeting, scored.members)
    voting.open_ballot(scored.meeting, ballot, at=AT)
    lines = {line.participation_id: line.id for line in votes.lines_of([ballot.id])[ballot.id]}
    for row, unit in zip(scored.members, chosen, strict=True):
        casting.cast_secret(ballot, row.id, {lines[unit]: Choice.YES} if unit else {})
    voting.close_ballot(scored.meeting, ballot, at=AT + timedelta(minutes=1))


def test_a_tie_is_put_before_the_council_and_its_vote_comes_back_into_the_ranking(app):
    scored = _tied()
    first, second = scored.tied
    assert [row.rank for row in frozen_tables.frozen_standings(scored.frozen.id)] == [1, 2, 2]
    ballot = _put(scored)
    with pytest.raises(RuleViolation, match="Đồng hạng này đang chờ Hội đồng biểu quyết."):
        _put(scored)
    _vote(scored, ballot, [second, second, first])
    assert [line.outcome_words for line in votes.lines_of([ballot.id])[ballot.id]] == [
        "xếp sau",
        "xếp trên",
    ]
    with pytest.raises(
        RuleViolation, match="Hội đồng đã biểu quyết về đồng hạng này; hãy chốt lại xếp hạng"
    ):
        _put(scored)
    assert frozen_tables.is_outvoted(scored.frozen)
    again = actions.freeze(
        scored.campaign,
        reason="Hội đồng phân định đồng hạng",
        by=scored.by,
        at=AT + timedelta(hours=1),
    )
    standings = {row.participation_id: row for row in frozen_tables.frozen_standings(again.id)}
    assert (
        standings[second].rank,
        standings[first].rank,
        frozen_tables.ties(again),
        frozen_tables.is_outvoted(again),
    ) == (2, 3, [], False)
    assert standings[second].explanation["decided_by"] == "Hội đồng biểu quyết"
    assert again.settings["tie_votes"] == [{str(first): 1, str(second): 2}]


def test_what_the_council_left_equal_is_voted_again(app):
    scored = _tied()
    first, second = scored.tied
    ballot = _put(scored)
    _vote(scored, ballot, [first, second, None])
    repeated = voting.repeat_ballot(scored.meeting, ballot, reason="bằng phiếu")
    assert results.votes_between_units(scored.campaign.id) == [{first: 1, second: 1}]
    _vote(scored, repeated, [first, first, second])
    assert results.votes_between_units(scored.campaign.id) == [{first: 2, second: 1}]


def test_a_member_kept_away_from_a_tied_unit_does_not_place_it(app):
    scored = _tied()
    scored.campaign.phase = Phase.SCORING
    council.recuse(
        scored.campaign,
        scored.members[1],
        scored.entries[1].unit_id,
        origin=RecusalOrigin.DECLARED,
        reason="Họ hàng",
        by=scored.users[1],
        at=AT,
    )
    scored.campaign.phase = Phase.MEETING
    ballot = _put(scored)
    assert [line.participation_id for line in votes.may_vote_on(ballot, scored.members[1].id)] == [
        scored.tied[1]
    ]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        (
            {"phase": Phase.DECIDING},
            2,
            "Chỉ phân định đồng hạng khi phong trào ở bước “Họp Hội đồng”.",
        ),
        (
            {"tie_breaks": ["fewer_penalties"]},
            2,
            "không phân định đồng hạng bằng “Hội đồng biểu quyết”",
        ),
        ({}, 1, "Các đơn vị này không còn đồng hạng trong bảng đã chốt."),
    ],
)
def test_only_a_tie_goes_before_the_council(app, change, place, sentence):
    scored = _tied()
    for name, value in change.items():
        setattr(scored.campaign, name, value)
    with pytest.raises(RuleViolation, match=sentence):
        _put(scored, place)


def test_the_page_of_the_frozen_ranking_sends_a_tie_to_the_meeting(app, sign_in, page):
    scored = _tied()
    db.session.commit()
    client = sign_in(scored.by)
    shown = page(client.get(f"/campaigns/{scored.campaign.id}/ranking/"))
    assert shown.all(".card h2") == ["Đồng hạng chờ Hội đồng phân định", scored.block.name]
    answer = client.post(
        f"/campaigns/{scored.campaign.id}/ranking/ties",
        data={"block_id": scored.block.id, "rank": 2},
    )
    assert (answer.status_code, answer.headers["Location"]) == (
        HTTPStatus.SEE_OTHER,
        f"/campaigns/{scored.campaign.id}/meetings/{scored.meeting.id}",
    )
    (ballot,) = votes.ballots(scored.meeting.id)
    assert (ballot.title, protocol.rule_words(ballot)) == (
        f"Phân định đồng hạng, {scored.block.name}",
        "bỏ phiếu kín; các đơn vị đồng hạng, đơn vị nhiều phiếu hơn xếp trên",
    )


@pytest.mark.both_databases
def test_of_two_who_freeze_at_the_same_instant_the_second_is_asked_for_a_reason(
    app, sign_in, monkeypatch
):
    scored = Scored()
    campaign_id, browsers = scored.campaign.id, [sign_in(scored.by) for _ in range(2)]
    tokens = [browser.csrf_token() for browser in browsers]
    db.session.remove()
    begun, both_are_here = Barrier(2), Barrier(2, timeout=0.5)
    latest = frozen_tables.latest_frozen

    def together(of):
        found = latest(of)
        with suppress(
            BrokenBarrierError
        ):  # the other is not let in yet: it waits until this one is done
            both_are_here.wait()
        return found

    monkeypatch.setattr(actions.frozen_tables, "latest_frozen", together)

    def freeze(browser, token):
        with app.app_context():
            begun.wait()
            super(type(browser), browser).open(
                f"/campaigns/{campaign_id}/ranking/freeze",
                method="POST",
                headers={"X-CSRFToken": token},
            )
            db.session.remove()

    threads = [Thread(target=freeze, args=row) for row in zip(browsers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.reason for row in db.session.query(FrozenRanking)] == [""]


def test_what_is_set_aside_is_named_with_its_reason_on_the_page_in_the_print_and_in_the_spreadsheet(
    app, sign_in, page
):
    scored, reason = Scored(), "Không có chợ trên địa bàn"
    other = build.criterion(scored.campaign, judged_by=JudgedBy.SECRETARIAT, code="E9")
    for entry in scored.entries:
        verification_id = finished_verification(entry)
        db.session.add(
            VerifiedPoints(
                verification_id=verification_id,
                criterion_id=other.id,
                points=None,
                comment="",
                not_applicable_reason=reason,
                updated_at=AT,
                updated_by_id=scored.by.id,
            )
        )
    db.session.commit()
    browser, address = (
        sign_in(scored.by),
        f"/campaigns/{scored.campaign.id}/ranking/units/{scored.entries[0].id}",
    )
    told = f"Không áp dụng: {reason}"
    assert told in page(browser.get(address)).all("tbody td:last-child")
    printed = PdfDocument(browser.get(f"{address}/print").data)
    assert told in " ".join(sheet.get_textpage().get_text_range() for sheet in printed).replace(
        "\r\n", " "
    )
    rows = (
        load_workbook(BytesIO(browser.get(f"{address}/excel").data))
        .worksheets[0]
        .iter_rows(values_only=True)
    )
    assert [row[9] for row in rows if row[1] == "E9"] == [told]


def finished_verification(entry):
    """The id of the verification of the unit's report."""
    return db.session.scalars(
        select(Verification.id)
        .join(Report, Report.id == Verification.report_id)
        .where(Report.participation_id == entry.id)
    ).one()
