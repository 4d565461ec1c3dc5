"""The map of time: one second at most after any cut, in order, with holes, there and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.cuts import Cuts, Disordered

QUIETLY = settings(deadline=None, suppress_health_check=list(HealthCheck))  # a busy machine is no fault
LENGTHS = st.floats(0.5, 4000)
HOLES = st.one_of(st.just(0.0), st.floats(0, 4000))
PIECES = st.lists(st.tuples(LENGTHS, HOLES), min_size=1, max_size=12)
STARTS = st.tuples(st.floats(1.6e9, 2.2e9), st.floats(0, 600))


def made(start, pieces):
    """Cuts of pieces (length, hole after it); the last one goes on."""
    marks = [start]
    for length, hole in pieces:
        time, place = marks[-1]
        marks.append((time + length + hole, place + length))
    return Cuts(marks)


CUTS = st.builds(made, STARTS, PIECES)


@QUIETLY
@given(CUTS, st.data())
def test_there_and_back_is_the_same_moment_after_any_cut(cuts, data):
    for mark, following in zip(cuts.marks, [*cuts.marks[1:], None], strict=True):
        length = following.place - mark.place if following else 5000
        after = data.draw(st.floats(0, length, exclude_max=True))
        assert cuts.place(mark.time + after) == pytest.approx(mark.place + after, abs=0.001)
        assert cuts.time(mark.place + after) == pytest.approx(mark.time + after, abs=1)
        assert cuts.place(cuts.time(mark.place + after)) == pytest.approx(mark.place + after, abs=0.001)


@QUIETLY
@given(CUTS, st.data())
def test_places_never_go_back(cuts, data):
    ends = cuts.marks[0].time - 100, cuts.marks[-1].time + 100
    times = sorted(data.draw(st.lists(st.floats(*ends), min_size=2, max_size=20)))
    places = [cuts.place(time) for time in times]
    known = [place for place in places if place is not None]
    assert known == sorted(known)
    assert places[: len(places) - len(known)] == [None] * (len(places) - len(known))  # only what was before has none
    assert all((place is None) == (time < cuts.marks[0].time) for time, place in zip(times, places, strict=True))


@QUIETLY
@given(CUTS, st.data())
def test_what_was_in_a_hole_stands_at_its_cut(cuts, data):
    for before, mark in zip(cuts.marks, cuts.marks[1:], strict=False):
        ended = before.time + mark.place - before.place
        if mark.time - ended > 0.01:
            inside = data.draw(st.floats(ended, mark.time))
            assert cuts.place(inside) == pytest.approx(mark.place, abs=0.001)


@QUIETLY
@given(CUTS, st.data())
def test_windows_have_each_moment_once(cuts, data):
    """What a window says is inside it stands there, and nowhere else."""
    last = cuts.marks[-1]
    time = data.draw(st.floats(cuts.marks[0].time, last.time + 300))
    place = cuts.place(time)
    width = data.draw(st.sampled_from([7.0, 60.0]))
    number = int(place // width)
    found = [
        at
        for at in range(max(0, number - 2), number + 3)
        if cuts.span(at * width, (at + 1) * width)[0] <= time < cuts.span(at * width, (at + 1) * width)[1]
    ]
    assert len(found) == 1 and abs(found[0] * width - place) <= width + 0.001


@pytest.mark.parametrize(
    ("marks", "number"),
    [
        ([(100, 0), (150, 60)], 2),  # more picture than time
        ([(100, 0), (200, 0)], 2),
        ([(100, 0), (200, 50), (150, 80)], 3),
        ([(100, -1)], 1),
        ([(float("nan"), 0)], 1),
    ],
)
def test_marks_that_no_recording_can_have_are_refused(marks, number):
    with pytest.raises(Disordered) as refused:
        Cuts(marks)
    assert refused.value.number == number


def test_a_recording_without_marks_is_none():
    with pytest.raises(ValueError, match="at least one"):
        Cuts([])
