"""Reactions to a talk are summed up, and never stored."""

import pytest
from django.core.cache import cache

from live.writes import Write
from reactions import counting
from reactions.writes import REACTION
from tests import world


@pytest.mark.django_db
def test_a_second_of_taps_is_one_sum_and_no_write(django_assert_num_queries, monkeypatch):
    cache.clear()
    counting._counts.clear()  # what other tests have tapped
    place, told = world.build(), []
    monkeypatch.setattr(counting, "touch", lambda *change: told.append(change))
    taps = [
        Write(place["people"][who], "en", {"session": place["session"], "sign": sign, "times": times})
        for who, sign, times in (("attendee", "clap", 3), ("speaker", "clap", 500), ("moderator", "wow", 1))
    ]
    wrong = [Write(place["people"]["attendee"], "en", {"session": place["session"], "sign": "boo"})]
    replies = REACTION.by_socket([*taps, *wrong])
    assert [reply.status for reply in replies] == [200, 200, 200, 422]
    with django_assert_num_queries(0):
        counting.tick()
        counting.tick()
    [(room, kind, item)] = told
    assert (room, kind) == (f"session:{place['session']}", "reactions.sums")
    other = f"{place['session']}:clap=10,bad=7,wow=x:abc"  # of another process
    assert counting.sums([item, other])["everyone"]["counts"] == {"clap": 18, "wow": 1}
