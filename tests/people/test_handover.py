"""Links that take a sign-in along end with it; organisers end their own edition's links only."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from people import joining
from people.models import AuditEntry, JoinLink, Participant, Registration
from tests import world

pytestmark = pytest.mark.usefixtures("db")


def client_of(place, role):
    client = Client()
    client.force_login(Participant.objects.get(pk=place["people"][role]))
    return client


def handed_over(client):
    client.post(reverse("people:handover"))
    return joining.token_of(JoinLink.objects.get(once=True))


def opens(token):
    client = Client()
    client.post(reverse("people:join"), {"token": token, "go": "1"})
    return "_auth_user_id" in client.session


def test_a_handover_opens_once(place):
    token = handed_over(client_of(place, "attendee"))
    assert opens(token) and not opens(token)


def test_looking_does_not_use_it_up(place):
    token = handed_over(client_of(place, "attendee"))
    assert "Join as Attendee" in Client().post(reverse("people:join"), {"token": token}).text
    assert opens(token)


def test_signing_out_everywhere_ends_every_link(place):
    thief, victim = client_of(place, "attendee"), client_of(place, "attendee")
    token, who = handed_over(thief), Participant.objects.get(pk=place["people"]["attendee"])
    personal = joining.token_of(joining.make(who, "/", None))
    victim.post(reverse("people:devices"))
    assert not opens(token) and not opens(personal)
    entry = AuditEntry.objects.get(action="sign_out")
    assert (entry.by_id, entry.participant_id, entry.details) == (who.pk, who.pk, {"links": 2})


def test_signing_out_one_device_ends_what_it_handed_over(place):
    thief, victim = client_of(place, "attendee"), client_of(place, "attendee")
    token, who = handed_over(thief), Participant.objects.get(pk=place["people"]["attendee"])
    personal = joining.token_of(joining.make(who, "/", None))
    page = victim.get(reverse("people:account")).text
    victim.post(reverse("people:devices"), {"device": re.search(r'name="device" value="(\d+)"', page)[1]})
    assert not opens(token) and opens(personal)


def test_organisers_see_and_end_the_links_of_their_edition_only(place):
    other = world.build()
    who = Participant.objects.get(pk=other["people"]["attendee"])
    Registration.objects.create(
        participant=who, scope=f"edition:{place['edition']}", pass_type="online", ticket="shared"
    )
    theirs = client_of(other, "organiser")
    theirs.post(reverse("registration:links", args=[other["slug"], who.pk]), {"send": "1"})
    link, mine = JoinLink.objects.get(), client_of(place, "organiser")
    assert str(link.pk) not in mine.get(reverse("registration:person", args=[place["slug"], who.pk])).text
    mine.post(reverse("registration:links", args=[place["slug"], who.pk]), {"revoke": str(link.pk)})
    assert opens(joining.token_of(link))
    theirs.post(reverse("registration:links", args=[other["slug"], who.pk]), {"revoke": str(link.pk)})
    assert not opens(joining.token_of(link))
