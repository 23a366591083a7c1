"""Chữ: Vietnamese text in one normal form, sorted by the Vietnamese alphabet, found without tones."""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEYS = {letter: f"{place + 11:02d}" for place, letter in enumerate(_ALPHABET)}
"""Mã chữ cái: two digits above those of numbers, so that every key is made of digits only."""
_TONE_ORDER = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0302", "\u0306", "\u031b"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_GLIDE = re.compile("(o(?=[\u0300-\u0323]?[ae])|u(?=[\u0300-\u0323]?y))([\u0300\u0309\u0303\u0301\u0323]?)([aey])"
                    "([\u0300\u0309\u0303\u0301\u0323]?)(?![^\\W\\d_])", re.IGNORECASE)
"""Âm đệm cuối tiếng: oa, oe, uy, whose tone is written on either letter (Hòa, Hoà)."""
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Chuẩn NFC: one form for each letter, one kind of line end, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """Một dòng: NFC, white space folded to single spaces."""
    return _SPACES.sub(" ", nfc(text)).strip()


def sentence(text: str) -> str:
    """Câu: what a rule says in passing, on a line of its own: capital first, full stop last."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


LONGEST_SUMMARY = 240


def shortened(text: str) -> str:
    """Tóm tắt: the beginning of a text in one line, cut between words."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SUMMARY else f"{line[:LONGEST_SUMMARY].rpartition(' ')[0].rstrip(',;')}…"


def without_tones(text: str) -> str:
    """Chữ không dấu: "Điện Biên" as "Dien Bien"."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search_key(text: str) -> str:
    """Khoá tìm kiếm: no tones, đ as d, lower case: "Hòa Bình", "Hoà Bình" and "hoa binh" are one."""
    return _SPACES.sub(" ", without_tones(text.lower())).strip()


_COLON, _UNFIT = re.compile(r"\s*:\s+"), re.compile(r'[<>:"/\\|?*]')


def file_name(text: str) -> str:
    """Tên tệp without what Windows forbids: "Lượt 1: Giấy khen 12/QĐ" as "Lượt 1 - Giấy khen 12-QĐ"."""
    return _UNFIT.sub("-", _COLON.sub(" - ", one_line(text))).strip(". ") or "tep"


def spellings(text: str) -> tuple[str, ...]:
    """Các cách viết of a text typed with its accents, in capitals or not, "Hòa" and "Hoà"; none where it was typed without."""
    typed = one_line(text)
    if search_key(typed) == typed.lower():
        return ()
    moved = unicodedata.normalize("NFC", _GLIDE.sub(r"\1\4\3\2", unicodedata.normalize("NFD", typed)))
    return tuple(dict.fromkeys(cased for one in (typed, moved) for cased in (
        one, one.lower(), one.upper(), one.title(), one.capitalize())))


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
    """Khoá sắp xếp: word by word in the Vietnamese alphabet, tones (ngang, huyền, hỏi, ngã, sắc, nặng) last.

    Only digits, so that every database orders the keys alike.
    """
    words, tones = _word_keys(text)
    return "00".join(words) + "0000" + tones


def name_sort_key(full_name: str) -> str:
    """Khoá sắp xếp tên người: given name, then family name, then middle names."""
    words = one_line(full_name).split(" ")
    given, family, middle = words[-1], words[:1] if len(words) > 1 else [], words[1:-1]
    return text_sort_key(" ".join([given, *family, *middle]))
