"""Somebody to be found by every search, and who asks."""

import unicodedata
from typing import Any

from django.test import Client
from django.urls import reverse

from people import audit
from people.models import Participant, Registration
from sessions.models import Edition, Session, Speaker
from tests import world

DESK = ("registration:people", "registration:speakers", "registration:record")


def make() -> dict[str, Any]:
    """The test congress with NÚRIA Ødegård (decomposed): registered, a speaker, in the record; and a title to find."""
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
    return place | {"slug": edition.slug}


def ask(cookie: str, slug: str, word: str) -> list[bool]:
    """Whether each search of the desk finds her, and the programme the title."""
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = cookie
    pages = [client.get(reverse(name, args=[slug]), {"q": word}).content for name in DESK]
    part = {"HX-Request": "true"}  # the list alone: the strip says what comes next, whatever is searched for
    programme = client.get(reverse("sessions:programme", args=[slug]), {"q": word}, headers=part).content.decode()
    return [*("Ødegård".encode()[:3] in page for page in pages), "Streets of the" in programme]
