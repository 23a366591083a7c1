"""What pages are made of, and which of it was looked at: a page of nothing new needs no look."""

import hashlib
import re
from pathlib import Path
from typing import Any, ClassVar

ATTRIBUTES = ("role", "type", "aria-current", "aria-invalid")
BUILD = """() => {
  const told = ["role", "type", "aria-current", "aria-invalid"];
  const attribute = each => each.name + (told.includes(each.name) ? each.value : "");
  const named = element => element.tagName + "." + element.className;
  const kind = element => window.innerWidth + named(element.parentElement) + ">" + named(element)
    + [...element.attributes].map(attribute).join();
  const numberless = location.pathname.replace(/\\d+/g, "N");
  const page = numberless.replace(/(papers|paper-templates|parts)\\/[a-z_]+/, "$1/W");
  const elements = [...document.querySelectorAll("body, body *")];
  const fits = document.documentElement.scrollWidth <= window.innerWidth;
  return [fits, page + window.innerWidth, ...new Set(elements.map(kind))];
}"""
"""Whether nothing of a page is wider than the screen; and what it is made of: its address without
numbers, the kinds of its elements and where they stand, all with the width of the screen.
"""


class Looked:
    """Parts of pages that were found without a barrier; the processes of a run tell each other."""

    folder: Path
    known: ClassVar[set[str]] = set()

    @classmethod
    def _mark(cls, part: str) -> Path:
        return cls.folder / hashlib.sha256(part.encode()).hexdigest()

    @classmethod
    def has(cls, parts: list[str]) -> bool:
        """Whether a page has nothing that was not looked at already."""
        cls.known |= {part for part in parts if part not in cls.known and cls._mark(part).exists()}
        return cls.known.issuperset(parts)

    @classmethod
    def add(cls, parts: list[str]) -> None:
        """A page made of these needs no second look."""
        for part in set(parts) - cls.known:
            cls._mark(part).touch()
        cls.known.update(parts)


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
