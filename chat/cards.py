"""Cards in the chat's flow: they say what is now of a poll or of a question on stage, and lead to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from chat import events
from chat.models import Card
from common.contract import Moment
from common.prepared import Prepared
from common.registry import registry
from sessions.models import Session

MOST = 50  # on a page of messages


def moment(session: Session, kind: str, thing: str, begins: bool) -> None:
    """Something begins in a session: it comes last in its chat. Or it changes: its card, if it has one, says so."""
    card = Card.objects.filter(session=session, kind=kind, thing=thing).first()
    if begins:
        card = card or Card(session=session, kind=kind, thing=thing, seq=0)
        card.save()
        card.seq = events.card(session, card.pk).seq
        card.save(update_fields=["seq"])
    elif card:
        events.card(session, card.pk)


def between(session: Session, first: int, before: int | None) -> list[dict[str, Any]]:
    """The cards of a page of messages, from seq `first` to one before `before` (None: to the end)."""
    if session.lacks("cards"):
        return []
    return [data for data in _data(_BETWEEN.ask(session.pk, first, before)).values() if data["text"]]


def _between(session: int, first: int, before: int | None) -> QuerySet[Card]:
    cards = Card.objects.filter(session=session, seq__gte=first)
    if before is not None:
        cards = cards.filter(seq__lt=before)
    return cards.order_by("-seq")[:MOST]


_BETWEEN = Prepared(_between)


def shown(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the kind "chat.card" show."""
    data = _data(Card.objects.filter(pk__in={entry["card"] for entry in entries}))
    return [data.get(entry["card"]) for entry in entries]


def _data(cards: Iterable[Card]) -> dict[int, dict[str, Any]]:
    """What cards show, by id; without words where there is nothing to be seen of the thing any more."""
    cards = list(cards)
    moments = _moments(cards)
    return {
        card.pk: {"card": card.pk, "seq": card.seq} | _words(moments.get((card.kind, card.thing))) for card in cards
    }


def _moments(cards: Collection[Card]) -> dict[tuple[str, str], Moment]:
    things: defaultdict[str, set[str]] = defaultdict(set)
    for card in cards:
        things[card.kind].add(card.thing)
    known = {kind: registry.moments[kind](ids) for kind, ids in things.items() if kind in registry.moments}
    return {(kind, thing): moment for kind, moments in known.items() for thing, moment in moments.items()}


def _words(moment: Moment | None) -> dict[str, Any]:
    return moment._asdict() if moment else {"text": ""}
