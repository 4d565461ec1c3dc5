"""What is said behind the stage is read there only."""

import uuid

import pytest
from django.test import Client

from backstage import rooms
from backstage.models import Remark
from live.models import Event
from people.models import Participant
from sessions.models import Session
from show.models import StageShow
from tests import world

pytestmark = pytest.mark.django_db
SECRET = "Xk7behind"


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    for thing in (session, session.edition, StageShow.of(session.stage_id)):
        Remark.say(thing, Participant.objects.get(pk=made["people"]["moderator"]), SECRET, uuid.uuid4())
    return made


STAFF = {"moderator", "organiser"}


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
    assert list(events.values_list("audience", flat=True)) == ["speakers", "staff", "everyone"]
    keys = [f"session:{place['session']}", f"edition:{place['edition']}", f"backstage:{place['stage']}"]
    assert list(events.values_list("room__key", flat=True)) == keys
    assert SECRET not in str(list(events.values_list("data", flat=True)))


@pytest.mark.parametrize(
    "where", ["editions/{slug}/control/", "editions/{slug}/backstage/", "stages/{stage}/backstage/"]
)
def test_the_staff_reads_it_beside_the_control_room_and_by_stage_and_nobody_else(place, where):
    path = "/" + where.format(**place)
    assert {role for role in [None, *place["cookies"]] if SECRET in page(place, role, path)} == STAFF


def test_channels_are_apart(place):
    other = StageShow.of(place["other_stage"])
    assert Remark.newest(other) == [] and len(Remark.newest(other.edition)) == 1
    assert rooms.viewer(Participant.objects.get(pk=place["people"]["organiser"]), f"backstage:{other.stage_id}")
    for role in ("attendee", "speaker", "session_moderator", "banned"):
        assert not rooms.viewer(Participant.objects.get(pk=place["people"][role]), f"backstage:{other.stage_id}")
    assert not rooms.viewer(Participant.objects.get(pk=place["people"]["organiser"]), "backstage:999999")
