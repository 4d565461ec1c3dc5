"""The library of tests/search in an installation, and what is found in it."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from search.asking import question_of
from search.finding import Choice, Search, by_index, seen_by
from search.models import Found
from tests.search import library


def build() -> str:
    """Write it; the kind of the database."""
    with transaction.atomic():
        library.build()
    return connection.vendor


def titles(texts: list[str], most: int = 100) -> dict[str, list[str]]:
    """What everybody finds by each of the texts, the best first."""
    seen, found = seen_by(AnonymousUser()), {}
    for text in texts:
        question = question_of(text)
        with by_index():
            search = Search(question, seen).or_wider(Choice())[0] if question else None
            found[text] = [hit.title for hit in search.hits(Choice(), size=most)] if search else []
    return found


def counts(text: str, kind: str, theme: str, scope: str) -> dict[str, Any]:
    """The counts of the facets, and the same counted one by one from all hits."""
    question, seen, chosen = question_of(text), seen_by(AnonymousUser()), Choice(kind, theme, scope)
    assert question
    search = Search(question, seen)
    counted = search.counts(chosen)
    ids = [row.pk for row in search.hits(Choice(), size=10_000)]
    rows = [(row.kind, set(filter(None, row.themes.split("|"))), row.scope) for row in Found.objects.filter(pk__in=ids)]
    fits = {
        "kind": lambda row: kind in ("", row[0]),
        "theme": lambda row: not theme or theme in row[1],
        "scope": lambda row: scope in ("", row[2]),
    }

    def others(name: str) -> list[Any]:
        """The rows that fit the rest of the choice."""
        return [row for row in rows if all(fit(row) for of, fit in fits.items() if of != name)]

    kinds, scopes = Counter(row[0] for row in others("kind")), Counter(row[2] for row in others("scope") if row[2])
    themes = Counter(code for row in others("theme") for code in row[1])
    hits = [row.title for row in search.hits(chosen, size=10_000)]
    told = {"total": counted.total, "kinds": dict(counted.kinds), "themes": dict(counted.themes)}
    told |= {"scopes": dict(counted.scopes), "hits": counted.total}
    found: dict[str, Any] = {"total": sum(all(fit(row) for fit in fits.values()) for row in rows), "hits": len(hits)}
    found |= {"kinds": dict(kinds), "themes": dict(themes), "scopes": dict(scopes)}
    return {"told": told, "counted": found}
