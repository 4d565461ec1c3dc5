"""The threads that answer requests: a fixed number, people inside first, no waiting without hope."""

import asyncio
import threading
import time
import uuid

import pytest
from django.conf import settings
from django.db import connection

from hybrid import workers as module
from hybrid.workers import InLine, Workers
from live import commit
from live.outcomes import Done
from tests import world
from tests.browser_http import Browser
from tests.programs import chat


class Gate:
    """Work that says when it runs, and ends when it is told."""

    def __init__(self):
        self.running, self.most, self.order = 0, 0, []
        self.lock, self.open = threading.Lock(), threading.Event()

    def work(self, name):
        def run():
            with self.lock:
                self.running += 1
                self.most = max(self.most, self.running)
                self.order.append(name)
            assert self.open.wait(10)
            with self.lock:
                self.running -= 1
            return name

        return run


async def test_no_more_than_its_threads_work_at_once():
    workers, gate = Workers(3), Gate()
    asked = [asyncio.ensure_future(workers.run(gate.work(name), inside=False)) for name in range(20)]
    await asyncio.sleep(0.1)
    assert (gate.running, workers.waiting) == (3, 17)
    gate.open.set()
    assert await asyncio.gather(*asked) == list(range(20))
    assert gate.most == 3


async def test_people_inside_go_first_and_others_in_their_order():
    workers, gate = Workers(1), Gate()
    asked = [asyncio.ensure_future(workers.run(gate.work("first"), inside=False))]
    await asyncio.sleep(0.05)
    for name, inside in (("page 1", False), ("page 2", False), ("write 1", True), ("write 2", True)):
        asked.append(asyncio.ensure_future(workers.run(gate.work(name), inside=inside)))
    await asyncio.sleep(0.05)
    gate.open.set()
    await asyncio.gather(*asked)
    assert gate.order == ["first", "write 1", "write 2", "page 1", "page 2"]


async def test_who_cannot_be_answered_in_time_is_told_at_once(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    workers, gate = Workers(1), Gate()
    asked = [asyncio.ensure_future(workers.run(gate.work(name), inside=False)) for name in ("first", "second")]
    await asyncio.sleep(0.1)
    with pytest.raises(InLine):
        await workers.run(gate.work("third"), inside=False)
    asked.append(asyncio.ensure_future(workers.run(gate.work("write"), inside=True)))  # has a line of its own
    gate.open.set()
    await asyncio.gather(*asked)
    assert gate.order == ["first", "write", "second"]
    assert await workers.run(gate.work("later"), inside=False) == "later"


async def test_lines_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    workers, gate = Workers(1), Gate()
    asked = [asyncio.ensure_future(workers.run(gate.work(name), inside=True)) for name in range(3)]
    await asyncio.sleep(0.05)
    with pytest.raises(InLine):
        await workers.run(gate.work("too many"), inside=True)
    gate.open.set()
    await asyncio.gather(*asked)


async def test_who_has_gone_takes_no_thread():
    workers, gate = Workers(1), Gate()
    first = asyncio.ensure_future(workers.run(gate.work("first"), inside=False))
    await asyncio.sleep(0.05)
    gone = asyncio.ensure_future(workers.run(gate.work("gone"), inside=False))
    last = asyncio.ensure_future(workers.run(gate.work("last"), inside=False))
    await asyncio.sleep(0.05)
    gone.cancel()
    gate.open.set()
    assert await asyncio.gather(first, last) == ["first", "last"]
    assert gate.order == ["first", "last"]


async def test_what_fails_fails_for_its_own_caller():
    workers = Workers(1)

    def fail():
        raise ValueError("this one")

    with pytest.raises(ValueError, match="this one"):
        await workers.run(fail, inside=False)
    assert await workers.run(lambda: "next", inside=False) == "next"


def resting(workers, work):
    def run():
        with workers.resting():
            return work()

    return run


async def test_who_rests_gives_the_place_to_another():
    workers, gate = Workers(1), Gate()
    asked = [asyncio.ensure_future(workers.run(resting(workers, gate.work(name)), inside=True)) for name in range(2)]
    await asyncio.sleep(0.1)
    assert gate.running == 2
    assert await workers.run(lambda: "another", inside=False) == "another"
    gate.open.set()
    assert await asyncio.gather(*asked) == [0, 1]


async def test_who_has_rested_has_a_place_again():
    workers, gate, rested = Workers(1), Gate(), threading.Event()

    def work():
        with workers.resting():
            assert rested.wait(10)
        return gate.work("first")()

    first = asyncio.ensure_future(workers.run(work, inside=True))
    await asyncio.sleep(0.05)
    rested.set()
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(workers.run(gate.work("second"), inside=True))
    await asyncio.sleep(0.05)
    assert (gate.order, workers.waiting) == (["first"], 1)
    gate.open.set()
    assert await asyncio.gather(first, second) == ["first", "second"]


async def test_those_who_rest_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_RESTING", 2)
    workers, gate = Workers(1), Gate()
    asked = [asyncio.ensure_future(workers.run(resting(workers, gate.work(name)), inside=True)) for name in range(5)]
    await asyncio.sleep(0.1)
    assert (gate.running, workers.waiting) == (3, 2)
    gate.open.set()
    assert await asyncio.gather(*asked) == list(range(5))


def test_another_thread_rests_without_a_place():
    with Workers(1).resting():
        pass


@pytest.mark.django_db(transaction=True)
async def test_more_writes_than_threads_are_committed_together():
    batches, go = [], threading.Event()
    numbers = range(2 * settings.REQUEST_THREADS)

    def work(items):
        batches.append(items)
        assert go.wait(10)
        return [Done(item) for item in items]

    def write(number):
        try:
            return [outcome.get() for outcome in commit.all_in_bulk("room", [number], work)]
        finally:
            connection.close()

    asked = [asyncio.ensure_future(module.workers.run(lambda at=at: write(at), inside=True)) for at in numbers]
    until = time.monotonic() + 10
    while len(commit.queue_of("room").waiting) < len(numbers) - 1 and time.monotonic() < until:
        await asyncio.sleep(0.01)
    go.set()
    assert await asyncio.gather(*asked) == [[number] for number in numbers]
    assert sorted(map(len, batches)) == [1, len(numbers) - 1]


def test_a_write_is_carried_out_although_who_wrote_has_left(stack):
    place = stack.call(world.build)
    browser = Browser(stack.servers[0].port, place["cookies"]["attendee"])
    texts = [f"Written {number}" for number in range(8)]  # more than there are threads
    for text in texts:
        browser.post_and_leave(f"/sessions/{place['session']}/chat/", {"text": text, "client_id": str(uuid.uuid4())})
    until = time.monotonic() + 30
    while len(stored := stack.call(chat.stored, session=place["session"])) < len(texts) and time.monotonic() < until:
        time.sleep(0.05)
    assert sorted(text for _, text in stored) == texts
