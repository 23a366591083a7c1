"""Đơn vị qua các năm: published results alone, other scales marked, awards that stand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.enrolment.models import Participation
from campaign.exemplars.rules import Step
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.honours.rules import Subject
from campaign.planning.rules import Phase, Rescaling
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.register.years.pictures import shares
from campaign.register.years.rules import YearOfUnit, not_comparable
from campaign.units.successions.models import UnitSuccession
from campaign.units.successions.rules import SuccessionKind
from tests import build
from tests.build.base import saved


def _year(number, total, *, scale="100", rescaling=Rescaling.FULL_SCALE):
    return YearOfUnit(
        number,
        f"Phong trào {number}",
        date(2020 + number, 2, 1),
        "Khối",
        is_published=True,
        scale=Decimal(scale),
        rescaling=rescaling,
        places=2,
        participation_id=number,
        rank=None if total is None else 1,
        ranked=3,
        total=None if total is None else Decimal(total),
    )


@pytest.mark.parametrize(
    ("year", "share"),
    [
        (_year(1, "93.85"), "93.85"),
        (_year(1, "905", scale="1000"), "90.50"),
        (_year(1, "70", scale="120"), "58.33"),
        (_year(1, "88.125", scale="120", rescaling=Rescaling.SHARE), "88.13"),
        (_year(1, "99.9996"), "99.9996"),
        (_year(1, None), None),
    ],
)
def test_the_share_is_of_the_maximum(year, share):
    assert year.share == (None if share is None else Decimal(share))


def test_years_of_another_scale_than_the_newest_ranked_one_are_not_comparable():
    years = [
        _year(5, None, scale="50"),
        _year(4, "90"),
        _year(3, "900", scale="1000"),
        _year(2, "80", rescaling=Rescaling.SHARE),
        _year(1, "85"),
    ]
    assert not_comparable(years) == {3, 2}
    assert not_comparable([]) == frozenset()


@pytest.mark.parametrize(
    ("totals", "finding"),
    [
        ((95, 90), "Năm 2022 đạt 95 % điểm tối đa, cao hơn lần trước (2021) 5 điểm phần trăm"),
        ((90, 90), "Năm 2022 đạt 90 % điểm tối đa, bằng lần trước (2021)"),
        (
            ("93.3340", "93.3310"),
            "Năm 2022 đạt 93,33 % điểm tối đa, cao hơn lần trước (2021) 0,003 điểm phần trăm",
        ),
        (
            ("88.5", 90),
            "Năm 2022 đạt 88,5 % điểm tối đa, thấp hơn lần trước (2021) 1,5 điểm phần trăm",
        ),
    ],
)
def test_the_shares_of_comparable_years_are_drawn_the_earliest_first(totals, finding):
    old = replace(_year(1, totals[1]), forebear="trước khi sáp nhập: Phòng Cũ")
    drawn = shares(
        [_year(3, None), _year(2, totals[0]), _year(0, 900, scale="1000"), old], build.TODAY
    )
    assert drawn.finding == finding
    assert [name for name, _ in drawn.picture.table] == [
        "2021: Phong trào 1 (trước khi sáp nhập: Phòng Cũ)",
        "2022: Phong trào 2",
    ]
    assert drawn.source == "Kết quả đã công bố, 28/04/2021."


def test_one_year_alone_is_not_drawn():
    assert shares([_year(2, 90), _year(1, 900, scale="1000")], build.TODAY) is None


def _ranked(campaign, block, totals, by):
    """A frozen table of these units in a block, best first."""
    frozen = saved(
        FrozenRanking(
            campaign_id=campaign.id,
            at=build.NOW,
            by_id=by.id,
            settings={},
            audit_number=1,
            audit_hash="0" * 64,
            sha256="0" * 64,
        )
    )
    for rank, (unit, total) in enumerate(totals.items(), start=1):
        entry = build.participation(campaign, unit=unit, block=block)
        db.session.add(
            FrozenStanding(
                ranking_id=frozen.id,
                participation_id=entry.id,
                block_id=block.id,
                rank=rank,
                total=Decimal(total),
                explanation={},
            )
        )
    db.session.flush()


def test_a_unit_sees_its_published_years_and_nothing_of_one_that_still_runs(app, sign_in, page):
    unit, other = build.unit(name="Phòng Năng lượng"), build.unit()
    by = build.user(Role.SECRETARIAT)
    for year, scale, phase, totals in (
        (2019, 100, Phase.PUBLISHED, {other: "91", unit: "90.5"}),
        (2020, 1000, Phase.PUBLISHED, {unit: "905", other: "800"}),
        (2021, 100, Phase.PUBLISHED, {unit: "95.25", other: "95"}),
        (2022, 100, Phase.DECIDING, {unit: "77.77", other: "70"}),
    ):
        campaign = build.campaign(
            title=f"Thi đua năm {year}",
            phase=phase,
            scale=Decimal(scale),
            starts_on=date(year, 2, 1),
            ends_on=date(year, 4, 30),
        )
        _ranked(campaign, build.block(campaign, name="Khối"), totals, by)
    build.campaign(title="Dự thảo kín")
    db.session.commit()
    client = sign_in(build.user(Role.UNIT_OFFICER, at=unit))
    shown = page(client.get(f"/units/{unit.id}/years"))
    rows = [
        " ".join(row.text_content().split()) for row in shown.tree.cssselect("table.cards tbody tr")
    ]
    assert [row.split(" năm ")[1] for row in rows] == [
        "2022 2022 Khối chưa công bố kết quả",
        "2021 2021 Khối 1/2 95,25/100 95,25 % —",
        "2020 thang điểm khác, không so sánh được 2020 Khối 1/2 905,00/1.000 90,5 % —",
        "2019 2019 Khối 2/2 90,50/100 90,5 % —",
    ]
    assert "77,77" not in shown.tree.text_content()
    home = page(client.get("/home/"))
    assert f"/units/{unit.id}/years" in home.tree.xpath("//main//a/@href")


def test_a_unit_carries_the_years_and_awards_of_those_it_came_of_with_a_mark(app, sign_in, page):
    new = build.unit(name="Phòng Công Thương", valid_from=date(2021, 1, 1))
    old = build.unit(name="Phòng Thương mại", valid_to=date(2020, 12, 31))
    gone = build.unit(name="Phòng Chợ")
    for unit, kind in ((old, "merged"), (gone, "split")):
        saved(
            UnitSuccession(
                predecessor_id=unit.id,
                successor_id=new.id,
                kind=SuccessionKind(kind),
                effective_on=date(2021, 1, 1),
                basis="Quyết định số 01/QĐ-SCT",
            )
        )
    by = build.user(Role.SECRETARIAT)
    for year, totals in ((2020, {old: "91", gone: "80"}), (2021, {new: "95", gone: "70"})):
        campaign = build.campaign(
            title=f"Thi đua năm {year}",
            phase=Phase.PUBLISHED,
            starts_on=date(year, 2, 1),
            ends_on=date(year, 4, 30),
        )
        _ranked(campaign, build.block(campaign, name="Khối"), totals, by)
    for year, name in ((2019, "Phòng Thương Mại"), (2022, gone.name)):
        saved(
            PastAward(
                year=year,
                number="1",
                form_name="Giấy khen",
                subject=Subject.COLLECTIVE,
                name=name,
                search_key="",
            )
        )
    entry = db.session.query(Participation).filter_by(unit_id=old.id).one()
    build.exemplar(entry, by=by, name="Tổ chợ văn minh", step=Step.FOLLOWED)
    build.exemplar(entry, by=by, name="Tổ chưa xong", step=Step.SUMMED_UP)
    client = sign_in(build.user(Role.UNIT_OFFICER, at=new))
    shown = page(client.get(f"/units/{new.id}/years"))
    rows = [
        " ".join(row.text_content().split()) for row in shown.tree.cssselect("table.cards tbody tr")
    ]
    assert rows == [
        "Thi đua năm 2021 2021 Khối 1/2 95,00/100 95 % —",
        "Thi đua năm 2020 trước khi chia, tách: Phòng Chợ 2020 Khối 2/2 80,00/100 80 % —",
        "Thi đua năm 2020 trước khi sáp nhập: Phòng Thương mại 2020 Khối 1/2 91,00/100 91 % —",
        "Phòng Thương Mại hồ sơ cũ trước khi sáp nhập: Phòng Thương mại 2019 Giấy khen 1",
        "Tổ chợ văn minh trước khi sáp nhập: Phòng Thương mại 2020 tập thể Thi đua năm 2020",
    ]
    assert f"/units/{old.id}/years" in shown.tree.xpath("//main//a/@href")
    ended = page(client.get(f"/units/{old.id}/years"))
    assert "sáp nhập, hợp nhất vào Phòng Công Thương" in " ".join(ended.one("main").split())


def test_awards_of_the_unit_and_its_people_stand_on_its_page(tell, sign_in, page):
    demo = tell(Stage.PUBLISHED)
    leader = (
        db.session.query(Participation)
        .filter_by(campaign_id=demo.id)
        .join(FrozenStanding, FrozenStanding.participation_id == Participation.id)
        .filter(FrozenStanding.rank == 1)
        .first()
    )
    client = sign_in(build.user(Role.SECRETARIAT))
    shown = page(client.get(f"/units/{leader.unit_id}/years"))
    assert "Giấy khen của Giám đốc Sở" in shown.tree.text_content()
    assert page(client.get("/units/")).tree.xpath("//a[contains(@href, '/years')]")


def test_who_reads_no_awards_is_refused_and_no_unit_is_not_found(app, sign_in):
    unit = build.unit()
    inspector = sign_in(build.user(Role.INSPECTOR))
    assert inspector.get(f"/units/{unit.id}/years").status_code == HTTPStatus.FORBIDDEN
    director = sign_in(build.user(Role.DIRECTOR))
    assert director.get("/units/999999/years").status_code == HTTPStatus.NOT_FOUND
