import uuid

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Participant
from questions.asking import Draft, ask
from questions.models import QuestionSettings
from sessions.models import Session


@pytest.fixture
def session(place):
    """A session that takes questions."""
    found = Session.objects.select_related("edition").get(pk=place["session"])
    QuestionSettings.objects.create(session=found, intake="open")
    return found


@pytest.fixture
def people(place):
    return {role: Participant.objects.get(pk=pk) for role, pk in place["people"].items()}


@pytest.fixture
def asked(session, people):
    """`asked("text", **words)`: a question of the attendee, pending."""
    return lambda text="Why?", who="attendee", **words: ask(session, people[who], Draft(text, **words), uuid.uuid4())


@pytest.fixture
def http(place):
    """`http(role, name, *arguments, **data)`: a POST by htmx."""

    def post(role, name, *arguments, **data):
        client = Client()
        if role != "anonymous":
            client.cookies["sessionid"] = place["cookies"][role]
        return client.post(reverse(f"questions:{name}", args=arguments), data, headers={"HX-Request": "true"})

    return post
