"""The walk: every route as everybody, over own and foreign rows, searched for canaries."""

import html
import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote

from flask import Flask
from pypdfium2 import PdfDocument
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import RecusalOrigin
from campaign.database import Base
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.office.rules import PaperKind
from campaign.planning.models import Campaign
from campaign.ranking.access import READS_MARKS
from tests import build
from tests.attack.canaries import Aviary
from tests.attack.secrecy import READ_THE_RECORD, Findings, Persona, may_read

NAMES = (
    "quan-tri",
    "thuong-truc",
    "giam-doc",
    "kiem-tra",
    "pho-giam-doc",
    "pho-giam-doc-2",
    head_of("VP"),
    head_of("QLTM"),
    officer_of("DB"),
    head_of("DB"),
    officer_of("CP"),
)
"""Admin, secretariat of a unit that competes, Director in the chair, inspector, members without and
with a declared recusal, the Council's secretary and a member who head units, units.
"""

FAR = "203.0.113.9"

ROWS = {
    "campaign_id": "campaign",
    "unit_id": "unit",
    "succession_id": "unit_succession",
    "user_id": "user_account",
    "block_id": "block",
    "participation_id": "participation",
    "report_id": "report",
    "criterion_id": "criterion",
    "indicator_id": "indicator",
    "period_id": "reporting_period",
    "member_id": "council_member",
    "sheet_id": "score_sheet",
    "recusal_id": "recusal",
    "evidence_id": "evidence",
    "occurrence_id": "occurrence",
    "inspection_id": "inspection",
    "file_id": "inspection_file",
    "exemplar_id": "exemplar",
    "use_id": "exemplar_use",
    "picture_id": "exemplar_picture",
    "meeting_id": "meeting",
    "ballot_id": "ballot",
    "scan_id": "opinion_scan",
    "kind_id": "award_kind",
    "nominee_id": "nominee",
    "decision_id": "decision",
    "objection_id": "objection",
    "paper_id": "filed_paper",
    "form_id": "award_form",
    "post_id": "post",
    "attachment_id": "post_file",
    "copy_id": "signed_copy",
    "theme_id": "theme",
    "group_id": "criterion_group",
    "table_id": "saved_table",
    "notice_id": "notice",
    "mail_id": "mail",
    "correction_id": "correction_request",
    "row_id": "task",
    "wish_id": "extension_wish",
    "key_id": "api_key",
}
"""Which table a number in an address is of."""
WORDS = {
    "kind": ("blocks", "tasks", "periods", "bands", "khong-co"),
    "code": ("RS-2017", "khong-co"),
    "step": ("launch", "close_reporting", "publish"),
    "paper_kind": tuple(PaperKind),
    "day": (date(2021, 1, 1).isoformat(), "khong-co"),
    "key": ("2-so-y-te", "khong-co"),
    "name": ("name", "khong-co"),
    "token": ("khong-co",),
    "role": ("unit-officer", "khong-co"),
    "address": ("khong-co",),
}
ASKED = (
    "now=1&q=a&state=all&version=1&a=1&b=2&act=report&actor=a&block=1&period=1&unit=3"
    "&year=2021&subject=&page=1&role=admin&trial_value=1&correct=1&part=name"
    "&criterion=1&group_id=1&next=/&sort=-name&phase=scoring&band=Tốt&function=chair&group=1"
    "&kind=1&left=no&of=target&opinion=open&parent=1&step=found&stage=silent&whole=1"
    "&row=1&taken=v:1:value&done=no&campaign=1&what=nomination&permit=a&iss=a"
)
"""Every parameter the pages know, at once."""
FORMS = (
    {},
    {"reason": "thử", "field": "n:1:1", "value": "x", "base": "", "title": "thử", "name": "thử"},
)
MISSING = 999_999


@dataclass(frozen=True)
class Order:
    """How far to go: so many combinations of rows for each route, by so many people."""

    rows: int
    posts: int
    with_parameters: bool = True
    people: Sequence[str] = ()


def outsiders() -> list[User]:
    """Somebody without a role, and an officer of a unit of another campaign only."""
    unit = build.unit(name="Đơn vị phong trào khác")
    other = build.campaign(title="Phong trào khác")
    build.participation(other, unit=unit, block=build.block(other))
    people = [build.user(name="Người Chưa Có Vai Trò"), build.user(Role.UNIT_OFFICER, at=unit)]
    db.session.commit()
    return people


def declare_recusal(campaign: Campaign) -> None:
    """A member declares a unit of the districts' block, not their own."""
    user = db.session.scalars(select(User).where(User.user_name == "pho-giam-doc-2")).one()
    member = db.session.scalars(
        select(CouncilMember).where(
            CouncilMember.campaign_id == campaign.id, CouncilMember.user_id == user.id
        )
    ).one_or_none()
    unit = next(
        (unit for unit, (_, name) in council.competing(campaign.id).items() if name == "Cao Phong"),
        None,
    )
    if member is not None and unit is not None:
        table = Base.metadata.tables["recusal"]
        db.session.connection().execute(
            table.insert().values(
                member_id=member.id,
                unit_id=unit,
                origin=RecusalOrigin.DECLARED,
                reason="có người thân",
                at=build.NOW,
                by_id=user.id,
            )
        )
        db.session.commit()


def personas(campaign: Campaign, day: date, more: Sequence[int]) -> list[Persona]:
    """Who asks."""
    known = db.session.scalars(
        select(User).where(User.user_name.in_(NAMES) | User.id.in_(more)).order_by(User.id)
    ).all()
    return [Persona("nobody"), *(_persona(user, campaign, day) for user in known)]


def _persona(user: User, campaign: Campaign, day: date) -> Persona:
    db.session.refresh(user, ["grants"])
    member = council.active_member(user.id, campaign.id, day)
    withheld = council.hidden_unit_ids(member) if member else frozenset()
    blocks = db.session.execute(
        select(Base.metadata.tables["participation"].c["unit_id", "block_id"])
    )
    units = {row.unit_id: row.block_id for row in blocks}
    return Persona(
        user.user_name,
        user.id,
        frozenset(role.value for role in user.roles),
        frozenset(user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)),
        user.own_unit_ids,
        withheld,
        frozenset(units[unit] for unit in (withheld | user.own_unit_ids) & units.keys())
        if member
        else frozenset(),
        is_member=member is not None,
        leads=member is not None and member.function in READS_MARKS,
    )


class Sample:
    """Rows to ask for: such as belong together, own and others' by turns; any; none."""

    def __init__(self, campaign_id: int, chance: random.Random) -> None:
        self.chance, self.campaign_id = chance, campaign_id
        self.values: dict[str, tuple[object, ...]] = dict(WORDS)
        for name, table in ROWS.items():
            column = next(iter(Base.metadata.tables[table].primary_key))
            self.values[name] = (*sorted(db.session.scalars(select(column))), MISSING)
        last = audit.head()[0]
        self.values["number"] = (*range(max(1, last - 70), last + 1), 1, MISSING)
        self.values["subject_id"] = (*range(1, 45), MISSING)
        self.together = list(self._together())

    def _together(self) -> Iterator[dict[str, object]]:
        """Rows around each report: its unit, block, evidence, nominee, versions."""
        rows = {
            name: db.session.execute(select(Base.metadata.tables[name])).mappings().all()
            for name in (
                "participation",
                "report",
                "evidence",
                "nominee",
                "verification",
                "inspection",
                "inspection_file",
            )
        }
        for entry in rows["participation"]:
            about = {
                "campaign_id": entry["campaign_id"],
                "participation_id": entry["id"],
                "unit_id": entry["unit_id"],
                "block_id": entry["block_id"],
            }
            for name in ("nominee", "inspection"):
                about[f"{name}_id"] = _last(rows[name], "participation_id", entry["id"])
            about["file_id"] = _last(
                rows["inspection_file"], "inspection_id", about["inspection_id"]
            )
            reports = [row for row in rows["report"] if row["participation_id"] == entry["id"]]
            for report in reversed(reports):
                evidence_id = _last(rows["evidence"], "report_id", report["id"])
                yield {
                    **about,
                    "report_id": report["id"],
                    "period_id": report["period_id"],
                    "evidence_id": evidence_id,
                    "number": 1,
                    "subject_id": report["id"],
                }
            if not reports:
                yield about

    def of(self, rule: Rule, most: int, who: Persona) -> Iterator[dict[str, object]]:
        """So many combinations for one route: own and foreign by turns, and one of any rows."""
        names = sorted(rule.arguments)
        own = [sample for sample in self.together if sample["unit_id"] in who.held | who.kept]
        foreign = [sample for sample in self.together if sample not in own]
        self.chance.shuffle(foreign)
        turns = [
            sample for pair in zip_longest(own, foreign) for sample in pair if sample is not None
        ]
        asked: list[dict[str, object]] = []
        if names == ["number"] and who.is_any(*READ_THE_RECORD):
            most = len(self.values["number"])
        for place in range(most * 3):
            about = turns[place % len(turns)] if turns and place < most * 2 else {}
            values = {
                name: self._value(name, about, place, alone=names == [name]) for name in names
            }
            if values not in asked:
                asked.append(values)
        return iter(asked[:most])

    def _value(self, name: str, about: dict[str, object], place: int, *, alone: bool) -> object:
        known = self.values[name]
        if name == "campaign_id" and not about:
            return self.chance.choice((self.campaign_id, self.campaign_id, known[-2], MISSING))
        if alone and name == "number":
            return known[place % len(known)]
        return about.get(name) or (
            known[place] if place < len(known) else self.chance.choice(known)
        )


def _last(rows: Sequence[Any], column: str, value: object) -> object:
    """The number of the last row that belongs there; None where there is none."""
    return next((row["id"] for row in reversed(rows) if row[column] == value), None)


def told(answer: TestResponse) -> str:
    """Everything an answer tells: headers, and the text of its body whatever it is written in."""
    parts = [unquote(str(answer.headers))]
    body, kind = answer.data, answer.mimetype
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts += [
                html.unescape(packed.read(name).decode(errors="replace"))
                for name in packed.namelist()
                if name.endswith((".xml", ".rels", ".json", ".csv", ".txt"))
            ]
    elif body[:5] == b"%PDF-":
        document = PdfDocument(body)
        parts += [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    elif kind.startswith("text/") or kind in {"application/json", "application/xml"}:
        parts.append(html.unescape(answer.get_data(as_text=True)))
        if kind == "application/json":
            parts.append(
                answer.get_data(as_text=True).encode().decode("unicode-escape", errors="ignore")
            )
    return "\n".join(parts)


class Walker:
    """One stage of the story on one database."""

    def __init__(
        self,
        app: Flask,
        aviary: Aviary,
        stage: Stage,
        findings: Findings,
        restore: Callable[[], None],
        campaign_id: int,
    ) -> None:
        self.campaign_id = campaign_id
        self.app, self.aviary, self.stage, self.findings = app, aviary, stage, findings
        self.restore, self.chance = restore, random.Random(stage.value)  # noqa: S311 - no secret

    def walk(self, people: Sequence[Persona], order: Order) -> None:
        """As everybody, GET first; whatever a POST changed is put back at once."""
        sample = Sample(self.campaign_id, self.chance)
        rules = sorted(
            (rule for rule in self.app.url_map.iter_rules() if rule.endpoint != "static"),
            key=lambda rule: rule.rule,
        )
        for who in people:
            browser, before = self._browser(who), audit.head()
            for rule in rules:
                if "GET" in rule.methods:
                    for values in sample.of(rule, order.rows, who):
                        address = self._address(rule, values, "GET")
                        self._look(who, rule, address, browser.get(address))
                        if order.with_parameters:
                            self._look(
                                who, rule, f"{address}?{ASKED}", browser.get(f"{address}?{ASKED}")
                            )
            if audit.head() != before:
                self.findings.written.append(who.name)
            if order.posts:
                self._post(who, rules, sample, order)

    def _post(self, who: Persona, rules: Sequence[Rule], sample: Sample, order: Order) -> None:
        for rule in rules:
            if "POST" not in rule.methods or rule.endpoint == "accounts.sign_out":
                continue
            for values in sample.of(rule, order.posts, who):
                address, before = self._address(rule, values, "POST"), audit.head()
                browser = self._browser(who)
                form = self.chance.choice(FORMS)
                self._look(who, rule, f"POST {address}", browser.post(address, data=form))
                if audit.head() != before:
                    self.restore()

    def _address(self, rule: Rule, values: dict[str, object], method: str) -> str:
        return self.app.url_map.bind("localhost").build(rule.endpoint, values, method=method)

    def _browser(self, who: Persona) -> object:
        browser = self.app.test_client()
        browser.environ_base["REMOTE_ADDR"] = FAR  # this machine itself is told how it stands
        if who.user_id is not None:
            user = db.session.get(User, who.user_id)
            with browser.session_transaction() as session:
                session["_user_id"], session["_fresh"] = user.get_id(), True
        return browser

    def _look(self, who: Persona, rule: Rule, address: str, answer: TestResponse) -> None:
        self.findings.routes.add(rule.endpoint)
        self.findings.requests += 1
        if answer.status_code >= 500 and rule.endpoint != "health.ready":
            self.findings.faults.setdefault(
                f"{rule.endpoint} {answer.status_code}", f"{self.stage} {who.name} {address}"
            )
        for canary in self.aviary.seen_in(told(answer)):
            self.findings.seen.add(f"{canary.table}.{canary.column}")
            if not may_read(who, canary, self.stage):
                self.findings.leaks.setdefault(
                    f"{rule.endpoint}: {canary.table}.{canary.column} to {who.name}, {self.stage}",
                    f"{address} row {canary.key}, unit {canary.unit_id}",
                )
        answer.close()
