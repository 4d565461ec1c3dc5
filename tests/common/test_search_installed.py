"""The same search on both databases, through the pages: the programme, the desk's people, speakers and record."""

import pytest

MAKE = """
import unicodedata
from tests import world
from people import audit
from people.models import Participant, Registration
from sessions.models import Edition, Session, Speaker
place = world.build()
edition = Edition.objects.get(pk=place["edition"])
who = Participant.objects.create_user("nn@example.org", name=unicodedata.normalize("NFD", "NÚRIA Ødegård"))
Registration.objects.create(participant=who, scope=edition.room_key, pass_type="online", ticket="T-9")
speaker = Speaker.objects.create(edition=edition, guid="n", name=who.name, organisation="Società")
session = Session.objects.get(pk=place["session"])
session.title = "Streets of the año"
session.save()
session.speakers.add(speaker)
audit.record(who, "sign_in", edition.room_key, who.pk)
result = place | {"slug": edition.slug}
"""
ASK = """
from django.test import Client
from django.urls import reverse
client = Client(SERVER_NAME="localhost")
client.cookies["sessionid"] = cookie
found = {}
for name in ("registration:people", "registration:speakers", "registration:record"):
    found[name] = "Ødegård".encode()[:3] in client.get(reverse(name, args=[slug]), {"q": word}).content
page = client.get(reverse("congress:programme", args=[slug]), {"q": word}).content.decode()
result = [*found.values(), "Streets of the" in page]
"""


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(MAKE)


@pytest.mark.parametrize("word", ["núria", "NÚRIA", "nuria", "Nu\u0301ria", "ｎúｒｉａ", "odegard", "nuria ødegård"])
def test_every_search_finds_her(stack, place, word):
    found = stack.call(ASK, cookie=place["cookies"]["organiser"], slug=place["slug"], word=word)
    assert found == [True] * 4


def test_no_search_finds_others(stack, place):
    found = stack.call(ASK, cookie=place["cookies"]["organiser"], slug=place["slug"], word="nuris")
    assert found == [False] * 4


def test_the_speakers_organisation_and_the_title_are_found(stack, place):
    ask = {"cookie": place["cookies"]["organiser"], "slug": place["slug"]}
    assert stack.call(ASK, word="SOCIETA", **ask)[1] and stack.call(ASK, word="ANO", **ask)[3]
