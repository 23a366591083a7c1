"""What of a ranking is not shown to whom, and until when."""

from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.ranking import actions
from campaign.units.models import Unit
from tests import build
from tests.ranked_world import AT, Scored

SEALED = (
    "Khối 1: còn niêm phong đối với Ông/Bà đến khi công bố kết quả, vì có đơn vị của Ông/Bà "
    "hoặc đơn vị Ông/Bà không chấm."
)
FEW = (
    "Khối 1: không hiện với thành viên, vì có ô điểm do ít hơn ba thành viên khác chấm "
    "và kết quả sẽ cho biết điểm của từng người."
)


class Council(Scored):
    """Two units marked by two members and so many more, the ranking frozen unless said."""

    def __init__(self, more=0, phase=Phase.MEETING, *, frozen=True):
        super().__init__(members=2 + more)
        self.block.name = "Khối 1"
        db.session.flush()
        if frozen:
            actions.freeze(self.campaign, reason="", by=self.by, at=AT)
        self.campaign.phase = phase
        self.campaign.published_at = AT if phase is Phase.PUBLISHED else None
        db.session.flush()
        self.at = f"/campaigns/{self.campaign.id}/ranking"

    def every_page(self):
        """Every page and file that tells a rank or points."""
        units = [f"{self.at}/units/{entry.id}" for entry in self.entries]
        return [
            f"{self.at}/excel",
            f"{self.at}/excel?now=1",
            f"{self.at}/blocks/{self.block.id}/print",
            f"{self.at}/agreement/{self.block.id}",
            f"{self.at}/agreement/{self.block.id}/excel",
            *units,
            *(f"{unit}/print" for unit in units),
            *(f"{unit}/excel" for unit in units),
        ]

    def member_of_unit(self):
        """The second member now works in the first unit."""
        self.users[1].unit_id = self.entries[0].unit_id
        db.session.flush()
        return self.users[1]


def _statuses(sign_in, user, addresses):
    browser = sign_in(user)
    return {address: browser.get(address).status_code for address in addresses}


@pytest.mark.parametrize("phase", [Phase.MEETING, Phase.DECIDING])
@pytest.mark.parametrize("frozen", [False, True])
def test_a_member_reads_nothing_of_a_block_with_his_unit_until_publication(
    app, sign_in, page, phase, frozen
):
    scored = Council(more=3, phase=phase, frozen=frozen)
    user = scored.member_of_unit()
    for address in (f"{scored.at}/", f"{scored.at}/?now=1"):
        shown = page(sign_in(user).get(address))
        assert shown.all(".note--info") == [SEALED]
        assert shown.all("main tbody") == []
    assert set(_statuses(sign_in, user, scored.every_page()).values()) == {HTTPStatus.NOT_FOUND}


def test_after_publication_the_recusal_is_over(app, sign_in, page):
    scored = Council(more=3, phase=Phase.PUBLISHED)
    shown = page(sign_in(scored.member_of_unit()).get(f"{scored.at}/"))
    assert shown.all("main tbody td[data-label='Hạng']") == ["1", "2"]


@pytest.mark.parametrize(("more", "is_shown"), [(0, False), (1, False), (2, True)])
def test_a_member_reads_no_order_that_rests_on_marks_of_fewer_than_three_others(
    app, sign_in, page, more, is_shown
):
    scored = Council(more=more)
    shown = page(sign_in(scored.users[1]).get(f"{scored.at}/"))
    assert shown.all(".note--info") == ([] if is_shown else [FEW])
    assert len(shown.all("main tbody tr")) == (2 if is_shown else 0)
    statuses = set(_statuses(sign_in, scored.users[1], scored.every_page()).values())
    assert statuses == {HTTPStatus.OK if is_shown else HTTPStatus.NOT_FOUND}


def test_after_publication_a_member_reads_the_places_but_not_what_few_others_gave(
    app, sign_in, page
):
    scored = Council(phase=Phase.PUBLISHED)
    shown = page(sign_in(scored.users[1]).get(f"{scored.at}/"))
    assert shown.all("main tbody td[data-label='Hạng']") == ["1", "2"]
    assert shown.links("main tbody a") == []
    explained = [
        f"{scored.at}/units/{scored.entries[0].id}",
        f"{scored.at}/agreement/{scored.block.id}",
        f"{scored.at}/excel?now=1",
    ]
    assert set(_statuses(sign_in, scored.users[1], explained).values()) == {HTTPStatus.NOT_FOUND}


@pytest.mark.parametrize(
    ("more", "words"), [(0, "chưa đủ điểm để so"), (1, "chưa đủ điểm để so"), (2, "gần trung vị")]
)
def test_a_member_is_compared_only_with_three_others_or_more(app, sign_in, page, more, words):
    scored = Council(more=more)
    address = f"/campaigns/{scored.campaign.id}/scoring/{scored.block.id}/matrix"
    shown = page(sign_in(scored.users[1]).get(address))
    assert shown.all("td[data-label='Nhận xét']") == [words]


def test_the_chair_who_reads_every_mark_reads_the_order_of_a_small_council(app, sign_in, page):
    scored = Council()
    shown = page(sign_in(scored.users[0]).get(f"{scored.at}/"))
    assert shown.all("main tbody td[data-label='Hạng']") == ["1", "2"]


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.UNIT_HEAD])
def test_after_publication_a_unit_compares_nothing_with_now(app, sign_in, page, role):
    scored = Council(phase=Phase.PUBLISHED)
    user = build.user(role, at=build.unit())
    plain = page(sign_in(user).get(f"{scored.at}/")).all("main th")
    assert page(sign_in(user).get(f"{scored.at}/?now=1")).all("main th") == plain
    files = [
        load_workbook(BytesIO(sign_in(user).get(f"{scored.at}/excel{asked}").data))
        for asked in ("", "?now=1")
    ]
    heads = [[cell.value for cell in book["Khối 1"][1]] for book in files]
    assert heads[0] == heads[1]


def test_after_publication_without_a_frozen_ranking_a_unit_reads_none(app, sign_in, page):
    scored = Council(phase=Phase.PUBLISHED, frozen=False)
    browser = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert page(browser.get(f"{scored.at}/")).all("main table") == []
    assert browser.get(f"{scored.at}/excel").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DIRECTOR])
@pytest.mark.parametrize("asked", ["", "?now=1"])
def test_staff_who_work_in_a_unit_read_the_others_and_not_their_own(
    app, sign_in, page, role, asked
):
    scored = Council()
    own, other = (db.session.get(Unit, entry.unit_id) for entry in scored.entries)
    user = build.user(role, at=own)
    shown = page(sign_in(user).get(f"{scored.at}/{asked}"))
    assert shown.all(".note--info") == [
        "Kết quả của đơn vị Ông/Bà công tác, nếu có trong bảng, "
        "còn niêm phong đến khi công bố kết quả."
    ]
    assert len(shown.all("main tbody tr")) == 1
    book = load_workbook(BytesIO(sign_in(user).get(f"{scored.at}/excel{asked}").data))
    names = {cell.value for sheet in book for row in sheet for cell in row}
    assert own.name not in names
    assert other.name in names
    assert _statuses(
        sign_in, user, [f"{scored.at}/units/{entry.id}" for entry in scored.entries]
    ) == {
        f"{scored.at}/units/{scored.entries[0].id}": HTTPStatus.NOT_FOUND,
        f"{scored.at}/units/{scored.entries[1].id}": HTTPStatus.OK,
    }
