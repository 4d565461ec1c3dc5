"""The account page: profile, devices, data, deletion."""

import json
import uuid
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chat.models import Message
from live.models import Event
from people import account, audit, joining
from people.models import AuditEntry, OnRecord, Participant
from questions import moderation
from registration.imports import run as imports
from sessions import speaking, status
from sessions.models import Edition, Session, Speaker
from tests.log import shown
from tests.polls.conftest import answered, opened

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def client(place):
    client = Client()
    client.force_login(Participant.objects.get(pk=place["people"]["attendee"]))
    return client


def me(place):
    return Participant.objects.get(pk=place["people"]["attendee"])


def test_the_profile_is_kept_and_visibility_holds(place, client):
    fields = {"name": "Ada", "city": "Lagos", "language": "en", "timezone": "Africa/Lagos", "visibility": "name"}
    assert client.post(reverse("people:account"), fields).status_code == 302
    assert (me(place).name, me(place).timezone, me(place).place) == ("Ada", "Africa/Lagos", "")
    assert '"zone": "Africa/Lagos"' in client.get(reverse("people:account")).text


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"timezone": "Mars/Olympus"}, {"name": "x" * 81}, {"language": "xx"}]
)
def test_a_wrong_profile_is_told_and_not_kept(place, client, change):
    fields = {"name": "Ada", "visibility": "name", "language": "en"} | change
    answer = client.post(reverse("people:account"), fields)
    assert answer.status_code == 422 and "field-error" in answer.text and me(place).name == "Attendee"


def test_a_blocked_word_is_no_name(place, client):
    Edition.objects.update(blocked_terms="heck")
    answer = client.post(
        reverse("people:account"), {"name": "What the H\u0336eck", "visibility": "name", "language": "en"}
    )
    assert answer.status_code == 422 and "do not allow" in answer.text and me(place).name == "Attendee"
    Edition.objects.update(end_date=timezone.now().date() - timedelta(days=3))
    client.post(reverse("people:account"), {"name": "Heck", "visibility": "name", "language": "en"})
    assert me(place).name == "Heck"


def test_sign_out_everywhere_ends_every_sign_in(place, client):
    other = Client()
    other.force_login(me(place))
    assert len(account.devices(me(place))) == 2
    client.post(reverse("people:devices"), {})
    for one in (client, other):
        assert one.get(reverse("people:account")).status_code == 302
    assert Event.objects.filter(room__key="revoked", participant_id=me(place).pk).exists()


def test_one_device_is_signed_out_and_only_ones_own(place, client):
    other, stranger = Client(), Client()
    other.force_login(me(place))
    stranger.force_login(Participant.objects.get(pk=place["people"]["organiser"]))
    for device in account.devices(me(place)):
        stranger.post(reverse("people:devices"), {"device": device.pk})
    assert len(account.devices(me(place))) == 2
    theirs = next(one for one in account.devices(me(place)) if one.session_key == other.session.session_key)
    client.post(reverse("people:devices"), {"device": theirs.pk})
    assert other.get(reverse("people:account")).status_code == 302
    assert client.get(reverse("people:account")).status_code == 200


def test_the_list_of_devices_costs_the_same_for_many_and_has_none_that_ended(place, client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("people:account")).status_code == 200
        return len(queries)

    client.get(reverse("people:account"))  # this device has been seen
    with_one = cost()
    for _ in range(12):
        Client().force_login(me(place))
    assert len(account.devices(me(place))) == 13 and cost() == with_one
    ended = UserSession.objects.filter(user=me(place)).last()
    SessionStore(ended.session_key).delete()
    assert ended not in account.devices(me(place)) and len(account.devices(me(place))) == 12


def test_my_data_has_what_i_wrote_and_nobody_elses(place, client):
    session = Session.objects.get(pk=place["session"])
    Message.send(session, me(place), "My own words", uuid.uuid4())
    Message.send(session, Participant.objects.get(pk=place["people"]["organiser"]), "Theirs", uuid.uuid4())
    answered(opened(session), [me(place).pk], option=[1])
    told = json.loads(client.get(reverse("people:download")).content)
    assert [mark["option__text"] for one in told["ballots"] for mark in one["marks"]] == ["No"]
    assert told["profile"]["email"] == me(place).email and told["messages"][0]["text"] == "My own words"
    assert "Theirs" not in json.dumps(told)


def test_my_data_has_what_i_did_for_the_congress_too(place):
    who, boss = (Participant.objects.get(pk=place["people"][role]) for role in ("moderator", "organiser"))
    session = Session.objects.select_related("edition").get(pk=place["session"])
    moderation.prompt(session, who, "Two minutes left")
    joining.make(who, "/somewhere/", boss)
    speaking.link(Speaker.objects.get(pk=place["speaker_page"]), who, boss)
    imports.begin(session.edition, "crowd.csv", who)
    status.step(session.pk, "delay", who, reason="The bus is late", new_start=session.start + timedelta(hours=1))
    client = Client()
    client.force_login(who)
    told = client.get(reverse("people:download")).text
    assert all(
        word in told
        for word in ("The bus is late", "Two minutes left", "/somewhere/", "crowd.csv", "Li Ming", "speaker.link")
    )


def test_deletion_leaves_the_words_and_takes_the_person(place, client):
    session, who = Session.objects.get(pk=place["session"]), me(place)
    Participant.objects.filter(pk=who.pk).update(name="Zebulon Quist", city="Ulaanbaatar")
    Message.send(session, me(place), "I was here", uuid.uuid4())
    refused = client.post(reverse("people:delete"), {"name": "Somebody"})
    assert refused.status_code == 422 and me(place).is_active
    assert client.post(reverse("people:delete"), {"name": "Zebulon Quist"}).status_code == 200
    gone = me(place)
    assert (gone.email, gone.city, gone.is_active, gone.name) == (None, "", False, "Deleted participant")
    assert Message.objects.get().text == "I was here"
    kept = json.dumps([[event.data, event.shown] for event in shown(Event.objects.order_by("pk"))], default=str)
    assert "I was here" in kept and "Zebulon" not in kept and "Ulaanbaatar" not in kept
    assert "Deleted participant" in client.get(f"/sessions/{session.pk}/").text
    assert not gone.roles.exists() and client.get(reverse("people:account")).status_code == 302


def test_the_audit_log_is_append_only(place):
    entry = audit.record(None, "test", "edition:1")
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="x"),
    ):
        with pytest.raises(OnRecord):
            attempt()
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_auditentry SET action = 'x'")
