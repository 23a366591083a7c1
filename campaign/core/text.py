"""Chữ: Vietnamese text in one normal form, sorted by the Vietnamese alphabet, found without
tones.
"""

import re
import unicodedata
from enum import StrEnum

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEYS = {letter: f"{place + 11:02d}" for place, letter in enumerate(_ALPHABET)}
"""Mã chữ cái: two digits above those of numbers, so that every key is made of digits only."""
_TONE_ORDER = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS_OF_TODAY = "đ" + "".join(
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưy" for tone in _TONE_ORDER
)
_PLAIN = re.compile(f"[ -~\n{_LETTERS_OF_TODAY}{_LETTERS_OF_TODAY.upper()}–…‘’“”]*")
"""Chữ đã chuẩn: what almost every text is made of, whose letters have one form only."""
_SHAPES = {"\u0302", "\u0306", "\u031b"}
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_GAPS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
"""Khoảng trắng of any width, and more than one of them; line ends stay."""
_NEVER_SEEN = {"Cc", "Cf", "Cs", "Cn"}
"""Loại ký tự không thấy được: control, format (soft hyphen, zero width, bidi marks), half pairs,
unassigned.
"""
_KEPT = "\n\t"
_BLANK = dict.fromkeys(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufeff"))
_BLANK |= dict.fromkeys(range(0xFE00, 0xFE10))
"""Chữ không có nét: fillers and variation selectors."""
_ALIKE = str.maketrans(
    {
        "\u00d0": "Đ",
        "\u00f0": "đ",
        "\u0189": "Đ",
        "\u0256": "đ",
        "\u018a": "Đ",
        "\u0257": "đ",
        "\u018b": "Đ",
        "\u018c": "đ",
        "\u1d6d": "đ",
        "\u01cd": "Ă",
        "\u01ce": "ă",
        "\u0342": "\u0303",
        "\u0261": "g",
        "\u0251": "a",
        "\u2800": " ",
    }
)
"""Chữ trông giống: Icelandic and African D with bar or hook, the caron for the breve, the Greek
tilde, g and a of phonetic writing; an empty pattern of Braille for a space.
"""
_STRUCK = re.compile("([dD])[\u0334-\u0338]")
_TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_WIDE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Chữ rộng, chữ dính, chữ toán: what other machines and PDF files make of plain letters."""
_FOREIGN = str.maketrans(
    "АВЕЅІЈКМНОРСТУҮХӀԚԜаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYYXIQWaesijopcyxhdqwABEZHIKMNOPTYXo",
)
"""Chữ Hy Lạp, Nga trông như chữ Latinh: they are, in a word that has Latin letters too."""
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏẠ-ỹ]")
_LETTERS = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*")
_DOTLESS = re.compile(
    "\u0131(?=[\u0300-\u0303\u0309\u0323])|(?<=i)\u0307(?=[\u0300-\u0303\u0309\u0323])"
)
"""Chữ i không chấm hoặc hai chấm dưới dấu thanh."""
_WORD = re.compile(r"\d+|[^\W\d_]+")
_GLIDE = re.compile(
    "(o(?=[\u0300-\u0323]?[ae])|u(?=[\u0300-\u0323]?y))([\u0300\u0309\u0303\u0301\u0323]?)([aey])"
    "([\u0300\u0309\u0303\u0301\u0323]?)(?![^\\W\\d_])",
    re.IGNORECASE,
)
"""Âm đệm cuối tiếng: oa, oe, uy, whose tone is written on either letter (Hòa, Hoà)."""
_SPACES = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")


def nfc(text: str) -> str:
    """Chữ chuẩn: one form for each letter, one kind of line end and of space, nothing that is not
    seen.
    """
    if "  " not in text and _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize(
        "NFC", _LINE_ENDS.sub("\n", text).translate(_BLANK).translate(_ALIKE)
    )
    text = _without_unseen(text)
    text = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _marked(text)
    if _GREEK_OR_CYRILLIC.search(text):
        text = _LETTERS.sub(lambda match: _of_one_script(match[0]), text)
    return _GAPS.sub(" ", text)


def _without_unseen(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter in _KEPT or unicodedata.category(letter) not in _NEVER_SEEN
    )


def _of_one_script(word: str) -> str:
    """A word with Latin letters, or of none but such as look like them, is all Latin."""
    apart = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    if not _LATIN.search(bare) and _LATIN.sub("", bare.translate(_FOREIGN)):
        return word
    return unicodedata.normalize("NFC", apart.translate(_FOREIGN))


def _marked(text: str) -> str:
    """Marks that stand in another order than Vietnamese ones, or strike a d through."""
    text = _STRUCK.sub(lambda match: "đ" if match[1] == "d" else "Đ", text)
    if not any(unicodedata.combining(letter) for letter in text):
        return unicodedata.normalize("NFC", text)
    text = _DOTLESS.sub(lambda match: "i" if match[0] == "\u0131" else "", text)
    apart = _TONE_BEFORE_SHAPE.sub(r"\2\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart)


def one_line(text: str) -> str:
    """Một dòng: chữ chuẩn, white space folded to single spaces."""
    return _SPACES.sub(" ", nfc(text)).strip()


def name_key(text: str) -> str:
    """Khoá tên: the letters with their tones, whatever their case; "Hòa" and "Hoà" are one, Hùng
    and Hưng two.
    """
    return _glide(r"\1\3\2\4", _DASH.sub("-", one_line(text)).casefold())


_BEFORE_NUMBER = re.compile(
    r"\A(?:(?:quyết định|tờ trình|công văn|thông báo|kế hoạch|báo cáo|hướng dẫn|văn bản)\s+)?"
    r"(?:số\b\s*)?[:.]?\s*(?=\w)",
    re.IGNORECASE,
)
_AROUND_MARK = re.compile(r"\s*([/-])\s*")


def document_number(text: str) -> str:
    """Số, ký hiệu văn bản: "Tờ trình số: 15 / TTr – SCT" is "15/TTr-SCT"."""
    typed = one_line(text)
    number = _BEFORE_NUMBER.sub("", _DASH.sub("-", typed))
    return _AROUND_MARK.sub(r"\1", number) if number[:1].isdecimal() else typed


class Likeness(StrEnum):
    """Hai tên giống nhau đến đâu."""

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


def likeness(first: str, second: str) -> Likeness:
    """So hai tên: the same letters with their tones; the same but for tones; two names."""
    if name_key(first) == name_key(second):
        return Likeness.SAME
    is_alike = search_key(first) == search_key(second)
    return Likeness.ALIKE if is_alike else Likeness.OTHER


def _glide(written: str, text: str) -> str:
    """Tones of oa, oe, uy put as `written` says."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _GLIDE.sub(written, apart))


def sentence(text: str) -> str:
    """Câu: what a rule says in passing, on a line of its own: capital first, full stop last."""
    return (
        f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
        if text
        else ""
    )


LONGEST_SUMMARY = 240


def shortened(text: str) -> str:
    """Tóm tắt: the beginning of a text in one line, cut between words."""
    line = one_line(text)
    return (
        line
        if len(line) <= LONGEST_SUMMARY
        else f"{line[:LONGEST_SUMMARY].rpartition(' ')[0].rstrip(',;')}…"
    )


def without_tones(text: str) -> str:
    """Chữ không dấu: "Điện Biên" as "Dien Bien"."""
    letters = unicodedata.normalize("NFD", nfc(text).replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search_key(text: str) -> str:
    """Khoá tìm kiếm: no tones, đ as d, lower case: "Hòa Bình", "Hoà Bình" and "hoa binh"
    are one.
    """
    return without_tones(_DASH.sub("-", one_line(text)).lower())


_COLON, _UNFIT = re.compile(r"\s*:\s+"), re.compile(r'[<>:"/\\|?*]')


def file_name(text: str) -> str:
    """Tên tệp without what Windows forbids: "Lượt 1: Giấy khen 12/QĐ" as "Lượt 1 - Giấy khen
    12-QĐ".
    """
    return _UNFIT.sub("-", _COLON.sub(" - ", one_line(text))).strip(". ") or "tep"


_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,6}$")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}wordprocessingml.document": (".docx",),
}


def named_by_content(name: str, media_type: str) -> str:
    """Tên tệp có đuôi của nội dung: "Báo cáo.exe" that is a PDF is called "Báo cáo.pdf"; other
    kinds keep their name.
    """
    endings = _ENDINGS.get(media_type)
    if not endings or name.lower().endswith(endings):
        return name
    stem = _ENDING.sub("", name)
    return stem if stem.lower().endswith(endings) else (stem or "tep") + endings[0]


def spellings(text: str) -> tuple[str, ...]:
    """Các cách viết of a text typed with its accents, in capitals or not, "Hòa" and "Hoà"; none
    where it was typed without.
    """
    typed = one_line(text)
    if search_key(typed) == typed.lower():
        return ()
    moved = _glide(r"\1\4\3\2", typed)
    return tuple(dict.fromkeys([*_in_either_case(typed), *_in_either_case(moved)]))


def _in_either_case(text: str) -> tuple[str, ...]:
    """As it stands, in small letters, in capitals, with a capital to each word, with one."""
    return text, text.lower(), text.upper(), text.title(), text.capitalize()


def _split(letter: str) -> tuple[str, str]:
    """A letter as the alphabet has it (ơ, đ), and its tone mark."""
    base, tone = "", ""
    for part in unicodedata.normalize("NFD", letter):
        if part in _TONE_ORDER:
            tone = part
        elif not unicodedata.combining(part) or part in _SHAPES:
            base += part
    return unicodedata.normalize("NFC", base), tone


LONGEST_NUMBER = 99
"""Of more digits a word is no number any more: its length would not fit the key."""


def _word_keys(text: str) -> tuple[list[str], str]:
    """The letters of each word as digits, and the tones of the whole text."""
    words, tones = [], []
    for word in _WORD.findall(nfc(text).lower()):
        if word.isdecimal() and len(word) <= LONGEST_NUMBER:
            number = str(int(word))
            words.append(f"01{len(number):02d}{number}")
            continue
        key = ""
        for letter in unicodedata.normalize("NFC", word):
            base, tone = _split(letter)
            key += _LETTER_KEYS.get(base, "99")
            tones.append(_TONE_ORDER[tone])
        words.append(key)
    return words, "".join(tones)


def text_sort_key(text: str) -> str:
    """Khoá sắp xếp: word by word in the Vietnamese alphabet, tones (ngang, huyền, hỏi, ngã, sắc,
    nặng) last.

    Only digits, so that every database orders the keys alike.
    """
    words, tones = _word_keys(text)
    return "00".join(words) + "0000" + tones


def name_sort_key(full_name: str) -> str:
    """Khoá sắp xếp tên người: given name, then family name, then middle names."""
    words = one_line(full_name).split(" ")
    given, family, middle = words[-1], words[:1] if len(words) > 1 else [], words[1:-1]
    return text_sort_key(" ".join([given, *family, *middle]))
