"""The projection of a stage: tables, and whatever happens no promise is broken, no stage overlaps, none is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from show.projection import Cue, Kind, Phase, next_change, offer, project, publish, running_order, whole_minute

TEN = datetime(2026, 11, 3, 10, tzinfo=UTC)


def at(minutes):
    return TEN + timedelta(minutes=minutes)


def cue(key, start, length=45, **given):
    published = given.pop("published", at(start))
    return Cue(key, at(start), at(start + length), published, **given)


def running(key, start, length=45, late=0, **given):
    return cue(key, start, length, phase=Phase.RUNNING, started=at(start + late), **given)


def told(cues, minutes):
    """Key -> minutes of its projected start and end."""
    return {
        each.cue.key: ((each.start - TEN) / timedelta(minutes=1), (each.end - TEN) / timedelta(minutes=1))
        for each in project(cues, at(minutes))
    }


@pytest.mark.parametrize(
    ("cues", "minutes", "expected"),
    [
        ([running(1, 0), cue(2, 45)], 10, {1: (0, 45), 2: (45, 90)}),  # in time
        ([running(1, 0, late=10), cue(2, 45)], 12, {1: (10, 55), 2: (55, 100)}),  # it began late
        ([running(1, 0, late=10), cue(2, 60)], 12, {1: (10, 55), 2: (60, 105)}),  # a gap soaks it up
        ([running(1, 0), cue(2, 45)], 52, {1: (0, 52), 2: (52, 97)}),  # an overrun has an end of its own: now
        ([running(1, 0, added=timedelta(minutes=5)), cue(2, 45)], 5, {1: (0, 50), 2: (50, 95)}),
        ([running(1, 0, paused=timedelta(minutes=7)), cue(2, 45)], 20, {1: (0, 52), 2: (52, 97)}),
        ([replace(running(1, 0), phase=Phase.PAUSED, paused_at=at(10)), cue(2, 45)], 14, {1: (0, 49), 2: (49, 94)}),
        (
            [running(1, 0, late=20), cue(2, 45, 30, kind=Kind.BREAK), cue(3, 75)],
            21,
            {1: (20, 65), 2: (65, 75), 3: (75, 120)},
        ),
        (
            [running(1, 0, late=40), cue(2, 45, 30, kind=Kind.BREAK, least=timedelta(minutes=10)), cue(3, 75)],
            41,
            {1: (40, 85), 2: (85, 95), 3: (95, 140)},  # a break gives back what it has, the rest goes on
        ),
        ([running(1, 0, late=10), cue(2, 45, kind=Kind.HARD)], 12, {1: (10, 45), 2: (45, 90)}),  # cut by a hard start
        ([cue(1, 0), cue(2, 45, kind=Kind.HARD)], 20, {1: (20, 45), 2: (45, 90)}),
        ([cue(1, 0), cue(2, 45, kind=Kind.HARD)], 40, {1: (40, 62.5), 2: (62.5, 107.5)}),  # to half its length at most
        ([cue(1, 0), cue(2, 45)], 46, {1: (0, 45), 2: (46, 91)}),  # nobody started the first: it holds up nothing
        ([cue(1, 0, prepared=True), cue(2, 45)], 46, {1: (46, 91), 2: (91, 136)}),
        ([running(1, 0), cue(2, 45, 10)], 70, {1: (0, 70), 2: (70, 80)}),  # not missed: the stage was not free
        ([replace(running(1, 0), phase=Phase.OVER, ended=at(30)), cue(2, 45)], 31, {1: (0, 30), 2: (45, 90)}),  # early
    ],
)
def test_what_becomes_of_a_running_order(cues, minutes, expected):
    assert told(cues, minutes) == expected


def test_late_is_positive_and_early_negative():
    late, following = project([running(1, 0, late=10), cue(2, 45)], at(12))
    assert late.offset == following.offset == timedelta(minutes=10)
    ended = replace(running(1, 0), phase=Phase.OVER, ended=at(40))
    assert project([ended], at(41))[0].offset == timedelta(minutes=-5)


def test_an_offer_begins_at_three_minutes_and_says_what_soaks_up_the_rest():
    def order(late):
        lunch = cue(3, 90, 30, kind=Kind.BREAK, least=timedelta(minutes=10))
        return [running(1, 0, late=late), cue(2, 45), lunch, cue(4, 120)]

    assert offer(project(order(2.9), at(3))) is None
    made = offer(project(order(12), at(13)))
    assert [(move.key, move.after) for move in made.moves] == [(2, at(57)), (3, at(102))] and made.most == 12
    assert made.absorbed == ((3, timedelta(minutes=12)),)
    assert offer(project(publish(order(12), made), at(13))) is None


def test_it_is_said_when_to_look_again():
    assert next_change(project([running(1, 0), cue(2, 60)], at(10)), at(10)) == at(45)
    assert next_change(project([running(1, 0), cue(2, 60)], at(46)), at(46)) == at(48)
    assert next_change(project([cue(2, 60)], at(61)), at(61)) == at(63)
    assert next_change([], at(0)) is None


LENGTHS = st.integers(1, 90)
PLANS = st.lists(
    st.tuples(st.integers(0, 20), LENGTHS, st.sampled_from(Kind), st.integers(0, 30)), min_size=1, max_size=7
)
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["start", "end", "pause", "resume", "add", "delay", "cancel", "ripple", "wait"]),
        st.integers(0, 6),
        st.integers(0, 45),
        st.integers(0, 59),
    ),
    max_size=25,
)


def planned(plan):
    cues, minute = [], 0
    for key, (gap, length, kind, least) in enumerate(plan):
        minute += gap
        cues.append(cue(key, minute, length, kind=kind, least=timedelta(minutes=max(1, least))))
        minute += length
    return cues


def after(cues, happening, now):
    """The cues after something happened that the product allows."""
    what, which, minutes, _seconds = happening
    if what == "ripple":
        made = offer(project(cues, now))
        return publish(cues, made) if made else cues
    changed = _changed(cues[which % len(cues)], what, minutes, now) if cues else None
    if what == "cancel" and changed and changed.phase == Phase.AHEAD:
        return [each for each in cues if each.key != changed.key]
    return [changed if changed and each.key == changed.key else each for each in cues]


def _changed(one, what, minutes, now):
    if what == "start" and one.phase == Phase.AHEAD:
        return replace(one, phase=Phase.RUNNING, started=now)
    if what == "end" and one.on:
        return replace(one, phase=Phase.OVER, ended=now, paused_at=None)
    if what == "pause" and one.phase == Phase.RUNNING:
        return replace(one, phase=Phase.PAUSED, paused_at=now)
    if what == "resume" and one.phase == Phase.PAUSED:
        return replace(one, phase=Phase.RUNNING, paused=one.paused + (now - one.paused_at), paused_at=None)
    if what == "add":
        return replace(one, added=one.added + timedelta(minutes=minutes - 20))
    if what == "delay" and one.phase == Phase.AHEAD:
        return replace(one, published=one.published + timedelta(minutes=minutes))
    return one


@settings(max_examples=400, deadline=None)
@given(PLANS, HAPPENINGS)
def test_whatever_happens_no_promise_is_broken_no_stage_overlaps_and_none_is_lost(plan, happenings):
    cues, now = planned(plan), TEN
    for happening in happenings:
        now += timedelta(minutes=happening[2] / 3, seconds=happening[3])
        before = {each.key: each.published for each in cues}
        cues = after(cues, happening, now)
        projected = project(cues, now)
        assert sorted(each.cue.key for each in projected) == sorted(each.key for each in cues)
        free = max((each.end for each in projected if each.cue.phase != Phase.AHEAD), default=None)
        for each in filter(lambda each: each.moves, projected):
            assert each.start >= max(each.cue.published, now) and (free is None or each.start >= free)
            assert each.end > each.start
            free = each.end
        for each in cues:
            assert each.published >= before[each.key] >= each.start
        made = offer(projected)
        if made:
            assert_publishable(cues, projected, made, now)


def assert_publishable(cues, projected, made, now):
    """What is offered comes later than promised, keeps the order, and leaves nothing to be offered."""
    published = publish(cues, made)
    assert all(move.after > move.before and move.after.second == 0 for move in made.moves)
    moving = [each.cue.key for each in projected if each.moves]
    assert [each.key for each in running_order(published) if each.key in moving] == moving
    starts = [each.published for each in running_order(published) if each.key in moving]
    assert starts == sorted(starts)
    assert offer(project(published, now)) is None
    assert {each.key for each in published} == {each.key for each in cues}


def test_a_whole_minute():
    assert whole_minute(at(3)) == at(3) and whole_minute(at(3) + timedelta(microseconds=1)) == at(4)
