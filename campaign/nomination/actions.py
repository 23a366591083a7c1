"""Đề nghị khen thưởng: naming somebody, signing, and what else is noted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaign.accounts.models import User
from campaign.core.errors import refuse, stated_reason
from campaign.core.text import name_sort_key, nfc, one_line, search_key, text_sort_key
from campaign.enrolment.models import Participation
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import State
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.nomination.models import AwardKind, Nominee, NomineeChange
from campaign.nomination.rules import (
    SENT_BACK,
    NomineeState,
)
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase

LONGEST_CAUSE = 300
NOMINATING = frozenset({Phase.REPORTING, Phase.VERIFYING, Phase.SCORING, Phase.MEETING})


TEXTS = ("honorific", "job", "achievements", "measures", "effects", "earlier_awards")


def save_nominee(
    campaign: Campaign,
    row: Nominee | None,
    participation: Participation,
    kind: AwardKind,
    values: Mapping[str, Any],
    *,
    added_reason: str = "",
) -> Nominee:
    """Ghi đề nghị: by the unit, or the Standing Committee with a reason; not once signed."""
    _demand_nominating(campaign, row)
    name = _demand_name(participation, kind, values)
    row = row or _new_nominee(campaign, participation, added_reason)
    _write_name(row, kind, name)
    _write_facts(row, campaign, kind, values)
    row.exemplar_id = _exemplar(participation, values.get("exemplar_id"))
    db.session.flush()
    return row


def _demand_nominating(campaign: Campaign, row: Nominee | None) -> None:
    if campaign.phase not in NOMINATING:
        refuse("Chưa đến hoặc đã qua thời gian đề nghị khen thưởng.")
    if row is not None and row.state is not NomineeState.DRAFT:
        refuse("Đề nghị đã được thủ trưởng ký; muốn sửa, hãy để thủ trưởng rút chữ ký.")


def _new_nominee(campaign: Campaign, participation: Participation, added_reason: str) -> Nominee:
    """Đề nghị mới of the unit, not yet told of whom."""
    row = Nominee(
        campaign_id=campaign.id,
        participation_id=participation.id,
        added_reason=one_line(added_reason),
    )
    db.session.add(row)
    return row


def _write_name(row: Nominee, kind: AwardKind, name: str) -> None:
    """Tên và hình thức, with what the name is sought and sorted by."""
    row.kind_id, row.name = kind.id, name
    row.search_key = search_key(name)
    row.name_key = (
        name_sort_key(name) if kind.subject is Subject.INDIVIDUAL else text_sort_key(name)
    )


def _write_facts(
    row: Nominee, campaign: Campaign, kind: AwardKind, values: Mapping[str, Any]
) -> None:
    """What is told of them; of a collective its people are counted, of a person their year."""
    for field in TEXTS:
        setattr(row, field, nfc(values.get(field) or "").strip())
    row.birth_year = _birth_year(campaign, values.get("birth_year"))
    row.member_count, row.women_count = _members(kind, values)
    row.is_leader = bool(values.get("is_leader")) and kind.subject is Subject.INDIVIDUAL
    row.is_illustrative = bool(values.get("is_illustrative"))


def _demand_name(participation: Participation, kind: AwardKind, values: Mapping[str, Any]) -> str:
    """Tên: that of the unit where a collective is named without one."""
    name = one_line(values["name"])
    if kind.subject is Subject.COLLECTIVE:
        name = name or participation.unit.name
    if not name:
        refuse(
            "Hãy ghi tên hộ." if kind.subject is Subject.HOUSEHOLD else "Hãy ghi họ và tên.", "name"
        )
    if kind.subject is Subject.INDIVIDUAL and values.get("honorific") not in {"Ông", "Bà"}:
        refuse("Hãy chọn Ông hoặc Bà.", "honorific")
    return name


def _birth_year(campaign: Campaign, year: int | None) -> int | None:
    if year is not None and year > campaign.starts_on.year:
        refuse(f"Năm sinh {year} sau năm diễn ra phong trào.", "birth_year")
    return year


def _members(kind: AwardKind, values: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Số người của tập thể, trong đó nữ: both or neither."""
    members, women = values.get("member_count"), values.get("women_count")
    if kind.subject is not Subject.COLLECTIVE or (members is None and women is None):
        return None, None
    if members is None or women is None:
        refuse(
            "Hãy ghi cả số người và số nữ, hoặc để trống cả hai.",
            "women_count" if women is None else "member_count",
        )
    if women > members:
        refuse("Số nữ không được nhiều hơn số người của tập thể.", "women_count")
    return members, women


def _exemplar(participation: Participation, exemplar_id: int | None) -> int | None:
    """Điển hình mà đề nghị dựa vào: a registered one of the same unit, or none."""
    if exemplar_id is None:
        return None
    row = db.session.get(Exemplar, exemplar_id)
    if row is None or row.participation_id != participation.id or row.state is not State.REGISTERED:
        refuse("Hãy chọn điển hình đã đăng ký của chính đơn vị này.", "exemplar_id")
    return row.id


def remove_nominee(row: Nominee) -> None:
    """Xoá một đề nghị đang soạn."""
    if row.state is not NomineeState.DRAFT:
        refuse("Đề nghị đã ký không xoá được.")
    db.session.delete(row)


def sign_nominee(row: Nominee, *, by: User, at: datetime) -> None:
    """Thủ trưởng ký đề nghị: the summary of achievements must be there."""
    if row.state is not NomineeState.DRAFT:
        refuse("Đề nghị này đã được ký.")
    if not row.achievements:
        refuse("Hãy ghi tóm tắt thành tích trước khi ký.", "achievements")
    row.state, row.signed_at, row.signed_by_id = NomineeState.SIGNED, at, by.id


def unsign_nominee(row: Nominee, *, reason: str, by: User, at: datetime) -> None:
    """Thủ trưởng rút chữ ký, before the Standing Committee proposes."""
    why = typed_reason(reason)
    if row.state is not NomineeState.SIGNED:
        refuse("Đề nghị chưa ký hoặc đã được đề xuất.")
    row.signed_at = row.signed_by_id = None
    change_state(row, NomineeState.DRAFT, why, by=by, at=at)


def note_standing(row: Nominee, *, discipline: str, complaint: str) -> None:
    """Ghi kỷ luật, khiếu nại đang có: what the gates of this nominee rest on."""
    row.discipline, row.complaint = one_line(discipline), one_line(complaint)


def typed_reason(given: str) -> str:
    """Lý do ghi tay; it may not pass for an objection that sends somebody back."""
    reason = stated_reason(given)
    if reason.startswith(SENT_BACK):
        refuse("Lý do này chỉ được ghi khi trả lời một ý kiến về dự thảo quyết định.", "reason")
    return reason


def send_back(row: Nominee, objection: str, *, by: User, at: datetime) -> None:
    """Đưa lại Hội đồng after an objection, which stands with the change as its cause."""
    cause = f"{SENT_BACK}{one_line(objection)}"[:LONGEST_CAUSE]
    change_state(row, NomineeState.LEFT_OUT, cause, by=by, at=at)


def change_state(row: Nominee, state: NomineeState, reason: str, *, by: User, at: datetime) -> None:
    """Đổi trạng thái, with the reason that is kept."""
    db.session.add(
        NomineeChange(
            nominee_id=row.id,
            from_state=row.state,
            to_state=state,
            reason=reason,
            at=at,
            by_id=by.id,
        )
    )
    row.state, row.state_reason = state, reason
    db.session.flush()
