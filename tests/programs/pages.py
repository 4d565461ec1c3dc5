"""The congress filled for the tests that look at every page."""

from typing import Any

from people.models import Participant
from polls.models import Poll
from registration.imports import run
from registration.models import Import
from sessions.models import Session
from show import address
from show.models import Show, StageShow
from tests import world
from tests.browser.hostile import poison
from tests.people.hidden import hide
from tests.people.matrix import fill, rooms_of
from tests.polls.conftest import answered
from tests.programs.people import hall_code, link
from tests.registration.filled import upload


def hostile() -> dict[str, Any]:
    """Every text in it is a payload."""
    made: dict[str, Any] = poison(fill(world.build()))
    session, by = _session_and_organiser(made)
    ways = {"token": link(made["crowd"][0], session, by), "hall": hall_code(session, by)}
    monitor = address.stage_path(StageShow.of(session.stage_id), "monitor")
    return made | ways | {"screen": address.path(Show.of(session)), "monitor": monitor}


def seen() -> dict[str, Any]:
    """Everything in it has something to show: imports in each state, guests, and somebody who will leave ("doomed")."""
    made: dict[str, Any] = fill(world.build())
    session, by = _session_and_organiser(made)
    session.guests_may, session.status = ["chat", "questions", "polls"], "live"
    session.save()
    ways = {"token": link(made["people"]["outsider"], session, by), "hall": hall_code(session, by)}
    doomed = world.participant("doomed-" + made["slug"], "attendee", session.edition, session)
    imports = {state: _import(state, session, by) for state in ("trying", "tried", "done")}
    return made | ways | imports | {"doomed": world.cookie(doomed)}


def _session_and_organiser(made: dict[str, Any]) -> tuple[Session, Participant]:
    return Session.objects.get(pk=made["session"]), Participant.objects.get(pk=made["people"]["organiser"])


def _import(state: str, session: Session, by: Participant) -> int:
    found = Import.objects.get(pk=upload(session.edition, read=True))
    run.choose(found, {"ticket": 0, "email": 1, "name": 2}, {"": "on_site"}, {})
    if state != "trying":
        found = run.step(found, by)
    if state == "done":
        run.start_applying(found, by)
        run.step(found, by)
    return found.pk


def hidden(how: str) -> dict[str, Any]:
    """A session that is closed in one of the ways, with a poll that everybody has answered; "rooms" by their kind."""
    made: dict[str, Any] = hide(how)
    poll = Poll.objects.get(pk=made["poll"])
    Poll.objects.filter(pk=poll.pk).update(results="voted")
    answered(poll, list(made["people"].values()), option=[0])
    session = Session.objects.select_related("edition").get(pk=made["session"])
    return made | {"rooms": rooms_of(session, poll.round)}
