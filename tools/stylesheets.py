"""What a style sheet of others holds, reduced to what the pages use of it."""

import re
import textwrap
from collections.abc import Iterator

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VARIABLE = re.compile(r"var\((--[\w-]+)")
OWN = re.compile(r"  (--[\w-]+):")
GROUPS = ("@media", "@supports")


def rules(text: str) -> Iterator[tuple[str, str]]:
    """Each rule of `text`, or at-rule with all it holds: its head and what is in its braces."""
    at = 0
    while (opening := text.find("{", at)) != -1:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield " ".join(text[at:opening].split()), text[opening + 1 : end - 1]
        at = end


def _is_of(selector: str, classes: frozenset[str]) -> bool:
    """Whether a page with no other `classes` can hold what `selector` names."""
    classes_named = re.sub(r":not\(\.[\w-]+\)", "", selector)  # true of whatever has no such class
    return set(re.findall(r"\.([\w-]+)", classes_named)) <= classes and "#" not in classes_named


def _selectors(prelude: str) -> list[str]:
    return [part.strip() for part in re.split(r",(?![^(]*\))", prelude)]


def _kept(text: str, classes: frozenset[str]) -> Iterator[tuple[str, str]]:
    for prelude, body in rules(text):
        if prelude.startswith(GROUPS):
            inner = "\n".join(_written(*rule) for rule in _kept(body, classes))
            if inner:
                yield prelude, inner
        elif not prelude.startswith("@"):
            fitting = [part for part in _selectors(prelude) if _is_of(part, classes)]
            if fitting and "[data-bs-theme=dark]" not in prelude:
                yield ",\n".join(fitting), body


def _written(prelude: str, body: str) -> str:
    if "{" in body:
        return f"{prelude} {{\n{textwrap.indent(body, '  ')}\n}}"
    lines = [line.strip() for line in re.split(r";\s*\n", body) if line.strip()]
    return "\n".join([f"{prelude} {{", *(f"  {line.rstrip(';')};" for line in lines), "}"])


def _without_idle_variables(text: str) -> str:
    """Leave out variables that nothing reads any more, until none is left."""
    read = set(VARIABLE.findall(text))
    lines = text.splitlines()
    needed = [line for line in lines if not (own := OWN.match(line)) or own.group(1) in read]
    return text if needed == lines else _without_idle_variables("\n".join(needed))


def reduced(sheet: str, classes: frozenset[str]) -> str:
    """The rules of `sheet` for plain elements and `classes`, and the variables they read."""
    licence = sheet[sheet.index("/*!") : sheet.index("*/") + 2]
    text = re.sub(r"@charset[^;]*;", "", COMMENT.sub("", sheet))
    rules = "\n".join(_written(*rule) for rule in _kept(text, classes))
    return f"{licence}\n{_without_idle_variables(rules)}\n"
