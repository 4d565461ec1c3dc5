"""What is said behind the stage is read there only."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from backstage.models import Remark
from live.models import Event
from people.models import Participant
from sessions.models import Session
from tests import world

pytestmark = pytest.mark.django_db
SECRET = "Xk7behind"


@pytest.fixture
def place():
    cache.clear()
    made = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    for thing in (session, session.edition):
        Remark.say(thing, Participant.objects.get(pk=made["people"]["moderator"]), SECRET, uuid.uuid4())
    return made


def page(place, role, path):
    client = Client()
    if role:
        client.cookies["sessionid"] = place["cookies"][role]
    return client.get(path).text


def test_it_is_on_the_pages_of_those_who_run_the_session_and_of_nobody_else(place):
    path = f"/sessions/{place['session']}/"
    shown = {role for role in [None, *place["cookies"]] if SECRET in page(place, role, path)}
    assert shown == {"speaker", "moderator", "session_moderator", "organiser"}


def test_the_log_holds_no_words_and_names_the_audience(place):
    events = Event.objects.filter(kind="backstage.line").order_by("pk")
    assert list(events.values_list("audience", flat=True)) == ["speakers", "staff"]
    assert SECRET not in str(list(events.values_list("data", flat=True)))
