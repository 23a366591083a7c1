"""Diễn tập, đề nghị khen thưởng: awards that are planned, and who is named for them."""

from datetime import date

from campaign.accounts.models import User
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_from_data
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.content.plan import QUOTAS
from campaign.demo.content.units import DISTRICTS
from campaign.demo.content.words import DEED, MADE_UP
from campaign.honours import queries as catalogue
from campaign.honours.rules import Level, Subject
from campaign.nomination import actions as nominating
from campaign.nomination import proposals
from campaign.nomination import queries as nominations
from campaign.nomination.kinds import actions as award_kinds
from campaign.planning.models import Campaign
from campaign.ranking.queries import blocks


def plan(campaign: Campaign) -> None:
    """Hình thức và chỉ tiêu: certificates of the office, and one of the province a block."""
    types = {row.code: row for row in catalogue.award_types(campaign.rule_set_code)}
    secret = VoteRule(Mode.SECRET, Base.TOTAL, 70, 100)
    for (code, subject), quotas in QUOTAS.items():
        award_type = types[code]
        is_person = subject == Subject.INDIVIDUAL.value
        kind = award_kinds.save_kind(
            campaign,
            None,
            award_type=award_type,
            subject=Subject(subject),
            vote=secret if is_person else rule_from_data(award_type.vote),
            leader_limit=50 if is_person else None,
        )
        for block, count in zip(blocks(campaign.id), quotas, strict=True):
            award_kinds.set_quota(kind, block.id, count=count, percent=None)


def nominate(cast: Cast, campaign: Campaign) -> None:
    """Đề nghị: heads and officers of the offices, officers of the districts; heads sign."""
    kind = next(row for row in nominations.kinds(campaign.id) if row.subject is Subject.INDIVIDUAL)
    offices = {district.code for district in DISTRICTS}
    for code, participation in cast.participations.items():
        head, officer = cast.users[head_of(code)], cast.users[officer_of(code)]
        people = [officer] if code in offices else [head, officer]
        with act("award.nominate", head, campaign):
            told = [_told_of(person, is_leader=person is head) for person in people]
            rows = [
                nominating.save_nominee(campaign, None, participation, kind, values)
                for values in told
            ]
            for row in rows:
                nominating.sign_nominee(row, by=head, at=moment(date(2021, 4, 27), 15))


def _told_of(person: User, *, is_leader: bool) -> dict[str, object]:
    """What a nomination says of one person."""
    return {
        "name": person.full_name,
        "honorific": person.honorific or "Ông",
        "job": person.position,
        "is_leader": is_leader,
        "achievements": DEED,
        "is_illustrative": True,
        "measures": "",
        "effects": "",
        "earlier_awards": "",
        "birth_year": None,
    }


def name_the_leaders(cast: Cast, campaign: Campaign) -> None:
    """The first of each block is proposed for the province's certificate."""
    ranks = nominations.frozen_ranks(campaign.id)
    kind = next(
        row for row in nominations.kinds(campaign.id) if row.award_type.level is Level.PROVINCE
    )
    for participation in cast.participations.values():
        standing = ranks.get(participation.id)
        if standing is None or standing.rank != 1:
            continue
        entry = next(
            row for row in nominations.participations(campaign.id) if row.id == participation.id
        )
        row = nominating.save_nominee(
            campaign,
            None,
            entry,
            kind,
            {"name": "", "achievements": DEED, "is_illustrative": True},
            added_reason=f"Đơn vị dẫn đầu khối {MADE_UP}",
        )
        nominating.sign_nominee(row, by=cast.secretary, at=moment(date(2021, 5, 10), 14))
        proposals.set_proposed(
            campaign,
            row,
            is_proposed=True,
            reason=f"Dẫn đầu khối {MADE_UP}",
            by=cast.secretary,
            at=moment(date(2021, 5, 10), 14),
        )
