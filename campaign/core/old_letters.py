"""Chữ mã cũ: text typed in the fonts of TCVN3 (.VnTime) and VNI (VNI-Times), told by what it cannot
be.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
_BREVES = {"è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
_VNI_MARKS = (
    _TONES
    | {mark: f"\u0302{tone}" for mark, tone in _HATS.items()}
    | {mark: f"\u0306{tone}" for mark, tone in _BREVES.items()}
)
_VNI = str.maketrans(
    _VNI_MARKS
    | {mark.upper(): written for mark, written in _VNI_MARKS.items()}
    | dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))
)
_VNI_LETTER = re.compile("[aeouyôö][øùûõï]|[aeo][àáåãäâ]|a[èéúüëê]|[ôöñæóòî]", re.IGNORECASE)
"""Chữ của VNI: a letter and the mark behind it, or one of the few that have their mark in them."""
_WORDS = re.compile(r"[\s.,;:!?()\[\]{}/\"'“”‘’…–—+*=<>&%@#\d_\\|~^`$-]+")
_OF_TODAY = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9\u0300-\u036f]")
"""Chữ chỉ có trong Unicode: a text that has them is of no old font."""
_SIGNS = set("·©®«»§¬£¥¤¦")
"""Dấu thường gặp: alone they tell of no old font."""
_SHORT = re.compile("[A-ZĐ]{1,6}")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_ON_CONSONANT = re.compile(f"[bcdđghklmnpqrstvx][{_TONE_MARKS}]")
"""Dấu trên phụ âm, which no word of today has: ñ, ó of the old fonts."""
_SYLLABLE = re.compile(
    "(?:ngh?|gh|gi|nh|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    "(?:a|ai|ao|au|ay|â|âu|ây|ă|e|eo|ê|êu|i|ia|iê|iêu|iu|o|oa|oai|oao|"
    "oay|oă|oe|oeo|oi|oo|ô|ôi|ơ|ơi|u|"
    "ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ư|ưa|ưi|ươ|ươi|ươu|ưu|y|yê|yêu)"
    "(?:ch|nh|ng|[cmnpt])?"
)


@dataclass(frozen=True, slots=True)
class OldFont:
    """Bảng mã cũ: its name, and how its text is read."""

    name: str
    read: Callable[[str], str]


def _from_vni(text: str) -> str:
    return _VNI_LETTER.sub(
        lambda letter: unicodedata.normalize("NFC", letter[0].translate(_VNI)), text
    )


FONTS = (OldFont("TCVN3 (ABC)", lambda text: text.translate(_TCVN3)), OldFont("VNI", _from_vni))


def _is_syllable(word: str) -> bool:
    """Whether Vietnamese may have the word: letters that go together, one tone at most; or QĐ."""
    if _SHORT.fullmatch(word):
        return True
    apart = unicodedata.normalize("NFD", word.lower())
    if sum(mark in _TONE_MARKS for mark in apart) > 1 or _ON_CONSONANT.search(apart):
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONE_MARKS))
    return _SYLLABLE.fullmatch(bare) is not None


def _fits(text: str) -> bool:
    """Whether every word with a letter beyond ASCII is a Vietnamese one."""
    return all(_is_syllable(word) for word in _WORDS.split(text) if not word.isascii())


def in_old_font(text: str) -> OldFont | None:
    """Bảng mã cũ của một đoạn chữ: it reads as Vietnamese by that table and not as it stands."""
    letters = {letter for letter in text if not letter.isascii()} - _SIGNS
    if not letters or _OF_TODAY.search(text) or _fits(text):
        return None
    return next((font for font in FONTS if (now := font.read(text)) != text and _fits(now)), None)


def read_old(texts: Sequence[str]) -> tuple[OldFont | None, dict[str, str]]:
    """Đọc chữ mã cũ of one table: the font most of its texts are in, and what each says today.

    Where nothing in the table is of today, also what would read as Vietnamese either way is of that
    font.
    """
    fonts = [font for text in texts if (font := in_old_font(text)) is not None]
    if not fonts:
        return None, {}
    font = max(FONTS, key=fonts.count)
    is_old_throughout = not any(_OF_TODAY.search(text) for text in texts)
    return font, {
        text: now
        for text in texts
        if not _OF_TODAY.search(text)
        if (now := font.read(text)) != text
        and _fits(now)
        and (is_old_throughout or not _fits(text))
    }


def converted_words(font: str, converted: Sequence[tuple[str, str]]) -> str:
    """Đã chuyển chữ mã cũ, with the first text as it was typed and as it is read."""
    (typed, now), *_ = converted
    return (
        f"{len(converted)} ô gõ bằng phông chữ cũ {font}, đã chuyển thành chữ Unicode: "
        f"“{typed}” thành “{now}”. Hãy xem lại từng dòng trước khi ghi."
    )
