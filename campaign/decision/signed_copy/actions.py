"""Bản ký số: to keep one beside the decision, and to look through it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from campaign.accounts.models import User
from campaign.core.errors import refuse, stated_reason
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.signed_copy.models import SignedCopy
from campaign.decision.signed_copy.rules import Stated, Words, compared
from campaign.extensions import db
from campaign.files import storage
from campaign.papers.signatures import Seen


def demand_pdf(stream: IO[bytes], *, limit: int) -> bytes:
    """Nội dung tệp PDF that was sent, before anything of it is kept."""
    content = stream.read(limit + 1)
    if not content:
        refuse("Tệp rỗng.", "file")
    if len(content) > limit:
        refuse(f"Tệp lớn hơn {limit // (1024 * 1024)} MB.", "file")
    if not content.startswith(b"%PDF-"):
        refuse("Chỉ nhận tệp PDF; tệp này không phải PDF.", "file")
    return content


def attach(
    decision: Decision,
    lines: Sequence[DecisionLine],
    standing: SignedCopy | None,
    stream: IO[bytes],
    file_name: str | None,
    seen: Seen,
    *,
    reason: str,
    limit: int,
    by: User,
    at: datetime,
) -> SignedCopy:
    """Gắn bản ký số; another one only with a reason, and the earlier one stays."""
    why = stated_reason(reason, "Hãy ghi lý do thay bản đã gắn.") if standing else ""
    stored = storage.keep(stream, limit=limit)
    if standing is not None and standing.sha256 == stored.sha256:
        refuse("Tệp này chính là bản đang gắn.", "file")
    row = SignedCopy(
        decision_id=decision.id,
        number=standing.number + 1 if standing else 1,
        reason=why,
        file_name=storage.clean_name(file_name),
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
        attached_at=at,
        attached_by_id=by.id,
    )
    note(row, decision, lines, seen, at=at)
    db.session.add(row)
    db.session.flush()
    return row


def note(
    row: SignedCopy,
    decision: Decision,
    lines: Sequence[DecisionLine],
    seen: Seen,
    *,
    at: datetime,
) -> None:
    """Ghi kết quả kiểm tra: signatures and words, when and with what they were looked at."""
    words, lacking = compared(seen.text, _stated(decision, lines))
    row.checked_at, row.checked_with = at, seen.by
    row.decision_sha256 = decision.sha256
    row.report = _report(seen, words, lacking)


def _report(seen: Seen, words: Words, lacking: Sequence[str]) -> dict[str, Any]:
    """Kết quả kiểm tra as it is kept: what was seen of the file, and which words it lacks."""
    return {
        "pages": seen.pages,
        "signatures": seen.signatures,
        "words": words.value,
        "lacking": list(lacking),
        "roots": seen.roots,
    }


def _stated(decision: Decision, lines: Sequence[DecisionLine]) -> Stated:
    if decision.signed_on is None:
        refuse("Chỉ đối chiếu được quyết định đã ghi việc ký.")
    return Stated(
        decision.number, decision.symbol, decision.signed_on, [line.name for line in lines]
    )
