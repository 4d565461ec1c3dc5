"""The directory as tests with servers and browsers need it."""

from typing import Any

from agenda.models import FollowedTheme
from cities.models import City
from networking import state, writing
from networking.models import Card, Conversation, Line
from people.models import Participant
from sessions.models import Session, Theme
from tests import world

SHOWN = dict.fromkeys(("shows_organisation", "shows_role", "shows_country", "shows_interests"), True)


def directory() -> dict[str, Any]:
    """Amara and Li Ming, both to be found, who follow a theme; and somebody else. "cookies" has theirs by name."""
    made: dict[str, Any] = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    theme = Theme.objects.create(edition=session.edition, name="Shade", slug="shade")
    for name, shown in (("amara", "Amara Okafor"), ("ming", "李明"), ("third", "Third")):
        who = world.participant(f"{name}-{made['slug']}", "attendee", session.edition, session)
        Participant.objects.filter(pk=who.pk).update(name=shown, country="China" if name == "ming" else "Nigeria")
        made["people"][name], made["cookies"][name] = who.pk, world.cookie(who)
        if name != "third":
            FollowedTheme.objects.create(participant=who, theme=theme)
            Card.objects.create(edition=session.edition, participant=who, is_listed=True, about=f"I am {name}", **SHOWN)
    return made | {"theme": theme.pk}


def asked(slug: str, by: int, who: int, text: str, client_id: str, accept: bool = False) -> str:
    """The id of a conversation that was asked for, or accepted."""
    import uuid

    card = Card.objects.select_related("participant", "edition").get(edition__slug=slug, participant=who)
    made = writing.ask(card, Participant.objects.get(pk=by), text, uuid.UUID(client_id))
    if accept:
        state.answer(made.pk, "accept", made.asked)
    return str(made.pk)


def written(slug: str) -> list[int]:
    """How many lines each conversation of an edition has."""
    found = Conversation.objects.filter(edition__slug=slug)
    return [Line.objects.filter(conversation=each).count() for each in found]


def cities() -> None:
    """Two near each other, and one far away."""
    for name, latitude, longitude in (("Delft", 52.0, 4.4), ("Leiden", 52.2, 4.5), ("Lagos", 6.5, 3.4)):
        City.objects.create(
            name=name, slug=name.lower(), country="x", region="europe", latitude=latitude, longitude=longitude
        )
