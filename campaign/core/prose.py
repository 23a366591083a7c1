"""Văn bản thuần: plain text read into headings, lists and paragraphs; never HTML."""

Block = tuple[str, str | list[str]]
_MARKS = ("#", "- ", "• ")
"""What a line begins with that is no part of a paragraph."""


def blocks(text: str) -> list[Block]:
    """Chia văn bản: "# " opens a heading, "- " an item of a list, an empty line ends a
    paragraph.
    """
    parsed: list[Block] = []
    paragraph: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and not stripped.startswith(_MARKS):
            paragraph.append(stripped)
            continue
        _close(paragraph, parsed)
        if stripped.startswith("#"):
            parsed.append(("h", stripped.lstrip("#").strip()))
        elif stripped:
            _add_item(stripped[2:].strip(), parsed)
    _close(paragraph, parsed)
    return parsed


def _close(paragraph: list[str], parsed: list[Block]) -> None:
    """The lines gathered so far are a paragraph; the next one begins."""
    if paragraph:
        parsed.append(("p", "\n".join(paragraph)))
        paragraph.clear()


def _add_item(item: str, parsed: list[Block]) -> None:
    """One more of the list that stands last; else a list begins."""
    items = parsed[-1][1] if parsed and parsed[-1][0] == "ul" else None
    if isinstance(items, list):
        items.append(item)
    else:
        parsed.append(("ul", [item]))


def plain(text: str) -> str:
    """Văn bản cho nơi không có bố cục: headings and items as lines, without what marks them."""
    parts = [
        "\n".join(f"– {item}" for item in content) if isinstance(content, list) else content
        for _, content in blocks(text)
    ]
    return "\n\n".join(parts)
