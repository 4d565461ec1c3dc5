"""Ripple: what is projected is published by the ordinary step, at once or not at all, and taken back exactly."""

import pytest
from django.db import transaction

from live.models import Event, Room
from notices.models import Pending
from people.models import AuditEntry
from people.refusal import Refused
from sessions import status
from sessions.models import Session, StatusChange
from show import address, ripple, running
from show.models import Ripple, Show, StageShow
from show.order import orders
from tests import world
from tests.show.conftest import minutes

pytestmark = pytest.mark.django_db


def stand(congress):
    """What the audience is told of the stage."""
    fields = ("status", "status_reason", "delayed_start", "stage", "start", "end")
    return {row[0]: row[1:] for row in Session.objects.order_by("pk").values_list("pk", *fields)}


def offered(congress):
    return ripple.current(congress["stage"])


def publish(congress, **other):
    made = offered(congress)
    seen = {"sessions": len(made.moves), "minutes": made.most} | other
    return ripple.publish(congress["stage"], congress["people"]["organiser"], **seen)


def test_what_is_offered_is_published_by_the_ordinary_step(congress, now):
    first, second, lunch, last = congress["row"]
    made = offered(congress)
    # Begun at -18 of 45 minutes: until +27. The break ends in time.
    assert [(move.key, move.after) for move in made.moves] == [
        (second.pk, now + minutes(27)),
        (lunch.pk, now + minutes(72)),
    ]
    assert made.absorbed == ((lunch.pk, minutes(12)),)
    events = Event.objects.count()
    publish(congress)
    second.refresh_from_db()
    assert (second.status, second.begins) == ("delayed", now + minutes(27))
    assert Event.objects.filter(kind="sessions.status", pk__gt=0).count() >= 2 and Event.objects.count() > events
    assert offered(congress) is None
    assert AuditEntry.objects.filter(action="show.ripple").exists()
    assert AuditEntry.objects.filter(action="session.delay").count() == 2


def test_undo_is_exact(congress):
    before = stand(congress)
    ripple.take_back(publish(congress), congress["people"]["organiser"])
    assert stand(congress) == before and offered(congress) is not None
    with pytest.raises(Refused):
        ripple.take_back(Ripple.objects.get(), congress["people"]["organiser"])
    assert stand(congress) == before


def test_nothing_is_taken_back_when_one_session_has_gone_on(congress):
    made, by = publish(congress), congress["people"]["organiser"]
    status.step(congress["row"][1].pk, "prepare", by)
    before = stand(congress)
    with pytest.raises(Refused, match="Talk 2"):
        ripple.take_back(made, by)
    assert stand(congress) == before and not StatusChange.objects.exclude(undone_at=None).exists()
    status.undo(congress["row"][1].pk, by)
    ripple.take_back(made, by)


@pytest.mark.parametrize("seen", [{"sessions": 1}, {"minutes": 9}, {"minutes": 13}])
def test_only_what_somebody_saw_is_published(congress, seen):
    before = stand(congress)
    with pytest.raises(Refused):
        publish(congress, **seen)
    assert stand(congress) == before


@pytest.mark.parametrize(("limit", "moves"), [(0, False), (11, False), (12, True), (30, True)])
def test_by_itself_up_to_so_many_minutes(congress, limit, moves):
    ripple.set_automatic(congress["stage"], limit, congress["people"]["organiser"])
    ripple.look()
    ripple.look()  # another process
    assert Ripple.objects.count() == moves
    assert (offered(congress) is None) == moves


def test_a_caller_gives_minutes_and_the_following_feel_it(congress):
    first = congress["row"][0]
    running.extend(first, 5, congress["people"]["moderator"])
    assert offered(congress).most == 17
    running.extend(first, -5, congress["people"]["moderator"])
    assert offered(congress).most == 12
    with pytest.raises(Refused):
        running.extend(first, -60, congress["people"]["moderator"])


def test_a_stage_s_order_is_read_in_few_queries(congress, django_assert_max_num_queries):
    stages = list(congress["row"][0].edition.stages.values_list("pk", flat=True))
    with django_assert_max_num_queries(3):
        found = orders(stages)
    assert [each.cue.key for each in found[congress["stage"].pk].projected] == [each.pk for each in congress["row"]]
    assert StageShow.of(congress["stage"].pk).automatic == 0


def kept(kind):
    """What is on record and in the logs of the sessions, without numbers and moments of the rows."""
    events = Event.objects.filter(kind="sessions.status").order_by("room_id", "seq")
    entries = AuditEntry.objects.filter(action=f"session.{kind}").order_by("scope", "pk")
    return [
        [(event.room.key, event.data) for event in events.select_related("room")],
        list(entries.values_list("scope", "by_id", "details")),
        list(StatusChange.objects.filter(action=kind).order_by("session").values_list("session", "before", "after")),
        list(Pending.objects.order_by("session").values_list("session", "before")),
    ]


def test_steps_taken_together_leave_what_steps_one_by_one_leave(congress):
    by, moves = congress["people"]["organiser"], offered(congress).moves
    with transaction.atomic():
        for move in moves:
            status.step(move.key, "delay", by, new_start=move.after)
        one_by_one = stand(congress), *kept("delay")
        transaction.set_rollback(True)
    status.step_all({move.key: {"new_start": move.after} for move in moves}, "delay", by)
    assert (stand(congress), *kept("delay")) == one_by_one


def test_fifty_sessions_move_and_come_back_with_the_statements_of_two(
    congress, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    last = congress["row"][-1]
    talks = [world.talk(last.edition, last.stage, f"Short {number}") for number in range(50)]
    for number, each in enumerate(talks):
        start = last.end + minutes(5 * number)
        Session.objects.filter(pk=each.pk).update(start=start, end=start + minutes(5))
    running.extend(congress["row"][0], 45, congress["people"]["organiser"])
    before, rooms = stand(congress), set(Room.objects.values_list("key", flat=True))
    with django_assert_max_num_queries(90), django_capture_on_commit_callbacks(execute=True):
        made = publish(congress)
    assert made.changes.count() > 50
    for each in talks:  # those who speak, and who looks at its screen, are told
        assert Event.objects.filter(room__key=each.room_key, kind="show.clock").exists()
        assert Event.objects.filter(room__key=address.room_key(Show.of(each)), kind="show.cue").exists()
    assert Room.objects.filter(key=talks[0].room_key, parent=last.edition.room_key).exists()
    assert talks[0].room_key not in rooms
    with django_assert_max_num_queries(90), django_capture_on_commit_callbacks(execute=True):
        ripple.take_back(made, congress["people"]["organiser"])
    assert stand(congress) == before
