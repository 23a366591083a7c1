"""Văn bản của phong trào và đơn vị: plan, pledges, reports, inspections, the summary of points,
merits.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import format_date, local_date
from campaign.core.errors import NotVisible
from campaign.core.numbers import format_decimal, format_points
from campaign.core.text import name_key
from campaign.council.queries import withheld_from
from campaign.council.rules import CouncilFunction
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.inspection import queries as visits
from campaign.nomination import queries as nominations
from campaign.nomination.models import AwardQuota, Nominee
from campaign.office.heads import (
    Asker,
    common,
    council_member,
    council_signature,
    heads_of,
    office,
    unchecked_bases,
    unit_office,
)
from campaign.office.rules import (
    INSPECTING,
    STAFF,
    Drawn,
    Item,
    bases,
    drive_words,
    listed,
    signing_title,
)
from campaign.papers.rules import date_words, moment_words
from campaign.planning.models import Block, Campaign, Task
from campaign.planning.queries import periods_of, rows_of, scheme_of
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.ranking.queries import frozen_standings, latest_frozen
from campaign.reporting import queries as reporting
from campaign.reporting.models import Report
from campaign.reporting.rules import Content, from_snapshot
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement, TargetOf
from campaign.units.models import Unit

_BOUNDS = {
    Direction.AT_LEAST: "từ {} trở lên",
    Direction.AT_MOST: "không quá {}",
    Direction.BELOW: "dưới {}",
}


def _number(value: Decimal | None, symbol: str = "") -> str:
    return "" if value is None else f"{format_decimal(value)} {symbol}".strip()


def target_words(indicator: MeasuredIndicator, unit_id: int | None = None) -> str:
    """Mức phải đạt bằng lời; of one unit where it is named."""
    given = indicator.targets_for(unit_id) if unit_id is not None else indicator
    growth, target = given.growth_target, given.year_target if unit_id is None else given.target  # type: ignore[union-attr]
    if indicator.direction is Direction.WATCH:
        return "theo dõi"
    if indicator.judgement is Judgement.GROWTH and growth is not None:
        return f"tăng {_BOUNDS[indicator.direction].format(f'{format_decimal(growth)} %')}"
    if target is None:
        return "theo mức giao"
    within = " trong cả phong trào" if indicator.target_of is TargetOf.CAMPAIGN else ""
    return _BOUNDS[indicator.direction].format(_number(target, indicator.symbol)) + within


def plans(asker: Asker, campaign: Campaign) -> list[Item]:
    """Kế hoạch: one, final once launched."""
    del asker
    return [Item(campaign.id, "Kế hoạch phát động", campaign.is_frozen)]


def plan(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung kế hoạch."""
    del asker, subject_id
    head, scheme, is_final = office(campaign), scheme_of(campaign.id), campaign.is_frozen
    blocks = rows_of(Block, campaign.id)
    day = local_date(campaign.frozen_at) if campaign.frozen_at else None
    basis = bases(campaign.legal_basis, unchecked_bases(campaign.rule_set_code, is_final=is_final))
    fields = common(
        campaign,
        head,
        about=f"Phát động {drive_words(campaign.title)}",
        symbol=head.symbol("KH"),
        day=day,
    ) | {
        "basis": basis,
        "announcement": [
            {"text": line.removeprefix("#").strip(), "is_heading": line.startswith("#")}
            for line in listed(campaign.announcement, is_final=is_final)
        ],
        "goals": [
            {
                "name": one.name,
                "target": target_words(one),
                "checked": "chưa đối chiếu" if one.is_doubted and not is_final else "",
            }
            for one in scheme.indicators.values()
        ],
        "tasks": [row.name for row in rows_of(Task, campaign.id)],
        "blocks": [{"name": block.name} for block in blocks],
        "groups": [
            {"code": group.code, "name": group.name, "maximum": _maximum_words(group)}
            for group in scheme.groups
        ],
        "scoring": _scoring_words(scheme),
        "awards": _awards(campaign.id, blocks),
        "periods": [
            {
                "name": row.name,
                "starts": format_date(row.starts_on),
                "ends": format_date(row.ends_on),
                "due": format_date(row.due_on),
                "locks": format_date(row.locks_on),
            }
            for row in periods_of(campaign.id)
        ],
    }
    return Drawn(
        fields, "Bản phát động" if is_final else f"Bản thảo {campaign.version}", campaign.frozen_at
    )


def _awards(campaign_id: int, blocks: Sequence[Block]) -> list[dict[str, str]]:
    """Hình thức và chỉ tiêu as planned: a share stays one, for units enrol after the launch."""
    quotas = nominations.quotas(campaign_id)
    found = []
    for kind in nominations.kinds(campaign_id):
        limits = [
            f"{block.name} tối đa {_limit_words(quota)}"
            for block in blocks
            if (quota := quotas.get((kind.id, block.id))) is not None
        ]
        if kind.overall_limit is not None:
            limits.append(f"toàn phong trào tối đa {kind.overall_limit}")
        found.append(
            {
                "name": kind.award_type.name,
                "subject": kind.subject.label,
                "quota": "; ".join(limits) or "không giới hạn số lượng",
            }
        )
    return found


def _limit_words(quota: AwardQuota) -> str:
    return str(quota.count) if quota.count is not None else f"{quota.percent} % số đơn vị của khối"


_SIGNS = {CriterionKind.BONUS: "cộng tối đa ", CriterionKind.PENALTY: "trừ tối đa "}


def _maximum_words(group: ScoredGroup) -> str:
    limit = group.maximum if group.cap is None else group.cap
    return f"{_SIGNS.get(group.kind, '')}{format_points(limit)}"


def _scoring_words(scheme: Scheme) -> str:
    judged = {one.judged_by for one in scheme.criteria}
    council = "; các tiêu chí còn lại do Hội đồng chấm" if JudgedBy.COUNCIL in judged else ""
    return (
        f"Tổng điểm chuẩn là {format_points(scheme.base_total)} điểm. Chỉ tiêu định lượng được "
        "tính điểm từ số liệu đã thẩm "
        f"định{council}. Đơn vị xếp hạng trong từng khối."
    )


def pledges(asker: Asker, campaign: Campaign) -> list[Item]:
    """Bản đăng ký of the units he sees."""
    own = None if asker.is_any(*INSPECTING) else asker.sight.own
    rows = db.session.scalars(enrolment.participations(campaign.id, units=own)).all()
    heads = heads_of([row.unit_id for row in rows])
    return [
        Item(
            row.id,
            row.unit.name,
            row.confirmed_at is not None and _pledged_by(row, heads) is not None,
        )
        for row in rows
    ]


def _pledged_by(row: Participation, heads: Mapping[int, Sequence[User]]) -> User | None:
    """Thủ trưởng ký giao ước: the head who enrolled the unit, else its only head."""
    people = heads.get(row.unit_id, ())
    enrolled = [one for one in people if one.id == row.enrolled_by_id]
    return enrolled[0] if enrolled else people[0] if len(people) == 1 else None


def pledge(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung bản đăng ký."""
    del asker
    row = enrolment.participation(campaign.id, subject_id)
    signer = _pledged_by(row, heads_of([row.unit_id]))
    is_final = row.confirmed_at is not None and signer is not None
    head, scheme = unit_office(row.unit, signer), scheme_of(campaign.id)
    concerned = [
        one for one in scheme.indicators.values() if scheme.asks(one, row.unit_id, row.block_id)
    ]
    fields = common(
        campaign,
        head,
        about=f"Tham gia {drive_words(campaign.title)}",
        day=local_date(row.enrolled_at),
    ) | {
        "unit": row.unit.name,
        "block": row.block.name if row.block else "khối do Thường trực Hội đồng xếp",
        "targets": [
            {"name": one.name, "target": target_words(one, row.unit_id)} for one in concerned
        ],
        "commitments": listed(row.commitments, is_final=is_final),
    }
    return Drawn(fields, "Bản đăng ký", row.confirmed_at if is_final else None)


def reports(asker: Asker, campaign: Campaign) -> list[Item]:
    """Báo cáo trong tầm nhìn: submitted ones; own ones from the first line on."""
    seen = {row.id: row for row in reporting.participations_seen(campaign.id, asker.sight)}
    names = {period.id: period.name for period in periods_of(campaign.id)}
    found = []
    for (participation_id, period_id), filed in reporting.filed(campaign.id, list(seen)).items():
        row = seen[participation_id]
        if filed.versions or row.unit_id in asker.sight.own:
            found.append(
                Item(filed.report_id, f"{row.unit.name}, {names[period_id]}", bool(filed.versions))
            )
    return sorted(found, key=lambda item: item.subject_id)


def report(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung báo cáo: the last version submitted, else what is being written."""
    row = reporting.report(campaign.id, subject_id, asker.sight)
    last = reporting.latest_version(subject_id)
    unit, scheme = row.participation.unit, scheme_of(campaign.id)
    content = from_snapshot(last.snapshot) if last else reporting.content_of(subject_id)
    head = unit_office(unit, db.session.get_one(User, last.submitted_by_id) if last else None)
    day = local_date(last.submitted_at) if last else None
    about = f"Kết quả thực hiện {drive_words(campaign.title)}, {row.period.name.lower()}"
    fields = (
        common(campaign, head, about=about, symbol=head.symbol("BC"), day=day)
        | {"unit": unit.name}
        | _told(row, content, scheme, is_final=last is not None)
    )
    return Drawn(
        fields,
        f"Bản nộp số {last.number}" if last else "Bản đang soạn",
        last.submitted_at if last else None,
    )


def _told(row: Report, content: Content, scheme: Scheme, *, is_final: bool) -> dict[str, Any]:
    unit_id = row.participation.unit_id
    demands = reporting.demands_of(row, scheme)
    values = []
    for one in demands.indicators:
        claimed = content.values.get(one.id)
        source = (
            "; ".join(filter(None, (claimed.source, claimed.note, claimed.blank_reason)))
            if claimed
            else ""
        )
        values.append(
            {
                "name": one.name,
                "target": target_words(one, unit_id),
                "value": _number(claimed.value, one.symbol) if claimed else "",
                "source": source,
                "comparison": _number(claimed.comparison, one.symbol) if claimed else "",
                "kind": claimed.kind.label if claimed and claimed.kind else "",
            }
        )
    scores = []
    total = Decimal(0)
    for criterion in demands.criteria:
        scored = content.scores.get(criterion.id)
        total += (scored.points or Decimal(0)) if scored else Decimal(0)
        scores.append(
            {
                "code": criterion.code,
                "name": criterion.name,
                "maximum": format_points(demands.maxima[criterion.id]),
                "points": format_points(scored.points)
                if scored and scored.points is not None
                else "",
                "explanation": scored.explanation if scored else "",
            }
        )
    return {
        "values": values,
        "scores": scores,
        "total": format_points(total),
        "narratives": [
            {"name": name, "text": content.narratives.get(key, "") or "…"}
            for key, name in demands.tasks.items()
            if not is_final or content.narratives.get(key)
        ],
        "evidence": [one["file_name"] for one in content.evidence],
    }


def inspections(asker: Asker, campaign: Campaign) -> list[Item]:
    """Biên bản kiểm tra, for those who verify."""
    if not asker.is_any(*INSPECTING):
        return []
    return [
        Item(row.id, f"{row.participation.unit.name}, {format_date(row.held_on)}", is_final=True)
        for row in visits.inspections(campaign.id)
    ]


def inspection(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung biên bản kiểm tra."""
    del asker
    row = visits.inspection(campaign.id, subject_id)
    head, scheme = office(campaign), scheme_of(campaign.id)
    codes = {one.id: f"tiêu chí {one.code}" for one in scheme.criteria}
    subjects = [
        scheme.indicators[one.indicator_id].short_name
        if one.indicator_id
        else codes[one.criterion_id or 0]
        for one in visits.subjects_of(row.id)
    ]
    fields = common(
        campaign,
        head,
        about=f"Kiểm tra thực tế tại {row.participation.unit.name}",
        symbol=head.symbol("BB"),
        day=row.held_on,
        signer_title="ĐẠI DIỆN ĐOÀN KIỂM TRA",
        signer_name=row.recorded_by.full_name,
    ) | {
        "unit": row.participation.unit.name,
        "held_on": date_words(row.held_on).removeprefix("ngày "),
        **{
            name: listed(getattr(row, name), is_final=True)
            for name in ("team", "checked", "findings", "conclusion")
        },
        "subjects": "; ".join(subjects),
    }
    return Drawn(fields, f"Bản {row.version}", row.recorded_at)


def summaries(asker: Asker, campaign: Campaign) -> list[Item]:
    """Bảng tổng hợp: one, once the ranking is frozen."""
    frozen = latest_frozen(campaign.id) if asker.is_any(*STAFF) else None
    if frozen is None or _is_withheld(asker, campaign, frozen):
        return []
    chair = council_member(campaign.id, CouncilFunction.CHAIR, day=local_date(frozen.at))
    return [Item(campaign.id, "Bảng tổng hợp điểm và xếp hạng", chair is not None)]


def _is_withheld(asker: Asker, campaign: Campaign, frozen: FrozenRanking) -> bool:
    """Whether the table holds a result the asker may not read before publication: then they draw
    none of it.
    """
    kept = withheld_from(asker.user, campaign, local_date(asker.now))
    return any(
        kept.hides(row.participation.unit_id, row.block_id) for row in frozen_standings(frozen.id)
    )


def summary(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung bảng tổng hợp, from the frozen ranking."""
    del asker, subject_id
    frozen = latest_frozen(campaign.id)
    if frozen is None:
        raise NotVisible
    head, rows = office(campaign).council, frozen_standings(frozen.id)
    day = local_date(frozen.at)
    chair = council_member(campaign.id, CouncilFunction.CHAIR, day=day)
    columns = {one["code"]: one["name"] for row in rows for one in row.explanation["groups"]}
    if any(row.explanation.get("rescaling") for row in rows):
        columns[_RESCALED] = "quy đổi về thang điểm của phong trào"
    fields = common(
        campaign,
        head,
        about=f"Trong {drive_words(campaign.title)}",
        day=day,
        place=office(campaign).place,
        **council_signature(chair),
    ) | {
        "frozen_at": moment_words(frozen.at),
        "sha256": frozen.sha256,
        "prepared_by": frozen.by.full_name,
        "groups": [{"code": code, "name": name} for code, name in columns.items()],
        "blocks": [
            {
                "name": block.name,
                "rows": [_ranked(row, columns) for row in rows if row.block_id == block.id],
            }
            for block in rows_of(Block, campaign.id)
        ],
    }
    return Drawn(fields, f"Bảng chốt số {frozen.id}", frozen.at if chair else None)


_RESCALED = "Quy đổi"


def _ranked(row: FrozenStanding, columns: Iterable[str]) -> dict[str, Any]:
    told = row.explanation
    groups = {one["code"]: one for one in told["groups"]}
    groups[_RESCALED] = {"points": told.get("rescaling", "")}
    return {
        "rank": row.rank or "—",
        "name": row.participation.unit.name,
        "total": "" if row.total is None else format_points(row.total),
        "band": row.band,
        "groups": [_signed(groups[code]) if code in groups else "" for code in columns],
        "note": told.get("reason", "")
        or "; ".join([*(["đồng hạng"] if told.get("tied_with") else []), *told.get("remarks", ())]),
    }


def _signed(group: Mapping[str, Any]) -> str:
    """Điểm của nhóm with its sign, so that a row adds up: what is taken off has a minus."""
    points = str(group["points"])
    is_taken = group.get("kind") == CriterionKind.PENALTY.value and points.strip("0,")
    return f"−{points.lstrip('−-')}" if is_taken else points


def achievements(asker: Asker, campaign: Campaign) -> list[Item]:
    """Báo cáo thành tích: all for the staff, else of his own units."""
    rows = nominations.nominees(
        campaign.id, unit_ids=None if asker.is_any(*STAFF) else asker.sight.own
    )
    return [Item(row.id, row.name, _is_signed(row)) for row in rows]


def _is_signed(row: Nominee) -> bool:
    """Signed by the head of its unit: of what the Standing Committee added nobody there is."""
    return row.signed_by_id is not None and not row.added_reason


_PARTS = (
    ("Thành tích trong phong trào", "achievements"),
    ("Biện pháp thực hiện", "measures"),
    ("Hiệu quả", "effects"),
    ("Các hình thức khen thưởng đã được tặng", "earlier_awards"),
)


def achievement(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung báo cáo thành tích."""
    del asker
    row = nominations.nominee(campaign.id, subject_id)
    unit, is_final = row.participation.unit, _is_signed(row)
    is_person = row.kind.subject is Subject.INDIVIDUAL
    signer = db.session.get(User, row.signed_by_id) if is_final else None
    is_whole_unit = not is_person and name_key(row.name) in {
        name_key(unit.name),
        name_key(unit.short_name),
    }
    whose = {Subject.INDIVIDUAL: "Họ và tên", Subject.HOUSEHOLD: "Tên hộ gia đình"}.get(
        row.kind.subject, "Tên tập thể"
    )
    facts = [
        (whose, unit.name if is_whole_unit else f"{row.honorific} {row.name}".strip()),
        ("Năm sinh", str(row.birth_year) if row.birth_year else ""),
        ("Chức vụ", row.job),
        ("Đơn vị", "" if is_whole_unit else unit.name),
        ("Hình thức đề nghị", row.kind.award_type.name),
    ]
    parts = {name: listed(getattr(row, name), is_final=is_final) for _, name in _PARTS}
    fields = common(
        campaign,
        unit_office(unit, signer),
        about=f"Đề nghị tặng {row.kind.award_type.name} trong {drive_words(campaign.title)}",
        day=local_date(row.signed_at) if is_final and row.signed_at else None,
        **_reported_by(row, unit, signer),
    ) | {
        "report_form": row.kind.award_type.report_form,
        "facts": [{"name": name, "text": text} for name, text in facts if text],
        "is_person": is_person,
        "parts": [
            {"heading": heading, "lines": parts[name]} for heading, name in _PARTS if parts[name]
        ],
        **parts,
        **_confirmed_by(row, unit, signer),
    }
    return Drawn(fields, f"Bản {row.version}", row.signed_at if is_final else None)


def _reported_by(row: Nominee, unit: Unit, signer: User | None) -> dict[str, str]:
    """Người báo cáo: the person themselves; of a collective the head of the unit."""
    if row.kind.subject is Subject.INDIVIDUAL:
        return {"signer_title": "NGƯỜI BÁO CÁO", "signer_name": row.name}
    return {
        "signer_title": signing_title(unit.signs_as, signer.position if signer else ""),
        "signer_name": signer.full_name if signer else " ",
    }


def _confirmed_by(row: Nominee, unit: Unit, signer: User | None) -> dict[str, str]:
    """Xác nhận: of a person by the head of the unit; of a unit and its head by the level above."""
    is_own_head = signer is not None and signer.full_name == row.name
    if row.kind.subject is not Subject.INDIVIDUAL or is_own_head:
        return {"confirm_title": "XÁC NHẬN CỦA CẤP TRÊN TRỰC TIẾP", "confirm_name": ""}
    title = signing_title(unit.signs_as, signer.position if signer else "")
    return {
        "confirm_title": f"XÁC NHẬN CỦA ĐƠN VỊ\n{title}",
        "confirm_name": signer.full_name if signer else "",
    }
