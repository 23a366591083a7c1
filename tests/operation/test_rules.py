"""What is well and what is not, by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from campaign.operation.rules import parts
from campaign.operation.rules.incidents import Incident, incident, slowest
from campaign.operation.rules.parts import LastBackup, Queue
from campaign.operation.rules.verdicts import MEGABYTE, Check, Part, Verdict, is_ready, size_words

NOW = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
WELL, LOOK, FAULT = Verdict.WELL, Verdict.LOOK, Verdict.FAULT


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (831_488, "812 KB"),
        (1_048_576, "1 MB"),
        (3_565_158, "3,4 MB"),
        (1_073_741_824, "1 GB"),
        (1_288_490_189, "1,2 GB"),
    ],
)
def test_sizes_are_told_in_the_nearest_unit(size, words):
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("last", "verdict", "words"),
    [
        (None, WELL, "Máy này đang là 10:00 29/11/2026."),
        (NOW + timedelta(minutes=2), WELL, "Máy này đang là 10:00 29/11/2026."),
        (
            NOW + timedelta(minutes=61),
            LOOK,
            "Máy này đang là 10:00 29/11/2026, mà nhật ký đã có việc lúc 11:01 29/11/2026.",
        ),
    ],
)
def test_a_clock_that_stands_behind_the_record_is_told(last, verdict, words):
    advice = "Chỉnh giờ của mọi máy (timedatectl set-ntp true); thứ tự trong nhật ký vẫn đúng."
    assert parts.clock(last, NOW) == Check(
        Part.CLOCK, verdict, words, advice if verdict is LOOK else ""
    )


TRIED = "Khôi phục thử được lúc 02:00 29/11/2026."
NIGHTLY = "Đặt flask backup --verify chạy hằng đêm (README, phần sao lưu)."


@pytest.mark.parametrize(
    ("hours", "missing", "verdict", "words", "advice"),
    [
        (26, 0, WELL, f"Lần gần nhất lúc 08:00 28/11/2026. {TRIED}", ""),
        (27, 0, LOOK, "Lần gần nhất lúc 07:00 28/11/2026. Đã quá một ngày.", NIGHTLY),
        (168, 0, LOOK, "Lần gần nhất lúc 10:00 22/11/2026. Đã quá một ngày.", NIGHTLY),
        (169, 0, FAULT, "Lần gần nhất lúc 09:00 22/11/2026. Đã quá 7 ngày.", NIGHTLY),
        (
            1,
            2,
            LOOK,
            "Lần gần nhất lúc 09:00 29/11/2026. Lúc đó kho thiếu 2 tệp.",
            "Chạy flask files verify để biết tệp nào, rồi lấy lại từ bản sao lưu cũ hơn.",
        ),
    ],
)
def test_a_backup_is_due_every_night(hours, missing, verdict, words, advice):
    last = LastBackup(NOW - timedelta(hours=hours), missing, NOW - timedelta(hours=8))
    assert parts.backup(last, NOW) == Check(Part.BACKUP, verdict, words, advice)


@pytest.mark.parametrize(
    ("days", "fault", "verdict", "words", "advice"),
    [
        (None, "", LOOK, "Chưa khôi phục thử lần nào.", NIGHTLY),
        (8, "", WELL, "Khôi phục thử được lúc 10:00 21/11/2026.", ""),
        (9, "", LOOK, "Khôi phục thử được lúc 10:00 20/11/2026.", NIGHTLY),
        (
            0,
            "flask restore: hỏng.",
            FAULT,
            "Khôi phục thử không được: flask restore: hỏng.",
            "Giữ lại các bản sao lưu cũ, sửa lỗi, rồi chạy lại flask backup --verify.",
        ),
    ],
)
def test_a_backup_that_was_not_restored_for_a_trial_is_not_trusted(
    days, fault, verdict, words, advice
):
    tried = None if days is None else NOW - timedelta(days=days)
    assert parts.backup(LastBackup(NOW, 0, tried, fault), NOW) == Check(
        Part.BACKUP, verdict, f"Lần gần nhất lúc 10:00 29/11/2026. {words}", advice
    )


def test_no_backup_at_all_is_told():
    assert parts.backup(None, NOW) == Check(Part.BACKUP, LOOK, "Chưa sao lưu lần nào.", NIGHTLY)


@pytest.mark.parametrize(
    ("queue", "server", "verdict", "words", "advice"),
    [
        (Queue(), "smtp", WELL, "Không có thư nào quá lượt gửi.", ""),
        (Queue(3, NOW - timedelta(minutes=60)), "smtp", WELL, "Không có thư nào quá lượt gửi.", ""),
        (
            Queue(3, NOW - timedelta(minutes=61)),
            "smtp",
            LOOK,
            "3 thư quá lượt gửi, sớm nhất từ 08:59 29/11/2026.",
            "Xem ngonco-remind.timer có chạy không, và lý do ở Hộp thư đi.",
        ),
        (
            Queue(3, NOW - timedelta(hours=25)),
            "",
            FAULT,
            "3 thư quá lượt gửi, sớm nhất từ 09:00 28/11/2026.",
            "Xem ngonco-remind.timer có chạy không, và lý do ở Hộp thư đi.",
        ),
        (
            Queue(failed=2),
            "smtp",
            LOOK,
            "2 thư không gửi được.",
            "Xem lý do ở Hộp thư đi, sửa địa chỉ rồi gửi lại.",
        ),
        (
            Queue(9, NOW - timedelta(hours=25), is_stopped=True),
            "",
            LOOK,
            "Đang ngừng gửi thư.",
            "Mở Hộp thư đi để gửi trở lại.",
        ),
        (
            Queue(),
            "",
            LOOK,
            "Chưa đặt máy chủ thư; thư được giữ thành tệp, chưa gửi đi đâu.",
            "Đặt SMTP_HOST (README, phần nhắc việc).",
        ),
    ],
)
def test_mail_that_waits_past_its_turn_is_told(queue, server, verdict, words, advice):
    told = parts.mail(queue, server=server, now=NOW)
    assert told == Check(Part.MAIL, verdict, words, advice)


MAKE_ROOM = "Dọn bản sao lưu cũ và gói lưu trữ, hoặc thêm đĩa."


@pytest.mark.parametrize(
    ("free", "verdict", "words", "advice"),
    [
        (2048, WELL, "Còn trống 2 GB trên 4 GB.", ""),
        (2047, LOOK, "Còn trống 2 GB trên 4 GB.", MAKE_ROOM),
        (256, LOOK, "Còn trống 256 MB trên 4 GB.", MAKE_ROOM),
        (255, FAULT, "Còn trống 255 MB trên 4 GB.", MAKE_ROOM),
    ],
)
def test_a_disk_is_looked_at_before_it_is_full(free, verdict, words, advice):
    told = parts.disk(free * MEGABYTE, 4096 * MEGABYTE)
    assert told == Check(Part.DISK, verdict, words, advice)


@pytest.mark.parametrize(
    ("days", "faults", "verdict", "words", "advice"),
    [
        (8, 0, WELL, "Lần gần nhất xong lúc 10:00 21/11/2026: nguyên vẹn.", ""),
        (
            9,
            0,
            LOOK,
            "Lần gần nhất xong lúc 10:00 20/11/2026, đã quá 8 ngày.",
            "Đặt flask audit verify chạy hằng đêm.",
        ),
        (
            0,
            3,
            FAULT,
            "Lần gần nhất xong lúc 10:00 29/11/2026: có 3 điều không khớp.",
            "Xem từng điều ở Nhật ký, Đối chiếu; giữ nguyên máy cho đến khi rõ nguyên nhân.",
        ),
    ],
)
def test_the_last_comparison_of_the_record_is_told(days, faults, verdict, words, advice):
    told = parts.record(NOW - timedelta(days=days), faults, NOW)
    assert told == Check(Part.RECORD, verdict, words, advice)


def test_a_database_at_another_step_is_a_fault():
    assert [parts.migrations(step, "0066") for step in ("0066", "")] == [
        Check(Part.MIGRATIONS, WELL, "Ở bước 0066, mới nhất."),
        Check(
            Part.MIGRATIONS,
            FAULT,
            "Cơ sở dữ liệu ở bước chưa có, chương trình cần 0066.",
            "Chạy flask db upgrade, rồi khởi động lại dịch vụ.",
        ),
    ]


def test_settings_that_endanger_are_named_with_what_to_do():
    given = {
        "secret": "x" * 32,
        "address": "https://a.example",
        "proxies": 1,
        "is_demo": False,
        "has_safe_cookies": True,
    }
    assert parts.settings(**given) == Check(Part.SETTINGS, WELL, "Đủ; địa chỉ https://a.example.")
    told = parts.settings(**given | {"secret": "x", "proxies": 0, "has_safe_cookies": False})
    assert told == Check(
        Part.SETTINGS,
        LOOK,
        "SECRET_KEY ngắn hơn 32 ký tự; TRUSTED_PROXIES là 0; INSECURE_COOKIES là 1.",
        "SECRET_KEY: thay bằng khoá dài hơn; TRUSTED_PROXIES: đặt 1 khi đứng sau nginx; "
        "INSECURE_COOKIES: bỏ thiết lập này.",
    )
    assert parts.settings(**given | {"is_demo": True}) == Check(
        Part.SETTINGS, LOOK, "Đang chạy bản diễn tập.", "Bỏ NGONCO_MODE=demo khi dùng thật."
    )


def test_only_a_fault_keeps_an_installation_from_being_ready():
    looks = [Check(Part.MAIL, LOOK, ""), Check(Part.DISK, WELL, "")]
    assert is_ready(looks) is True
    assert is_ready([*looks, Check(Part.KEYS, FAULT, "")]) is False


def test_a_line_of_the_faults_is_told_in_words():
    at = "2026-11-29T03:00:00.000+00:00"
    told = incident(
        {
            "at": at,
            "request_id": "ab12",
            "method": "POST",
            "route": "/units/",
            "user_id": 7,
            "message": "fault",
            "fault": "ValueError",
            "places": ["a.py:1 one", "b.py:2 two", "c.py:3 three"],
        }
    )
    assert told == Incident(
        "ab12", NOW, "POST /units/", "7", "Chương trình gặp lỗi ValueError.", "c.py:3 three"
    )
    away = incident({"at": at, "message": "database unavailable: OperationalError"})
    assert away == Incident(
        "—", NOW, "—", "—", "Cơ sở dữ liệu không trả lời. Xem máy chủ cơ sở dữ liệu lúc đó."
    )
    other = incident({"at": at, "message": "disk full", "places": []})
    assert other == Incident("—", NOW, "—", "—", "disk full")
    assert incident({"at": at}) == Incident("—", NOW, "—", "—", "")
    assert incident({"at": "hôm qua"}) is None


@pytest.mark.parametrize(
    ("problem", "check"),
    [
        ("", (Part.FILES, WELL, "Ghi được.", "")),
        ("Không ghi được.", (Part.FILES, FAULT, "Không ghi được.", "Sửa quyền.")),
    ],
)
def test_what_cannot_be_reached_is_a_fault_with_what_to_do(problem, check):
    told = parts.reached(Part.FILES, problem, well="Ghi được.", advice="Sửa quyền.")
    assert (told.part, told.verdict, told.words, told.advice) == check


def test_a_record_that_was_never_compared_asks_for_a_look():
    assert parts.record(None, 0, NOW) == Check(
        Part.RECORD,
        LOOK,
        "Chưa đối chiếu xong lần nào.",
        "Bấm “Đối chiếu ngay” ở Nhật ký, hoặc đặt flask audit verify chạy hằng đêm.",
    )


def test_what_is_slow_is_told_once_with_its_worst_the_worst_first():
    lines = [
        {"ms": 1200, "method": "GET", "route": "/a", "request_id": "a1"},
        {"ms": 4300, "method": "GET", "route": "/b", "request_id": "b1"},
        {"ms": 1500, "method": "GET", "route": "/a", "request_id": "a2"},
        {"ms": 250, "method": "GET", "route": "/a", "statement": "SELECT 1", "request_id": "a2"},
        {"ms": "x"},
        {"ms": 300},
    ]
    told = [
        (row.where, row.statement, row.times, row.worst, row.request_id) for row in slowest(lines)
    ]
    assert told == [
        ("GET /b", "", 1, "4.300 ms", "b1"),
        ("GET /a", "", 2, "1.500 ms", "a2"),
        ("—", "", 1, "300 ms", "—"),
        ("GET /a", "SELECT 1", 1, "250 ms", "a2"),
    ]


def test_a_provider_is_told_where_one_is_named_or_needed():
    def told(problem, issuer, *, is_demanded=False):
        return parts.sign_on(problem, issuer=issuer, is_demanded=is_demanded, told="Khai báo.")

    named = "https://sso.example.vn"
    assert told("", "") is None
    assert told("", named) == Check(Part.SIGN_ON, WELL, f"{named} trả lời. Khai báo.")
    assert told("Không trả lời.", named) == Check(
        Part.SIGN_ON,
        FAULT,
        "Không trả lời.",
        "Kiểm tra OIDC_ISSUER (đúng từng ký tự), mạng và chứng thư (README, phần đăng nhập một "
        "lần).",
    )
    assert told("", "", is_demanded=True) == Check(
        Part.SIGN_ON,
        LOOK,
        "Quy định chung bắt buộc đăng nhập một lần mà chưa đặt nhà cung cấp: mật khẩu vẫn dùng "
        "được.",
        "Đặt OIDC_ISSUER và OIDC_CLIENT_ID (README, phần đăng nhập một lần).",
    )


def test_it_is_told_how_many_roots_signatures_are_trusted_by():
    unknown = "Chưa nạp chứng thư gốc: chỉ biết chữ ký có nguyên vẹn, chưa biết nơi cấp."
    assert [*map(parts.signatures, (0, 3))] == [
        Check(Part.SIGNATURES, WELL, unknown),
        Check(Part.SIGNATURES, WELL, "Đã nạp 3 tệp chứng thư gốc."),
    ]
