"""Bản đăng ký of each unit."""

from collections.abc import Mapping, Sequence

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.office.documents.targets import goal_words
from campaign.office.heads import Asker, common, heads_of, unit_office
from campaign.office.rules import INSPECTING, Item, PaperContent, listed
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.targets import GivenTo


def pledges(asker: Asker, campaign: Campaign) -> list[Item]:
    """Bản đăng ký of the units they see."""
    own = None if asker.is_any(*INSPECTING) else asker.sight.own
    rows = db.session.scalars(enrolment.participations(campaign.id, units=own)).all()
    heads = heads_of([row.unit_id for row in rows])
    return [
        Item(
            row.id,
            row.unit.name,
            _is_whole(row, _pledged_by(row, heads)),
        )
        for row in rows
    ]


def _pledged_by(row: Participation, heads: Mapping[int, Sequence[User]]) -> User | None:
    """Thủ trưởng ký giao ước: the head who enrolled the unit, else its only head."""
    people = heads.get(row.unit_id, ())
    enrolled = [head for head in people if head.id == row.enrolled_by_id]
    return enrolled[0] if enrolled else people[0] if len(people) == 1 else None


def _is_whole(row: Participation, signer: User | None) -> bool:
    """Confirmed, with a head who signs and something that is pledged."""
    return row.confirmed_at is not None and signer is not None and bool(row.commitments)


def pledge(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung bản đăng ký."""
    del asker
    row = enrolment.participation(campaign.id, subject_id)
    signer = _pledged_by(row, heads_of([row.unit_id]))
    is_final = _is_whole(row, signer)
    head, scheme = unit_office(row.unit, signer), scheme_of(campaign.id)
    about = f"Tham gia {drive_words(campaign.title)}"
    fields = common(campaign, head, about=about, day=local_date(row.enrolled_at)) | {
        "unit": row.unit.name,
        "block": row.block.name if row.block else "khối do Thường trực Hội đồng xếp",
        "targets": _targets(row, scheme),
        "commitments": listed(row.commitments, is_final=is_final),
    }
    return PaperContent(fields, "Bản đăng ký", row.confirmed_at if is_final else None)


def _targets(row: Participation, scheme: Scheme) -> list[dict[str, str]]:
    """Chỉ tiêu giao cho đơn vị, of the indicators that concern it."""
    to = GivenTo(row.unit_id, row.block_id)
    return [
        {"name": indicator.name, "target": goal_words(scheme, indicator, to)}
        for indicator in scheme.indicators.values()
        if scheme.asks(indicator, row.unit_id, row.block_id)
    ]
