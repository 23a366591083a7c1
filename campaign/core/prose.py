"""Văn bản thuần: plain text read into headings, lists and paragraphs; never HTML."""

Block = tuple[str, str | list[str]]


def blocks(text: str) -> list[Block]:
    """Chia văn bản: "# " opens a heading, "- " an item of a list, an empty line ends a
    paragraph.
    """
    found: list[Block] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            found.append(("p", "\n".join(paragraph)))
            paragraph.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("#"):
            close()
            found.append(("h", stripped.lstrip("#").strip()))
        elif stripped.startswith(("- ", "• ")):
            close()
            items = found[-1][1] if found and found[-1][0] == "ul" else None
            if isinstance(items, list):
                items.append(stripped[2:].strip())
            else:
                found.append(("ul", [stripped[2:].strip()]))
        elif stripped:
            paragraph.append(stripped)
        else:
            close()
    close()
    return found
