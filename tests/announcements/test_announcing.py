"""Announcements begin and end by themselves, in each reader's language, where they belong."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from announcements import announcing
from announcements.models import Announcement, Confirmation
from announcements.templatetags.announcements import in_own_language
from common import clock
from live.models import Event
from people.models import Participant
from sessions.models import Edition, Session

pytestmark = pytest.mark.django_db
TEXTS = {"en": "Lunch is ready", "es": "La comida está lista"}


def announce(place, scope, session=None, begins=0, **more):
    at = Session.objects.select_related("edition").get(pk=place["session"])
    starts = clock.now() + timedelta(minutes=begins)
    given = {"scope": scope, "session": session, "texts": TEXTS, "starts_at": starts}
    by = Participant.objects.get(pk=place["people"]["organiser"])
    return announcing.make(at.edition, by, given | {"ends_at": starts + timedelta(minutes=5)} | more)


def page(place, path):
    return Client().get(path).text


def test_everybody_reads_it_in_their_language(place):
    announce(place, f"edition:{place['edition']}")
    path = f"/sessions/{place['session']}/"
    assert TEXTS["en"] in page(place, path)
    for language, words in (("es", TEXTS["es"]), ("es-mx", TEXTS["es"]), ("fr", TEXTS["en"])):
        with translation.override(language):
            assert in_own_language(TEXTS) == words


@pytest.mark.parametrize("kind", ["stage", "city"])
def test_it_stands_where_it_belongs(place, kind):
    city = Session.objects.select_related("stage").get(pk=place["session"]).stage.host_city_id
    announce(place, {"stage": f"stage:{place['stage']}", "city": f"city:{city}"}[kind])
    assert "Lunch is ready" in page(place, f"/sessions/{place['session']}/")
    assert "Lunch is ready" not in page(place, f"/sessions/{place['other_session']}/")


def test_it_begins_and_ends_by_itself_and_pages_are_told_once(place, monkeypatch):
    announce(place, f"edition:{place['edition']}", begins=10)
    announcing.tick()
    assert not Event.objects.filter(kind="announcements.bar").exists()
    start = clock.now()
    for minutes, told, over in ((11, 1, False), (16, 2, True)):
        monkeypatch.setattr(clock, "now", lambda moment=start + timedelta(minutes=minutes): moment)
        for _ in range(2):
            announcing.tick()
        events = list(Event.objects.filter(kind="announcements.bar"))
        assert len(events) == told and announcing.bars([events[0].data])[0]["over"] == over


def test_what_is_told_to_a_session_stays_in_its_room(place):
    session = Session.objects.get(pk=place["session"])
    announce(place, session.room_key, session)
    event = Event.objects.select_related("room").get(kind="announcements.bar")
    assert event.room.key == session.room_key


def test_readers_confirm_once_and_their_other_pages_know(place):
    made = announce(place, f"edition:{place['edition']}", confirm=True)
    client, who = Client(), place["people"]["attendee"]
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    for _ in range(2):
        assert client.post(f"/announcements/{made.pk}/confirm/", headers={"HX-Request": "true"}).status_code == 204
    assert Confirmation.objects.count() == 1
    assert announcing.own([(who, place["edition"]), (who, 0)]) == [[made.pk], []]


def test_an_announcement_at_a_moment_says_first_what_happens_when(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    path, city = f"/editions/{place['slug']}/announcements/", Edition.objects.get(pk=place["edition"]).host_city
    moment = (clock.now() + timedelta(hours=3)).astimezone(city.zone)
    words = {"scope": f"stage:{place['stage']}", "minutes": "15", "text_en": "Doors open"}
    words |= {"starts_at": moment.strftime("%Y-%m-%dT%H:%M")}
    asked = client.post(path, words)
    assert asked.status_code == 200 and not Announcement.objects.exists()
    said = " ".join(re.sub("<[^>]+>", "", asked.text.split('id="sure"')[1].split("</div>")[0]).split())
    assert f"{moment:%H:%M} · {city.name}" in said and "Shown for 15 minutes. For: Agora “Doors open”" in said
    assert 'class="yours" data-local="' in asked.text
    sure = re.search('name="sure" value="([^"]+)"', asked.text)[1]
    later = (moment + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(path, words | {"starts_at": later, "sure": sure}).status_code == 200, "asked anew"
    assert client.post(path, words | {"sure": sure}).status_code == 302
    assert Announcement.objects.get().starts_at == moment.replace(second=0, microsecond=0)


def test_organisers_announce_and_withdraw(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    path = f"/editions/{place['slug']}/announcements/"
    words = {"scope": f"edition:{place['edition']}", "minutes": "5"}
    assert client.post(path, words).status_code == 422
    assert client.post(path, words | {"text_en": "Doors open"}).status_code == 302
    assert "Doors open" in page(place, f"/sessions/{place['session']}/")
    assert client.post(f"/announcements/{Announcement.objects.get().pk}/withdraw/").status_code == 302
    assert "Doors open" not in page(place, f"/sessions/{place['session']}/")
