"""Who read the dossier of a person: noted by the page itself, told to them and to the secretary."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from campaign.core.permissions import Role
from campaign.exemplars.rules import Standing, Subject
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.readings import noting
from campaign.readings.models import DossierReading
from campaign.readings.rules import Dossier
from campaign.units.models import Unit
from tests import build, worlds

NAME = "Lê Thị Hòa"


@pytest.fixture
def field(app):
    """A person and a collective that a unit nominates, and a person who is a good example."""
    del app
    world = worlds.awards()
    entry = world.entries[0]
    world.unit = db.session.get(Unit, entry.unit_id)
    world.named = build.nominee(world.campaign, of=entry, kind=world.person, name=NAME)
    world.team = build.nominee(world.campaign, of=entry, kind=world.collective)
    world.example = build.exemplar(
        entry, by=world.by, subject=Subject.PERSON, standing=Standing.WORKER, name=NAME
    )
    world.at = f"/campaigns/{world.campaign.id}"
    return world


def _noted():
    rows = db.session.scalars(select(DossierReading).order_by(DossierReading.id))
    return [(row.reader_id, row.what, row.person_name) for row in rows]


@pytest.mark.both_databases
def test_each_page_and_paper_of_a_person_is_noted_once_by_one_statement(
    field, sign_in, count_queries
):
    secretary = build.user(Role.SECRETARIAT)
    browser = sign_in(secretary)
    browser.get(f"{field.at}/awards/nominees/{field.team.id}")
    with count_queries() as seen:
        assert browser.get(f"{field.at}/awards/nominees/{field.named.id}").status_code == 200
    assert sum("INSERT INTO dossier_reading" in statement for statement in seen) == 1
    for address in (
        f"/awards/nominees/{field.named.id}/edit",
        "/awards/excel",
        f"/papers/achievement/{field.named.id}",
        f"/exemplars/{field.example.id}",
        f"/exemplars/{field.example.id}/edit",
        "/exemplars/excel",
    ):
        assert browser.get(f"{field.at}{address}").status_code == 200
    assert _noted() == [
        (secretary.id, what, NAME)
        for what in (
            Dossier.NOMINATION,
            Dossier.NOMINATION,
            Dossier.NOMINATION_TABLE,
            Dossier.ACHIEVEMENT,
            Dossier.EXEMPLAR,
            Dossier.EXEMPLAR,
            Dossier.EXEMPLAR_TABLE,
        )
    ]


def test_who_is_refused_has_read_nothing(field, sign_in):
    stranger = build.user(Role.UNIT_HEAD, at=build.unit())
    browser = sign_in(stranger)
    assert browser.get(f"{field.at}/awards/nominees/{field.named.id}").status_code == 404
    assert _noted() == []


def test_a_database_that_takes_no_mark_keeps_nobody_from_the_page(field, sign_in, monkeypatch):
    def gone(_rows):
        raise OperationalError(None, None, Exception())

    monkeypatch.setattr(noting, "insert", gone)
    answer = sign_in(build.user(Role.SECRETARIAT)).get(
        f"{field.at}/awards/nominees/{field.named.id}"
    )
    assert (answer.status_code, _noted()) == (200, [])


def test_the_secretary_reads_who_read_and_the_administrator_not_of_whom(field, sign_in, page):
    director = build.user(Role.DIRECTOR, name="Trần Văn Bình")
    sign_in(director).get(f"{field.at}/awards/nominees/{field.named.id}")
    shown = page(sign_in(build.user(Role.SECRETARIAT)).get("/audit/readings/?q=binh"))
    text = " ".join(shown.all("td") + shown.all("th"))
    assert ("Trần Văn Bình" in text, NAME in text, field.unit.name in text) == (True, True, True)
    assert "Đề nghị khen thưởng" in text
    shown = page(sign_in(build.user(Role.ADMIN)).get("/audit/readings/"))
    text = " ".join(shown.all("td") + shown.all("th"))
    assert ("Trần Văn Bình" in text, NAME in text, field.unit.name in text) == (True, False, False)
    other = page(sign_in(build.user(Role.ADMIN)).get("/audit/readings/?q=hoa"))
    assert other.all("tbody tr") == []
    member = sign_in(build.user(Role.COUNCIL_MEMBER)).get("/audit/readings/")
    assert member.status_code == 403


def test_the_list_costs_the_same_for_one_reading_and_for_three(field, sign_in, count_queries):
    reader, looker = sign_in(build.user(Role.DIRECTOR)), sign_in(build.user(Role.ADMIN))
    counts = []
    for times in (1, 2):
        for _ in range(times):
            reader.get(f"{field.at}/awards/nominees/{field.named.id}")
        looker.get("/audit/readings/")
        with count_queries() as seen:
            looker.get("/audit/readings/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_person_is_told_after_publication_and_one_of_two_namesakes_never(field, sign_in, page):
    reader = build.user(Role.DIRECTOR, name="Trần Văn Bình")
    sign_in(reader).get(f"{field.at}/awards/nominees/{field.named.id}")
    person = build.user(at=field.unit, name="Lê Thị Hoà")
    elsewhere = build.user(at=build.unit(), name=NAME)

    def told(who):
        return json.loads(sign_in(who).get("/account/own-data/file").data)[
            "Ai đã đọc hồ sơ của tôi"
        ]

    assert (told(person), told(elsewhere)) == ([], [])
    field.campaign.phase, field.campaign.published_at = Phase.PUBLISHED, build.NOW
    db.session.commit()
    (line,) = told(person)
    assert (line["Ai"], line["Hồ sơ"]) == ("Trần Văn Bình", "Đề nghị khen thưởng")
    assert line["Phong trào"] == field.campaign.title
    assert told(elsewhere) == []
    assert "Trần Văn Bình" in " ".join(page(sign_in(person).get("/account/own-data/")).all("th"))
    build.user(at=field.unit, name=NAME)
    assert told(person) == []
    shown = page(sign_in(person).get("/account/own-data/")).tree.text_content()
    assert "có người trùng họ tên" in shown


def test_whoever_acts_for_the_unit_is_told_before_publication(field, sign_in):
    sign_in(build.user(Role.DIRECTOR)).get(f"{field.at}/awards/nominees/{field.named.id}")
    head = build.user(Role.UNIT_HEAD, at=field.unit, name=NAME)
    told = json.loads(sign_in(head).get("/account/own-data/file").data)
    assert len(told["Ai đã đọc hồ sơ của tôi"]) == 1
