"""Việc còn thiếu trước mỗi bước: what blocks a move, and what only warns."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, select

from campaign.clarification import queries as clarifications
from campaign.clarification.queries import held_back
from campaign.conduct.queries import final_counts
from campaign.conduct.rules import Step, named_with_reasons
from campaign.council.markers import short_blocks
from campaign.council.models import CouncilMember
from campaign.council.named import marker_problems
from campaign.council.queries import members
from campaign.council.rules import CouncilFunction
from campaign.decision import queries as decisions
from campaign.divergence.rules import CellState
from campaign.enrolment.queries import ConfirmedPlace, places_of, state_counts
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.meeting import queries as meetings
from campaign.nomination import queries as nominations
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.problems import Problem, launch_problems
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.ranking import frozen_tables
from campaign.ranking import queries as ranking
from campaign.ranking.models import FrozenRanking
from campaign.reporting.models import Report
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme
from campaign.scoring.divergent.queries import open_cells
from campaign.scoring.progress import unlocked_sheets
from campaign.scoring.rules import cells_words, council_criteria

MOST_NAMED = 5
"""So many units are called by their names, the others counted."""


def problems(campaign: Campaign, step: Step, today: date) -> list[Problem]:
    """Việc còn thiếu trước một bước đi; blocking ones and mere warnings."""
    if step is Step.CLOSE_SCORING:
        return _unscored_problems(campaign, today)
    told = [problem for check in _CHECKS.get(step, ()) for problem in check(campaign)]
    return [*_serving_problems(campaign, today), *told] if step is Step.OPEN_SCORING else told


def _unscored_problems(campaign: Campaign, today: date) -> list[Problem]:
    """Việc còn thiếu trước khi đóng chấm điểm: some of it waits for a day."""
    return [
        *_clarification_problems(campaign, today),
        *_marker_problems(campaign),
        *_divergence_problems(campaign, today),
        *_unlocked_problems(campaign),
        *_unranked_problems(campaign),
    ]


def _award_problems(campaign: Campaign) -> list[Problem]:
    """Hình thức và chỉ tiêu khen thưởng that the plan does not tell yet; it may be launched."""
    kinds, quotas = nominations.kinds(campaign.id), nominations.quotas(campaign.id)
    limited = {kind_id for kind_id, _ in quotas}
    sentences = [
        f"Chưa đặt chỉ tiêu cho {row.award_type.name}, {row.subject.label}: "
        "mọi khối không giới hạn."
        for row in kinds
        if row.overall_limit is None and row.id not in limited
    ]
    if not kinds:
        sentences = ["Chưa chọn hình thức khen thưởng của phong trào."]
    return [Problem(sentence, "kinds.index", is_blocking=False) for sentence in sentences]


def _council_problems(campaign: Campaign) -> list[Problem]:
    """Hội đồng thiếu Chủ tịch hoặc quá ít người, whatever their terms."""
    return _lacking_people(campaign, [row for row in members(campaign.id) if row.left_on is None])


def _serving_problems(campaign: Campaign, today: date) -> list[Problem]:
    """Hội đồng như đang làm việc hôm nay: who is out of office marks nothing, and is named."""
    seats = [(row, row.why_away(today)) for row in members(campaign.id) if row.left_on is None]
    away = [
        Problem(
            f"{row.user.full_name}, {row.function.label}, {why} nên không chấm được; nếu chưa "
            "đúng, hãy sửa nhiệm kỳ.",
            "council.index",
            is_blocking=False,
        )
        for row, why in seats
        if why
    ]
    return [*_lacking_people(campaign, [row for row, why in seats if not why]), *away]


def _lacking_people(campaign: Campaign, rows: Sequence[CouncilMember]) -> list[Problem]:
    lacking = []
    if CouncilFunction.CHAIR not in {row.function for row in rows}:
        lacking.append(Problem("Hội đồng chưa có Chủ tịch.", "council.index"))
    if len(rows) < campaign.minimum_marks:
        lacking.append(
            Problem(
                f"Hội đồng có {len(rows)} người, ít hơn số phiếu chấm tối thiểu "
                f"{campaign.minimum_marks}.",
                "council.index",
            )
        )
    return lacking


def _marker_problems(campaign: Campaign) -> list[Problem]:
    """Khối thiếu người chấm vì có thành viên không chấm đơn vị, khối của mình: told while it can be
    mended.
    """
    scheme = scheme_of(campaign.id)
    if not council_criteria(scheme):
        return []
    named = _named_problems(campaign, scheme)
    if all(row.markers.are_named for row in council_criteria(scheme)):
        return named
    return named + [
        Problem(block.words(campaign.minimum_marks), "council.index", is_blocking=False)
        for block in short_blocks(campaign)
    ]


def _named_problems(campaign: Campaign, scheme: Scheme) -> list[Problem]:
    """Tiêu chí thiếu người chấm in those that are named for it; a draft may still be filled."""
    return [
        Problem(
            row.sentence,
            "markers.edit",
            is_blocking=row.leaves_nobody and campaign.phase is not Phase.DRAFT,
            values=(("criterion_id", row.criterion_id),),
        )
        for row in marker_problems(campaign, scheme)
    ]


def _enrolment_problems(campaign: Campaign) -> list[Problem]:
    counts = state_counts(campaign.id)
    lacking = []
    if not counts.get(ParticipationState.CONFIRMED):
        lacking.append(Problem("Chưa có đơn vị nào được xác nhận tham gia.", "enrolment.index"))
    if waiting := counts.get(ParticipationState.PROPOSED):
        lacking.append(
            Problem(f"Còn {waiting} đăng ký chờ xác nhận.", "enrolment.index", is_blocking=False)
        )
    return lacking


def _unallotted_problems(campaign: Campaign) -> list[Problem]:
    """Chỉ tiêu giao riêng mà có đơn vị không được giao: they are not judged by it, nor asked."""
    scheme = scheme_of(campaign.id)
    allotted = [row for row in scheme.indicators.values() if row.allocations]
    units = places_of(campaign.id) if allotted else ()
    return [
        Problem(
            f"Chỉ tiêu “{row.name}” giao riêng cho từng đơn vị; {len(left)}/{len(units)} đơn vị "
            f"không được giao nên không chấm: {_some(left)}.",
            "allocations.edit",
            is_blocking=False,
            values=(("indicator_id", row.id),),
        )
        for row in allotted
        if (left := _left_out(scheme, row, units))
    ]


def _left_out(
    scheme: Scheme, indicator: MeasuredIndicator, units: Sequence[ConfirmedPlace]
) -> list[str]:
    """Đơn vị mà một tiêu chí của chỉ tiêu áp dụng, and who is not given the indicator."""
    leaves = scheme.leaves.get(indicator.id, ())
    return [
        unit.short_name
        for unit in units
        if not indicator.concerns(unit.unit_id)
        and any(row.is_in_scope(unit.unit_id, unit.block_id) for row in leaves)
    ]


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")


def _unreported_problems(campaign: Campaign) -> list[Problem]:
    """Đơn vị chưa nộp báo cáo cuối kỳ: they may still, yet whoever moves on knows of them."""
    units, waiting, done = final_counts(campaign.id)
    if waiting + done == units:
        return []
    sentence = f"Còn {units - waiting - done}/{units} đơn vị chưa nộp báo cáo cuối kỳ."
    return [Problem(sentence, "reporting.index", is_blocking=False)]


def _verified_problems(campaign: Campaign) -> list[Problem]:
    """Báo cáo cuối kỳ chưa thẩm định: the Council cannot mark them."""
    _, waiting, done = final_counts(campaign.id)
    if done and not waiting:
        return []
    sentence = (
        f"Còn {waiting} báo cáo cuối kỳ chờ thẩm định; Hội đồng chưa chấm được các đơn vị ấy."
        if done
        else "Chưa có báo cáo cuối kỳ nào thẩm định xong; Hội đồng chưa có gì để chấm."
    )
    return [Problem(sentence, "verification.index", is_blocking=False)]


def _unopened_problems(campaign: Campaign) -> list[Problem]:
    """Đơn vị chưa mở giải trình: the Council cannot mark them yet."""
    has_round = campaign.clarification_days is not None
    unopened = clarifications.unopened(campaign.id, None, None) if has_round else []
    if not unopened:
        return []
    sentence = f"Còn {len(unopened)} đơn vị đã thẩm định xong mà chưa mở giải trình."
    return [Problem(sentence, "clarification.index", is_blocking=False)]


def _clarification_problems(campaign: Campaign, today: date) -> list[Problem]:
    """Giải trình còn mở: whoever was not marked for it would be left without a rank."""
    held = held_back(campaign, today)
    places = clarifications.places(campaign.id) if held else []
    waiting = [(row.unit, row.stage(today).label) for row in places if row.participation_id in held]
    if not waiting:
        return []
    return [
        Problem(
            f"Còn {len(waiting)} đơn vị chưa xong giải trình: {named_with_reasons(waiting)}.",
            "clarification.index",
        )
    ]


def _divergence_problems(campaign: Campaign, today: date) -> list[Problem]:
    """Ô chênh lệch còn mở: unit by unit with the codes of the criteria, and whose turn it is."""
    left = open_cells(campaign, today)
    if not left:
        return []
    listed = cells_words([(cell.unit.name, cell.criterion.code) for cell in left])
    turns = _turn_words([cell.state for cell in left])
    return [
        Problem(
            f"Còn {len(left)} ô điểm chênh lệch chưa xem lại xong ({turns}): {listed}.",
            "divergence.index",
        )
    ]


def _turn_words(states: Sequence[CellState]) -> str:
    """Đến lượt ai: how many cells wait for the members, and how many for the chair."""
    waiting = states.count(CellState.MEMBERS)
    turns = ((CellState.MEMBERS, waiting), (CellState.CHAIR, len(states) - waiting))
    return ", ".join(f"{count} ô {state.label}" for state, count in turns if count)


def _unlocked_problems(campaign: Campaign) -> list[Problem]:
    """Phiếu chấm chưa khoá, which count for nothing."""
    left = unlocked_sheets(campaign.id, scheme_of(campaign.id))
    if not left:
        return []
    sentence = f"Còn {left} phiếu chấm chưa khoá; phiếu chưa khoá không được tính."
    return [Problem(sentence, "scoring.index", is_blocking=False)]


def _unranked_problems(campaign: Campaign) -> list[Problem]:
    """Đơn vị chưa xếp hạng được, or with points that cannot be counted."""
    tables = [ranking.table(campaign, block) for block in ranking.blocks(campaign.id)]
    unranked = [(row.short_name, row.reason) for table in tables for row in table.unranked]
    uncounted = [
        (row.short_name, "; ".join(row.uncounted))
        for table in tables
        for row in table.ranked
        if row.uncounted
    ]
    told = (
        ("chưa đủ điều kiện xếp hạng", unranked),
        ("còn điểm thưởng, điểm trừ không tính được", uncounted),
    )
    sentences = [
        f"Có {len(rows)} đơn vị {what}: {named_with_reasons(rows)}." for what, rows in told if rows
    ]
    return [Problem(sentence, "ranking.index", is_blocking=False) for sentence in sentences]


def _meeting_problems(campaign: Campaign) -> list[Problem]:
    frozen = frozen_tables.latest_frozen(campaign.id)
    lacking = (
        _unvoted_problems(campaign, frozen)
        if frozen
        else [Problem("Chưa chốt xếp hạng.", "ranking.index")]
    )
    if unfinished := _unfinished_meeting(campaign):
        lacking.extend(unfinished)
    elif not meetings.has_confirmed_meeting(campaign.id):
        lacking.append(Problem("Hội đồng chưa họp.", "meeting.index", is_blocking=False))
    return lacking + _unproposed_problems(campaign)


def _unproposed_problems(campaign: Campaign) -> list[Problem]:
    """Đề xuất khen thưởng that the Council was not asked about."""
    waiting = nominations.waiting_for_council(campaign.id)
    if not waiting:
        return []
    sentence = (
        f"Còn {waiting} đề xuất khen thưởng chưa đưa ra Hội đồng, hoặc lượt biểu quyết đã huỷ."
    )
    return [Problem(sentence, "decision.index", is_blocking=False)]


def _unvoted_problems(campaign: Campaign, frozen: FrozenRanking) -> list[Problem]:
    """Xếp loại còn chờ Hội đồng, or what it voted that the frozen table does not hold yet."""
    sentences = []
    if campaign.band_share and (vote := frozen_tables.next_band_vote(frozen)):
        sentences.append(f"Còn {len(vote.units)} đơn vị đủ điểm xếp {vote.name} chờ Hội đồng.")
    if frozen_tables.is_outvoted(frozen):
        sentences.append("Hội đồng đã biểu quyết sau khi chốt xếp hạng; hãy chốt lại.")
    return [Problem(sentence, "ranking.index", is_blocking=False) for sentence in sentences]


def _unfinished_meeting(campaign: Campaign) -> list[Problem]:
    if meetings.has_unfinished_meeting(campaign.id):
        return [Problem("Cuộc họp Hội đồng chưa xác nhận biên bản.", "meeting.index")]
    return []


def _correcting_problems(campaign: Campaign) -> list[Problem]:
    """Đợt đính chính còn mở: what a plan says stands before anything rests on it."""
    if not campaign.is_correcting:
        return []
    return [Problem("Kế hoạch đang được đính chính; hãy ghi đính chính trước.", "correcting.show")]


def reports_begun(campaign: Campaign) -> int:
    """Số báo cáo đã có: what a unit has begun to write rests on the plan as it was launched."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Report)
            .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
            .where(ReportingPeriod.campaign_id == campaign.id)
        )
        or 0
    )


def _reports_problems(campaign: Campaign) -> list[Problem]:
    """Báo cáo đã có holds a launched plan where it is."""
    begun = reports_begun(campaign) if campaign.phase is Phase.LAUNCHED else 0
    return (
        [
            Problem(
                f"Đã có {begun} báo cáo nên phong trào không về dự thảo được nữa.",
                "reporting.index",
            )
        ]
        if begun
        else []
    )


def _decision_problems(campaign: Campaign) -> list[Problem]:
    lacking = (
        []
        if frozen_tables.latest_frozen(campaign.id)
        else [Problem("Chưa chốt xếp hạng.", "ranking.index")]
    )
    if decisions.has_unfinished_decision(campaign.id):
        lacking.append(Problem("Còn quyết định chưa ký.", "decision.index"))
    elif not decisions.has_signed_decision(campaign.id):
        lacking.append(
            Problem(
                "Chưa có quyết định khen thưởng nào được ký.", "decision.index", is_blocking=False
            )
        )
    return lacking


_CHECKS: dict[Step, tuple[Callable[[Campaign], list[Problem]], ...]] = {
    Step.LAUNCH: (launch_problems, _council_problems, _marker_problems, _award_problems),
    Step.OPEN_REPORTING: (
        _correcting_problems,
        _enrolment_problems,
        _marker_problems,
        _unallotted_problems,
    ),
    Step.START_VERIFYING: (_unreported_problems,),
    Step.OPEN_SCORING: (
        _marker_problems,
        _unreported_problems,
        _verified_problems,
        _unopened_problems,
    ),
    Step.DECIDE: (_meeting_problems,),
    Step.PUBLISH: (_decision_problems,),
    Step.BACK: (_correcting_problems, _unfinished_meeting, _reports_problems),
}
"""Điều phải xem trước mỗi bước, in the order in which it is told."""
