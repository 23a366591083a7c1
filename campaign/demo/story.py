"""Diễn tập: the campaign of 2021 told by the same actions its people take, one transaction
an act.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts import actions as accounts
from campaign.accounts import passwords
from campaign.accounts.models import User
from campaign.audit import recorder
from campaign.conduct import actions as conduct
from campaign.conduct.rules import Step
from campaign.core.permissions import Role
from campaign.council import actions as council
from campaign.council import queries as members
from campaign.council.models import CouncilMember
from campaign.council.rules import RecusalOrigin
from campaign.demo import clock, content, council_room
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content import head_of, officer_of
from campaign.demo.files import pdf_file, word_file
from campaign.demo.stages import Filing, Progress, Stage, final, march
from campaign.enrolment import actions as enrolment
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours.models import RuleSet
from campaign.inspection import actions as inspection
from campaign.office import actions as office
from campaign.planning import actions as planning
from campaign.planning.criteria import actions as criteria
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.queries import scheme_of, shares_of
from campaign.planning.rules import Phase
from campaign.publicity import actions as publicity
from campaign.publicity.models import Post
from campaign.ranking import actions as ranking
from campaign.reporting import actions as reporting
from campaign.reporting import queries as reports
from campaign.reporting.deadlines import actions as extending
from campaign.reporting.evidence import actions as evidence
from campaign.reporting.models import Report
from campaign.reporting.rules import Demands, from_snapshot
from campaign.scheme.actions import install_measure_units
from campaign.scheme.models import Indicator, MeasureUnit
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, OwnerPart, ValueKind
from campaign.scoring import actions as scoring
from campaign.scoring import queries as sheets
from campaign.scoring.actions import Markable
from campaign.scoring.rules import council_criteria
from campaign.scoring.units import units_of
from campaign.units import actions as units
from campaign.verification import actions as verification
from campaign.verification import queries as verified

LIMITS = (20 * 1024 * 1024, 200 * 1024 * 1024)
HALF = Decimal("0.5")


def tell(stage: Stage) -> Campaign:
    """Kể đến một thời điểm; the database must be empty."""
    cast = Cast()
    with act("demo.load", None):
        clock.move(stage.today)
        honours.install_catalogue()
        install_measure_units()
        db.session.get_one(RuleSet, "RS-2017").power_basis = content.POWER_BASIS
        _settle_units(cast)
        _invite_people(cast)
    campaign = _plan(cast)
    if stage.is_past(Stage.REPORTING):
        _launch(cast, campaign)
        _enrol(cast, campaign)
        _step(campaign, cast, Step.OPEN_REPORTING, Phase.LAUNCHED, date(2021, 3, 5))
        _tell_news(cast, campaign, content.PLEDGES)
        _extend(cast, campaign)
        _report(cast, campaign, is_final=False, filing=lambda code: march(code, stage))
    if stage.is_past(Stage.SCORING):
        _step(campaign, cast, Step.START_VERIFYING, Phase.REPORTING, date(2021, 4, 8))
        _verify(cast, campaign, is_final=False, filing=lambda code: march(code, stage))
        _tell_news(cast, campaign, content.REMINDER)
        _report(cast, campaign, is_final=True, filing=lambda code: final(code, stage))
        _verify(cast, campaign, is_final=True, filing=lambda code: final(code, stage))
        _inspect(cast, campaign)
        _step(campaign, cast, Step.OPEN_SCORING, Phase.VERIFYING, date(2021, 4, 27))
        _score(cast, campaign, is_over=stage.is_past(Stage.MEETING))
    if stage.is_past(Stage.MEETING):
        council_room.nominate(cast, campaign)
        _step(campaign, cast, Step.CLOSE_SCORING, Phase.SCORING, date(2021, 5, 8))
        with act("ranking.freeze", cast.secretary, campaign):
            ranking.freeze(campaign, reason="", by=cast.secretary, at=moment(date(2021, 5, 10), 10))
        meeting = council_room.call(cast, campaign)
    if stage is Stage.PUBLISHED:
        council_room.hold(cast, campaign, meeting)
        _step(campaign, cast, Step.DECIDE, Phase.MEETING, date(2021, 5, 12))
        council_room.decide(cast, campaign)
        council_room.correct(cast, campaign)
        _conclude(cast, campaign)
    recorder.acting_as(None, "Hệ thống")
    return campaign


def _settle_units(cast: Cast) -> None:
    for row in (
        *content.OFFICES,
        *(unit for district in content.DISTRICTS for unit in district.units),
    ):
        parent = cast.units.get(row.parent)
        cast.units[row.code] = units.save_unit(
            None,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            parent_id=parent.id if parent else None,
            valid_from=None,
            valid_to=row.valid_to,
            is_illustrative=row.is_illustrative,
        )


def _competing() -> list[content.DemoUnit]:
    every = (*content.OFFICES, *(district.units[1] for district in content.DISTRICTS))
    return [row for row in every if row.block is not None]


def _invite_people(cast: Cast) -> None:
    password = passwords.hashed(content.PASSWORD)
    roles = {
        content.ADMIN: Role.ADMIN,
        content.INSPECTOR: Role.INSPECTOR,
        content.DIRECTOR: Role.DIRECTOR,
        **dict.fromkeys(content.SECRETARIAT, Role.SECRETARIAT),
        **dict.fromkeys(content.DEPUTIES, None),
    }
    for person, role in roles.items():
        _invite(cast, person, password, [(role, None)] if role else [])
    for row in _competing():
        unit_id = cast.units[row.code].id
        head = content.Person(
            head_of(row.code),
            content.HEADS[row.code],
            _honorific(content.HEADS[row.code]),
            cast.units[row.code].signs_as,
            row.code,
        )
        officer = content.Person(
            officer_of(row.code),
            content.OFFICERS[row.code],
            _honorific(content.OFFICERS[row.code]),
            "Cán bộ báo cáo",
            row.code,
        )
        _invite(cast, head, password, [(Role.UNIT_HEAD, unit_id)])
        _invite(cast, officer, password, [(Role.UNIT_OFFICER, unit_id)])


def _honorific(full_name: str) -> str:
    return "Bà" if " Thị " in full_name or full_name == "Trần Thu Hà" else "Ông"


def _invite(
    cast: Cast, person: content.Person, password: str, roles: Sequence[tuple[Role, int | None]]
) -> None:
    user = accounts.create_person(
        user_name=person.user_name,
        full_name=person.full_name,
        honorific=person.honorific,
        position=f"{person.position} {content.MADE_UP}",
        unit_id=cast.units[person.unit].id,
        is_demo=True,
    )
    accounts.set_password(user, password)
    accounts.set_roles(user, roles, is_active=True)
    cast.users[person.user_name] = user


def _plan(cast: Cast) -> Campaign:
    with act("campaign.create", cast.secretary):
        campaign = planning.create_campaign(
            {**content.CAMPAIGN, "organiser_id": cast.units[content.DEPARTMENT].id}
        )
    with act("plan.save", cast.secretary, campaign):
        for name, short_name in content.BLOCKS:
            planning.save_row(campaign, Block(), {"name": name, "short_name": short_name})
        for name, guidance in content.TASKS:
            planning.save_row(campaign, Task(), {"name": name, "guidance": guidance})
        for period in content.PERIODS:
            planning.save_period(campaign, ReportingPeriod(), dict(period))
        _plan_indicators(cast, campaign)
        criteria.take_default_table(campaign)
    with act("paper.design", cast.secretary):
        office.save_letterhead(
            {**content.LETTERHEAD, "leader_name": cast.users["giam-doc"].full_name}
        )
    with act("council.save", cast.secretary, campaign):
        for name, function in content.COUNCIL:
            council.add_member(
                campaign,
                cast.users[name.lower()],
                function=function,
                term_from=date(2021, 1, 1),
                term_to=date(2025, 12, 31),
            )
    with act("award.plan", cast.secretary, campaign):
        council_room.plan(campaign)
    return campaign


def _plan_indicators(cast: Cast, campaign: Campaign) -> None:
    measures = {row.name: row.id for row in db.session.scalars(select(MeasureUnit))}
    for one in content.INDICATORS:
        row = Indicator()
        planning.save_row(
            campaign,
            row,
            {
                **one.values,
                "measure_unit_id": measures[one.measure_unit],
                "points_rule": one.rule.to_data(),
            },
        )
        cast.indicators[one.key] = row
        owners = {
            cast.units[one.lead].id: OwnerPart.LEAD,
            **{cast.units[code].id: OwnerPart.SUPPORT for code in one.support},
        }
        save_allocations(
            campaign,
            row,
            owners,
            {
                cast.units[district.code].id: {**targets, "is_illustrative": True}
                for district in content.DISTRICTS
                if (targets := _allocated(one.key, district)) is not None
            },
        )


def _allocated(key: str, district: content.District) -> dict[str, Decimal | None] | None:
    """The target a district office has for an indicator; None where it has no part in it."""
    nothing: dict[str, Decimal | None] = {
        "target": None,
        "growth_target": None,
        "previous_year_value": None,
    }
    match key:
        case "iip":
            return {**nothing, "growth_target": Decimal(8)}
        case "retail":
            before = (district.retail / Decimal("1.18")).quantize(Decimal("0.01"))
            return {
                **nothing,
                "target": district.retail,
                "growth_target": Decimal(18),
                "previous_year_value": before,
            }
        case "grid":
            return {**nothing, "target": district.households_target}
        case _:
            return None


def _step(campaign: Campaign, cast: Cast, step: Step, expected: Phase, day: date) -> None:
    with act("campaign.move", cast.secretary, campaign):
        conduct.move(
            campaign,
            step,
            expected=expected,
            reason="",
            by=cast.secretary,
            at=moment(day, 8),
            is_warned=True,
        )


def _launch(cast: Cast, campaign: Campaign) -> None:
    _step(campaign, cast, Step.LAUNCH, Phase.DRAFT, date(2021, 2, 26))
    with act("post.save", cast.secretary, campaign):
        post = db.session.scalars(
            select(Post).where(Post.campaign_id == campaign.id, Post.is_announcement)
        ).one()
        publicity.save_post(
            post,
            title="Sở Công Thương phát động đợt thi đua đặc biệt chào mừng 70 năm Ngày truyền "
            "thống ngành Công Thương",
            body=campaign.announcement,
            source="Văn phòng Sở",
        )
        post.published_on = date(2021, 3, 2)


def _tell_news(cast: Cast, campaign: Campaign, news: content.News) -> None:
    with act("post.save", cast.secretary, campaign):
        post = Post(campaign_id=campaign.id, is_announcement=False, is_illustrative=True)
        publicity.save_post(post, title=news.title, body=news.body, source=news.source)
        publicity.publish(post, on=news.on)


def _enrol(cast: Cast, campaign: Campaign) -> None:
    blocks = db.session.scalars(
        select(Block).where(Block.campaign_id == campaign.id).order_by(Block.position)
    ).all()
    for row in _competing():
        head = cast.users[head_of(row.code)]
        with act("enrolment.enrol", head, campaign):
            taking = enrolment.enrol(
                campaign,
                cast.units[row.code],
                commitments=content.COMMITMENTS,
                by=head,
                at=moment(date(2021, 3, 2), 14),
            )
        with act("enrolment.confirm", cast.secretary, campaign):
            enrolment.confirm(
                campaign,
                taking,
                block_id=blocks[row.block or 0].id,
                by=cast.secretary,
                at=moment(date(2021, 3, 3), 9),
            )
        cast.participations[row.code] = taking


def _extend(cast: Cast, campaign: Campaign) -> None:
    period = _period(campaign, is_final=False)
    with act("report.extend", cast.secretary, campaign):
        extending.grant_extension(
            cast.participations["MC"],
            period,
            due_on=date(2021, 4, 12),
            locks_on=date(2021, 4, 15),
            reason=(
                f"Cán bộ báo cáo đi chống hạn tại xã, đơn vị có văn bản xin lùi {content.MADE_UP}"
            ),
            by=cast.secretary,
            at=moment(date(2021, 4, 1), 10),
        )


def _period(campaign: Campaign, *, is_final: bool) -> ReportingPeriod:
    return db.session.scalars(
        select(ReportingPeriod).where(
            ReportingPeriod.campaign_id == campaign.id, ReportingPeriod.is_final == is_final
        )
    ).one()


def _report(
    cast: Cast, campaign: Campaign, *, is_final: bool, filing: Callable[[str], Filing]
) -> None:
    period, scheme = _period(campaign, is_final=is_final), scheme_of(campaign.id)
    for place, row in enumerate(_competing()):
        filed = filing(row.code)
        if filed.progress is Progress.NONE:
            continue
        head, officer = cast.users[head_of(row.code)], cast.users[officer_of(row.code)]
        at = moment(filed.submitted_on, 15, place * 3)
        with act("report.save", officer, campaign):
            opened = reporting.open_report(campaign, cast.participations[row.code], period)
            report = db.session.scalars(
                select(Report)
                .where(Report.id == opened.id)
                .options(joinedload(Report.participation), joinedload(Report.period))
            ).one()
            demands = reports.demands_of(report, scheme)
            is_whole = filed.progress.has(Progress.PREPARED)
            _write(cast, report, demands, row.code, place, officer, at, is_whole=is_whole)
        if is_whole:
            with act("report.prepare", officer, campaign):
                reporting.prepare(
                    campaign, report, reports.content_of(report.id), demands, by=officer, at=at
                )
        if filed.progress.has(Progress.SUBMITTED):
            _submit(campaign, report, demands, scheme, head, at)
        if filed.progress is Progress.RETURNED:
            _return(cast, campaign, report, at)


def _write(
    cast: Cast,
    report: Report,
    demands: Demands,
    code: str,
    place: int,
    officer: User,
    at: datetime,
    *,
    is_whole: bool,
) -> None:
    """Fill in a report as its officer would; an unfinished one lacks its last narratives and
    scores.
    """
    is_final = report.period.is_final
    for indicator in demands.indicators:
        key = next(name for name, row in cast.indicators.items() if row.id == indicator.id)
        value, comparison = _claimed(key, code, is_final=is_final)
        for part, text in (
            ("value", value),
            ("comparison", comparison),
            ("kind", ValueKind.ESTIMATED.value),
            ("source", f"Cục Thống kê và báo cáo của cơ sở {content.MADE_UP}"),
        ):
            if text:
                reporting.save_field(
                    report, demands, f"v:{indicator.id}:{part}", text, "", by=officer, at=at
                )
    tasks = list(demands.tasks) if is_whole else list(demands.tasks)[:2]
    for number, task in enumerate(tasks):
        text = content.NARRATIVES[number].format(n=6 + (place * 5 + number * 3) % 17)
        reporting.save_field(report, demands, f"n:{task}:text", text, "", by=officer, at=at)
    if is_final:
        _judge_oneself(report, demands, code, place, officer, at, is_whole=is_whole)


def _judge_oneself(
    report: Report,
    demands: Demands,
    code: str,
    place: int,
    officer: User,
    at: datetime,
    *,
    is_whole: bool,
) -> None:
    scored = [
        row
        for row in demands.criteria
        if row.judged_by is not JudgedBy.INDICATOR and row.kind is CriterionKind.BASE
    ]
    for criterion in scored if is_whole else scored[:2]:
        points = criterion.maximum - HALF * ((place + criterion.id) % 3)
        saved = {
            "points": reporting.shown(points),
            "explanation": f"Hoàn thành theo hướng dẫn chấm {content.MADE_UP}",
        }
        for part, text in saved.items():
            reporting.save_field(
                report, demands, f"s:{criterion.id}:{part}", text, "", by=officer, at=at
            )
        if criterion.code in content.EVIDENCE:
            name, text = content.EVIDENCE[criterion.code]
            file = (
                pdf_file()
                if name.endswith(".pdf")
                else word_file(name.removesuffix(".docx"), f"Đơn vị: {code}", text, content.MADE_UP)
            )
            evidence.attach(
                report,
                file,
                name,
                criterion_id=criterion.id,
                indicator_id=None,
                limits=LIMITS,
                by=officer,
                at=at,
            )


def _claimed(key: str, code: str, *, is_final: bool) -> tuple[str, str]:
    """Value and comparison, as an officer types them."""
    district = next((row for row in content.DISTRICTS if row.code == code), None)
    one = next(row for row in content.INDICATORS if row.key == key)
    if district is None:
        comparison = one.comparison[is_final] if one.comparison else ""
        return _typed(Decimal(one.reported[is_final])), _typed(
            Decimal(comparison)
        ) if comparison else ""
    match key:
        case "iip":
            return _typed(district.index - (0 if is_final else Decimal("0.8"))), "100"
        case "retail":
            share = (district.retail * district.retail_share / (300 if is_final else 400)).quantize(
                Decimal("0.01")
            )
            return _typed(share), ""
        case _:
            return _typed(district.households), ""


def _typed(value: Decimal) -> str:
    return reporting.shown(value)


def _submit(
    campaign: Campaign, report: Report, demands: Demands, scheme: Scheme, head: User, at: datetime
) -> None:
    with act("report.submit", head, campaign):
        typed = reporting.with_rule_points(
            reports.content_of(report.id),
            demands,
            scheme,
            report.participation.unit_id,
            shares_of(campaign, report.period),
        )
        reporting.submit(campaign, report, typed, demands, by=head, at=at)


def _return(cast: Cast, campaign: Campaign, report: Report, at: datetime) -> None:
    version = reports.latest_version(report.id)
    if version is None:
        return
    with act("verification.return", cast.secretary, campaign):
        verification.return_report(
            campaign,
            report,
            version,
            due_on=date(2021, 4, 30),
            by=cast.secretary,
            at=at,
            reason="Số hộ dùng điện chưa khớp với số của ngành điện; đề nghị đối chiếu và ghi rõ "
            "nguồn. "
            f"{content.MADE_UP}",
        )


def _verify(
    cast: Cast, campaign: Campaign, *, is_final: bool, filing: Callable[[str], Filing]
) -> None:
    period, scheme = _period(campaign, is_final=is_final), scheme_of(campaign.id)
    for place, row in enumerate(_competing()):
        if not filing(row.code).progress.has(Progress.VERIFIED):
            continue
        by, at = cast.verifier_of(row.code), moment(filing(row.code).submitted_on, 16, place * 3)
        taking = cast.participations[row.code]
        found = reports.report_of(taking.id, period.id)
        version = reports.latest_version(found.id) if found else None
        if found is None or version is None:
            continue
        claimed = from_snapshot(version.snapshot)
        report = db.session.scalars(
            select(Report)
            .where(Report.id == found.id)
            .options(joinedload(Report.participation), joinedload(Report.period))
        ).one()
        applicable = scheme.maxima_for(taking.unit_id, taking.block_id) if is_final else {}
        with act("verification.save", by, campaign):
            opened = verification.begin(campaign, report, by=by)
            verification.take_claimed(opened, claimed, scheme, by=by, at=at)
            db.session.flush()
            typed = _corrections(cast, row.code, is_final=is_final) | _secretariat_points(
                scheme, applicable, place
            )
            for name, text in typed.items():
                base = (
                    ""
                    if not name.endswith(":value")
                    else reporting.shown(claimed.values[int(name.split(":")[1])].value)
                )
                verification.save_field(opened, scheme, applicable, name, text, base, by=by, at=at)
        with act("verification.finish", by, campaign):
            values, points = verified.checked_of(opened.id)
            left = verification.missing(scheme, applicable, claimed, values, points)
            verification.finish(opened, report, left, by=by, at=at)


def _corrections(cast: Cast, code: str, *, is_final: bool) -> dict[str, str]:
    """What the secretariat finds otherwise than the unit."""
    if code == "QLCN" and not is_final:
        value, source = content.FIRST_QUARTER_INDEX
        number = cast.indicators["iip"].id
        return {
            f"v:{number}:official_value": reporting.shown(value),
            f"v:{number}:official_source": source,
        }
    if code == "KB" and is_final:
        number = cast.indicators["retail"].id
        return {
            f"v:{number}:value": "1.012,4",
            f"v:{number}:comment": f"Trừ phần doanh thu tính hai lần tại chợ Bo {content.MADE_UP}",
        }
    return {}


def _secretariat_points(
    scheme: Scheme, applicable: Mapping[int, Decimal], place: int
) -> dict[str, str]:
    found: dict[str, str] = {}
    for criterion in scheme.criteria:
        if criterion.id not in applicable or criterion.judged_by is not JudgedBy.SECRETARIAT:
            continue
        if criterion.kind is CriterionKind.BASE:
            points = criterion.maximum - Decimal((place + criterion.id) % 4 == 0)
            comment = "Theo sổ theo dõi báo cáo của Thường trực."
        elif criterion.kind is CriterionKind.BONUS and place % 5 == 1:
            points, comment = Decimal(2), "Một sáng kiến được công nhận."
        else:
            continue
        found[f"p:{criterion.id}:points"] = reporting.shown(points)
        found[f"p:{criterion.id}:comment"] = f"{comment} {content.MADE_UP}"
    return found


def _inspect(cast: Cast, campaign: Campaign) -> None:
    inspector = cast.users[content.INSPECTOR.user_name]
    at = moment(date(2021, 4, 22), 16)
    values = {
        "held_on": date(2021, 4, 22),
        "team": f"Quách Thị Ngân, Đinh Văn Lộc {content.MADE_UP}",
        "checked": "Sổ theo dõi doanh thu của ba chợ và hai siêu thị trên địa bàn.",
        "findings": f"Doanh thu một chợ được cộng hai lần trong tháng 4. {content.MADE_UP}",
        "conclusion": f"Đề nghị đơn vị báo lại tổng mức bán lẻ. {content.MADE_UP}",
    }
    with act("inspection.save", inspector, campaign):
        inspection.save(
            None,
            cast.participations["KB"],
            values,
            [cast.indicators["retail"].id],
            [],
            by=inspector,
            at=at,
        )


def _score(cast: Cast, campaign: Campaign, *, is_over: bool) -> None:
    """Members mark; when scoring has begun two still have cells to fill, and the districts are open
    for most.
    """
    names = {cast.users[name.lower()].id: name.lower() for name, _ in content.COUNCIL}
    council_members = members.members(campaign.id)
    _declare_interest(cast, campaign, council_members)
    blocks = sheets.blocks_of(campaign.id)
    at = moment(date(2021, 5, 7) if is_over else date(2021, 4, 28), 7)
    for place, member in enumerate(council_members):
        is_waiting = not is_over and names[member.user_id] in {
            name.lower() for name in content.UNLOCKED
        }
        for number, block in enumerate(blocks):
            if number and not is_over and place % 2:
                continue
            cells = _cells(campaign, member, block.id)
            left_out = 7 if is_waiting or (number and not is_over) else 0
            with act("scoring.mark", member.user, campaign):
                sheet = scoring.begin_sheet(campaign, member, block.id)
                for cell in cells[: len(cells) - left_out]:
                    scoring.save_mark(campaign, sheet, cell, _mark_of(cell, place), None, at=at)
            if not left_out:
                with act("scoring.lock", member.user, campaign):
                    scoring.lock(
                        campaign,
                        sheet,
                        cells,
                        sheets.marks_of(sheet.id),
                        units={},
                        criteria={},
                        at=at,
                    )


def _declare_interest(
    cast: Cast, campaign: Campaign, council_members: Sequence[CouncilMember]
) -> None:
    member = next(row for row in council_members if row.user_id == cast.users["pho-giam-doc-2"].id)
    with act("council.recuse", member.user, campaign):
        council.recuse(
            campaign,
            member,
            cast.units["LSN"].id,
            origin=RecusalOrigin.DECLARED,
            reason=f"Có người thân công tác tại đơn vị {content.MADE_UP}",
            by=member.user,
            at=moment(date(2021, 4, 26)),
        )


def _cells(campaign: Campaign, member: CouncilMember, block_id: int) -> list[Markable]:
    scheme = scheme_of(campaign.id)
    results = verified.verified_results(campaign.id, scheme, block_id)
    shown = units_of(block_id, members.hidden_unit_ids(member))
    return [
        Markable(row.id, one.id, one.maximum, results[row.id].version_id)
        for row in shown
        if row.id in results
        for one in council_criteria(scheme)
        if one.id in results[row.id].maxima
    ]


def _mark_of(cell: Markable, place: int) -> str:
    """A mark in halves: what the unit's work is worth to all, and each member's own hand; never
    under two thirds.
    """
    worth = cell.maximum * (97 - 6 * (cell.participation_id * 3 % 4)) / 100
    hand = (cell.participation_id * (place + 1) + cell.criterion_id) % 3 - 1
    halves = (worth / HALF).to_integral_value(ROUND_HALF_UP) + hand
    return reporting.shown(min(max(halves * HALF, cell.maximum * 2 // 3), cell.maximum))


def _conclude(cast: Cast, campaign: Campaign) -> None:
    _step(campaign, cast, Step.PUBLISH, Phase.DECIDING, date(2021, 5, 14))
    with act("post.save", cast.secretary, campaign):
        post = Post(campaign_id=campaign.id, is_announcement=False)
        publicity.save_post(
            post,
            title="Số liệu đã công bố về sáu chỉ tiêu năm 2021",
            body=content.PUBLISHED_FIGURES,
            source="Cục Thống kê Hòa Bình; Báo Hòa Bình",
        )
        publicity.publish(post, on=date(2021, 5, 14))


def is_empty() -> bool:
    """Chưa có gì: neither people nor campaigns."""
    return (
        db.session.scalar(select(User.id).limit(1)) is None
        and db.session.scalar(select(Campaign.id).limit(1)) is None
    )
