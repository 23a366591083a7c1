"""The demo: every stage can be told, keeps its record sound, and exists in demo mode only."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from campaign.core.errors import RuleViolation
from campaign.core.numbers import parse_decimal
from campaign.core.permissions import Role
from campaign.decision import queries as decisions
from campaign.demo import clock, commands, story
from campaign.demo.content.units import DISTRICTS
from campaign.demo.stages import Stage
from campaign.exemplars.queries import exemplars
from campaign.exemplars.rules import State, Step
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.meeting import queries as meetings
from campaign.meeting.rules import MeetingState, Presence
from campaign.nomination import queries as nominations
from campaign.planning.rules import Phase
from campaign.publicity.directives.queries import study_counts
from campaign.publicity.models import Post
from campaign.publicity.queries import neighbours
from campaign.publicity.rules import PostKind
from campaign.ranking import frozen_tables
from campaign.ranking import queries as ranking
from campaign.ranking.frozen_tables import published_ranking
from campaign.reporting.queries import Sight, filed
from campaign.voting import queries as votes
from tests import build, chain


@pytest.fixture
def demo(app):
    """The application in demo mode."""
    app.config["DEMO"] = True
    yield app
    app.config["DEMO"] = False


@pytest.mark.parametrize(
    ("stage", "phase", "day"),
    [
        (Stage.PLANNING, Phase.DRAFT, date(2021, 2, 24)),
        (Stage.REPORTING, Phase.REPORTING, date(2021, 4, 2)),
        (Stage.SCORING, Phase.SCORING, date(2021, 4, 28)),
        (Stage.MEETING, Phase.MEETING, date(2021, 5, 11)),
        (Stage.PUBLISHED, Phase.PUBLISHED, date(2021, 5, 14)),
    ],
)
def test_each_stage_is_told_and_its_record_is_sound(tell, stage, phase, day):
    campaign = tell(stage)
    assert (campaign.phase, clock.rehearsal_date(), chain.first_fault()) == (phase, day, None)


def test_when_scoring_has_begun_reports_stand_everywhere(tell):
    campaign = tell(Stage.SCORING)
    assert {row.state.value for row in filed(campaign.id).values()} == {
        "draft",
        "awaiting_signature",
        "submitted",
        "returned",
        "verified",
    }


def test_the_announcement_stands_among_other_posts_and_what_is_made_up_says_so(tell):
    campaign = tell(Stage.SCORING)
    announcement = db.session.scalars(
        select(Post).where(Post.campaign_id == campaign.id, Post.is_announcement)
    ).one()
    newer = neighbours(announcement, date(2021, 5, 30), newer=True)
    assert [(row.title, row.is_illustrative) for row in newer] == [
        ("Các đơn vị ký giao ước thi đua", True),
        ("Quán triệt nội dung, cách chấm và hạn báo cáo của đợt thi đua", True),
        ("Thi đua là yêu nước: mỗi người một việc làm cụ thể", True),
        ("Chín điểm bán hàng Việt mở lại sau Tết", True),
        ("Chuẩn bị báo cáo cuối phong trào", True),
    ]
    assert list(neighbours(announcement, date(2021, 5, 30), newer=False)) == []


def test_examples_stand_in_each_of_the_four_steps_and_some_units_worked_through_the_directive(tell):
    campaign = tell(Stage.SCORING)
    rows = exemplars(campaign.id, Sight(frozenset(), sees_others=True))
    assert [(row.row.step, row.row.state, row.uses) for row in rows] == [
        (Step.FOUND, State.REGISTERED, 0),
        (Step.FOUND, State.PROPOSED, 0),
        (Step.FOLLOWED, State.REGISTERED, 2),
        (Step.SUMMED_UP, State.REGISTERED, 0),
        (Step.HELPED, State.REGISTERED, 0),
    ]
    assert [row.row.name for row in rows if row.is_still(Stage.SCORING.today)] == [
        "Hộ ông Xa Văn Thành"
    ]
    directive = db.session.scalars(select(Post).where(Post.kind == PostKind.DIRECTIVE)).one()
    studied = study_counts(campaign.id, [directive])[directive.id]
    assert studied == (8, 18)


@pytest.mark.parametrize(
    ("stage", "ranked"), [(Stage.SCORING, 8), (Stage.MEETING, 18), (Stage.PUBLISHED, 18)]
)
def test_at_every_stage_the_columns_of_each_row_and_the_lines_of_each_explanation_add_up(
    tell, stage, ranked
):
    campaign = tell(stage)
    rows = [
        (row.total, sum((points or 0 for points in row.points_of(table.columns)), Decimal(0)))
        for block in ranking.blocks(campaign.id)
        for table in [ranking.table(campaign, block)]
        for row in table.ranked
    ]
    assert [total for total, added in rows if total != added] == []
    assert len(rows) == ranked
    frozen = frozen_tables.latest_frozen(campaign.id)
    for row in frozen_tables.frozen_standings(frozen.id) if frozen else ():
        explanation = row.explanation
        lines = [
            line["points"]
            for group in explanation["groups"]
            for line in (*group["lines"], *group["adjustments"])
        ]
        assert (
            sum(
                (parse_decimal(text) for text in (*lines, explanation["rescaling"]) if text),
                Decimal(0),
            )
            == row.total
        )
        assert (
            sum(
                (
                    parse_decimal(group["points"])
                    for group in explanation["groups"]
                    if group["points"]
                ),
                Decimal(0),
            )
            == row.total
        )


def test_after_publishing_every_unit_is_ranked_within_its_block(tell):
    campaign = tell(Stage.PUBLISHED)
    ranks = {}
    for row in published_ranking(campaign.id):
        ranks.setdefault(row.block_id, []).append(row.rank)
    assert sorted(len(of_block) for of_block in ranks.values()) == [8, 10]
    assert all(of_block[0] == 1 and None not in of_block for of_block in ranks.values())


def test_a_frozen_total_is_the_sum_of_the_groups_it_explains(tell):
    campaign = tell(Stage.PUBLISHED)
    for row in published_ranking(campaign.id):
        groups = [group["points"].replace(",", ".") for group in row.explanation["groups"]]
        assert sum(map(_exact, groups)) == row.total


def _exact(text):
    from decimal import Decimal  # noqa: PLC0415 - only here

    return Decimal(text)


def test_a_frozen_ranking_does_not_move_when_marks_do(tell):
    campaign = tell(Stage.PUBLISHED)
    before = [(row.participation_id, row.rank, row.total) for row in published_ranking(campaign.id)]
    db.session.execute(db.text("UPDATE mark SET points = 0"))
    db.session.commit()
    assert [
        (row.participation_id, row.rank, row.total) for row in published_ranking(campaign.id)
    ] == before
    block = ranking.blocks(campaign.id)[0]
    assert {row.total for row in ranking.table(campaign, block).ranked} != {
        row[2] for row in before
    }


def test_where_nothing_was_corrected_a_unit_worked_out_the_same_points_as_verification(tell):
    campaign = tell(Stage.PUBLISHED)
    differing = [
        (row.explanation["unit"], line["code"], line["self"], line["verified"])
        for row in published_ranking(campaign.id)
        for line in row.explanation["groups"][0]["lines"]
        if line["self"] != line["verified"]
    ]
    assert [unit for unit, *_ in differing] == ["Phòng Kinh tế và Hạ tầng huyện Kim Bôi"]


def test_the_ten_allocated_retail_targets_are_the_provinces(demo):
    assert sum(district.retail for district in DISTRICTS) == 44462


def test_the_command_is_refused_outside_demo_mode(app):
    answer = app.test_cli_runner().invoke(commands.demo, [])
    assert answer.exit_code == 1
    assert "đây là hệ thống dùng thật" in answer.output
    assert story.is_empty()


def test_the_command_does_not_throw_away_what_is_there_unless_told(demo):
    build.user()
    db.session.commit()
    answer = demo.test_cli_runner().invoke(commands.demo, ["--stage", "planning"])
    assert (answer.exit_code, "--replace" in answer.output) == (1, True)


@pytest.mark.parametrize("day", [date(2021, 4, 28), date(2022, 1, 1), date(2027, 12, 31)])
def test_the_clock_goes_to_the_days_of_any_campaign(demo, day):
    assert clock.move(day) == clock.rehearsal_date() == day


@pytest.mark.parametrize("day", [date(1021, 4, 28), date(9999, 12, 31)])
def test_the_clock_does_not_go_where_no_campaign_can_be(demo, day):
    with pytest.raises(RuleViolation, match="Hãy chọn một ngày từ năm 1990 đến năm 2100"):
        clock.move(day)


def test_beside_the_clock_stand_the_dates_of_each_campaign(demo, sign_in, page):
    build.campaign(title="Phong trào 2026", starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))
    shown = page(sign_in(build.user(Role.ADMIN)).get("/rehearsal/"))
    assert shown.all("main li") == ["Phong trào 2026: từ 01/12/2026 đến hết 28/02/2027"]


def test_no_demo_accounts_are_listed_outside_demo_mode(app):
    assert commands.who_can_sign_in() == ""


def test_the_meeting_stands_at_its_opening_with_a_tie_an_opinion_and_a_recusal(tell):
    campaign = tell(Stage.MEETING)
    (meeting,) = meetings.meetings(campaign.id)
    ballots = votes.ballots(meeting.id)
    presence = [row.presence for row in meetings.attendances(meeting.id)]
    assert (meeting.state, len(ballots), sorted(presence)) == (
        MeetingState.CALLED,
        7,
        [Presence.INVITED] * 8 + [Presence.WRITTEN],
    )
    assert [row.is_tied for row in nominations.nominees(campaign.id)].count(True) == 2
    recusals = votes.recusals_of([ballot.id for ballot in ballots])
    assert any(recusals.values())
    assert all(
        row.is_illustrative
        for row in nominations.nominees(campaign.id)
        if row.kind.subject is Subject.INDIVIDUAL
    )


def test_the_published_decision_is_signed_and_adds_up(tell):
    campaign = tell(Stage.PUBLISHED)
    correction, decision = decisions.decisions(campaign.id)
    lines, (corrected,) = decisions.lines_of(decision.id), decisions.lines_of(correction.id)
    assert (decision.figures["total"], [line.register_number for line in lines]) == (
        9_000_000,
        list(range(1, 14)),
    )
    assert sum(line.amount for line in lines) == 9_000_000
    assert (correction.title, correction.amends_id, correction.reason) == (
        "01/QĐ-SCT",
        decision.id,
        "Danh sách ghi chưa đúng chức vụ (minh hoạ)",
    )
    assert [line.nominee_id for line in lines if line.ended_by_id == correction.id] == [
        corrected.nominee_id
    ]
    (meeting,) = meetings.meetings(campaign.id)
    assert [ballot.repeats_id is not None for ballot in votes.ballots(meeting.id)] == [
        False
    ] * 7 + [True]
    assert meeting.minutes_sha256
