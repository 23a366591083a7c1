"""The glossary says what the docstrings say."""

from tools.glossary import TARGET, glossary, terms_of


def test_a_docstring_that_opens_with_a_term_is_a_line_of_the_glossary(tmp_path):
    source = tmp_path / "models.py"
    source.write_text(
        'class Block:\n    """Khối thi đua: units that are\n    compared."""\n\n'
        'class Plain:\n    """Nothing of the field."""\n\n'
        'class _Own:\n    """Đơn vị: hidden."""\n',
        encoding="utf-8",
    )
    assert list(terms_of(source)) == [("Khối thi đua", "Block", "units that are compared.")]


def test_the_glossary_is_current():
    assert TARGET.read_text(encoding="utf-8") == glossary()
