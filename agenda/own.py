"""What pages of an edition know of one's agenda: it comes with the join, for many people at once."""

from datetime import timedelta
from typing import Any

from agenda.models import Saved
from common import clock
from common.contract import Place
from common.prepared import Prepared
from common.registry import registry
from people.models import Role
from people.permissions import can
from sessions.models import BEFORE, SCOPE_AND_ACCESS, Session

AHEAD = timedelta(hours=14)  # how far ahead a page that stays open reminds
COLUMNS = ("title", "start", "end", "delayed_start", "status", *SCOPE_AND_ACCESS)

_SAVED = Prepared(
    lambda people, editions: Saved.objects.filter(participant__in=people, session__edition__in=editions).values_list(
        "participant", "session__edition", "session"
    )
)
_ROLES = Prepared(
    lambda people: Role.objects.filter(participant__in=people, scope__startswith="session:").values_list(
        "participant", "scope"
    )
)
_HELD = Prepared(
    lambda pks, editions: (
        Session.objects.filter(pk__in=pks, edition__in=editions).order_by().values_list("pk", "edition")
    )
)
_SOON = Prepared(
    lambda pks, since, until: Session.objects.filter(
        pk__in=pks, status__in=BEFORE, start__lt=until, end__gt=since
    ).only(*COLUMNS)
)


def own(places: list[Place]) -> list[dict[str, Any]]:
    """The ids of what each participant saved in an edition, and what of it begins in the next hours."""
    participants, editions = {participant for participant, _edition in places}, {pk for _who, pk in places}
    saved: dict[Place, list[int]] = {}
    for participant, edition, session in _SAVED.ask(participants, editions):
        saved.setdefault((participant, edition), []).append(session)
    held = _held(participants, editions)
    theirs = {place: [*saved.get(place, []), *held.get(place, [])] for place in places}
    soon = _soon({pk for pks in theirs.values() for pk in pks})
    people = registry.participants(participants) if soon else {}
    return [
        {
            "saved": saved.get(place, []),
            "held": held.get(place, []),
            "next": [
                _reminder(soon[pk])
                for pk in dict.fromkeys(theirs[place])
                if pk in soon and place[0] in people and can(people[place[0]], "session.view", soon[pk])
            ],
        }
        for place in places
    ]


def _held(participants: set[int], editions: set[int]) -> dict[Place, list[int]]:
    """The sessions in which each speaks, or which they moderate or are invited to."""
    scopes: dict[int, list[int]] = {}
    for participant, scope in _ROLES.ask(participants):
        scopes.setdefault(int(scope.partition(":")[2]), []).append(participant)
    found: dict[Place, list[int]] = {}
    for session, edition in _HELD.ask(scopes, editions):
        for participant in scopes[session]:
            found.setdefault((participant, edition), []).append(session)
    return found


def _soon(pks: set[int]) -> dict[int, Session]:
    now = clock.now()
    return {session.pk: session for session in _SOON.ask(pks, now - AHEAD, now + AHEAD) if session.begins > now}


def _reminder(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk,
        "title": session.title,
        "url": session.get_absolute_url(),
        "begins": session.begins.isoformat(),
    }
