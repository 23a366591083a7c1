"""Minh chứng đã dùng: the same file elsewhere is told to the verifier, never what is a draft."""

from campaign.extensions import db
from campaign.reporting.evidence.elsewhere import used_elsewhere
from campaign.reporting.models import Evidence
from campaign.reporting.rules import ReportState
from tests import build
from tests.worlds import Desk


def _evidence(desk, sha256, *, removed=False):
    row = Evidence(
        report_id=desk.report.id,
        file_name="so-lieu.pdf",
        media_type="application/pdf",
        size=10,
        sha256=sha256,
        storage_key=f"k{desk.report.id}{sha256[:1]}",
        uploaded_at=build.NOW,
        uploaded_by_id=desk.by.id,
        removed_at=build.NOW if removed else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _submitted_again(desk, row):
    """A version that holds this file, so that its verifier sees it."""
    listed = {
        "id": row.id,
        "criterion_id": None,
        "indicator_id": None,
        "file_name": row.file_name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
    }
    snapshot = desk.version.snapshot | {"evidence": [listed]}
    build.version(of=desk.report, by=desk.by, number=2, snapshot=snapshot)


def test_the_same_file_in_a_sent_report_of_another_unit_or_campaign_is_told(app, sign_in, page):
    desk, other, drafting, taken_off = Desk(), Desk(), Desk(), Desk()
    row = _evidence(desk, "a" * 64)
    _evidence(desk, "a" * 64)
    for elsewhere in (other, drafting):
        _evidence(elsewhere, "a" * 64)
    _evidence(taken_off, "a" * 64, removed=True)
    _evidence(other, "b" * 64)
    drafting.report.state = ReportState.DRAFT
    _submitted_again(desk, row)
    told = f"{other.office.name}, {other.report.period.name.lower()}, {other.campaign.title}"
    assert used_elsewhere(desk.report)[row.id] == [told]
    shown = page(
        sign_in(desk.by).get(f"/campaigns/{desk.campaign.id}/verification/{desk.report.id}")
    )
    text = " ".join(shown.tree.text_content().split())
    assert f"Tệp giống hệt cũng có ở: {told}" in text
    assert drafting.office.name not in text
