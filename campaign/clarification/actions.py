"""Giải trình sau thẩm định: opening rounds, answering, replying, settling, closing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NoReturn

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.clarification.models import (
    ClarificationFile,
    ClarificationLine,
    ClarificationRound,
)
from campaign.clarification.rules import Outcome, Stage, is_first, last_day, stage
from campaign.core import cells
from campaign.core.dates import format_date, local_date
from campaign.core.errors import RuleViolation, refuse
from campaign.core.text import nfc, one_line
from campaign.extensions import db
from campaign.files import storage
from campaign.files.attached import attached
from campaign.planning.models import Campaign
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.actions import amend_points, amend_value
from campaign.verification.models import Verification
from campaign.verification.rules import OPEN_PHASES, UnitResult, VerifiedUnit

LONGEST, LONGEST_IN_WORDS = 4000, "4.000"


def refuse_without_round(campaign: Campaign) -> int:
    """Số ngày giải trình của kế hoạch; refused where the plan has none, or outside its steps."""
    if campaign.clarification_days is None:
        refuse("Kế hoạch của phong trào không có đợt giải trình.")
    if campaign.phase not in OPEN_PHASES:
        refuse("Phong trào không ở bước thẩm định hoặc chấm điểm nên không giải trình được.")
    return campaign.clarification_days


def open_round(
    campaign: Campaign,
    verification: Verification,
    scheme: Scheme,
    unit: VerifiedUnit,
    result: UnitResult,
    *,
    by: User,
    at: datetime,
) -> ClarificationRound:
    """Mở giải trình: what was verified is shown to the unit, and is kept as the first verification;
    from now on it changes only by the second.
    """
    days = refuse_without_round(campaign)
    if verification.finished_at is None:
        refuse("Báo cáo chưa thẩm định xong nên chưa mở giải trình được.")
    row = ClarificationRound(
        verification_id=verification.id,
        opened_at=at,
        opened_by_id=by.id,
        due_on=last_day(local_date(at), days),
    )
    db.session.add(row)
    verification.disclosed_at = at
    db.session.flush()
    db.session.add_all(_first_lines(row.id, scheme, unit, result))
    db.session.flush()
    return row


def _first_lines(
    round_id: int, scheme: Scheme, unit: VerifiedUnit, result: UnitResult
) -> Iterator[ClarificationLine]:
    """Dòng giải trình: each criterion as the first verification left it."""
    for criterion in scheme.checked:
        counted = result.results.get(criterion.id)
        if counted is not None:
            yield ClarificationLine(
                round_id=round_id,
                criterion_id=criterion.id,
                maximum=counted.maximum if criterion.is_limited else None,
                first_value=_verified_number(criterion, unit),
                first_points=counted.points,
                first_words=_first_words(counted.steps, counted.comment),
            )


def _verified_number(criterion: ScoredCriterion, unit: VerifiedUnit) -> Decimal | None:
    """The number that stands in the verification: of the indicator, or the points given."""
    if criterion.judged_by is JudgedBy.INDICATOR:
        checked = unit.values.get(criterion.indicator_id or 0)
        return checked.counted if checked else None
    given = unit.points.get(criterion.id)
    return given.points if given else None


def _first_words(steps: Collection[str], comment: str) -> str:
    said = ["; ".join(steps), f"Nhận xét: {comment}" if comment else ""]
    return " ".join(f"{words.rstrip('.')}." for words in said if words)


def stage_of(row: ClarificationRound, answers: int, today: date) -> Stage:
    """Trạng thái của đợt hôm nay."""
    return stage(
        due_on=row.due_on,
        answers=answers,
        has_replied=row.replied_at is not None,
        is_closed=row.closed_at is not None,
        today=today,
    )


def _refuse_unless_answering(
    campaign: Campaign, row: ClarificationRound, answers: int, today: date
) -> None:
    refuse_without_round(campaign)
    at = stage_of(row, answers, today)
    if row.replied_at is not None:
        refuse("Đơn vị đã gửi ý kiến; không sửa giải trình được nữa.")
    if at is not Stage.ANSWERING:
        refuse(f"Hạn giải trình đã hết từ ngày {format_date(row.due_on)}.")


def answer(
    campaign: Campaign,
    row: ClarificationRound,
    line: ClarificationLine,
    text: str,
    *,
    answers: int,
    has_files: bool,
    by: User,
    at: datetime,
) -> None:
    """Giải trình một tiêu chí; nothing typed takes the answer back."""
    _refuse_unless_answering(campaign, row, answers, local_date(at))
    typed = _answer_as_kept(text, has_files=has_files)
    line.answer = typed
    line.answered_at = at if typed else None
    line.answered_by_id = by.id if typed else None
    db.session.flush()


def _answer_as_kept(text: str, *, has_files: bool) -> str:
    """Ý kiến as it is kept; files never stand without words."""
    typed = nfc(text).strip()
    if len(typed) > LONGEST:
        refuse(f"Ý kiến giải trình dài quá {LONGEST_IN_WORDS} ký tự.", "text")
    if not typed and has_files:
        refuse("Đã có minh chứng kèm theo; hãy ghi nội dung giải trình.", "text")
    return typed


def attach(
    line: ClarificationLine,
    stored: storage.StoredContent,
    file_name: str,
    *,
    size_so_far: int,
    round_limit: int,
    by: User,
    at: datetime,
) -> ClarificationFile:
    """Gắn minh chứng mà kho đã có vào ý kiến giải trình: at most so many bytes a round."""
    if not line.answer:
        _refuse(stored, "Hãy ghi nội dung giải trình trước khi gắn minh chứng.", "text")
    if (twin := _twin_of(line, stored)) is not None:
        _refuse(stored, f"Tệp này đã được gắn ở đây, tên “{twin}”.", "file")
    if size_so_far + stored.size > round_limit:
        _refuse(stored, f"Minh chứng giải trình vượt {round_limit // (1024 * 1024)} MB.", "file")
    return _attached(line, stored, file_name, by, at)


def _refuse(stored: storage.StoredContent, sentence: str, field: str) -> NoReturn:
    """Không nhận tệp, which leaves the store again."""
    storage.discard(stored.storage_key)
    refuse(sentence, field)


def _twin_of(line: ClarificationLine, stored: storage.StoredContent) -> str | None:
    """Tên của tệp giống hệt đã gắn vào ý kiến này."""
    name: str | None = db.session.scalar(
        select(ClarificationFile.file_name).where(
            ClarificationFile.line_id == line.id, ClarificationFile.sha256 == stored.sha256
        )
    )
    return name


def _attached(
    line: ClarificationLine, stored: storage.StoredContent, file_name: str, by: User, at: datetime
) -> ClarificationFile:
    row = ClarificationFile(
        line_id=line.id,
        **attached(stored, file_name, by_id=by.id, at=at),
    )
    db.session.add(row)
    db.session.flush()
    return row


def reply(
    campaign: Campaign, row: ClarificationRound, answers: int, *, by: User, at: datetime
) -> None:
    """Gửi ý kiến của đơn vị before the time is over: its answers, or, without any, acceptance."""
    _refuse_unless_answering(campaign, row, answers, local_date(at))
    row.replied_at, row.replied_by_id = at, by.id


def _refuse_unless_settling(
    campaign: Campaign, row: ClarificationRound, answers: int, today: date
) -> None:
    refuse_without_round(campaign)
    match stage_of(row, answers, today):
        case Stage.SETTLING:
            return
        case Stage.ANSWERING:
            refuse(
                f"Đơn vị còn được giải trình đến hết ngày {format_date(row.due_on)}; thẩm định lần "
                "hai sau khi đơn vị gửi ý kiến hoặc hết hạn."
            )
        case Stage.SETTLED:
            refuse("Đã thẩm định lần hai; kết quả là cuối cùng.")
        case _:
            refuse("Đơn vị chấp nhận kết quả thẩm định nên không có gì để thẩm định lần hai.")


def settle(
    campaign: Campaign,
    row: ClarificationRound,
    line: ClarificationLine,
    lines: Mapping[int, ClarificationLine],
    scheme: Scheme,
    answers: int,
    *,
    outcome: Outcome | None,
    sentence: str,
    value: str,
    by: User,
    at: datetime,
) -> None:
    """Thẩm định lần hai một tiêu chí: agreed with a new value, or kept, with a sentence."""
    _refuse_unless_settling(campaign, row, answers, local_date(at))
    if not line.answer:
        refuse("Đơn vị không giải trình tiêu chí này nên kết quả lần một giữ nguyên.")
    if outcome is None:
        refuse("Hãy chọn đồng ý hoặc không đồng ý.", "outcome")
    words = one_line(sentence)
    if not words:
        refuse("Hãy ghi một câu trả lời đơn vị.", "sentence")
    if len(words) > LONGEST:
        refuse(f"Câu trả lời dài quá {LONGEST_IN_WORDS} ký tự.", "sentence")
    typed = _new_value(scheme, line, value) if outcome is Outcome.AGREED else None
    _write_second(row, line, _on_same_number(scheme, line, lines), typed, words, by=by, at=at)
    line.outcome, line.sentence = outcome, words
    line.settled_at, line.settled_by_id = at, by.id
    db.session.flush()


def _new_value(scheme: Scheme, line: ClarificationLine, text: str) -> Decimal:
    criterion = next(item for item in scheme.checked if item.id == line.criterion_id)
    if not text.strip():
        refuse("Đồng ý thì hãy nhập số thẩm định mới.", "value")
    reader = (
        cells.measure(scheme.indicators[criterion.indicator_id or 0].decimals)
        if criterion.judged_by is JudgedBy.INDICATOR
        else cells.points(criterion.maximum, scheme.places)
    )
    try:
        typed: Decimal = cells.read(text, reader)
    except RuleViolation as violation:
        refuse(str(violation), "value")
    scales = criterion.maximum, line.maximum or criterion.maximum
    if is_first(typed, line.first_value, line.first_points, scales, scheme.places):
        refuse("Số mới bằng số lần một; nếu giữ nguyên, hãy chọn không đồng ý.", "value")
    return typed


def _on_same_number(
    scheme: Scheme, line: ClarificationLine, lines: Mapping[int, ClarificationLine]
) -> tuple[ScoredCriterion, list[ClarificationLine]]:
    """The criterion, and the agreed lines of others that take the same number."""
    criterion = next(item for item in scheme.checked if item.id == line.criterion_id)
    others = (
        lines[item.id]
        for item in scheme.leaves.get(criterion.indicator_id or 0, ())
        if item.id != criterion.id and item.id in lines
    )
    return criterion, [other for other in others if other.outcome is Outcome.AGREED]


def _write_second(
    row: ClarificationRound,
    line: ClarificationLine,
    place: tuple[ScoredCriterion, Collection[ClarificationLine]],
    typed: Decimal | None,
    words: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """The verified row as it now stands: the new value, or the first again where an agreement is
    taken back before the round is closed. A number that several criteria take is one for all.
    """
    criterion, others = place
    was_agreed = line.outcome is Outcome.AGREED
    if typed is None and not was_agreed:
        return
    line.second_value = typed
    number = line.first_value if typed is None else typed
    for other in others:
        if typed is None:
            number = other.second_value
        other.second_value = number
    if criterion.judged_by is JudgedBy.INDICATOR:
        indicator_id = criterion.indicator_id or 0
        amend_value(row.verification_id, indicator_id, number, words, by=by, at=at)
    else:
        amend_points(row.verification_id, criterion.id, number, words, by=by, at=at)


def _refuse_to_close(
    campaign: Campaign, row: ClarificationRound, lines: Collection[ClarificationLine], today: date
) -> None:
    """Chưa hoàn thành được while an answer waits for its sentence."""
    answered = [line for line in lines if line.answer]
    _refuse_unless_settling(campaign, row, len(answered), today)
    if left := [line for line in answered if line.outcome is None]:
        refuse(f"Còn {len(left)} ý kiến giải trình chưa thẩm định lần hai.")


def _keep_second_points(lines: Collection[ClarificationLine], result: UnitResult) -> None:
    """Điểm sau thẩm định lần hai, of what was answered or has come out otherwise."""
    for line in lines:
        points = result.results[line.criterion_id].points
        if line.answer or points != line.first_points:
            line.second_points = points


def close(
    campaign: Campaign,
    row: ClarificationRound,
    lines: Mapping[int, ClarificationLine],
    result: UnitResult,
    *,
    by: User,
    at: datetime,
) -> None:
    """Hoàn thành thẩm định lần hai: final; every answer has its sentence, and the points that
    follow are kept beside those of the first.
    """
    _refuse_to_close(campaign, row, lines.values(), local_date(at))
    _keep_second_points(lines.values(), result)
    row.closed_at, row.closed_by_id = at, by.id
    db.session.flush()
