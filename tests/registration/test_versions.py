"""Two people with pages that were drawn before: nothing that one has changed is undone silently by the other."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.versions import DRAWN_FROM
from people.models import Ban, EventCode, Participant, Registration
from sessions.models import Session, Speaker
from tests.registration.wizard import Form, Wizard


def drawn(client, path, form=""):
    """The version in a form of a page: of the form that follows the words `form`."""
    page = client.get(path).text
    return unescape(re.search(f'name="{DRAWN_FROM}" value="([^"]*)"', page[page.index(form) :])[1])


def later():
    return (timezone.now() + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")


def test_whom_a_session_is_for(browser, place):
    path = reverse("registration:access", args=[place["session"]])
    before = drawn(browser(), path, 'class="fields access"')
    assert browser().post(path, {"visibility": "invited", DRAWN_FROM: before}).status_code == 302
    mine = {"visibility": "public", "guests_may": ["chat"], DRAWN_FROM: before}
    assert browser().post(path, mine).status_code == 302
    session = Session.objects.get(pk=place["session"])
    assert (session.visibility, session.guests_may) == ("invited", ["chat"])


def test_what_both_changed_is_told_and_overwritten_knowingly(browser, place):
    path = reverse("registration:access", args=[place["session"]])
    before = drawn(browser(), path, 'class="fields access"')
    browser().post(path, {"visibility": "invited", DRAWN_FROM: before})
    mine = {"visibility": "registered", "guests_may": ["chat"], DRAWN_FROM: before}
    told = browser().post(path, mine)
    assert told.status_code == 409 and "to “By invitation”" in told.text
    assert re.search(r'value="registered"[^>]* checked', told.text) and re.search(
        r'value="chat"[^>]* checked', told.text
    )
    assert Session.objects.get(pk=place["session"]).visibility == "invited"
    page = told.text[told.text.index('class="fields access"') :]
    mine[DRAWN_FROM] = re.search(f'name="{DRAWN_FROM}" value="([^"]*)"', page)[1]
    assert browser().post(path, mine).status_code == 302
    assert Session.objects.get(pk=place["session"]).visibility == "registered"


def test_a_code_that_another_has_made(browser, place, session):
    path = reverse("registration:access", args=[place["session"]])
    address = reverse("registration:code", args=[place["session"]])
    before = drawn(browser(), path, "code-title")
    sent = {"expires_at": later(), DRAWN_FROM: before}
    assert browser().post(address, sent).status_code == 302
    first = EventCode.of(session.room_key).code
    told = browser().post(address, sent)
    assert told.status_code == 409 and f"“{first}”" in told.text and EventCode.of(session.room_key).code == first
    assert browser().post(address, {"revoke": "ANOTHER8"}).status_code == 409
    assert EventCode.of(session.room_key).code == first


def test_a_registration(browser, place):
    who = {"participant_id": place["people"]["attendee"], "scope": f"edition:{place['edition']}"}
    held = Registration.objects.create(**who, ticket="X-1", pass_type="online")
    path = reverse("registration:person", args=[place["slug"], held.participant_id])
    address = reverse("registration:registration", args=[place["slug"], held.participant_id])
    before, old = drawn(browser(), path, f'name="change" value="{held.pk}"'), held.pass_type
    sent = {"change": held.pk, "pass_type": old, "ticket": held.ticket, DRAWN_FROM: before}
    browser().post(address, sent | {"pass_type": "press"})
    assert browser().post(address, sent | {"ticket": "X-99"}).status_code == 302
    held.refresh_from_db()
    assert (held.pass_type, held.ticket) == ("press", "X-99")
    assert browser().post(address, sent | {"pass_type": "jury"}).status_code == 409


def test_a_ban_that_another_has_set(browser, place):
    who = Participant.objects.get(pk=place["people"]["attendee"])
    for path, address, more in (
        (reverse("registration:person", args=[place["slug"], who.pk]),
         reverse("registration:ban", args=[place["slug"], who.pk]), {}),
        (reverse("registration:bans", args=[place["session"]]) + f"?who={who.pk}",
         reverse("registration:bans", args=[place["session"]]), {"who": who.pk}),
    ):  # fmt: skip
        sent = {
            "length": "good",
            "reason": "Threats",
            DRAWN_FROM: drawn(browser(), path, f'action="{address}" novalidate'),
            **more,
        }
        assert browser().post(address, sent).status_code == 302
        told = browser().post(address, sent | {"length": "hour", "reason": "Noise"})
        assert told.status_code == 409 and "“Threats (for good)”" in told.text and "Noise" in told.text
        assert Ban.objects.standing().last().reason == "Threats"


def test_a_speaker_whom_another_has_linked(browser, place):
    speaker = Speaker.objects.get(pk=place["speaker_page"])
    path = reverse("registration:speaker", args=[place["slug"], speaker.pk])
    browser().post(path, {"email": "li@example.org"})
    seen = Participant.objects.get(email="li@example.org").pk
    browser().post(path, {"unlink": str(seen)})
    browser().post(path, {"email": "wei@example.org"})
    assert browser().post(path, {"unlink": str(seen)}).status_code == 409
    speaker.refresh_from_db()
    assert speaker.participant.email == "wei@example.org"


def test_ones_own_profile_in_two_tabs(browser, place):
    path, who = reverse("people:account"), Participant.objects.get(pk=place["people"]["attendee"])
    sent = {"name": who.name, "visibility": "full", "city": who.city, "country": who.country}
    sent |= {"organisation": who.organisation, DRAWN_FROM: drawn(browser("attendee"), path)}
    browser("attendee").post(path, sent | {"city": "Lleida"})
    assert browser("attendee").post(path, sent | {"name": "Ona"}).status_code == 302
    who.refresh_from_db()
    assert (who.city, who.name) == ("Lleida", "Ona")
    told = browser("attendee").post(path, sent | {"city": "Girona"})
    assert told.status_code == 409 and "“Lleida”" in told.text and 'value="Girona"' in told.text


@pytest.fixture
def operator(place):
    client = Client()
    client.force_login(Participant.objects.create_superuser("root@example.org", name="Root"))
    return client


def test_the_admins_pages(operator, place):
    session = Session.objects.get(pk=place["session"])
    path = reverse("admin:congress_session_change", args=[session.pk])
    form = operator.get(path).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    sent |= {f"start_{at}": part for at, part in enumerate(session.start.strftime("%Y-%m-%d %H:%M:%S").split())}
    sent |= {f"end_{at}": part for at, part in enumerate(session.end.strftime("%Y-%m-%d %H:%M:%S").split())}
    sent = {name: value for name, value in sent.items() if value is not None and name not in ("start", "end")}
    sent["speakers"] = ",".join(str(one.pk) for one in session.speakers.all())
    sent = {name: "" if value in ([], False) else value for name, value in sent.items()} | {DRAWN_FROM: form.marks}
    first = operator.post(path, sent | {"title": "Theirs"})
    assert first.status_code == 302, first.context["adminform"].form.errors
    told = operator.post(path, sent | {"title": "Mine"})
    assert told.status_code == 200 and "to “Theirs”" in told.text and 'value="Mine"' in told.text
    assert Session.objects.get(pk=session.pk).title == "Theirs"
    assert DRAWN_FROM in told.text and f'name="{DRAWN_FROM}"' in operator.get(path).text


def test_a_mapping_that_another_has_chosen(browser, place):
    edition = Session.objects.get(pk=place["session"]).edition
    wizard = Wizard(browser(), edition, "Code,E-mail,City\nA1,a@example.org,Vic\n")
    mine = Form(wizard.page()).fields
    wizard.sent({}, city="")
    told = browser().post(wizard.address, {name: value or "" for name, value in mine.items()})
    assert told.status_code == 409 and "Somebody else has chosen other columns" in told.text
    wizard.found.refresh_from_db()
    assert "city" not in wizard.found.columns
