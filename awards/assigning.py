"""Who judges what: pure, and as even as it can be.

Entries are given out one by one to who has the least. Then work moves from who has much to who has at least two less,
over others where needed, until no such way is left: then no other assignment is more even (a flow of least cost has no
way that makes it cheaper).
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = Any  # of an entry or a judge: anything that can be hashed


@dataclass
class Plan:
    """`given`: entry -> its judges. `loads`: judge -> all their entries. `short`: entry -> judges that it lacks."""

    given: dict[Key, set[Key]]
    loads: dict[Key, int]
    short: dict[Key, int] = field(default_factory=dict)


def assign(
    wanted: Mapping[Key, int],
    suited: Mapping[Key, Mapping[Key, float]],
    loads: Mapping[Key, int],
    given: Mapping[Key, Collection[Key]] | None = None,
) -> Plan:
    """Give each entry as many judges as `wanted`, only of those who are `suited` (entry -> judge -> preference 0 to 1).

    `loads` is what each judge has already and keeps. `given` (entry -> judges) may move, and does only to be more even.
    """
    plan = Plan({entry: set((given or {}).get(entry, ())) & suited[entry].keys() for entry in wanted}, dict(loads))
    for judges in plan.given.values():
        for judge in judges:
            plan.loads[judge] += 1
    for entry in sorted(wanted, key=lambda entry: len(suited[entry]) - wanted[entry]):
        _fill(plan, entry, wanted[entry], suited[entry])
    _even_out(plan, suited)
    return plan


def _fill(plan: Plan, entry: Key, wanted: int, suited: Mapping[Key, float]) -> None:
    while len(plan.given[entry]) < wanted:
        free = suited.keys() - plan.given[entry]
        if not free:
            plan.short[entry] = wanted - len(plan.given[entry])
            return
        judge = min(sorted(free), key=lambda judge: plan.loads[judge] - suited[judge])
        plan.given[entry].add(judge)
        plan.loads[judge] += 1


def _even_out(plan: Plan, suited: Mapping[Key, Mapping[Key, float]]) -> None:
    held: dict[Key, set[Key]] = {judge: set() for judge in plan.loads}
    for entry, judges in plan.given.items():
        for judge in judges:
            held[judge].add(entry)
    while any(_relieve(judge, plan, held, suited) for judge in sorted(held, key=lambda each: -plan.loads[each])):
        pass


def _relieve(start: Key, plan: Plan, held: dict[Key, set[Key]], suited: Mapping[Key, Mapping[Key, float]]) -> bool:
    """Move one entry from a judge, over others, to one with at least two less. Whether there was a way."""
    came: dict[Key, tuple[Key, Key]] = {}  # judge -> from whom, and which entry
    line, seen = deque([start]), {start}
    while line:
        judge = line.popleft()
        for entry in held[judge]:
            for other in suited[entry].keys() - plan.given[entry] - seen:
                seen.add(other)
                came[other] = (judge, entry)
                if plan.loads[other] <= plan.loads[start] - 2:
                    _move(start, other, came, plan, held)
                    return True
                line.append(other)
    return False


def _move(start: Key, end: Key, came: dict[Key, tuple[Key, Key]], plan: Plan, held: dict[Key, set[Key]]) -> None:
    plan.loads[start] -= 1
    plan.loads[end] += 1
    while end != start:
        judge, entry = came[end]
        held[judge].remove(entry)
        held[end].add(entry)
        plan.given[entry].remove(judge)
        plan.given[entry].add(end)
        end = judge
