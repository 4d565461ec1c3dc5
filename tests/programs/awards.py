"""The awards as tests with servers and browsers need them."""

from datetime import timedelta
from typing import Any

from awards import ceremony, deciding, entering
from awards.models import Call, Cue, Entry
from common import clock
from people.models import Participant
from sessions.models import Session
from show import address
from show.models import Show
from streams.demo import give_loop
from tests import world
from tests.awards.conftest import WHOLE, call_of, category_of, entry_of


def _world() -> dict[str, Any]:
    made: dict[str, Any] = world.build()
    made["at"] = Session.objects.select_related("edition").get(pk=made["session"])
    return made


def entrants(count: int) -> dict[str, Any]:
    """An open call and so many entrants with a complete draft: (cookie, entry, mark of their form)."""
    made = _world()
    session = made.pop("at")
    category = category_of(call_of(session.edition))
    found = []
    for number in range(count):
        who = world.participant(f"e{number}-{made['slug']}", "attendee", session.edition, session)
        entry = entry_of(category, who, "draft", title=f"Entry {number}")
        found.append((world.cookie(who), str(entry.pk), entering.mark(entry)))
    return made | {"entrants": found, "whole": WHOLE}


def close_in(slug: str, seconds: float, grace: int) -> None:
    """The call of that edition closes then."""
    closes = clock.now() + timedelta(seconds=seconds)
    Call.objects.filter(edition__slug=slug).update(closes_at=closes, grace=grace)


def submitted(slug: str) -> dict[str, str]:
    """Entry -> the title that counts, of all that were submitted."""
    found = Entry.objects.filter(category__call__edition__slug=slug, state="submitted")
    return {str(entry.pk): entry.title for entry in found}


def sealed() -> dict[str, Any]:
    """A session on air with a sealed category in its ceremony; "screen" is the path of its stage screen."""
    made = _world()
    session = made.pop("at")
    Session.objects.filter(pk=session.pk).update(status="live")
    by = Participant.objects.get(pk=made["people"]["moderator"])
    category = category_of(call_of(session.edition, hold=2), "City Award")
    entry = entry_of(
        category, Participant.objects.get(pk=made["people"]["attendee"]), "eligible", title="Listening trees"
    )
    deciding.place(category, "honours", entry.pk, "winner", by)
    deciding.seal(category, "honours", by)
    ceremony.add(session, category, by)
    return made | {"screen": address.path(Show.of(session))}


def streamed() -> dict[str, Any]:
    """As `sealed`, with the small live stream."""
    made = sealed()
    give_loop(made["session"])
    return made


def open_next(session: int, by: int) -> None:
    """Open the next envelope on stage."""
    cue = Cue.objects.filter(session=session, state="waiting")[0]
    ceremony.step(cue.pk, "stage", Participant.objects.get(pk=by))


def jurors() -> dict[str, Any]:
    """A session on air, its edition without a call yet, and people of the awards by name: (cookie, e-mail).

    Two entrants of Lagos and Accra; three judges, of whom the third is of Accra; a chair.
    """
    made = _world()
    session = made.pop("at")
    Session.objects.filter(pk=session.pk).update(status="live")
    cities = {"lagos": "Lagos", "accra": "Accra", "one": "Quito", "two": "Hanoi", "three": "Accra", "chair": "Turin"}
    for name, city in cities.items():
        role = "attendee" if name in ("lagos", "accra") else None
        who = world.participant(f"{name}-{made['slug']}", role, session.edition, session)
        Participant.objects.filter(pk=who.pk).update(city=city, organisation=f"City of {city} {name}")
        made["cookies"][name] = world.cookie(who)
        made["people"][name] = who.email
    return made | {"screen": address.path(Show.of(session))}


def states(slug: str) -> dict[str, str]:
    """Title -> state of the entries of an edition."""
    return dict(Entry.objects.filter(category__call__edition__slug=slug).values_list("title", "state"))
