"""Small writes have one way: by socket and HTTP the same rules, limits and words; hostile data harms nobody else."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.contract import Limit
from common.registry import registry
from live.socket import parse_control
from live.writes import Write
from sessions.models import Session
from tests import world
from tests.people.matrix import GUESTS, HELD, ROLES, ROWS, WRITES, asked, fill, said, signed_in

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.parametrize("kind", WRITES)]
HOSTILE = [
    None,
    True,
    1.5,
    -1,
    2**70,
    "",
    "a\x00b",
    "\ud800",
    "x" * 5000,
    [],
    {},
    ["\udfff"],
    [[1]],
    {"a": {"b": None}},
]


@pytest.fixture(scope="module")
def built(kept):
    return fill(world.build())


def by_socket(kind, place, *tries):
    """The replies to (role, data), said together."""
    batch = [Write(place["people"][role], "en", data) for role, data in tries]
    return registry.writes[kind](batch)


def by_http(kind, place, role):
    """The answer to the same by the first address whose right is this write's."""
    row = next(key for key, ask in ROWS.items() if ask.action == WRITES[kind][0] and key[1] == "post")
    arguments, data = asked(place, ROWS[row], role)
    return signed_in(place, role).post(reverse(row[0], args=arguments), data, headers={"HX-Request": "true"})


def words_of(answer):
    """What a refusal says."""
    found = re.search(r'class="refusal"[^>]*>(.*?)<', answer.text, re.DOTALL)
    return found[1].strip() if found else ""


def test_each_role_is_answered_alike(kind, place):
    for role in ROLES[1:]:
        Session.objects.filter(pk=place["session"]).update(guests_may=GUESTS.get(role, []))
        reply = by_socket(kind, place, (role, said(WRITES[kind][1], place)))[0]
        answer = by_http(kind, place, role)
        assert (reply.status == 200) == bool(HELD[role] & registry.actions[WRITES[kind][0]]), role
        if reply.status == 200:
            assert answer.status_code < 300, (role, answer.status_code)
        else:
            assert (answer.status_code, words_of(answer)) == (reply.status, reply.html) and reply.html, role


def test_what_is_gone_is_so_alike(kind, place):
    Session.objects.filter(pk=place["session"]).update(visibility="invited")
    reply = by_socket(kind, place, ("outsider", said(WRITES[kind][1], place)))[0]
    answer = by_http(kind, place, "outsider")
    assert (answer.status_code, words_of(answer)) == (reply.status, reply.html) and reply.status == 404 and reply.html


def test_both_ways_count_for_one_limit(kind, place, monkeypatch):
    monkeypatch.setitem(registry.limits, WRITES[kind][0], Limit(3, 3600))
    data = WRITES[kind][1]
    found = [by_socket(kind, place, ("attendee", said(data, place)))[0].status, by_http(kind, place, "attendee")]
    assert found[0] == 200 and found[1].status_code < 300
    replies = by_socket(kind, place, *[("attendee", said(data, place))] * 2, ("moderator", said(data, place)))
    assert [reply.status for reply in replies] == [200, 429, 200]
    answer = by_http(kind, place, "attendee")
    assert answer.status_code == 429 and words_of(answer)[:8] == replies[1].html[:8] == "Too many"


def hostile(data):
    """The data with one thing wrong, in every place and way; and what is no data at all."""
    yield from ([None, "x", 7, [], ["session"]])
    for name, value in data.items():
        yield {key: each for key, each in data.items() if key != name}
        for wrong in HOSTILE:
            yield data | {name: wrong}
        if isinstance(value, dict):
            for field in [*value, "secret", "text", "a\x00b", "\ud800"]:
                yield from (data | {name: value | {field: wrong}} for wrong in [*HOSTILE, ["\x00"], ["x"] * 500])


def heard(kind, data):
    """The data as it is when it has come up a socket."""
    return parse_control(json.dumps({"say": kind, "id": "1", "data": data})).data


def test_hostile_data_has_its_own_outcome(kind, place, monkeypatch):
    monkeypatch.setitem(registry.limits, WRITES[kind][0], Limit(100_000, 60))
    fine = said(WRITES[kind][1], place)
    tries = [("attendee", heard(kind, data)) for data in hostile(fine)]
    replies = by_socket(kind, place, ("speaker", fine), *tries, ("moderator", said(WRITES[kind][1], place)))
    assert [replies[0].status, replies[-1].status] == [200, 200]
    for (_role, data), reply in zip(tries, replies[1:-1], strict=True):
        assert reply.status in (200, 404, 409, 422) and bool(reply.html) == (reply.status != 200), (data, reply)
    assert {404} <= {reply.status for reply in replies}


def test_a_batch_costs_no_query_for_each(kind, place):
    def queries(roles):
        with CaptureQueriesContext(connection) as found:
            replies = by_socket(kind, place, *((role, said(WRITES[kind][1], place)) for role in roles))
        assert {reply.status for reply in replies} <= {200, 403}
        return sum("FROM" in query["sql"] for query in found)

    few, many = ["attendee"], ["attendee", "speaker", "moderator", "organiser", "outsider", "other_speaker"]
    queries(few)
    assert queries(many) <= queries(few) + 1
