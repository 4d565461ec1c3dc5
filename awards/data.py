"""What templates of the awards show, as plain data."""

from collections.abc import Iterable
from typing import Any, TypedDict

from awards import audience, incubating
from awards.deciding import seals
from awards.models import CHOSEN, HONOURS, PUBLIC, AudienceVote, Call, Category, Entry, Kind, State
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


class BallotShare(TypedDict):
    """What an entry has of the audience's votes, in whole percent."""

    title: str
    votes: int
    percent: int
    won: bool


class Honoured(TypedDict):
    """A category with what is public of its entries, the best first; of an audience award with what the vote says."""

    name: str
    kind: str
    who: str
    text: str
    criteria: list[Any]
    entries: list[EntryCard]
    ballot: list[BallotShare]
    seals: list[dict[str, Any]]


def answers_of(entry: Entry, content: dict[str, Any]) -> list[Answer]:
    """The questions of an entry's category with the answers in `content`, without those that are not answered."""
    return [
        {"key": question["key"], "label": question["label"], "kind": question["kind"], "text": content[question["key"]]}
        for question in entry.category.local["questions"]
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
        "label": standing_of(entry),
    }


def standing_of(entry: Entry) -> str:
    """What a public entry has become, in words: an honour, or the stage of a challenge's team."""
    is_team = entry.category.kind == Kind.CHALLENGE and entry.is_public
    return incubating.label_of(entry) if is_team else str(entry.get_state_display())


def honoured(call: Call) -> list[Honoured]:
    """The categories of a call with their finalists and winners, as far as they are public."""
    entries = list(Entry.objects.of(call.edition).filter(state__in=PUBLIC).order_by("title"))
    votes = {vote.category_id: vote for vote in audience.told([call.pk])}
    return [
        {
            "name": (words := category.local)["name"],
            "kind": category.get_kind_display(),
            "who": words["who"],
            "text": words["text"],
            "criteria": words["criteria"],
            "entries": _entries_of(category, entries, votes.get(category.pk)),
            "ballot": ballot(votes[category.pk]) if category.pk in votes else [],
            "seals": seals(category),
        }
        for category in call.categories.of_awards().prefetch_related("decisions")
    ]


def ballot(vote: AudienceVote) -> list[BallotShare]:
    """What an audience's vote says, the most votes first. Who has withdrawn since is not named."""
    shares = audience.shares(vote)
    titles = {str(pk): title for pk, title in _voted(vote).values_list("pk", "title")}
    return [
        {"title": titles[share.entry], "votes": share.votes, "percent": share.percent, "won": share.won}
        for share in shares
        if share.entry in titles
    ]


def _voted(vote: AudienceVote) -> Any:
    return Entry.objects.filter(pk__in=[pk for pk, _votes in vote.result], state__in=PUBLIC)


def _entries_of(category: Category, entries: list[Entry], vote: AudienceVote | None) -> list[EntryCard]:
    """A category's own entries, or those that the audience has chosen."""
    if category.kind != Kind.AUDIENCE:
        return _best_first(entry for entry in entries if entry.category_id == category.pk)
    won = {share.entry for share in audience.shares(vote) if share.won} if vote else set()
    return [_prized(entry) for entry in entries if str(entry.pk) in won]


def _prized(entry: Entry) -> EntryCard:
    return {**entry_card(entry), "state": State.WINNER, "label": str(CHOSEN)}


def _best_first(entries: Iterable[Entry]) -> list[EntryCard]:
    return [entry_card(entry) for entry in sorted(entries, key=lambda entry: BEST_FIRST.index(State(entry.state)))]


def winners_of_all() -> list[dict[str, Any]]:
    """The editions with winners that are public, the newest first, each with its categories."""
    found = Entry.objects.filter(state__in=[State.WINNER, State.MENTION])
    ordered = found.select_related("category__call__edition").order_by(
        "category__position", "category", "-state", "title"
    )
    rows = [
        (entry.edition, entry.category.local["name"], entry_card(entry)) for entry in ordered
    ] + _chosen_by_audiences()
    winners: dict[Edition, dict[str, list[EntryCard]]] = {}
    for edition, name, card in sorted(rows, key=lambda row: row[0].start_date, reverse=True):
        winners.setdefault(edition, {}).setdefault(name, []).append(card)
    return [{"edition": edition, "categories": categories.items()} for edition, categories in winners.items()]


def _chosen_by_audiences() -> list[tuple[Edition, str, EntryCard]]:
    """(edition, award, entry) of what audiences have chosen."""
    votes = audience.told(Call.objects.values("pk"))
    won = [(vote, share.entry) for vote in votes for share in audience.shares(vote) if share.won]
    entries = {str(entry.pk): entry for entry in Entry.objects.filter(pk__in={pk for _, pk in won}, state__in=PUBLIC)}
    return [
        (vote.category.call.edition, vote.category.local["name"], _prized(entries[pk]))
        for vote, pk in won
        if pk in entries
    ]
