"""Danh sách đang mở: a criterion that is counted, within a report of one's own unit."""

from typing import Any, NamedTuple

from campaign.core.errors import NotVisible
from campaign.reporting.opened import OpenReport, opened_report
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.table import ScoredCriterion


class OpenList(NamedTuple):
    """Danh sách các lần của một tiêu chí: what every page and file about it needs."""

    report: OpenReport
    criterion: ScoredCriterion
    rule: CountRule

    @property
    def participation_id(self) -> int:
        """Đơn vị kê, as it takes part."""
        return self.report.report.participation_id

    @property
    def url(self) -> dict[str, Any]:
        """The values of its addresses."""
        return {**self.report.url, "criterion_id": self.criterion.id}


def opened_list(campaign_id: int, report_id: int, criterion_id: int) -> OpenList:
    """Danh sách của một tiêu chí mà báo cáo này hỏi; of another unit it does not exist."""
    opened = opened_report(campaign_id, report_id, own=True)
    for criterion in opened.demands.criteria:
        if criterion.id == criterion_id and criterion.count_rule:
            return OpenList(opened, criterion, criterion.count_rule)
    raise NotVisible
