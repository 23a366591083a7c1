"""A Word file as small as one may be: most of the one that the library begins with are styles of
tables, which nothing here uses and every look at a file would read.
"""

import io
from functools import lru_cache

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE


def document() -> WordDocument:
    """An empty document, to write paragraphs into."""
    return Document(io.BytesIO(_blank()))


def saved(written: WordDocument) -> bytes:
    """The document as a file."""
    made = io.BytesIO()
    written.save(made)
    return made.getvalue()


@lru_cache(maxsize=1)
def _blank() -> bytes:
    blank = Document()
    for style in list(blank.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    relations = blank.part.rels
    for name, relation in list(relations.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del relations[name]
    return saved(blank)
