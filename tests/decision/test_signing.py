"""Recording the signature of a decision; each refusal."""

from datetime import date
from http import HTTPStatus
from io import BytesIO
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import select, text

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.decision import actions as deciding
from campaign.decision import amending, subjects
from campaign.decision import queries as decisions
from campaign.decision.models import DecisionLine
from campaign.decision.notice import actions as noticing
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.extensions import db
from campaign.files import storage
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState
from campaign.office.documents.decisions import head_of
from campaign.register.certificates.printing import certificate_data
from campaign.units.models import Letterhead
from campaign.voting import queries as votes
from tests import build, worlds
from tests.served import until


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"number": " "}, "Hãy ghi số quyết định."),
        ({"signed_on": date(2021, 4, 29)}, "Ngày ký không được ở tương lai."),
    ],
)
def test_a_signature_is_recorded_in_full(field, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        worlds.signed(field, worlds.drafted(field), **more)


def test_a_decision_needs_its_signer(field, drafted):
    decision = drafted()
    decision.signer_name = ""
    with pytest.raises(RuleViolation, match="Dự thảo chưa có tên người ký."):
        worlds.signed(field, decision)


def test_a_signed_decision_keeps_the_name_of_the_office_that_issued_it(field, drafted):
    """Whatever the office is called since, as after a merger: on the decision, on its certificates
    and where another cites it; a draft bears the name of today.
    """
    decision = drafted()
    campaign, unit = field.campaign, build.unit(name="Sở Công Thương tỉnh Hòa Bình")
    campaign.organiser_id = unit.id
    letters = db.session.get_one(Letterhead, 1)
    letters.issuer, letters.above, letters.code = "Sở Công Thương", "UBND tỉnh Hòa Bình", "SCT"
    db.session.flush()
    assert head_of(campaign, decision).issuer == "Sở Công Thương"
    worlds.signed(field, decision)
    letters.issuer, letters.above, letters.code = "Sở mới", "UBND tỉnh Phú Thọ", "SM"
    unit.name = "Sở mới tỉnh Phú Thọ"
    db.session.flush()
    head = head_of(campaign, decision)
    assert (head.above, head.issuer) == ("UBND tỉnh Hòa Bình", "Sở Công Thương")
    assert subjects.cited_in_full(campaign, decision).count("của Giám đốc Sở Công Thương về") == 1
    lines = decisions.lines_of(decision.id)
    assert certificate_data(campaign, decision, lines)["issuer"] == (
        "GIÁM ĐỐC SỞ CÔNG THƯƠNG TỈNH HÒA BÌNH"
    )


def test_a_signed_decision_is_frozen_with_its_figures_and_numbers_without_gaps(field, drafted):
    decision = worlds.signed(field, drafted(3), scan=worlds.SCAN)
    assert [
        (line.register_year, line.register_number) for line in decisions.lines_of(decision.id)
    ] == [(2021, 1), (2021, 2), (2021, 3)]
    assert (
        decision.state,
        decision.title,
        decision.figures["total"],
        decision.scan_name,
        len(decision.sha256),
    ) == (DecisionState.SIGNED, "45/QĐ-SCT", 2_700_000, "quyết định.pdf", 64)
    for refused in (
        lambda: deciding.edit_decision(field.campaign, decision, {"fund": "x"}),
        lambda: deciding.remove_line(
            field.campaign, decision, decisions.lines_of(decision.id)[0].nominee_id
        ),
        lambda: deciding.delete_decision(decision),
        lambda: worlds.signed(field, decision),
    ):
        with pytest.raises(RuleViolation):
            refused()


def test_a_decision_bears_no_day_before_its_notice_was_over_nor_before_the_council_met(
    field, drafted
):
    decision = drafted()
    (meeting,) = meetings.meetings(field.campaign.id)
    meeting_actions.close_meeting(meeting, unfinished=votes.unfinished(meeting.id), at=build.NOW)
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 28/04/2021: là ngày Hội đồng họp xong.",
    ):
        worlds.signed(field, decision, signed_on=date(2021, 4, 27))
    deciding.edit_decision(field.campaign, decision, {"notice_days": 2, "notice_is_working": False})
    noticing.post(decision, on=build.TODAY)
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 01/05/2021: khi đó mới hết thời gian lấy ý kiến.",
    ):
        worlds.signed(field, decision, signed_on=date(2021, 4, 30), today=date(2021, 5, 3))
    worlds.signed(field, decision, signed_on=date(2021, 5, 1), today=date(2021, 5, 3))
    line = decisions.lines_of(decision.id)[0]
    made = amending.amend(
        field.campaign,
        decision,
        DecisionKind.REVOCATION,
        [line.nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    with pytest.raises(
        RuleViolation,
        match="Ngày ký không được trước ngày 01/05/2021: là ngày ký quyết định số 45/QĐ-SCT.",
    ):
        worlds.signed(field, made, number="46", signed_on=date(2021, 4, 30), today=date(2021, 5, 3))


def test_a_number_is_used_once_a_year(field, drafted):
    worlds.signed(field, drafted())
    second = build.decision(field.campaign, signer_name="Phạm Minh Đức")
    nominee = build.nominee(field.campaign, of=field.entries[2], kind=field.person)
    build.decision_line(second, nominee=nominee, kind=field.person)
    with pytest.raises(RuleViolation, match="Số quyết định này đã dùng trong năm."):
        worlds.signed(field, second)


def test_a_signature_is_recorded_by_the_signers_side_or_with_the_scan_and_says_which(
    field, sign_in, page
):
    officer, director = (
        build.user(Role.SECRETARIAT, name="Cán bộ Thường trực"),
        build.user(Role.DIRECTOR, name="Lãnh Đạo"),
    )
    decision = worlds.drafted(field)
    with pytest.raises(
        RuleViolation,
        match="Chỉ lãnh đạo ghi được việc ký mà không có bản chụp; hãy kèm bản chụp",
    ):
        worlds.signed(field, decision, by=officer)
    worlds.signed(field, decision, by=officer, scan=worlds.SCAN)
    line = decisions.lines_of(decision.id)[0]
    made = worlds.signed(
        field,
        amending.amend(
            field.campaign,
            decision,
            DecisionKind.REVOCATION,
            [line.nominee_id],
            reason="khai sai",
            on=build.TODAY,
        ),
        number="46",
        by=director,
    )
    browser = sign_in(build.user(Role.DIRECTOR))
    sentences = [
        page(browser.get(f"/campaigns/{field.campaign.id}/decisions/{signed.id}")).all("p.small")[
            -2
        ]
        for signed in (decision, made)
    ]
    assert sentences == [
        "Việc ký ghi theo bản chụp quyết định đã ký; người ghi: Cán bộ Thường trực, 09:00 "
        "28/04/2021.",
        "Việc ký do lãnh đạo ghi; người ghi: Lãnh Đạo, 09:00 28/04/2021.",
    ]
    assert [signed.figures["signature"] for signed in (decision, made)] == ["scan", "signer"]


def test_an_officer_is_told_beside_the_form_that_the_scan_is_missing(field, drafted, sign_in, page):
    decision = drafted()
    db.session.commit()
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).post(
            f"/campaigns/{field.campaign.id}/decisions/{decision.id}/sign",
            data={"number": "45", "signed_on": "28/04/2021"},
        )
    )
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "hãy kèm bản chụp quyết định đã ký." in answer.one(".error-summary")


@pytest.mark.both_databases
@pytest.mark.parametrize(("numbers", "signed"), [(("45", "46", "47"), 3), (("45", "45", "45"), 1)])
def test_signing_at_the_same_moment_leaves_no_gap_and_no_number_twice(
    app, field, sign_in, numbers, signed
):
    waiting = []
    for entry in field.entries:
        draft = build.decision(field.campaign, signer_name="Phạm Minh Đức")
        for kind in (field.collective, field.person):
            build.decision_line(
                draft,
                nominee=build.nominee(field.campaign, of=entry, kind=kind, honorific="Bà"),
                kind=kind,
            )
        waiting.append(f"/campaigns/{field.campaign.id}/decisions/{draft.id}/sign")
    director = build.user(Role.DIRECTOR)
    db.session.commit()
    clients, together, statuses = [sign_in(director) for _ in waiting], Barrier(len(waiting)), []
    tokens = [client.csrf_token() for client in clients]
    db.session.remove()

    def press(client, token, address, number):
        together.wait()
        with app.app_context():
            typed = {"number": number, "signed_on": "28/04/2021"}
            answer = super(type(client), client).open(
                address, method="POST", data=typed, headers={"X-CSRFToken": token}
            )
            statuses.append(answer.status_code)
            db.session.remove()

    threads = [
        Thread(target=press, args=row)
        for row in zip(clients, tokens, waiting, numbers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [HTTPStatus.SEE_OTHER] * signed + [
        HTTPStatus.UNPROCESSABLE_ENTITY
    ] * (3 - signed)
    taken = db.session.scalars(
        select(DecisionLine.register_number).where(DecisionLine.register_number.is_not(None))
    ).all()
    assert sorted(taken) == list(range(1, 2 * signed + 1))


def _hears_an_opinion(field, decision):
    noticing.object_to(
        decision, author="", words="Chưa đúng người.", nominee_id=None, on=build.TODAY
    )


def _takes_a_line_off(field, decision):
    nominee_id = decisions.lines_of(decision.id)[0].nominee_id
    deciding.remove_line(field.campaign, decision, nominee_id)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("changes", "status", "stands"),
    [
        (_hears_an_opinion, HTTPStatus.UNPROCESSABLE_ENTITY, (DecisionState.POSTED, 3)),
        (_takes_a_line_off, HTTPStatus.SEE_OTHER, (DecisionState.SIGNED, 2)),
    ],
)
def test_what_is_changed_while_the_scan_is_kept_is_waited_for_and_signed_as_it_stands_then(
    app, field, drafted, sign_in, monkeypatch, changes, status, stands
):
    decision = drafted(3)
    if stands[0] is DecisionState.POSTED:
        deciding.edit_decision(field.campaign, decision, {"notice_days": 1})
        noticing.post(decision, on=build.TODAY)
    client = sign_in(build.user(Role.DIRECTOR))
    db.session.commit()
    address = f"/campaigns/{field.campaign.id}/decisions/{decision.id}/sign"
    token, answers = client.csrf_token(), []
    comes, may_go, keep = Event(), Event(), storage.keep

    def kept(stream, **more):
        comes.set()
        may_go.wait()
        return keep(stream, **more)

    monkeypatch.setattr(storage, "keep", kept)

    def press():
        with app.app_context():
            typed = {"number": "45", "signed_on": "10/05/2021"}
            typed["scan"] = (BytesIO(worlds.PDF), "quyết định.pdf")
            answer = super(type(client), client).open(
                address, method="POST", data=typed, headers={"X-CSRFToken": token}
            )
            answers.append(answer.status_code)
            db.session.remove()

    signing = Thread(target=press)
    signing.start()
    assert comes.wait(20)
    changes(field, decisions.decision(field.campaign.id, decision.id, for_change=True))
    db.session.flush()
    with db.engine.connect() as watcher:
        may_go.set()
        if db.engine.dialect.name == "postgresql":  # SQLite has one writer
            waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            until(lambda: watcher.scalar(waits), 20, "nobody waits")
    db.session.commit()
    signing.join()
    assert answers == [status]
    db.session.refresh(decision)
    lines = decisions.lines_of(decision.id)
    assert (decision.state, len(lines)) == stands
    if decision.state is DecisionState.SIGNED:
        assert [row["name"] for row in decision.figures["lines"]] == [row.name for row in lines]


@pytest.mark.on_postgresql
def test_what_is_held_is_read_as_it_stands_then_whoever_had_looked_at_it_before(app, field):
    decision = build.decision(field.campaign)
    _, meeting = worlds.council(field)
    db.session.commit()
    assert (decision.fund, meeting.agenda, meeting.state) == ("", "", MeetingState.CALLED)
    with db.engine.begin() as other:
        other.execute(text("UPDATE decision SET fund = 'Quỹ của cơ quan'"))
        other.execute(text("UPDATE meeting SET agenda = 'Xét khen thưởng'"))
    campaign_id = field.campaign.id
    assert decisions.decision(campaign_id, decision.id, for_change=True).fund == "Quỹ của cơ quan"
    assert meetings.meeting(campaign_id, meeting.id, for_change=True).agenda == "Xét khen thưởng"
    assert meetings.current_meeting(campaign_id, for_change=True).agenda == "Xét khen thưởng"
