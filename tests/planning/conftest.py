"""A small congress, its organiser, and a client of one of its people."""

import pytest
from django.core.cache import cache
from django.test import Client

from people.models import Participant
from sessions.models import Edition, Session
from tests import world


@pytest.fixture
def place(db):
    cache.clear()
    yield world.build()
    cache.clear()


@pytest.fixture
def browser(place):
    def of(role="organiser"):
        client = Client()
        if role != "anonymous":
            client.cookies["sessionid"] = place["cookies"][role]
        return client

    return of


@pytest.fixture
def edition(place):
    return Edition.objects.select_related("host_city").get(pk=place["edition"])


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def organiser(place):
    return Participant.objects.get(pk=place["people"]["organiser"])


@pytest.fixture
def base(place):
    return f"/editions/{place['slug']}/planning/"
