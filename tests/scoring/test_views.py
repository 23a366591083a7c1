"""What a member reads beside their own marks, and how they abstain from where they mark."""

import dataclasses
from decimal import Decimal
from http import HTTPStatus
from types import SimpleNamespace

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.scheme.models import Criterion, CriterionGroup, CriterionScope, IndicatorOwner
from campaign.scheme.rules.table import Scheme, ScoredCriterion, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, OwnerPart
from campaign.scoring import desk as desks
from campaign.scoring.grid import given_by_group
from campaign.scoring.models import Mark, ScoreSheet
from campaign.verification import actions
from campaign.verification.models import Verification
from campaign.verification.rules import CriterionResult, UnitResult
from tests import build
from tests.worlds import AT, Desk


def test_a_criterion_that_carries_its_groups_weight_shows_the_maximum_that_applies(
    app, sign_in, page
):
    desk = Desk()
    ruled = db.session.query(Criterion).filter_by(judged_by=JudgedBy.INDICATOR).one()
    elsewhere = build.indicator(desk.campaign)
    db.session.add(
        IndicatorOwner(indicator_id=elsewhere.id, unit_id=build.unit().id, part=OwnerPart.LEAD)
    )
    build.criterion(
        desk.campaign,
        within=db.session.get(CriterionGroup, ruled.group_id),
        judged_by=JudgedBy.INDICATOR,
        maximum="6",
        indicator_id=elsewhere.id,
    )
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    actions.finish(row, desk.report, desk.left(row), by=desk.by, at=AT)
    desk.campaign.phase = Phase.SCORING
    member = build.user(Role.COUNCIL_MEMBER)
    build.member(desk.campaign, user=member)
    block = f"/campaigns/{desk.campaign.id}/scoring/{desk.block.id}"
    address = f"{block}/units/{desk.report.participation_id}"
    shown = page(sign_in(member).get(address))
    assert shown.all(".card__end") == ["tối đa 16,00", "tối đa 10,00", "tối đa 5,00"]


class Room:
    """A member before a block of two verified units and one whose report is not verified yet, with
    two criteria.
    """

    def __init__(self, sign_in):
        self.campaign = campaign = build.campaign(phase=Phase.SCORING)
        self.block = build.block(campaign)
        self.criteria = [build.criterion(campaign), build.criterion(campaign)]
        self.elsewhere = build.criterion(campaign, judged_by=JudgedBy.SECRETARIAT)
        self.period = period = build.period(campaign)
        self.entries = [
            build.participation(campaign, unit=build.unit(name=name), block=self.block)
            for name in ("A", "B", "C")
        ]
        for entry in self.entries[:2]:
            build.verified(of=entry, period=period, by=build.user(Role.SECRETARIAT))
        member = build.user(Role.COUNCIL_MEMBER)
        build.member(campaign, user=member)
        self.browser = sign_in(member)
        self.grid = f"/campaigns/{campaign.id}/scoring/{self.block.id}"

    def abstain(self, entry, criterion=None, reason="Thiếu căn cứ"):
        values = {
            "participation_id": entry.id,
            "criterion_id": criterion.id if criterion else "all",
            "reason": reason,
        }
        return self.browser.post(
            f"{self.grid}/abstain",
            data=values,
            headers={"Referer": f"http://localhost{self.grid}?page=2"},
        )

    def together(self, names, texts, bases):
        return self.browser.post(
            f"{self.grid}/fields/together",
            data={"field": names, "value": texts, "base": bases},
            headers={"Accept": "application/json"},
        )

    def notes(self):
        rows = db.session.query(Mark).order_by(Mark.participation_id, Mark.criterion_id)
        return [(row.participation_id, row.criterion_id, row.points, row.note) for row in rows]


@pytest.fixture
def room(app, sign_in):
    return Room(sign_in)


def test_a_member_abstains_from_a_cell_or_a_unit_and_comes_back_to_the_page_where_it_stands(
    room, monkeypatch
):
    monkeypatch.setattr(desks, "PER_PAGE", 1)
    (first, second, _), (one, other) = room.entries, room.criteria
    assert [
        room.abstain(first, other).headers["Location"],
        room.abstain(second).headers["Location"],
    ] == [room.grid, f"{room.grid}?page=2"]
    assert room.notes() == [
        (first.id, other.id, None, "Thiếu căn cứ"),
        (second.id, one.id, None, "Thiếu căn cứ"),
        (second.id, other.id, None, "Thiếu căn cứ"),
    ]


def test_each_box_of_the_grid_is_named_by_its_row_and_column_and_an_abstention_by_its_reason(
    room, page
):
    (first, *_), (one, other) = room.entries, room.criteria
    room.browser.post(
        f"{room.grid}/fields", data={"field": f"m:{first.id}:{one.id}", "value": "7,5", "base": ""}
    )
    room.abstain(first, other, 'Thiếu "căn cứ" <b>')
    shown = page(room.browser.get(room.grid))
    box = shown.tree.cssselect(f"[name='m:{first.id}:{one.id}']")[0]
    names = [" ".join(shown.one(f"#{part}").split()) for part in box.get("aria-labelledby").split()]
    assert (box.get("value"), box.get("class"), names) == (
        "7,5",
        "cell cell--saved",
        ["A", f"{one.code}, tối đa · 10"],
    )
    assert [one.get("title") for one in shown.tree.cssselect("tbody td span[title]")] == [
        'Thiếu "căn cứ" <b>'
    ]
    assert shown.tree.cssselect("tbody td b:not([data-total])") == []


def test_a_mark_on_an_earlier_version_of_the_report_says_so_in_its_box(room, page):
    first, one = room.entries[0], room.criteria[0]
    room.browser.post(
        f"{room.grid}/fields", data={"field": f"m:{first.id}:{one.id}", "value": "7,5", "base": ""}
    )
    done = db.session.query(Verification).join(Report).filter_by(participation_id=first.id).one()
    done.version_id = build.version(
        of=db.session.get(Report, done.report_id), by=build.user(Role.SECRETARIAT), number=2
    ).id
    assert page(room.browser.get(room.grid)).all("tbody .cell-error") == ["chấm theo bản cũ"]


def test_nobody_abstains_from_a_whole_unit_by_choosing_no_criterion(room, page):
    answer = room.browser.post(
        f"{room.grid}/abstain",
        data={"participation_id": room.entries[0].id, "criterion_id": "", "reason": "Vắng"},
        headers={"Referer": f"http://localhost{room.grid}"},
    )
    assert page(room.browser.get(answer.location)).all(".flashes p") == [
        "Hãy chọn tiêu chí không chấm, hoặc “Cả đơn vị”."
    ]
    assert room.notes() == []


@pytest.mark.parametrize(
    ("entry", "criterion", "reason", "sentence"),
    [
        (0, 0, " ", "Hãy ghi lý do không chấm."),
        (0, 1, "Thiếu căn cứ", "Tiêu chí không áp dụng cho đơn vị này, hoặc đơn vị chưa mở chấm."),
        (2, 0, "Thiếu căn cứ", "Tiêu chí không áp dụng cho đơn vị này, hoặc đơn vị chưa mở chấm."),
    ],
)
def test_an_abstention_that_cannot_be_leads_back_to_the_grid_with_the_reason(
    room, page, entry, criterion, reason, sentence
):
    answer = room.abstain(
        room.entries[entry], (room.criteria[0], room.elsewhere)[criterion], reason
    )
    assert answer.headers["Location"] == f"{room.grid}?page=2"
    assert page(room.browser.get(room.grid)).all(".flashes p") == [sentence]
    assert room.notes() == []


def test_without_scripts_the_grid_itself_asks_which_unit_and_criterion_to_abstain_from(room, page):
    shown = page(room.browser.get(room.grid))
    names = [f"{one.code}. {one.name}" for one in room.criteria]
    assert [one.get("action") for one in shown.tree.cssselect("noscript form")] == [
        f"{room.grid}/abstain"
    ]
    assert shown.all("noscript [name=participation_id] option") == [
        "Chọn đơn vị",
        *shown.all("tbody th a"),
    ]
    assert len(shown.all("tbody th a")) == 2
    assert shown.all("noscript [name=criterion_id] option") == [
        "Chọn tiêu chí",
        "Cả đơn vị: mọi tiêu chí",
        *names,
    ]
    for entry in room.entries[:2]:
        room.abstain(entry)
    room.browser.post(f"{room.grid}/lock")
    assert page(room.browser.get(room.grid)).all("noscript form") == []


def test_under_a_cell_stand_both_ways_to_abstain_while_the_sheet_is_open(room, page):
    address = f"{room.grid}/detail/{room.entries[0].id}/{room.criteria[0].id}"
    assert page(room.browser.get(address)).all("details.reason button") == [
        f"Không chấm {room.criteria[0].code}",
        "Không chấm cả đơn vị",
    ]
    for entry in room.entries[:2]:
        room.abstain(entry)
    room.browser.post(f"{room.grid}/lock")
    assert page(room.browser.get(address)).all("details.reason button") == []


def test_what_a_unit_gave_itself_stands_on_the_scale_on_which_it_is_marked(room, page):
    """Unit A, to which twice its second criterion applies, gave itself 15 of 20: 7,50 of 10."""
    entry, criterion = room.entries[0], room.criteria[1]
    other = build.criterion(
        room.campaign, within=db.session.get(CriterionGroup, criterion.group_id)
    )
    db.session.add(CriterionScope(criterion_id=other.id, unit_id=room.entries[1].unit_id))
    report = db.session.query(Report).filter_by(participation_id=entry.id).one()
    own = {"scores": {str(criterion.id): {"points": "15", "explanation": ""}}}
    version = build.version(of=report, by=build.user(Role.SECRETARIAT), number=2, snapshot=own)
    checked = db.session.query(Verification).filter_by(report_id=report.id).one()
    checked.version_id = version.id
    db.session.commit()
    for address in (f"detail/{entry.id}/{criterion.id}", f"units/{entry.id}"):
        shown = " ".join(
            page(room.browser.get(f"{room.grid}/{address}")).tree.text_content().split()
        )
        assert "7,50" in shown
        assert "15,00" not in shown


def test_a_locked_sheet_says_what_came_too_late_for_it_and_who_can_reopen_it(room, page):
    for entry in room.entries[:2]:
        room.abstain(entry)
    room.browser.post(f"{room.grid}/lock")
    assert page(room.browser.get(room.grid)).all("main .note--warn") == []
    build.verified(of=room.entries[2], period=room.period, by=build.user(Role.SECRETARIAT))
    db.session.commit()
    assert page(room.browser.get(room.grid)).all("main .note--warn") == [
        "Còn 2 ô mở chấm sau khi Ông/Bà khoá phiếu. Muốn chấm, đề nghị Chủ tịch Hội đồng mở "
        "lại phiếu."
    ]
    assert "còn 2 ô mở chấm sau đó" in page(
        room.browser.get(f"/campaigns/{room.campaign.id}/scoring/")
    ).all(".chip")


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("8.5", "“8.5” có phải là “8,5” không? Dấu phẩy ngăn phần thập phân."),
        ("", "Hãy chấm điểm trước khi ghi nhận xét."),
    ],
)
def test_without_scripts_a_note_whose_mark_is_refused_or_missing_is_not_lost(
    room, page, mark, sentence
):
    entry, (criterion, _) = room.entries[0], room.criteria
    key = f"{entry.id}:{criterion.id}"
    shown = page(
        room.browser.post(
            f"{room.grid}/units/{entry.id}/save",
            data={f"m:{key}": mark, f"n:{key}": "Có sáng kiến"},
        )
    )
    assert (shown.value(f"m:{key}"), shown.value(f"n:{key}"), shown.all(".cell-error")) == (
        mark,
        "Có sáng kiến",
        [sentence],
    )
    assert room.notes() == []


def test_without_scripts_the_marks_of_a_unit_are_written_together_however_many_there_are(
    room, count_queries
):
    costs = []
    room.browser.post(f"{room.grid}/units/{room.entries[0].id}/save")
    for entry, criteria in zip(room.entries, (room.criteria[:1], room.criteria), strict=False):
        keys = [f"{entry.id}:{criterion.id}" for criterion in criteria]
        typed = {f"m:{key}": "8" for key in keys} | {f"n:{key}": "Rõ" for key in keys}
        with count_queries() as seen:
            room.browser.post(f"{room.grid}/units/{entry.id}/save", data=typed)
        costs.append(sum("FROM mark" in said or "INTO mark" in said for said in seen))
    (first, second, _), (one, other) = room.entries, room.criteria
    assert room.notes() == [
        (first.id, one.id, 8, "Rõ"),
        (second.id, one.id, 8, "Rõ"),
        (second.id, other.id, 8, "Rõ"),
    ]
    assert costs[0] == costs[1]


def test_without_scripts_a_locked_sheet_says_so(room, page):
    entry, (criterion, _) = room.entries[0], room.criteria
    address, unit = f"{room.grid}/units/{entry.id}/save", f"{room.grid}/units/{entry.id}"
    room.browser.post(address, data={f"m:{entry.id}:{criterion.id}": "8"})
    db.session.query(ScoreSheet).one().locked_at = AT
    db.session.commit()
    room.browser.post(
        address,
        data={f"m:{entry.id}:{criterion.id}": "9"},
        headers={"Referer": f"http://localhost{unit}"},
    )
    told = page(room.browser.get(unit)).all(".note--danger")
    assert (told, [points for _, _, points, _ in room.notes()]) == (["Phiếu chấm đã khoá."], [8])


def test_without_scripts_a_mark_taken_back_takes_its_note_along(room):
    entry, (criterion, _) = room.entries[0], room.criteria
    key = f"{entry.id}:{criterion.id}"
    for mark in ("8", ""):
        answer = room.browser.post(
            f"{room.grid}/units/{entry.id}/save",
            data={f"m:{key}": mark, f"n:{key}": "Có sáng kiến"},
        )
    assert (answer.status_code, room.notes()) == (HTTPStatus.SEE_OTHER, [])


@pytest.mark.parametrize(("cap", "counted"), [(None, "3.50"), (Decimal(3), "3")])
def test_what_a_member_sees_as_given_counts_caps_and_what_exceeding_a_target_adds(cap, counted):
    ruled, bonus, penalty = (
        ScoredCriterion(
            number,
            number,
            f"C{number}",
            "",
            "",
            Decimal(10),
            kind,
            judged_by,
            evidence_required=False,
        )
        for number, kind, judged_by in (
            (1, CriterionKind.BASE, JudgedBy.INDICATOR),
            (2, CriterionKind.BONUS, JudgedBy.SECRETARIAT),
            (3, CriterionKind.PENALTY, JudgedBy.SECRETARIAT),
        )
    )
    ruled = dataclasses.replace(ruled, indicator_id=5)
    measured = SimpleNamespace(owners=(), allocations=(), bonus_group_id=2)
    scheme = Scheme(
        tuple(
            ScoredGroup(one.id, one.code, "", (one,), cap if one is bonus else None)
            for one in (ruled, bonus, penalty)
        ),
        {5: measured},
    )
    results = {
        1: CriterionResult(Decimal(9), Decimal(10), bonus=Decimal("0.50")),
        2: CriterionResult(Decimal(3), Decimal(10)),
        3: CriterionResult(Decimal(2), Decimal(10)),
    }
    given = given_by_group(SimpleNamespace(scheme=scheme), UnitResult(1, 1, {}, results))
    assert given == {1: Decimal(9), 2: Decimal(counted), 3: Decimal(-2)}


def test_cells_written_together_are_all_written(room):
    (first, second, _), (one, other) = room.entries, room.criteria
    names = [f"m:{first.id}:{one.id}", f"m:{second.id}:{one.id}", f"m:{second.id}:{other.id}"]
    answer = room.together(names, ["7,5", " 8 ", "0"], ["", "", ""])
    assert answer.get_json()["values"] == dict(zip(names, ["7,5", "8", "0"], strict=True))
    again = room.together(names[:2], ["", "9"], ["7,5", "8"])
    assert again.get_json()["values"] == {names[0]: "", names[1]: "9"}
    assert [row[:3] for row in room.notes()] == [
        (second.id, one.id, Decimal(9)),
        (second.id, other.id, Decimal(0)),
    ]


def test_of_cells_written_together_one_refused_leaves_all_as_they_were_with_a_sentence_each(room):
    (first, second, _), (one, other) = room.entries, room.criteria
    names = [f"m:{unit.id}:{row.id}" for unit in (first, second) for row in (one, other)]
    room.together(names[:1], ["7"], [""])
    answer = room.together(names, ["9", "11", "8", "8.5"], ["6", "", "", ""])
    assert (answer.status_code, answer.get_json()) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        {
            "refused": {
                names[0]: "Ô này vừa được sửa ở cửa sổ khác: “7”.",
                names[1]: "Điểm phải từ 0 đến 10.",
                names[3]: "“8.5” có phải là “8,5” không? Dấu phẩy ngăn phần thập phân.",
            }
        },
    )
    assert [row[:3] for row in room.notes()] == [(first.id, one.id, Decimal(7))]


@pytest.mark.parametrize(
    ("entry", "texts", "status"),
    [
        (2, ["8"], HTTPStatus.NOT_FOUND),
        (0, ["8", "9"], HTTPStatus.BAD_REQUEST),
    ],
)
def test_cells_written_together_are_cells_that_are_open_each_with_its_text(
    room, entry, texts, status
):
    name = f"m:{room.entries[entry].id}:{room.criteria[0].id}"
    assert room.together([name], texts, [""]).status_code == status
    assert room.notes() == []


def test_a_cell_written_twice_together_is_refused(room):
    name = f"m:{room.entries[0].id}:{room.criteria[0].id}"
    assert room.together([name] * 2, ["8", "9"], ["", ""]).status_code == HTTPStatus.BAD_REQUEST
    assert room.notes() == []


def test_more_cells_are_written_together_by_as_many_statements(room, count_queries):
    (first, second, _), (one, other) = room.entries, room.criteria
    asked = []
    for names in ([f"m:{first.id}:{one.id}"], [f"m:{second.id}:{row.id}" for row in (one, other)]):
        with count_queries() as seen:
            room.together(names, ["8"] * len(names), [""] * len(names))
        asked.append(len(seen))
    assert (asked[0] >= asked[1], len(room.notes())) == (True, 3)


def test_on_a_closed_sheet_cells_written_together_are_refused_in_one_sentence(room):
    room.campaign.phase = Phase.MEETING
    db.session.commit()
    answer = room.together([f"m:{room.entries[0].id}:{room.criteria[0].id}"], ["8"], [""])
    assert (answer.status_code, answer.get_json()["error"]) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Phong trào chưa mở hoặc đã đóng việc chấm điểm.",
    )


def test_where_nothing_can_be_marked_yet_no_share_of_nothing_is_told(room, page, sign_in):
    for done in db.session.query(Verification):
        done.finished_at = done.finished_by_id = None
    db.session.flush()
    index = f"/campaigns/{room.campaign.id}/scoring/"
    mine = page(room.browser.get(index))
    assert mine.all("td[data-label='Tiến độ']") == ["0/3 đơn vị đã mở chấm"]
    overseen = page(sign_in(build.user(Role.SECRETARIAT)).get(index))
    assert overseen.all("td[data-label='Số ô']") == ["chưa mở chấm"]
