"""Việc của tôi: what is due, overdue, waiting and returned, for the roles of whoever asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import func, select

from campaign.accounts.models import RoleGrant, User
from campaign.core.dates import format_date, format_moment
from campaign.core.permissions import Role
from campaign.core.text import text_sort_key
from campaign.council import queries as council
from campaign.council.rules import CouncilFunction
from campaign.decision.queries import concerned_unit, decisions, in_notice
from campaign.decision.rules import DecisionState
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.inspection.models import Inspection
from campaign.meeting.queries import current_meeting
from campaign.meeting.rules import MeetingState
from campaign.nomination.queries import nominees
from campaign.nomination.rules import NomineeState
from campaign.planning.models import Campaign
from campaign.planning.queries import periods_of, scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.models import Report
from campaign.reporting.queries import Sight, filed, participations_seen
from campaign.reporting.rules import EDITABLE, OPEN_PHASES, SENT, ReportState
from campaign.scoring.progress import filling, unlocked_sheets
from campaign.scoring.queries import blocks_of, sheets_of
from campaign.units.models import Unit
from campaign.verification.queries import next_waiting


@dataclass(frozen=True, slots=True)
class Todo:
    """Việc: what, where, how urgent (0 overdue, 1 due, 2 waiting, 3 for information), how many
    where it counts;
    `state`: a word of its own where the degree of urgency says too little.
    """

    text: str
    note: str
    url: str
    urgency: int
    count: int = 0
    state: str = ""
    due_on: date = date.max

    @property
    def tone(self) -> str:
        """Màu của việc."""
        return ("bad", "warn", "info", "neutral")[self.urgency]

    @property
    def word(self) -> str:
        """Độ gấp bằng chữ."""
        return self.state or ("quá hạn", "đến hạn", "đang chờ", "thông tin")[self.urgency]


SHOWN = 3
"""Mấy phong trào trên trang đầu."""


def running_campaigns() -> list[Campaign]:
    """Phong trào đang chạy, then the published ones; newest first."""
    return list(
        db.session.scalars(
            select(Campaign)
            .where(Campaign.phase != Phase.DRAFT)
            .order_by(
                Campaign.phase == Phase.PUBLISHED, Campaign.starts_on.desc(), Campaign.id.desc()
            )
            .limit(SHOWN)
        )
    )


SOON = timedelta(days=14)


def drafts(today: date) -> list[Todo]:
    """Dự thảo phải phát động, the one that begins first on top: what the office prepares while
    nothing runs yet.
    """
    rows = db.session.scalars(
        select(Campaign)
        .where(Campaign.phase == Phase.DRAFT)
        .order_by(Campaign.starts_on, Campaign.id)
        .limit(SHOWN)
    )
    return [
        Todo(
            f"Chuẩn bị phát động “{row.title}”",
            f"{'đã quá ngày' if row.starts_on < today else 'bắt đầu ngày'} "
            f"{format_date(row.starts_on)}; "
            "xem việc còn thiếu trước khi phát động",
            url_for("conduct.index", campaign_id=row.id),
            0 if row.starts_on < today else 1 if row.starts_on - today <= SOON else 2,
        )
        for row in rows
    ]


def todos(user: User, campaign: Campaign, today: date) -> list[Todo]:
    """Việc của một người trong một phong trào, the most urgent first."""
    found: list[Todo] = []
    roles = user.roles
    if campaign.phase is Phase.PUBLISHED:
        return list(_of_published(user, campaign))
    if roles & {Role.UNIT_OFFICER, Role.UNIT_HEAD}:
        found += _of_unit(user, campaign, today)
    if Role.SECRETARIAT in roles:
        found += _of_secretariat(user, campaign, today)
    if Role.COUNCIL_MEMBER in roles:
        found += _of_member(user, campaign, today)
    if Role.INSPECTOR in roles:
        found += _of_inspector(campaign)
    if roles & {Role.INSPECTOR, Role.DIRECTOR}:
        found += _of_reader(campaign)
    found += [*_of_meeting(user, campaign, today), *_of_awards(user, campaign)]
    return sorted(found, key=lambda todo: (todo.urgency, todo.due_on, text_sort_key(todo.text)))


def _of_published(user: User, campaign: Campaign) -> Iterable[Todo]:
    own = user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD)
    rows = (
        db.session.execute(
            select(Participation.id, Unit.short_name)
            .join(Unit, Unit.id == Participation.unit_id)
            .where(Participation.campaign_id == campaign.id, Participation.unit_id.in_(own))
        )
        if own
        else ()
    )
    for participation_id, name in rows:
        yield Todo(
            f"Vì sao {name} được điểm này",
            "mọi điểm đều có căn cứ",
            url_for("ranking.explain", campaign_id=campaign.id, participation_id=participation_id),
            3,
        )
    yield Todo(
        "Xem kết quả đã công bố",
        "điểm, hạng và khen thưởng",
        url_for("publicity.results", campaign_id=campaign.id),
        3,
    )


def _of_unit(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    own = frozenset(user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))
    heads = set(user.units_as(Role.UNIT_HEAD))
    enrolled = set(
        db.session.scalars(
            select(Participation.unit_id).where(
                Participation.campaign_id == campaign.id, Participation.unit_id.in_(own)
            )
        )
    )
    if heads - enrolled and campaign.phase in {Phase.LAUNCHED, Phase.REPORTING}:
        yield Todo(
            "Đăng ký tham gia phong trào",
            "gửi giao ước thi đua của đơn vị",
            url_for("enrolment.index", campaign_id=campaign.id),
            1,
        )
    if campaign.phase not in OPEN_PHASES:
        return
    rows = participations_seen(campaign.id, Sight(own, sees_others=False))
    periods = periods_of(campaign.id)
    reports, dates = (
        filed(campaign.id, [row.id for row in rows]),
        dates_of([row.id for row in rows], periods),
    )
    for row in rows:
        for period in periods:
            report, due = reports.get((row.id, period.id)), dates[row.id, period.id]
            if report and report.state not in EDITABLE | {ReportState.AWAITING_SIGNATURE}:
                continue
            if today < period.starts_on:
                continue
            url = (
                url_for("reporting.show", campaign_id=campaign.id, report_id=report.report_id)
                if report
                else url_for("reporting.index", campaign_id=campaign.id)
            )
            if today > due.locks_on:
                yield Todo(
                    f"Đã đóng nhận mà chưa nộp: {period.name} – {row.unit.short_name}",
                    f"đóng nhận báo cáo sau {format_date(due.locks_on)}; muốn nộp, hãy xin "
                    "Thường trực gia hạn",
                    url,
                    0,
                )
                continue
            yield _report_todo(
                f"{period.name} – {row.unit.short_name}",
                report.state if report else None,
                url,
                due.due_on,
                today,
                is_head=row.unit_id in heads,
            )


def _report_todo(
    name: str, state: ReportState | None, url: str, due_on: date, today: date, *, is_head: bool
) -> Todo:
    days = (due_on - today).days
    when = (
        f"quá hạn {-days} ngày"
        if days < 0
        else "hạn hôm nay"
        if days == 0
        else f"còn {days} ngày, hạn {format_date(due_on)}"
    )
    urgency, word = (0, "") if days < 0 else (1, "") if days <= SOON.days else (2, "chưa đến hạn")
    if state is ReportState.RETURNED:
        return Todo(
            f"Sửa báo cáo bị trả lại: {name}", when, url, 0, state=state.label, due_on=due_on
        )
    if state is ReportState.AWAITING_SIGNATURE:
        if is_head:
            return Todo(f"Ký nộp: {name}", when, url, min(urgency, 1), due_on=due_on)
        return Todo(f"Đang chờ thủ trưởng ký: {name}", when, url, 3, due_on=due_on)
    verb = "Viết tiếp báo cáo" if state else "Bắt đầu báo cáo"
    return Todo(f"{verb}: {name}", when, url, urgency, state=word, due_on=due_on)


def _of_secretariat(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    waiting = (
        db.session.scalar(
            select(func.count())
            .select_from(Report)
            .join(Participation, Participation.id == Report.participation_id)
            .where(
                Participation.campaign_id == campaign.id,
                Report.state == ReportState.SUBMITTED,
                Participation.unit_id.not_in(user.own_unit_ids),
            )
        )
        or 0
    )
    if waiting:
        first = next_waiting(campaign.id, user.own_unit_ids)
        yield Todo(
            "Báo cáo đã nộp chờ thẩm định",
            "mở báo cáo chờ tiếp theo",
            url_for("verification.show", campaign_id=campaign.id, report_id=first),
            2,
            waiting,
        )
    returned = (
        db.session.scalar(
            select(func.count())
            .select_from(Report)
            .join(Participation, Participation.id == Report.participation_id)
            .where(Participation.campaign_id == campaign.id, Report.state == ReportState.RETURNED)
        )
        or 0
    )
    if returned:
        yield Todo(
            "Báo cáo đã trả lại, chờ đơn vị sửa",
            "xem đơn vị nào chưa nộp lại",
            url_for(
                "verification.index", campaign_id=campaign.id, state=ReportState.RETURNED.value
            ),
            2,
            returned,
        )
    proposed = (
        db.session.scalar(
            select(func.count())
            .select_from(Participation)
            .where(
                Participation.campaign_id == campaign.id,
                Participation.state == ParticipationState.PROPOSED,
            )
        )
        or 0
    )
    if proposed:
        yield Todo(
            "Đăng ký chờ xác nhận và xếp khối",
            "xem giao ước rồi xếp vào khối",
            url_for("enrolment.index", campaign_id=campaign.id),
            2,
            proposed,
        )
    if campaign.phase in OPEN_PHASES:
        late = _late_count(campaign, today)
        if late:
            yield Todo(
                "Báo cáo quá hạn chưa nộp",
                "nhắc đơn vị, hoặc gia hạn có lý do",
                url_for("verification.index", campaign_id=campaign.id, state="overdue"),
                0,
                late,
            )
    if campaign.phase is Phase.SCORING:
        unlocked = unlocked_sheets(campaign.id)
        if unlocked:
            yield Todo(
                "Phiếu chấm chưa khoá",
                "xem thành viên nào còn thiếu",
                url_for("scoring.index", campaign_id=campaign.id),
                2,
                unlocked,
            )
    yield Todo(
        f"Phong trào đang ở bước “{campaign.phase.label}”",
        "xem việc còn thiếu cho bước tiếp",
        url_for("conduct.index", campaign_id=campaign.id),
        3,
    )


def _late_count(campaign: Campaign, today: date) -> int:
    rows = list(
        db.session.scalars(
            select(Participation.id).where(
                Participation.campaign_id == campaign.id,
                Participation.state == ParticipationState.CONFIRMED,
            )
        )
    )
    periods = [period for period in periods_of(campaign.id) if period.due_on < today]
    reports, dates = filed(campaign.id), dates_of(rows, periods)
    return sum(
        due.due_on < today and not (key in reports and reports[key].is_sent)
        for key, due in dates.items()
    )


def _of_member(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    member = council.active_member(user.id, campaign.id, today)
    if member is None:
        return
    url = url_for("scoring.index", campaign_id=campaign.id)
    kept = council.recusals_of(member)
    if kept:
        names = ", ".join(sorted((row.unit_name for row in kept.values()), key=text_sort_key))
        yield Todo(
            "Đơn vị Ông/Bà không chấm",
            names,
            url_for("council.index", campaign_id=campaign.id),
            3,
            len(kept),
        )
    if campaign.phase is not Phase.SCORING:
        if campaign.phase.place > Phase.SCORING.place:
            yield Todo(
                "Xem xếp hạng",
                "tính từ các phiếu đã khoá",
                url_for("ranking.index", campaign_id=campaign.id),
                3,
            )
        return
    yield from _of_sheets(campaign, member.id, frozenset(kept), url)
    if member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY}:
        unlocked = unlocked_sheets(campaign.id)
        if unlocked:
            yield Todo(
                "Phiếu chấm của Hội đồng chưa khoá",
                "xem thành viên nào còn thiếu",
                url,
                2,
                unlocked,
            )


def _of_sheets(
    campaign: Campaign, member_id: int, hidden: frozenset[int], url: str
) -> Iterable[Todo]:
    """What is to mark, what is to lock, and what came too late for a sheet that is locked."""
    scheme, sheets = scheme_of(campaign.id), sheets_of(member_id)
    fillings = [
        (
            sheet is not None and sheet.locked_at is not None,
            filling(campaign.id, scheme, block.id, sheet, hidden),
        )
        for block in blocks_of(campaign.id)
        for sheet in [sheets.get(block.id)]
    ]
    left = sum(found.left for is_locked, found in fillings if not is_locked)
    full = sum(found.cells > 0 and not found.left for is_locked, found in fillings if not is_locked)
    late = sum(found.left for is_locked, found in fillings if is_locked)
    if left:
        yield Todo("Ô điểm chưa chấm", "chấm rồi khoá phiếu", url, 1, left)
    if full:
        yield Todo("Phiếu đã chấm đủ, chưa khoá", "khoá phiếu thì điểm mới được tính", url, 1, full)
    if late:
        yield Todo(
            "Ô mở chấm sau khi Ông/Bà khoá phiếu",
            "muốn chấm, đề nghị Chủ tịch Hội đồng mở lại phiếu",
            url,
            2,
            late,
        )
    if not (left or full or late):
        yield Todo("Không còn ô nào phải chấm", "xem lại phiếu của mình", url, 3)


def _of_inspector(campaign: Campaign) -> Iterable[Todo]:
    """What may be inspected on the spot, and what was."""
    sent = (
        db.session.scalar(
            select(func.count())
            .select_from(Report)
            .join(Participation, Participation.id == Report.participation_id)
            .where(Participation.campaign_id == campaign.id, Report.state.in_(SENT))
        )
        or 0
    )
    if sent:
        yield Todo(
            "Báo cáo đã nộp, có thể kiểm tra thực tế",
            "chọn đơn vị để đối chiếu số liệu với sổ sách",
            url_for("verification.index", campaign_id=campaign.id),
            2,
            sent,
        )
    held = (
        db.session.scalar(
            select(func.count())
            .select_from(Inspection)
            .join(Participation, Participation.id == Inspection.participation_id)
            .where(Participation.campaign_id == campaign.id)
        )
        or 0
    )
    yield Todo(
        "Biên bản kiểm tra thực tế",
        "ghi biên bản mới hoặc xem lại",
        url_for("inspection.index", campaign_id=campaign.id),
        2,
        held,
    )


def _of_reader(campaign: Campaign) -> Iterable[Todo]:
    yield Todo(
        f"{campaign.title}: bước “{campaign.phase.label}”",
        "xem báo cáo và thẩm định",
        url_for("verification.index", campaign_id=campaign.id),
        3,
    )


def _of_meeting(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """The meeting that is called or open: for its members, and for whoever prepares it."""
    meeting = current_meeting(campaign.id) if campaign.phase is Phase.MEETING else None
    member = council.active_member(user.id, campaign.id, today)
    if meeting is None:
        if campaign.phase is Phase.MEETING and Role.SECRETARIAT in user.roles:
            yield Todo(
                "Mời Hội đồng họp",
                "chọn ngày và gửi giấy mời",
                url_for("meeting.index", campaign_id=campaign.id),
                2,
            )
        return
    if member is None and Role.SECRETARIAT not in user.roles:
        return
    url = url_for("room.show", campaign_id=campaign.id, meeting_id=meeting.id)
    if meeting.state is MeetingState.OPEN:
        yield Todo("Vào phòng họp Hội đồng", "cuộc họp đang diễn ra", url, 1)
    elif meeting.state is MeetingState.CALLED:
        yield Todo("Họp Hội đồng", f"{format_moment(meeting.starts_at)}, {meeting.place}", url, 2)
    elif member is not None and member.id == meeting.chair_id:
        yield Todo(
            "Xác nhận biên bản cuộc họp",
            "đọc biên bản rồi ký xác nhận",
            url_for("room.show_minutes", campaign_id=campaign.id, meeting_id=meeting.id),
            1,
        )


def _of_awards(user: User, campaign: Campaign) -> Iterable[Todo]:
    """Nominations a head has to sign, and decisions that wait for their signature."""
    heads = user.units_as(Role.UNIT_HEAD)
    if heads:
        waiting = sum(
            row.state is NomineeState.DRAFT for row in nominees(campaign.id, unit_ids=heads)
        )
        if waiting:
            yield Todo(
                "Ký đề nghị khen thưởng",
                "của đơn vị mình",
                url_for("decision.index", campaign_id=campaign.id),
                1,
                waiting,
            )
    own = user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    if campaign.phase is Phase.DECIDING and own and concerned_unit(campaign.id, own):
        for row in in_notice(campaign.id):
            until = f"đến hết ngày {format_date(row.notice_until)}" if row.notice_until else ""
            yield Todo(
                f"Cho ý kiến về dự thảo quyết định {row.kind.label}",
                until,
                url_for("notice.show", campaign_id=campaign.id, decision_id=row.id),
                2,
            )
    if campaign.phase is Phase.DECIDING and user.roles & {Role.DIRECTOR, Role.SECRETARIAT}:
        left = [row for row in decisions(campaign.id) if row.state is not DecisionState.SIGNED]
        for row in left:
            yield Todo(
                f"Quyết định {row.kind.label} {row.state.label}",
                campaign.title,
                url_for("decision.show", campaign_id=campaign.id, decision_id=row.id),
                1,
            )


def administrators(*, with_demo: bool) -> Sequence[User]:
    """Ai giao được vai trò: administrators who can sign in, by name; demo people in demo
    mode only.
    """
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
    without = (
        db.session.scalar(
            select(func.count())
            .select_from(User)
            .where(User.is_active, User.password_hash.is_(None))
        )
        or 0
    )
    found = [
        Todo("Người dùng", "thêm, sửa, giao vai trò", url_for("accounts.users"), 3),
        Todo("Nhật ký", "xem và kiểm tra chuỗi", url_for("audit.index"), 3),
    ]
    if without:
        found.insert(
            0,
            Todo(
                "Người dùng chưa đặt mật khẩu",
                "cấp liên kết một lần",
                url_for("accounts.users"),
                2,
                without,
            ),
        )
    return found
