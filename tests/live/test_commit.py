"""Group commit: shared transaction, own outcome, acknowledged only after the commit; on both databases."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from live import commit
from live.log import append, once
from live.models import Event
from live.outcomes import Done

ROOM = "session:1"


def in_threads(count, work):
    """The outcome (result or exception) of work(0), work(1), ... run at once."""

    def one(number):
        try:
            return work(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def together(operation):
    return commit.in_bulk(ROOM, operation, each)


def each(operations):
    return [Done(operation()) for operation in operations]


@pytest.fixture
def held():
    """The room's turn is taken until `release()`, so that what arrives waits together."""
    queue = commit.queue_of(ROOM)
    queue.taken = True
    timer = threading.Timer(0.5, queue.pass_on)
    timer.start()
    yield
    timer.join()


def write(number, client_id=None, participant=1):
    def operation():
        event = append(ROOM, "polls.gone", {"id": str(number)}, participant_id=participant, client_id=client_id)
        if number % 3 == 2:
            raise ValueError(number)
        return event

    return together(lambda: once(ROOM, participant, client_id or uuid.uuid4(), operation))


@pytest.mark.django_db(transaction=True)
def test_each_has_its_own_outcome_in_one_transaction(held):
    commits = []

    def work(number):
        if number % 3 != 2:
            return together(lambda: (transaction.on_commit(lambda: commits.append(1)), write(number))[1])
        return write(number)

    outcomes = in_threads(12, work)
    failed = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, ValueError)]
    assert failed == [2, 5, 8, 11]
    seqs = sorted(outcome.seq for number, outcome in enumerate(outcomes) if number not in failed)
    assert seqs == list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 9))
    assert len(commits) == 8


@pytest.mark.django_db(transaction=True)
def test_one_id_written_many_times_at_once_is_one_event(held):
    client_id = uuid.uuid4()
    outcomes = in_threads(8, lambda _: write(0, client_id))
    assert {outcome.seq for outcome in outcomes} == {1} and Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_a_commit_that_failed(held, monkeypatch):
    def fail():
        raise OperationalError("The database went away")

    monkeypatch.setattr(type(connections["default"]), "_commit", lambda self: fail())
    outcomes = in_threads(5, lambda _: write(0))
    monkeypatch.undo()
    assert all(isinstance(outcome, OperationalError) for outcome in outcomes), outcomes
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_they_share_transactions(held, monkeypatch):
    real, taken = commit.Queue.commit, []
    monkeypatch.setattr(commit.Queue, "commit", lambda self: (taken.append(len(self.waiting)), real(self)))
    in_threads(10, lambda _: write(0))
    assert taken == [10]
