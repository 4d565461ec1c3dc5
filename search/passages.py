"""Passages of larger things, for the pages of other apps (`Feature.find`)."""

from collections.abc import Collection
from typing import Any

from common.contract import Hit
from search.asking import question_of
from search.excerpts import Marker, excerpt, html
from search.finding import Choice, Search, by_index, seen_by


def find(user: Any, kind: str, words: str, owners: Collection[int], most: int) -> list[Hit]:
    """The best passages of a kind for somebody's words, of these owners, as far as that person may see them."""
    question = question_of(words)
    if question is None or not owners:
        return []
    with by_index():
        rows = Search(question, seen_by(user, [kind])).hits(Choice(kind, owners=tuple(owners)), size=most)
    marker = Marker(question)
    return [Hit(row.url, row.title, row.place, html(excerpt(row.text, marker, row.language))) for row in rows]
