"""What one client sent and what was acknowledged, kept outside the server.

A line is on the disk before the request goes out, another after its answer has come: what has no
second line nobody knows the end of.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class End(StrEnum):
    """How a request ended, as its client learnt."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """No answer, or one that says that it was not served."""
    UNSENT = "unsent"
    """Nobody listened, so nothing went out."""


@dataclass
class Entry:
    """One request: what it was about, what it carried, how it ended."""

    number: int
    kind: str
    key: str
    value: str
    end: End = End.UNKNOWN
    extra: str = ""


class Diary:
    """The log of one client."""

    def __init__(self, file: Path) -> None:
        """Write to `file`, which nobody else writes to."""
        self._out = file.open("a", encoding="utf-8")
        self._number = self.acknowledged = 0

    @property
    def next_number(self) -> int:
        """The number of what is sent next."""
        return self._number + 1

    def sends(self, kind: str, key: str, value: str) -> int:
        """Before the request."""
        self._number += 1
        self._write({"n": self._number, "kind": kind, "key": key, "value": value})
        return self._number

    def ended(self, number: int, end: End, extra: str = "") -> None:
        """After its answer."""
        self.acknowledged += end is End.ACKNOWLEDGED
        self._write({"n": number, "end": end.value, "extra": extra})

    def close(self) -> None:
        """Nothing more is sent."""
        self._out.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()


def read(folder: Path) -> list[list[Entry]]:
    """The diaries in `folder`, each with its entries in order."""
    return [_entries(file) for file in sorted(folder.glob("*.jsonl"))]


def _entries(file: Path) -> list[Entry]:
    entries: dict[int, Entry] = {}
    for text in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        if "kind" in line:
            entries[line["n"]] = Entry(line["n"], line["kind"], line["key"], line["value"])
        else:
            entries[line["n"]].end, entries[line["n"]].extra = End(line["end"]), line["extra"]
    return list(entries.values())
