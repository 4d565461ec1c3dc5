"""Closing a session takes back what was told of it; an end of an embargo needs no hand."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.models import Event
from people.models import Participant
from sessions import access, status
from sessions.models import Session
from tests import world
from tests.people.hidden import CANARY

pytestmark = pytest.mark.django_db


def test_closing_takes_back_what_the_log_told_and_cuts_sockets():
    made = world.build()
    session, by = Session.objects.get(pk=made["session"]), Participant.objects.get(pk=made["people"]["organiser"])
    Session.objects.filter(pk=session.pk).update(title=CANARY)
    status.step(session.pk, "prepare", by)
    log = Event.objects.filter(room__key=session.edition.room_key)
    assert CANARY in str(list(log.values_list("data", flat=True)))
    access.change(session.pk, access.Settings("invited"), by)
    told = [event for event in log if event.audience in ("everyone", "visitors", "registered")]
    assert CANARY not in str([event.data for event in told])
    assert Event.objects.filter(room__key="revoked", data__room=session.room_key).exists()


def test_an_embargo_that_is_over_hides_nothing():
    made = world.build()
    by = Participant.objects.get(pk=made["people"]["organiser"])
    over = access.Settings("public", embargo_until=timezone.now() - timedelta(minutes=1))
    access.change(made["session"], over, by)
    assert Client().get(reverse("sessions:session", args=[made["session"]])).status_code == 200
    assert Session.objects.get(pk=made["session"]).visibility == "public"
