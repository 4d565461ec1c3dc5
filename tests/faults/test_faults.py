"""The engine's promise under faults: nothing acknowledged is lost, doubled, reordered or shown to the wrong people."""

import pytest

from tests.faults.faults import FAULTS, KILLED, SHORT
from tests.faults.installation import installation
from tests.faults.ledger import Ledger, Listener, percentile
from tests.faults.run import SMALL, WRITERS, Size, run


@pytest.fixture(scope="module")
def full():
    with installation() as stack:
        yield stack


@pytest.mark.parametrize("fault", FAULTS | SHORT)
async def test_nothing_is_lost(full, fault):
    outcome = await run(full, (FAULTS | SHORT)[fault], SMALL)
    assert not any(outcome.counts.values()), outcome.counts


async def test_nothing_is_lost_on_sqlite():
    with installation(embedded=True) as stack:
        outcome = await run(stack, KILLED, WRITERS)
        assert not any(outcome.counts.values()), outcome.counts


async def test_the_ledger_sees_what_is_lost_without_catch_up(full):
    size = Size(listeners=30, writers=8, every=1.3, calm=5)
    outcome = await run(full, KILLED, size, catch_up=False)
    assert outcome.counts["lost"] > 0, outcome.counts


GOOD = {"acknowledged": {"a": 1, "b": 2}, "stored": [(1, "a", "everyone"), (2, "b", "everyone")], "seen": [1, 2]}
BROKEN = [
    ({}, None),
    ({"stored": [(1, "a", "everyone")], "seen": [1]}, "not stored"),
    ({"acknowledged": {"a": 2, "b": 2}}, "mismatched"),
    (
        {"stored": [(1, "a", "everyone"), (2, "b", "everyone"), (3, "b", "everyone")], "seen": [1, 2, 3]},
        "duplicate rows",
    ),
    (
        {"stored": [(1, "a", "everyone"), (3, "b", "everyone")], "acknowledged": {"a": 1, "b": 3}, "seen": [1, 3]},
        "gaps",
    ),
    ({"acknowledged": {"a": 1}}, "unacknowledged"),
    ({"seen": [1]}, "lost"),
    ({"seen": [1], "pages": [range(2, 3)]}, None),  # a fresh page stood for it
    ({"seen": [2], "pages": [range(2, 3)]}, "lost"),
    ({"shown": [(2, {1, 2})]}, None),
    ({"shown": [(2, {2})]}, None),  # a page begins with the newest
    ({"shown": [(1, {1, 2})]}, None),  # it may know more than its head says
    ({"shown": [(2, {1})]}, "lost"),
    ({"shown": [(2, set())]}, "lost"),
    ({"seen": [1, 2, 2]}, "doubled"),
    ({"seen": [2, 1]}, "reordered"),
    ({"stored": [(1, "a", "everyone"), (2, "b", "staff")]}, "unauthorised"),
]


@pytest.mark.parametrize(("change", "finding"), BROKEN)
def test_the_ledger_names_what_is_wrong(change, finding):
    run = GOOD | change
    listener = Listener(
        frozenset({"everyone"}), seen=run["seen"], pages=run.get("pages", []), shown=run.get("shown", [])
    )
    submitted = {"a": 0.0, "b": 0.0}
    ledger = Ledger(submitted, run["acknowledged"], listeners=[listener], stored=run["stored"])
    assert {name for name, count in ledger.verdict().items() if count} == ({finding} if finding else set())


# One event: submitted at 10 s, acknowledged as seq 1 at 11 s. The fault begins at 20 s, the run ends at 90 s.
WAITED = [
    ("seen before the fault", {}, {1: 11.5}, []),
    ("held up by the fault", {}, {1: 26.0}, [15.0]),
    ("written during the fault", {"moments": {1: 22.0}}, {1: 22.5}, [0.5]),
    ("seen before its acknowledgement", {"moments": {1: 30.0}}, {1: 29.0}, [0.0]),
    ("never acknowledged", {"moments": {}}, {1: 25.0}, [15.0]),
    ("never seen", {}, {}, [79.0]),
    ("not for this listener", {"stored": [(1, "a", "staff")]}, {}, []),
    ("of before the listener came", {"listeners": [Listener(frozenset({"everyone"}), began=1)]}, {}, []),
    ("nobody's submission", {"stored": [(1, "None", "everyone")]}, {}, []),
]


@pytest.mark.parametrize(("case", "change", "seen", "delays"), WAITED, ids=[row[0] for row in WAITED])
def test_healing_is_what_listeners_waited_for(case, change, seen, delays):
    run = {"submitted": {"a": 10.0}, "moments": {1: 11.0}, "stored": [(1, "a", "everyone")]}
    ledger = Ledger(**run | {"listeners": [Listener(frozenset({"everyone"}))]} | change)
    ledger.listeners[0].moments = seen
    assert ledger.delays(since=20.0, until=90.0) == delays


def test_healing_counts_every_listener_and_event():
    everyone = frozenset({"everyone"})
    listeners = [Listener(everyone, moments={1: 21.0, 2: 21.0}), Listener(everyone, moments={1: 19.0, 2: 25.0})]
    stored = [(1, "a", "everyone"), (2, "b", "everyone")]
    ledger = Ledger({"a": 1.0, "b": 1.0}, {}, {1: 18.0, 2: 20.0}, listeners, stored)
    assert ledger.delays(since=20.0, until=90.0) == [1.0, 3.0, 5.0]


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.99, 0.0), ([5.0], 0.99, 5.0), ([1.0, 2.0], 0.99, 2.0), ([1.0, 2.0], 0.5, 1.0)]
    + [([float(n) for n in range(1, 201)], 0.99, 198.0), ([float(n) for n in range(1, 201)], 1, 200.0)],
)
def test_percentile(values, share, found):
    assert percentile(values, share) == found
