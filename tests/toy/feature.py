"""A feature that takes part in everything: people wave in a session. It is the example of CONTRIBUTING.md.

A real one has its rights' words, rules, rooms and data in files of their own, as chat/ has; this one fits a page.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from common import clock
from common.contract import Ask, Assets, CountRow, Feature, Limit, Matrix, Panel, Personal, RecordWords
from live.audiences import EVERYONE
from live.outcomes import Done
from live.viewer import Viewer
from live.volatile import touch
from people import audit
from people.models import AuditEntry
from people.permissions import ANYONE, TAKING_PART, can
from sessions.models import Session
from sessions.rooms import role_for, room_id
from sessions.writes import SmallWrite, id_under, stored_by_room

LASTS = timedelta(seconds=5)  # a wave


# --- the write: its rules and its storing -------------------------------------------------------------------------
def _sessions(ids):
    return Session.objects.select_related("edition").in_bulk(ids)


def _waver(who, session, data):
    return who, session


def _store(waves):
    """Each wave is a line of the record, and its session's number has changed."""
    for who, session in waves:
        audit.record(who, "toy.wave", session.room_key)
        touch(f"toy:{session.pk}", "toy.waves", str(session.pk))
    return [Done(wave) for wave in waves]


WAVE = SmallWrite(
    action="toy.wave",
    view="toy.view",
    gone="There is nobody to wave to any more.",
    key=id_under("session"),
    find=_sessions,
    rules=_waver,
    store=lambda waves: stored_by_room(waves, lambda wave: f"toy:{wave[1].pk}", _store),
)


@require_POST
def wave(request: Any, session_pk: int) -> HttpResponse:
    """The same by HTTP."""
    waved = WAVE.by_http(request, {"session": session_pk})
    return HttpResponse(status=204) if request.htmx else redirect(waved.thing)


# --- what is seen of it -------------------------------------------------------------------------------------------
def waves(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The volatile "toy.waves" of these sessions, by audience."""
    since = clock.now() - LASTS
    counts = {pk: _recorded(scope=f"session:{pk}", at__gt=since).count() for pk in ids}
    return {EVERYONE: {"waves": counts}}


def _recorded(**where):
    return AuditEntry.objects.filter(action="toy.wave", **where)


def tick() -> None:
    """Waves end by themselves: tell where one has just ended."""
    ended = clock.now() - LASTS
    over = _recorded(at__range=(ended - timedelta(seconds=3), ended)).values_list("scope", flat=True)
    for pk in {scope.partition(":")[2] for scope in over}:
        touch(f"toy:{pk}", "toy.waves", pk)


def viewer(user: Any, key: str) -> Viewer | None:
    """Who may follow "toy:<id of a session>"."""
    session = Session.objects.filter(pk=room_id(key)).first()
    if session is None or not can(user, "toy.view", session):
        return None
    return Viewer(role_for(user, session), user.pk, passing=True)


def panel(page: Any, session: Session) -> dict[str, Any]:
    """What the panel shows."""
    user = page["request"].user
    return {"session": session, "data": waves([str(session.pk)])[EVERYONE], "can_wave": can(user, "toy.wave", session)}


def export(participant: Any) -> dict[str, Any]:
    """How often somebody waved, and where."""
    return {"waves": list(_recorded(by_id=participant.pk).values("scope", "at"))}


def forget(participant: Any) -> None:
    """Nothing: the record holds ids only, and stays."""


feature = Feature(
    name="toy",
    urls=[path("sessions/<int:session_pk>/wave/", wave, name="wave")],
    actions={"toy.view": ANYONE, "toy.wave": TAKING_PART},
    refusals={"toy.wave": "Only participants of this edition wave. Enter first."},
    limits={"toy.wave": Limit(30, 60)},
    rooms={"toy": viewer},
    writes={"toy.wave": WAVE.by_socket},
    volatile={"toy.waves": waves},
    ticks=[tick],
    personal=Personal(export, forget),
    record={"toy.wave": RecordWords("Waves", "waved in %(of)s")},
    panels=[Panel("toy/_panel.html", panel)],
    assets={"sessions:session": Assets(["toy/toy.css"], ["toy/toy.js"])},
    matrix=Matrix(
        views={"toy:wave": [Ask("toy.wave", "post")]},
        rooms={"toy": "toy.view"},
        writes={"toy.wave": ("toy.wave", {"session": "<session>"})},
        volatile={"toy.waves": CountRow("toy", "waves-<session>", EVERYONE)},
    ),
)
