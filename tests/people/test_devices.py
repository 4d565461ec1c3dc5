"""Devices and the language of whoever signs in."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import joining
from people.devices import described
from people.models import Participant
from tests import world

AGENTS = {
    "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0": "Firefox on Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 (KHTML) Version/17.5 Mobile Safari/604.1": (
        "Safari on iPhone"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/128.0 Safari/537.36 Edg/128.0": (
        "Edge on Windows"
    ),
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 (KHTML) Chrome/128.0 Safari/537.36": "Chrome on Linux",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/17 Safari/605.1": "Safari on macOS",
    "curl/8": "An unknown browser",
    "": "An unknown browser",
}


@pytest.mark.parametrize("agent", AGENTS)
def test_browsers_have_names(agent):
    assert described(agent) == AGENTS[agent]


@pytest.fixture
def me(db):
    cache.clear()
    made = world.build()
    yield Participant.objects.get(pk=made["people"]["attendee"])
    cache.clear()


def test_a_device_is_seen_at_most_every_few_minutes(me):
    client = Client()
    client.force_login(me)
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get(reverse("people:account"))
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get(reverse("people:account"))
    assert UserSession.objects.get().last_seen_at == long_ago


def test_the_account_page_says_it_in_words_and_ones_own_time(me):
    Participant.objects.filter(pk=me.pk).update(timezone="Asia/Shanghai")
    client = Client()
    client.force_login(me)
    UserSession.objects.update(
        user_agent=next(iter(AGENTS)), created_at=timezone.now().replace(month=3, day=1, hour=20, minute=15)
    )
    page = client.get(reverse("people:account")).text
    assert "Firefox on Android" in page and "Mozilla" not in page and "signed in 2 Mar 04:15" in page


def test_the_language_comes_along_to_another_device(me, settings):
    settings.LANGUAGES = [("en", "English"), ("ca", "Català")]
    Participant.objects.filter(pk=me.pk).update(language="ca")
    me.refresh_from_db()
    client = Client()
    token = joining.token_of(joining.make(me, "/", None))
    client.post(reverse("people:join"), {"token": token, "go": "1"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ca"


@pytest.mark.parametrize("language", ["", "xx"])
def test_no_language_or_an_unknown_one_changes_nothing(me, settings, language):
    Participant.objects.filter(pk=me.pk).update(language=language)
    me.refresh_from_db()
    client = Client()
    client.post(reverse("people:join"), {"token": joining.token_of(joining.make(me, "/", None)), "go": "1"})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
