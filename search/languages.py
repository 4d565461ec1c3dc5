"""Stems of words by language, and which language a text is in."""

import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from snowballstemmer import stemmer

from common.languages import COMMON
from search.words import folded

NAMES = {"en": "english", "es": "spanish", "ca": "catalan", "fr": "french", "pt": "portuguese"}
ARABIC = "arabic"
SHORTEST = 3  # letters of a stem: shorter ones are those of too many words
_WORDS = {language: {part for word in words.split() for part in folded(word)} for language, words in COMMON.items()}
SILENT = frozenset[str]().union(*_WORDS.values())  # not asked for, unless nothing else is
_own = threading.local()  # a stemmer keeps the word that it works on


def _stemmer(name: str) -> Any:
    if name not in _own.__dict__:
        setattr(_own, name, stemmer(name))
    return getattr(_own, name)


def language_of(text: str, said: str = "") -> str:
    """The language that somebody said, else the one whose common words are most frequent; English without any."""
    if said[:2] in NAMES:
        return said[:2]
    words = [part for word in text[:2000].split() for part in folded(word.strip(".,;:!?()’'\""))]
    return max(NAMES, key=lambda language: sum(word in _WORDS[language] for word in words))


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The folded stem of a word as written, in a language; Arabic words have an Arabic one. Empty if too short."""
    if not word.isalpha():
        return ""
    name = ARABIC if "\u0600" <= word[0] <= "\u06ff" else NAMES[language]
    parts = folded(_stemmer(name).stemWord(unicodedata.normalize("NFC", word).lower()))
    return parts[0] if len(parts) == 1 and len(parts[0]) >= SHORTEST else ""


def stems(word: str, languages: Iterable[str] = tuple(NAMES)) -> set[str]:
    """The stems of a word in these languages."""
    return {stem(word, language) for language in languages} - {""}
