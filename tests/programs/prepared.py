"""Prepared queries beside the querysets that they were made of, in the database of an installation."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from chat.models import Message
from common import clock
from common.prepared import Prepared
from common.related import OF
from people.models import Participant, Role
from sessions.models import Edition, Session

OWN = ("_state", "_prefetched_objects_cache", "_prefetch_related_val_session_id", OF)  # of how a row was read
Build = Callable[..., QuerySet[Any]]


def _sessions(edition: int, since: datetime, status: str) -> QuerySet[Any]:
    scoped = Session.objects.select_related("edition__host_city", "stage__host_city", "theme")
    return scoped.filter(edition=edition, end__gt=since).exclude(status=status).order_by("pk")


def _named(names: list[str], pks: list[int], active: bool, email: str | None) -> QuerySet[Any]:
    chosen = Participant.objects.filter(Q(name__in=names) | Q(pk__in=pks), is_active=active)
    return (chosen.exclude(email=email) if email else chosen).order_by("pk")


BUILDS: dict[str, Build] = {
    "rows with what they belong to": _sessions,
    "lists, and what belongs to the shape": _named,
    "tuples": lambda pks: Role.objects.filter(participant__in=pks).order_by("pk").values_list("participant", "scope"),
    "one column": lambda slug: Edition.objects.filter(slug=slug).values_list("pk", flat=True),
    "mappings, json, counted": lambda pks: (
        Session.objects.filter(pk__in=pks).annotate(count=Count("speakers")).order_by("pk").values("languages", "count")
    ),
    "what belongs to them": lambda pks: (
        Session.objects.filter(pk__in=pks)
        .order_by("pk")
        .prefetch_related("speakers", Prefetch("messages", Message.objects.select_related("participant")))
    ),
    "uuids": lambda pks: Message.objects.filter(pk__in=pks).order_by("pk"),
    "a union": lambda one, other: (
        Role.objects.filter(participant__in=one).values_list("scope")
        .union(Role.objects.filter(participant__in=other).values_list("scope"))
        .order_by("scope")
    ),
}  # fmt: skip


def differing(edition: int) -> list[str]:
    """Which give something else than the ORM; each is asked with several values, so with more than one shape."""
    people, sessions, now = _pks(Participant), _pks(Session), clock.now()
    said = [_said(sessions[0], people[0], seq) for seq in (1, 2)]
    slug, name = Edition.objects.get(pk=edition).slug, Participant.objects.get(pk=people[1]).name
    values: dict[str, list[tuple[Any, ...]]] = {
        "rows with what they belong to": [(edition, now, "ended"), (edition, now, "live"), (0, now, "")],
        "lists, and what belongs to the shape": [
            ([name], people[:3], True, None),
            ([], people, False, "a@b.c"),
            ([], [], True, None),
        ],
        "tuples": [(people,), (people[:1],), ({*people[:3]},), ([],)],
        "one column": [(slug,), ("none",)],
        "mappings, json, counted": [(sessions,), (sessions[:1],)],
        "what belongs to them": [(sessions,), (sessions[:1],), ([],)],
        "uuids": [(said,), ([uuid.uuid4()],)],
        "a union": [(people[:2], people[2:]), (people[:1], people[1:2])],
    }
    return [f"{name}: {each}" for name, build in BUILDS.items() for each in values[name] if not _same(build, each)]


def asked_by_threads(edition: int) -> list[list[str]]:
    """What three threads get of one prepared query, each by a connection of its own."""
    names = Prepared(lambda pk: Edition.objects.filter(pk=pk).values_list("name", flat=True))

    def ask() -> list[str]:
        try:
            return names.ask(edition)
        finally:
            connection.close()

    found = []
    for _ in range(3):
        with ThreadPoolExecutor(1) as alone:
            found.append(alone.submit(ask).result())
    return found


def _said(session: int, participant: int, seq: int) -> uuid.UUID:
    place = {"session_id": session, "participant_id": participant, "seq": seq}
    return Message.objects.create(pk=uuid.uuid4(), text="Good", sent_at=clock.now(), **place).pk


def _pks(model: Any) -> list[int]:
    return [*model.objects.order_by("pk").values_list("pk", flat=True)]


def _same(build: Build, values: tuple[Any, ...]) -> bool:
    prepared = Prepared(build)
    expected = [_all_of(row) for row in build(*values)]
    return all([_all_of(row) for row in prepared.ask(*values)] == expected for _ in range(2))


def _all_of(row: Any, above: Any = None) -> Any:
    """Every column of an object, and of what was read with it; "above" in the place of what it belongs to."""
    if not hasattr(row, "_state"):
        return row
    one = {name: value for name, value in row._state.fields_cache.items() if value is not None}
    one = {name: "above" if value is above else _all_of(value) for name, value in one.items()}
    many = {name: getattr(row, name).all() for name in vars(row).get("_prefetched_objects_cache", {})}
    many = {name: [_all_of(each, row) for each in rows] for name, rows in many.items()}
    return row.__class__, {key: value for key, value in vars(row).items() if key not in OWN}, one, many
