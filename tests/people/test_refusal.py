"""A refusal leads back to the page from which something was sent, and to no other place."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import world
from tests.people.matrix import signed_in

pytestmark = pytest.mark.django_db
HERE = "http://testserver/sessions/1/"


def refused(referer):
    place = world.build()
    client = signed_in(place, "organiser")
    address = reverse("show:configure", args=[place["session"]])
    answer = client.post(address, {"amber": 1, "red": 9}, headers={"Referer": referer} if referer else {})
    assert answer.status_code == 422
    return answer.text


def test_back_to_where_it_was_sent_from():
    assert f'href="{HERE}"' in refused(HERE)


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example/"])
def test_to_no_other_place(referer):
    text = refused(referer)
    assert "elsewhere.example" not in text and "javascript:" not in text
    assert '<a href="/">' in text and Client().get("/").status_code == 302
