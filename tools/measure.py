"""`make measure`: how large and how wide the code is, beside its goals; 1 if a goal is missed.

Files and functions of `campaign/` without its migrations; lines of every Python file; templates
and style sheets without `static/vendor`.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent

FILE_P90, FILE_MOST = 280, 400
FUNCTION_P90, FUNCTION_MOST = 18, 40
LINE_P90, LINE_MOST = 88, 100
TEMPLATE_P90, TEMPLATE_MOST = 100, 120
ANNOTATED, EXPLAINED = 100, 80
"""Goals; per cent of functions with all their types, and of public ones with a docstring."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def p90(values: Sequence[int]) -> int:
    """The value that nine of ten do not exceed."""
    return sorted(values)[len(values) * 9 // 10]


def sources() -> list[Path]:
    """The files of the product itself."""
    return [
        path
        for path in sorted((ROOT / "campaign").rglob("*.py"))
        if "migrations" not in path.parts and path.read_text(encoding="utf-8").strip()
    ]


def widths(paths: Iterator[Path]) -> list[int]:
    """Lengths of all lines that hold something, without marks for the linter or type checker."""
    return [
        len(re.sub(r"  # (noqa|type: ignore).*", "", line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def functions(path: Path) -> list[Function]:
    """Every function and method of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def is_annotated(function: Function) -> bool:
    """Whether every argument and the result have a type."""
    given = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    return function.returns is not None and all(
        argument.annotation or argument.arg in {"self", "cls"} for argument in given
    )


def share(part: int, of: int) -> int:
    """Per cent, rounded down."""
    return 100 * part // max(of, 1)


class Table:
    """Lines of the report; `is_met` while no goal is missed."""

    def __init__(self) -> None:
        """Begin with nothing missed."""
        self.is_met = True

    def row(self, name: str, figure: str, goal: str, *, is_met: bool) -> None:
        """One measure beside its goal."""
        self.is_met &= is_met
        print(f"  {name:<34}{figure:>18}   goal {goal:<16}{'' if is_met else 'MISSED'}".rstrip())


def code(table: Table) -> None:
    """Files, functions and lines of Python."""
    files = sources()
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in files]
    table.row(
        f"lines a file ({len(files)})",
        f"{median(lengths):.0f}/{p90(lengths)}/{max(lengths)}",
        f"p90 {FILE_P90}, most {FILE_MOST}",
        is_met=p90(lengths) <= FILE_P90 and max(lengths) <= FILE_MOST,
    )
    every = [function for path in files for function in functions(path)]
    tall = [(function.end_lineno or 0) - function.lineno + 1 for function in every]
    table.row(
        f"lines a function ({len(every)})",
        f"{median(tall):.0f}/{p90(tall)}/{max(tall)}",
        f"p90 {FUNCTION_P90}, most {FUNCTION_MOST}",
        is_met=p90(tall) <= FUNCTION_P90 and max(tall) <= FUNCTION_MOST,
    )
    python = widths(
        path
        for name in ("campaign", "guarded", "tools", "bench", "prove", "tests")
        for path in (ROOT / name).rglob("*.py")
        if "versions" not in path.parts
    )
    table.row(
        "line of Python",
        f"p90 {p90(python)}, most {max(python)}",
        f"p90 {LINE_P90}, most {LINE_MOST}",
        is_met=p90(python) <= LINE_P90 and max(python) <= LINE_MOST,
    )
    public = [function for function in every if not function.name.startswith("_")]
    typed = share(sum(map(is_annotated, every)), len(every))
    explained = share(
        sum(ast.get_docstring(definition) is not None for definition in public), len(public)
    )
    table.row("typed", f"{typed} %", f"{ANNOTATED} %", is_met=typed >= ANNOTATED)
    table.row(
        "public with docstring", f"{explained} %", f"{EXPLAINED} %", is_met=explained >= EXPLAINED
    )


def looks(table: Table) -> None:
    """Lines of templates, and rules of style sheets that share a line."""
    templates = widths((ROOT / "templates").rglob("*.html"))
    table.row(
        "line of a template",
        f"p90 {p90(templates)}, most {max(templates)}",
        f"p90 {TEMPLATE_P90}, most {TEMPLATE_MOST}",
        is_met=p90(templates) <= TEMPLATE_P90 and max(templates) <= TEMPLATE_MOST,
    )
    styles = [
        line
        for path in (ROOT / "static" / "css").rglob("*.css")
        for line in re.sub(
            r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        ).splitlines()
    ]
    crowded = sum(len(re.findall(r"[;{]\s*[^\s;}]", line)) > 0 for line in styles)
    table.row("lines of CSS with more than one", str(crowded), "0", is_met=crowded == 0)


def main() -> int:
    """Print all measures."""
    table = Table()
    code(table)
    looks(table)
    return 0 if table.is_met else 1


if __name__ == "__main__":
    sys.exit(main())
