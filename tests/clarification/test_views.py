"""From opening a round to the second verification, as unit and verifier go through it."""

from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from itertools import chain, repeat
from types import SimpleNamespace

import pytest

from campaign.clarification import queries
from campaign.clarification.telling import minuted
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification import actions as verification
from campaign.verification.queries import checked_of
from campaign.web import clock
from tests import build
from tests.worlds import PDF, Desk

pytestmark = pytest.mark.usefixtures("app")


class Room(Desk):
    """A report of which 99 was verified, and 8 points given; the plan has five days."""

    def __init__(self, days=5, *, second_leaf=False):
        super().__init__()
        if second_leaf:
            by_rule = JudgedBy.INDICATOR
            build.criterion(self.campaign, judged_by=by_rule, indicator_id=self.indicator.id)
        self.campaign.clarification_days = days
        row = self.begin()
        self.type(row, f"v:{self.indicator.id}:value", "99")
        self.type(row, f"p:{self.criterion.id}:points", "8")
        self.type(row, f"p:{self.criterion.id}:comment", "Thiếu một văn bản")
        verification.finish(row, self.report, self.left(row), by=self.by, at=build.NOW)
        self.verification = row
        self.head = build.user(Role.UNIT_HEAD, at=self.office)
        db.session.commit()

    def address(self, verb=""):
        return f"/campaigns/{self.campaign.id}/clarification/{verb}"

    def of_report(self, verb=""):
        return self.address(f"{self.report.id}{verb}")

    @property
    def round(self):
        db.session.expire_all()
        return queries.round_of(self.report.id)

    def end_time(self):
        self.round.due_on = clock.today() - timedelta(days=1)
        db.session.commit()

    @property
    def held(self):
        db.session.expire_all()
        return queries.held_back(self.campaign, clock.today())

    @property
    def entry_id(self):
        return self.report.participation_id


def test_a_unit_explains_with_evidence_and_the_second_verification_is_final(sign_in, page):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    assert room.held == {room.entry_id}
    assert head.get(room.of_report()).status_code == HTTPStatus.NOT_FOUND
    verifier.post(room.address("open"), data={"block_id": room.block.id})
    assert room.round.due_on == clock.today() + timedelta(days=5)
    assert page(head.get("/home/")).links(".todo a")[0] == room.of_report()
    shown = page(head.get(room.of_report()))
    assert shown.one(f"#c-{room.criterion.id} dd") == (
        "8,00/10,00 điểmThường trực thẩm định. Nhận xét: Thiếu một văn bản."
    )
    answers = room.of_report(f"/answers/{room.criterion.id}")
    said = {"text": "Văn bản kèm theo", "file": (BytesIO(PDF), "van-ban.pdf")}
    assert head.post(answers, data=said).status_code == HTTPStatus.SEE_OTHER
    head.post(room.of_report("/reply"))
    late = head.post(answers, data={"text": "Nói thêm"}, follow_redirects=True)
    assert "Đơn vị đã gửi ý kiến; không sửa giải trình được nữa." in late.text
    assert room.held == {room.entry_id}
    shown = page(verifier.get(room.of_report()))
    file = shown.links(f"#c-{room.criterion.id} dd a")[0]
    assert verifier.get(file).data == PDF
    verifier.post(
        room.of_report(f"/settle/{room.criterion.id}"),
        data={"outcome": "agreed", "value": "9,5", "sentence": "Đã đủ văn bản"},
    )
    verifier.post(room.of_report("/finish"))
    assert room.held == frozenset()
    _, points = checked_of(room.verification.id)
    assert (str(points[room.criterion.id].points), points[room.criterion.id].comment) == (
        "9.50",
        "Đã đủ văn bản",
    )
    assert page(head.get(room.of_report())).all(f"#c-{room.criterion.id} dd") == [
        "8,00/10,00 điểmThường trực thẩm định. Nhận xét: Thiếu một văn bản.",
        "Văn bản kèm theo",
        f"van-ban.pdf {len(PDF) // 1024 or 1} KB",
        "9,50/10,00 điểm Đồng ý với giải trình: Đã đủ văn bản",
    ]


def test_a_number_of_the_second_verification_is_counted_and_an_agreement_can_be_taken_back(sign_in):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"), data={"participation_id": room.entry_id})
    (criterion,) = [row.id for row in room.scheme.checked if row.indicator_id == room.indicator.id]
    head.post(room.of_report(f"/answers/{criterion}"), data={"text": "Số là 99,5"})
    room.end_time()
    settle = room.of_report(f"/settle/{criterion}")
    room.indicator.previous_year_value = Decimal(90)
    db.session.commit()
    counted = []
    for data in (
        {"outcome": "agreed", "value": "9.950", "sentence": "Đúng"},
        {"outcome": "agreed", "value": "99,5", "sentence": "Đúng"},
        {"outcome": "kept", "value": "", "sentence": "Không có nguồn"},
    ):
        answer = verifier.post(settle, data=data, follow_redirects=True)
        is_asked = "Hãy xem lại cỡ số: 9.950" in answer.get_data(as_text=True)
        db.session.expire_all()
        figure = checked_of(room.verification.id)[0][room.indicator.id]
        counted.append((str(figure.counted), is_asked))
    assert counted == [("9950.0000", True), ("99.5000", False), ("99.0000", False)]


def test_a_number_that_two_criteria_take_is_one_for_both_after_the_second_verification(
    sign_in, page
):
    room = Room(second_leaf=True)
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"), data={"participation_id": room.entry_id})
    first, second = room.scheme.leaves[room.indicator.id]
    head.post(room.of_report(f"/answers/{first.id}"), data={"text": "Số là 98"})
    head.post(room.of_report("/reply"))
    verifier.post(
        room.of_report(f"/settle/{first.id}"),
        data={"outcome": "agreed", "value": "98", "sentence": "Đúng"},
    )
    verifier.post(room.of_report("/finish"))
    shown = page(head.get(room.of_report()))
    assert shown.all(f"#c-{second.id} dd") == [
        "9,90/10,00 điểm · 99 %99 ÷ 100 = 99 %; 99 % × 10 = 9,90 điểm.",
        "9,80/10,00 điểm",
    ]


@pytest.mark.parametrize("way", ["accepts", "is silent"])
def test_acceptance_and_silence_open_the_unit_to_marking(sign_in, page, way):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"))
    if way == "accepts":
        head.post(room.of_report("/reply"))
    else:
        room.end_time()
    assert room.held == frozenset()
    refused = verifier.post(
        f"/campaigns/{room.campaign.id}/verification/{room.report.id}/unlock",
        data={"reason": "Sửa lại"},
        follow_redirects=True,
    )
    assert "chỉ thẩm định lần hai sửa được" in refused.text
    words = {
        "accepts": "Đơn vị chấp nhận kết quả thẩm định.",
        "is silent": f"Đến hết ngày {room.round.due_on:%d/%m/%Y} đơn vị không có ý kiến, coi như "
        "chấp nhận kết quả thẩm định.",
    }
    assert page(head.get(room.of_report())).one(".note--info") == words[way]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"value": "9", "sentence": "Đủ"}, "outcome", "Hãy chọn đồng ý hoặc không đồng ý."),
        (
            {"outcome": "agreed", "value": "", "sentence": "Đủ"},
            "value",
            "Đồng ý thì hãy nhập số thẩm định mới.",
        ),
        (
            {"outcome": "agreed", "value": "8", "sentence": "Đủ"},
            "value",
            "Số mới bằng số lần một; nếu giữ nguyên, hãy chọn không đồng ý.",
        ),
        (
            {"outcome": "kept", "value": "", "sentence": " "},
            "sentence",
            "Hãy ghi một câu trả lời đơn vị.",
        ),
    ],
)
def test_what_is_missing_of_a_second_verification_is_said_at_its_field(
    sign_in, page, data, field, sentence
):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"))
    head.post(room.of_report(f"/answers/{room.criterion.id}"), data={"text": "Đã nộp"})
    early = verifier.post(
        room.of_report(f"/settle/{room.criterion.id}"),
        data={"outcome": "kept", "sentence": "Không"},
        follow_redirects=True,
    )
    assert "thẩm định lần hai sau khi đơn vị gửi ý kiến hoặc hết hạn" in early.text
    room.end_time()
    answer = verifier.post(room.of_report(f"/settle/{room.criterion.id}"), data=data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    shown = page(answer)
    assert shown.one(f"#{field}-{room.criterion.id}-error") == sentence
    assert shown.one(f"#sentence-{room.criterion.id}").strip() == data["sentence"].strip()
    unfinished = verifier.post(room.of_report("/finish"), follow_redirects=True)
    assert "Còn 1 ý kiến giải trình chưa thẩm định lần hai." in unfinished.text


def test_evidence_needs_words_and_strangers_find_nothing(sign_in, page):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    stranger = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    verifier.post(room.address("open"))
    answers = room.of_report(f"/answers/{room.criterion.id}")
    refused = head.post(answers, data={"text": "", "file": (BytesIO(PDF), "a.pdf")})
    assert (
        page(refused).one(f"#text-{room.criterion.id}-error")
        == "Hãy ghi nội dung giải trình trước khi gắn minh chứng."
    )
    refused = head.post(answers, data={"text": "Có", "file": (BytesIO(b"MZ"), "a.exe")})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert [
        stranger.get(room.of_report()).status_code,
        stranger.post(answers, data={"text": "x"}).status_code,
        stranger.post(room.of_report("/reply")).status_code,
    ] == [HTTPStatus.NOT_FOUND] * 3
    assert room.entry_id in room.held
    assert page(stranger.get(room.address())).all("tbody tr") == []


def test_the_list_offers_to_open_only_what_is_not_open_yet(sign_in, page):
    room = Room()
    verifier = sign_in(room.by)
    offers = ["Mở cho mọi đơn vị đã thẩm định", f"Mở cho {room.block.name}", "Mở giải trình"]
    assert page(verifier.get(room.address())).all("main form[method=post] button") == offers
    verifier.post(room.address("open"))
    assert page(verifier.get(room.address())).all("main form[method=post] button") == []


def test_a_plan_without_rounds_opens_none_and_holds_nobody_back(sign_in):
    room = Room(days=None)
    answer = sign_in(room.by).post(room.address("open"), follow_redirects=True)
    assert "Kế hoạch của phong trào không có đợt giải trình." in answer.text
    assert room.held == frozenset()


def test_marking_opens_with_the_end_of_the_round_and_closing_names_who_is_open(sign_in, page):
    room = Room()
    judged = build.criterion(room.campaign)
    room.campaign.phase = Phase.SCORING
    chair = build.user(Role.COUNCIL_MEMBER)
    build.member(room.campaign, user=chair, function=CouncilFunction.CHAIR)
    db.session.commit()
    grid = f"/campaigns/{room.campaign.id}/scoring/{room.block.id}"
    cell = {"field": f"m:{room.entry_id}:{judged.id}", "value": "7", "base": ""}
    marker, verifier = sign_in(chair), sign_in(room.by)
    assert marker.post(f"{grid}/fields", data=cell).status_code == HTTPStatus.NOT_FOUND
    conduct = f"/campaigns/{room.campaign.id}/conduct/"
    assert "Còn 1 đơn vị chưa xong giải trình" in verifier.get(conduct).text
    verifier.post(room.address("open"))
    room.end_time()
    assert marker.post(f"{grid}/fields", data=cell).status_code == HTTPStatus.OK
    assert "chưa xong giải trình" not in verifier.get(conduct).text


def test_the_list_costs_the_same_for_one_unit_and_for_three(sign_in, count_queries):
    room = Room()
    verifier, costs = sign_in(room.by), []
    period = room.report.period
    for _ in range(2):
        with count_queries() as seen:
            verifier.get(room.address())
        costs.append(len(seen))
        for _ in range(2):
            entry = build.participation(room.campaign, unit=build.unit(), block=room.block)
            build.verified(of=entry, period=period, by=room.by)
        db.session.commit()
    assert costs[0] == costs[1]


def test_both_verifications_stand_in_the_explanation_and_the_outcome_in_the_minutes(sign_in, page):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"))
    head.post(room.of_report(f"/answers/{room.criterion.id}"), data={"text": "Đã nộp đủ"})
    head.post(room.of_report("/reply"))
    verifier.post(
        room.of_report(f"/settle/{room.criterion.id}"),
        data={"outcome": "agreed", "value": "9,5", "sentence": "Đã nhận"},
    )
    verifier.post(room.of_report("/finish"))
    today = clock.today()
    assert minuted(room.campaign, room.scheme, today) == [
        f"{room.office.short_name}: Đơn vị đã giải trình; kết quả thẩm định lần hai là kết quả "
        f"cuối cùng. {room.criterion.code}: đồng ý với giải trình."
    ]
    room.campaign.phase, room.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    ranked = f"/campaigns/{room.campaign.id}/ranking/units/{room.entry_id}"
    shown = page(head.get(ranked)).tree.text_content()
    assert (
        "Thẩm định lần một: 8,00 điểm; Đơn vị giải trình: Đã nộp đủ; Thẩm định lần hai: "
        "9,50 điểm; đồng ý với giải trình: Đã nhận"
    ) in " ".join(shown.split())
    assert "kết quả thẩm định lần hai là kết quả cuối cùng" in shown
    assert head.get(f"{ranked}/print").data.startswith(b"%PDF")


def test_a_page_that_is_drawn_at_midnight_is_of_one_day(sign_in, page, monkeypatch):
    room = Room()
    verifier, head = sign_in(room.by), sign_in(room.head)
    verifier.post(room.address("open"))
    last = room.round.due_on
    days = chain([last], repeat(last + timedelta(days=1)))
    midnight = SimpleNamespace(today=lambda: next(days))
    monkeypatch.setattr("campaign.clarification.opened.clock", midnight)
    answers = f'form[action="{room.of_report(f"/answers/{room.criterion.id}")}"]'
    drawn = [page(head.get(room.of_report())) for _ in range(2)]
    assert [len(shown.all(answers)) for shown in drawn] == [1, 0]
