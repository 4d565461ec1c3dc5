"""The header and footer are drawn once for many: a person's own things are put in, and as text."""

import pytest
from django.test import Client
from django.utils.html import escape

from people.models import Participant

NAME = """<b>"Ada" & 'Bo'</b>"""
HOSTILE = '/x?a="><b>&c=d'


@pytest.fixture
def ada(place):
    Participant.objects.filter(pk=place["people"]["attendee"]).update(name=NAME)
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    return client


def test_each_sees_their_own_name_and_token(place, ada):
    others = Client()
    others.cookies["sessionid"] = place["cookies"]["organiser"]
    first, other = (client.get("/people/account/").text for client in (ada, others))
    assert first.count(escape(NAME)) >= 2 and "<b>" not in first and escape(NAME) not in other
    tokens = [client.cookies["csrftoken"].value for client in (ada, others)]
    assert len(set(tokens)) == 2 and all("<own " not in page for page in (first, other))


def test_an_address_is_put_in_as_one(place):
    quoted = "/x%3Fa%3D%22%3E%3Cb%3E%26c%3Dd"
    page = Client().get("/people/enter/", {"next": HOSTILE}).text
    assert f'href="/people/enter/?next={quoted}"' in page and "><b>" not in page
    assert f"?next=/people/enter/%3Fnext%3D{quoted.replace('%', '%25').replace('/', '%252F', 1)}" in page
