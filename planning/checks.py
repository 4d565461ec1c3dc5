"""What may be wrong in the programme as it will be. Warnings, never refusals; each says where it is mended."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import Role
from planning import people
from planning.times import is_doubled
from planning.working import Item
from sessions.models import BEFORE, Edition


@dataclass(frozen=True)
class Warning:
    """Something that may be wrong: its kind, in words, with the sessions it is about, the one to mend first."""

    kind: str
    text: str
    items: tuple[Item, ...]
    field: str  # of the form that mends it; "people": mended among the people


def warnings(edition: Edition, items: Collection[Item]) -> list[Warning]:
    """All warnings about an edition's sessions, by kind and time."""
    held = [item for item in items if not item.cancelled and item.status in BEFORE]
    speakers = people.known(edition)
    moderated = _moderated()
    doubled = _("The clocks are put back: this hour comes twice, and the first one counts.")
    return [
        *stage_overlaps(held),
        *speaker_overlaps(held, lambda value: people.names_of([value], speakers)[0]),
        *_each(held, "outside", "day", _("It is outside the edition's days."), lambda item: _outside(edition, item)),
        *_each(held, "doubled", "hour", doubled, lambda item: is_doubled(item.start, item.zone)),
        *_each(held, "stream", "stream", _("It has no stream."), lambda item: not item.values.get("stream")),
        *_each(held, "moderator", "people", _("Nobody moderates it."), lambda item: not (moderated & _scopes(item))),
    ]


def _each(items: Iterable[Item], kind: str, field: str, text: str, wrong: Callable[[Item], bool]) -> Iterator[Warning]:
    return (Warning(kind, text, (item,), field) for item in items if wrong(item))


def overlaps(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs of which the second begins before the first has ended."""
    running: list[Item] = []
    for item in sorted(items, key=lambda item: (item.start, item.key)):
        running = [earlier for earlier in running if earlier.end > item.start]
        yield from ((earlier, item) for earlier in running)
        running.append(item)


def stage_overlaps(items: Iterable[Item]) -> Iterator[Warning]:
    """Sessions that are on one stage at the same time."""
    by_stage = sorted(items, key=lambda item: item.values["stage"])
    for _stage, group in groupby(by_stage, key=lambda item: item.values["stage"]):
        for earlier, later in overlaps(group):
            text = _("Two sessions are on this stage at the same time.")
            yield Warning("stage", text, (later, earlier), "hour")


def speaker_overlaps(items: Iterable[Item], name: Callable[[str], str]) -> Iterator[Warning]:
    """Sessions in which one speaker is at the same time, in whatever cities."""
    by_speaker: dict[str, list[Item]] = {}
    for item in items:
        for speaker in item.values["speakers"]:
            by_speaker.setdefault(speaker, []).append(item)
    for speaker, group in by_speaker.items():
        for earlier, later in overlaps(group):
            text = _("%(name)s speaks in two sessions at the same time.") % {"name": name(speaker)}
            yield Warning("speaker", text, (later, earlier), "speakers")


def _outside(edition: Edition, item: Item) -> bool:
    return not edition.start_date <= item.local.date() <= edition.end_date


def _moderated() -> set[str]:
    """The scopes that have a moderator."""
    return set(Role.objects.filter(name=Role.Name.MODERATOR).values_list("scope", flat=True).distinct())


def _scopes(item: Item) -> set[str]:
    stage = item.stage
    scopes = {f"stage:{item.values['stage']}", f"strand:{item.values.get('strand')}"}
    scopes |= {f"edition:{stage.edition_id}"} if stage else set()
    return scopes | ({f"session:{item.session}"} if item.session else set())


def mend(edition: Edition, warning: Warning) -> dict[str, Any]:
    """Where a warning is mended: a page of the organisers, at the field."""
    if warning.field == "people":
        return {"url": reverse("registration:invite", args=[edition.slug]), "label": _("Invite a moderator")}
    page = reverse("planning:session", args=[edition.slug, warning.items[0].key])
    return {"url": f"{page}#id_{warning.field}", "label": _("Mend")}
