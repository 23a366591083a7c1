"""The whole plan as it will be printed: page, PDF and Word, with every rule in words."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Band
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Allocation,
    CriterionScope,
    GivenTarget,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, OwnerPart
from tests import build


@pytest.fixture
def plan(app):
    """A draft with one criterion of each kind of judge."""
    campaign = build.campaign(
        minimum_marks=3,
        clarification_days=5,
        mark_step=Decimal("0.25"),
        recuses_block=True,
        divergence_points=Decimal(3),
    )
    block = build.block(campaign, name="Khối bệnh viện")
    first = build.group(campaign, code="I", position=1)
    more = build.group(campaign, code="II", kind=CriterionKind.BONUS, cap=Decimal(5), position=2)
    retail = build.indicator(
        campaign,
        name="Doanh thu",
        year_target=Decimal("1250.5"),
        measure_unit_id=build.measure_unit(symbol="tỷ đồng").id,
        points_rule={"kind": "bands", "bands": [["100", "100"], ["80", "60"]]},
        source="Kế hoạch giao",
    )
    db.session.add(
        GivenTarget(
            indicator_id=retail.id,
            block_id=block.id,
            period_id=build.period(campaign, name="6 tháng").id,
            target=Decimal(700),
        )
    )
    build.criterion(
        campaign,
        within=first,
        code="1",
        maximum="60",
        judged_by=JudgedBy.INDICATOR,
        indicator_id=retail.id,
        position=1,
    )
    held = build.criterion(
        campaign,
        within=first,
        code="2",
        maximum="40",
        guidance="Chấm theo hồ sơ.",
        evidence_required=True,
        position=2,
    )
    db.session.add_all(
        [
            CriterionScope(criterion_id=held.id, block_id=block.id),
            Band(campaign_id=campaign.id, name="Tốt", from_points=Decimal(80), floor_percent=None),
        ]
    )
    build.criterion(
        campaign,
        within=more,
        code="3",
        maximum="5",
        judged_by=JudgedBy.COUNT,
        count_rule={"kind": "times", "start": "0", "each": "2", "kinds": [], "lowest": "0"},
    )
    db.session.commit()
    return campaign


HOW = [
    "Theo “Doanh thu” (từ 1.250,5 tỷ đồng trở lên): theo bảng mức đạt (%); từ 100 % được 100 % "
    "điểm, từ 80 % được 60 % điểm.",
    "Do Hội đồng cho điểm. Chấm theo hồ sơ. Phải có minh chứng. Chỉ áp dụng cho Khối bệnh viện.",
    "Theo số lần được công nhận: mỗi lần được 2 điểm.",
]
RULES = {
    "count": {
        "count_rule": {"kind": "times", "start": "0", "each": "2", "kinds": [], "lowest": "0"}
    },
    "checklist": {"checklist": [["Có quy chế", "10"]]},
}
SCORING = (
    "Tổng điểm chuẩn là 100,00 điểm. Chỉ tiêu định lượng và tiêu chí theo số lần được tính điểm "
    "từ số liệu đã thẩm định; các tiêu chí còn lại do Hội đồng chấm. Điểm Hội đồng của một tiêu "
    "chí là trung bình của các phiếu chấm, theo bước 0,25 điểm, ít nhất 3 phiếu. Sau thẩm định, "
    "đơn vị có 5 ngày để chấp nhận hoặc giải trình; hết hạn không có ý kiến là chấp nhận, kết quả "
    "thẩm định lần hai là kết quả cuối cùng. Thành viên Hội đồng không chấm, không biểu quyết cả "
    "khối của đơn vị mình. Tiêu chí của một đơn vị mà các phiếu chấm chênh nhau từ 3 điểm thì "
    "được xem lại: thành viên đã chấm giữ hoặc đổi điểm của mình, kèm một câu. Đơn vị xếp hạng "
    "trong từng khối. Xếp loại: Tốt từ 80 điểm."
)


def _plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_whole_plan_is_shown_as_it_will_be_printed(plan, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    shown = page(browser.get(f"/campaigns/{plan.id}/papers/plan"))
    assert [_plain(text) for text in shown.all(".printed td i")] == HOW
    assert "từ 1.250,5 tỷ đồng trở lên; Khối bệnh viện, 6 tháng: từ 700 tỷ đồng trở lên" in [
        _plain(text) for text in shown.all(".printed td")
    ]
    assert SCORING in [_plain(text) for text in shown.all(".printed p")]
    assert [_plain(text) for text in shown.all(".printed td.num b")] == [
        "100,00",
        "cộng tối đa 5,00",
    ]
    assert f"/campaigns/{plan.id}/conduct/" in shown.links("a.btn-primary")


def test_the_word_file_and_the_pdf_tell_the_same_rules(plan, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT))
    word = Document(io.BytesIO(browser.get(f"/campaigns/{plan.id}/papers/plan/{plan.id}").data))
    cells = [
        _plain(paragraph.text)
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    assert [text for text in cells if text in HOW] == HOW
    answer = browser.get(f"/campaigns/{plan.id}/papers/plan/pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = _plain(
        " ".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)
        )
    )
    for words in (*HOW, "Tốt từ 80 điểm.", "V. KHỐI THI ĐUA VÀ CÁCH CHẤM ĐIỂM"):
        assert words in text


def test_an_office_without_drafts_in_its_rights_sees_no_draft_printed(app, sign_in):
    draft, launched = build.campaign(), build.campaign(phase=Phase.LAUNCHED)
    browser = sign_in(build.user(Role.UNIT_HEAD, at=build.unit()))
    assert browser.get(f"/campaigns/{draft.id}/papers/plan").status_code == 404
    assert browser.get(f"/campaigns/{launched.id}/papers/plan").status_code == 200


@pytest.mark.parametrize(
    ("judges", "sentence"),
    [
        ([], ""),
        (["council"], "Các tiêu chí do Hội đồng chấm."),
        (["secretariat"], "Các tiêu chí do Thường trực cho điểm khi thẩm định."),
        (["checklist"], "Tiêu chí theo danh mục được tính điểm từ số liệu đã thẩm định."),
        (
            ["count", "checklist", "secretariat", "council"],
            "Tiêu chí theo số lần và tiêu chí theo danh mục được tính điểm từ số liệu đã thẩm "
            "định; các tiêu chí còn lại do Thường trực cho điểm khi thẩm định hoặc Hội đồng chấm.",
        ),
    ],
)
def test_the_plan_says_who_gives_points_as_its_own_table_has_it(
    app, sign_in, page, judges, sentence
):
    campaign = build.campaign()
    for judge in judges:
        build.criterion(campaign, judged_by=JudgedBy(judge), **RULES.get(judge, {}))
    db.session.commit()
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/papers/plan"))
    said = _plain(shown.tree.text_content())
    assert sentence in said
    assert ("Hội đồng chấm" in said, "định lượng" in said) == ("council" in judges, False)


def test_the_plan_says_whom_an_indicator_that_is_given_to_some_is_for(plan, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    (retail,) = db.session.query(Indicator).filter_by(name="Doanh thu")
    for row, said in (
        (
            Allocation(indicator_id=retail.id, unit_id=build.unit().id, target=Decimal(5)),
            "Chỉ chấm đơn vị được giao chỉ tiêu này.",
        ),
        (
            IndicatorOwner(indicator_id=retail.id, unit_id=build.unit().id, part=OwnerPart.LEAD),
            "Chỉ chấm đơn vị chủ trì, phối hợp và đơn vị được giao chỉ tiêu này.",
        ),
    ):
        db.session.add(row)
        db.session.commit()
        shown = page(browser.get(f"/campaigns/{plan.id}/papers/plan"))
        assert _plain(shown.all(".printed td i")[0]).removeprefix(HOW[0]).strip() == said
