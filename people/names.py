"""Names as others read them: one place for what people, imports and sign-in services write."""

import unicodedata

from people.models import MAX_NAME

# Letters that show nothing: Hangul fillers and the empty Braille cell.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# They join or part letters within a word (Persian, Indic scripts), so they stay there.
JOINERS = frozenset("\u200c\u200d")
MARKS = 3  # on one letter, as scripts write them; dozens of them cover the lines above and below


def plain(text: str) -> str:
    """The text in one line, without control characters, heaps of marks and signs that hide or turn around."""
    if text.isascii() and text.isprintable():  # most are, and an import has a million cells
        return " ".join(text.split())
    kept, marks = [], 0
    for number, char in enumerate(text):
        kind = unicodedata.category(char)
        if char in JOINERS and text[number - 1 : number].isalpha() and text[number + 1 : number + 2].isalpha():
            kept.append(char)
        elif char not in BLANKS and kind != "Cf":
            marks = marks + 1 if kind in ("Mn", "Me") else 0
            if marks <= MARKS:
                kept.append(char if char.isprintable() else " ")
    return " ".join("".join(kept).split())


def readable(text: str) -> bool:
    """Whether a plain name has anything that can be read."""
    return any(char.isalnum() for char in text)


def name_or(text: str, *others: str) -> str:
    """The first of the texts that can be read as a name, at most MAX_NAME characters; "?" when none can."""
    found = (plain(one)[:MAX_NAME] for one in (text, *others))
    return next((one for one in found if readable(one)), "?")
