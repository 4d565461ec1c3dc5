"""Who follows a session now: from which countries and cities, and who they are.

Whoever lets others see only the name is in no place, nor is a guest of a hall, nor who is not signed in.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypedDict

from django.db.models import Count, F, QuerySet

from common import search
from common.text import fold_case
from live.models import Follower, Presence
from people.models import Participant
from sessions.blocklist import blocked
from sessions.models import Session

MOST = 12  # countries, and cities, that are named
SHOWN = 200  # people on a page

Places = list[tuple[str, int]]  # name, how many


class Following(TypedDict):
    """How many follow, from where; `countries` and `cities` are the largest, `more_…` how many others there are."""

    total: int
    placed: int  # of whom a country or city is known
    countries: Places
    more_countries: int
    cities: Places
    more_cities: int


def following(session: Session) -> Following:
    """From where a session is followed now. Three queries, however many follow."""
    rows = [
        (country.strip(), city.strip(), count)
        for country, city, count in _placed(session).values_list("country", "city").annotate(Count("pk"))
        if not blocked(f"{city} {country}", session.edition.blocked_terms)
    ]
    countries = _largest((country, country, count) for country, _city, count in rows)
    cities = _largest((city, f"{city} {country}", count) for country, city, count in rows)
    return {
        "total": Presence.counts([session.room_key]).get(session.room_key, 0),
        "placed": sum(count for country, city, count in rows if country or city),
        "countries": countries[:MOST],
        "more_countries": len(countries[MOST:]),
        "cities": cities[:MOST],
        "more_cities": len(cities[MOST:]),
    }


def _there(session: Session) -> QuerySet[Participant]:
    """The participants who follow a session now."""
    signed_in = Follower.there(session.room_key).exclude(participant_id=None)
    return Participant.objects.filter(pk__in=signed_in.values("participant_id"))


def _placed(session: Session) -> QuerySet[Participant]:
    shown = _there(session).filter(visibility=Participant.Visibility.FULL, is_guest=False)
    return shown.exclude(country="", city="").order_by()


def _largest(rows: Iterable[tuple[str, str, int]]) -> Places:
    """Names with their counts, the largest first, of (name, what tells it from others, count).

    However it is written, in capitals or not, it is one; most write it as it is shown.
    """
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for name, whole, count in rows:
        if name:
            counts[fold_case(whole)] += count
            written.setdefault(fold_case(whole), Counter())[name] += count
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(written[key].most_common(1)[0][0], count) for key, count in ordered]


def people(session: Session, query: str = "") -> dict[str, Any]:
    """The participants who follow a session now, by name, and how many follow without signing in. For its staff."""
    there = _there(session)
    words = search.words(query)
    for word in words:
        there = there.filter(search.holds(word, "name", "organisation"))
    found = list(there.order_by(F("name_folded"), "pk")[: SHOWN + 1])
    unnamed = Follower.there(session.room_key).filter(participant_id=None)
    return {
        "query": query,
        "people": found[:SHOWN],
        "more": len(found) > SHOWN,
        "unnamed": unnamed.aggregate(count=Count("identity", distinct=True))["count"],
    }
