"""Units with as many points: what set them apart, or that they share a rank, is told wherever the
order is shown.
"""

from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import delete
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.extensions import db
from campaign.office import shelf
from campaign.office.heads import Asker
from campaign.office.rules import PaperKind
from campaign.planning.rules import Phase
from campaign.reporting.queries import sight_of
from campaign.scheme.models import CriterionScope
from tests import build
from tests.ranked_world import AT, Council

APART = "phân định theo: điểm nhóm I cao hơn"


@pytest.fixture
def room(app):
    """Both units have 90: 40 and 50, 35 and 55."""
    del app
    room = Council()
    recorder.run(delete(CriterionScope))
    room.mark("Thanh tra", I1="40 40 40", II1="50 50 50", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="35 35 35", II1="55 55 55", T1="0 0 0", P1="0 0 0")
    return room


def _text(printed):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    return " ".join(" ".join(pages).split())


def _last_cells(content, sheet):
    rows = load_workbook(BytesIO(content))[sheet].iter_rows(min_row=2, values_only=True)
    return [(row[0], row[-1]) for row in rows]


def _summary(room):
    person = db.session.get_one(User, room.by.id, options=[selectinload(User.grants)])
    db.session.refresh(person, ["grants"])
    asker = Asker(person, sight_of(person, room.campaign.id, build.TODAY), AT)
    (item,) = dict(shelf.shelf(asker, room.campaign))[PaperKind.SUMMARY]
    (block,) = shelf.fields_of(asker, room.campaign, PaperKind.SUMMARY, item)[1]["blocks"]
    return [(row["rank"], row["note"]) for row in block["rows"]]


def _publish(room):
    room.campaign.phase, room.campaign.published_at = Phase.PUBLISHED, AT
    db.session.commit()


@pytest.mark.parametrize(
    ("chain", "ranks", "told"),
    [(True, [1, 2], APART), (False, [1, 1], "đồng hạng")],
)
def test_every_table_tells_why_equals_stand_as_they_do(room, sign_in, page, chain, ranks, told):
    room.campaign.tie_breaks = [f"group:{room.groups['I'].id}"] if chain else []
    browser = sign_in(room.by)
    assert page(browser.get(room.address())).tree.text_content().count(told) == 2
    now = _last_cells(browser.get(room.address("excel")).data, "Khối phòng")
    assert now == [(rank, told) for rank in ranks]
    room.freeze()
    assert page(browser.get(room.address())).tree.text_content().count(told) == 2
    assert _last_cells(browser.get(room.address("excel")).data, "Khối phòng") == now
    printed = _text(browser.get(room.address(f"blocks/{room.block.id}/print")).data)
    assert printed.count(told) == 2
    assert _summary(room) == now
    _publish(room)
    public = page(browser.get(f"/results/{room.campaign.id}"))
    assert public.all("tbody td span.small") == [told, told]


@pytest.mark.parametrize(
    ("chain", "phase", "told"),
    [
        ("group", Phase.MEETING, f"Bằng tổng điểm; {APART}."),
        (
            "council_vote",
            Phase.MEETING,
            "Bằng điểm với 1 đơn vị khác; Hội đồng biểu quyết nếu cần phân định.",
        ),
        ("council_vote", Phase.PUBLISHED, "Bằng điểm với 1 đơn vị khác; đồng hạng."),
        ("earlier_report", Phase.MEETING, "Bằng điểm với 1 đơn vị khác; đồng hạng."),
    ],
)
def test_an_explanation_tells_of_equals_on_its_page_on_paper_and_in_its_table(
    room, sign_in, page, chain, phase, told
):
    room.campaign.tie_breaks = [f"group:{room.groups['I'].id}" if chain == "group" else chain]
    room.freeze()
    if phase is Phase.PUBLISHED:
        _publish(room)
    browser, unit = sign_in(room.by), room.entries["Văn phòng"].id
    said = told[0].lower() + told[1:-1]
    assert told in page(browser.get(room.address(f"units/{unit}"))).all(".card p")
    assert said in _text(browser.get(room.address(f"units/{unit}/print")).data)
    facts = load_workbook(BytesIO(browser.get(room.address(f"units/{unit}/excel")).data))
    notes = facts["Thông tin"].iter_rows(values_only=True)
    assert said in [row[1] for row in notes if row[0] == "Ghi chú"]
