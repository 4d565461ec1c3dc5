"""Pages that were drawn before: settings and labels that others have changed, ids that were used before."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from common.versions import DRAWN_FROM
from questions.models import Question, QuestionSettings
from questions.state import edit
from sessions.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    return lambda name, *arguments: client.get(reverse(f"questions:{name}", args=arguments)).text


def drawn(text, form):
    return unescape(re.search(f'name="{DRAWN_FROM}" value="([^"]*)"', text[text.index(form) :])[1])


def test_settings_that_another_has_changed(session, http, page):
    before = drawn(page("board", session.pk), "settings-form")
    sent = {"anonymous_allowed": "on", "blocked_terms": "", DRAWN_FROM: before}
    assert http("organiser", "configure", session.pk, **sent | {"blocked_terms": "heck"}).status_code == 200
    kept = http("organiser", "configure", session.pk, **sent | {"names_for_moderators": "on"})
    assert kept.status_code == 200 and "heck</textarea>" in kept.text and "Saved." in kept.text
    assert Edition.objects.get().blocked_terms == "heck" and QuestionSettings.objects.get().names_for_moderators
    told = http("organiser", "configure", session.pk, **sent | {"blocked_terms": "darn"})
    assert told.status_code == 409 and "“heck”" in told.text and "darn</textarea>" in told.text
    assert told.headers["HX-Reswap"] == "outerHTML" and Edition.objects.get().blocked_terms == "heck"
    sent |= {"blocked_terms": "darn", "names_for_moderators": "on", DRAWN_FROM: drawn(told.text, "settings-form")}
    assert http("organiser", "configure", session.pk, **sent).status_code == 200
    assert Edition.objects.get().blocked_terms == "darn"


def test_the_intake_that_another_has_closed(session, http, page):
    before = drawn(page("board", session.pk), "intake-form")
    sent = {"intake": "open", "moderated": "on", "alternate": "on", DRAWN_FROM: before}
    http("moderator", "intake", session.pk, **sent | {"intake": "closed"})
    del sent["moderated"]
    assert http("moderator", "intake", session.pk, **sent).status_code == 200
    settings = QuestionSettings.objects.get()
    assert settings.intake == "closed" and not settings.moderated


def test_labels_that_another_has_set(session, http, asked):
    question = asked()
    client_page = http("moderator", "card", question.pk).text
    before = drawn(client_page, "/labels/")
    assert http("moderator", "labels", question.pk, labels="budget", **{DRAWN_FROM: before}).status_code == 204
    told = http("moderator", "labels", question.pk, labels="later", **{DRAWN_FROM: before})
    assert told.status_code == 409 and "“budget”" in told.text and 'value="later"' in told.text
    sent = {"labels": "later", DRAWN_FROM: drawn(told.text, "/labels/")}
    assert http("moderator", "labels", question.pk, **sent).status_code == 204


@pytest.mark.parametrize(("role", "name"), [("attendee", "questions"), ("moderator", "hall")])
def test_an_id_is_for_the_same_words_only(session, http, place, people, role, name):
    client_id = uuid.uuid4()
    first, repeat = (http(role, name, session.pk, text="Who pays?", client_id=client_id) for _ in range(2))
    assert first.status_code == repeat.status_code == 200
    other = http(role, name, session.pk, text="Who decides?", client_id=client_id)
    assert other.status_code == 409 and "sent other words already" in other.text
    assert Question.objects.get().text == "Who pays?"
    edit(client_id, "Who pays for it?", people["moderator"], expected=Question.objects.get().version)
    assert http(role, name, session.pk, text="Who pays?", client_id=client_id).status_code == 200
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    again = client.post(reverse(f"questions:{name}", args=[session.pk]), {"text": "Why?", "client_id": client_id})
    fresh = re.search('name="client_id" value="([^"]+)"', again.text)[1]
    assert again.status_code == 409 and ">Why?</textarea>" in again.text and fresh != str(client_id)
