"""What templates of the awards show, as plain data."""

from collections.abc import Iterable
from typing import Any, TypedDict

from awards.deciding import seals
from awards.models import HONOURS, PUBLIC, Call, Entry, State
from sessions.models import Edition

BEST_FIRST = [*reversed(HONOURS), State.FINALIST]


class Answer(TypedDict):
    """An answer as it is shown."""

    key: str
    label: str
    kind: str
    text: Any


class EntryCard(TypedDict):
    """An entry as lists and the stage show it."""

    url: str
    title: str
    organisation: str
    place: str
    state: str
    label: str


class Honoured(TypedDict):
    """A category with what is public of its entries, the best first."""

    name: str
    kind: str
    who: str
    text: str
    criteria: list[Any]
    entries: list[EntryCard]
    seals: list[dict[str, Any]]


def answers_of(entry: Entry, content: dict[str, Any]) -> list[Answer]:
    """The questions of an entry's category with the answers in `content`, without those that are not answered."""
    return [
        {"key": question["key"], "label": question["label"], "kind": question["kind"], "text": content[question["key"]]}
        for question in entry.category.questions
        if content.get(question["key"])
    ]


def entry_card(entry: Entry) -> EntryCard:
    """An entry for a list. Only what counts, nothing of a draft."""
    place = ", ".join(part for part in (entry.city, entry.country) if part)
    return {
        "url": entry.get_absolute_url(),
        "title": entry.title,
        "organisation": entry.organisation,
        "place": place,
        "state": entry.state,
        "label": str(entry.get_state_display()),
    }


def honoured(call: Call) -> list[Honoured]:
    """The categories of a call with their finalists and winners, as far as they are public."""
    entries = list(Entry.objects.of(call.edition).filter(state__in=PUBLIC).order_by("title"))
    return [
        {
            "name": category.name,
            "kind": category.get_kind_display(),
            "who": category.who,
            "text": category.text,
            "criteria": category.criteria,
            "entries": _best_first(entry for entry in entries if entry.category_id == category.pk),
            "seals": seals(category),
        }
        for category in call.categories.prefetch_related("decisions")
    ]


def _best_first(entries: Iterable[Entry]) -> list[EntryCard]:
    return [entry_card(entry) for entry in sorted(entries, key=lambda entry: BEST_FIRST.index(State(entry.state)))]


def winners_of_all() -> list[dict[str, Any]]:
    """The editions with winners that are public, the newest first, each with its categories."""
    winners: dict[Edition, dict[str, list[EntryCard]]] = {}
    found = Entry.objects.filter(state__in=[State.WINNER, State.MENTION])
    ordered = found.select_related("category__call__edition").order_by(
        "-category__call__edition__start_date", "category__position", "category", "-state", "title"
    )
    for entry in ordered:
        winners.setdefault(entry.edition, {}).setdefault(entry.category.name, []).append(entry_card(entry))
    return [{"edition": edition, "categories": categories.items()} for edition, categories in winners.items()]
