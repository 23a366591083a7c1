"""`make glossary`: the field's terms and their names in the code, from docstrings, into `docs/`.

Every public class of `models.py` and of the rules opens its docstring with the Vietnamese term.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "glossary.md"
HEAD = """# Glossary

The terms of the field and what they are called in the code, in the order of the packages. Written
by `make glossary` from the docstrings of models and rules; a test holds it current.
"""
VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)


class Term(NamedTuple):
    """One line: the term, its class, and what the docstring promises of it."""

    term: str
    name: str
    promise: str


def terms_of(path: Path) -> Iterator[Term]:
    """The terms a file opens its docstrings with."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
            continue
        docstring = " ".join((ast.get_docstring(node) or "").split())
        term, _, promise = docstring.partition(": ")
        if VIETNAMESE.search(term):
            yield Term(term.rstrip("."), node.name, promise)


def glossary() -> str:
    """The whole page."""
    parts = [HEAD]
    for package in sorted((ROOT / "campaign").iterdir()):
        files = [package / "models.py", *package.glob("rules.py"), *package.glob("rules/*.py")]
        terms = sorted(term for path in files if path.is_file() for term in terms_of(path))
        if terms:
            rows = "\n".join(f"| {term} | `{name}` | {said} |" for term, name, said in terms)
            parts.append(f"\n## {package.name}\n\n| term | class | |\n|---|---|---|\n{rows}\n")
    return "".join(parts)


if __name__ == "__main__":
    TARGET.write_text(glossary(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")
