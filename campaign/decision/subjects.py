"""Trích yếu: what a decision is about, and how one that amends it cites it."""

from campaign.core.listing import listing
from campaign.decision import queries
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionKind
from campaign.decision.signer import authority
from campaign.extensions import db
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign
from campaign.units.models import Unit
from campaign.units.queries import OfficeNames, office_names


def issuer_of(campaign: Campaign, decision: Decision) -> OfficeNames:
    """Cơ quan ban hành: as it was called when the decision was signed, else as it is now."""
    kept = (decision.figures or {}).get("office")
    return OfficeNames(**kept) if kept else office_names(campaign.organiser_id)


def organiser_name(campaign: Campaign, decision: Decision | None = None) -> str:
    """Đơn vị phát động by its whole name: as it was when the decision was signed, else now."""
    if decision is not None and decision.figures and "organiser" in decision.figures:
        return str(decision.figures["organiser"])
    unit = db.session.get(Unit, campaign.organiser_id) if campaign.organiser_id else None
    return unit.name if unit else ""


def forms_of(decision: Decision) -> str:
    """Các hình thức khen thưởng trong danh sách: "Giấy khen của Giám đốc Sở"."""
    return listing(dict.fromkeys(line.form_name for line in queries.lines_of(decision.id)))


def about(campaign: Campaign, decision: Decision) -> str:
    """Trích yếu của quyết định, without the words before it."""
    forms = forms_of(decision) or "…"
    if decision.kind is DecisionKind.AWARD:
        return f"tặng {forms} trong {drive_words(campaign.title)}"
    whom, award = queries.about_whom_of(decision), queries.amended_by(decision)[0]
    if decision.kind is DecisionKind.REVOCATION:
        return f"thu hồi {forms} của {whom} theo Quyết định số {award.cited}"
    return f"điều chỉnh thông tin về {whom} trong Quyết định số {award.cited}"


def amended_words(decision: Decision) -> str:
    """Quyết định bị điều chỉnh, thu hồi: that of the award, and by which it was put right since."""
    award, *since = queries.amended_by(decision)
    if not since:
        return award.cited
    corrected = ", ".join(f"Quyết định số {row.cited}" for row in since)
    return f"{award.cited} (đã điều chỉnh tại {corrected})"


def cited_in_full(campaign: Campaign, decision: Decision) -> str:
    """Dẫn một quyết định làm căn cứ: number, day, who issued it and what it is about."""
    who = f"{authority(decision)} {issuer_of(campaign, decision).issuer}".strip()
    return f"Quyết định số {decision.cited} của {who} về việc {about(campaign, decision)}"
