"""Bands that are voted: the points open the vote, the Council's ballot gives the class."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.meeting import actions as meeting_actions
from campaign.planning.models import Band
from campaign.planning.rules import Phase
from campaign.ranking import actions, frozen_tables
from campaign.ranking.bands import Candidate, next_vote, voted_band
from campaign.voting import actions as voting
from campaign.voting import casting, protocol, results
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from tests import build
from tests.council_room import come_together
from tests.ranked_world import AT, Scored

WAITS = "đủ điểm xếp {}, chờ Hội đồng biểu quyết"
BANDS = ("Xuất sắc", "Tốt", "Khá")


@pytest.mark.parametrize(
    ("reached", "missed", "decided", "band", "reason"),
    [
        (["Tốt", "Khá"], ["thiếu điểm"], {"Tốt": True}, "Tốt", "thiếu điểm"),
        (["Tốt", "Khá"], [], {}, "", WAITS.format("Tốt")),
        (["Tốt", "Khá"], [], {"Tốt": None}, "", WAITS.format("Tốt")),
        (["Tốt", "Khá"], [], {"Tốt": False, "Khá": True}, "Khá", "Hội đồng không xếp Tốt"),
        (["Tốt", "Khá"], [], {"Tốt": False}, "", f"Hội đồng không xếp Tốt; {WAITS.format('Khá')}"),
        (["Khá"], [], {"Khá": False}, "", "Hội đồng không xếp Khá"),
        ([], [], {}, "", "chưa đạt mức nào"),
        (["Khá"], [], {"Tốt": True, "Khá": True}, "Khá", ""),
    ],
)  # fmt: skip
def test_the_highest_band_that_the_council_passed_is_the_class(
    reached, missed, decided, band, reason
):
    assert voted_band(reached, missed, decided) == (band, reason)


@pytest.mark.parametrize(
    ("decided", "vote"),
    [
        ([{}, {}, {}], ("Xuất sắc", [1])),
        ([{"Xuất sắc": None}, {}, {}], ("", [])),
        ([{"Xuất sắc": True}, {}, {}], ("Tốt", [2])),
        ([{"Xuất sắc": False}, {}, {}], ("Tốt", [1, 2])),
        ([{"Xuất sắc": False, "Tốt": True}, {"Tốt": False}, {}], ("Khá", [2])),
        ([{"Xuất sắc": True}, {"Tốt": True}, {}], ("", [])),
    ],
)
def test_the_highest_band_that_somebody_waits_for_is_voted_next(decided, vote):
    reached = (list(BANDS), list(BANDS[1:]), [])
    units = [
        Candidate(number, names, seen)
        for number, (names, seen) in enumerate(zip(reached, decided, strict=True), start=1)
    ]
    assert next_vote(BANDS, units) == vote


class Voted:
    """Units of 9 and 8 points before a Council of three that gives the bands by a majority."""

    def __init__(self):
        scored = Scored()
        self.campaign, self.entries, self.by = scored.campaign, scored.entries, scored.by
        self.campaign.band_numerator, self.campaign.band_denominator = 1, 2
        db.session.add_all(
            [
                Band(campaign_id=self.campaign.id, name=name, from_points=points)
                for name, points in zip(BANDS, (9, 8, 5), strict=True)
            ]
        )
        secretary = build.member(
            self.campaign,
            user=build.user(Role.COUNCIL_MEMBER),
            function=CouncilFunction.SECRETARY,
        )
        self.members = [*scored.members, secretary]
        self.frozen = actions.freeze(self.campaign, reason="", by=self.by, at=AT)
        self.meeting = meeting_actions.call_meeting(
            self.campaign,
            self.members,
            place="Phòng họp",
            starts_at=AT,
            opinions_until=None,
            agenda="",
            at=AT,
        )

    def put(self, name):
        return actions.put_band_before_council(self.campaign, self.frozen, self.meeting, name=name)

    def vote(self, ballot, yes):
        """So many members say yes to every line, the others no."""
        if self.meeting.opened_at is None:
            come_together(self.meeting, self.members)
        voting.open_ballot(self.meeting, ballot, at=AT)
        lines = votes.lines_of([ballot.id])[ballot.id]
        for place, row in enumerate(self.members):
            said = Choice.YES if place < yes else Choice.NO
            casting.cast_secret(ballot, row.id, {line.id: said for line in lines})
        voting.close_ballot(self.meeting, ballot, at=AT + timedelta(minutes=1))

    def told(self):
        """What is told of the ranking before the decision."""
        lacking = problems(self.campaign, Step.DECIDE, build.TODAY)
        return [row.sentence for row in lacking if row.endpoint == "ranking.index"]

    def bands(self, frozen):
        rows = frozen_tables.frozen_standings(frozen.id)
        return [(row.band, row.explanation["band_reason"]) for row in rows]


def test_who_is_refused_a_band_comes_to_the_next_and_freezing_again_takes_the_votes_in(app):
    world = Voted()
    first, second = world.entries
    assert world.bands(world.frozen) == [
        ("", WAITS.format("Xuất sắc")),
        ("", WAITS.format("Tốt")),
    ]
    assert world.told() == ["Còn 1 đơn vị đủ điểm xếp Xuất sắc chờ Hội đồng."]
    best = world.put("Xuất sắc")
    (line,) = votes.lines_of([best.id])[best.id]
    assert (line.participation_id, line.band) == (first.id, "Xuất sắc")
    assert protocol.rule_words(best) == (
        "từ 1/2 số thành viên có mặt trở lên, bỏ phiếu kín, không tính thành viên không được "
        "biểu quyết dòng đó"
    )
    with pytest.raises(RuleViolation, match="không còn chờ biểu quyết"):
        world.put("Tốt")
    world.vote(best, yes=1)
    assert line.outcome_words == "không được thông qua"
    good = world.put("Tốt")
    world.vote(good, yes=2)
    assert results.rank_ballots(world.campaign.id) == []
    assert frozen_tables.is_outvoted(world.frozen)
    assert world.told() == ["Hội đồng đã biểu quyết sau khi chốt xếp hạng; hãy chốt lại."]
    again = actions.freeze(
        world.campaign, reason="Hội đồng xếp loại", by=world.by, at=AT + timedelta(hours=1)
    )
    assert world.bands(again) == [("Tốt", "Hội đồng không xếp Xuất sắc"), ("Tốt", "")]
    assert again.settings["band_votes"] == {
        str(first.id): {"Xuất sắc": False, "Tốt": True},
        str(second.id): {"Tốt": True},
    }
    assert (frozen_tables.is_outvoted(again), frozen_tables.next_band_vote(again)) == (False, None)
    assert world.told() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"phase": Phase.DECIDING}, "Chỉ biểu quyết xếp loại khi phong trào ở bước “Họp Hội đồng”"),
        (
            {"band_numerator": None, "band_denominator": None},
            "xếp loại theo điểm, Hội đồng không bỏ phiếu",
        ),
    ],
)
def test_only_a_plan_that_says_so_puts_bands_before_the_council(app, change, sentence):
    world = Voted()
    for name, value in change.items():
        setattr(world.campaign, name, value)
    with pytest.raises(RuleViolation, match=sentence):
        world.put("Xuất sắc")


def test_the_page_of_the_frozen_ranking_sends_a_band_to_the_meeting(app, sign_in, page):
    world = Voted()
    db.session.commit()
    browser, at = sign_in(world.by), f"/campaigns/{world.campaign.id}/ranking"
    shown = page(browser.get(f"{at}/"))
    assert shown.all(".card h2")[0] == "Xếp loại chờ Hội đồng biểu quyết"
    assert any("được xếp loại khi đạt từ 1/2 số có mặt" in text for text in shown.all("p.muted"))
    answer = browser.post(f"{at}/bands", data={"name": "Xuất sắc"})
    assert (answer.status_code, answer.headers["Location"]) == (
        HTTPStatus.SEE_OTHER,
        f"/campaigns/{world.campaign.id}/meetings/{world.meeting.id}",
    )
    (ballot,) = votes.ballots(world.meeting.id)
    assert ballot.title == "Xếp loại “Xuất sắc”"


def test_the_plan_says_by_which_share_of_votes_a_band_is_given(app, sign_in, page):
    campaign = build.campaign()
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/settings"
    sent = {
        "aggregation": "mean",
        "scale": "100",
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
        "band_share": "2/3",
    }
    assert browser.post(at, data=sent).status_code == HTTPStatus.SEE_OTHER
    db.session.refresh(campaign)
    assert campaign.band_share == (2, 3)
    assert page(browser.get(at)).value("band_share") == "2/3"
    browser.post(at, data=sent | {"band_share": ""})
    db.session.refresh(campaign)
    assert campaign.band_share is None
