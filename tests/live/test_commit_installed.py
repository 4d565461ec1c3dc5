"""Group commit: every write its own outcome, in one order, in fewer transactions than writes."""

import pytest

WRITERS = """
import threading, time, uuid
from collections import Counter
from django.db import OperationalError, connection, transaction
from live.commit import in_bulk
from live.log import append, between
from live.models import Event, Room

transactions, outcomes, start = Counter(), {}, threading.Barrier(60)

def each(operations):
    return [operation() for operation in operations]

def write(number):
    tries = Counter()
    def operation():
        transactions[threading.get_ident(), connection.connection and id(connection.atomic_blocks[0])] += 1
        tries[number] += 1
        event = append(room, "test.write", {"number": number})
        if number % 10 == 3:
            raise ValueError(number)
        if number % 10 == 4 and tries[number] == 1:
            raise OperationalError("deadlock detected")
        return event.seq
    start.wait()
    try:
        outcomes[number] = in_bulk(room, operation, each)
        assert Event.objects.filter(room__key=room, seq=outcomes[number]).exists()  # committed when it returns
    except ValueError as error:
        outcomes[number] = f"refused {error}"
    finally:
        connection.close()

threads = [threading.Thread(target=write, args=(number,)) for number in range(60)]
for thread in threads: thread.start()
for thread in threads: thread.join()
stored = {event.data["number"]: event.seq for event in between(room, 0, 10**6)}
shared = max(transactions.values())
result = {"outcomes": outcomes, "stored": stored, "head": Room.heads([room])[room], "shared": shared}
"""


@pytest.mark.parametrize("room", ["session:901", "session:902"])
def test_every_write_has_its_own_outcome(stack, room):
    told = stack.call(WRITERS, room=room)
    assert len(told["outcomes"]) == 60
    for number, outcome in told["outcomes"].items():
        if int(number) % 10 == 3:
            assert outcome == f"refused {number}" and number not in told["stored"]
        else:
            assert told["stored"][number] == outcome
    assert sorted(told["stored"].values()) == list(range(1, 55)) and told["head"] == 54  # no gaps
    assert told["shared"] > 1
