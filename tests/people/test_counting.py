"""Limits are counted for many at once, on both installations, and nothing that counts stays for good."""

from tests.programs import people


def test_each_of_many_has_their_own_count(stack):
    told = stack.call(people.count_together, mark="counted")
    assert told["waits"] == [[0, 0, 0, 0, 3600], [3600, 3600], [3600, 0]]
    assert len(told["left"]) == (3 if stack.name == "full" else 0)
    assert all(0 < seconds <= 3600 for seconds in told["left"])
