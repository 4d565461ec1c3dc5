"""Organisers decide who is eligible, ask, and take back; entrants answer in time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards import entering, state
from awards.models import Entry
from common import clock
from people.models import AuditEntry
from people.refusal import Refused
from tests.awards.conftest import WHOLE, entry_of
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(place):
    return entry_of(place["category"], place["all"]["attendee"])


def decide(place, entry, **data):
    entry.refresh_from_db()
    return signed_in(place, "organiser").post(
        reverse("awards:decide", args=[entry.pk]), {"version": entry.version} | data
    )


def state_of(entry):
    return Entry.objects.get(pk=entry.pk).state


def test_a_question_is_answered_after_the_closing_too(place, entry):
    place["call"].closes_at = clock.now() - timedelta(hours=2)
    place["call"].save()
    until = (clock.now() + timedelta(days=2)).astimezone(place["at"].edition.host_city.zone)
    decide(place, entry, action="query", words="Which city?", until=until.strftime("%Y-%m-%dT%H:%M"))
    assert state_of(entry) == "query"
    own = signed_in(place)
    assert "Which city?" in own.get(reverse("awards:own", args=[entry.pk])).text
    own.post(reverse("awards:edit", args=[entry.pk]), WHOLE | {"city": "Abuja"})
    own.post(reverse("awards:step", args=[entry.pk]), {"action": "answer", "words": "Abuja"})
    entry.refresh_from_db()
    assert (entry.state, entry.city) == ("submitted", "Abuja")
    assert "Abuja" in signed_in(place, "organiser").get(reverse("awards:check", args=[entry.pk])).text
    decide(place, entry, action="accept")
    assert state_of(entry) == "eligible"
    assert own.post(reverse("awards:edit", args=[entry.pk]), WHOLE).status_code == 409


def test_an_answer_that_is_late_is_refused(place, entry):
    owner = place["all"]["attendee"]
    state.step(entry.pk, "query", words="Which?", until=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="over"):
        entering.answer(entry.pk, owner, "This", clock.now() + timedelta(days=1))


def test_a_question_without_a_time_and_a_refusal_without_a_reason_are_none(place, entry):
    assert decide(place, entry, action="query", words="Which?").status_code == 422
    assert decide(place, entry, action="refuse").status_code == 422
    assert state_of(entry) == "submitted"


def test_a_refusal_has_a_reason_and_is_taken_back(place, entry):
    decide(place, entry, action="refuse", words="Not a city government")
    assert "Not a city government" in signed_in(place).get(reverse("awards:own", args=[entry.pk])).text
    decide(place, entry, action="undo")
    assert state_of(entry) == "submitted"
    assert list(AuditEntry.objects.values_list("action", flat=True))[:2] == ["awards.undo", "awards.refuse"]


def test_two_organisers_do_not_decide_the_same(place, entry):
    decide(place, entry, action="accept")
    late = signed_in(place, "organiser").post(
        reverse("awards:decide", args=[entry.pk]), {"action": "refuse", "words": "No", "version": 0}
    )
    assert late.status_code == 409 and state_of(entry) == "eligible"


def test_a_draft_is_its_authors_alone(place):
    draft = entry_of(place["category"], place["all"]["attendee"], "draft", title="Xk7canary")
    organiser = signed_in(place, "organiser")
    assert organiser.get(reverse("awards:check", args=[draft.pk])).status_code == 404
    for name, arguments in (("queue", []), ("export", ["csv"]), ("export", ["json"]), ("index", [])):
        assert "Xk7canary" not in organiser.get(reverse(f"awards:{name}", args=[place["slug"], *arguments])).text
