"""What the awards keep of a person can be read by them, and goes when they go; what was submitted stays."""

import pytest

from awards import privacy
from awards.models import Conflict, Entry, Message, Review
from people import account
from tests.awards.conftest import entry_of, judge_of, stranger

pytestmark = pytest.mark.django_db


def test_all_of_it_is_in_the_download(place):
    owner = place["all"]["attendee"]
    entry = entry_of(place["category"], owner, title="Xk7canary")
    Message.objects.create(entry=entry, author=owner, text="Xk7words", from_entrant=True)
    judge = judge_of(place["call"], owner)
    Review.objects.create(judge=judge, entry=entry, marks={"impact": 1}, note="Xk7note")
    Conflict.objects.create(judge=judge, entry=entry, reason="Xk7reason")
    told = str(account.data_of(owner))
    assert all(f"Xk7{word}" in told for word in ("canary", "words", "note", "reason"))


def test_drafts_of_theirs_alone_go_and_the_rest_stays_without_them(place):
    owner, other = place["all"]["attendee"], place["all"]["moderator"]
    entry_of(place["category"], owner, "draft", title="Alone")
    shared = entry_of(place["category"], owner, "draft", title="Shared")
    shared.authors.add(other)
    entry_of(place["category"], owner, "submitted", title="Sent")
    account.delete(owner)
    left = {str(entry): [author.pk for author in entry.authors.all()] for entry in Entry.objects.all()}
    assert left == {"Shared": [other.pk], "Sent": []}
    assert not Entry.objects.filter(owner=owner).exists()


def test_marks_keep_counting_and_words_go(place):
    judge = judge_of(place["call"], stranger(1))
    entry = entry_of(place["category"], place["all"]["attendee"], "eligible")
    Review.objects.create(judge=judge, entry=entry, marks={"impact": 1}, note="Xk7canary")
    Conflict.objects.create(judge=judge, entry=entry, reason="Xk7canary")
    account.delete(judge.participant)
    assert Review.objects.get().marks == {"impact": 1}
    assert (Review.objects.get().note, Conflict.objects.get().reason) == ("", "")
    assert "Xk7canary" not in str(privacy.export(judge.participant))
