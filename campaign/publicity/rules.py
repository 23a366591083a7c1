"""Tuyên truyền: kinds of posts, and when a post is to be seen; pure."""

from datetime import date

from campaign.core.dates import format_date
from campaign.core.errors import refuse
from campaign.core.labelled import Labelled


class PostKind(Labelled):
    """Loại bài."""

    NEWS = "news", "tin tức"
    ANNOUNCEMENT = "announcement", "thông báo"
    DIRECTIVE = "directive", "văn bản chỉ đạo"
    STUDY = "study", "học tập và làm theo"
    GUIDANCE = "guidance", "hướng dẫn"
    RESULT = "result", "kết quả"


class PostState(Labelled):
    """Trạng thái của bài on a day."""

    DRAFT = "draft", "bản nháp"
    SCHEDULED = "scheduled", "hẹn đăng"
    OUT = "published", "đã đăng"
    WITHDRAWN = "withdrawn", "đã gỡ"


def state_on(day: date, published_on: date | None, withdrawn_on: date | None) -> PostState:
    """Trạng thái của bài vào một ngày: seen from the day of publishing to the eve of its
    withdrawal.
    """
    if published_on is None:
        return PostState.DRAFT
    if withdrawn_on is not None and withdrawn_on <= day:
        return PostState.WITHDRAWN
    return PostState.OUT if published_on <= day else PostState.SCHEDULED


def refuse_dates(
    on: date | None, until: date | None, *, today: date, stood: date | None, binds: bool
) -> None:
    """Từ chối ngày đăng, ngày gỡ không dùng được; `stood` is the day that stands, `binds` says that
    the post announces a launch.
    """
    if on is None:
        refuse("Hãy nhập ngày đăng.", "published_on")
    if stood is not None and stood <= today and on != stood:
        refuse(f"Bài đã đăng ngày {format_date(stood)}, không dời được nữa.", "published_on")
    if on < today and on != stood:
        refuse("Ngày đăng không được trước hôm nay.", "published_on")
    if until is None:
        return
    if binds:
        refuse("Thông báo phát động không gỡ được.", "withdrawn_on")
    if until <= on:
        refuse("Ngày gỡ phải sau ngày đăng.", "withdrawn_on")


def directive_key(post_id: int, participation_id: int) -> str:
    """Mọi nhắc việc về một văn bản chỉ đạo với một đơn vị bắt đầu như vậy."""
    return f"directive:{post_id}:{participation_id}:"
