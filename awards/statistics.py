"""Numbers of a call for all: where its entries come from. Groups so small that one knows who they are stay untold."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypedDict

from awards.models import Call, Entry, State
from common.text import fold

FEWEST = 5  # entries of a group that is told


class Group(TypedDict):
    """A group of entries that is told."""

    name: str
    count: int


class Groups(TypedDict):
    """The groups by size; `others` is how many entries are in groups that are not told, if that tells none of them."""

    groups: list[Group]
    others: int


def of_call(call: Call) -> dict[str, Any]:
    """Entries, countries and cities in all, and the groups. Not before the closing: no rival learns how many enter."""
    entries = Entry.objects.filter(category__call=call, submitted_at__isnull=False)
    rows = list(
        entries.exclude(state__in=[State.DRAFT, State.WITHDRAWN]).values_list("category__name", "country", "city")
    )
    return {
        "entries": len(rows),
        "countries": len({fold(country).strip() for _field, country, _city in rows}),
        "cities": len({(fold(city).strip(), fold(country).strip()) for _field, country, city in rows}),
        "by_field": grouped(field for field, _country, _city in rows),
        "by_country": grouped(country for _field, country, _city in rows),
        "by_city": grouped(city for _field, _country, city in rows),
    }


def grouped(names: Iterable[str]) -> Groups:
    """Groups of at least FEWEST; of the rest only how many they are, and only when there are several groups."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name in names:
        key = fold(name).strip()
        written.setdefault(key, name.strip())
        counts[key] += 1
    told: list[Group] = [{"name": written[key], "count": n} for key, n in counts.most_common() if n >= FEWEST]
    others = sum(n for n in counts.values() if n < FEWEST)
    return {"groups": told, "others": others if others >= FEWEST else 0}
