"""Hai bản kế hoạch bằng lời đặt cạnh nhau: what was added, taken out and changed; pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class PicturedRow(NamedTuple):
    """Một dòng của kế hoạch: what it is, and each of its parts in words."""

    title: str
    parts: Mapping[str, str]


Picture = Mapping[str, PicturedRow]
"""Cả kế hoạch, by row; the key of a row stays while its name changes."""


class Difference(NamedTuple):
    """Một chỗ khác: of what, as it was, as it is."""

    subject: str
    before: str
    after: str


def differences(before: Picture, after: Picture) -> Iterator[Difference]:
    """Mọi chỗ khác; a row that is new or gone is one difference, a row that stays one a part."""
    for key, row in before.items():
        if key not in after:
            yield Difference(row.title, _whole(row), "")
        else:
            yield from _parts(row, after[key])
    for key, row in after.items():
        if key not in before:
            yield Difference(row.title, "", _whole(row))


def _parts(was: PicturedRow, now: PicturedRow) -> Iterator[Difference]:
    for part in (*was.parts, *(name for name in now.parts if name not in was.parts)):
        before, after = was.parts.get(part, ""), now.parts.get(part, "")
        if before != after:
            yield Difference(f"{was.title}: {part}", before, after)


def _whole(row: PicturedRow) -> str:
    return "; ".join(f"{part} {text}" for part, text in row.parts.items() if text)


def as_data(picture: Picture) -> dict[str, Any]:
    """Dạng lưu trữ của một bản."""
    return {key: [row.title, dict(row.parts)] for key, row in picture.items()}


def from_data(data: Mapping[str, Any]) -> Picture:
    """Đọc một bản as it was kept."""
    return {key: PicturedRow(title, parts) for key, (title, parts) in data.items()}
