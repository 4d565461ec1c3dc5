"""What is shown of a hit: a part of its text around the first word that was asked for, with those words marked."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from search import concepts
from search.asking import Question
from search.languages import stem
from search.words import PIECE, Piece, folded, pieces

BEFORE, LENGTH = 60, 220  # characters
MOST_WORDS = 400  # of a text that are looked through
END = re.compile(r"[.!?。！？؟]\s*$")


class Part(NamedTuple):
    """A part of a text; `marked`: it was asked for."""

    text: str
    marked: bool


class Marker:
    """Knows the words of a question in a text of a language."""

    def __init__(self, question: Question) -> None:
        forms = [form for word in question.words for form in word.forms]
        self.tokens = {form.tokens[0] for form in forms if len(form.tokens) == 1 and not form.begins}
        self.beginnings = tuple(form.tokens[0] for form in forms if form.begins)
        self.meant = {form.tokens[0] for word in question.words for form in word.meant}
        self.runs = [word.typed for word in question.words if len(word.forms) == 1]
        # Thousands of words of a page are looked at, most of them again and again.
        self._asked: dict[tuple[str, str], bool] = {}

    def places(self, piece: Piece, language: str) -> list[tuple[int, int]]:
        """From where to where in the text a piece is marked."""
        if piece.is_run:
            return self._in_run(piece)
        return [(piece.start, piece.end)] if self._asks(piece.text, language) else []

    def first(self, text: str, language: str) -> int:
        """Where in the text the first word begins that was asked for; 0 without one."""
        for match in islice(PIECE.finditer(text), MOST_WORDS):
            if match.lastgroup == "run":
                if places := self._in_run(Piece(match.start(), match.end(), match[0], True)):
                    return places[0][0]
            elif self._asks(match[0], language):
                return match.start()
        return 0

    def _asks(self, word: str, language: str) -> bool:
        key = word, language
        if (known := self._asked.get(key)) is None:
            known = self._asked[key] = self._is_asked(word, language)
        return known

    def _is_asked(self, word: str, language: str) -> bool:
        parts = {*folded(word), stem(word, language)} - {""}
        if not parts.isdisjoint(self.tokens) or any(part.startswith(self.beginnings) for part in parts):
            return True
        return bool(self.meant) and not self.meant.isdisjoint(concepts.of_words(parts))

    def _in_run(self, piece: Piece) -> list[tuple[int, int]]:
        plain = " ".join(folded(piece.text))
        if len(plain) != piece.end - piece.start:
            return []
        words = [*self.runs, *(word for word, token in concepts.RUNS.items() if token in self.meant)]
        found = [(match.start(), match.end()) for word in words for match in re.finditer(re.escape(word), plain)]
        return [(piece.start + start, piece.start + end) for start, end in _apart(found)]


def _apart(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in order, without those that begin within another."""
    last = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end


def html(parts: list[Part]) -> SafeString:
    """The parts escaped, the marked ones in <mark>."""
    return SafeString(
        "".join(f"<mark>{escape(part.text)}</mark>" if part.marked else escape(part.text) for part in parts)
    )


def marked(text: str, marker: Marker, language: str) -> list[Part]:
    """The whole text, marked."""
    return _parts(text, [place for piece in pieces(text) for place in marker.places(piece, language)])


def excerpt(text: str, marker: Marker, language: str) -> list[Part]:
    """A part of the text around the first word that was asked for; the beginning without one."""
    start = _start(text, marker.first(text, language))
    end = min(len(text), start + LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + LENGTH // 2, end)) > 0:
        end = space
    before, after = "… " if start and not END.search(text[:start]) else "", " …" if end < len(text) else ""
    parts = marked(text[start:end], marker, language)
    return [part for part in (Part(before, False), *parts, Part(after, False)) if part.text]


def _start(text: str, place: int) -> int:
    """Where the excerpt begins: at a word, a little before the place."""
    if place <= BEFORE:
        return 0
    start = text.find(" ", place - BEFORE, place)
    return start + 1 if start >= 0 else place - BEFORE // 2


def _parts(text: str, places: list[tuple[int, int]]) -> list[Part]:
    parts, last = [], 0
    for start, end in places:
        parts += [Part(text[last:start], False), Part(text[start:end], True)]
        last = end
    return [part for part in (*parts, Part(text[last:], False)) if part.text]
