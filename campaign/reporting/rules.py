"""Báo cáo: states of a report, deadlines and lateness."""

from datetime import date
from enum import StrEnum


class ReportState(StrEnum):
    """Trạng thái báo cáo."""

    DRAFT = "draft"
    AWAITING_SIGNATURE = "awaiting_signature"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        """Tên trạng thái."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    ReportState.DRAFT: "đang soạn",
    ReportState.AWAITING_SIGNATURE: "chờ ký",
    ReportState.SUBMITTED: "đã nộp",
    ReportState.RETURNED: "bị trả lại",
    ReportState.VERIFIED: "đã thẩm định",
}

EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
"""States in which the unit may write."""


def is_on_time(submitted: date, due_on: date) -> bool:
    """Đúng hạn: up to the end of the due day, Vietnamese time; no hidden grace."""
    return submitted <= due_on
