"""Văn bản: every kind is drawn from the real demo; drafts say so; each reader draws their own."""

import hashlib
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Role
from campaign.core.vote_rules import Mode, VoteRule
from campaign.database import writing
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.demo.content.people import officer_of
from campaign.demo.stages import Stage
from campaign.exemplars.rules import State, Step
from campaign.extensions import db
from campaign.files import storage
from campaign.honours.actions import confirm
from campaign.honours.rules import Level, Subject
from campaign.meeting import actions as meeting_actions
from campaign.meeting import queries as meetings_of_council
from campaign.meeting.minutes import confirm as confirm_minutes
from campaign.meeting.queries import meetings
from campaign.meeting.rules import Presence
from campaign.nomination.models import AwardKind, AwardQuota, Nominee
from campaign.nomination.rules import NomineeState
from campaign.office import actions, shelf
from campaign.office.heads import Asker
from campaign.office.models import FiledPaper
from campaign.office.rules import Item, PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import draw, shipped
from campaign.planning.corrections import correct as correct_plan
from campaign.planning.models import Task
from campaign.planning.rules import Phase
from campaign.reporting.listed import ListedOccurrence, OccurrenceState, lists_data
from campaign.reporting.queries import sight_of
from campaign.scheme.models import CriterionScope
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from campaign.units.models import Letterhead, Unit
from campaign.voting import actions as voting
from campaign.voting import protocol
from campaign.voting.models import BallotLine
from campaign.voting.queries import ballots
from campaign.voting.rules import Outcome
from tests import build
from tests.council_room import ballot, close, council_room, gather


def _asker(campaign, user):
    return Asker(user, sight_of(user, campaign.id, build.TODAY), build.NOW)


def _person(name):
    return db.session.query(User).options(selectinload(User.grants)).filter_by(user_name=name).one()


def _words(content):
    document = Document(BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [
            paragraph.text
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        ]
    for section in document.sections:
        texts += [
            paragraph.text
            for part in (section.first_page_footer, section.footer)
            for paragraph in part.paragraphs
        ]
    return texts


def _shape(value):
    if isinstance(value, dict):
        return {key: _shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value and isinstance(value[0], dict) else []
    return None


def _fits(given, sample):
    """A list that is empty tells nothing of its rows."""
    if isinstance(given, dict):
        return given.keys() == sample.keys() and all(
            _fits(given[key], sample[key]) for key in given
        )
    if isinstance(given, list):
        return not given or not sample or _fits(given[0], sample[0])
    return True


@pytest.fixture
def demo(tell):
    return tell(Stage.PUBLISHED)


@pytest.fixture
def only_read(tell):
    """`tell`, after which nothing is written, as where a page draws papers."""

    def told(stage):
        campaign = tell(stage)
        writing.set(False)
        return campaign

    return told


def test_every_kind_of_paper_of_the_demo_opens_in_word_with_nothing_left_to_fill(only_read):
    demo = only_read(Stage.PUBLISHED)
    secretary = _asker(demo, _person("thuong-truc"))
    on_shelf = dict(shelf.shelf(secretary, demo))
    assert set(on_shelf) == set(PaperKind)
    wanted = [
        (kind, item)
        for kind, items in on_shelf.items()
        for item in {items[0].subject_id: items[0], items[-1].subject_id: items[-1]}.values()
    ]
    decisions_words = []
    for drawn in shelf.papers(secretary, demo, wanted):
        kind, item, words = drawn.kind, drawn.item, _words(drawn.content)
        fields = shelf.fields_of(secretary, demo, kind, item)[1]
        assert _fits(_shape(fields), _shape(SAMPLES[kind])), kind
        assert [line for line in words if "{" in line or "}" in line] == []
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
        assert ("DỰ THẢO" in words) is fields["is_draft"]
        assert ("số liệu lúc" in fields["stamp"]) is fields["is_draft"]
        assert fields["stamp"] in words
        assert fields["is_draft"] is not item.is_final, (kind, item.title)
        assert item.is_final is False or [line for line in words if "…" in line] == [], kind
        if kind is PaperKind.DECISION:
            decisions_words.append(words)
    assert len(decisions_words) > 0
    assert {
        "UBND TỈNH HÒA BÌNH",
        "SỞ CÔNG THƯƠNG",
        "QUYẾT ĐỊNH",
        "GIÁM ĐỐC SỞ CÔNG THƯƠNG",
        "QUYẾT ĐỊNH:",
        "Điều 2. Tổng số tiền thưởng là 9.000.000 đồng (Chín triệu đồng), trích từ Quỹ thi "
        "đua, khen thưởng của Sở Công Thương "
        "tỉnh Hòa Bình.",
    } <= set(decisions_words[0])


def _offer_fewer(monkeypatch, campaign, user):
    """On the shelf of the demo leave the first two of each kind, and what `user` may draw."""
    own = {
        (kind, item.subject_id)
        for kind, items in shelf.shelf(_asker(campaign, user), campaign)
        for item in items
    }

    def fewer(kind, items):
        def offered(*given):
            return [
                item
                for place, item in enumerate(items(*given))
                if place < 2 or (kind, item.subject_id) in own
            ]

        return offered

    for kind, source in shelf.SOURCES.items():
        patched = replace(source, items=fewer(kind, source.items))
        monkeypatch.setitem(shelf.SOURCES, kind, patched)


def test_all_final_papers_are_filed_once_and_drawing_again_gives_the_same_bytes(
    demo, sign_in, monkeypatch
):
    _offer_fewer(monkeypatch, demo, _person(officer_of("LSN")))
    secretary = _person("thuong-truc")
    asker = _asker(demo, secretary)
    final = sum(item.is_final for _, items in shelf.shelf(asker, demo) for item in items)
    browser = sign_in(secretary)
    answer = browser.post(f"/campaigns/{demo.id}/papers/file-all", follow_redirects=True)
    assert f"Đã lưu {final} văn bản." in answer.get_data(as_text=True)
    again = browser.post(f"/campaigns/{demo.id}/papers/file-all", follow_redirects=True)
    assert "Các văn bản này đã lưu từ trước" in again.get_data(as_text=True)
    rows = db.session.query(FiledPaper).all()
    assert len(rows) == final
    for row in rows[:3]:
        with storage.open_file(row.storage_key) as stream:
            assert hashlib.sha256(stream.read()).hexdigest() == row.sha256
    with browser.get(f"/campaigns/{demo.id}/papers/filed/{rows[0].id}") as sent:
        assert hashlib.sha256(sent.data).hexdigest() == rows[0].sha256
    officer = sign_in(_person(officer_of("LSN")))
    seen = {
        row.id
        for row in rows
        if officer.get(f"/campaigns/{demo.id}/papers/filed/{row.id}", buffered=True).status_code
        == 200
    }
    kinds = {row.kind for row in rows if row.id in seen}
    assert kinds == {
        PaperKind.PLAN,
        PaperKind.PLEDGE,
        PaperKind.REPORT,
        PaperKind.ACHIEVEMENT,
        PaperKind.DECISION,
        PaperKind.NOTICE,
        PaperKind.AMENDMENT,
        PaperKind.EXEMPLAR,
    }
    assert {row.title for row in rows if row.id in seen and row.kind is PaperKind.PLEDGE} == {
        "Phòng Kinh tế và Hạ tầng huyện Lương Sơn"
    }


def test_minutes_and_counts_write_times_as_the_decree_does_and_say_why_somebody_was_proposed(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    on_shelf = dict(shelf.shelf(secretary, demo))

    def words_of(kind):
        return _words(shelf.paper(secretary, demo, kind, on_shelf[kind][0].subject_id).content)

    minutes, count = words_of(PaperKind.MINUTES), words_of(PaperKind.COUNT)
    fields = shelf.fields_of(secretary, demo, PaperKind.MINUTES, on_shelf[PaperKind.MINUTES][0])[1]
    assert [
        paragraph
        for paragraph in minutes + count
        if re.search(r"\d\d:\d\d \d\d/", paragraph) and "số liệu lúc" not in paragraph
    ] == []
    assert any("ngày 11 tháng 5 năm 2021" in paragraph for paragraph in minutes)
    first = fields["ballots"][0]
    assert first["standards"].startswith("tham gia phong trào; có báo cáo cuối kỳ đã thẩm định")
    assert (f"Tiêu chuẩn xét: {first['standards']}." in minutes, len(first["merits"])) == (
        True,
        len(first["lines"]),
    )
    assert {f"- {line}" for line in first["merits"]} <= set(minutes)


def test_confirmed_minutes_tell_for_ever_what_was_true_when_they_were_confirmed(
    demo, sign_in, page
):
    person = _person("thuong-truc")
    (meeting,) = meetings(demo.id)
    on_shelf = dict(shelf.shelf(_asker(demo, person), demo))

    def told():
        secretary = _asker(demo, _person("thuong-truc"))
        drawn = [
            shelf.fields_of(secretary, demo, kind, on_shelf[kind][0])[1]
            for kind in (PaperKind.MINUTES, PaperKind.COUNT)
        ]
        return (
            drawn,
            protocol.minutes_of(meeting),
            meeting.minutes_sha256,
            page(browser.get(address)).one("article.minutes"),
        )

    browser, address = sign_in(person), f"/campaigns/{demo.id}/meetings/{meeting.id}/minutes"
    before = told()
    assert all(
        line["merit"] or line["detail"]
        for ballot in before[1]["ballots"]
        for line in ballot["lines"]
    )
    for row in (
        *db.session.query(Unit),
        *db.session.query(User),
        *db.session.query(Nominee),
        *db.session.query(AwardKind),
        demo,
    ):
        for name in ("name", "short_name", "full_name", "position", "achievements", "title"):
            if hasattr(row, name):
                setattr(row, name, "đã sửa")
        if isinstance(row, AwardKind):
            row.gates = {}
    db.session.get(Letterhead, 1).issuer = "Cơ quan khác"
    db.session.commit()
    assert told() == before


def test_minutes_confirmed_before_they_held_merits_take_them_from_what_was_voted_on(demo):
    (meeting,) = meetings(demo.id)
    whole = meeting.minutes
    meeting.minutes = {
        name: value for name, value in whole.items() if name not in {"office", "campaign"}
    } | {
        "ballots": [
            {name: value for name, value in ballot.items() if name != "standards"}
            | {
                "lines": [
                    {name: value for name, value in line.items() if name != "merit"}
                    for line in ballot["lines"]
                ]
            }
            for ballot in whole["ballots"]
        ]
    }
    assert protocol.minutes_of(meeting) == whole


def test_the_report_of_a_unit_bears_the_letters_of_the_unit(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    item = next(
        entry
        for entry in dict(shelf.shelf(secretary, demo))[PaperKind.REPORT]
        if "Lương Sơn" in entry.title
    )
    assert (
        shelf.fields_of(secretary, demo, PaperKind.REPORT, item)[1]["number"]
        == "Số:         /BC-LSN"
    )


def test_the_report_of_a_unit_has_the_sections_of_the_table_and_the_parts_of_a_closing_report(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(name="Thanh tra")
    first = build.group(campaign, code="I", name="Chuyên môn", position=1)
    section = build.group(campaign, code="1", name="Khám", within=first)
    build.criterion(
        campaign, within=section, code="a", maximum="100", judged_by=JudgedBy.SECRETARIAT
    )
    tasks = [Task(campaign_id=campaign.id, name=name) for name in ("Việc", "Nguyên nhân")]
    db.session.add_all(tasks)
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    report = build.report(of=entry, period=build.period(campaign, is_final=True))
    snapshot = {"narratives": {str(row.id): f"Về {row.name}." for row in tasks}}
    officer = build.user(Role.UNIT_OFFICER, at=office)
    build.version(of=report, by=officer, snapshot=snapshot)
    db.session.commit()
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.REPORT]
    fields = shelf.fields_of(asker, campaign, PaperKind.REPORT, item)[1]
    assert [(row["code"], row["section"]) for row in fields["scores"]] == [
        ("I", "Chuyên môn"),
        ("1", "Khám"),
        ("a", ""),
    ]
    assert fields["narratives"] == [{"name": "Việc", "text": "Về Việc."}]
    assert fields["chapters"] == [
        {"number": "III", "name": "Nguyên nhân", "text": "Về Nguyên nhân."}
    ]
    words = _words(shelf.paper(asker, campaign, PaperKind.REPORT, report.id).content)
    assert {"III. NGUYÊN NHÂN", "IV. ĐIỂM TỰ CHẤM"} <= set(words)


@pytest.mark.parametrize(
    ("points", "column", "total"),
    [
        ("90 8 3 0", "90,00 8,00 −3,00 0,00 −3,00", "92,00"),
        ("90 4 3 0", "90,00 4,00 −3,00 0,00", "91,00"),
        ("10 0 3 20", "10,00 0,00 −3,00 −20,00 10,00", "−3,00"),
        ("90 0 0 7", "90,00 0,00 0,00 −7,00", "83,00"),
    ],
)
def test_the_points_a_unit_gives_itself_add_up_with_their_signs(app, points, column, total):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(name="Thanh tra")
    base = build.group(campaign, code="A", position=1)
    bonus = build.group(campaign, code="T", kind=CriterionKind.BONUS, cap=Decimal(5), position=2)
    penalty = build.group(campaign, code="P", kind=CriterionKind.PENALTY, position=3)
    first = build.criterion(campaign, within=base, code="A1", maximum="100")
    rows = [
        first,
        build.criterion(campaign, within=bonus, code="T1", maximum="10", kind=CriterionKind.BONUS),
        build.criterion(
            campaign, within=penalty, code="P1", maximum="20", kind=CriterionKind.PENALTY
        ),
        build.criterion(
            campaign,
            within=penalty,
            code="P2",
            maximum="20",
            kind=CriterionKind.PENALTY,
            takes_from=TakesFrom.CRITERION,
            taken_criterion_id=first.id,
        ),
    ]
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    report = build.report(of=entry, period=build.period(campaign, is_final=True))
    scores = {
        str(row.id): {"points": given, "explanation": ""}
        for row, given in zip(rows, points.split(), strict=True)
    }
    officer = build.user(Role.UNIT_OFFICER, at=office)
    build.version(of=report, by=officer, snapshot={"scores": scores})
    db.session.commit()
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.REPORT]
    fields = shelf.fields_of(asker, campaign, PaperKind.REPORT, item)[1]
    assert [row["points"] for row in fields["scores"] if row["points"]] == column.split()
    assert fields["total"] == total


@pytest.mark.parametrize(
    ("given", "column", "total"),
    [
        ({"A1": "54", "T1": "2"}, "54,00 2,00 36,00", "92,00"),
        ({"T1": "2"}, "2,00", "2,00"),
    ],
)
def test_what_a_unit_gives_itself_is_re_scaled_where_a_group_does_not_apply_to_it(
    app, given, column, total
):
    campaign = build.campaign(phase=Phase.REPORTING)
    office = build.unit(name="Thanh tra")
    first, second = (build.group(campaign, code=code, position=1) for code in "AB")
    bonus = build.group(campaign, code="T", kind=CriterionKind.BONUS, cap=Decimal(5), position=3)
    rows = {
        code: build.criterion(campaign, within=group, code=code, maximum=maximum)
        for code, group, maximum in (("A1", first, "60"), ("B1", second, "40"), ("T1", bonus, "5"))
    }
    db.session.add(CriterionScope(criterion_id=rows["B1"].id, unit_id=build.unit().id))
    entry = build.participation(campaign, unit=office, block=build.block(campaign))
    report = build.report(of=entry, period=build.period(campaign, is_final=True))
    scores = {
        str(rows[code].id): {"points": points, "explanation": ""} for code, points in given.items()
    }
    officer = build.user(Role.UNIT_OFFICER, at=office)
    build.version(of=report, by=officer, snapshot={"scores": scores})
    db.session.commit()
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.REPORT]
    fields = shelf.fields_of(asker, campaign, PaperKind.REPORT, item)[1]
    assert [row["points"] for row in fields["scores"] if row["points"]] == column.split()
    assert fields["total"] == total
    told = [row["name"] for row in fields["scores"] if "quy đổi" in row["name"]]
    step = "Phần thêm vì có nhóm không áp dụng: quy đổi 54,00 × 100 ÷ 60 = 90,00"
    assert told == ([step] if "A1" in given else [])


def test_the_report_of_a_unit_names_what_it_listed_and_what_the_total_leaves_out(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    group = build.group(campaign, code="A")
    counted = {"judged_by": JudgedBy.COUNT, "count_rule": CountRule(each=Decimal(3)).to_data()}
    typed, listed, _ = (
        build.criterion(campaign, within=group, code=code, **how)
        for code, how in (
            ("A1", {"maximum": "100"}),
            ("P1", {"kind": CriterionKind.PENALTY, **counted}),
            ("T1", {"kind": CriterionKind.BONUS, **counted}),
        )
    )
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    report = build.report(of=entry, period=build.period(campaign, is_final=True))
    times_listed = tuple(
        ListedOccurrence(number, date(2021, 3, number), "", text, OccurrenceState.CLAIMED)
        for number, text in ((1, "Nộp chậm"), (2, "Dạy thêm"))
    )
    snapshot = {
        "scores": {str(typed.id): {"points": "90", "explanation": "Có hồ sơ"}},
        "occurrences": lists_data({listed.id: times_listed}),
    }
    build.version(of=report, by=build.user(), snapshot=snapshot)
    db.session.commit()
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.REPORT]
    fields = shelf.fields_of(asker, campaign, PaperKind.REPORT, item)[1]
    assert [(row["code"], row["points"], row["explanation"]) for row in fields["scores"][:3]] == [
        ("A1", "90,00", "Có hồ sơ"),
        ("P1", "", "Kê 2 lần: 01/03/2021 Nộp chậm; 02/03/2021 Dạy thêm."),
        ("T1", "", "Kỳ này không kê lần nào."),
    ]
    assert [row["name"] for row in fields["scores"][3:]] == [
        "Tổng điểm chưa gồm P1, T1: chưa có điểm tự chấm"
    ]
    assert fields["total"] == "90,00"


def test_the_invitation_to_a_cancelled_meeting_says_so_and_is_a_draft_again(app):
    room = council_room()
    asker = _asker(room.campaign, build.user(Role.SECRETARIAT))

    def offered():
        return [
            (item.title, item.is_final)
            for item in dict(shelf.shelf(asker, room.campaign))[PaperKind.INVITATION]
        ]

    assert offered() == [("Cuộc họp số 1", True)]
    meeting_actions.cancel_meeting(room.meeting, reason="Bão", at=build.NOW)
    assert offered() == [("Cuộc họp số 1 (đã huỷ)", False)]


def test_a_draft_says_so_and_is_not_filed(app, sign_in):
    campaign = build.campaign(legal_basis="Luật Thi đua, khen thưởng")
    secretary = build.user(Role.SECRETARIAT)
    asker = _asker(campaign, secretary)
    words = _words(shelf.paper(asker, campaign, PaperKind.PLAN, campaign.id).content)
    assert {"DỰ THẢO", "Căn cứ Luật Thi đua, khen thưởng."} <= set(words)
    with pytest.raises(
        RuleViolation, match="Chỉ lưu văn bản của bước đã chốt; văn bản này còn là dự thảo."
    ):
        actions.file_paper(asker, campaign, PaperKind.PLAN, campaign.id)
    browser = sign_in(secretary)
    before = audit.head()
    answer = browser.post(
        f"/campaigns/{campaign.id}/papers/plan/{campaign.id}/file", follow_redirects=True
    )
    assert "văn bản này còn là dự thảo" in answer.get_data(as_text=True)
    assert (audit.head(), db.session.query(FiledPaper).count()) == (before, 0)


@pytest.mark.parametrize(
    ("is_checked", "is_signed", "marked"),
    [(False, False, True), (True, False, False), (False, True, False)],
)
def test_only_a_draft_says_which_bases_nobody_compared_with_the_documents(
    app, is_checked, is_signed, marked
):
    by, basis = build.user(Role.DIRECTOR), "Luật Thi đua, khen thưởng\nQuy chế của Sở"
    rules = build.rule_set(legal_basis="Luật Thi đua, khen thưởng")
    if is_checked:
        confirm(rules, by=by, on=build.TODAY)
    campaign = build.campaign(
        phase=Phase.LAUNCHED if is_signed else Phase.DRAFT,
        rule_set_code=rules.code,
        legal_basis=basis,
    )
    signed = (
        {
            "state": DecisionState.SIGNED,
            "number": "12",
            "signed_on": build.TODAY,
            "signed_at": build.NOW,
        }
        if is_signed
        else {}
    )
    decision = build.decision(campaign, legal_basis=basis, **signed)
    asker, law = (
        _asker(campaign, by),
        "Căn cứ Luật Thi đua, khen thưởng" + (" (chưa đối chiếu)" if marked else ""),
    )
    for kind, number, last in (
        (PaperKind.PLAN, campaign.id, "."),
        (PaperKind.DECISION, decision.id, ";"),
    ):
        words = _words(shelf.paper(asker, campaign, kind, number).content)
        assert [line for line in words if line.startswith("Căn cứ")] == [
            f"{law};",
            f"Căn cứ Quy chế của Sở{last}",
        ]


@pytest.mark.parametrize(
    ("subject", "name", "told"),
    [
        (Subject.COLLECTIVE, "Phòng Kinh tế", ["- Tên tập thể: Phòng Kinh tế;"]),
        (
            Subject.COLLECTIVE,
            "Tổ Công nghiệp",
            ["- Tên tập thể: Tổ Công nghiệp;", "- Đơn vị: Phòng Kinh tế;"],
        ),
        (Subject.INDIVIDUAL, "Lê An", ["- Họ và tên: Bà Lê An;", "- Đơn vị: Phòng Kinh tế;"]),
    ],
)
def test_the_account_of_a_whole_unit_names_it_once(app, subject, name, told):
    campaign = build.campaign(phase=Phase.MEETING)
    entry = build.participation(
        campaign, unit=build.unit(name="Phòng Kinh tế"), block=build.block(campaign)
    )
    row = build.nominee(
        campaign,
        of=entry,
        kind=build.award_kind(campaign, subject=subject),
        name=name,
        honorific="Bà" if subject is Subject.INDIVIDUAL else "",
    )
    words = _words(
        shelf.paper(
            _asker(campaign, build.user(Role.SECRETARIAT)), campaign, PaperKind.ACHIEVEMENT, row.id
        ).content
    )
    assert [
        line
        for line in words
        if line.startswith("- ")
        and line.endswith(";")
        and "Hình thức" not in line
        and line != "- Như trên;"
        and "Thường trực" not in line
    ] == told


@pytest.mark.parametrize("form", ["Mẫu số 07, NĐ 91/2017/NĐ-CP", "Mẫu số 08, NĐ 152/2025/NĐ-CP"])
def test_an_account_of_merits_bears_the_number_its_rule_set_gives_the_form(
    app, sign_in, page, form
):
    campaign, by = build.campaign(phase=Phase.MEETING), build.user(Role.SECRETARIAT)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign, of_type=build.award_type(report_form=form))
    row = build.nominee(campaign, of=entry, kind=kind)
    words = _words(
        shelf.paper(_asker(campaign, by), campaign, PaperKind.ACHIEVEMENT, row.id).content
    )
    assert [line for line in words if line.startswith("Mẫu số")] == [form]
    shown = page(sign_in(by).get(f"/campaigns/{campaign.id}/awards/nominees/new"))
    assert shown.one(".page-head__lead") == f"Theo các mục của báo cáo thành tích ({form})."


def test_a_revocation_names_the_decision_it_takes_back(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    kind = build.award_kind(campaign)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    nominee = build.nominee(campaign, of=entry, kind=kind, name="Phòng Kinh tế")
    old = build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number="12",
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    new = build.decision(
        campaign,
        kind=DecisionKind.REVOCATION,
        amends_id=old.id,
        reason="Khai sai thành tích.",
        recover=900_000,
    )
    form = build.decision_line(new, nominee=nominee, kind=kind).form_name
    asker = _asker(campaign, build.user(Role.DIRECTOR))
    words = _words(shelf.paper(asker, campaign, PaperKind.AMENDMENT, new.id).content)
    assert (
        f"Về việc thu hồi {form} của Phòng Kinh tế theo Quyết định số 12/QĐ-SCT ngày 28 tháng "
        "4 năm 2021" in words
    )
    assert (
        f"Điều 1. Thu hồi {form} đã tặng theo Quyết định số 12/QĐ-SCT ngày 28 tháng 4 năm 2021 "
        "đối với Phòng Kinh tế "
        "(có danh sách kèm theo). Lý do: Khai sai thành tích."
    ) in words
    assert "Điều 2. Thu hồi số tiền thưởng 900.000 đồng (Chín trăm nghìn đồng)." in words


def test_a_correction_says_what_is_put_right_and_prints_no_money(demo):
    asker = _asker(demo, _person("thuong-truc"))
    correction = next(
        one for one in decisions.decisions(demo.id) if one.kind is DecisionKind.CORRECTION
    )
    words = _words(shelf.paper(asker, demo, PaperKind.AMENDMENT, correction.id).content)
    (corrections,) = decisions.corrections_of(correction).values()
    (line,) = decisions.lines_of(correction.id)
    assert f"- {line.full_name}: {corrections[0].words}." in words
    assert "nay sửa thành" in corrections[0].words
    assert "Điều 2. Tiền thưởng không thay đổi." in words
    assert [one for one in words if "Tiền thưởng (đồng)" in one or "450.000" in one] == []


def test_a_paper_of_choice_has_its_own_words(demo):
    asker = _asker(demo, _person("thuong-truc"))
    (meeting,) = meetings(demo.id)
    again = ballots(meeting.id)[-1]
    fields = shelf.fields_of(asker, demo, PaperKind.BALLOT, Item(again.id, "", is_final=True))[1]
    assert (fields["yes_word"], fields["no_word"]) == ("Chọn", "Không chọn")
    assert fields["guidance"].startswith("Đánh dấu × vào ô “Chọn” của nhiều nhất 1 dòng.")
    counted = shelf.fields_of(asker, demo, PaperKind.COUNT, Item(again.id, "", is_final=True))[1]
    assert (counted["yes_word"], counted["present"], counted["turnout"]) == (
        "Chọn",
        8,
        {"entitled": 8, "voted": 8},
    )


def test_every_paper_with_a_subject_has_the_line_below_it_that_the_decree_asks_for():
    for kind in PaperKind:
        with zipfile.ZipFile(BytesIO(draw(shipped(kind.value), SAMPLES[kind]))) as package:
            body = package.read("word/document.xml").decode()
        annexes = {
            PaperKind.SUBMISSION,
            PaperKind.UPWARD,
            PaperKind.DECISION,
            PaperKind.NOTICE,
            PaperKind.AMENDMENT,
        }
        assert body.count("<w:pBdr>") == 3 + (kind in annexes), kind


def test_a_proposal_has_no_register_numbers_and_a_decision_has():
    def heads(kind):
        tables = Document(BytesIO(draw(shipped(kind.value), SAMPLES[kind]))).tables
        return [
            cell.text for table in tables if len(table.columns) > 2 for cell in table.rows[0].cells
        ]

    assert heads(PaperKind.SUBMISSION) == [
        "STT",
        "Tên tập thể, họ và tên cá nhân",
        "Chức vụ, đơn vị",
        "Hình thức",
        "Tiền thưởng (đồng)",
    ]
    assert heads(PaperKind.DECISION) == [*heads(PaperKind.SUBMISSION), "Số vào sổ"]


def test_a_unit_draws_its_own_papers_and_finds_no_others(app, sign_in):
    campaign = build.campaign(phase=Phase.REPORTING)
    block, home = build.block(campaign), build.unit()
    own = build.participation(campaign, unit=home, block=block)
    other = build.participation(campaign, unit=build.unit(), block=block)
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=home))
    statuses = [
        browser.get(f"/campaigns/{campaign.id}/papers/{path}", buffered=True).status_code
        for path in (
            f"pledge/{own.id}",
            f"pledge/{other.id}",
            f"plan/{campaign.id}",
            f"summary/{campaign.id}",
            "nothing/1",
        )
    ]
    assert statuses == [
        HTTPStatus.OK,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.OK,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.NOT_FOUND,
    ]


def test_a_pledge_is_signed_by_the_head_of_the_unit_whoever_entered_it(app):
    campaign, home = build.campaign(phase=Phase.REPORTING), build.unit()
    build.user(Role.UNIT_HEAD, at=home, name="Hà Thị Trưởng")
    entry = build.participation(
        campaign,
        unit=home,
        block=build.block(campaign),
        by=build.user(Role.SECRETARIAT, name="Lê Thường Trực"),
    )
    words = _words(
        shelf.paper(
            _asker(campaign, build.user(Role.DIRECTOR)), campaign, PaperKind.PLEDGE, entry.id
        ).content
    )
    assert ("Hà Thị Trưởng" in words, "Lê Thường Trực" in words) == (True, False)


def test_an_example_is_registered_on_a_paper_that_its_unit_and_the_secretariat_draw(
    app, sign_in, page
):
    campaign, units = build.campaign(phase=Phase.REPORTING), [build.unit(), build.unit()]
    clerk, block = build.user(Role.SECRETARIAT), build.block(campaign)
    heads = [build.user(Role.UNIT_HEAD, at=unit, name="Hà Thị Trưởng") for unit in units]
    entries = [build.participation(campaign, unit=unit, block=block, by=clerk) for unit in units]
    row = build.exemplar(entries[0], by=clerk, name="Tổ Mẫu", step=Step.FOLLOWED)
    draft = build.exemplar(entries[0], by=clerk, name="Tổ Mới", goal="")
    draft.state, draft.decided_at, draft.decided_by_id = State.PROPOSED, None, None
    row.moved_at = build.NOW + timedelta(days=9)
    db.session.commit()
    (link,) = [
        link
        for link in page(
            sign_in(heads[0]).get(f"/campaigns/{campaign.id}/exemplars/{row.id}")
        ).links()
        if link.endswith(f"/papers/exemplar/{row.id}")
    ]
    statuses = [
        sign_in(user).get(link, buffered=True).status_code for user in (heads[0], heads[1], clerk)
    ]
    assert statuses == [HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.OK]
    asker = _asker(campaign, build.user(Role.DIRECTOR))
    said = {
        one.name: _words(shelf.paper(asker, campaign, PaperKind.EXEMPLAR, one.id).content)
        for one in (row, draft)
    }
    for words in (
        "BẢN ĐĂNG KÝ XÂY DỰNG ĐIỂN HÌNH TIÊN TIẾN",
        "Đoàn kiểm tra, 28/04/2021",
        "0 trong 1 đơn vị đã áp dụng",
        "Ngày 07 tháng 5 năm 2021",
        "Hà Thị Trưởng",
    ):
        assert words in said["Tổ Mẫu"]
    assert ["DỰ THẢO" in said[name] for name in ("Tổ Mẫu", "Tổ Mới")] == [False, True]


def test_an_unsigned_decision_is_not_drawn_for_units_nor_for_another_council(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    draft = build.decision(campaign)
    member, elsewhere = build.user(Role.COUNCIL_MEMBER), build.user(Role.COUNCIL_MEMBER)
    build.member(campaign, user=member)
    build.member(build.campaign(), user=elsewhere)
    for stranger in (build.user(Role.UNIT_HEAD, at=build.unit()), elsewhere):
        with pytest.raises(NotVisible):
            shelf.paper(_asker(campaign, stranger), campaign, PaperKind.DECISION, draft.id)
    assert shelf.paper(_asker(campaign, member), campaign, PaperKind.DECISION, draft.id).content


def _signed_by(campaign, nominee):
    content = shelf.paper(
        _asker(campaign, build.user(Role.SECRETARIAT)), campaign, PaperKind.ACHIEVEMENT, nominee.id
    )
    cells = Document(BytesIO(content.content)).tables[-1].rows[0].cells
    signed = [
        [line for paragraph in cell.paragraphs for line in paragraph.text.split("\n") if line]
        for cell in cells
    ]
    return signed, content.item.is_final, "DỰ THẢO" in _words(content.content)


@pytest.fixture
def office_unit(app):
    campaign = build.campaign(phase=Phase.MEETING)
    unit = build.unit(name="Trung tâm Khuyến công")
    return campaign, unit, build.participation(campaign, unit=unit, block=build.block(campaign))


def test_a_collective_s_account_is_signed_by_the_unit_s_own_head_with_the_unit_s_title(office_unit):
    campaign, unit, entry = office_unit
    head = build.user(Role.UNIT_HEAD, at=unit, name="Đinh Thị Yến")
    row = build.nominee(
        campaign,
        of=entry,
        kind=build.award_kind(campaign),
        name=unit.name,
        signed_at=build.NOW,
        signed_by_id=head.id,
    )
    assert _signed_by(campaign, row) == (
        [["XÁC NHẬN CỦA CẤP TRÊN TRỰC TIẾP"], ["GIÁM ĐỐC TRUNG TÂM", "Đinh Thị Yến"]],
        True,
        False,
    )


def test_a_person_s_account_is_their_own_and_confirmed_by_the_head(office_unit):
    campaign, unit, entry = office_unit
    head = build.user(
        Role.UNIT_HEAD, at=unit, name="Đinh Thị Yến", position="Phó Giám đốc Trung tâm (minh hoạ)"
    )
    kind = build.award_kind(campaign, subject=Subject.INDIVIDUAL)
    signed = {"signed_at": build.NOW, "signed_by_id": head.id}
    row = build.nominee(campaign, of=entry, kind=kind, name="Lê An", honorific="Bà", **signed)
    assert _signed_by(campaign, row) == (
        [
            [
                "XÁC NHẬN CỦA ĐƠN VỊ",
                "KT. GIÁM ĐỐC TRUNG TÂM",
                "PHÓ GIÁM ĐỐC TRUNG TÂM",
                "Đinh Thị Yến",
            ],
            ["NGƯỜI BÁO CÁO", "Lê An"],
        ],
        True,
        False,
    )
    own = build.nominee(
        campaign, of=entry, kind=kind, name="Đinh Thị Yến", honorific="Bà", **signed
    )
    assert _signed_by(campaign, own)[0] == [
        ["XÁC NHẬN CỦA CẤP TRÊN TRỰC TIẾP"],
        ["NGƯỜI BÁO CÁO", "Đinh Thị Yến"],
    ]


def test_whom_the_standing_committee_added_nobody_of_the_unit_has_signed_for(office_unit):
    campaign, unit, entry = office_unit
    build.user(Role.UNIT_HEAD, at=unit, name="Đinh Thị Yến")
    officer = build.user(Role.SECRETARIAT, name="Lê Thường Trực")
    row = build.nominee(
        campaign,
        of=entry,
        kind=build.award_kind(campaign),
        name=unit.name,
        signed_at=build.NOW,
        signed_by_id=officer.id,
        added_reason="Dẫn đầu khối",
    )
    assert _signed_by(campaign, row) == (
        [["XÁC NHẬN CỦA CẤP TRÊN TRỰC TIẾP"], ["GIÁM ĐỐC TRUNG TÂM"]],
        False,
        True,
    )
    with pytest.raises(RuleViolation):
        actions.file_paper(_asker(campaign, officer), campaign, PaperKind.ACHIEVEMENT, row.id)


def test_a_pledge_that_no_one_head_signed_is_no_final_paper(app):
    campaign, home = build.campaign(phase=Phase.REPORTING), build.unit(name="Phòng Kinh tế")
    for name in ("Hà Thị Trưởng", "Lê Văn Phó"):
        build.user(Role.UNIT_HEAD, at=home, name=name)
    entry = build.participation(campaign, unit=home, block=build.block(campaign))
    asker = _asker(campaign, build.user(Role.DIRECTOR))
    assert [item.is_final for item in dict(shelf.shelf(asker, campaign))[PaperKind.PLEDGE]] == [
        False
    ]
    assert "DỰ THẢO" in _words(shelf.paper(asker, campaign, PaperKind.PLEDGE, entry.id).content)


def test_a_pledge_of_nothing_is_no_final_paper(app):
    campaign, unit = build.campaign(phase=Phase.REPORTING), build.unit()
    build.user(Role.UNIT_HEAD, at=unit)
    entry = build.participation(campaign, unit=unit, block=build.block(campaign))
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    told = []
    for commitments in ("", "Làm đúng hạn."):
        entry.commitments = commitments
        (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.PLEDGE]
        words = _words(shelf.paper(asker, campaign, PaperKind.PLEDGE, entry.id).content)
        told.append((item.is_final, words[words.index("2. Cam kết") + 1]))
    assert told == [(False, "…"), (True, "Làm đúng hạn.")]


def test_the_standing_committee_asks_the_director_by_name_and_cites_no_basis(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    on_shelf = dict(shelf.shelf(secretary, demo))
    words = _words(
        shelf.paper(
            secretary, demo, PaperKind.SUBMISSION, on_shelf[PaperKind.SUBMISSION][0].subject_id
        ).content
    )
    assert [line for line in words if line.startswith(("Căn cứ", "Theo đề nghị"))] == []
    assert {
        "SỞ CÔNG THƯƠNG",
        "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
        "Kính gửi: Giám đốc Sở Công Thương",
        "Hà Thị Thanh Thủy",
        "TM. THƯỜNG TRỰC HỘI ĐỒNG\nPHÓ CHỦ TỊCH HỘI ĐỒNG\nPHÓ GIÁM ĐỐC SỞ",
        "(Kèm theo Tờ trình của Thường trực Hội đồng Thi đua - Khen thưởng)",
    } <= set(words)
    assert [line for line in words if line.startswith("- ")] == [
        "- Như trên;",
        "- Lưu: VT, HĐTĐKT.",
    ]


def test_what_goes_upwards_is_asked_of_each_level_in_a_proposal_of_its_own(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    items = dict(shelf.shelf(secretary, demo))[PaperKind.UPWARD]
    assert [(item.title, item.is_final) for item in items] == [
        ("cấp tỉnh, 00/TTr-SCT (minh hoạ)", True)
    ]
    words = _words(shelf.paper(secretary, demo, PaperKind.UPWARD, items[0].subject_id).content)
    assert {
        "Kính gửi: UBND tỉnh Hòa Bình",
        "Số: 00/TTr-SCT",
        "Hòa Bình, ngày 13 tháng 5 năm 2021",
        "GIÁM ĐỐC",
        "Phạm Minh Đức",
        "(Kèm theo Tờ trình số 00/TTr-SCT ngày 13 tháng 5 năm 2021 của Sở Công Thương)",
    } <= set(words)
    assert [line for line in words if line.startswith("- ")] == [
        "- Như trên;",
        "- Lưu: VT, HĐTĐKT.",
    ]
    with pytest.raises(NotVisible):
        shelf.SOURCES[PaperKind.UPWARD].content(secretary, demo, 999_999)
    head = _asker(demo, _person("truong.qlcn"))
    assert PaperKind.UPWARD not in dict(shelf.shelf(head, demo))


def test_what_waits_for_two_levels_gives_two_drafts(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    entry = build.participation(
        campaign, unit=build.unit(name="Phòng Kinh tế"), block=build.block(campaign)
    )
    province = build.award_type(name="Bằng khen tỉnh", level=Level.PROVINCE)
    ministry = build.award_type(name="Bằng khen bộ", level=Level.MINISTRY)
    ministry.signatory = "Bộ trưởng Bộ Công Thương"
    rows = [
        build.nominee(
            campaign,
            of=entry,
            kind=build.award_kind(campaign, of_type=form),
            name="Phòng Kinh tế",
            state=NomineeState.PROPOSED,
        )
        for form in (ministry, province)
    ]
    member, other = (build.member(campaign, user=build.user()) for _ in range(2))
    for row in rows:
        ballot = build.ballot(
            build.meeting(campaign, chair=member, secretary=other), subject_id=row.id
        )
        line = db.session.query(BallotLine).filter_by(ballot_id=ballot.id).one()
        line.yes, line.no, line.outcome = 2, 0, Outcome.ELECTED
    db.session.flush()
    asker = _asker(campaign, build.user(Role.SECRETARIAT))
    assert [
        (item.title, item.is_final) for item in dict(shelf.shelf(asker, campaign))[PaperKind.UPWARD]
    ] == [("cấp tỉnh, chưa gửi", False), ("cấp bộ, chưa gửi", False)]
    words = _words(shelf.paper(asker, campaign, PaperKind.UPWARD, rows[0].id).content)
    assert {"DỰ THẢO", "Kính gửi: Bộ Công Thương"} <= set(words)


def test_a_decision_goes_first_to_those_who_carry_it_out_and_bears_two_digits(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    row = build.decision(
        campaign, state=DecisionState.SIGNED, number="5", signed_on=build.TODAY, signed_at=build.NOW
    )
    words = _words(
        shelf.paper(
            _asker(campaign, build.user(Role.DIRECTOR)), campaign, PaperKind.DECISION, row.id
        ).content
    )
    assert [line for line in words if line.startswith("- ")] == [
        "- Như Điều 3;",
        "- Các đơn vị tham gia phong trào;",
        "- Lưu: VT.",
    ]
    assert [line for line in words if line.startswith("Số:")] == ["Số: 05/QĐ-SCT"]
    assert (row.title, row.cited) == ("05/QĐ-SCT", "05/QĐ-SCT ngày 28 tháng 4 năm 2021")


def test_minutes_name_who_stood_in_when_people_came_and_left_and_which_ballot_was_annulled(app):
    room = council_room()
    gather(room, absent=[3])
    late, ill = (
        meetings_of_council.attendance(room.meeting.id, room.members[place].id) for place in (3, 4)
    )
    meeting_actions.set_presence(
        room.meeting, late, Presence.PRESENT, reason="", at=build.NOW + timedelta(minutes=5)
    )
    stand_in = build.user(Role.COUNCIL_MEMBER)
    voting.replace_member(
        room.meeting,
        ill,
        build.member(room.campaign, user=stand_in),
        reason="nghỉ ốm",
        on=build.TODAY,
    )
    wrong, _ = ballot(room, labels=("Đơn vị A",), mode=Mode.OPEN)
    voting.annul_ballot(room.meeting, wrong, reason="nhầm danh sách.", at=build.NOW)
    again = voting.repeat_ballot(room.meeting, wrong, reason="lượt trước đã huỷ")
    voting.open_ballot(room.meeting, again, at=build.NOW)
    close(room, again)
    asker = _asker(room.campaign, build.user(Role.DIRECTOR))
    words = _words(shelf.paper(asker, room.campaign, PaperKind.MINUTES, room.meeting.id).content)
    names = [user.full_name for user in (*room.users, stand_in)]
    assert [
        re.sub(r"^\d\. ", "", line)
        for line in words
        if re.search(rf"({names[3]}|{names[4]})\b.*Uỷ viên", line) or "thay " in line
    ] == [
        f"Ông {names[3]}, Uỷ viên (đến lúc 09 giờ 05 phút, ngày 28 tháng 4 năm 2021);",
        f"Ông {names[5]}, Uỷ viên (thay {names[4]}: nghỉ ốm).",
        f"- Ông {names[4]}, Uỷ viên (nghỉ ốm; chỉ trong cuộc họp này).",
    ]
    assert words[words.index("Lượt đã huỷ, không kiểm phiếu:") + 1] == (
        "- Lượt 1. Giấy khen: nhầm danh sách."
    )
    assert "Lượt 2. Bỏ phiếu lại: Giấy khen" in words
    invited = _words(
        shelf.paper(asker, room.campaign, PaperKind.INVITATION, room.meeting.id).content
    )
    assert [f"Ông {name}" in invited for name in names] == [True] * 5 + [False]
    assert "- Lượt này bỏ phiếu lại lượt 1 vì: lượt trước đã huỷ." in words
    assert [line for line in words if line.startswith("Lượt 1")] == []


def test_an_office_beside_that_of_the_letterhead_issues_and_signs_its_papers_itself(app):
    own = build.unit(name="Sở Công Thương tỉnh Hòa Bình", short_name="Sở Công Thương", code="SCT")
    other = build.unit(name="Sở Y tế tỉnh Hòa Bình", short_name="Sở Y tế", code="SYT")
    part = build.unit(name="Trung tâm Khuyến công", code="TTKC", parent=own)
    db.session.add(Letterhead(id=1, issuer="Sở Công Thương", place="Hòa Bình", code="SCT"))
    for unit, name in ((own, "Phạm Minh Đức"), (other, "Nguyễn Văn Khải")):
        build.user(Role.DIRECTOR, full_name=name, unit_id=unit.id)
    told = []
    for number, unit in enumerate((own, other, part)):
        campaign = build.campaign(phase=Phase.LAUNCHED, organiser_id=unit.id)
        asker = _asker(campaign, db.session.query(User).options(selectinload(User.grants)).first())
        (item,) = dict(shelf.shelf(asker, campaign))[PaperKind.PLAN]
        fields = shelf.fields_of(asker, campaign, PaperKind.PLAN, item)[1]
        told.append(
            tuple(fields[name] for name in ("issuer", "number", "signer_title", "signer_name"))
        )
        assert fields["dated"].startswith("Hòa Bình, ngày"), number
    assert told == [
        ("Sở Công Thương", "Số:         /KH-SCT", "GIÁM ĐỐC", "Phạm Minh Đức"),
        ("Sở Y tế tỉnh Hòa Bình", "Số:         /KH-SYT", "GIÁM ĐỐC", "Nguyễn Văn Khải"),
        ("Sở Công Thương", "Số:         /KH-SCT", "GIÁM ĐỐC", ""),
    ]


def test_a_heading_of_a_final_paper_never_stands_above_nothing(app):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    unit = build.unit()
    build.user(Role.UNIT_HEAD, at=unit)
    entry = build.participation(campaign, unit=unit, block=build.block(campaign))
    entry.commitments = "Làm đúng hạn."
    room = council_room()
    room.meeting.agenda = ""
    gather(room)
    meeting_actions.close_meeting(room.meeting, unfinished=[], at=build.NOW)
    confirm_minutes(room.meeting, protocol.entries(room.meeting), at=build.NOW)
    asker = _asker(campaign, build.user(Role.DIRECTOR))
    for kind, subject_id, after in (
        (
            PaperKind.PLAN,
            campaign.id,
            {
                "III. CHỈ TIÊU THI ĐUA": "Phong trào không đặt chỉ tiêu định lượng.",
                "IV. NHIỆM VỤ CHUYÊN MÔN": "Phong trào không giao nhiệm vụ riêng.",
                "VI. KHEN THƯỞNG": "Thực hiện theo quy định của pháp luật về thi đua, khen thưởng.",
            },
        ),
        (PaperKind.PLEDGE, entry.id, {"1. Chỉ tiêu": "Không đăng ký chỉ tiêu riêng."}),
        (
            PaperKind.MINUTES,
            room.meeting.id,
            {
                "II. NỘI DUNG": "Xét và biểu quyết các nội dung tại mục III.",
                "III. BIỂU QUYẾT": "Không có lượt biểu quyết nào được kiểm phiếu.",
            },
        ),
    ):
        of = room.campaign if kind is PaperKind.MINUTES else campaign
        words = _words(shelf.paper(asker, of, kind, subject_id).content)
        assert {head: words[words.index(head) + 1] for head in after} == after


def test_minutes_end_with_the_secretary_and_whoever_took_the_chair(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    on_shelf = dict(shelf.shelf(secretary, demo))
    for kind in (PaperKind.MINUTES, PaperKind.COUNT):
        content = shelf.paper(secretary, demo, kind, on_shelf[kind][0].subject_id).content
        cells = Document(BytesIO(content)).tables[-1].rows[0].cells
        assert [cell.paragraphs[0].text for cell in cells] == ["THƯ KÝ", "CHỦ TỌA"]
        assert "Phạm Minh Đức" in [paragraph.text for paragraph in cells[1].paragraphs]


def test_a_launched_plan_tells_nothing_that_came_after_it_and_a_draft_counts_no_units(app):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    block = build.block(campaign, name="Khối Sở")
    build.indicator(campaign, name="Xuất khẩu")
    asker = _asker(campaign, build.user(Role.DIRECTOR))

    def words():
        content = shelf.paper(asker, campaign, PaperKind.PLAN, campaign.id).content
        return _words(content), content

    before, first = words()
    build.participation(campaign, unit=build.unit(), block=block)
    assert words()[1] == first
    assert [line for line in before if "chưa đối chiếu" in line or "số liệu lúc" in line] == []
    assert "- Khối Sở." in before
    draft = build.campaign()
    build.block(draft, name="Khối huyện")
    paragraphs = _words(shelf.paper(asker, draft, PaperKind.PLAN, draft.id).content)
    assert [line for line in paragraphs if "đơn vị." in line and "0" in line] == []


def test_a_plan_that_was_put_right_says_so_and_since_when(app):
    campaign = build.campaign(phase=Phase.LAUNCHED, title="Phong trào thi đua")
    task = Task(campaign_id=campaign.id, name="Việc sai")
    db.session.add(task)
    db.session.commit()
    clerk = build.user(Role.SECRETARIAT)
    correct_plan(campaign, task, {"name": "Việc đúng"}, reason="gõ nhầm", by=clerk, at=build.NOW)
    asker = _asker(campaign, build.user(Role.DIRECTOR))
    drawn = shelf.paper(asker, campaign, PaperKind.PLAN, campaign.id)
    words = _words(drawn.content)
    assert "Phát động phong trào thi đua (đã đính chính ngày 28 tháng 4 năm 2021)" in words
    assert ("1. Việc đúng." in words, drawn.drawn.data_at) == (True, build.NOW)


def test_a_quota_by_share_is_told_as_a_share_in_the_plan(app):
    campaign = build.campaign()
    block, kind = build.block(campaign, name="Khối Sở"), build.award_kind(campaign)
    db.session.add(AwardQuota(kind_id=kind.id, block_id=block.id, percent=30))
    db.session.flush()
    words = _words(
        shelf.paper(
            _asker(campaign, build.user(Role.DIRECTOR)), campaign, PaperKind.PLAN, campaign.id
        ).content
    )
    assert [line for line in words if "Khối Sở tối đa 30\u00a0% số đơn vị của khối" in line] != []


def test_a_form_for_written_opinions_is_a_draft_until_there_is_something_to_ask(app):
    campaign = build.campaign(phase=Phase.MEETING)
    meeting = build.meeting(
        campaign,
        chair=build.member(campaign, user=build.user()),
        secretary=build.member(campaign, user=build.user()),
    )
    asker = _asker(campaign, build.user(Role.SECRETARIAT))

    def state():
        drawn = shelf.paper(asker, campaign, PaperKind.OPINION, meeting.id)
        return drawn.item.is_final, "DỰ THẢO" in _words(drawn.content)

    assert state() == (False, True)
    build.ballot(meeting)
    assert state() == (True, False)


def test_a_form_for_written_opinions_is_of_when_its_last_line_was_added(app):
    campaign = build.campaign(phase=Phase.MEETING)
    chair, secretary = (build.member(campaign, user=build.user()) for _ in range(2))
    meeting = build.meeting(campaign, chair=chair, secretary=secretary)
    asker = _asker(campaign, build.user(Role.SECRETARIAT))

    def stamped():
        return shelf.paper(asker, campaign, PaperKind.OPINION, meeting.id).drawn.data_at

    called, later = meeting.called_at, meeting.called_at + timedelta(hours=2)
    build.ballot(meeting)
    assert stamped() == called
    added = {"title": "Giấy khen", "lines": [voting.LineSpec("Phòng Một")], "rule": VoteRule()}
    voting.prepare_ballot(meeting, **added, at=called - timedelta(hours=1))
    assert stamped() == called
    voting.prepare_ballot(meeting, **added | {"title": "Bằng khen"}, at=later)
    assert stamped() == later


@pytest.mark.parametrize("stage", [Stage.PLANNING, Stage.REPORTING, Stage.SCORING, Stage.MEETING])
def test_at_each_moment_what_is_called_final_is_whole_and_what_is_a_draft_says_so(only_read, stage):
    campaign = only_read(stage)
    asker = _asker(campaign, _person("thuong-truc"))
    on_shelf = shelf.shelf(asker, campaign)
    told = {
        (kind, item.title): shelf.fields_of(asker, campaign, kind, item)[1]["is_draft"]
        for kind, items in on_shelf
        for item in items
    }
    assert told == {
        (kind, item.title): not item.is_final for kind, items in on_shelf for item in items
    }
    first = {(kind, item.is_final): (kind, item) for kind, items in on_shelf for item in items}
    last = {(kind, item.is_final): (kind, item) for kind, items in on_shelf for item in items[::-1]}
    wrong = []
    for drawn in shelf.papers(asker, campaign, [*first.values(), *last.values()]):
        words = _words(drawn.content)
        if ("DỰ THẢO" in words) is drawn.item.is_final or (
            drawn.item.is_final
            and any(
                mark in line for line in words for mark in ("…", "chưa đối chiếu", "số liệu lúc")
            )
        ):
            wrong.append((drawn.kind, drawn.item.title))
    assert wrong == []


def test_each_row_of_the_summary_adds_up_in_columns_of_its_own(demo):
    secretary = _asker(demo, _person("thuong-truc"))
    content = shelf.paper(secretary, demo, PaperKind.SUMMARY, demo.id).content
    tables = [
        table
        for table in Document(BytesIO(content)).tables
        if table.rows[0].cells[0].text == "Hạng"
    ]
    heads = [cell.text for cell in tables[0].rows[0].cells]
    assert heads == [
        "Hạng",
        "Đơn vị",
        "A",
        "B",
        "C",
        "D",
        "E",
        "T",
        "P",
        "Tổng điểm",
        "Xếp loại",
        "Ghi chú",
    ]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    assert len(rows) == 18

    def number(text):
        return Decimal(text.replace("−", "-").replace(",", "."))

    assert [row for row in rows if sum(map(number, row[2:9])) != number(row[9])] == []
    words = _words(content)
    assert "CHỦ TỊCH HỘI ĐỒNG\nGIÁM ĐỐC SỞ" in words
    assert [line for line in words if line.startswith("A: ")] != []


@pytest.mark.parametrize(
    ("has_book", "title", "numbers"),
    [(False, "Số vào sổ", ["7/2021", "8/2021"]), (True, "Số sổ vàng", ["1", "2"])],
)
def test_the_list_of_a_decision_bears_the_number_its_rule_set_asks_for(
    app, has_book, title, numbers
):
    campaign, rules = build.campaign(phase=Phase.DECIDING), build.rule_set()
    rules.has_golden_book = has_book
    kind = build.award_kind(campaign)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    row = build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number="12",
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    for place, number in enumerate((7, 8), start=1):
        line = build.decision_line(
            row,
            nominee=build.nominee(campaign, of=entry, kind=kind),
            kind=kind,
            register_year=2021,
            register_number=number,
        )
        line.position = place
    db.session.flush()
    content = shelf.paper(
        _asker(campaign, build.user(Role.DIRECTOR)), campaign, PaperKind.DECISION, row.id
    ).content
    table = next(
        one for one in Document(BytesIO(content)).tables if one.rows[0].cells[0].text == "STT"
    )
    assert [row.cells[-1].text for row in table.rows] == [title, *numbers, ""]


def test_a_word_file_says_whose_it_is_what_it_is_and_of_when(app):
    campaign = build.campaign(phase=Phase.LAUNCHED, organiser_id=build.unit(name="Sở Thử").id)
    content = shelf.paper(
        _asker(campaign, build.user(Role.DIRECTOR)), campaign, PaperKind.PLAN, campaign.id
    ).content
    found = Document(BytesIO(content)).core_properties
    assert (found.title, found.author, found.last_modified_by, found.comments) == (
        "Kế hoạch phát động, Kế hoạch phát động",
        "Sở Thử",
        "Sở Thử",
        "",
    )
    assert (found.created.replace(tzinfo=None), found.modified.replace(tzinfo=None)) == (
        build.NOW.replace(tzinfo=None),
    ) * 2


def test_a_collective_is_not_placed_by_its_block(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    kind, block = build.award_kind(campaign), build.block(campaign, name="Khối Sở")
    entry = build.participation(campaign, unit=build.unit(name="Phòng Kinh tế"), block=block)
    row = build.decision(campaign)
    for name in ("Phòng Kinh tế", "Tổ Một cửa"):
        build.decision_line(
            row,
            nominee=build.nominee(campaign, of=entry, kind=kind, name=name),
            kind=kind,
            unit_name="Phòng Kinh tế",
            block_name="Khối Sở",
        )
    fields = (
        shelf.SOURCES[PaperKind.DECISION]
        .content(_asker(campaign, build.user(Role.DIRECTOR)), campaign, row.id)
        .fields
    )
    assert [(line["name"], line["place"]) for line in fields["lines"]] == [
        ("Phòng Kinh tế", ""),
        ("Tổ Một cửa", "Phòng Kinh tế"),
    ]


def test_a_notice_that_is_posted_is_issued_on_its_day_and_whole(app):
    campaign = build.campaign(phase=Phase.DECIDING)
    kind = build.award_kind(campaign)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    row = build.decision(
        campaign,
        state=DecisionState.POSTED,
        posted_on=date(2021, 5, 4),
        notice_until=date(2021, 5, 7),
    )
    build.decision_line(row, nominee=build.nominee(campaign, of=entry, kind=kind), kind=kind)
    drawn = shelf.paper(
        _asker(campaign, build.user(Role.SECRETARIAT)), campaign, PaperKind.NOTICE, row.id
    )
    words = _words(drawn.content)
    assert (drawn.item.is_final, "DỰ THẢO" in words) == (True, False)
    assert "Ngày 04 tháng 5 năm 2021" in words
    assert [line for line in words if "…" in line or line.startswith("Căn cứ")] == []
