"""Điều hướng: the menu of each person, and the campaign they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Flask, get_template_attribute, request, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select

from campaign.conduct.path import PLACES, around, step_at
from campaign.conduct.queries import phase_items
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.notices.queries import unread_count
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.web.access import is_signed_in


@dataclass(frozen=True)
class Entry:
    """Mục trong trình đơn."""

    label: str
    endpoint: str
    icon: str
    permission: Permission
    of_campaign: bool = True
    is_rare: bool = False
    """Mục ít dùng: where the menu would be long it stands behind “Thêm”."""


MENU: tuple[Entry, ...] = (
    Entry("Việc của tôi", "home.index", "house", Permission.HOME_READ, of_campaign=False),
    Entry("Kế hoạch", "planning.show", "flag", Permission.CAMPAIGN_READ),
    Entry("Đăng ký", "enrolment.index", "people", Permission.ENROLMENT_READ),
    Entry("Hội đồng", "council.index", "shield-check", Permission.COUNCIL_READ),
    Entry("Báo cáo", "reporting.index", "file-earmark-text", Permission.REPORT_READ),
    Entry("Thẩm định", "verification.index", "clipboard-check", Permission.VERIFICATION_READ),
    Entry("Chấm điểm", "scoring.index", "pencil", Permission.SHEET_READ),
    Entry("Xếp hạng", "ranking.index", "bar-chart", Permission.RANKING_READ),
    Entry("Họp Hội đồng", "meeting.index", "chat-left-text", Permission.MEETING_READ),
    Entry("Khen thưởng", "decision.index", "trophy", Permission.AWARD_READ),
    Entry("Văn bản", "office.index", "file-earmark-text", Permission.PAPER_DRAW),
    Entry("Lưu trữ", "archive.index", "clipboard-check", Permission.ARCHIVE_PACK, is_rare=True),
    Entry("Điều hành", "conduct.index", "list-check", Permission.CAMPAIGN_MOVE),
    Entry("Điển hình", "exemplars.index", "trophy", Permission.EXEMPLAR_READ, is_rare=True),
    Entry("Tuyên truyền", "publicity.posts", "megaphone", Permission.POST_WRITE, is_rare=True),
    Entry(
        "Sổ khen thưởng",
        "register.index",
        "clipboard-check",
        Permission.AWARD_READ,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Phong trào",
        "planning.index",
        "calendar",
        Permission.CAMPAIGN_READ,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Đơn vị", "units.index", "building", Permission.UNIT_MANAGE, of_campaign=False, is_rare=True
    ),
    Entry(
        "Mẫu văn bản",
        "paper_templates.index",
        "file-earmark-text",
        Permission.PAPER_DESIGN,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Người dùng",
        "accounts.users",
        "person",
        Permission.ACCOUNT_MANAGE,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Hộp thư đi",
        "outbox.index",
        "megaphone",
        Permission.MAIL_MANAGE,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Vận hành",
        "operation.index",
        "list-check",
        Permission.SYSTEM_OPERATE,
        of_campaign=False,
        is_rare=True,
    ),
    Entry(
        "Nhật ký", "audit.index", "clock", Permission.AUDIT_READ, of_campaign=False, is_rare=True
    ),
)
"""Trình đơn: every entry with the permission its page declares."""


MOST_IN_A_ROW = 9
"""Up to so many entries stand side by side with their pictures."""


@dataclass(frozen=True)
class Item:
    """Mục như trang vẽ ra."""

    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class Choice:
    """Phong trào trong ô chọn."""

    title: str
    url: str
    active: bool


def current_campaign_id(campaigns: Sequence[Any]) -> int | None:
    """Phong trào đang đứng: of the address, else the newest that runs, else the newest."""
    asked = (request.view_args or {}).get("campaign_id")
    if asked is not None:
        return int(asked)
    running = [row.id for row in campaigns if row.phase is not Phase.PUBLISHED]
    return next(iter(running), campaigns[0].id if campaigns else None)


_NEWEST = (
    select(Campaign.id, Campaign.title, Campaign.phase)
    .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    .limit(20)
)
"""Built once: the campaigns to choose from stand on every page."""
_NO_DRAFTS = _NEWEST.where(Campaign.phase != Phase.DRAFT)


def _campaigns() -> Sequence[Any]:
    """The newest campaigns that this person may know of."""
    plans = Permission.CAMPAIGN_PLAN in current_user.permissions
    return db.session.execute(_NEWEST if plans else _NO_DRAFTS).all()


def _address(endpoint: str, campaign_id: int | None) -> str:
    return (
        url_for(endpoint, campaign_id=campaign_id) if campaign_id is not None else url_for(endpoint)
    )


_PARTS = {
    "agreement": "ranking",
    "explanations": "ranking",
    "stories": "exemplars",
    "room": "meeting",
    "ballots": "meeting",
    "voting": "meeting",
    "allocations": "planning",
    "criteria": "planning",
    "indicators": "planning",
    "lists": "planning",
    "markers": "planning",
    "plan_path": "planning",
    "copying": "planning",
    "correcting": "planning",
    "scheme": "planning",
    "honours": "planning",
    "ready_tables": "planning",
    "import_exemplars": "exemplars",
    "import_goals": "planning",
    "import_indicators": "planning",
    "import_occurrences": "reporting",
    "registers": "reporting",
    "import_table": "planning",
    "import_targets": "planning",
    "deadlines": "reporting",
    "evidence": "reporting",
    "report_forms": "reporting",
    "report_history": "reporting",
    "counts": "reporting",
    "clarification": "verification",
    "inspection": "verification",
    "occurrences": "verification",
    "claims": "verification",
    "divergence": "scoring",
    "score_forms": "scoring",
    "score_matrix": "scoring",
    "nomination": "decision",
    "kinds": "decision",
    "notice": "decision",
    "signing": "decision",
    "upward": "decision",
    "directives": "publicity",
    "attachments": "publicity",
    "themes": "publicity",
    "catalogue": "register",
    "certificates": "register",
}
"""Phần của mục nào: pages that stand under an entry of another name."""


def _section(endpoint: str) -> str:
    blueprint = endpoint.partition(".")[0]
    return _PARTS.get(blueprint, blueprint)


def _menu(held: frozenset[Permission], endpoint: str, campaign_id: int | None) -> Markup:
    """Trình đơn của những quyền này on the page `endpoint`."""
    items: list[Item] = []
    rare: list[Item] = []
    for entry in MENU:
        if entry.permission not in held or (entry.of_campaign and campaign_id is None):
            continue
        active = endpoint == entry.endpoint or (
            entry.of_campaign
            and _section(endpoint) == entry.endpoint.partition(".")[0]
            and endpoint != "planning.index"
        )
        url = _address(entry.endpoint, campaign_id if entry.of_campaign else None)
        (rare if entry.is_rare else items).append(Item(entry.label, url, entry.icon, active))
    if len(items) + len(rare) <= MOST_IN_A_ROW:
        items, rare = items + rare, []
    drawn: Markup = get_template_attribute("components/menu.html", "menu")(items, rare)
    return drawn


class Navigation(NamedTuple):
    """Lối đi trên một trang: the menu, and the campaigns to choose from."""

    menu: Markup
    campaigns: Sequence[Choice]
    unread: int = 0
    """Số việc được nhắc mà chưa đọc."""


def _navigation() -> Navigation:
    """Lối đi của người này; a visitor has none."""
    if not is_signed_in() or not current_user.is_authenticated:
        return Navigation(Markup(), ())
    campaigns = _campaigns() if Permission.CAMPAIGN_READ in current_user.permissions else ()
    chosen = current_campaign_id(campaigns)
    return Navigation(
        _menu(current_user.permissions, request.endpoint or "", chosen),
        [
            Choice(row.title, _address("planning.show", row.id), row.id == chosen)
            for row in campaigns
        ],
        unread_count(current_user.id),
    )


def _phase_strip(campaign: Campaign) -> Markup:
    """Dải các bước, which stands on every page of the campaign."""
    drawn: Markup = get_template_attribute("components/phase.html", "strip")(phase_items(campaign))
    return drawn


def _plan_way(campaign: Campaign) -> Markup:
    """Bước trước, bước tiếp on the pages of a plan that may be written; else the way to correct
    one that was just launched. Both are for those who plan.
    """
    step = step_at(request.endpoint or "", request.view_args or {})
    if step is None or Permission.CAMPAIGN_PLAN not in current_user.permissions:
        return Markup()
    if campaign.is_frozen:
        return _drawn("correct", campaign) if campaign.phase is Phase.LAUNCHED else Markup()
    pages = {
        other: url_for(endpoint, campaign_id=campaign.id, **dict(values))
        for other, (endpoint, values) in PLACES.items()
    }
    return _drawn("way", campaign, around(step), pages)


def _drawn(macro: str, *given: Any) -> Markup:
    """Một macro của lối đi."""
    drawn: Markup = get_template_attribute("components/path.html", macro)(*given)
    return drawn


def init_app(app: Flask) -> None:
    """Đưa trình đơn, dải các bước và lối đi của kế hoạch vào mọi trang của `app`."""
    app.jinja_env.globals["navigation"] = _navigation
    app.jinja_env.globals["phase_strip"] = _phase_strip
    app.jinja_env.globals["plan_way"] = _plan_way
