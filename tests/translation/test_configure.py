"""Organisers say yes or no for their edition, and name the words that stay."""

import re

import pytest
from django.test import Client

from people.models import AuditEntry
from sessions.models import Edition
from tests import world
from tests.people.matrix import signed_in
from translation.models import TranslationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    place = world.build()
    place["address"] = f"/editions/{place['slug']}/translation/"
    return place


def drawn_from(client, address):
    return re.search(r'name="drawn_from" value="([^"]*)"', client.get(address).text)[1]


def test_it_is_off_until_somebody_says_yes(page):
    organiser = signed_in(page, "organiser")
    assert not TranslationSettings().may_leave
    assert "checked" not in organiser.get(page["address"]).text.split('name="may_leave"')[1].split(">")[0]
    answer = organiser.post(page["address"], {"may_leave": "on", "terms": " Smart  City\n\nSmart City\n22@ "})
    assert answer.status_code == 302
    settings = TranslationSettings.objects.get(edition=page["edition"])
    assert settings.may_leave and settings.glossary == ["Smart City", "22@"]
    entry = AuditEntry.objects.filter(action="translation.configure").get()
    assert entry.details == {"may_leave": True}


def test_nobody_overwrites_a_colleagues_no_unseen(page):
    organiser = signed_in(page, "organiser")
    TranslationSettings.objects.create(edition_id=page["edition"], may_leave=True)
    seen = drawn_from(organiser, page["address"])
    TranslationSettings.objects.update(may_leave=False)
    answer = organiser.post(page["address"], {"may_leave": "on", "terms": "Superilla", "drawn_from": seen})
    assert answer.status_code == 302
    settings = TranslationSettings.objects.get()
    assert not settings.may_leave and settings.terms == "Superilla"


@pytest.mark.parametrize("terms", ["x" * 81, "\n".join(f"word {number}" for number in range(501))])
def test_too_much_comes_back_with_words(page, terms):
    answer = signed_in(page, "organiser").post(page["address"], {"terms": terms})
    assert answer.status_code == 422 and terms.splitlines()[-1] in answer.text
    assert not TranslationSettings.objects.exists()


def test_the_page_says_what_leaves(page, settings):
    settings.TRANSLATION_BACKENDS = ["apertium", "deepl"]
    words = signed_in(page, "organiser").get(page["address"]).text
    assert "on this server: no text leaves it" in words and "only with your consent" in words
    settings.TRANSLATION_BACKENDS = []
    assert "nothing is translated" in signed_in(page, "organiser").get(page["address"]).text


@pytest.mark.parametrize("role", ["moderator", "attendee", "anonymous"])
def test_others_do_not_decide(page, role):
    client = signed_in(page, role) if role != "anonymous" else Client()
    assert client.post(page["address"], {"may_leave": "on"}).status_code in (302, 403, 404)
    assert not TranslationSettings.objects.exists()
    assert Edition.objects.filter(pk=page["edition"]).exists()
