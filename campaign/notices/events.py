"""Sự việc: what happened, told to whom it concerns. Views call these after the action, with plain
values, in the same transaction; nobody learns here what they may not see.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from flask import current_app, url_for
from sqlalchemy import func, select

from campaign.core.dates import format_date, format_moment
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.notices.actions import About, tell, withdraw, withdraw_all
from campaign.notices.calendar import Event, invitation
from campaign.notices.models import Notice
from campaign.notices.receivers import of_units, with_role
from campaign.notices.rules import NoticeKind


def launched(campaign_id: int, title: str, *, at: datetime) -> None:
    """Phát động: every unit is told to enrol."""
    about = About(
        NoticeKind.LAUNCHED,
        f"launched:{campaign_id}:{at:%Y%m%d%H%M%S}",
        f"Đã phát động “{title}”",
        url_for("enrolment.index", campaign_id=campaign_id),
        "Đơn vị đăng ký tham gia và gửi giao ước thi đua.",
        campaign_id,
    )
    tell(with_role(Role.UNIT_HEAD, Role.UNIT_OFFICER), about, at=at)


def enrolled(campaign_id: int, unit_id: int, block: str, *, at: datetime) -> None:
    """Đăng ký được xác nhận."""
    about = About(
        NoticeKind.ENROLLED,
        f"enrolled:{campaign_id}:{unit_id}:{block}",
        f"Đăng ký của đơn vị đã được xác nhận, xếp vào {block}",
        url_for("enrolment.index", campaign_id=campaign_id),
        campaign_id=campaign_id,
    )
    tell(of_units([unit_id]), about, at=at)


def report_returned(
    campaign_id: int, report_id: int, version: int, unit_id: int, due_on: date, *, at: datetime
) -> None:
    """Báo cáo bị trả lại: to be mended until a day."""
    about = About(
        NoticeKind.REPORT_RETURNED,
        f"returned:{report_id}:{version}",
        "Báo cáo bị trả lại để sửa",
        url_for("reporting.show", campaign_id=campaign_id, report_id=report_id),
        f"Lý do ghi ở đầu báo cáo; sửa và nộp lại trước hết ngày {format_date(due_on)}.",
        campaign_id,
        due_on,
    )
    tell(of_units([unit_id]), about, at=at)


def verified(campaign_id: int, report_id: int, unit_id: int, *, at: datetime) -> None:
    """Thẩm định xong một báo cáo; what was found is not said here."""
    about = About(
        NoticeKind.VERIFIED,
        f"verified:{report_id}:{at:%Y%m%d%H%M%S}",
        "Báo cáo của đơn vị đã được thẩm định xong",
        url_for("reporting.show", campaign_id=campaign_id, report_id=report_id),
        campaign_id=campaign_id,
    )
    tell(of_units([unit_id]), about, at=at)


def clarification_opened(
    campaign_id: int, report_id: int, unit_id: int, due_on: date, *, at: datetime
) -> None:
    """Mở giải trình: silence is acceptance, so the day is said."""
    about = About(
        NoticeKind.CLARIFICATION,
        f"clarification:{report_id}",
        "Xem kết quả thẩm định, chấp nhận hoặc giải trình",
        url_for("clarification.show", campaign_id=campaign_id, report_id=report_id),
        f"Không có ý kiến đến hết ngày {format_date(due_on)} là chấp nhận.",
        campaign_id,
        due_on,
    )
    tell(of_units([unit_id]), about, at=at)


def scoring_opened(campaign_id: int, title: str, members: Collection[int], *, at: datetime) -> None:
    """Mở chấm điểm: the members of the Council."""
    about = About(
        NoticeKind.SHEET_OPEN,
        f"scoring:{campaign_id}:{at:%Y%m%d%H%M%S}",
        f"Mở chấm điểm “{title}”",
        url_for("scoring.index", campaign_id=campaign_id),
        "Chấm đủ các ô rồi khoá phiếu.",
        campaign_id,
    )
    tell(members, about, at=at)


class Call(NamedTuple):
    """Giấy mời một cuộc họp: which meeting, when and where."""

    campaign_id: int
    meeting_id: int
    starts_at: datetime
    place: str

    @property
    def words(self) -> str:
        """Giờ họp và nơi họp."""
        return f"{format_moment(self.starts_at)}, {self.place}"


def published(
    campaign_id: int,
    title: str,
    unit_ids: Collection[int],
    members: Collection[int],
    *,
    at: datetime,
) -> None:
    """Công bố kết quả: everybody of the units that take part, and the Council."""
    about = About(
        NoticeKind.DECISION,
        f"published:{campaign_id}",
        f"Đã công bố kết quả “{title}”",
        url_for("ranking.index", campaign_id=campaign_id),
        "Xem hạng, điểm và căn cứ của từng điểm.",
        campaign_id,
    )
    tell(of_units(unit_ids) | set(members), about, at=at)


def stepped_back(campaign_id: int, *, is_draft: bool, is_scored: bool, at: datetime) -> None:
    """Quay lại bước trước: what was told of the step that was taken back holds no more, and goes in
    no mail; taken again, it is told again.
    """
    if is_draft:
        withdraw_all(f"launched:{campaign_id}:", at=at)
    if not is_scored:
        withdraw_all(f"scoring:{campaign_id}:", at=at)


def meeting_called(call: Call, members: Collection[int], *, at: datetime) -> None:
    """Mời họp, hoặc dời họp: the same event of a calendar, its sequence raised."""
    sequence = _calls_of(call.meeting_id)
    words = "Mời họp Hội đồng" if sequence == 0 else "Giấy mời họp Hội đồng đã đổi"
    _tell_call(call, sequence, members, f"{words}: {call.words}", at=at)


def meeting_cancelled(call: Call, members: Collection[int], reason: str, *, at: datetime) -> None:
    """Huỷ họp: the event of their calendars is cancelled, and what they sent counts no more."""
    why = (
        f"Lý do: {reason}. Phiếu lấy ý kiến đã gửi không còn tính; khi Hội đồng được mời lại sẽ có "
        "giấy mời khác."
    )
    title = f"Huỷ cuộc họp Hội đồng: {call.words}"
    _tell_call(call, _calls_of(call.meeting_id), members, title, why, is_cancelled=True, at=at)


def _tell_call(
    call: Call,
    sequence: int,
    members: Collection[int],
    title: str,
    reason: str = "",
    *,
    is_cancelled: bool = False,
    at: datetime,
) -> None:
    """What was told of this meeting before and not read yet no longer holds."""
    event = meeting_event(call, sequence, is_cancelled=is_cancelled)
    about = About(
        NoticeKind.MEETING_CALLED,
        f"meeting:{call.meeting_id}:{sequence}",
        title,
        url_for("room.show", campaign_id=call.campaign_id, meeting_id=call.meeting_id),
        reason,
        call.campaign_id,
        calendar=invitation(event, organiser=current_app.config["MAIL_FROM"], at=at),
    )
    withdraw_all(f"meeting:{call.meeting_id}:", at=at)
    tell(members, about, at=at)


def meeting_event(call: Call, sequence: int, *, is_cancelled: bool = False) -> Event:
    """Cuộc họp trong lịch: under the same UID in invitations and in a person's own calendar."""
    return Event(
        uid=f"meeting-{call.meeting_id}@{host()}",
        sequence=sequence,
        starts_at=call.starts_at,
        title="Họp Hội đồng Thi đua – Khen thưởng",
        place=call.place,
        is_cancelled=is_cancelled,
    )


def _calls_of(meeting_id: int) -> int:
    """How often its members were told of this meeting."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(Notice.key))).where(
                Notice.key.startswith(f"meeting:{meeting_id}:")
            )
        )
        or 0
    )


def host() -> str:
    """Tên máy chủ của cơ quan, for what must be one of a kind in the world."""
    return str(current_app.config["PUBLIC_URL"]).partition("://")[2].partition(":")[0]


def minutes_to_confirm(campaign_id: int, meeting_id: int, chair_id: int, *, at: datetime) -> None:
    """Biên bản chờ chủ trì xác nhận."""
    about = About(
        NoticeKind.MINUTES,
        f"minutes:{meeting_id}",
        "Xác nhận biên bản cuộc họp Hội đồng",
        url_for("room.show_minutes", campaign_id=campaign_id, meeting_id=meeting_id),
        campaign_id=campaign_id,
    )
    tell([chair_id], about, at=at)


def decision_signed(
    campaign_id: int, decision_id: int, title: str, unit_ids: Collection[int], *, at: datetime
) -> None:
    """Quyết định đã ký: the units it names."""
    about = About(
        NoticeKind.DECISION,
        f"decision:{decision_id}",
        f"Đã ký quyết định khen thưởng số {title}",
        url_for("decision.show", campaign_id=campaign_id, decision_id=decision_id),
        campaign_id=campaign_id,
    )
    tell(of_units(unit_ids), about, at=at)


def award_notice(
    campaign_id: int,
    decision_id: int,
    title: str,
    unit_ids: Collection[int],
    until: date | None,
    *,
    at: datetime,
) -> None:
    """Lấy ý kiến về dự thảo quyết định: every unit of the campaign."""
    about = About(
        NoticeKind.AWARD_NOTICE,
        f"award-notice:{decision_id}:{at:%Y%m%d}",
        f"Cho ý kiến về dự thảo quyết định {title}",
        url_for("notice.show", campaign_id=campaign_id, decision_id=decision_id),
        campaign_id=campaign_id,
        due_on=until,
    )
    tell(of_units(unit_ids), about, at=at)


def objection_answered(
    campaign_id: int, decision_id: int, objection_id: int, unit_id: int, *, at: datetime
) -> None:
    """Ý kiến đã được trả lời: the unit that sent it."""
    about = About(
        NoticeKind.OBJECTION_ANSWERED,
        f"objection:{objection_id}",
        "Ý kiến của đơn vị về dự thảo quyết định đã được trả lời",
        url_for("notice.show", campaign_id=campaign_id, decision_id=decision_id),
        campaign_id=campaign_id,
    )
    tell(of_units([unit_id]), about, at=at)


def extension_asked(
    campaign_id: int, wish_id: int, subject: str, wished_on: date, *, at: datetime
) -> None:
    """Đơn vị xin gia hạn: the secretariat."""
    about = About(
        NoticeKind.EXTENSION,
        f"extension-asked:{wish_id}",
        f"Xin gia hạn đến hết {format_date(wished_on)}: {subject}",
        url_for("wishes.index", campaign_id=campaign_id),
        campaign_id=campaign_id,
    )
    tell(with_role(Role.SECRETARIAT), about, at=at)


def extended(
    campaign_id: int, extension_id: int, unit_id: int, period: str, due_on: date, *, at: datetime
) -> None:
    """Đã gia hạn: the unit that has more time."""
    about = About(
        NoticeKind.EXTENSION,
        f"extended:{extension_id}",
        f"Đã gia hạn {period}: đúng hạn đến hết {format_date(due_on)}",
        url_for("reporting.index", campaign_id=campaign_id),
        campaign_id=campaign_id,
        due_on=due_on,
    )
    tell(of_units([unit_id]), about, at=at)


def extension_refused(
    campaign_id: int,
    wish_id: int,
    asked_of: tuple[int, int],
    unit_id: int,
    period: str,
    answer: str,
    *,
    at: datetime,
) -> None:
    """Không gia hạn: the unit that asked, with the reason; the secretariat need not read of it."""
    withdraw(f"extension-asked:{wish_id}", at=at)
    participation_id, period_id = asked_of
    about = About(
        NoticeKind.EXTENSION,
        f"extension-refused:{wish_id}",
        f"Không gia hạn {period}",
        url_for(
            "wishes.ask",
            campaign_id=campaign_id,
            participation_id=participation_id,
            period_id=period_id,
        ),
        answer,
        campaign_id,
    )
    tell(of_units([unit_id]), about, at=at)
