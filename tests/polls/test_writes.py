"""Ballots that come over the sockets: each with its own outcome, in one batch with those that are refused."""

import pytest

from live.writes import Write
from polls.models import Ballot
from polls.state import step
from polls.writes import BALLOT
from tests.polls.conftest import opened

pytestmark = pytest.mark.django_db


def ballot(who, poll, at=0, /, **changes):
    option = str(poll.options.all()[at].pk)
    return Write(getattr(who, "pk", who), "en", {"poll": poll.pk, "fields": {"option": [option]}} | changes)


def test_each_ballot_of_a_batch_has_its_own_outcome(session, people):
    closed = opened(session)
    step(closed.pk, "close")
    poll = opened(session)
    attendee = people["attendee"]
    batch = [
        (ballot(attendee, poll), 200),
        (ballot(people["speaker"], poll, 1), 200),
        (ballot(people["outsider"], poll), 403),
        (ballot(people["banned"], poll), 403),
        (ballot(999_999, poll), 404),
        (ballot(attendee, poll, poll=999_999), 404),
        (ballot(attendee, closed), 409),
        (ballot(attendee, poll, fields={"option": ["7"]}), 409),
        (ballot(attendee, poll, fields=None), 422),
        (Write(attendee.pk, "en", []), 404),
        (ballot(people["moderator"], poll), 200),
    ]
    replies = BALLOT.by_socket([said for said, _status in batch])
    assert [reply.status for reply in replies] == [status for _said, status in batch]
    assert all(reply.html for reply in replies if reply.status != 200)
    voters = {attendee.pk, people["speaker"].pk, people["moderator"].pk}
    assert set(Ballot.objects.values_list("participant", flat=True)) == voters


def test_who_changes_their_mind_every_second_is_not_hit(session, people, http):
    """Both ways each time, as when the socket answers late; the flood after that is refused."""
    poll = opened(session)
    statuses = [
        reply.status for reply in BALLOT.by_socket([ballot(people["attendee"], poll, n % 3) for n in range(60)])
    ]
    keys = [str(option.pk) for option in poll.options.all()]
    statuses += [http("attendee", "ballot", poll.pk, option=keys[n % 3]).status_code for n in range(60)]
    assert set(statuses) == {200}
    assert BALLOT.by_socket([ballot(people["attendee"], poll)])[0].status == 429
    assert http("attendee", "ballot", poll.pk, option=keys[0]).status_code == 429
    assert BALLOT.by_socket([ballot(people["speaker"], poll)])[0].status == 200
    assert Ballot.objects.count() == 2
