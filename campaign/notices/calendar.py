"""Giấy mời dạng lịch (RFC 5545): one event with a lasting UID, a sequence that rises with each
change, and a cancellation under the same UID; pure.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

LENGTH = timedelta(hours=2)
"""Thời lượng dự kiến of a meeting; the invitation does not say more."""
_WIDEST = 73


class Event(NamedTuple):
    """Cuộc họp as a calendar keeps it."""

    uid: str
    sequence: int
    starts_at: datetime
    title: str
    place: str
    text: str = ""
    is_cancelled: bool = False


class Deadline(NamedTuple):
    """Hạn của một việc: a whole day of a calendar."""

    uid: str
    sequence: int
    on: date
    title: str


def feed(events: Iterable[Event], deadlines: Iterable[Deadline], *, at: datetime) -> str:
    """Lịch riêng: what a calendar program fetches again and again."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ngon Co//VI",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Ngọn Cờ",
        *(line for event in events for line in _event_lines(event, organiser="", at=at)),
        *(line for deadline in deadlines for line in _deadline_lines(deadline, at=at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _deadline_lines(deadline: Deadline, *, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{deadline.uid}",
        f"SEQUENCE:{deadline.sequence}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART;VALUE=DATE:{deadline.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{deadline.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(deadline.title)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def invitation(event: Event, *, organiser: str, at: datetime) -> str:
    """Giấy mời: an .ics of one event, to be taken into any calendar."""
    method = "CANCEL" if event.is_cancelled else "REQUEST"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ngon Co//VI",
        f"METHOD:{method}",
        *_event_lines(event, organiser=organiser, at=at),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def calendars(text: str) -> list[str]:
    """Từng giấy mời of a text that holds several, one after the other."""
    begin = "BEGIN:VCALENDAR"
    return [f"{begin}{part}" for part in text.split(begin) if part]


def _event_lines(event: Event, *, organiser: str, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.starts_at + LENGTH)}",
        f"SUMMARY:{_escaped(event.title)}",
        f"LOCATION:{_escaped(event.place)}",
        *([f"DESCRIPTION:{_escaped(event.text)}"] if event.text else []),
        *([f"ORGANIZER:mailto:{organiser}"] if organiser else []),
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(character, written)
    return text.replace("\r", "")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, as the standard asks; no letter is cut in two."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > _WIDEST:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
