"""Diễn tập, tuyên truyền và điển hình: themes, posts, a directive, and how examples grow."""

from datetime import date
from pathlib import Path

from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.movement import (
    DIRECTIVE,
    EXEMPLARS,
    LINES,
    STALLS,
    STUDIED,
    STUDY,
    THEMES,
    DemoExemplar,
    DemoStory,
)
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.content.words import MADE_UP, News
from campaign.exemplars import actions as exemplars
from campaign.exemplars.actions import FIELDS
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import FACTS, Step
from campaign.exemplars.stories import actions as stories
from campaign.planning.models import Campaign
from campaign.publicity import actions as publicity
from campaign.publicity.directives import actions as directives
from campaign.publicity.models import Post, Theme
from campaign.publicity.themes import actions as themes
from campaign.publicity.themes.queries import themes_of

PICTURES = Path(__file__).with_name("pictures")


def tell_news(cast: Cast, campaign: Campaign, *news: News) -> list[Post]:
    """Các bài, each on its day, under its theme."""
    posts = []
    with act("post.save", cast.secretary, campaign):
        by_name = {row.name: row.id for row in themes_of(campaign.id)}
        for told in news:
            post = Post(campaign_id=campaign.id, is_announcement=False, is_illustrative=True)
            publicity.save_post(
                post, kind=told.kind, title=told.title, body=told.body, source=told.source
            )
            publicity.publish(post, on=told.on)
            if told.theme:
                themes.give_theme(post, by_name[told.theme])
            posts.append(post)
    return posts


def begin(cast: Cast, campaign: Campaign) -> None:
    """Đến hết tháng 3: the themes, the directive that units worked through, examples found."""
    with act("theme.save", cast.secretary, campaign):
        for theme in THEMES:
            themes.save_theme(
                Theme(campaign_id=campaign.id),
                name=theme.name,
                lead=theme.lead,
                indicators=[cast.indicators[key].id for key in theme.indicators],
            )
    directive, *_ = tell_news(cast, campaign, DIRECTIVE, STUDY, STALLS)
    _study(cast, campaign, directive)
    _bring(cast, campaign, date(2021, 3, 1), date(2021, 3, 31))


def _study(cast: Cast, campaign: Campaign, directive: Post) -> None:
    """Units work through the directive and say so."""
    for code, (held_on, attendees) in STUDIED.items():
        head = cast.users[head_of(code)]
        with act("post.study", head, campaign):
            directives.confirm(
                directive,
                cast.participations[code],
                None,
                held_on=held_on,
                attendees=f"{attendees} {MADE_UP}",
                by=head,
                at=moment(held_on, 16),
            )


def grow(cast: Cast, campaign: Campaign) -> None:
    """Tháng 4: examples are summed up, followed and told of."""
    tell_news(cast, campaign, LINES)
    _bring(cast, campaign, date(2021, 4, 1), date(2021, 4, 30))


def _bring(cast: Cast, campaign: Campaign, first: date, last: date) -> None:
    """What becomes of the examples from the first day to the last."""
    for told in EXEMPLARS:
        if first <= told.values["found_on"] <= last:
            cast.exemplars[told.unit] = _found(cast, campaign, told)
        for step, day in told.moved.items():
            if first <= day <= last:
                _moved(cast, campaign, told, step, day)
        for code, (day, sentence) in told.uses.items():
            if first <= day <= last:
                _followed(cast, campaign, told, code, day, sentence)
        if told.story and first <= told.story.consent_on <= last:
            _written(cast, campaign, told, told.story)


def _known(told: DemoExemplar, until: Step) -> dict[str, object]:
    """What is written of it by then: nothing of later steps."""
    steps = list(Step)
    later = {fact.field for step in steps[steps.index(until) + 1 :] for fact in FACTS[step]}
    blank = {name: None if name == "help_until" else "" for name in FIELDS}
    here = {name: value for name, value in told.values.items() if name not in later}
    return {"standing": None, **blank, **here}


def _found(cast: Cast, campaign: Campaign, told: DemoExemplar) -> Exemplar:
    by = cast.users[officer_of(told.unit)] if told.is_waiting else cast.secretary
    with act("exemplar.save", by, campaign):
        return exemplars.save(
            None,
            cast.participations[told.unit],
            _known(told, Step.FOUND),
            is_decided=not told.is_waiting,
            by=by,
            at=moment(told.values["found_on"], 10),
        )


def _moved(cast: Cast, campaign: Campaign, told: DemoExemplar, step: Step, day: date) -> None:
    row, by = cast.exemplars[told.unit], cast.secretary
    with act("exemplar.move", by, campaign):
        exemplars.save(
            row,
            cast.participations[told.unit],
            _known(told, step),
            is_decided=True,
            by=by,
            at=moment(day, 9),
        )
        exemplars.move(row, step, "", by=by, at=moment(day, 9))


def _followed(
    cast: Cast, campaign: Campaign, told: DemoExemplar, code: str, day: date, sentence: str
) -> None:
    head = cast.users[head_of(code)]
    with act("exemplar.follow", head, campaign):
        exemplars.follow(
            cast.exemplars[told.unit],
            cast.participations[code],
            day,
            sentence,
            by=head,
            at=moment(day, 14),
        )


def _written(cast: Cast, campaign: Campaign, told: DemoExemplar, story: DemoStory) -> None:
    row, at = cast.exemplars[told.unit], moment(story.consent_on, 15)
    with act("exemplar.publish", cast.secretary, campaign):
        saved = stories.save(None, row, _values_of(story), at=at)
        stories.add_picture(
            saved,
            (PICTURES / story.picture.name).read_bytes(),
            story.picture.name,
            story.picture.alt,
            by=cast.secretary,
            at=at,
        )
        stories.publish(saved, row, at=at)


def _values_of(story: DemoStory) -> dict[str, object]:
    return {
        "title": story.title,
        "body": story.body,
        "consent_on": story.consent_on,
        "consent_paper": f"Giấy đồng ý nêu gương {MADE_UP}",
    }
