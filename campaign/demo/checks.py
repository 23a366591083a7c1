"""Diễn tập, thẩm định: what the secretariat finds, and an inspection on the spot."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.accounts.models import User
from campaign.core import cells
from campaign.demo.beginning import competing_units
from campaign.demo.cast import Cast, act, moment
from campaign.demo.content.indicators import FIRST_QUARTER_INDEX
from campaign.demo.content.people import INSPECTOR
from campaign.demo.content.words import MADE_UP
from campaign.demo.reports import period_of, whole_report
from campaign.demo.stages import Filing, Progress
from campaign.inspection import actions as inspection
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.reporting import queries as reports
from campaign.reporting.rules import Content, from_snapshot
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from campaign.verification import actions as verification
from campaign.verification import cells as verified_cells
from campaign.verification import checks
from campaign.verification import queries as verified
from campaign.verification.claims import actions as claims
from campaign.verification.models import Verification


def verify_period(
    cast: Cast, campaign: Campaign, *, is_final: bool, filing: Callable[[str], Filing]
) -> None:
    """Thẩm định báo cáo của một kỳ."""
    period, scheme = period_of(campaign, is_final=is_final), scheme_of(campaign.id)
    for place, row in enumerate(competing_units()):
        if not filing(row.code).progress.has(Progress.VERIFIED):
            continue
        by, at = cast.verifier_of(row.code), moment(filing(row.code).submitted_on, 16, place * 3)
        taking = cast.participations[row.code]
        filed = reports.report_of(taking.id, period.id)
        version = reports.latest_version(filed.id) if filed else None
        if filed is None or version is None:
            continue
        claimed = from_snapshot(version.snapshot)
        report = whole_report(filed.id)
        applicable = scheme.maxima_for(taking.unit_id, taking.block_id) if is_final else {}
        with act("verification.save", by, campaign):
            opened = verification.begin(campaign, report, by=by)
            take_reported(opened, claimed, by, at)
            typed = _corrections(cast, row.code, is_final=is_final) | _secretariat_points(
                scheme, applicable, place
            )
            for name, text in typed.items():
                base = (
                    ""
                    if not name.endswith(":value")
                    else cells.shown(claimed.values[int(name.split(":")[1])].value)
                )
                verified_cells.save_field(
                    opened, scheme, applicable, name, text, base, by=by, at=at
                )
        with act("verification.finish", by, campaign):
            values, points = verified.checked_of(opened.id)
            left = checks.missing(scheme, applicable, claimed, values, points)
            verification.finish(opened, report, left, by=by, at=at)


def take_reported(opened: Verification, claimed: Content, by: User, at: datetime) -> None:
    """Nhận số đơn vị báo: each number, and each checklist that the unit ticked."""
    figures = [f"v:{number}" for number, one in claimed.values.items() if one.value is not None]
    ticked = [f"p:{number}" for number, one in claimed.scores.items() if one.ticks]
    if figures or ticked:
        claims.take(opened, claimed, figures + ticked, by=by, at=at)


def _corrections(cast: Cast, code: str, *, is_final: bool) -> dict[str, str]:
    """What the secretariat finds otherwise than the unit."""
    if code == "QLCN" and not is_final:
        value, source = FIRST_QUARTER_INDEX
        number = cast.indicators["iip"].id
        return {
            f"v:{number}:official_value": cells.shown(value),
            f"v:{number}:official_source": source,
        }
    if code == "KB" and is_final:
        number = cast.indicators["retail"].id
        return {
            f"v:{number}:value": "1.012,4",
            f"v:{number}:comment": f"Trừ phần doanh thu tính hai lần tại chợ Bo {MADE_UP}",
        }
    return {}


def _secretariat_points(
    scheme: Scheme, applicable: Mapping[int, Decimal], place: int
) -> dict[str, str]:
    typed: dict[str, str] = {}
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
        typed[f"p:{criterion.id}:points"] = cells.shown(points)
        typed[f"p:{criterion.id}:comment"] = f"{comment} {MADE_UP}"
    return typed


INSPECTION: dict[str, Any] = {
    "held_on": date(2021, 4, 22),
    "team": f"Quách Thị Ngân, Đinh Văn Lộc {MADE_UP}",
    "checked": "Sổ theo dõi doanh thu của ba chợ và hai siêu thị trên địa bàn.",
    "findings": f"Doanh thu một chợ được cộng hai lần trong tháng 4. {MADE_UP}",
    "conclusion": f"Đề nghị đơn vị báo lại tổng mức bán lẻ. {MADE_UP}",
}


def inspect_unit(cast: Cast, campaign: Campaign) -> None:
    """Kiểm tra thực tế at one unit."""
    inspector = cast.users[INSPECTOR.user_name]
    at = moment(INSPECTION["held_on"], 16)
    with act("inspection.save", inspector, campaign):
        inspection.save(
            None,
            cast.participations["KB"],
            INSPECTION,
            [cast.indicators["retail"].id],
            [],
            by=inspector,
            at=at,
        )
