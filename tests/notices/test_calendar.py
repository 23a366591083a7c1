"""An invitation as a calendar takes it."""

from datetime import UTC, datetime

from campaign.notices.calendar import Event, invitation

AT = datetime(2021, 5, 3, 2, 0, tzinfo=UTC)
EVENT = Event(
    uid="meeting-7@thidua.example.org",
    sequence=1,
    starts_at=datetime(2021, 5, 11, 1, 30, tzinfo=UTC),
    title="Họp Hội đồng Thi đua – Khen thưởng",
    place="Tầng 2, trụ sở; phòng họp",
)


def _lines(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_change_has_the_same_uid_and_a_higher_sequence():
    lines = _lines(invitation(EVENT, organiser="ngonco@example.org", at=AT))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ngon Co//VI",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:meeting-7@thidua.example.org",
        "SEQUENCE:1",
        "DTSTAMP:20210503T020000Z",
        "DTSTART:20210511T013000Z",
        "DTEND:20210511T033000Z",
        "SUMMARY:Họp Hội đồng Thi đua – Khen thưởng",
        "LOCATION:Tầng 2\\, trụ sở\\; phòng họp",
        "ORGANIZER:mailto:ngonco@example.org",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_meeting_that_is_called_off_is_cancelled_under_its_uid():
    cancelled = EVENT._replace(sequence=2, is_cancelled=True)
    lines = _lines(invitation(cancelled, organiser="ngonco@example.org", at=AT))
    assert {"METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED", f"UID:{EVENT.uid}"} <= set(lines)


def test_no_line_is_longer_than_75_bytes_and_no_letter_is_cut():
    long = EVENT._replace(text="Thường trực báo cáo kết quả phong trào. " * 10)
    text = invitation(long, organiser="ngonco@example.org", at=AT)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"DESCRIPTION:{long.text}" in _lines(text)
