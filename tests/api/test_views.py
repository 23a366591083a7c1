"""What programs read: published rows with their description, and more with a key."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.api import schemas
from campaign.api.keys import actions
from campaign.api.models import ApiKey
from campaign.api.rules import Scope
from campaign.api.views import NO_KEY, OTHER_SCOPE, WRONG_KEY
from campaign.audit import recorder
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.stories.models import ExemplarStory
from campaign.extensions import db
from campaign.units.models import Unit
from campaign.web import clock
from tests import build

DESCRIPTION = Path(__file__).parents[2] / "docs" / "openapi.json"
LISTS = {
    "blocks": schemas.BlockSchema,
    "units": schemas.UnitSchema,
    "indicators": schemas.IndicatorSchema,
    "progress": schemas.ProgressSchema,
    "ranking": schemas.StandingSchema,
    "awards": schemas.AwardSchema,
    "examples": schemas.ExampleSchema,
}


@pytest.fixture
def ask(client):
    """Ask below /api/v1, with a key where one is given; gives the status and what was said."""

    def ask_(path, key=None, **headers):
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        answer = client.get(f"/api/v1{path}", headers=headers)
        return answer.status_code, answer.json

    return ask_


@pytest.fixture
def key(app):
    """A key with the scopes that are named, which holds for a month."""

    def key_(*scopes):
        row, token = actions.give(
            name="Kho dữ liệu tỉnh",
            scopes=scopes,
            expires_on=datetime.now(UTC).date() + timedelta(days=30),
            by=build.user(Role.ADMIN),
            at=datetime.now(UTC),
            today=datetime.now(UTC).date(),
        )
        db.session.commit()
        return row, token

    return key_


def _items(ask, path, key=None):
    status, said = ask(path, key)
    assert status == 200, said
    return said["items"]


def test_the_description_in_the_documents_is_the_one_that_is_answered(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://thidua.example")
    told = client.get("/api/v1/openapi").json
    assert told == json.loads(DESCRIPTION.read_text(encoding="utf-8")), "run `make openapi`"


def test_a_published_campaign_is_read_without_a_key_as_it_is_described(tell, ask):
    demo = tell(Stage.PUBLISHED)
    (campaign,) = _items(ask, "/campaigns")
    assert schemas.CampaignSchema().validate(campaign) == {}
    assert {name: campaign[name] for name in ("id", "starts_on", "ends_on", "phase", "scale")} == {
        "id": demo.id,
        "starts_on": "2021-02-26",
        "ends_on": "2021-04-30",
        "phase": "published",
        "scale": "100",
    }
    assert ask(f"/campaigns/{demo.id}") == (200, campaign)
    rows = {name: _items(ask, f"/campaigns/{demo.id}/{name}?limit=200") for name in LISTS}
    assert {name: LISTS[name](many=True).validate(items) for name, items in rows.items()} == {
        name: {} for name in LISTS
    }
    assert {name: bool(items) for name, items in rows.items()} == dict.fromkeys(LISTS, True)
    retail = next(row for row in rows["indicators"] if "bán lẻ" in row["name"])
    assert (retail["target"], retail["measure_unit"]) == ("44462", "tỷ đồng")
    assert retail["source"]
    assert retail["is_checked"] is True, "a target that the office typed with its source"
    first = [row for row in rows["ranking"] if row["rank"] == 1]
    assert {row["block_id"] for row in first} == {row["id"] for row in rows["blocks"]}
    assert all(row["points"].count(".") == 1 for row in rows["ranking"] if row["rank"])


def test_a_draft_is_nowhere_and_what_is_not_published_is_empty(app, ask):
    draft = build.campaign()
    db.session.commit()
    assert _items(ask, "/campaigns") == []
    for name in ("", *(f"/{name}" for name in LISTS), "/package/json", "/package/zip"):
        status, said = ask(f"/campaigns/{draft.id}{name}")
        assert (status, said["detail"]) == (404, "Không có phong trào này, hoặc chưa phát động.")


def test_before_publication_no_order_no_award_and_no_package_is_told(tell, ask):
    demo = tell(Stage.MEETING)
    assert _items(ask, f"/campaigns/{demo.id}/ranking") == []
    assert _items(ask, f"/campaigns/{demo.id}/awards") == []
    assert ask(f"/campaigns/{demo.id}/package/json")[0] == 404


def test_progress_that_the_plan_keeps_back_needs_a_key_of_that_scope(tell, ask, key):
    demo = tell(Stage.SCORING)
    demo.progress_is_public = False
    db.session.commit()
    path = f"/campaigns/{demo.id}/progress"
    assert (_items(ask, path), _items(ask, path, key(Scope.REPORTS)[1])) == ([], [])
    assert len(_items(ask, path, key(Scope.PROGRESS)[1])) > 5


def test_who_reported_is_told_to_a_key_of_that_scope_alone(tell, ask, key):
    demo = tell(Stage.SCORING)
    path = f"/campaigns/{demo.id}/reports"
    told = [ask(path), ask(path, key(Scope.PROGRESS)[1])]
    assert [(status, said["detail"]) for status, said in told] == [
        (401, NO_KEY),
        (403, OTHER_SCOPE),
    ]
    token = key(Scope.REPORTS)[1]
    items = _items(ask, path, token)
    assert schemas.ReportSchema(many=True).validate(items) == {}
    assert {row["submitted_at"] is None for row in items} == {True, False}
    left = db.session.scalars(
        select(Participation).where(
            Participation.campaign_id == demo.id, Participation.unit_id == items[0]["unit_id"]
        )
    ).one()
    left.state, left.withdrawal_reason = ParticipationState.WITHDRAWN, "Sáp nhập"
    db.session.commit()
    still = _items(ask, path, token)
    assert still == [row for row in items if row["unit_id"] != left.unit_id]


def test_a_key_that_does_not_hold_is_refused_everywhere(app, ask, key, monkeypatch):
    row, token = key(Scope.REPORTS)
    wrong = [f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}", f"nc_999_{'a' * 43}", "abc"]
    told = [ask("/campaigns", tried) for tried in wrong]
    assert [(status, said["detail"]) for status, said in told] == [(401, WRONG_KEY)] * 3
    assert ask("/campaigns", token)[0] == 200
    with monkeypatch.context() as patches:
        patches.setattr(clock, "today", lambda: row.expires_on + timedelta(days=1))
        assert ask("/campaigns", token)[0] == 401
    actions.revoke(db.session.get(ApiKey, row.id), by=build.user(), at=datetime.now(UTC))
    db.session.commit()
    assert ask("/campaigns", token)[0] == 401


def test_pages_follow_one_another_and_hold_every_row_once(tell, client):
    demo = tell(Stage.REPORTING)
    seen, address = [], f"/api/v1/campaigns/{demo.id}/units?limit=7"
    while address:
        said = client.get(address).json
        seen += [row["id"] for row in said["items"]]
        address = said["next"]
    confirmed = db.session.scalars(
        select(Participation.unit_id).where(
            Participation.campaign_id == demo.id, Participation.state == "confirmed"
        )
    )
    assert seen == sorted(confirmed)


@pytest.mark.both_databases
def test_only_what_may_have_changed_since_is_told(tell, ask):
    demo = tell(Stage.REPORTING)
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    path = f"/campaigns/{demo.id}/units?updated_since="
    assert (_items(ask, path + later), _items(ask, path + now)) == ([], [])
    unit = db.session.scalars(select(Unit).join(Participation)).first()
    unit.short_name = "Tên mới"
    recorder.act("unit.edit")
    db.session.commit()
    assert [row["id"] for row in _items(ask, path + now)] == [unit.id]
    assert _items(ask, f"/campaigns/{demo.id}/blocks?updated_since={now}") == []


@pytest.mark.parametrize("asked", ["limit=0", "after=x", "updated_since=hom-qua"])
def test_what_is_not_understood_is_refused_with_a_sentence(app, ask, asked):
    status, said = ask(f"/campaigns?{asked}")
    assert (status, said["status"], said["title"]) == (400, 400, "Yêu cầu bị từ chối")
    assert schemas.ProblemSchema().validate(said) == {}


def test_an_answer_that_did_not_change_is_not_sent_again(app, client):
    first = client.get("/api/v1/campaigns")
    again = client.get("/api/v1/campaigns", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Authorization" in first.headers["Vary"]
    assert "Set-Cookie" not in first.headers


def test_a_session_opens_nothing_here(tell, sign_in, ask):
    demo = tell(Stage.SCORING)
    admin = sign_in(build.user(Role.ADMIN))
    assert admin.get(f"/api/v1/campaigns/{demo.id}/reports").status_code == 401


def test_who_takes_their_consent_back_is_told_of_no_more(tell, ask):
    demo = tell(Stage.PUBLISHED)
    path = f"/campaigns/{demo.id}/examples"
    before = _items(ask, path)
    story = db.session.scalars(
        select(ExemplarStory).where(ExemplarStory.published_at.is_not(None))
    ).first()
    story.withdrawn_on, story.published_at = date(2021, 5, 20), None
    db.session.commit()
    assert [row for row in before if row["id"] != story.exemplar_id] == _items(ask, path)
    assert len(before) > len(_items(ask, path))


def test_the_whole_campaign_comes_as_one_file_with_its_description(tell, client, ask):
    demo = tell(Stage.PUBLISHED)
    whole = client.get(f"/api/v1/campaigns/{demo.id}/package/json").json
    packed = client.get(f"/api/v1/campaigns/{demo.id}/package/zip").data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = json.loads(archive.read("datapackage.json"))
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))
            for name in LISTS
        }
    assert [resource["name"] for resource in told["resources"]] == list(LISTS)
    assert {name: len(rows) for name, rows in tables.items()} == {
        name: len(whole[name]) for name in LISTS
    }
    for resource in told["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert columns == list(tables[resource["name"]][0])
    kinds = {field["name"]: field["type"] for field in told["resources"][2]["schema"]["fields"]}
    assert (kinds["target"], kinds["is_checked"], kinds["id"]) == ("number", "boolean", "integer")
    assert packed == client.get(f"/api/v1/campaigns/{demo.id}/package/zip").data


def test_a_key_is_given_once_and_revoked_by_the_administrator(app, sign_in, page):
    admin = sign_in(build.user(Role.ADMIN))
    until = datetime.now(UTC).date() + timedelta(days=90)
    answer = admin.post(
        "/operation/api-keys/",
        data={"name": "Kho dữ liệu tỉnh", "expires_on": until.strftime("%d/%m/%Y"), "reports": "y"},
    )
    token = page(answer).all("code")[0]
    row = db.session.scalars(select(ApiKey)).one()
    assert (row.scopes, row.expires_on, token.startswith(f"nc_{row.id}_")) == (
        ["reports"],
        until,
        True,
    )
    listed = page(admin.get("/operation/api-keys/"))
    assert listed.tree.cssselect("#expires_on[data-day=date]")
    assert (
        "Kho dữ liệu tỉnh" in listed.tree.text_content(),
        token in listed.tree.text_content(),
    ) == (True, False)
    assert (
        admin.get("/api/v1/campaigns", headers={"Authorization": f"Bearer {token}"}).status_code
        == 200
    )
    admin.post(f"/operation/api-keys/{row.id}/revoke")
    assert (
        admin.get("/api/v1/campaigns", headers={"Authorization": f"Bearer {token}"}).status_code
        == 401
    )
    assert admin.post(f"/operation/api-keys/{row.id}/revoke").status_code == 303
    assert admin.post("/operation/api-keys/999/revoke").status_code == 404


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [
        ("", 30, "Hãy ghi tên hệ thống sẽ dùng khoá."),
        ("Kho", 0, "Ngày hết hạn phải sau hôm nay."),
        ("Kho", 400, "Khoá dùng được nhiều nhất một năm; hết hạn thì cấp khoá mới."),
    ],
)
def test_a_key_without_a_name_or_for_too_long_is_refused(app, sign_in, page, name, days, said):
    until = datetime.now(UTC).date() + timedelta(days=days)
    shown = page(
        sign_in(build.user(Role.ADMIN)).post(
            "/operation/api-keys/", data={"name": name, "expires_on": until.strftime("%d/%m/%Y")}
        )
    )
    assert said in " ".join(shown.all(".field__error"))
    assert db.session.scalars(select(ApiKey)).all() == []


@pytest.mark.parametrize(
    "path", ["/campaigns/mot", "/campaigns/1/khong-co", "/gi-do", "/a%0Ab", "/"]
)
def test_an_address_that_is_none_is_said_as_programs_read_it(app, client, path):
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.content_type, answer.json["detail"]) == (
        404,
        "application/problem+json",
        "Địa chỉ này không có ở giao diện; xem /api/v1/openapi.",
    )


def test_what_is_not_read_is_told_which_way_is(app, client):
    answer = client.post("/api/v1/campaigns")
    assert (answer.status_code, sorted(answer.allow)) == (405, ["GET", "HEAD", "OPTIONS"])
    assert (answer.content_type, answer.json["detail"]) == (
        "application/problem+json",
        "Giao diện này chỉ đọc: GET.",
    )


def test_a_rehearsal_gives_keys_by_its_own_day(tell, sign_in, client, page):
    tell(Stage.SCORING)
    answer = sign_in(build.user(Role.ADMIN)).post(
        "/operation/api-keys/", data={"name": "Kho", "expires_on": "31/12/2021"}
    )
    token = page(answer).all("code")[0]
    asked = client.get("/api/v1/campaigns", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 200
