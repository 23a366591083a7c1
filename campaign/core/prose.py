"""Văn bản thuần: plain text read into headings, lists and paragraphs; never HTML."""

Block = tuple[str, str | list[str]]


def blocks(text: str) -> list[Block]:
    """Chia văn bản: "# " opens a heading, "- " an item of a list, an empty line ends a
    paragraph.
    """
    parsed: list[Block] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            parsed.append(("p", "\n".join(paragraph)))
            paragraph.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("#"):
            close()
            parsed.append(("h", stripped.lstrip("#").strip()))
        elif stripped.startswith(("- ", "• ")):
            close()
            items = parsed[-1][1] if parsed and parsed[-1][0] == "ul" else None
            if isinstance(items, list):
                items.append(stripped[2:].strip())
            else:
                parsed.append(("ul", [stripped[2:].strip()]))
        elif stripped:
            paragraph.append(stripped)
        else:
            close()
    close()
    return parsed


def plain(text: str) -> str:
    """Văn bản cho nơi không có bố cục: headings and items as lines, without what marks them."""
    parts = [
        "\n".join(f"– {item}" for item in content) if isinstance(content, list) else content
        for _, content in blocks(text)
    ]
    return "\n\n".join(parts)
