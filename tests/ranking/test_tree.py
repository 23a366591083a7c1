"""A table of four levels, ranked: sections, bounds and penalties add up on page, PDF and Excel."""

from decimal import Decimal as D
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.problems import launch_problems
from campaign.planning.rules import Phase
from campaign.ranking import actions, queries
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from campaign.verification.models import VerifiedPoints
from tests import build

BONUS, PENALTY = CriterionKind.BONUS, CriterionKind.PENALTY
LEAVES = (
    ("a", "1.1", "8", {}),
    ("b", "1.1", "6", {"kind": BONUS}),
    ("c", "2", "9", {}),
    ("d", "2", None, {"kind": PENALTY, "takes_from": TakesFrom.GROUP}),
    ("e", "II", "81", {}),
    ("f", "II", None, {"kind": PENALTY}),
    ("g", "II", None, {"kind": PENALTY, "takes_from": TakesFrom.CRITERION}),
)


class Room:
    """I (trần 18) › 1 (trần 10) › 1.1 with a and the bonus b; 2 with c and d that takes from 2; II
    with e, f that takes from the total and g that takes from a. Thanh tra, then Văn phòng.
    """

    def __init__(self):
        self.campaign = build.campaign(phase=Phase.MEETING, scale=D(98))
        self.block = build.block(self.campaign, name="Khối phòng")
        self.by = build.user(Role.SECRETARIAT, Role.DIRECTOR)
        first = build.group(self.campaign, code="I", name="Chuyên môn", ceiling=D(18), position=1)
        one = build.group(self.campaign, code="1", within=first, ceiling=D(10), position=1)
        groups = {
            "1.1": build.group(self.campaign, code="1.1", within=one, position=1),
            "2": build.group(self.campaign, code="2", within=first, position=2),
            "II": build.group(self.campaign, code="II", position=2),
        }
        self.criteria = {}
        for place, (code, group, maximum, more) in enumerate(LEAVES):
            taken = {"taken_criterion_id": self.criteria["a"].id} if code == "g" else {}
            self.criteria[code] = build.criterion(
                self.campaign,
                within=groups[group],
                code=code,
                maximum=maximum,
                judged_by=JudgedBy.SECRETARIAT,
                position=place,
                **more,
                **taken,
            )
        period, self.entries = build.period(self.campaign), []
        for name, given in (
            ("Thanh tra", {"a": "8", "b": "6", "c": "9", "e": "80", "d": "1"}),
            ("Văn phòng", {"a": "7", "c": "4", "d": "6.5", "e": "60", "f": "90.25", "g": "20"}),
        ):
            entry = build.participation(
                self.campaign, unit=build.unit(name=name), block=self.block, by=self.by
            )
            done = build.verified(of=entry, period=period, by=self.by)
            db.session.add_all(
                VerifiedPoints(
                    verification_id=done.id,
                    criterion_id=self.criteria[code].id,
                    points=D(points),
                    updated_at=build.NOW,
                    updated_by_id=self.by.id,
                )
                for code, points in given.items()
            )
            self.entries.append(entry)
        db.session.commit()

    def address(self, path=""):
        return f"/campaigns/{self.campaign.id}/ranking/{path}"


@pytest.fixture
def room(app):
    return Room()


def test_totals_go_up_the_tree_within_its_bounds(room):
    first, second = queries.table(room.campaign, room.block).ranked
    assert [(row.name, row.total) for row in (first, second)] == [
        ("Thanh tra", D(98)),
        ("Văn phòng", D("-30.25")),
    ]
    codes = {node.id: node.code for node in queries.scheme_of(room.campaign.id).nodes}
    assert [
        {codes[node.group_id]: (node.points, node.cut, node.lift) for node in row.counted.nodes}
        for row in (first, second)
    ] == [
        {
            "I": (D(18), D(0), D(0)),
            "1": (D(10), D(-4), D(0)),
            "1.1": (D(14), D(0), D(0)),
            "2": (D(8), D(0), D(0)),
            "II": (D(80), D(0), D(0)),
        },
        {
            "I": (D(0), D(0), D(0)),
            "1": (D(0), D(0), D(0)),
            "1.1": (D(0), D(0), D(0)),
            "2": (D(0), D(0), D("2.5")),
            "II": (D("-30.25"), D(0), D(0)),
        },
    ]


ROWS = [
    ("1", "0,00"),
    ("1.1", "0,00"),
    ("a", "0,00"),
    ("b", "0,00"),
    ("2", "0,00"),
    ("c", "4,00"),
    ("d", "-6,50"),
    ("Phần trừ quá số điểm đang có", "2,50"),
    ("Nhóm I", "0,00"),
    ("e", "60,00"),
    ("f", "-90,25"),
    ("g", "0,00"),
    ("Nhóm II", "-30,25"),
]


def test_page_pdf_and_spreadsheet_show_the_sections_and_add_up(room, sign_in, page):
    browser, unit = sign_in(room.by), room.entries[1].id
    shown = page(browser.get(room.address(f"units/{unit}")))
    rows = shown.tree.cssselect("tbody tr")
    assert rows.pop(0).text_content().strip() == "I. Chuyên môn"
    assert [
        (
            " ".join(row.cssselect("th")[0].text_content().split()).partition(". ")[0],
            row.cssselect("[data-label='Điểm'] b")[0].text_content(),
        )
        for row in rows
    ] == ROWS
    told = " ".join(" ".join(row.text_content().split()) for row in rows)
    assert "7 − 20 (g), không dưới 0 = 0,00" in told
    assert "trừ vào điểm của a, đã bớt ở đó" in told
    assert "trần 10,00" in told
    assert shown.all("tfoot td[data-label='Điểm']") == ["-30,25"]
    book = load_workbook(BytesIO(browser.get(room.address(f"units/{unit}/excel")).data))
    cells = list(book["Tiêu chí"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in cells if row[8] is None] == ["1", "1.1", "2"]
    assert sum((D(str(row[8])) for row in cells if row[8] is not None), D(0)) == D("-30.25")
    whole = browser.get(f"/campaigns/{room.campaign.id}/verification/excel").data
    checked = [
        cell for sheet in load_workbook(BytesIO(whole)) for row in sheet.values for cell in row
    ]
    assert checked.count("không giới hạn") == 6
    printed = pypdfium2.PdfDocument(browser.get(room.address(f"units/{unit}/print")).data)
    lines = " ".join(one.get_textpage().get_text_range() for one in printed)
    assert all(part in lines for part in ("1.1. ", "trần 10,00", "2,50", "-30,25"))


def test_the_columns_of_the_table_add_up_to_each_total(room, sign_in, page):
    shown = page(sign_in(room.by).get(room.address()))
    heads = shown.all("thead th abbr")
    assert [head for head in heads if ":" in head] == ["1: trần", "2: sàn"]
    for row, total in zip(shown.tree.cssselect("main tbody tr"), ("98", "-30.25"), strict=True):
        cells = [cell.text_content().strip() for cell in row.cssselect("td.num")[2:]]
        points = [D(text.replace(",", ".")) for text in cells if text not in {"–", "—"}]
        assert sum(points, D(0)) == D(total)


def test_a_frozen_table_keeps_its_sections(room, sign_in, page):
    actions.freeze(room.campaign, reason="", by=room.by, at=build.NOW)
    db.session.commit()
    shown = page(sign_in(room.by).get(room.address(f"units/{room.entries[0].id}")))
    assert [text.partition(". ")[0] for text in shown.all("tr.section th")] == [
        "I",
        "1",
        "1.1",
        "2",
    ]
    assert "Phần vượt mức trần 10,00" in shown.all("tbody th")


def test_the_launch_tells_of_empty_sections_and_of_penalties_that_could_never_take(app):
    campaign = build.campaign(scale=D(10))
    group = build.group(campaign, code="I", ceiling=D(10))
    build.group(campaign, code="1", within=group)
    build.criterion(campaign, within=group, maximum="12")
    fines = build.group(campaign, code="P")
    build.criterion(campaign, within=fines, code="p", kind=PENALTY, takes_from=TakesFrom.GROUP)
    told = [row.sentence for row in launch_problems(campaign)]
    assert [text for text in told if "mục" in text.lower() or "nhóm" in text] == [
        "Các tiêu chí điểm chuẩn của nhóm I cộng lại 12,00, quá trần 10,00: thang điểm chỉ tính "
        "đến trần.",
        "Mục 1 chưa có tiêu chí nào.",
        "Điểm trừ p trừ vào nhóm P, mà mục này không có điểm nào để trừ; hãy chọn trừ vào tổng "
        "điểm hoặc đặt mức sàn âm.",
    ]
    assert not any("Tổng điểm chuẩn" in text for text in told)
