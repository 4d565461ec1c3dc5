"""A small congress, its organiser, and a client of one of its people."""

import pytest

from people.models import Participant
from sessions.models import Edition, Session
from tests.people.matrix import signed_in


@pytest.fixture
def browser(place):
    return lambda role="organiser": signed_in(place, role)


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
