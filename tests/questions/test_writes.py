"""Upvotes that come over the sockets: each with its own outcome, the last wish of a person stands."""

import uuid

import pytest

from live.writes import Write
from questions.models import Upvote
from questions.state import step
from questions.upvotes import counts
from questions.writes import UPVOTE

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(asked):
    return asked()


@pytest.fixture
def published(asked, people):
    return step(asked("Who pays?").pk, "approve", people["moderator"])


def wish(who, asked, on=True, **changes):
    return Write(getattr(who, "pk", who), "en", {"question": str(asked.pk), "on": on} | changes)


def statuses(*said):
    return [reply.status for reply in UPVOTE.by_socket(list(said))]


def test_each_wish_of_a_batch_has_its_own_outcome(people, published, pending):
    attendee, speaker = people["attendee"], people["speaker"]
    batch = [
        (wish(attendee, published), 200),
        (wish(speaker, published), 200),
        (wish(speaker, published, on=False), 200),
        (wish(people["outsider"], published), 403),
        (wish(people["banned"], published), 403),
        (wish(999_999, published), 404),
        (wish(attendee, published, question=str(uuid.uuid4())), 404),
        (wish(attendee, published, question="no"), 404),
        (wish(attendee, published, question=7), 404),
        (wish(attendee, published, on="1"), 422),
        (Write(attendee.pk, "en", None), 404),
        (wish(attendee, pending), 409),
        (wish(people["moderator"], published), 200),
    ]
    replies = UPVOTE.by_socket([one for one, _status in batch])
    assert [reply.status for reply in replies] == [status for _one, status in batch]
    assert all(reply.html for reply in replies if reply.status != 200)
    assert set(Upvote.objects.values_list("participant", flat=True)) == {attendee.pk, people["moderator"].pk}
    assert counts([published]) == {published.pk: 2}


def test_a_repeat_changes_nothing_and_closing_refuses(people, published):
    assert statuses(wish(people["attendee"], published), wish(people["attendee"], published)) == [200, 200]
    assert statuses(wish(people["attendee"], published)) == [200] and counts([published]) == {published.pk: 1}
    step(published.pk, "dismiss", people["moderator"])
    assert statuses(wish(people["outsider"], published)) == [403]  # nothing is left to store
    assert statuses(wish(people["speaker"], published)) == [409] and counts([published]) == {published.pk: 1}


def test_it_shares_its_limit_with_http(people, published):
    found = statuses(*(wish(people["attendee"], published, on=bool(at % 2)) for at in range(140)))
    assert found[0] == 200 and found[-1] == 429 and set(found) == {200, 429}
