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


def counts(text: str, kind: str, theme: str) -> dict[str, Any]:
    """The counts of the facets, and the same counted one by one from all hits."""
    question, seen, chosen = question_of(text), seen_by(AnonymousUser()), Choice(kind, theme)
    assert question
    search = Search(question, seen)
    counted = search.counts(chosen)
    ids = [row.pk for row in search.hits(Choice(), size=10_000)]
    rows = [(row.kind, row.themes.strip("|").split("|")) for row in Found.objects.filter(pk__in=ids)]
    kinds = Counter(of for of, themes in rows if not theme or theme in themes)
    themes = Counter(code for of, themes in rows if not kind or of == kind for code in themes if code)
    total = sum((not kind or of == kind) and (not theme or theme in themes) for of, themes in rows)
    told = {"total": counted.total, "kinds": dict(counted.kinds), "themes": dict(counted.themes)}
    return {"told": told, "counted": {"total": total, "kinds": dict(kinds), "themes": dict(themes)}}
