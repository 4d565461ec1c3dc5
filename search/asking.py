"""What somebody asks for: words that must all be there, each in one of its forms, as both databases read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from search import concepts
from search.languages import SILENT, stems
from search.words import Piece, folded, pairs, pieces

MOST_LETTERS, MOST_WORDS = 100, 8
SHORTEST_PREFIX = 2  # letters of a word that somebody is still writing


@dataclass(frozen=True)
class Form:
    """One way in which a word may stand: tokens one after the other. With `begins` the last one may go on."""

    tokens: Sequence[str]
    begins: bool = False

    def fts5(self) -> str:
        """As SQLite reads it."""
        return f'"{" ".join(self.tokens)}"' + (" *" if self.begins else "")

    def tsquery(self) -> str:
        """As PostgreSQL reads it."""
        quoted = [f"'{token}'" for token in self.tokens]
        return f"({' <-> '.join(quoted)}{':*' if self.begins else ''})"


@dataclass(frozen=True)
class Word:
    """A word that somebody typed: `forms` in which it counts as found, `meant` by its meaning in other languages."""

    typed: str
    forms: tuple[Form, ...]
    meant: tuple[Form, ...] = ()


@dataclass(frozen=True)
class Question:
    """The words of a search. `fts5` and `tsquery` say it to a database; `title` asks for what was typed alone."""

    words: tuple[Word, ...]
    key: str  # all of it, folded
    any_word: bool = False

    def _parts(self, title: bool) -> list[list[Form]]:
        return [
            [form for form in word.forms if not (title and form.begins and len(word.forms) > 1)]
            + ([] if title else list(word.meant))
            for word in self.words
        ]

    def fts5(self, title: bool = False) -> str:
        """For MATCH."""
        joint = " OR " if self.any_word else " AND "
        asked = joint.join(f"({' OR '.join(form.fts5() for form in forms)})" for forms in self._parts(title))
        return f"title_tokens : ({asked})" if title else asked

    def tsquery(self, title: bool = False) -> str:
        """For @@."""
        joint = " | " if self.any_word else " & "
        return joint.join(f"({' | '.join(form.tsquery() for form in forms)})" for forms in self._parts(title))

    def wider(self) -> "Question":
        """The same where one word is enough, and a part of a run."""
        return Question(tuple(chain.from_iterable(map(_loose, self.words))), self.key, any_word=True)


def _loose(word: Word) -> Iterable[Word]:
    """A run of letters as its pairs; another word as it is."""
    run = next((form for form in word.forms if len(form.tokens) > 1), None)
    return [Word(token, (Form([token]),)) for token in run.tokens] if run else [word]


def question_of(text: str) -> Question | None:
    """The question in what somebody typed; None while it has no word. The last word may go on while nothing follows."""
    text = text[:MOST_LETTERS]
    found = [(piece, folded(piece.text)) for piece in pieces(text)]
    found = [(piece, parts) for piece, parts in found if parts]
    said = [each for each in found if not SILENT.issuperset(each[1])] or found
    words = tuple(
        word
        for piece, parts in said[:MOST_WORDS]
        for word in _words(piece, parts, is_last=piece.end == len(text) and piece is found[-1][0])
    )
    key = " ".join(part for _piece, parts in found for part in parts)
    return Question(words, key) if words else None


def _words(piece: Piece, parts: Sequence[str], is_last: bool) -> Iterable[Word]:
    if piece.is_run:
        return [_run(part) for part in parts]
    return [_word(piece.text if len(parts) == 1 else part, part, is_last) for part in parts]


def _run(run: str) -> Word:
    """A run as a phrase; its meaning counts if all of it is one word that we know."""
    meant = concepts.of_run(run) if run in concepts.RUNS else ()
    return Word(run, (Form(pairs(run), begins=len(run) == 1),), _each(meant))


def _word(written: str, plain: str, is_last: bool) -> Word:
    """A word with its stems, and what goes on from it."""
    own = [plain, *sorted(stems(written) - {plain})]
    goes_on = (Form([plain], begins=True),) if is_last and len(plain) >= SHORTEST_PREFIX else ()
    return Word(plain, _each(own) + goes_on, _each(concepts.of_words(own)))


def _each(tokens: Iterable[str]) -> tuple[Form, ...]:
    return tuple(Form([token]) for token in (tokens if isinstance(tokens, list) else sorted(tokens)))
