"""What is said in the demo's live sessions."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from chat import demo_recorded, moderating
from chat.models import Message, Reaction
from common.contract import DemoCongress

CHAT: list[tuple[str, str, dict[str, Any]]] = [  # author (a key of the demo's people), text, what goes with it
    ("amara", "Bon dia from Lagos! Sound and picture are perfect here.", {}),
    ("jonas", "Hello from Malmö. Is the slide deck shared afterwards?", {}),
    ("amara", "They usually are: https://example.org/slides", {"answers": 1}),
    ("amara", "We tried the same with two markets last year, the counts look very similar.", {}),
    ("amara", "Could we hear more about who pays for the maintenance?", {"pinned": True}),
]
GOES_ON: list[tuple[str, str, dict[str, Any]]] = [  # when questions have been answered and polls opened
    ("jonas", "The map on this slide is beautiful. 🗺️", {"reactions": "👍❤", "reported": "Off topic"}),
    ("amara", "Answered. I would not have guessed what is ahead.", {}),
    ("jonas", "Our shop has a discount today: https://example.net", {"held": Message.Held.LINKS}),
    ("jonas", "Neither would I. Thank you for the frank numbers!", {"reactions": "👍"}),
]
SIGNS = {"👍": "👍", "❤": "❤️"}


def fill(congress: DemoCongress) -> Callable[[], None]:
    """Let people talk in each live session, once, and in the recorded one. What is given back lets them go on."""
    if congress.recorded:
        demo_recorded.fill(congress.recorded, congress)
    _talk(congress, CHAT, 0)
    return partial(_talk, congress, GOES_ON, len(CHAT))


def _talk(congress: DemoCongress, messages: list[tuple[str, str, dict[str, Any]]], first: int) -> None:
    numbers = range(first, first + len(messages))
    for session in congress.live:
        ids = {number: uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/{number}") for number in numbers}
        if Message.objects.filter(pk=ids[numbers[-1]]).exists():
            continue
        for (author, text, more), pk in zip(messages, ids.values(), strict=True):
            given = {"held": more.get("held", ""), "reply_to_id": ids[more["answers"]] if "answers" in more else None}
            Message.send(session, congress.people[author], text, pk, **given)
            _around(Message.objects.select_related("session__edition").get(pk=pk), more, congress)


def _around(message: Message, more: dict[str, Any], congress: DemoCongress) -> None:
    """What others did with a message."""
    for who, sign in zip(congress.crowd, more.get("reactions", ""), strict=False):
        Reaction.objects.get_or_create(message=message, participant=who, emoji=SIGNS[sign])
    if "reported" in more and congress.crowd:
        moderating.report(message, congress.crowd[0], more["reported"])
    if "pinned" in more:
        moderating.pin(message, congress.people["nuria"], True)
