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
        for part in parts:
            forms = (Form(pairs(part), begins=len(part) == 1),)
            yield Word(
                part, forms, tuple(Form([token]) for token in sorted(concepts.of_run(part) if _is_one(part) else ()))
            )
        return
    for part in parts:
        own = [part, *sorted((stems(piece.text) if len(parts) == 1 else set()) - {part})]
        forms = [Form([token]) for token in own]
        if is_last and len(part) >= SHORTEST_PREFIX:
            forms.append(Form([part], begins=True))
        yield Word(part, tuple(forms), tuple(Form([token]) for token in sorted(concepts.of_words(own))))


def _is_one(run: str) -> bool:
    """Whether a run is one word that we know, and not a phrase with such a word in it."""
    return run in concepts.RUNS
