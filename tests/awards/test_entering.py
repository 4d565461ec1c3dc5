"""Entering: nothing written is lost, what counts is what was submitted, and the closing is an instant."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from awards import entering, state
from awards.content import completeness, criteria_of, lacks, questions_of
from awards.forms import EntryForm
from awards.models import Entry, State
from common import clock
from people.models import AuditEntry, Participant
from people.refusal import Refused
from tests.awards.conftest import QUESTIONS, WHOLE, entry_of

pytestmark = pytest.mark.django_db
ASKED = questions_of(QUESTIONS)


@pytest.fixture
def owner(place):
    return place["all"]["attendee"]


@pytest.fixture
def draft(place, owner):
    return entry_of(place["category"], owner, "draft")


def signed_in(place, role="attendee"):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client


def at(entry, **since_closing):
    return entry.call.closes_at + timedelta(**since_closing)


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({}, []),
        ({"title": ""}, ["title"]),
        ({"summary": "x" * 201}, ["summary"]),
        ({"link": "javascript:alert(1)"}, ["link"]),
        ({"agreed": False, "city": ""}, ["city", "agreed"]),
    ],
)
def test_what_a_draft_lacks(change, keys):
    found = lacks(ASKED, WHOLE | change)
    assert [lack.key for lack in found] == keys
    assert (completeness(ASKED, WHOLE | change) == 100) == (not keys)


@pytest.mark.parametrize("text", ["a", "a | A | poem | 5 |", "title | A | text | 5 |", "a | A | text | 0 |", "A b | c"])
def test_a_line_that_is_no_question_is_refused(text):
    with pytest.raises(Exception, match="Line 1"):
        questions_of(text)


@pytest.mark.parametrize("text", ["a | A | 1", "a | A | 0 | 1-2", "a | A | 5 | 5-5", "a | A | 5 | 9-1"])
def test_a_line_that_is_no_criterion_is_refused(text):
    with pytest.raises(Exception, match="Line 1"):
        criteria_of(text)


def test_only_what_was_submitted_counts(place, draft, owner):
    entry = entering.submit(draft.pk, owner, clock.now(), "")
    assert (entry.state, entry.title, entry.answers["summary"]) == ("submitted", WHOLE["title"], WHOLE["summary"])
    entering.save(entry, entry.draft | {"title": "Changed"}, clock.now(), "")
    entry.refresh_from_db()
    assert (entry.title, entry.changed_since) == (WHOLE["title"], True)
    assert entering.submit(draft.pk, owner, clock.now(), "").title == "Changed"
    assert AuditEntry.objects.filter(action="awards.submit").count() == 2


def test_what_is_not_complete_is_not_submitted(place, owner):
    entry = entry_of(place["category"], owner, "draft", summary="")
    with pytest.raises(Refused, match="Summary is missing"):
        entering.submit(entry.pk, owner, clock.now(), "")


def test_the_grace_is_for_who_was_writing_at_the_closing(place, draft):
    mark = entering.mark(draft)
    assert entering.may_write(draft, at(draft, seconds=-1))
    assert not entering.may_write(draft, at(draft, seconds=0))
    assert entering.may_write(draft, at(draft, seconds=0), mark)
    assert entering.may_write(draft, at(draft, minutes=10, seconds=-1), mark)
    assert not entering.may_write(draft, at(draft, minutes=10), mark)
    assert not entering.may_write(draft, at(draft, seconds=0), mark + "x")


def test_a_mark_of_another_entry_or_from_after_the_closing_is_none(place, draft, owner, monkeypatch):
    other = entry_of(place["category"], owner, "draft")
    assert not entering.may_write(draft, at(draft, seconds=1), entering.mark(other))
    monkeypatch.setattr(entering.clock, "timestamp", lambda: at(draft, seconds=1).timestamp())
    assert not entering.may_write(draft, at(draft, seconds=2), entering.mark(draft))


def test_it_is_saved_while_one_writes(place, draft):
    client, url = signed_in(place), reverse("awards:edit", args=[draft.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, {"title": "Half a ti", "summary": "y" * 500}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Saved at" in answer.text
    draft.refresh_from_db()
    assert draft.draft == {"title": "Half a ti", "summary": "y" * 500}, "too long, and kept"


def test_two_authors_do_not_overwrite_each_other(place, draft):
    client, url = signed_in(place), reverse("awards:edit", args=[draft.pk])
    drawn = EntryForm(draft).marks
    sent = {**WHOLE, "drawn_from": drawn}
    client.post(url, sent | {"title": "Mine"}, headers={"HX-Request": "true"})
    answer = client.post(url, sent | {"city": "Abuja"}, headers={"HX-Request": "true"})
    draft.refresh_from_db()
    assert (draft.draft["title"], draft.draft["city"]) == ("Mine", "Abuja")
    assert 'value="Mine"' in answer.text and "hx-swap-oob" in answer.text, "what the other wrote comes into the page"
    answer = client.post(url, sent | {"title": "Yours"}, headers={"HX-Request": "true"})
    draft.refresh_from_db()
    assert draft.draft["title"] == "Mine" and "Somebody else" in answer.text and drawn in answer.text
    client.post(url, sent | {"title": "Yours", "overwrite": "1"}, headers={"HX-Request": "true"})
    draft.refresh_from_db()
    assert draft.draft["title"] == "Yours"


def test_late_words_are_refused_and_the_saved_ones_stay(place, draft):
    place["call"].closes_at = clock.now() - timedelta(minutes=20)
    place["call"].save()
    client = signed_in(place)
    answer = client.post(reverse("awards:edit", args=[draft.pk]), {"title": "Late", "mark": entering.mark(draft)})
    assert answer.status_code == 409
    answer = client.post(reverse("awards:step", args=[draft.pk]), {"action": "submit"})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert (draft.draft, draft.state) == (WHOLE, State.DRAFT)


def test_begin_fills_in_what_is_known_and_only_while_the_call_is_open(place):
    client, url = signed_in(place), reverse("awards:begin", args=[place["slug"]])
    Participant.objects.filter(pk=place["people"]["attendee"]).update(organisation="City of Lagos")
    client.post(url, {"category": place["category"].pk})
    assert Entry.objects.get().draft == {"organisation": "City of Lagos", "city": "Lagos"}
    place["call"].closes_at = clock.now()
    place["call"].save()
    assert client.post(url, {"category": place["category"].pk}).status_code == 409


def test_withdrawing_is_taken_back_while_the_call_is_open(place, draft, owner):
    entry = entering.submit(draft.pk, owner, clock.now(), "")
    assert entering.withdraw(entry.pk, owner).state == "withdrawn"
    assert entering.resume(entry.pk, owner, clock.now()).state == "submitted"
    entering.withdraw(entry.pk, owner)
    with pytest.raises(Refused):
        entering.resume(entry.pk, owner, at(entry, seconds=0))


def test_only_people_of_the_organisation_write_too(place, draft, owner):
    people = place["all"]
    Participant.objects.filter(pk__in=[owner.pk, people["moderator"].pk]).update(organisation="City of Lagos")
    owner.refresh_from_db()
    words = set()
    for email in (people["speaker"].email, "nobody@example.org", people["outsider"].email):
        with pytest.raises(Refused) as refused:
            entering.add_author(draft, email, owner)
        words.add(str(refused.value))
    assert len(words) == 1, "the answer tells nothing about an address"
    entering.add_author(draft, people["moderator"].email, owner)
    assert signed_in(place, "moderator").get(reverse("awards:edit", args=[draft.pk])).status_code == 200
    entering.remove_author(draft, people["moderator"].pk, owner)
    assert signed_in(place, "moderator").get(reverse("awards:edit", args=[draft.pk])).status_code == 404
    with pytest.raises(Refused):
        entering.remove_author(draft, owner.pk, owner)


TABLE = {
    "draft": {"submit", "withdraw"},
    "submitted": {"submit", "withdraw", "accept", "query", "refuse", "object"},
    "query": {"submit", "withdraw", "answer", "accept", "query", "refuse", "object"},
    "eligible": {"withdraw", "nominate", "third", "second", "mention", "win", "object"},
    "ineligible": {"accept", "object"},
    "withdrawn": {"resume"},
    "finalist": {"third", "second", "mention", "win", "object", "move"},
    "third": {"object", "move"},
    "second": {"object", "move"},
    "mention": {"object", "move"},
    "winner": {"object", "move"},
}


@pytest.mark.parametrize("source", State.values)
def test_the_steps_are_those_of_the_table(place, owner, source):
    for action in state.LABELS:
        entry = entry_of(place["category"], owner, source)
        try:
            state.step(entry.pk, action, owner, words="Because")
        except Refused:
            assert action not in TABLE[source], action
            entry.refresh_from_db()
            assert entry.state == source
        else:
            assert action in TABLE[source], action
            assert state.undo(entry.pk, owner, state.LABELS).state == source, "every step can be taken back"


def test_nobody_takes_back_what_others_did(place, owner):
    entry = entry_of(place["category"], owner)
    state.step(entry.pk, "accept", place["all"]["organiser"])
    state.step(entry.pk, "withdraw", owner)
    with pytest.raises(Refused):
        state.undo(entry.pk, place["all"]["organiser"], state.STEPS)
