"""A library to search in: cities, cases and solutions made of words of the congress in five languages."""

import random
import statistics
import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cities.models import Case, City, Organisation, Solution, Tag
from search import concepts, index
from search.asking import question_of
from search.finding import Choice, Search, by_index, seen_by
from search.models import Found
from tests import world

LANGUAGES = ("en", "es", "ca", "fr", "pt", "zh")
FILLING = ["the", "a", "of", "with", "plan", "team", "years", "first", "more", "people", "new", "work", "open", "small"]
FILLING += [f"word{n}" for n in range(400)]
THEMES = ("mobility", "energy", "water", "waste", "housing", "health", "nature", "safety", "governance", "digital")
TYPED = [
    "water",
    "agua de lluvia",
    "ciutats intel·ligents",
    "bicycle lane school",
    "垃圾",
    "edificis energia",
    "données",
]
TYPED += ["flood river park", "resid", "solar", "ônibus", "smart", "case 4711", "City 123", "market noise", "heat tree"]
TYPED += ["privacy of data", "tram", "wat", "participation budget", "بيانات", "交通", "nothinglikeit", "emergency fire"]


def build(cases: int, cities: int, solutions: int) -> dict[str, Any]:
    """Write the library, and then its index once more: how long that took, and a session's cookie."""
    made, chance = world.build(), random.Random(7)
    organisation = Organisation.objects.create(kind="company", name="Provider", slug="provider")
    named = City.objects.bulk_create(
        City(name=f"City {n}", slug=f"city-{n}", country=f"Country {n % 134}", region="europe", text=_text(chance, 60))
        for n in range(cities)
    )
    written = Case.objects.bulk_create(
        Case(
            city=chance.choice(named), title=f"{_text(chance, 6)} case {n}", problem=_text(chance, 60),
            done=_text(chance, 80), how=_text(chance, 60), failures=_text(chance, 40), is_public=True,
        )
        for n in range(cases)
    )  # fmt: skip
    Solution.objects.bulk_create(
        Solution(organisation=organisation, name=f"{_text(chance, 2)} {n}", text=_text(chance, 80), is_public=True)
        for n in range(solutions)
    )
    tags, through = [Tag.objects.create(code=code) for code in THEMES], Case.tags.through
    through.objects.bulk_create(
        through(case_id=case.pk, tag_id=tag.pk) for case in written for tag in chance.sample(tags, 2)
    )
    Found.objects.all().delete()
    began = time.monotonic()
    index.rebuild()
    return {"seconds": time.monotonic() - began, "cookie": made["cookies"]["attendee"]}


def _text(chance: random.Random, words: int) -> str:
    """Words of one language, one in five of the congress; the rest are few, as in any text."""
    rows, column = concepts.TABLE.splitlines(), chance.randrange(len(LANGUAGES))
    said = (
        chance.choice(rows).split("|")[column].split(",")[0].strip()
        if chance.random() < 0.05
        else chance.choice(FILLING)
        for _ in range(words)
    )
    return " ".join(said)


def asked(cookie: str, times: int = 3) -> dict[str, Any]:
    """Milliseconds: of each search with its counts (median, the worst), and of the page by the processor's time."""
    seen, client = seen_by(AnonymousUser()), Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = cookie
    searches: dict[str, float] = {}
    pages, queries = [], []
    for text in TYPED:
        searches[text] = min(_searched(text, seen) for _ in range(times))
        client.get("/search/", {"q": text})
        for _ in range(times):
            began = time.process_time()
            client.get("/search/", {"q": text})
            pages.append(1000 * (time.process_time() - began))
        with CaptureQueriesContext(connection) as caught:
            client.get("/search/", {"q": text})
        queries.append(len(caught))
    return {"searches": searches, "page": statistics.median(pages), "queries": max(queries)}


def _searched(text: str, seen: Any) -> float:
    began = time.perf_counter()
    with by_index():
        search, _counts = Search(question_of(text), seen).or_wider(Choice())  # type: ignore[arg-type]
        search.hits(Choice())
    return 1000 * (time.perf_counter() - began)
