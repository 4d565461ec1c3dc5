"""The demo's recorded session: a lively chat while it ran, and some words afterwards."""

import random
import uuid
from datetime import datetime, timedelta

from chat.models import Message
from common.contract import DemoCongress
from sessions.models import Session

WRITTEN = 160  # messages while it ran
FIRST, LAST, AFTER = 20, 34 * 60 - 20, 36 * 60  # seconds after its beginning
# Around these minutes more is written: the first pictures, the poll, the question about fees. Minute, share.
BUSY = ((2, 30), (9, 35), (14, 10), (21, 40), (27, 25), (33, 20))
WORDS = [
    "Good morning from {city}!",
    "Sound and picture are fine in {city}.",
    "That stall looks like the ones at home, only with a screen.",
    "How long did the trial last before it was made permanent?",
    "We tried one app for all vendors. Nobody came back after a week.",
    "The counts on this slide: are those buyers or visits?",
    "A stall for a day, paid by phone: I would take that.",
    "The market hall was against it for a year, then asked for more.",
    "Is there a version of this map to download?",
    "In {city} half of the vendors have no bank account.",
    "The bench beside the stalls is the most important machine in the picture.",
    "Who sweeps at five in the morning when the market never closes?",
    "Thank you for showing what went wrong too.",
    "Deliveries before eleven: is that checked by cameras or by people?",
    "We have the same argument about noise at night.",
    "The vendor on the photo says more than the table.",
    "What happened to rents around the square?",
    "Voted. Curious what the hall says.",
    "That is a smaller number than I feared.",
    "Please show the cross-section again.",
    "+1 for the question about fees.",
    "Here the night buses would bring the buyers.",
    "Greetings from the second row!",
    "Tables first, roofs later. That saved us a court case.",
]
AFTERWARDS = [
    "Watched it the morning after: the part about deliveries is gold.",
    "Is there a contact for the team of the counts?",
    "We will show this to our council next week. Thank you!",
]


def fill(session: Session, congress: DemoCongress) -> None:
    """Write what is missing, and set everything to its time."""
    chance = random.Random("replay")  # noqa: S311 the same demo each time
    crowd = congress.crowd
    ids = [uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/replay/{number}") for number in range(_count())]
    there = set(Message.objects.filter(pk__in=ids).values_list("pk", flat=True))
    for number, (pk, at) in enumerate(zip(ids, _times(session.start, chance), strict=True)):
        author = crowd[chance.randrange(len(crowd))]
        line = WORDS[(number * 7) % len(WORDS)] if number < WRITTEN else AFTERWARDS[number - WRITTEN]
        if pk not in there:
            Message.send(session, author, line.format(city=author.city), pk)
        Message.objects.filter(pk=pk).update(sent_at=at)


def _count() -> int:
    return WRITTEN + len(AFTERWARDS)


def _times(start: datetime, chance: random.Random) -> list[datetime]:
    """When each message comes, in order: more of them around what is busy."""
    seconds = []
    for _number in range(WRITTEN):
        minute, _share = chance.choices(BUSY, [share for _minute, share in BUSY])[0]
        near = chance.gauss(minute * 60, 80) if chance.random() < 0.7 else chance.uniform(FIRST, LAST)
        seconds.append(min(LAST, max(FIRST, near)))
    later = [AFTER + 600 * number for number in range(len(AFTERWARDS))]
    return [start + timedelta(seconds=second) for second in [*sorted(seconds), *later]]
