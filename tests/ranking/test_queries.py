"""The table of a block, from marks to totals."""

from decimal import Decimal

from campaign.core.permissions import Role
from campaign.planning.rules import Phase
from campaign.ranking import queries
from tests import build


def _scored(app, *, is_locked):
    del app
    campaign = build.campaign(phase=Phase.MEETING)
    block, period, criterion = (
        build.block(campaign),
        build.period(campaign),
        build.criterion(campaign, maximum="100"),
    )
    author = build.user(Role.SECRETARIAT)
    sheets = [
        build.sheet(
            member=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)),
            block=block,
            is_locked=is_locked,
        )
        for _ in range(2)
    ]
    for points in (("90", "91"), ("80.5", "80")):
        entry = build.participation(campaign, unit=build.unit(), block=block)
        verification = build.verified(of=entry, period=period, by=author)
        for sheet, given in zip(sheets, points, strict=True):
            build.mark(
                sheet=sheet,
                of=entry,
                criterion=criterion,
                points=given,
                version=verification.version_id,
            )
    return queries.table(campaign, block)


def test_a_total_is_the_mean_of_the_locked_marks(app):
    table = _scored(app, is_locked=True)
    assert [(row.standing.rank, row.total) for row in table.ranked] == [
        (1, Decimal("90.5")),
        (2, Decimal("80.25")),
    ]
    assert list(table.unranked) == []


def test_marks_of_an_open_sheet_do_not_count_and_the_unit_is_listed_with_the_reason(app):
    table = _scored(app, is_locked=False)
    assert list(table.ranked) == []
    assert [bool(row.reason) for row in table.unranked] == [True, True]
