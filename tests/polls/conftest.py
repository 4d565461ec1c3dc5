import uuid

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Participant
from polls.ballots import Vote, cast_all
from polls.models import WITH_OPTIONS, Poll, Type
from polls.prepare import Choice, save
from polls.state import open_now, step
from sessions.models import Session
from tests import world


def poll_of(session, choices=None, **fields):
    """A draft."""
    fields = {"type": Type.SINGLE, "question": "Shall we?", "anonymous": False} | fields
    if choices is None:
        names = ["Yes", "No", "Later"] if fields["type"] in WITH_OPTIONS else []
        choices = [Choice(name, right=name == "Yes" and fields["type"] == Type.QUIZ) for name in names]
    session = Session.objects.select_related("edition").get(pk=session.pk)
    return save(session, fields, choices)


def opened(session, choices=None, close=None, **fields):
    """An open poll; `close` is the one to close before."""
    if close:
        step(close.pk, "close")
    return open_now(poll_of(session, choices, **fields).pk)


def answered(poll, who, **fields):
    """Ballots of these participants (ids), all the same; option=[n] is the n-th option."""
    keys = [str(pk) for pk in Poll.objects.get(pk=poll.pk).options.values_list("pk", flat=True)]
    sent = {name: [keys[one] if name == "option" else str(one) for one in values] for name, values in fields.items()}
    votes = [Vote(one, poll.pk, {"secret": [str(uuid.UUID(int=one))], "confirmed": ["1"]} | sent) for one in who]
    cast_all(votes)
    return votes


@pytest.fixture
def session(place):
    return Session.objects.select_related("edition").get(pk=place["session"])


@pytest.fixture
def people(place):
    return {role: Participant.objects.get(pk=pk) for role, pk in place["people"].items()}


@pytest.fixture
def crowd(session):
    """Ids of twelve attendees."""
    mark = uuid.uuid4().hex
    made = [world.participant(f"p{at}-{mark}", "attendee", session.edition, session) for at in range(12)]
    return [who.pk for who in made]


@pytest.fixture
def http(place):
    """`http(role, name, *arguments, **data)`: a POST by htmx."""

    def post(role, name, *arguments, **data):
        client = Client()
        if role != "anonymous":
            client.cookies["sessionid"] = place["cookies"][role]
        return client.post(reverse(f"polls:{name}", args=arguments), data, headers={"HX-Request": "true"})

    return post
