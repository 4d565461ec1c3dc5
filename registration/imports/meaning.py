"""What the words of a file mean as passes and statuses. We guess known words and ask about the others."""

import re
from collections import Counter
from collections.abc import Callable

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.text import fold, script
from people.models import Pass
from registration.imports import vocabulary
from registration.imports.mapping import folded, words

MOST = 200  # different words of a column that we ask about; rows with further ones are left out
NO_PASS = "none"
PASS_CHOICES = [*Pass.choices, (NO_PASS, _("No registration: an add-on, no ticket"))]


class Status(models.TextChoices):
    """What an order's status says about its tickets."""

    VALID = "valid", _("Valid")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_HELD = "not_held", _("No registration: not paid, expired, a test")


_STATUSES = (
    dict.fromkeys(words(vocabulary.VALID), str(Status.VALID))
    | dict.fromkeys(words(vocabulary.NOT_HELD), str(Status.NOT_HELD))
    | dict.fromkeys(words(vocabulary.CANCELLED), str(Status.CANCELLED))
)
_YES, _NO = (frozenset(map(folded, listed.split())) for listed in (vocabulary.YES, vocabulary.NO))
_PASSES, _PLACES = (
    {str(kind): fold(listed).split() for kind, listed in passes.items()}
    for passes in (vocabulary.PASSES, vocabulary.PLACES)
)
_NOT, _WITH = (frozenset(fold(listed).split()) for listed in (vocabulary.NOT, vocabulary.WITH))
_ADD_ONS = fold(vocabulary.ADD_ONS).split()
_PHRASES = {
    str(kind): [" ".join(re.findall(r"\w+", phrase)) for phrase in fold(listed).split("/")]
    for kind, listed in vocabulary.PHRASES.items()
}
_BRACKETS = re.compile(r"[(\[（【](.*)[)\]）】]")


def of(word: str, chosen: dict[str, str], guess: Callable[[str], str]) -> str:
    """The meaning of a word: the organiser's choice, else our guess; "" when unknown."""
    return chosen.get(word) or guess(word)


def meanings(counted: Counter[str], known: dict[str, str], guess: Callable[[str], str]) -> dict[str, str]:
    """Word -> meaning ("": unknown) for the counted words of a column, at most MOST.

    Order: words the organiser has chosen, words to ask about, the others; the most frequent first.
    """
    ranked = [(word, known.get(word), guess(word)) for word, _count in counted.most_common()]
    ranked.sort(key=lambda entry: (not entry[1], entry[2] != ""))
    return {word: choice or guessed for word, choice, guessed in ranked[:MOST]}


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return folded(text) in _YES


def is_no(text: str) -> bool:
    """Whether a cell says no."""
    return folded(text) in _NO


def guess_status(word: str) -> str:
    """The Status that a word means; "" when unknown, doubtful, or its parts contradict each other."""
    if "?" in fold(word):
        return ""
    if known := _STATUSES.get(folded(word)):
        return known
    outer, inner = _STATUSES.get(folded(_BRACKETS.sub("", word)), ""), _BRACKETS.search(word)
    aside = _STATUSES.get(folded(inner[1])) if inner else None
    return outer if outer != Status.VALID and aside in (None, outer) else ""


def guess_pass(word: str) -> str:
    """The Pass, or NO_PASS, that a ticket's name means; "" when unknown or ambiguous."""
    text = fold(word)
    parts = re.findall(r"\w+", text)
    if not _NOT.isdisjoint(parts):
        return ""
    passes = _meant(text, parts, _PASSES) or _meant(text, parts, _PLACES) | _phrases(parts)
    alone = _WITH.isdisjoint(parts) and "+" not in text
    if not passes and alone and _named(text, parts, _ADD_ONS):
        return NO_PASS
    return passes.pop() if len(passes) == 1 else ""


def _meant(text: str, parts: list[str], passes: dict[str, list[str]]) -> set[str]:
    return {kind for kind, stems in passes.items() if _named(text, parts, stems)}


def _named(text: str, parts: list[str], stems: list[str]) -> bool:
    return any(stem in text if _is_unparted(stem) else any(_begins(part, stem) for part in parts) for stem in stems)


def _begins(part: str, stem: str) -> bool:
    """Whether a word is the stem, or begins with it. Short stems must be whole words: "express" is no press."""
    return part == stem or (len(stem) >= 6 and part.startswith(stem))


def _is_unparted(stem: str) -> bool:
    return any(script(char) in ("CJK", "KATAKANA", "HIRAGANA", "HANGUL") for char in stem)


def _phrases(parts: list[str]) -> set[str]:
    text = f" {' '.join(parts)} "
    return {kind for kind, phrases in _PHRASES.items() if any(f" {phrase} " in text for phrase in phrases)}
