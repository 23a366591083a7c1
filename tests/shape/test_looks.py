"""How templates, styles and scripts are laid out, where no formatter says it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
WIDEST = 120


def test_no_line_of_a_template_is_wider_than_a_screen():
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > WIDEST
    ]
    assert wide == []
