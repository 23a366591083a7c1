"""Từng bộ phận: whether it is well, and what to do where it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.core.dates import format_moment
from campaign.operation.rules.verdicts import MEGABYTE, Check, Part, Verdict, size_words

BACKUP_DUE, BACKUP_LATE = timedelta(hours=26), timedelta(days=7)
REHEARSAL_LATE = timedelta(days=8)
"""A night and two hours; a week without one is a fault."""
MAIL_DUE, MAIL_LATE = timedelta(hours=1), timedelta(days=1)
"""So long a mail may stand past its turn: `flask remind` runs every five minutes."""
PROOF_DUE = timedelta(days=8)
CLOCK_BEHIND = timedelta(minutes=2)
"""Further than this no two machines of one office stand apart."""
DISK_LOW, DISK_FULL = 2048 * MEGABYTE, 256 * MEGABYTE
"""Free space below which to look, and below which the next upload may fail."""
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Queue:
    """Hàng thư: how many wait past their turn, since when, and how many were given up."""

    waiting: int = 0
    oldest: datetime | None = None
    failed: int = 0
    is_stopped: bool = False


def reached(part: Part, problem: str, *, well: str, advice: str) -> Check:
    """Có tới được không: `problem` is empty where it was reached."""
    if problem:
        return Check(part, Verdict.FAULT, problem, advice)
    return Check(part, Verdict.WELL, well)


def clock(last: datetime | None, now: datetime) -> Check:
    """Đồng hồ máy này có chậm hơn điều đã ghi không: `last` is when the newest entry was written,
    by whatever machine.
    """
    if last is None or last - now <= CLOCK_BEHIND:
        return Check(Part.CLOCK, Verdict.WELL, f"Máy này đang là {format_moment(now)}.")
    return Check(
        Part.CLOCK,
        Verdict.LOOK,
        f"Máy này đang là {format_moment(now)}, mà nhật ký đã có việc lúc {format_moment(last)}.",
        "Chỉnh giờ của mọi máy (timedatectl set-ntp true); thứ tự trong nhật ký vẫn đúng.",
    )


def signatures(roots: int) -> Check:
    """Chữ ký số có đối chiếu được nơi cấp không: none need it who keep no signed files."""
    if roots:
        words = f"Đã nạp {roots} tệp chứng thư gốc."
    else:
        words = "Chưa nạp chứng thư gốc: chỉ biết chữ ký có nguyên vẹn, chưa biết nơi cấp."
    return Check(Part.SIGNATURES, Verdict.WELL, words)


def migrations(stands_at: str, newest: str) -> Check:
    """Lược đồ có đúng bản chương trình này không."""
    if stands_at == newest:
        return Check(Part.MIGRATIONS, Verdict.WELL, f"Ở bước {newest}, mới nhất.")
    return Check(
        Part.MIGRATIONS,
        Verdict.FAULT,
        f"Cơ sở dữ liệu ở bước {stands_at or 'chưa có'}, chương trình cần {newest}.",
        "Chạy flask db upgrade, rồi khởi động lại dịch vụ.",
    )


@dataclass(frozen=True)
class LastBackup:
    """Lần sao lưu gần nhất: when, how many files the store had lost, and the last trial restore of
    any backup, with what was wrong.
    """

    taken_at: datetime
    missing: int = 0
    rehearsed_at: datetime | None = None
    rehearsal_fault: str = ""


def backup(last: LastBackup | None, now: datetime) -> Check:
    """Bản sao lưu gần nhất cũ đến đâu, và có khôi phục được không."""
    nightly = "Đặt flask backup --verify chạy hằng đêm (README, phần sao lưu)."
    if last is None:
        return Check(Part.BACKUP, Verdict.LOOK, "Chưa sao lưu lần nào.", nightly)
    verdict, trouble, advice = _trouble(last, now - last.taken_at)
    words = f"Lần gần nhất lúc {format_moment(last.taken_at)}."
    if trouble:
        return Check(Part.BACKUP, verdict, f"{words} {trouble}", advice or nightly)
    is_rehearsed = last.rehearsed_at is not None and now - last.rehearsed_at <= REHEARSAL_LATE
    return Check(
        Part.BACKUP,
        Verdict.WELL if is_rehearsed else Verdict.LOOK,
        f"{words} {_rehearsed(last)}",
        "" if is_rehearsed else nightly,
    )


def _trouble(last: LastBackup, age: timedelta) -> tuple[Verdict, str, str]:
    """What is wrong with the last backup, the worst first, and what to do but take a new one."""
    if age > BACKUP_LATE:
        return Verdict.FAULT, "Đã quá 7 ngày.", ""
    if last.rehearsal_fault:
        return (
            Verdict.FAULT,
            f"Khôi phục thử không được: {last.rehearsal_fault}",
            "Giữ lại các bản sao lưu cũ, sửa lỗi, rồi chạy lại flask backup --verify.",
        )
    if age > BACKUP_DUE:
        return Verdict.LOOK, "Đã quá một ngày.", ""
    if last.missing:
        return (
            Verdict.LOOK,
            f"Lúc đó kho thiếu {last.missing} tệp.",
            "Chạy flask files verify để biết tệp nào, rồi lấy lại từ bản sao lưu cũ hơn.",
        )
    return Verdict.WELL, "", ""


def _rehearsed(last: LastBackup) -> str:
    if last.rehearsed_at is None:
        return "Chưa khôi phục thử lần nào."
    return f"Khôi phục thử được lúc {format_moment(last.rehearsed_at)}."


def disk(free: int, total: int) -> Check:
    """Chỗ trống trên đĩa, of the fullest one that data stand on."""
    words = f"Còn trống {size_words(free)} trên {size_words(total)}."
    advice = "Dọn bản sao lưu cũ và gói lưu trữ, hoặc thêm đĩa."
    if free < DISK_FULL:
        return Check(Part.DISK, Verdict.FAULT, words, advice)
    if free < DISK_LOW:
        return Check(Part.DISK, Verdict.LOOK, words, advice)
    return Check(Part.DISK, Verdict.WELL, words)


def mail(queue: Queue, *, server: str, now: datetime) -> Check:
    """Thư có đi không."""
    if queue.is_stopped:
        return Check(
            Part.MAIL, Verdict.LOOK, "Đang ngừng gửi thư.", "Mở Hộp thư đi để gửi trở lại."
        )
    if (stuck := _stuck_mail(queue, now)) is not None:
        return stuck
    if not server:
        return Check(
            Part.MAIL,
            Verdict.LOOK,
            "Chưa đặt máy chủ thư; thư được giữ thành tệp, chưa gửi đi đâu.",
            "Đặt SMTP_HOST (README, phần nhắc việc).",
        )
    return Check(Part.MAIL, Verdict.WELL, "Không có thư nào quá lượt gửi.")


def _stuck_mail(queue: Queue, now: datetime) -> Check | None:
    """Mails that stand past their turn, or that were given up."""
    late = now - queue.oldest if queue.oldest else timedelta()
    if late > MAIL_DUE:
        return Check(
            Part.MAIL,
            Verdict.FAULT if late > MAIL_LATE else Verdict.LOOK,
            f"{queue.waiting} thư quá lượt gửi, sớm nhất từ {format_moment(now - late)}.",
            "Xem ngonco-remind.timer có chạy không, và lý do ở Hộp thư đi.",
        )
    if queue.failed:
        return Check(
            Part.MAIL,
            Verdict.LOOK,
            f"{queue.failed} thư không gửi được.",
            "Xem lý do ở Hộp thư đi, sửa địa chỉ rồi gửi lại.",
        )
    return None


def record(finished_at: datetime | None, faults: int, now: datetime) -> Check:
    """Lần đối chiếu xong gần nhất nói gì."""
    if finished_at is None:
        return Check(
            Part.RECORD,
            Verdict.LOOK,
            "Chưa đối chiếu xong lần nào.",
            "Bấm “Đối chiếu ngay” ở Nhật ký, hoặc đặt flask audit verify chạy hằng đêm.",
        )
    is_late = now - finished_at > PROOF_DUE
    return _proof(f"Lần gần nhất xong lúc {format_moment(finished_at)}", faults, is_late=is_late)


def _proof(words: str, faults: int, *, is_late: bool) -> Check:
    """What the last comparison found, and whether another is due."""
    if faults:
        return Check(
            Part.RECORD,
            Verdict.FAULT,
            f"{words}: có {faults} điều không khớp.",
            "Xem từng điều ở Nhật ký, Đối chiếu; giữ nguyên máy cho đến khi rõ nguyên nhân.",
        )
    if is_late:
        return Check(
            Part.RECORD,
            Verdict.LOOK,
            f"{words}, đã quá 8 ngày.",
            "Đặt flask audit verify chạy hằng đêm.",
        )
    return Check(Part.RECORD, Verdict.WELL, f"{words}: nguyên vẹn.")


def sign_on(problem: str, *, issuer: str, is_demanded: bool, told: str) -> Check | None:
    """Nhà cung cấp đăng nhập một lần có dùng được không; nothing where none is named nor needed."""
    if issuer:
        return reached(
            Part.SIGN_ON,
            problem,
            well=f"{issuer} trả lời. {told}",
            advice="Kiểm tra OIDC_ISSUER (đúng từng ký tự), mạng và chứng thư "
            "(README, phần đăng nhập một lần).",
        )
    if not is_demanded:
        return None
    return Check(
        Part.SIGN_ON,
        Verdict.LOOK,
        "Quy định chung bắt buộc đăng nhập một lần mà chưa đặt nhà cung cấp: mật khẩu vẫn dùng "
        "được.",
        "Đặt OIDC_ISSUER và OIDC_CLIENT_ID (README, phần đăng nhập một lần).",
    )


def settings(
    *, secret: str, address: str, proxies: int, is_demo: bool, has_safe_cookies: bool
) -> Check:
    """Thiết lập có chỗ nào nguy hiểm hoặc thiếu không."""
    if is_demo:
        return Check(
            Part.SETTINGS,
            Verdict.LOOK,
            "Đang chạy bản diễn tập.",
            "Bỏ NGONCO_MODE=demo khi dùng thật.",
        )
    is_https = address.startswith("https://")
    wrong = [
        (len(secret) < SHORTEST_SECRET, "SECRET_KEY ngắn hơn 32 ký tự", "thay bằng khoá dài hơn"),
        (is_https and proxies == 0, "TRUSTED_PROXIES là 0", "đặt 1 khi đứng sau nginx"),
        (is_https and not has_safe_cookies, "INSECURE_COOKIES là 1", "bỏ thiết lập này"),
    ]
    return _of_settings(wrong, address)


def _of_settings(wrong: Iterable[tuple[bool, str, str]], address: str) -> Check:
    """What is wrong, in one sentence, and what to do about each."""
    found = [(words, advice) for is_wrong, words, advice in wrong if is_wrong]
    if not found:
        return Check(Part.SETTINGS, Verdict.WELL, f"Đủ; địa chỉ {address}.")
    return Check(
        Part.SETTINGS,
        Verdict.LOOK,
        "; ".join(words for words, _ in found) + ".",
        "; ".join(f"{words.partition(' ')[0]}: {advice}" for words, advice in found) + ".",
    )
