"""How machines translate captions, for whom nobody writes them: finished lines of a session's first track."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from captions.data import line_data
from captions.models import Caption, Track
from common.contract import Translatable, Words
from common.registry import registry

NEWEST = 1000  # lines that are translated when somebody asks; the newest of them are pushed


def lines_of_first() -> "QuerySet[Caption]":
    """The lines of the first tracks of all sessions."""
    first = Track.objects.filter(session=OuterRef("track__session")).order_by("pk").values("pk")[:1]
    return Caption.objects.filter(track=Subquery(first)).select_related("track")


def _lines(ids: Collection[str]) -> "QuerySet[Caption]":
    return lines_of_first().filter(pk__in=[int(each) for each in ids])


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of lines, in their order."""
    return {str(line.pk): Words(line.text, line.track.language) for line in _lines(ids)}


def newest(session_id: int) -> list[str]:
    """The ids of the newest lines."""
    lines = lines_of_first().filter(track__session=session_id).order_by("-at", "-pk")
    return [str(pk) for pk in lines.values_list("pk", flat=True)[:NEWEST]]


def data(ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Where and when lines are shown."""
    return {str(line.pk): line_data(line) for line in _lines(ids)}


def made(session: Any, language: str) -> list[Caption]:
    """The lines of a session's first track in a language, as far as a machine has made them; not to be saved."""
    lines = list(lines_of_first().filter(track__session=session))
    found = registry.translations({line.text for line in lines}) if lines else {}
    for line in lines:
        line.text = (found[line.text] or {}).get(language, "")
    return [line for line in lines if line.text]


def _ids(entry: Mapping[str, Any]) -> list[str]:
    return [str(entry["line"])]


LINES = Translatable(
    ["captions.line"], words, newest, _ids, on_request=True, template="captions/_machine_line.html", data=data
)
