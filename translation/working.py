"""The background work: what is new in a room is translated beside requests and sockets, by one process a room."""

import logging
import uuid
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery

from common import clock
from common.contract import Translatable
from common.registry import registry
from live.models import Event, Room
from sessions.models import Edition, Session
from translation import backends, events, listening, making
from translation.models import Desk, TranslationSettings, Wanted

AT_ONCE = 2  # rooms that a process works on at the same time
LEASE = timedelta(seconds=60)  # after which a room whose process has died is taken by another
LATER = timedelta(seconds=10)  # after which a room is taken again for which no machine answered
NEWEST = 200  # entries of a room that are read at once; what is older is passed over
logger = logging.getLogger(__name__)
_pool = ThreadPoolExecutor(AT_ONCE, "translation")
_running: set["Future[None]"] = set()


def tick() -> None:
    """Look whether anything is to be translated, and have it done; never waits for it."""
    if not backends.configured():
        return
    listening.look()
    _running.difference_update([each for each in _running if each.done()])
    if len(_running) < AT_ONCE and _due().exists():
        _running.add(_pool.submit(_work))


def _work() -> None:
    try:
        work()
    except Exception:  # the database may be away for a while
        logger.exception("Nothing could be translated")
    finally:
        connection.close()


def work() -> int:
    """Translate what is new in every room that nobody works on; how many rooms that were."""
    done = 0
    while desk := _take():
        _serve(desk)
        done += 1
    return done


def _due() -> Any:
    """The desks with something new: entries, or a language in which the room is shown since."""
    heads = Desk.objects.annotate(head=Subquery(Room.objects.filter(key=OuterRef("key")).values("head")))
    unfilled = Wanted.objects.filter(listening.fresh(), filled=False).values("key")
    free = Q(taken_until=None) | Q(taken_until__lt=clock.now())
    return heads.filter(free).filter(~Q(head=F("seq")) | Q(key__in=unfilled))


def _take() -> Desk | None:
    desk: Desk | None = _due().order_by("pk").first()
    if desk is None:
        return None
    now, token = clock.now(), uuid.uuid4()
    mine = Desk.objects.filter(pk=desk.pk, token=desk.token)  # of two processes one finds the token it has seen
    if not mine.update(token=token, taken_until=now + LEASE):
        return _take()
    desk.token = token
    return desk


def _serve(desk: Desk) -> None:
    head = Room.objects.filter(key=desk.key).values_list("head", flat=True).first() or 0
    after = desk.seq if desk.seq <= head else 0
    place = _place(desk.key)
    mine = Desk.objects.filter(pk=desk.pk, token=desk.token)
    try:
        if place is not None:
            _translate(place, _new(desk.key, after, head))
    except making.Unavailable:
        mine.update(taken_until=clock.now() + LATER)
        return
    mine.update(seq=head, taken_until=None)


def _place(key: str) -> Session | Edition | None:
    """Whose room it is; None when it is gone."""
    kind, _colon, number = key.partition(":")
    if kind == "edition":
        return Edition.objects.filter(pk=number).first()
    return Session.objects.select_related("edition").filter(pk=number).first()


def _new(key: str, after: int, head: int) -> dict[str, list[str]]:
    """Kind of what machines translate -> ids of what is new or has changed in the room, the newest entries of it."""
    kinds = {kind: name for name, each in registry.translatable.items() for kind in each.kinds}
    entries = Event.objects.filter(room__key=key, seq__gt=after, seq__lte=head, kind__in=kinds).order_by("-seq")
    found: dict[str, dict[str, None]] = {}
    for kind, data in entries.values_list("kind", "data")[:NEWEST]:
        things = registry.translatable[kinds[kind]].ids(data)
        found.setdefault(kinds[kind], {}).update(dict.fromkeys(things))
    return {name: list(ids) for name, ids in found.items()}


def _translate(place: Session | Edition, new: dict[str, list[str]]) -> None:
    edition = place if isinstance(place, Edition) else place.edition
    settings = TranslationSettings.objects.filter(edition=edition).first() or TranslationSettings()
    wanted = listening.wanted(place.room_key)
    failed = False
    for name, translatable in registry.translatable.items():
        languages = wanted.get(name if translatable.on_request else "", {})
        coming = [language for language, filled in languages.items() if not filled]
        ids = new.get(name, [])
        if ids:
            failed |= not _kind(place, name, ids, languages, settings)
        if coming and (standing := [each for each in _standing(place, translatable) if each not in ids]):
            failed |= not _kind(place, name, standing, coming, settings)
    if failed:
        raise making.Unavailable
    for kind, languages in wanted.items():
        coming = [language for language, filled in languages.items() if not filled]
        Wanted.objects.filter(key=place.room_key, kind=kind, language__in=coming).update(filled=True)


def _standing(place: Session | Edition, translatable: Translatable) -> Collection[str]:
    """The ids of what pages show first there."""
    if isinstance(place, Session):
        return translatable.newest(place.pk)
    return translatable.of_edition(place.pk) if translatable.of_edition else ()


def _kind(
    place: Session | Edition, name: str, ids: Collection[str], languages: Collection[str], settings: TranslationSettings
) -> bool:
    """Whether nothing is left of these things for which no machine answered."""
    words = registry.translatable[name].words(ids)
    events.forget(name, ids, words)
    ordered = making.orders(words.values(), settings)
    done = True
    for language in sorted(languages):
        try:
            making.make(ordered, language)
        except making.Unavailable:
            done = False
        with transaction.atomic():
            events.tell(place, name, words, language)
    return done
