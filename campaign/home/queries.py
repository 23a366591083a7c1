"""Việc của tôi: what is due, overdue, waiting and returned, for the roles of whoever asks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from flask import url_for
from sqlalchemy import CompoundSelect, func, select

from campaign.accounts.models import RoleGrant, User
from campaign.core.dates import format_date
from campaign.core.permissions import Permission, Role
from campaign.core.text import text_sort_key
from campaign.council.models import CouncilMember
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.home.award_work import of_awards
from campaign.home.council_work import of_meeting, of_member
from campaign.home.counts import count_of
from campaign.home.inspection_work import of_inspector, of_reader
from campaign.home.rules import SOON, Todo
from campaign.home.secretariat_work import of_secretariat
from campaign.home.unit_work import of_unit
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.setup.queries import open_steps
from campaign.setup.rules import Part
from campaign.units.models import Unit

SHOWN = 3
"""Mấy phong trào trên trang đầu."""


def running_campaigns(user: User) -> list[Campaign]:
    """Phong trào đang chạy, then the published ones; of each those first in which this person's
    units take part or in whose Council they sit, then the newest.
    """
    return list(
        db.session.scalars(
            select(Campaign)
            .where(Campaign.phase != Phase.DRAFT)
            .order_by(
                Campaign.phase == Phase.PUBLISHED,
                Campaign.id.in_(_campaigns_joined(user)).desc(),
                Campaign.starts_on.desc(),
                Campaign.id.desc(),
            )
            .limit(SHOWN)
        )
    )


def _campaigns_joined(user: User) -> CompoundSelect[int]:
    """Where this person's units take part, or they themselves sit in the Council."""
    taking_part = select(Participation.campaign_id).where(
        Participation.unit_id.in_(user.own_unit_ids)
    )
    sitting = select(CouncilMember.campaign_id).where(CouncilMember.user_id == user.id)
    return taking_part.union_all(sitting)


def drafts(today: date) -> list[Todo]:
    """Dự thảo phải phát động, the one that begins first on top."""
    rows = db.session.scalars(
        select(Campaign)
        .where(Campaign.phase == Phase.DRAFT)
        .order_by(Campaign.starts_on, Campaign.id)
        .limit(SHOWN)
    )
    return [_to_launch(row, today) for row in rows]


def _to_launch(row: Campaign, today: date) -> Todo:
    """A draft, the more urgent the nearer its first day."""
    return Todo(
        f"Chuẩn bị phát động “{row.title}”",
        f"{'đã quá ngày' if row.starts_on < today else 'bắt đầu ngày'} "
        f"{format_date(row.starts_on)}; "
        "xem các bước và việc còn thiếu",
        url_for("plan_path.index", campaign_id=row.id),
        0 if row.starts_on < today else 1 if row.starts_on - today <= SOON else 2,
    )


_SETTING_UP = {
    Part.OFFICE: "setup.office",
    Part.UNITS: "setup.add_unit",
    Part.PEOPLE: "setup.people",
    Part.CAMPAIGN: "planning.new",
}


def setting_up(user: User) -> list[Todo]:
    """Thiết lập ban đầu: the steps still open that this person may do, in order."""
    return [
        Todo(
            step.part.label,
            step.note,
            url_for(_SETTING_UP[step.part]),
            1 if place == 0 else 2,
            state="làm tiếp" if place == 0 else "chưa xong",
        )
        for place, step in enumerate(open_steps(user.permissions))
    ]


def todos(user: User, campaign: Campaign, today: date) -> list[Todo]:
    """Việc của một người trong một phong trào, the most urgent first."""
    work: list[Todo] = []
    roles = user.roles
    if campaign.phase is Phase.PUBLISHED:
        return list(_of_published(user, campaign))
    if roles & {Role.UNIT_OFFICER, Role.UNIT_HEAD}:
        work += of_unit(user, campaign, today)
    if Role.SECRETARIAT in roles:
        work += of_secretariat(user, campaign, today)
    if Role.COUNCIL_MEMBER in roles:
        work += of_member(user, campaign, today)
    if Role.INSPECTOR in roles:
        work += of_inspector(campaign)
    if roles & {Role.INSPECTOR, Role.DIRECTOR}:
        work += of_reader(campaign)
    work += [*of_meeting(user, campaign, today), *of_awards(user, campaign)]
    return sorted(work, key=lambda todo: (todo.urgency, todo.due_on, text_sort_key(todo.text)))


def _of_published(user: User, campaign: Campaign) -> Iterable[Todo]:
    own = user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD)
    for participation_id, name in _participations(campaign.id, own) if own else ():
        yield Todo(
            f"Vì sao {name} được điểm này",
            "mọi điểm đều có căn cứ",
            url_for(
                "explanations.show", campaign_id=campaign.id, participation_id=participation_id
            ),
            3,
        )
    yield Todo(
        "Xem kết quả đã công bố",
        "điểm, hạng và khen thưởng",
        url_for("publicity.results", campaign_id=campaign.id),
        3,
    )


def _participations(campaign_id: int, unit_ids: Collection[int]) -> Iterable[tuple[int, str]]:
    """Of these units those that take part, each with its short name."""
    return db.session.execute(
        select(Participation.id, Unit.short_name)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(Participation.campaign_id == campaign_id, Participation.unit_id.in_(unit_ids))
    )


def own_units(user: User) -> Sequence[Unit]:
    """Đơn vị của mình, whose results over the years are a page away."""
    own = user.own_unit_ids if Permission.AWARD_READ in user.permissions else ()
    if not own:
        return ()
    return db.session.scalars(select(Unit).where(Unit.id.in_(own)).order_by(Unit.sort_key)).all()


def administrators(*, with_demo: bool) -> Sequence[User]:
    """Ai giao được vai trò: administrators who can sign in; demo people in demo mode only."""
    statement = (
        select(User)
        .where(
            User.is_active,
            User.password_hash.is_not(None),
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == Role.ADMIN)),
        )
        .order_by(User.sort_key, User.id)
    )
    return db.session.scalars(statement if with_demo else statement.where(~User.is_demo)).all()


def administration() -> list[Todo]:
    """Việc của quản trị hệ thống."""
    return [
        *_of_unset_passwords(),
        Todo("Người dùng", "thêm, sửa, giao vai trò", url_for("accounts.users"), 3),
        Todo("Nhật ký", "xem và kiểm tra chuỗi", url_for("audit.index"), 3),
    ]


def _of_unset_passwords() -> Iterable[Todo]:
    without = count_of(
        select(func.count()).select_from(User).where(User.is_active, User.password_hash.is_(None))
    )
    if without:
        yield Todo(
            "Người dùng chưa đặt mật khẩu",
            "cấp liên kết một lần",
            url_for("accounts.users"),
            2,
            without,
        )
