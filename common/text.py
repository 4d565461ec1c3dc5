"""Text in any script: fold it to compare or search it, see whether it shows anything, remove hidden signs."""

import re
import sys
import unicodedata
from functools import lru_cache

_RANGES = """00ad 034f 061c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 3164 fe00-fe0f feff ffa0
    fff0-fffb 1bca0-1bca3 1d173-1d17a e0000-e0fff"""
# Invisible characters: joiners, direction marks, variation selectors, tags, Hangul fillers.
HIDDEN = frozenset(
    chr(code)
    for first, _dash, last in (part.partition("-") for part in _RANGES.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)
BLANKS = frozenset("\u2800\U0001d159")  # as wide as a letter, and empty
ZWNJ, ZWJ = "\u200c", "\u200d"
JOINED = frozenset({"ARABIC", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN"})  # scripts whose letters join by themselves
VIRAMA = 9  # combining class of the sign that removes a letter's vowel

_PLAIN = dict.fromkeys(map(ord, HIDDEN)) | dict.fromkeys(map(ord, BLANKS), " ") | {0x309B: "\u3099", 0x309C: "\u309a"}
# Letters with a stroke and ligatures, which Unicode does not take apart.
_LETTERS = str.maketrans(dict(zip("øłđħŧıðæœþ", ["o", "l", "d", "h", "t", "i", "d", "ae", "oe", "th"], strict=True)))
# Vowel points, optional in Arabic and Hebrew, and the stroke that only makes an Arabic word longer.
_POINTING = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")
# Marks of no script: strokes, dots and rings that can be put on anything.
_LOOSE = re.compile("[\u0300-\u036f\u0488\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def fold_case(text: str) -> str:
    """The text without case, width and hidden signs, for comparing. Marks stay: año is not ano, バ not ハ."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text.translate(_PLAIN)).casefold()).casefold()
    return unicodedata.normalize("NFKC", folded.translate(_PLAIN))


def fold(text: str) -> str:
    """The text for searching: as `fold_case`, also without vowel points and accents of Latin, Greek and Cyrillic.

    Other scripts keep their marks, because there a mark makes another letter: バ is not ハ, कि not की.
    """
    if text.isascii():
        return text.lower()
    chars, bare = [], False
    for char in unicodedata.normalize("NFKD", fold_case(text)).translate(_LETTERS):
        if unicodedata.category(char) not in ("Mn", "Me"):
            bare = char.isascii() or script(char) in ("LATIN", "GREEK", "CYRILLIC")
            chars.append(char)
        elif not bare and not _LOOSE.match(char):
            chars.append(char)
    return unicodedata.normalize("NFKC", _POINTING.sub("", "".join(chars)))


def shows(text: str) -> bool:
    """Whether the text has a visible character: a letter, a digit, a sign, a picture."""
    return any(_shows(char) for char in text)


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me") and not (
        char in HIDDEN or char in BLANKS
    )


def without_hidden(text: str) -> str:
    """The text without invisible characters, except those that its script needs."""
    if text.isascii():
        return text
    chars: list[str] = []
    for at, char in enumerate(text):
        hidden = char in HIDDEN or char in BLANKS or unicodedata.category(char) == "Cf"
        if not hidden or _needed(char, chars, text[at + 1 : at + 2]):
            chars.append(char)
    return "".join(chars)


def _needed(char: str, before: list[str], after: str) -> bool:
    """Whether an invisible character changes how its neighbours are written. Between Latin letters none does."""
    last = before[-1] if before else ""
    if char in (ZWJ, ZWNJ):
        return _joins(char, before, after)
    if "\u180b" <= char <= "\u180f":
        return script(last) == "MONGOLIAN"
    if "\ufe00" <= char <= "\ufe0f":
        return script(last) in ("CJK", "MYANMAR", "PHAGS-PA") or (last != "" and unicodedata.category(last) == "So")
    return "\U000e0100" <= char <= "\U000e01ef" and script(last) == "CJK"


def _joins(char: str, before: list[str], after: str) -> bool:
    last = before[-1] if before else ""
    if _is_virama(last):
        return len(before) > 1 and script(before[-2]) == script(last)
    if char == ZWJ:  # before a virama: Bengali and Kannada ra with a small ya
        return _is_virama(after) and last.isalpha() and script(last) == script(after)
    letter = next((sign for sign in reversed(before) if unicodedata.category(sign) != "Mn"), "")
    return letter.isalpha() and after.isalpha() and script(letter) == script(after) and script(after) in JOINED


def _is_virama(char: str) -> bool:
    return char != "" and unicodedata.combining(char) == VIRAMA


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of a character: the first word of its Unicode name, as "LATIN" or "CJK"; "" without a name."""
    return unicodedata.name(char, "").partition(" ")[0] if char else ""


@lru_cache(maxsize=1)
def marks() -> str:
    """All combining marks, for a character class of a regular expression (\\w has none of them)."""
    ranges: list[list[int]] = []
    for code in range(0x300, min(sys.maxunicode, 0x1FFFF)):
        if unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
