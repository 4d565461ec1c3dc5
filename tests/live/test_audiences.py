"""Who sees an event: live knows everyone, nobody and one participant; all other names are the gates' own."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from common.registry import registry
from live.audiences import EVERYONE, NOBODY, addressee, only
from live.log import append, written
from live.viewer import Group, Viewer
from live.volatile import touch
from tests.live.test_hub import ROOM, Connection, Wire, running, until

pytestmark = pytest.mark.django_db(transaction=True)
CREW = frozenset({"crew"})


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Viewer("attendee"), {EVERYONE}),
        (Viewer("attendee", 1), {EVERYONE, only(1)}),
        (Viewer("attendee", 1, audiences=CREW), {EVERYONE, only(1), "crew"}),
        (Viewer("staff", audiences=frozenset({"crew", "press"})), {EVERYONE, "crew", "press"}),
        (Group("attendee", CREW, "en").viewer(), {EVERYONE, "crew"}),
        (Group("attendee", CREW, "en").viewer(2), {EVERYONE, "crew", only(2)}),
    ],
)
def test_a_viewer_sees_what_the_gate_says_and_no_more(viewer, seen):
    audiences = [EVERYONE, NOBODY, "crew", "press", "staff", "attendee", "participant:", only(1), only(2), only(11)]
    assert {audience for audience in audiences if viewer.sees(audience)} == seen


def test_an_addressee_is_one_participant():
    assert [addressee(audience) for audience in (EVERYONE, "crew", only(12))] == [None, None, 12]


async def two_of_one_role(the_hub, first):
    """Beside `first`, another follower of the same role and language who belongs to the crew."""
    other = Connection(Wire(), first.close, "en", None, "other")
    other.viewers[ROOM] = Viewer("attendee", audiences=CREW)
    the_hub.connections.add(other)
    await the_hub.join(other, ROOM, 0, 0)
    return other


@sync_to_async
def write(*audiences):
    with transaction.atomic():
        for audience in audiences:
            append(ROOM, "polls.gone", {"id": audience}, audience=audience)


async def test_two_of_one_role_are_told_what_their_audiences_are_told():
    async with running() as (the_hub, first, _):
        other = await two_of_one_role(the_hub, first)
        await write("crew", EVERYONE, NOBODY, "press", EVERYONE)
        await until(lambda: all(5 in each.wire.seqs() for each in (first, other)))
        assert (first.wire.seqs(), other.wire.seqs()) == ([2, 5], [1, 2, 5])
        returning = await two_of_one_role(the_hub, first)
        await until(lambda: 5 in returning.wire.seqs())
        assert returning.wire.seqs() == [1, 2, 5]


async def test_of_a_count_two_of_one_role_are_told_what_their_audiences_are_told(monkeypatch):
    monkeypatch.setitem(registry.volatile, "polls.gone", lambda items: {"crew": {"id": "for-the-crew"}})
    async with running() as (the_hub, first, _):
        other = await two_of_one_role(the_hub, first)
        await sync_to_async(touch)(ROOM, "polls.gone", "1")
        await until(lambda: the_hub.volatile._changed)
        await the_hub.volatile.push()
        assert b"for-the-crew" in other.wire.data and b"for-the-crew" not in first.wire.data


def test_what_was_written_is_found_by_both_ids_together():
    one, two = uuid.uuid4(), uuid.uuid4()
    with transaction.atomic():
        for participant_id, client_id in ((1, one), (2, two)):
            append(ROOM, "polls.gone", {"id": "x"}, participant_id=participant_id, client_id=client_id)
    assert written(ROOM, [(1, two), (2, one), (3, one)]) == {}
    assert {pair: event.seq for pair, event in written(ROOM, [(1, one), (2, two), (1, two)]).items()} == {
        (1, one): 1,
        (2, two): 2,
    }
