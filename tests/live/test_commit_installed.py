"""Group commit: every write its own outcome, in one order, in fewer transactions than writes."""

import pytest

from tests.programs import live


@pytest.mark.parametrize("room", ["session:901", "session:902"])
def test_every_write_has_its_own_outcome(stack, room):
    told = stack.call(live.write_at_once, room=room)
    assert len(told["outcomes"]) == 60
    for number, outcome in told["outcomes"].items():
        if int(number) % 10 == 3:
            assert outcome == f"refused {number}" and number not in told["stored"]
        else:
            assert told["stored"][number] == outcome
    assert sorted(told["stored"].values()) == list(range(1, 55)) and told["head"] == 54  # no gaps
    assert told["shared"] > 1
