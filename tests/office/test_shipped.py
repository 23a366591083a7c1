"""Mẫu kèm theo: each Word file in the tree opens, knows its fields, and is drawn whole."""

import io
import zipfile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import SHIPPED, Examination, draw_all, examine, shipped

_MARGINS = (20, 20, 30, 15)
"""Top, bottom, left and right, in millimetres."""


@pytest.fixture(scope="module")
def drawn():
    """Every shipped template, drawn with its sample values."""
    kinds = list(PaperKind)
    papers = draw_all([(shipped(kind.value), SAMPLES[kind], None) for kind in kinds])
    return dict(zip(kinds, papers, strict=True))


def _words(paper):
    """Whatever a paper says, in its body, its tables, heads and feet."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        return "\n".join(
            package.read(name).decode()
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        )


def test_there_is_one_template_for_each_kind_of_paper():
    assert {path.stem for path in SHIPPED.iterdir()} == {kind.value for kind in PaperKind}


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_shipped_template_is_a_whole_word_file_of_known_fields(kind):
    with zipfile.ZipFile(SHIPPED / f"{kind.value}.docx") as package:
        assert package.testzip() is None
    assert examine(shipped(kind.value), SAMPLES[kind]) == Examination([], [])


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_shipped_template_brings_no_styles_that_its_paper_does_not_use(kind):
    with zipfile.ZipFile(SHIPPED / f"{kind.value}.docx") as package:
        sizes = {entry.filename: entry.file_size for entry in package.infolist()}
    assert "word/stylesWithEffects.xml" not in sizes
    assert sizes["word/styles.xml"] < 50_000
    styles = Document(io.BytesIO(shipped(kind.value))).styles
    assert {style.name for style in styles if style.type is WD_STYLE_TYPE.TABLE} == {
        "Normal Table",
        "Table Grid",
    }


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_shipped_template_is_drawn_whole_with_sample_values(kind, drawn):
    words = _words(drawn[kind])
    assert [tag for tag in ("{{", "}}", "{%", "%}") if tag in words] == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert SAMPLES[kind]["stamp"] in words


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_shipped_template_has_the_font_and_the_margins_of_the_decree(kind):
    document = Document(io.BytesIO(shipped(kind.value)))
    assert document.styles["Normal"].font.name == "Times New Roman"
    for section in document.sections:
        sides = {round(side.mm) for side in (section.page_width, section.page_height)}
        assert sides == {210, 297}
        margins = (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(margin.mm) for margin in margins] == list(_MARGINS)
