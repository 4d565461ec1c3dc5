"""Who follows is counted once over all processes, and nobody who has gone, however their process ended."""

import uuid
from datetime import timedelta

import pytest

from common import clock
from live.models import PRESENCE_LIFETIME, Follower, Presence
from live.presence import Reporter, totals

pytestmark = pytest.mark.django_db
ROOM, PARENT = "session:1", "edition:1"


def report(reporter, *identities, room=ROOM):
    reporter.report({room: (PARENT, frozenset(identities))} if identities else {})


def counted(room=ROOM):
    rows = Presence.fresh().values_list("parent", "key", "process", "count", "seen_at")
    by_row, by_key = totals(set(rows)).get(PARENT, {}).get(room, 0), Presence.counts([room]).get(room, 0)
    assert by_row == by_key
    return by_key


@pytest.fixture
def later(monkeypatch):
    """Let so much time pass."""
    start, passed = clock.now(), [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: start + passed[0])

    def wait(seconds):
        passed[0] += timedelta(seconds=seconds)

    return wait


def test_who_is_there_by_two_processes_counts_once():
    one, other = Reporter(), Reporter()
    report(one, 7, 8, "address")
    report(other, 7, 9, "address")
    assert counted() == 4
    report(one, 8)
    assert counted() == 4  # 7 and the address are still there by the other one
    report(other)
    assert counted() == 1
    assert list(Follower.there(ROOM).values_list("participant_id", flat=True)) == [8]


def test_after_a_crash_nobody_is_counted_twice_and_soon_nobody_who_has_gone(later):
    crashed, other = Reporter(), Reporter()
    report(crashed, 1, 2, 3)
    report(other, 4)
    later(3)
    report(other, 4, 1, 2)  # two have come back, by the other process
    assert counted() == 4
    later(PRESENCE_LIFETIME.total_seconds() - 2)
    report(other, 4, 1, 2)
    assert counted() == 3
    assert set(Follower.there(ROOM).values_list("participant_id", flat=True)) == {1, 2, 4}
    later(5 * PRESENCE_LIFETIME.total_seconds())
    report(other, 4, 1, 2)
    assert not Follower.objects.filter(process=crashed.process).exists()
    assert set(Presence.objects.values_list("process", flat=True)) == {other.process}


@pytest.mark.parametrize("lost", ["stood still", "set back"])
def test_what_has_been_lost_is_written_again(later, lost):
    one, other = Reporter(), Reporter()
    report(one, 1, 2)
    if lost == "set back":
        Follower.objects.all().delete()
    later(5 * PRESENCE_LIFETIME.total_seconds())
    report(other, 1)
    report(one, 1, 2)
    assert counted() == 2


def test_a_process_that_stops_takes_its_rows_with_it():
    one = Reporter()
    report(one, 1, uuid.uuid4().hex)
    one.withdraw()
    assert counted() == 0 and not Follower.objects.exists() and not Presence.objects.exists()
