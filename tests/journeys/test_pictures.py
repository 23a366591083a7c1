"""No picture of the help or the README is older than the page it shows: `make pictures` takes them
anew.
"""

import os
from collections.abc import Callable

import pytest

from tests.journeys import pictures
from tests.journeys.conftest import Screens, Server
from tests.journeys.pictures import Picture

RENEWS = os.environ.get("PICTURES") == "renew"


@pytest.mark.parametrize(("stage", "rows"), list(pictures.of_stages(with_prepared=RENEWS)))
def test_each_picture_shows_its_page_as_it_is(
    served: Callable[[str], Server],
    request: pytest.FixtureRequest,
    stage: str,
    rows: list[Picture],
) -> None:
    server = served(stage)
    for row in rows:
        if row.prepare:
            row.prepare(server.visitor)
    words = {row.name: row.words(server.visitor(row.user)) for row in rows}
    now = {name: pictures.digest(text) for name, text in words.items()}
    if RENEWS:
        _renew(server, request.getfixturevalue("screens"), rows)
        pictures.note(now)
    old = [name for name, digest in now.items() if pictures.told().get(name) != digest]
    assert old == [], "run `make pictures`"
    assert [row.name for row in rows if not row.file.exists()] == []


def _renew(server: Server, screens: Screens, rows: list[Picture]) -> None:
    for row in rows:
        somebody = screens.taken(server, row.user, row.size)
        pictures.take(row, somebody.open(row.path))
        screens.give_back(somebody)
