"""Finding: hits by rank with what may be seen of them alone, and true counts by kind and theme."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from common.registry import registry
from people.permissions import standing
from search.asking import Question
from search.models import Found

SIZE = 20  # hits of a page
SQLITE = {
    "found": "search_index JOIN search_found f ON f.id = search_index.rowid WHERE search_index MATCH %s",
    "title": "f.id IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)",
    # A title counts most, then names and places, then the text, then the same in another language.
    "rank": "-bm25(search_index, 10.0, 4.0, 1.0, 0.5)",
}
POSTGRESQL = {
    "found": "search_found f WHERE f.words @@ %s::tsquery",
    "title": "f.title_words @@ %s::tsquery",
    "rank": "ts_rank('{0.05, 0.1, 0.4, 1.0}', f.ranked, %s::tsquery, 1)",
}


@dataclass(frozen=True)
class Choice:
    """What the hits are narrowed to: `scope` is that of an edition ("edition:1"), `owners` are those of passages."""

    kind: str = ""
    theme: str = ""
    scope: str = ""
    owners: tuple[int, ...] = ()


@dataclass
class Counts:
    """How many hits there are: with the choice, and by each value with the rest of the choice as it is.

    Themes count by their name: two apps may have codes of their own for one theme. What belongs to no edition is in no
    count of `scopes`.
    """

    total: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    scopes: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        """Whether anything is found at all, with this choice or another."""
        return bool(self.kinds or self.themes or self.scopes)


@dataclass(frozen=True)
class Seen:
    """The condition that a person may see a row, as SQL with its values."""

    sql: str
    values: tuple[Any, ...]


def seen_by(user: Any, kinds: Collection[str] | None = None) -> Seen:
    """Each app says what of it is not there for this person; of what they are banned from nothing is. With `kinds` it
    holds for rows of these alone."""
    parts, values = [], []
    for kind, searched in registry.searched.items():
        if (kinds is None or kind in kinds) and (hidden := searched.hidden(user)):
            column = "owner" if searched.passages else "thing"
            parts.append(f"NOT (f.kind = %s AND f.{column} IN ({_places(hidden)}))")
            values += [kind, *hidden]
    if bans := sorted(standing(user).bans):
        parts.append(f"f.scope NOT IN ({_places(bans)})")
        values += bans
    return Seen("".join(f" AND {part}" for part in parts), tuple(values))


@contextmanager
def by_index() -> Iterator[None]:
    """Around searches: PostgreSQL asks its index, as SQLite does anyway.

    It takes what stands beside a row for free, and would else read the words of all rows.
    """
    if connection.vendor == "sqlite":
        yield  # a transaction would wait for whoever writes
        return
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def _places(values: Any) -> str:
    return ", ".join(["%s"] * len(values))


class Search:
    """One question of one person. `names` says what a theme's code is called; without a name it is its code."""

    def __init__(self, question: Question, seen: Seen, names: Mapping[str, str] | None = None) -> None:
        self.question, self.seen, self.names = question, seen, names or {}
        self.is_sqlite = connection.vendor == "sqlite"
        self.sql: Mapping[str, str] = SQLITE if self.is_sqlite else POSTGRESQL

    def _asked(self, title: bool = False) -> str:
        return self.question.fts5(title) if self.is_sqlite else self.question.tsquery(title)

    def counts(self, choice: Choice) -> Counts:
        """All counts by one query: rows with the same kind, themes and edition are counted together."""
        counts, columns = Counts(), "f.kind, f.themes, f.scope"
        sql = f"SELECT {columns}, count(*) FROM {self.sql['found']}{self.seen.sql} GROUP BY {columns}"
        for kind, codes, scope, number in self._rows(sql, [self._asked(), *self.seen.values]):
            themes = {self._name(code) for code in codes.split("|") if code}
            of_kind, of_scope = choice.kind in ("", kind), choice.scope in ("", scope)
            of_theme = not choice.theme or self._name(choice.theme) in themes
            if of_theme and of_scope:
                counts.kinds[kind] += number
            if of_kind and of_scope:
                counts.themes.update(dict.fromkeys(themes, number))
            if of_kind and of_theme and scope:
                counts.scopes[scope] += number
            counts.total += number if of_theme and of_kind and of_scope else 0
        return counts

    def _name(self, code: str) -> str:
        return self.names.get(code, code)

    def _codes(self, code: str) -> list[str]:
        """The codes of the theme that this is a code of."""
        return [each for each in self.names if self._name(each) == self._name(code)] or [code]

    def hits(self, choice: Choice, start: int = 0, size: int = SIZE) -> list[Found]:
        """The best hits: first what is called just that, then those with all words in the title, then by rank; last
        what is a passage of something."""
        rank = [] if self.is_sqlite else [self._asked()]
        passages = [kind for kind, searched in registry.searched.items() if searched.passages] or [""]
        values = [*passages, self.question.key, self._asked(title=True), *rank, self._asked(), *self.seen.values]
        narrowed = ""
        if choice.kind:
            narrowed, values = narrowed + " AND f.kind = %s", [*values, choice.kind]
        if choice.owners:
            narrowed = f"{narrowed} AND f.owner IN ({_places(choice.owners)})"
            values = [*values, *choice.owners]
        if choice.theme:
            # Neither LIKE nor its signs: a theme's code is taken as it is.
            place = "instr(f.themes, %s)" if self.is_sqlite else "strpos(f.themes, %s)"
            codes = self._codes(choice.theme)
            narrowed = f"{narrowed} AND ({' OR '.join([f'{place} > 0'] * len(codes))})"
            values = [*values, *(f"|{code}|" for code in codes)]
        if choice.scope:
            narrowed, values = narrowed + " AND f.scope = %s", [*values, choice.scope]
        sql = (
            f"SELECT f.id, CASE WHEN f.kind IN ({_places(passages)}) THEN -1 WHEN f.title_key = %s THEN 2 "
            f"WHEN {self.sql['title']} THEN 1 ELSE 0 END AS tier, "
            f"{self.sql['rank']} AS points FROM {self.sql['found']}{self.seen.sql}{narrowed} "
            "ORDER BY tier DESC, points DESC, f.day DESC NULLS LAST, f.id LIMIT %s OFFSET %s"
        )
        ids = [row[0] for row in self._rows(sql, [*values, size, start])]
        shown = ("kind", "thing", "title", "place", "url", "day", "clock", "scope", "text", "language")
        rows = Found.objects.only(*shown).in_bulk(ids)
        return [rows[pk] for pk in ids if pk in rows]

    def titles(self, most: int = 300) -> list[str]:
        """Titles that a person may see, to suggest words of them."""
        sql = f"SELECT f.title FROM {self.sql['found']}{self.seen.sql} LIMIT %s"
        return [row[0] for row in self._rows(sql, [self._asked(), *self.seen.values, most])]

    def or_wider(self, choice: Choice) -> tuple["Search", Counts]:
        """This search with its counts; the one that takes some of the words for all where nothing has all of them."""
        counts = self.counts(choice)
        wider = self.question.wider()
        if counts or len(wider.words) < 2:
            return self, counts
        search = Search(wider, self.seen, self.names)
        return search, search.counts(choice)

    @staticmethod
    def _rows(sql: str, values: list[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
