"""What pages are made of, and which of it was looked at: a page of nothing new needs no look."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

ATTRIBUTES = ("role", "type", "aria-current", "aria-invalid")
MADE = Path(__file__).with_name("made.js").read_text(encoding="utf-8")
BUILD = f"""(() => {{ {MADE}
  const own = [location.origin + "/", "data:", "blob:"];
  const foreign = performance.getEntriesByType("resource").map(each => each.name)
    .filter(name => !own.some(start => name.startsWith(start)));
  const fits = document.documentElement.scrollWidth <= window.innerWidth;
  return [fits, foreign, ...made.parts()];
}})()"""
"""Whether nothing of a page is wider than the screen; what it asked others for; and what it is made
of.
"""


class Looked:
    """Parts of pages that were found without a barrier, and the colours in which their texts are
    drawn; the processes of a run tell each other by one file, each of its lines one part.
    """

    file: Path
    known: ClassVar[set[str]] = set()
    colours: ClassVar[set[int]] = set()
    _heard: ClassVar[int] = 0

    @classmethod
    def _hear(cls) -> None:
        """What other processes have looked at since."""
        with cls.file.open("rb") as told:
            told.seek(cls._heard)
            lines = told.read().rpartition(b"\n")[0]
        cls._heard += len(lines) + 1 if lines else 0
        for part in map(json.loads, lines.splitlines()):
            (cls.known if isinstance(part, str) else cls.colours).add(part)

    @classmethod
    def has(cls, parts: Iterable[str]) -> bool:
        """Whether a page has nothing that was not looked at already."""
        if not cls.known.issuperset(parts):
            cls._hear()
        return cls.known.issuperset(parts)

    @classmethod
    def add(cls, parts: Iterable[str], colours: Iterable[int] = ()) -> None:
        """A page made of these needs no second look, nor do texts in these colours."""
        new = [*(set(parts) - cls.known), *(set(colours) - cls.colours)]
        with cls.file.open("ab", buffering=0) as told:
            told.write("".join(f"{json.dumps(part)}\n" for part in new).encode())


def kind_of(path: str) -> str:
    """Pages that differ only in their numbers, or in the name of a template or part, are
    one page.
    """
    named = re.sub(
        r"/(paper-templates|papers|parts)/[a-z_]+(?=/|$)", r"/\1/W", path.partition("?")[0]
    )
    return re.sub(r"/\d+", "/N", named)


def _named(element: Any) -> str:
    return f"{element.tag}.{element.get('class', '')}"


def made_of(path: str, page: Any) -> set[str]:
    """What a page is made of: its kind, the elements of its menu, and the kinds of all elements
    with where they stand.
    """
    menu = "|".join(re.sub(r"\d+", "", item.text_content()) for item in page.cssselect(".menu li"))
    elements = (element for element in page.iterdescendants() if isinstance(element.tag, str))
    return {
        f"page {kind_of(path)}",
        f"menu {' '.join(menu.split())}",
        *(
            f"{_named(element.getparent())}>{_named(element)} "
            + " ".join(
                name + (value if name in ATTRIBUTES else "")
                for name, value in element.attrib.items()
            )
            for element in elements
        ),
    }
