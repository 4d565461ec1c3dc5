"""Places of a process: so many in all, so many for one address, and each is given back."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hybrid.capacity import Places

ADDRESSES = "abc"


@given(st.integers(0, 6), st.integers(0, 3), st.lists(st.tuples(st.sampled_from(ADDRESSES), st.booleans())))
def test_never_more_than_there_are_and_all_come_back(most, per_address, steps):
    places, held, refused = Places(most, per_address), Counter(), 0
    for address, takes in steps:
        if takes:
            is_free = held.total() < most and held[address] < (per_address or most)
            assert places.take(address) == is_free
            held[address] += is_free
            refused += not is_free
        elif held[address]:
            places.give(address)
            held[address] -= 1
        assert (places.taken, places.refused) == (held.total(), refused)
    for address in held.elements():
        places.give(address)
    assert places.taken == 0 and all(places.take(address) for address in ADDRESSES[: min(most, per_address or most)])
