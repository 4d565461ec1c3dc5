"""The engine: events in rooms, and writes that arrive together."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction

from chat.models import Message
from common import clock
from live.commit import in_bulk
from live.folding import fold_silent
from live.log import append, between
from live.models import Event, Room
from live.outcomes import Done, Outcome

WRITERS = 60


def publish(room: str, word: str, audience: str = "everyone") -> None:
    """An event that shows a word."""
    with transaction.atomic():
        append(room, "polls.gone", {"id": word}, audience=audience)


def publish_many(room: str, times: int, audience: str) -> None:
    """So many events for an audience."""
    for number in range(times):
        publish(room, f"{audience}-{number}", audience)


def publish_to_each(rooms: list[str], audiences: list[str]) -> None:
    """In each room an event for each audience, which it names; "end" is for everyone."""
    for room in rooms:
        for audience in audiences:
            publish(room, audience, "everyone" if audience == "end" else audience)


def log(room: str) -> list[tuple[int, str, str]]:
    """Number, client id and audience of each event of a room, in their order."""
    events = Event.objects.filter(room__key=room).order_by("seq")
    return [(event.seq, str(event.client_id), event.audience) for event in events]


def kinds() -> list[tuple[str, int, str]]:
    """Room, number and kind of every event."""
    return list(Event.objects.values_list("room__key", "seq", "kind"))


class Writers:
    """Threads that write to a room in the same moment; of ten, one is refused and one has to be tried again."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.start = threading.Barrier(WRITERS)
        self.transactions: Counter[tuple[int, int]] = Counter()
        self.outcomes: dict[int, int | str] = {}

    def write(self, number: int) -> None:
        self.start.wait()
        try:
            self.outcomes[number] = in_bulk(self.room, self.operation(number), self.each)
            written = Event.objects.filter(room__key=self.room, seq=self.outcomes[number])
            assert written.exists()  # committed when it returns
        except ValueError as error:
            self.outcomes[number] = f"refused {error}"
        finally:
            connection.close()

    def operation(self, number: int) -> Callable[[], int]:
        tries = 0

        def operation() -> int:
            nonlocal tries
            tries += 1
            self.transactions[threading.get_ident(), id(connection.atomic_blocks[0])] += 1
            event = append(self.room, "test.write", {"number": number})
            if number % 10 == 3:
                raise ValueError(number)
            if number % 10 == 4 and tries == 1:
                raise OperationalError("deadlock detected")
            return event.seq

        return operation

    @staticmethod
    def each(operations: list[Callable[[], int]]) -> list[Outcome[int]]:
        return [Done(operation()) for operation in operations]


def write_at_once(room: str) -> dict[str, Any]:
    """The outcome of each writer, what is stored of it, the room's head, and the writes of the fullest transaction."""
    writers = Writers(room)
    threads = [threading.Thread(target=writers.write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "outcomes": writers.outcomes,
        "stored": {event.data["number"]: event.seq for event in between(room, 0, 10**6)},
        "head": Room.heads([room])[room],
        "shared": max(writers.transactions.values()),
    }


def set_back(room: str, head: int) -> None:
    """Bring a room of the database back to `head`, as a standby has it that lagged behind."""
    Event.objects.filter(room__key=room, seq__gt=head).delete()
    Message.objects.filter(session=int(room.partition(":")[2]), seq__gt=head).delete()
    Room.objects.filter(key=room).update(head=head)


def lose(room: str) -> None:
    """Take a room out of the database, as a backup is of before it was opened."""
    Message.objects.filter(session=int(room.partition(":")[2])).delete()
    Room.objects.filter(key=room).delete()


def silent_for(room: str, days: float) -> None:
    """The room's events are that much older, and the job that forgets silent rooms has run."""
    Event.objects.filter(room__key=room).update(created_at=clock.now() - timedelta(days=days))
    fold_silent({})


def counted(room: str) -> list[int]:
    """How many events of a room are kept, and its head."""
    return [Event.objects.filter(room__key=room).count(), Room.heads([room])[room]]
