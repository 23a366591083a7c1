"""Xem xét mẫu: is it harmless, well written, its trial paper whole; what does it leave out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from guarded.papers.drawing import (
    Undrawn,
    environment,
    faults_of,
    paper,
    prepared,
    source_of,
    words_at,
)
from guarded.papers.fields import W
from guarded.papers.package import Package, opened
from guarded.papers.tags import Fault, asked_of, lifted
from guarded.papers.tidy import PARAGRAPHS, TAG, TEXTS, words_of

_BLANKS = re.compile(r"[\s\u00a0\u00ad\u200b]+")
_DELETED = (f"{W}del", f"{W}moveFrom")
_KEYWORD = re.compile(r"\{%[-+–]?\s*(?:(?:p|tr|tc|r)\s+)?(end\s*)?(?:for|if)\b", re.IGNORECASE)
_BARE = re.compile(r"(?<!\{)\{\s*([A-Za-z_]\w*)[^{}]*\}(?!\})")
_LOST = (
    "Đoạn này không có trong văn bản lập thử. Trong Word, hãy Chấp nhận mọi thay đổi (Review "
    "→ Accept All), bỏ liên kết, trường và "
    "khung quanh thẻ ở đoạn này rồi gửi lại."
)
_UNFILLED = (
    "Thẻ ở chỗ này không được điền. Hãy chuyển thẻ vào thân văn bản, bảng, khung "
    "chữ, đầu trang hoặc chân trang."
)


def read_faults(template: bytes, sample: Mapping[str, Any]) -> list[Fault]:
    """Lỗi thấy khi đọc: tags, then fields nobody knows. Raises Refused."""
    package = prepared(template)
    return faults_of(package) or _unknown(package, sample)


def _unknown(package: Package, sample: Mapping[str, Any]) -> list[Fault]:
    faults = [
        Fault(words, f"Thẻ {bare[0]} phải có hai dấu ngoặc ở mỗi đầu: {{{{ {bare[1]} }}}}.")
        for _, tree in package.stories()
        for words in map(words_of, tree.iter(*PARAGRAPHS))
        for bare in _BARE.finditer(words)
        if bare[1] in sample
    ]
    for source in _sources(package):
        for name, line in dict.fromkeys(asked_of(source, sample, environment()).unknown):
            sentence = f"Không có trường “{name}”.{_meant(name, sample)}"
            faults.append(Fault(words_at(source, line), sentence))
    return faults


def _meant(name: str, sample: Mapping[str, Any]) -> str:
    """A field of much the same name."""
    known = {*sample, *(key for row in _rows(sample) for key in row)}
    alike = {key.casefold(): key for key in sorted(known)}
    close = get_close_matches(name.casefold(), alike, n=1, cutoff=0.8)
    return f" Có phải “{alike[close[0]]}” không?" if close else ""


def _rows(sample: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in sample.values():
        yield from (
            (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()
        )


def _sources(package: Package) -> list[str]:
    """The parts as they are filled in; the package is used up."""
    sources = []
    for _, tree in package.stories():
        lifted(tree)
        sources.append(source_of(tree))
    return sources


def trial_faults(template: bytes, sample: Mapping[str, Any]) -> list[Fault]:
    """Lập thử: what only a trial finds, and whether its paper is whole. Raises Refused."""
    try:
        made = opened(paper(prepared(template), sample, None))
    except Undrawn as undrawn:
        return [Fault(undrawn.place, str(undrawn))]
    faults = []
    for name, tree in opened(template).stories():
        faults += [Fault(words, _LOST) for words in _lost(tree, made.trees.get(name))]
    for tree in made.trees.values():
        faults += [
            Fault(words, _UNFILLED)
            for words in map(words_of, tree.iter(*PARAGRAPHS))
            if TAG.search(words)
        ]
    return list(dict.fromkeys(faults))


def _lost(tree: Any, made: Any) -> list[str]:
    """The paragraphs that should be in the paper whatever the tags say, and are not."""
    shown = (
        ""
        if made is None
        else _BLANKS.sub("", "".join(element.text or "" for element in made.iter(*TEXTS)))
    )
    place, lost = 0, []
    for fragment, words in _fragments(tree):
        at = shown.find(fragment, place)
        if at < 0:
            lost.append(words)
        else:
            place = at + len(fragment)
    return lost


def _fragments(tree: Any) -> Iterator[tuple[str, str]]:
    """Words of the template outside tags and blocks, without blanks, each with its paragraph."""
    texts = [element for element in tree.iter(*TEXTS) if not _is_deleted(element)]
    words = "".join(element.text or "" for element in texts)
    paragraphs: list[Any] = []
    for element in texts:
        paragraph = next(
            (above for above in element.iterancestors() if above.tag in PARAGRAPHS), None
        )
        paragraphs += [paragraph] * len(element.text or "")
    depth, start = 0, 0
    for first, last, tag in [
        *((tag.start(), tag.end(), tag[0]) for tag in TAG.finditer(words)),
        (len(words), len(words), ""),
    ]:
        if depth == 0:
            yield from _by_paragraph(words, paragraphs, start, first)
        depth += _opens(tag)
        start = last


def _opens(tag: str) -> int:
    """One where a block begins, minus one where it ends."""
    keyword = _KEYWORD.match(tag)
    if keyword is None:
        return 0
    return -1 if keyword[1] else 1


def _by_paragraph(
    words: str, paragraphs: list[Any], start: int, end: int
) -> Iterator[tuple[str, str]]:
    while start < end:
        paragraph, first = paragraphs[start], start
        while start < end and paragraphs[start] is paragraph:
            start += 1
        fragment = _BLANKS.sub("", words[first:start])
        if fragment:
            yield fragment, words[first:start].strip() if paragraph is None else _seen(paragraph)


def _seen(paragraph: Any) -> str:
    return "".join(
        element.text or "" for element in paragraph.iter(*TEXTS) if not _is_deleted(element)
    ).strip()


def _is_deleted(element: Any) -> bool:
    """In a change that takes it away, or in a row or cell that such a change takes away."""
    for above in element.iterancestors():
        if above.tag in _DELETED:
            return True
        marks = {f"{W}tr": f"{W}trPr/{W}del", f"{W}tc": f"{W}tcPr/{W}cellDel"}.get(above.tag)
        if marks and above.find(marks) is not None:
            return True
    return False


_TURN = re.compile(r"\{%[-+]?\s*(else|elif\b[^%]*?)\s*[-+]?%\}\s*$")
"""The other way of a condition over paragraphs, which follows the words of the one before it."""


def lacking(template: bytes, shipped: bytes, sample: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Điều văn bản cần mà mẫu bỏ: the path of each field, and the paragraph of the shipped
    template that shows it.
    """
    wanted, own = _shown(prepared(shipped), sample), _shown(prepared(template), sample)
    counts = Counter(path for path, _ in own)
    missing_fields: list[tuple[str, str]] = []
    for path in dict.fromkeys(path for path, _ in wanted):
        places = [words for other, words in wanted if other == path]
        missing = len(places) - counts[path]
        if missing <= 0:
            continue
        in_own = {_plain(words) for other, words in own if other == path}
        gone = [words for words in places if _plain(words) not in in_own] + [
            words for words in places if _plain(words) in in_own
        ]
        missing_fields += [(path, words) for words in gone[:missing]]
    return missing_fields


def _plain(words: str) -> str:
    return _BLANKS.sub("", TAG.sub("", words)).casefold()


def _shown(package: Package, sample: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each field with the paragraph that shows it; one only tested, once, without a place."""
    shown: list[tuple[str, str]] = []
    tested: set[str] = set()
    for source in _sources(package):
        asked = asked_of(source, sample, environment())
        shown += [
            (path, _TURN.sub("", words_at(source, line)).strip()) for path, line in asked.shown
        ]
        tested |= {path for path in asked.tested if isinstance(sample.get(path), bool)}
    return shown + [(path, "") for path in sorted(tested)]
