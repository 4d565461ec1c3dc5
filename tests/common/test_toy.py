"""A feature that is nothing but its own folder takes part in everything; the matrices and crawls go through it too."""

import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from common.registry import registry
from people import account
from people.management.commands.rights import table
from people.models import Participant
from sessions.models import Session
from tests import toy

FILES = [path for folder in toy.__path__ for path in Path(folder).rglob("*.*") if path.suffix != ".pyc"]


def client_of(place, role):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client


def test_it_is_five_files():
    assert len(FILES) <= 5, FILES


def test_its_right_is_in_the_table():
    assert "| `toy.wave` |  |  | yes | yes | yes | yes |  |" in table().splitlines()


def test_it_is_on_the_session_page_only(place):
    client = client_of(place, "attendee")
    for address, there in ((f"/sessions/{place['session']}/", True), (f"/editions/{place['slug']}/", False)):
        page = client.get(address).text
        loaded = "".join(Path(finders.find(name)).read_text() for name in re.findall(r"bundles/[0-9a-f]+\.\w+", page))
        for name in ("toy/toy.css", "toy/toy.js"):
            assert (Path(finders.find(name)).read_text().strip() in loaded) == there
        assert ('id="toy"' in page) == there


def test_without_a_script_it_is_a_form(place):
    address = reverse("toy:wave", args=[place["session"]])
    answer = client_of(place, "attendee").post(address)
    assert (answer.status_code, answer.url) == (302, f"/sessions/{place['session']}/")
    session = client_of(place, "organiser").get(answer.url).text
    assert f'<strong id="waves-{place["session"]}" class="waves">1</strong>' in session


def test_it_is_among_ones_data_and_in_the_record(place):
    client, session = client_of(place, "attendee"), Session.objects.get(pk=place["session"])
    client.post(reverse("toy:wave", args=[session.pk]))
    data = json.loads(client.get("/people/account/data.json").content)
    assert [wave["scope"] for wave in data["waves"]] == [session.room_key]
    record = client_of(place, "organiser").get(reverse("registration:record", args=[place["slug"]])).text
    assert "waved in" in record and "Attendee" in record
    who = Participant.objects.get(pk=place["people"]["attendee"])
    account.delete(who)
    assert toy_in(registry).personal.export(who)["waves"], "the record stays"
    record = client_of(place, "organiser").get(reverse("registration:record", args=[place["slug"]])).text
    assert "waved in" in record and "Attendee" not in record


def toy_in(registry):
    return registry.features["toy"]


def test_its_tick_is_taken():
    assert set(toy_in(registry).ticks) < set(registry.ticks())
