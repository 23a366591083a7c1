"""The chain of the record as it stands, for tests of what must leave it sound."""

from campaign.audit.rules import START, link_fault
from campaign.extensions import db
from campaign.proof.queries import links


def first_fault() -> tuple[int, str] | None:
    """The first entry that does not follow on the one before it, and why; None of a sound chain."""
    previous, expected = START, 1
    for link, _ in list(links(db.session.connection())):
        fault = link_fault(link, expected=expected, previous=previous)
        if fault is not None:
            return min(expected, link[0].number), fault
        previous, expected = link[2], expected + 1
    return None
