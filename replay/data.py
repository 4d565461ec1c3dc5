"""What the templates of the replay show: windows, chapters, what came afterwards. Plain data, the same for all."""

from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from common.contract import Chapter, Happened, Recorded
from common.registry import registry
from sessions.models import Session

WINDOW = 60  # seconds of the recording
LONGEST = 24 * 3600  # seconds of a recording at most
MOST = 300  # things of one kind in a window
AFTERWARDS = 50  # of one kind that are shown of what came later
CHAPTERS = 200


class Item(NamedTuple):
    """Something that comes at a place of the recording, in seconds."""

    place: float
    thing: str
    template: str
    data: Any


class ChapterData(TypedDict):
    """A chapter, as its list and the strip below the picture show it."""

    place: float
    title: str
    icon: str


class Kind(NamedTuple):
    """What came afterwards of one kind: how many, and the first of them."""

    label: Any
    total: int
    items: list[Happened]


def window(session: Session, recorded: Recorded, begin: int) -> tuple[list[Item], int]:
    """What comes in the window of the recording that begins there, in order, and how many things are left out."""
    first, last = recorded.window(begin, begin + WINDOW)
    if first >= last:
        return [], 0
    items: list[Item] = []
    left_out = 0
    for source in registry.replayed.values():
        found = source.between(session, first, last, MOST)
        if len(found) >= MOST:
            left_out += source.total(session, first, last) - len(found)
        items += [Item(_place(recorded, each.moment), *each[1:]) for each in found]
    return sorted(items, key=lambda item: item.place), left_out


def _place(recorded: Recorded, moment: datetime) -> float:
    return round(recorded.place(moment) or 0.0, 1)


def afterwards(session: Session, recorded: Recorded) -> list[Kind]:
    """What came after the session had ended, by kind, of kinds with any."""
    found = []
    for source in registry.replayed.values():
        if number := source.total(session, recorded.until, None):
            found.append(Kind(source.label, number, list(source.between(session, recorded.until, None, AFTERWARDS))))
    return found


def chapters(session: Session, recorded: Recorded) -> list[ChapterData]:
    """The chapters in order: questions on stage, polls, and the parts that somebody named."""
    made: list[ChapterData] = [{"place": place, "title": title, "icon": "bookmark"} for place, title in recorded.parts]
    for source in registry.replayed.values():
        for chapter in source.chapters(session):
            place = recorded.place(chapter.moment)
            if place is not None:
                made.append(_chapter(chapter, place))
    return sorted(made, key=lambda chapter: chapter["place"])[:CHAPTERS]


def _chapter(chapter: Chapter, place: float) -> ChapterData:
    return {"place": round(place, 1), "title": chapter.title, "icon": chapter.icon}


def own(session: Session, recorded: Recorded, participant: int) -> list[ChapterData]:
    """What one asked oneself, in order."""
    asked = [
        (place, words)
        for source in registry.replayed.values()
        for moment, words in source.own(session, participant)
        if (place := recorded.place(moment)) is not None
    ]
    return [{"place": round(place, 1), "title": words, "icon": ""} for place, words in sorted(asked)]
