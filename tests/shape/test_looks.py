"""How templates, styles and scripts are laid out, where no formatter says it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tools import stylesheets, vendor

ROOT = Path(__file__).parents[2]
FIELDS = r"data-(autosave|cells|contents|grid|keypad|next-open|sheet|uploads)\b(?!-)"
SHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))
BOOTSTRAP = ROOT / "static" / "vendor" / "bootstrap.css"
WIDEST = 120
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|color-mix)\("
    r"|(?<![-\w])(?:white|black|red|gr[ae]y)(?![-\w])"
)


def _without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def _rules(text: str, within: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every rule of a style sheet: the at-rules it stands in and its selector, and its body."""
    at = 0
    while (opening := text.find("{", at)) != -1:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        prelude = " ".join(text[at:opening].split())
        body = text[opening + 1 : end - 1]
        if "{" in body:
            yield from _rules(body, (*within, prelude))
        else:
            yield (*within, prelude), body
        at = end


def test_no_line_of_a_template_is_wider_than_a_screen():
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > WIDEST
    ]
    assert wide == []


def test_the_rules_of_a_sheet_are_told_apart():
    text = "a { b: c; } @media print { @page { d: e; } f, g { h: i; j: k; } }"
    assert [(path, body.strip()) for path, body in _rules(text)] == [
        (("a",), "b: c;"),
        (("@media print", "@page"), "d: e;"),
        (("@media print", "f, g"), "h: i; j: k;"),
    ]


def test_each_declaration_stands_on_a_line_of_its_own():
    crowded = [
        (sheet.name, path[-1])
        for sheet in SHEETS
        for path, body in _rules(_without_comments(sheet))
        for line in body.splitlines()
        if len(re.findall(r";(?=\s|$)", line)) > 1
    ]
    assert crowded == []


def test_colours_are_named_among_the_tokens_alone():
    literal = [
        (sheet.name, path[-1], colour.group())
        for sheet in SHEETS
        for path, body in _rules(_without_comments(sheet))
        if not (sheet.name == "tokens.css" and path == (":root",))
        for colour in COLOUR.finditer(re.sub(r"var\([^)]*\)", "", body))
    ]
    assert literal == []


def test_every_token_is_used():
    text = "".join(_without_comments(sheet) for sheet in [*SHEETS, BOOTSTRAP])
    named = set(re.findall(r"(?m)^\s*(--[\w-]+):", text))
    assert named - set(re.findall(r"var\((--[\w-]+)", text)) == set()


def test_no_selector_is_written_twice():
    times = Counter(
        path
        for sheet in SHEETS
        for path, _ in _rules(_without_comments(sheet))
        if path[-1] != "@font-face"
    )
    assert [path for path, count in times.items() if count > 1] == []


def test_of_bootstrap_only_what_the_pages_use_is_sent():
    words = {
        word
        for folder, ending in (("templates", "*.html"), ("static/js", "*.js"), ("campaign", "*.py"))
        for path in (ROOT / folder).rglob(ending)
        for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))
    }
    assert vendor.CLASSES - words == set()
    sent = set(re.findall(r"\.([a-z][\w-]*)(?=[^{};]*\{)", _without_comments(BOOTSTRAP)))
    assert sent - {"btn-check"} == vendor.CLASSES


def test_a_style_sheet_is_reduced_to_plain_elements_and_the_classes_in_use():
    sheet = """/*! licence */
:root, [data-bs-theme=light] { --read: 1px;
  --read-by-the-dropped: 2px;
}
p, .a, .b > p { margin: var(--read);
}
.b { margin: var(--read-by-the-dropped);
}
@media print { .a:not(.b):hover { margin: 0;
} .b { margin: 0;
} }
@media screen { .b { margin: 0;
} }
"""
    assert (
        stylesheets.reduced(sheet, frozenset({"a"}))
        == """/*! licence */
:root,
[data-bs-theme=light] {
  --read: 1px;
}
p,
.a {
  margin: var(--read);
}
@media print {
  .a:not(.b):hover {
    margin: 0;
  }
}
"""
    )


def test_every_script_asks_for_its_types_to_be_checked():
    scripts = [*(ROOT / "static" / "js").glob("*.js"), *(ROOT / "tests" / "scripts").glob("*.js")]
    unchecked = [
        script.name
        for script in scripts
        if not script.read_text(encoding="utf-8").startswith("// @ts-check\n")
    ]
    assert unchecked == []


def test_pages_with_cells_and_they_alone_load_what_works_them():
    pages = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").rglob("*.html")
    }
    worked = {name for name, text in pages.items() if re.search(FIELDS, text)}
    assert worked == {name for name, text in pages.items() if "js/fields.js" in text}
    assert len(worked) > 6
