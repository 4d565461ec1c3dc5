"""A small congress, and a browser of one of its people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Participant
from registration import hall
from sessions.models import Session
from tests.people.matrix import signed_in


@pytest.fixture
def browser(place):
    return lambda role="organiser": signed_in(place, role)


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def code(place, session):
    """A code of the session's hall."""
    by = Participant.objects.get(pk=place["people"]["organiser"])
    return hall.show(session, timezone.now() + timedelta(hours=1), by)


def join(client, code, name="Pau"):
    """Join by the code as a guest of that name."""
    return client.post(reverse("registration:hall", args=[code.code]), {"name": name})
