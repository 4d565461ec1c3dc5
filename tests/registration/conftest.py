"""A small congress, and a browser of one of its people."""

import pytest
from django.test import Client

from tests import world


@pytest.fixture
def place(db):
    return world.build()


@pytest.fixture
def browser(place):
    def of(role="organiser"):
        client = Client()
        client.cookies["sessionid"] = place["cookies"][role]
        return client

    return of
