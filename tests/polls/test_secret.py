"""Secret votes of other apps: answered like any poll, and counted by nobody but who put them."""

import pytest
from django.core.cache import cache

from live.log import between
from live.models import Room
from people.refusal import Refused
from polls import exchange, listing, prepare, secret, state, visibility
from polls.data import on_screen, presenter_data, results_of_voters, tallies
from polls.models import Poll, Results
from polls.tally import tally
from tests.polls.conftest import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(session, people):
    cache.clear()
    return secret.make(session, "Whom do you choose?", ["Trees", "Trams", "T" * 160], people["moderator"])


def told(session, pk, people):
    """All that polls tell of it: counts, cards, rows, the screen, files and frames."""
    poll = Poll.objects.select_related("session__edition", "session__stage__host_city").get(pk=pk)
    texts = [tallies([str(pk)]), presenter_data([poll]), on_screen(session), listing.rows(session)]
    texts += [results_of_voters([str(poll.round.pk)]), exchange.as_json(session), exchange.as_csv(session)]
    texts += [listing.cards(session, people[who]) for who in ("attendee", "speaker", "moderator")]
    for room in Room.objects.all():
        texts += [event.shown for event in between(room.key, 0, room.head)]
    return str(texts)


def test_a_vote_waits_is_open_and_is_counted_when_it_is_closed(session, people, crowd, vote):
    pk, options = vote
    assert secret.look([pk])[pk][:2] == ("waiting", 0)
    assert [len(text) for text in Poll.objects.get(pk=pk).options.values_list("text", flat=True)] == [5, 5, 120]
    secret.step(pk, "open", people["moderator"])
    answered(Poll.objects.get(pk=pk), crowd[:5], option=[1])
    answered(Poll.objects.get(pk=pk), crowd[5:7], option=[0])
    assert secret.look([pk])[pk][:2] == ("open", 7)
    with pytest.raises(Refused, match="not closed"):
        secret.result(pk)
    secret.step(pk, "close", people["moderator"])
    assert secret.result(pk) == {options[1]: 5, options[0]: 2}
    secret.step(pk, "open", people["moderator"])  # anew
    secret.step(pk, "close", people["moderator"])
    assert secret.result(pk) == {}


@pytest.mark.parametrize("results", Results.values)
def test_nobody_else_counts_it_whatever_the_poll_says(session, people, crowd, vote, results):
    pk, _options = vote
    secret.step(pk, "open", people["moderator"])
    Poll.objects.filter(pk=pk).update(results=results, screen=results, revealed=True)
    answered(Poll.objects.get(pk=pk), crowd[:5], option=[1])
    for closed in (False, True):
        if closed:
            secret.step(pk, "close", people["moderator"])
        text = told(session, pk, people)
        assert "'count': 5" not in text and "'share': 100" not in text and '"count": 5' not in text
        poll = Poll.objects.get(pk=pk)
        assert tally(poll, poll.round)["rows"] == [] and tally(poll, poll.round)["ballots"] == 5
        assert not any(visibility.shown_to(poll, role, voted=True) for role in ("attendee", "speaker", "staff"))
    Poll.objects.filter(pk=pk).update(sealed=False, results="live")
    assert "'count': 5" in told(session, pk, people), "the test can fail"


def test_it_is_not_edited_emptied_or_taken_away_by_others(session, people, crowd, vote):
    pk, _options = vote
    poll, by = Poll.objects.select_related("session__edition").get(pk=pk), people["moderator"]
    for attempt in (lambda: prepare.delete(poll, by), lambda: prepare.save(session, {"results": "live"}, [], pk, by)):
        with pytest.raises(Refused):
            attempt()
    secret.step(pk, "open", by)
    answered(poll, crowd[:2], option=[1])
    secret.step(pk, "close", by)
    for step, given in (("again", {}), ("reveal", {}), ("archive", {}), ("reset", {"count": 2})):
        with pytest.raises(Refused, match="sealed"):
            state.step(pk, step, by, **given)
    with pytest.raises(Refused):
        secret.remove(pk, by)
    assert secret.look([pk])[pk][:2] == ("closed", 2)


def test_who_put_it_takes_it_away_before_it_is_opened(session, people, vote):
    secret.remove(vote[0], people["moderator"])
    assert secret.look([vote[0]]) == {}
    with pytest.raises(Refused):
        secret.step(vote[0], "open", people["moderator"])


def test_one_entry_is_no_choice(session, people):
    with pytest.raises(Refused):
        secret.make(session, "Whom?", ["Trees"], people["moderator"])
