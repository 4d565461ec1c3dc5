"""Batching: one order, one outcome for each, whoever fails or goes away."""

import asyncio

import pytest
from django.db import OperationalError

from live.batching import ENOUGH, RUSH, Batching


class Workers:
    """Work on the loop itself; `gate` holds it back while it is not set."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def spawn(self, work) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work))

    async def database(self, work, *args):
        await self.gate.wait()
        return work(*args)


class Doubled:
    """Twice each number; a batch with a string fails as the string says. `calls` holds every batch."""

    def __init__(self) -> None:
        self.calls: list[list[object]] = []

    def __call__(self, items):
        self.calls.append(items)
        if "away" in items:
            raise OperationalError("the database is away")
        if "bad" in items:
            raise ValueError("bad")
        return [2 * item for item in items if item != "missing"]


def batching(size=3, rest=0.0):
    """A batching of a few items, the batches that it makes, and those who work, who wait."""
    work, workers = Doubled(), Workers()
    return Batching(workers, work, size, rest), work.calls, workers


async def outcomes(futures):
    """Each result or the name of what was raised, within a second."""
    results = await asyncio.wait_for(asyncio.gather(*futures, return_exceptions=True), 1)
    return [type(result).__name__ if isinstance(result, BaseException) else result for result in results]


async def test_what_arrives_during_a_batch_is_the_next_one_in_its_order():
    batches, calls, workers = batching()
    futures = [batches.add(0)]
    await asyncio.sleep(0)  # the first is under way
    futures += [batches.add(number) for number in range(1, 6)]
    settled = []
    for number, future in enumerate(futures):
        future.add_done_callback(lambda _, number=number: settled.append(number))
    workers.gate.set()
    assert await outcomes(futures) == [0, 2, 4, 6, 8, 10]
    assert calls == [[0], [1, 2, 3], [4, 5]]
    assert settled == [0, 1, 2, 3, 4, 5]
    assert len(workers.tasks) == 1


async def test_it_starts_again_after_a_rest():
    batches, calls, workers = batching()
    workers.gate.set()
    assert await outcomes([batches.add(1)]) == [2]
    assert await outcomes([batches.add(2)]) == [4]
    assert calls == [[1], [2]]


@pytest.mark.parametrize(
    ("items", "results", "made"),
    [
        ([1, "bad", 2], [2, "ValueError", 4], [[1, "bad", 2], [1], ["bad"], [2]]),
        (["bad"], ["ValueError"], [["bad"]]),
        ([1, "away", 2], ["OperationalError"] * 3, [[1, "away", 2]]),
        ([1, "missing", 2], [2, "ValueError", 4], [[1, "missing", 2], [1], ["missing"], [2]]),
    ],
)
async def test_what_fails_takes_nothing_else_with_it(items, results, made):
    batches, calls, workers = batching()
    futures = [batches.add(item) for item in items]
    workers.gate.set()
    assert await outcomes(futures) == results
    assert calls == made
    assert await outcomes([batches.add(7)]) == [14]  # and the next batch is carried out


async def test_who_has_gone_before_the_batch_is_left_out_of_it():
    batches, calls, workers = batching()
    first, second, third = (batches.add(number) for number in (1, 2, 3))
    second.cancel()
    workers.gate.set()
    assert await outcomes([first, third]) == [2, 6]
    assert calls == [[1, 3]]


@pytest.mark.parametrize("item", [2, "bad", "away"])
async def test_who_goes_during_the_batch_stops_nobody(item):
    batches, _calls, workers = batching()
    futures = [batches.add(number) for number in (1, item, 3)]
    await asyncio.sleep(0)  # they are under way
    futures[1].cancel()
    workers.gate.set()
    failed = item == "away"
    assert await outcomes(futures[::2]) == (["OperationalError"] * 2 if failed else [2, 6])
    assert await outcomes([batches.add(7)]) == [14]


async def test_who_comes_alone_does_not_wait_and_who_come_after_each_other_are_one_batch():
    batches, calls, workers = batching(rest=0.2)
    workers.gate.set()
    assert await outcomes([batches.add(1)]) == [2]
    futures = []
    for number in (2, 3):
        futures.append(batches.add(number))
        await asyncio.sleep(0.01)
    assert await outcomes(futures) == [4, 6]
    assert calls == [[1], [2, 3]]


async def test_a_full_batch_does_not_wait():
    batches, calls, workers = batching(rest=60.0)
    workers.gate.set()
    assert await outcomes([batches.add(number) for number in range(3)]) == [0, 2, 4]
    assert await outcomes([batches.add(number) for number in range(3)]) == [0, 2, 4]
    assert len(calls) == 2


async def test_who_waits_for_more_does_not_wait_when_enough_have_come():
    batches, calls, workers = batching(size=100, rest=60.0)
    workers.gate.set()
    assert await outcomes([batches.add(1)]) == [2]
    futures = [batches.add(1)]
    await asyncio.sleep(0.01)
    futures += [batches.add(1) for _ in range(ENOUGH - 1)]
    assert await outcomes(futures) == [2] * ENOUGH
    assert [len(call) for call in calls] == [1, ENOUGH]


async def test_in_a_rush_the_rest_is_longer():
    """After a batch of RUSH the next one waits beyond a rest; after a smaller one it does not."""
    for came, is_longer in ((RUSH - 1, False), (RUSH, True)):
        batches, calls, workers = batching(size=100, rest=0.15)
        workers.gate.set()
        assert await outcomes([batches.add(1) for _ in range(came)]) == [2] * came
        waits = batches.add(1)
        await asyncio.sleep(0.25)
        assert waits.done() != is_longer
        assert await outcomes([waits]) == [2] and len(calls) == 2
