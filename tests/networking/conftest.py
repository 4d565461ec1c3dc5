"""An edition whose people are in the directory, or not."""

import uuid

import pytest

from networking import state, writing
from networking.models import Card
from people.models import Participant
from sessions.models import Session, Theme
from tests import world
from tests.expo.conftest import visitor_of

SHOWN = dict.fromkeys(("shows_organisation", "shows_role", "shows_country", "shows_interests"), True)


def card_of(place, who, **fields):
    """Somebody who agreed to be found, with all that a card can show."""
    given = {"is_listed": True} | SHOWN | fields
    made = Card.objects.create(edition=place["at"].edition, participant=place["all"][who], **given)
    return Card.objects.select_related("participant", "edition").get(pk=made.pk)


def asked(place, asker, who, text="Hello"):
    """A request that waits."""
    card = Card.objects.select_related("participant", "edition").get(participant=place["all"][who])
    return writing.ask(card, place["all"][asker], text, uuid.uuid4())


def opened(place, asker, who, text="Hello"):
    """A conversation that was accepted."""
    return state.answer(asked(place, asker, who, text).pk, "accept", place["all"][who])


def say(conversation, author, text):
    return writing.write(conversation.pk, author, text, uuid.uuid4())


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    edition = made["at"].edition
    made["themes"] = [
        Theme.objects.create(edition=edition, name=name, slug=name.lower()) for name in ("Shade", "Trams")
    ]
    for name in ("ming", "amara", "third"):
        visitor_of(made, name)
    return made
