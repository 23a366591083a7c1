"""Awards that come with no money: pages and papers say so, and speak of no sum of nothing."""

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from campaign.core.permissions import Role
from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind
from campaign.extensions import db
from campaign.honours.models import AwardType
from campaign.office import shelf
from campaign.office.heads import Asker
from campaign.office.rules import PaperKind
from campaign.reporting.queries import sight_of
from tests import build, worlds

NONE = "Việc khen thưởng này không kèm tiền thưởng."


@pytest.fixture
def unpaid(field):
    """A draft whose award type gives no money."""
    db.session.get_one(AwardType, field.collective.form_id).coefficient = Decimal(0)
    return worlds.drafted(field)


def amended(field, old, kind, **facts):
    line = decisions.lines_of(old.id)[0]
    made = amending.amend(
        field.campaign, old, kind, [line.nominee_id], reason="khai sai", on=build.TODAY
    )
    if facts:
        given = {"name": line.name, "honorific": line.honorific, "job": line.job} | facts
        amending.correct_line(made, line.nominee_id, **given)
    db.session.flush()
    return made


def drawn(field, kind, subject_id):
    """The paragraphs of a paper, and the heads of its list."""
    by = build.user(Role.DIRECTOR, Role.SECRETARIAT)
    asker = Asker(by, sight_of(by, field.campaign.id, build.TODAY), build.NOW)
    paper = Document(BytesIO(shelf.paper(asker, field.campaign, kind, subject_id).content))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert "Không đồng" not in " ".join(words)
    return words, [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]


@pytest.mark.parametrize(
    ("kind", "words"),
    [(PaperKind.DECISION, f"Điều 2. {NONE}"), (PaperKind.SUBMISSION, NONE)],
)
def test_a_paper_of_awards_without_money_says_so_and_lists_no_sums(field, unpaid, kind, words):
    written, (heads, *rows) = drawn(field, kind, unpaid.id)
    assert words in written
    assert (heads[:4], len(rows)) == (
        ["STT", "Tên tập thể, họ và tên cá nhân", "Chức vụ, đơn vị", "Hình thức"],
        1,
    )
    assert "Tiền thưởng (đồng)" not in heads


def test_a_revocation_of_an_award_without_money_has_nothing_to_pay_back(field, unpaid):
    made = amended(field, worlds.signed(field, unpaid), DecisionKind.REVOCATION)
    written, (heads, *rows) = drawn(field, PaperKind.AMENDMENT, made.id)
    assert "Điều 2. Không phát sinh việc thu hồi tiền thưởng." in written
    assert (heads, len(rows)) == (
        ["STT", "Tên tập thể, họ và tên cá nhân", "Chức vụ, đơn vị", "Hình thức bị thu hồi"],
        1,
    )


@pytest.mark.parametrize(
    ("facts", "article", "change"),
    [
        ({"name": "Tên đúng"}, NONE, "nay sửa thành “Tên đúng”"),
        (
            {"amount": 900_000},
            "Tiền thưởng điều chỉnh như tại Điều 1.",
            "tiền thưởng: bổ sung “900.000 đồng”",
        ),
    ],
)
def test_a_correction_of_an_award_without_money_adds_money_or_says_there_is_none(
    field, unpaid, facts, article, change
):
    made = amended(field, worlds.signed(field, unpaid), DecisionKind.CORRECTION, **facts)
    written, (_, row) = drawn(field, PaperKind.AMENDMENT, made.id)
    assert f"Điều 2. {article}" in written
    assert row[4].endswith(change)


def test_pages_of_awards_without_money_say_so(field, unpaid, sign_in, page):
    worlds.signed(field, unpaid)
    revoked = amended(field, unpaid, DecisionKind.REVOCATION)
    db.session.commit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    for decision in (unpaid, revoked):
        at = f"/campaigns/{field.campaign.id}/decisions/{decision.id}"
        shown = page(browser.get(at))
        assert NONE in shown.all("section.card > p")
        assert "Tiền thưởng" not in " ".join(shown.all("thead th"))
    register = page(browser.get("/awards/"))
    assert register.all("td[data-label='Tiền thưởng']") == ["không"]


def test_the_closing_report_of_unpaid_awards_names_no_sum(field, unpaid):
    worlds.signed(field, unpaid)
    written, _ = drawn(field, PaperKind.CLOSING, field.campaign.id)
    assert "Các quyết định đã ký không kèm tiền thưởng." in written
    assert not any(line.startswith("Tổng số tiền thưởng") for line in written)
