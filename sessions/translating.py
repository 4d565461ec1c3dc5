"""How machines translate what a session says of itself: its title and its abstract, each alone."""

import re
from collections.abc import Collection, Mapping
from html import unescape
from typing import Any

import nh3

from common.contract import Translatable, Words
from common.registry import Translations, registry
from sessions.models import Session

PARTS = ("title", "abstract")
ENDS = re.compile(r"<(?:/(?:p|div|li|h\d|blockquote|tr)|br|li)\b", re.IGNORECASE)  # what a line of text ends at


def lines(markup: str) -> str:
    """The text of HTML, each paragraph and each item of a list on a line."""
    text = unescape(nh3.clean(ENDS.sub(lambda end: f"\n{end[0]}", " ".join(markup.split())), tags=set()))
    return "\n".join(line for each in text.split("\n") if (line := " ".join(each.split())))


def _words(session: Session) -> dict[str, Words]:
    said, public = next(iter(session.languages), ""), not session.embargoed
    title = " ".join(session.title.split())
    found = {
        "title": Words(title, said, public, places=[[f"title-{session.pk}"]]),
        "abstract": Words(lines(session.abstract), said, public),
    }
    return {f"{part}-{session.pk}": words for part, words in found.items() if words.text}


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of sessions, by "title-<id>" and "abstract-<id>"; until an embargo ends they are its staff's alone."""
    sessions = Session.objects.filter(pk__in={int(each.partition("-")[2]) for each in ids})
    columns = ("title", "abstract", "languages", "embargo_until")
    found = [each for session in sessions.only(*columns).order_by() for each in _words(session).items()]
    return {thing: words for thing, words in found if thing in ids}


def newest(session_id: int) -> list[str]:
    """The ids of what a session says of itself."""
    return [f"{part}-{session_id}" for part in PARTS]


def translated(session: Session) -> dict[str, Any]:
    """What templates show of a session's words: id, title, abstract, and what machines have made of them. One query."""
    said = {part: words.text for part in PARTS if (words := _words(session).get(f"{part}-{session.pk}"))}
    abstract: dict[str, Any] = {"id": f"abstract-{session.pk}"}
    shown = {"id": session.pk, "title": session.title, "abstract": session.abstract, "of_abstract": abstract}

    def put(found: Translations) -> None:
        shown["title_translations"] = found.get(said.get("title", ""))
        abstract["translations"] = found.get(said.get("abstract", ""))

    registry.translate(set(said.values()), put)
    return shown


def _ids(data: Mapping[str, Any]) -> list[str]:
    return newest(data["item"]["id"])


SESSIONS = Translatable(["sessions.status"], words, newest, _ids)
