"""The page that says whom a session is for, and what the session's page says of it."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Participant
from sessions import access
from tests.people.hidden import MODES

TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def path(place):
    return reverse("registration:access", args=[place["session"]])


def test_saving_says_so_once(browser, path):
    answer = browser().post(path, {"visibility": "registered"}, follow=True)
    assert re.search(r'role="status">Saved\.<', answer.text)
    assert "Saved." not in browser().get(path).text
    refused = browser().post(f"{path}?saved=1", {"visibility": "passes"})
    assert refused.status_code == 422 and "Saved." not in refused.text


def test_what_an_embargo_does_stands_under_its_field(browser, path):
    page = browser().get(path).text
    field = re.search(r'<p class="field">\s*<label for="id_embargo_until".*?</p>', page, re.DOTALL)[0]
    described = re.search(r'aria-describedby="([^"]+)"', field)[1]
    assert re.search(rf'id="{described}">Time of Barcelona. Until then only those', field)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (access.Settings("public"), []),
        (access.Settings("invited"), ["By invitation"]),
        (access.Settings("registered"), ["Registered participants"]),
        (access.Settings("passes", ["press", "speaker"]), ["For passes: Speaker, Press"]),
        (access.Settings("public", embargo_until=timezone.now() - timedelta(days=1)), []),
        (access.Settings("public", embargo_until=TOMORROW), ["Only staff and speakers until {}"]),
        (access.Settings("invited", embargo_until=TOMORROW), ["Only staff and speakers until {}", "By invitation"]),
    ],
)
def test_who_runs_a_session_sees_whom_it_is_for(place, browser, session, settings, told):
    access.change(session.pk, settings, Participant.objects.get(pk=place["people"]["organiser"]))
    local: datetime = TOMORROW.astimezone(session.zone)
    moment = f"{local.day} {local:%b %H:%M}"
    for role in ("organiser", "session_moderator"):
        page = browser(role).get(session.get_absolute_url()).text
        lines = re.findall(r'<div class="for-whom">.*?</div>', page, re.DOTALL)
        tags = re.findall(r'<span class="tag">(.*?)</span>', "".join(lines))
        assert tags == [one.format(moment) for one in told], role


def test_who_takes_part_is_not_told_whom_a_session_is_for(place, browser, session):
    access.change(session.pk, MODES["registered"], Participant.objects.get(pk=place["people"]["organiser"]))
    answer = browser("attendee").get(session.get_absolute_url())
    assert answer.status_code == 200 and "for-whom" not in answer.text
