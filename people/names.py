"""Names as others read them, whether from people, imports or sign-in services."""

import unicodedata

from common.text import HIDDEN, without_hidden
from people.models import MAX_NAME

MARKS = 3  # per letter, enough for every script; dozens would cover the lines above and below


def plain(text: str) -> str:
    """The text in one line, without control characters, heaps of marks, hidden signs and direction signs."""
    if text.isascii() and text.isprintable():  # most are, and an import has a million cells
        return " ".join(text.split())
    visible = without_hidden(_without_heaps(text))
    return " ".join("".join(char if char.isprintable() or char in HIDDEN else " " for char in visible).split())


def _without_heaps(text: str) -> str:
    chars, marks = [], 0
    for char in text:
        if char not in HIDDEN:
            marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MARKS or char in HIDDEN:
            chars.append(char)
    return "".join(chars)


def readable(text: str) -> bool:
    """Whether a plain name has anything that can be read."""
    return any(char.isalnum() for char in text)


def name_or(text: str, *others: str) -> str:
    """The first of the texts that can be read as a name, at most MAX_NAME characters; "?" when none can."""
    names = (plain(candidate)[:MAX_NAME] for candidate in (text, *others))
    return next((candidate for candidate in names if readable(candidate)), "?")
