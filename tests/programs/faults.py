"""The crowd of the tests that break things."""

from typing import Any

from sessions.models import Session
from tests import world


def crowd(count: int) -> dict[str, Any]:
    """The test congress: a session, the cookies of an attendee, of a moderator and of `count` writers."""
    made = world.build()
    session = Session.objects.get(pk=made["session"])
    writers = [world.participant(f"w{n}-{made['slug']}", "attendee", session.edition, session) for n in range(count)]
    cookies = {role: made["cookies"][role] for role in ("attendee", "moderator")}
    return {"session": session.pk, "writers": [world.cookie(who) for who in writers]} | cookies
