"""The page of the search: a field, what was found, and what to narrow it to."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from common.pages import page_of
from common.registry import registry
from people.access import OPEN, Access
from people.request import Request
from search.asking import MOST_LETTERS, Question, question_of
from search.excerpts import Marker, excerpt, html, marked
from search.finding import SIZE, Choice, Counts, Search, by_index, seen_by
from search.models import Found
from search.suggesting import suggestions
from sessions.guard import Guard
from sessions.models import Edition

FARTHEST = 50  # pages: who has not found it by then asks otherwise


class Everything:
    """All that is found. Roles of the current edition count, so that who is banned from it finds nothing."""

    @cached_property
    def edition(self) -> Edition | None:
        """The current edition."""
        return Edition.current()

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes() if self.edition else []

    def access(self) -> Access:
        """Open: what is found has rights of its own."""
        return OPEN


@dataclass(frozen=True)
class Option:
    """A value of a facet: what it is called, how many hits it leads to, and where."""

    label: Any
    count: int
    query: str
    chosen: bool


def _address(q: str, choice: Choice, **other: Any) -> str:
    """The query string of these words with a choice, changed where `other` says so."""
    values = {"q": q, "kind": choice.kind, "theme": choice.theme, "edition": choice.scope.rpartition(":")[2]} | other
    return urlencode({name: value for name, value in values.items() if value})


def _themes() -> dict[str, str]:
    """Code -> name, as the apps call them; the first one's name counts."""
    named: dict[str, str] = {}
    for searched in registry.searched.values():
        named = {code: str(name) for code, name in searched.themes().items()} | named
    return named


def _editions() -> dict[str, str]:
    """Scope -> the name of its edition, the newest first."""
    return {f"edition:{pk}": name for pk, name in Edition.objects.values_list("pk", "name")}


def _is_choice(counts: Counts, choice: Choice) -> bool:
    """Whether one may choose an edition: of one alone there is nothing to choose."""
    return bool(choice.scope) or len(counts.scopes) > 1


class Page:
    """What is found for one person's words and choice."""

    def __init__(self, request: Request, q: str, choice: Choice) -> None:
        self.q, self.choice, self.seen = q, choice, seen_by(request.user)
        self.question = question_of(q)
        if self.question is not None:
            with by_index():
                self._search(self.question, request)

    def _search(self, question: Question, request: Request) -> None:
        self.names = _themes()
        search, self.counts = Search(question, self.seen, self.names).or_wider(self.choice)
        self.is_wider = search.question.any_word
        self.number = page_of(request, range(min(self.counts.total, SIZE * FARTHEST)), SIZE)
        self.editions = _editions() if _is_choice(self.counts, self.choice) else {}
        self.marker = Marker(search.question)
        self.found = search.hits(self.choice, self.number.start_index() - 1) if self.counts.total else []

    def hits(self) -> list[dict[str, Any]]:
        """The hits of this page, with their words marked."""
        return [self._hit(row) for row in self.found]

    def _hit(self, row: Found) -> dict[str, Any]:
        searched = registry.searched[row.kind]
        return {
            "url": row.url,
            "kind": str(searched.one),
            "icon": searched.icon,
            "note": str(searched.note),
            "title": html(marked(row.title, self.marker, row.language)),
            "place": html(marked(row.place, self.marker, row.language)),
            "text": html(excerpt(row.text, self.marker, row.language)),
            "day": row.day.isoformat() if row.day else "",
            "date": date_format(row.day, "j M Y") if row.day else "",
            "clock": row.clock.strftime("%H:%M") if row.clock else "",
            "edition": "" if self.choice.scope else self.editions.get(row.scope, ""),
        }

    def kinds(self) -> list[Option]:
        """The kinds that lead to a hit, and the chosen one; all of them first."""
        counts, chosen = self.counts.kinds, self.choice.kind
        options = [
            Option(searched.label, counts[kind], _address(self.q, self.choice, kind=kind), kind == chosen)
            for kind, searched in registry.searched.items()
            if counts[kind] or kind == chosen
        ]
        options.sort(key=lambda option: -option.count)
        return [Option("", counts.total(), _address(self.q, self.choice, kind=""), not chosen), *options]

    def themes(self) -> list[Option]:
        """The themes that lead to a hit, the most frequent first; a chosen one leads back."""
        codes = {name: code for code, name in reversed(self.names.items())}
        chosen = self.names.get(self.choice.theme, "")
        counts = {**({chosen: 0} if chosen else {}), **self.counts.themes}
        return [
            Option(
                name,
                count,
                _address(self.q, self.choice, theme="" if name == chosen else codes[name]),
                name == chosen,
            )
            for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            if name in codes
        ]

    def places(self) -> list[Option]:
        """The editions that lead to a hit, where they are several; a chosen one leads back."""
        counts, chosen = self.counts.scopes, self.choice.scope
        return [
            Option(
                name,
                counts[scope],
                _address(self.q, self.choice, edition="" if scope == chosen else scope.rpartition(":")[2]),
                scope == chosen,
            )
            for scope, name in self.editions.items()
            if counts[scope] or scope == chosen
        ]

    def others(self) -> list[dict[str, Any]]:
        """What to search for instead."""
        with by_index():
            tried = suggestions(self.q, self.question, self.seen) if self.question else []
        return [{"text": each.text, "count": each.hits, "query": _address(each.text, Choice())} for each in tried]

    def everywhere(self) -> str:
        """The query string of the words alone."""
        return _address(self.q, Choice())


@never_cache
@Guard("search.view", lambda pk: Everything()).page()
def search(request: Request, everything: Everything) -> HttpResponse:
    """What is found for ?q=, narrowed by ?kind=, ?theme= and ?edition=; to htmx the list alone."""
    q = request.GET.get("q", "")[:MOST_LETTERS].lstrip()
    kind, theme = request.GET.get("kind", ""), request.GET.get("theme", "")[:80].replace("|", "")
    edition = number_in(request.GET.get("edition", ""))
    scope = f"edition:{edition}" if edition else ""
    choice = Choice(kind if kind in registry.searched else "", theme, scope)
    page = Page(request, q, choice)
    template = "search/_found.html" if request.htmx else "search/search.html"
    kinds = [searched.label for searched in registry.searched.values()]
    return render(request, template, {"q": q, "found": page, "labels": kinds, "most": MOST_LETTERS})


urlpatterns = [path("search/", search, {"pk": 0}, name="search")]
