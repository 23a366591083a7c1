"""The program's own texts are spelled in one way: "hoá", "uỷ", "8 %"."""

import re
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static/js").glob("*.js"),
    *(ROOT / "campaign/papers").rglob("*.typ"),
    *(path for path in (ROOT / "campaign").rglob("*.py") if "migrations" not in path.parts),
]
PAPERS = sorted((ROOT / "campaign/papers/shipped").glob("*.docx"))
NAMES = {"Hòa", "Thủy", "HÒA", "tọa", "TỌA"}
"""Names of places and people, the country's name, and "Chủ tọa" as the decree has it."""
FORMER = re.compile(r"\b\w*(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)\b", re.IGNORECASE)
TIGHT = re.compile(r"[\d}]%(?=[\s.,;:)”\"']|$)")


def _words_of(path):
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return " ".join(
            re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", package.read("word/document.xml").decode())
        )


def _misspelled(text):
    return [word for word in FORMER.findall(text) if word not in NAMES and not word.endswith("quý")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("hàng hóa, ủy ban, khỏe", ["hóa", "ủy", "khỏe"]),
        ("hàng hoá, uỷ ban, quý, quỹ, khoản, Hòa Bình, CHỦ TỌA", []),
    ],
)
def test_the_tone_of_a_glide_is_found_where_it_stands_on_the_wrong_letter(text, wrong):
    assert _misspelled(text) == wrong


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in PAPERS])
def test_shipped_papers_spell_in_one_way(path):
    words = re.sub(r"\{[{%].*?[%}]\}", " ", _words_of(path))
    assert (_misspelled(words), TIGHT.findall(words)) == ([], [])


def test_pages_forms_and_rules_spell_in_one_way():
    wrong = {
        str(path.relative_to(ROOT)): misspelled
        for path in SOURCES
        if (misspelled := _misspelled(_words_of(path)))
    }
    assert wrong == {}


def test_a_number_and_its_percent_sign_stand_apart():
    tight = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if path.suffix != ".typ"
        and (lines := [line.strip() for line in _words_of(path).splitlines() if _is_tight(line)])
    }
    assert tight == {}


def _is_tight(line):
    return re.search(r"(?<![%\w{])\d+(?:[.,]\d+)?%(?=[\s.,;:)”]|$)", line) is not None
