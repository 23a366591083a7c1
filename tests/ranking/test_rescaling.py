"""A unit to which a whole group does not apply; rows that add up; what a lacking mark costs."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import delete

from campaign.audit import recorder
from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.extensions import db
from campaign.planning.models import Band
from campaign.planning.rules import Phase, Rescaling
from campaign.scheme.models import CriterionScope
from campaign.scoring.models import Mark
from campaign.scoring.rules import MarkState
from tests import build
from tests.ranked_world import Council, with_everything

AT = build.NOW


def _full(**more):
    """The first unit has all of the 60 that apply; the second less than all of its 100."""
    room = Council(**more)
    room.mark("Thanh tra", II1="60 60 60", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="39 39 39", II1="59 59 59", T1="0 0 0", P1="0 0 0")
    return room


def _text(printed):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    return " ".join(" ".join(pages).split())


SAID = "không áp dụng nhóm I, quy đổi 60,00 × 100 ÷ 60 = 100,00"


@pytest.mark.parametrize("rescaling", list(Rescaling))
def test_nobody_is_ranked_out_of_60_beside_others_out_of_100(app, rescaling):
    room = _full(rescaling=rescaling)
    db.session.add(Band(campaign_id=room.campaign.id, name="Xuất sắc", from_points=D(100)))
    db.session.flush()
    assert [
        (row.name, row.standing.rank, row.total, row.band, row.remarks)
        for row in room.table().ranked
    ] == [("Thanh tra", 1, D(100), "Xuất sắc", (SAID,)), ("Văn phòng", 2, D(98), "", ())]


def test_per_cent_of_what_applies_is_told_on_a_scale_of_200_as_on_one_of_100(app, sign_in, page):
    """Thanh tra has 144 of its 160; Văn phòng 180 of 200 and a bonus of 2 points."""
    room = Council(second="160", rescaling=Rescaling.SHARE, scale=D(200))
    room.mark("Thanh tra", II1="144 144 144", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="36 36 36", II1="144 144 144", T1="2 2 2", P1="0 0 0")
    db.session.add(Band(campaign_id=room.campaign.id, name="Tốt", from_points=D(181)))
    db.session.commit()
    said = [
        "quy đổi 180,00 × 100 ÷ 200 + 2,00 × 100 ÷ 200 = 91,00",
        "không áp dụng nhóm I, quy đổi 144,00 × 100 ÷ 160 = 90,00",
    ]
    assert [
        (row.name, row.standing.rank, row.total, row.band, row.rescaled)
        for row in room.table().ranked
    ] == [("Văn phòng", 1, D(91), "Tốt", said[0]), ("Thanh tra", 2, D(90), "", said[1])]
    shown = page(sign_in(room.by).get(room.address()))
    assert "Tỷ lệ % là tổng điểm so với thang 200" in " ".join(shown.all("main p.muted"))
    for row in shown.tree.cssselect("main tbody tr"):
        total, *columns = [cell.text_content() for cell in row.cssselect("td.num")[1:]]
        assert sum(map(_figure, columns), D(0)) == _figure(total)


@pytest.mark.parametrize(
    ("rescaling", "measure", "head"),
    [
        (Rescaling.FULL_SCALE, "Tổng điểm", "Quy đổi về thang điểm đầy đủ"),
        (Rescaling.SHARE, "Tỷ lệ, %", "Quy đổi ra tỷ lệ % của phần áp dụng"),
    ],
)
def test_page_spreadsheet_explanation_and_papers_say_how_the_total_came_about(
    app, sign_in, page, rescaling, measure, head
):
    room = _full(rescaling=rescaling)
    browser, unit = sign_in(room.by), room.entries["Thanh tra"].id
    said = (
        f"Đơn vị có cả một nhóm tiêu chí không áp dụng: {rescaling.label}; điểm thưởng, điểm "
        "trừ giữ nguyên."
    )
    shown = page(browser.get(room.address()))
    assert said in shown.all("main p.muted")
    assert [" ".join(text.split()) for text in shown.all("thead th")] == [
        "Đơn vị",
        "Hạng",
        measure,
        "Xếp loại",
        "I1",
        "II1",
        "T1",
        "P1",
        "Quy đổi",
    ]
    assert shown.all("tbody tr:first-child td span.small") == [SAID]
    sheet = load_workbook(BytesIO(browser.get(room.address("excel")).data))["Khối phòng"]
    assert [[cell.value for cell in row][2:] for row in sheet.iter_rows(max_row=2)] == [
        [
            *(f"{code} {room.criteria[code].name}" for code in ("I1", "II1", "T1")),
            f"P1 {room.criteria['P1'].name} (điểm trừ)",
            head,
            measure,
            "Xếp loại",
            "Ghi chú",
        ],
        [None, 60, 0, 0, 40, 100, None, SAID],
    ]
    explained = page(browser.get(room.address(f"units/{unit}")))
    assert explained.all("tfoot tr th") == ["Quy đổi", measure]
    assert explained.all("tfoot td[data-label='Điểm']") == ["40,00", "100,00"]
    assert SAID in _text(browser.get(room.address(f"units/{unit}/print")).data)
    groups = load_workbook(BytesIO(browser.get(room.address(f"units/{unit}/excel")).data))["Nhóm"]
    assert [
        (row[1].value, row[2].value) for row in groups.iter_rows(min_row=len(groups["A"]) - 1)
    ] == [("Quy đổi", 40), (measure, 100)]
    room.freeze()
    assert page(browser.get(room.address())).all("tbody tr:first-child td span.small") == [SAID]
    printed = _text(browser.get(room.address(f"blocks/{room.block.id}/print")).data)
    assert (measure in printed, "quy đổi 60,00 × 100 ÷ 60" in printed) == (True, True)
    room.campaign.phase, room.campaign.published_at = Phase.PUBLISHED, AT
    db.session.commit()
    public = page(browser.get(f"/results/{room.campaign.id}"))
    assert (public.all("tbody td span.small"), measure in public.all("thead th")) == ([SAID], True)


def test_a_unit_to_which_nothing_of_the_base_applies_has_no_rank_and_that_is_said(app):
    room = Council()
    for code in ("I1", "II1"):
        recorder.run(
            delete(CriterionScope).where(CriterionScope.criterion_id == room.criteria[code].id)
        )
        db.session.add(
            CriterionScope(
                criterion_id=room.criteria[code].id, unit_id=room.entries["Văn phòng"].unit_id
            )
        )
    room.mark("Thanh tra", T1="3 3 3", P1="0 0 0")
    assert [row.reason for row in room.table().unranked if row.name == "Thanh tra"] == [
        "không có tiêu chí điểm chuẩn nào áp dụng cho đơn vị"
    ]


def _figure(text):
    return (
        D(text.strip().replace(".", "").replace(",", "."))
        if text.strip() not in {"", "—", "–"}
        else D(0)
    )


HEADS = ["I1", "II1", "II2", "T1", "P1", "T: vượt", "T: trần", "P: sàn", "Quy đổi"]
ROWS = [
    ["–", "46,67", "10,00", "4,33", "-6,33", "1,50", "-0,83", "3,33", "37,78"],
    ["31,00", "40,33", "10,00", "1,33", "-1,33", "0,00", "0,00", "0,00", "0,00"],
]


def test_the_columns_of_every_row_add_up_to_its_total(app, sign_in, page):
    room = with_everything()
    browser = sign_in(room.by)
    shown = page(browser.get(room.address()))
    assert shown.all("thead th abbr") == HEADS
    rows = [
        [cell.text_content() for cell in row.cssselect("td.num")[1:]]
        for row in shown.tree.cssselect("main tbody tr")
    ]
    assert [row[1:] for row in rows] == ROWS
    assert (
        [_figure(row[0]) for row in rows]
        == [sum(map(_figure, row), D(0)) for row in ROWS]
        == [D("96.45"), D("81.33")]
    )
    sheet = load_workbook(BytesIO(browser.get(room.address("excel")).data))["Khối phòng"]
    for row, total in zip(
        sheet.iter_rows(min_row=2, values_only=True), ("96.45", "81.33"), strict=True
    ):
        assert (
            D(str(row[-3]))
            == sum((D(str(value)) for value in row[2:-3] if value is not None), D(0))
            == D(total)
        )


def test_the_lines_of_an_explanation_add_up_to_its_groups_and_to_the_total(app, sign_in, page):
    room = with_everything()
    browser, unit = sign_in(room.by), room.entries["Thanh tra"].id
    shown = page(browser.get(room.address(f"units/{unit}")))
    lines = [
        (
            " ".join(row.cssselect("th")[0].text_content().split()),
            row.cssselect("[data-label='Điểm'] b")[0].text_content(),
        )
        for row in shown.tree.cssselect("tbody tr")
    ]
    assert [(name.partition(".")[0], points) for name, points in lines] == [
        ("Nhóm I", "–"),
        ("II1", "46,67"),
        ("II2", "10,00"),
        ("Nhóm II", "56,67"),
        ("T1", "4,33"),
        ("Thưởng vượt chỉ tiêu ở II2 (1,50)", "1,50"),
        ("Phần vượt mức trần 5,00", "-0,83"),
        ("Nhóm T", "5,00"),
        ("P1", "-6,33"),
        ("Phần dưới mức sàn -3,00", "3,33"),
        ("Nhóm P", "-3,00"),
    ]
    assert shown.all("tfoot td[data-label='Điểm']") == ["37,78", "96,45"]
    book = load_workbook(BytesIO(browser.get(room.address(f"units/{unit}/excel")).data))
    points = [row[8] for row in book["Tiêu chí"].iter_rows(min_row=2, values_only=True)]
    assert sum(D(str(value)) for value in points) == D("96.45") - D("37.78")
    printed = _text(browser.get(room.address(f"units/{unit}/print")).data)
    assert [part in printed for part in ("-0,83", "3,33", "37,78", "96,45")] == [True] * 4
    room.freeze()
    layers = load_workbook(BytesIO(browser.get(room.address("excel")).data))["Các lớp điểm"]
    counted = [
        D(str(row[-1]))
        for row in layers.iter_rows(min_row=2, values_only=True)
        if row[1] == "Thanh tra"
    ]
    assert sum(counted) == D("96.45")


def test_an_abstention_on_a_bonus_or_penalty_costs_no_rank_and_is_named(app, sign_in, page):
    room = _full()
    room.campaign.minimum_marks = 3
    for code in ("T1", "P1"):
        mark = (
            db.session.query(Mark)
            .filter_by(
                participation_id=room.entries["Thanh tra"].id,
                sheet_id=room.sheets[0].id,
                criterion_id=room.criteria[code].id,
            )
            .one()
        )
        mark.state, mark.points, mark.note = MarkState.ABSTAINED, None, "Không theo dõi"
    db.session.commit()
    first = room.table().ranked[0]
    told = [
        "chưa đủ phiếu chấm: T1 có 2/3, không tính điểm thưởng",
        "chưa đủ phiếu chấm: P1 có 2/3, không tính điểm trừ",
    ]
    assert (first.name, first.total, first.uncounted) == ("Thanh tra", D(100), told)
    room.campaign.phase = Phase.SCORING
    assert [
        one.sentence for one in problems(room.campaign, Step.CLOSE_SCORING, date(2021, 5, 31))
    ] == [f"Có 1 đơn vị còn điểm thưởng, điểm trừ không tính được: Thanh tra ({'; '.join(told)})."]


def test_the_warning_before_closing_names_each_unit_without_a_rank_and_why(app):
    room = _full(phase=Phase.SCORING)
    recorder.run(
        delete(Mark).where(
            Mark.participation_id == room.entries["Văn phòng"].id,
            Mark.criterion_id == room.criteria["II1"].id,
        )
    )
    assert [
        one.sentence for one in problems(room.campaign, Step.CLOSE_SCORING, date(2021, 5, 31))
    ] == ["Có 1 đơn vị chưa đủ điều kiện xếp hạng: Văn phòng (chưa đủ phiếu chấm: II1 có 0/2)."]


def _agreement(room, sign_in, page):
    address, browser = room.address(f"agreement/{room.block.id}"), sign_in(room.by)
    shown = page(browser.get(address))
    sheet = load_workbook(BytesIO(browser.get(f"{address}/excel").data))["Kendall W"]
    return (
        shown.all(".figure-big"),
        shown.all("main section:nth-child(1) p.mb-0")[1:2],
        [cell.value for cell in sheet[2]],
    )


def test_agreement_compares_what_counts_and_names_whom_it_leaves_out(app, sign_in, page):
    room = Council()
    third = build.participation(
        room.campaign, unit=build.unit(name="Trung tâm"), block=room.block, by=room.by
    )
    room.entries["Trung tâm"] = third
    room.versions["Trung tâm"] = build.verified(of=third, period=room.period, by=room.by).version_id
    room.mark("Thanh tra", II1="60 60 60", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="36 36 36", II1="54 54 54", T1="0 0 0", P1="0 0 0")
    room.mark("Trung tâm", II1="48 48 48", T1="0 0 0", P1="0 0 0")
    assert _agreement(room, sign_in, page) == (["1"], [], [1, 3, 3, None])
    mark = (
        db.session.query(Mark)
        .filter_by(
            participation_id=third.id,
            sheet_id=room.sheets[0].id,
            criterion_id=room.criteria["T1"].id,
        )
        .one()
    )
    mark.state, mark.points, mark.note = MarkState.ABSTAINED, None, "Không theo dõi"
    db.session.commit()
    assert _agreement(room, sign_in, page) == (
        ["1"],
        ["Không so được, vì có người không chấm đủ: Trung tâm."],
        [1, 2, 3, "không so được: Trung tâm"],
    )


def test_agreement_has_the_same_digits_on_page_in_pdf_and_in_the_spreadsheet(app, sign_in, page):
    room = Council()
    room.mark("Thanh tra", II1="60 60 50", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="36 36 36", II1="54 54 54", T1="0 0 0", P1="0 0 0")
    assert _agreement(room, sign_in, page) == (["0,1111"], [], [0.1111, 2, 3, None])
    address = room.address(f"agreement/{room.block.id}/print")
    printed = _text(sign_in(room.by).get(address).data)
    assert "Kendall W: 0,1111. So 2/2 đơn vị được cả 3 phiếu cùng chấm" in printed
    assert "5,00 10,00" in printed
    assert "Nếu tổng hợp theo trung vị: thứ hạng không đổi." in printed


def test_a_block_of_any_number_of_names_that_share_their_beginning_goes_into_a_spreadsheet(
    app, sign_in
):
    room = _full()
    for number in range(12):
        build.block(
            room.campaign, name=f"Khối các phòng chuyên môn, nghiệp vụ thuộc Sở số {number}"
        )
    db.session.commit()
    browser = sign_in(room.by)
    assert len(load_workbook(BytesIO(browser.get(room.address("excel")).data)).sheetnames) == 14
    room.freeze()
    assert len(load_workbook(BytesIO(browser.get(room.address("excel")).data)).sheetnames) == 15
