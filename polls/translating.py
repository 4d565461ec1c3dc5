"""How machines translate polls, once they are open: question, options and the ends of a scale as one text, so that a
poll is read in one language."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from common.contract import Translatable, Words
from common.registry import Translations, registry
from polls.models import PUBLIC, Poll

NEWEST = 20  # polls that somebody who comes sees in their own language
Card = TypeVar("Card", bound=Mapping[str, Any])


def _words_of(card: Mapping[str, Any], language: str = "") -> Words:
    """The words of a poll as templates show it, and where they stand on pages."""
    pk, options = card["id"], card["options"]
    lines = [(card["question"], [f"question-{pk}"])]
    lines += [(option["text"], [f"{place}-{option['id']}" for place in ("choice", "bar")]) for option in options]
    for end in ("low", "high"):
        scales = [f"{end}-{pk}-{option['id']}" for option in options]
        lines.append((card[f"{end}_label"], scales or [f"{end}-{pk}"]))
    said = [(" ".join(text.split()), places) for text, places in lines if text.strip()]
    return Words("\n".join(text for text, _places in said), language, places=[places for _text, places in said])


def translated(shown: Iterable[Card]) -> list[Card]:
    """Polls with what machines have made of their words. One query, however many."""
    cards: list[Any] = list(shown)
    words = [_words_of(card) for card in cards]

    def put(found: Translations) -> None:
        for card, each in zip(cards, words, strict=True):
            made = found[each.text]
            _put(card, None if made is None else each.by_place(made))

    registry.translate({each.text for each in words}, put)
    return cards


def _put(card: dict[str, Any], by_place: Mapping[str, Mapping[str, str]] | None) -> None:
    """Beside each of its words what a machine made of them; None: no machine translates."""

    def made(place: str) -> Mapping[str, str] | None:
        return None if by_place is None else by_place.get(place, {})

    card["translations"] = made(f"question-{card['id']}")
    for option in [*card["options"], *((card["results"] or {}).get("rows") or [])]:
        option["translations"] = made(f"choice-{option['id']}")
    scale = f"-{card['options'][0]['id']}" if card["options"] else ""
    for end in ("low", "high"):
        card[f"{end}_translations"] = made(f"{end}-{card['id']}{scale}")


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of polls that everybody reads."""
    polls = Poll.objects.filter(pk__in=[int(each) for each in ids], state__in=PUBLIC)
    return {str(poll.pk): _words(poll) for poll in polls.select_related("session").prefetch_related("options")}


def _words(poll: Poll) -> Words:
    options = [{"id": option.pk, "text": option.text} for option in poll.options.all()]
    card = {"id": poll.pk, "question": poll.question, "options": options}
    said = next(iter(poll.session.languages), "")
    return _words_of(card | {"low_label": poll.low_label, "high_label": poll.high_label}, said)


def newest(session_id: int) -> list[str]:
    """The ids of the newest polls that everybody reads."""
    polls = Poll.objects.filter(session=session_id, state__in=PUBLIC).order_by("-pk")
    return [str(pk) for pk in polls.values_list("pk", flat=True)[:NEWEST]]


POLLS = Translatable(["polls.poll", "polls.gone"], words, newest)
