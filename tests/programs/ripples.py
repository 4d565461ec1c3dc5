"""A ripple that is published while another transaction, not committed yet, changes what it was projected from."""

import time
from typing import Any

from django.db import connection, transaction

from people.models import Participant
from people.refusal import Refused
from sessions import status
from sessions.models import Edition, Session, Stage, StatusChange
from show import ripple
from show.models import Ripple
from tests.programs import show

PATIENCE = 20.0  # seconds


def late() -> dict[str, Any]:
    """A stage that is late: its session on air, by whom, and what is offered."""
    made = show.late()
    offered = ripple.current(_stage(made["session"]))
    assert offered
    told = {"sessions": len(offered.moves), "minutes": offered.most}
    return {"session": made["session"], "by": made["people"]["organiser"], "offered": told}


def _stage(session: int) -> Stage:
    return Session.objects.select_related("stage__edition").get(pk=session).stage


def end(session: int, by: int) -> None:
    """End what is on air, and commit once another transaction waits for that."""
    with transaction.atomic():
        status.step(session, "end", Participant.objects.get(pk=by))
        _wait_until_one_waits()


def publish(session: int, by: int, offered: dict[str, int], second: bool = False) -> bool:
    """Publish what was offered; whether it was possible.

    The `second` begins once another transaction is at work in the edition, the first commits once that waits for it.
    """
    stage = _stage(session)
    if second:
        _wait_for_another(stage.edition_id)
    try:
        with transaction.atomic():
            ripple.publish(stage, Participant.objects.get(pk=by), **offered)
            if not second:
                _wait_until_one_waits()
    except Refused:
        return False
    return True


def _wait_for_another(edition: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with transaction.atomic():
            free = Edition.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk=edition)
            if not free.exists():
                return
        time.sleep(0.02)
    raise TimeoutError("Nobody else is at work")


def _wait_until_one_waits() -> None:
    """Nobody does when the lock that is tested is not taken: then what comes of it tells."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


def happened() -> dict[str, Any]:
    """How many ripples there are, and the session of each delay that stands."""
    steps = StatusChange.objects.filter(action="delay", undone_at=None).order_by("pk")
    return {"ripples": Ripple.objects.count(), "delays": list(steps.values_list("session", flat=True))}
