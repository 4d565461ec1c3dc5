"""The kind of event that tells a room's readers of one language that there is a translation. It holds ids only."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from common.contract import Words
from common.registry import registry
from live.audiences import EVERYONE
from live.log import append_all
from live.models import Event
from sessions.audiences import STAFF
from sessions.models import Edition, Session
from translation.making import stored
from translation.models import Translation, Use, digest

MOST = 150  # things that are told of at once, the last ones: pages show no more, and who missed more loads them afresh


def tell(place: Session | Edition, kind: str, words: Mapping[str, Words], language: str) -> None:
    """ "translation.text": things can be read in a language, each told once for its words. Within a transaction."""
    texts = {digest(each.text) for each in words.values()}
    shown = Translation.objects.filter(digest__in=texts, target=language).exclude(text="")
    made = set(shown.values_list("digest", flat=True))
    uses = [
        Use(kind=kind, thing=thing, digest=digest(each.text), target=language, staff=not each.public)
        for thing, each in words.items()
    ]
    known = Use.objects.filter(kind=kind, thing__in=words, target=language)
    told = set(known.values_list("thing", "digest", "staff"))
    new = [use for use in uses if use.digest in made and (use.thing, use.digest, use.staff) not in told]
    if new:
        Use.objects.bulk_create(new)
        parent = place.edition.room_key if isinstance(place, Session) else ""
        append_all(place.room_key, [_event(use) for use in new[-MOST:]], parent)


def _event(use: Use) -> Event:
    data = {"of": use.kind, "id": use.thing, "language": use.target, "staff": use.staff}
    return Event(kind="translation.text", data=data, audience=STAFF if use.staff else EVERYONE)


def forget(kind: str, things: Collection[str], words: Mapping[str, Words]) -> None:
    """Delete what was made of words that these things no longer have, unless others say the same."""
    old = Use.objects.filter(kind=kind, thing__in=things)
    for use in list(old):
        if use.thing not in words or digest(words[use.thing].text) != use.digest:
            use.delete()
            if not Use.objects.filter(digest=use.digest).exists():
                Translation.objects.filter(digest=use.digest).delete()


def shown(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the log show now; None where the thing is gone, hidden from these readers or says other words."""
    words: dict[tuple[str, str], Words] = {}
    more: dict[tuple[str, str], dict[str, Any]] = {}
    for kind in {entry["of"] for entry in entries} & registry.translatable.keys():
        translatable = registry.translatable[kind]
        ids = {entry["id"] for entry in entries if entry["of"] == kind}
        words |= {(kind, thing): each for thing, each in translatable.words(ids).items()}
        for thing, data in translatable.data(ids).items():
            more[kind, thing] = {"template": translatable.template, "thing": data}
    made = stored({each.text for each in words.values()})
    found = [_entry(entry, words.get((entry["of"], entry["id"])), made) for entry in entries]
    return [
        each and each | more.get((entry["of"], entry["id"]), {}) for entry, each in zip(entries, found, strict=True)
    ]


def _entry(
    entry: Mapping[str, Any], words: Words | None, made: Mapping[str, Mapping[str, str]]
) -> dict[str, Any] | None:
    text = made.get(words.text, {}).get(entry["language"]) if words else None
    if words is None or text is None or not (words.public or entry["staff"]):
        return None
    shown = {"id": entry["id"], "language": entry["language"], "translations": {entry["language"]: text}}
    if not words.places:
        return shown
    by_place = words.by_place(shown["translations"])
    return shown | {"parts": {place: made[entry["language"]] for place, made in by_place.items()}} if by_place else None
