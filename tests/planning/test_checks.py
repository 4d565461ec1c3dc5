"""What clocks show, what is warned of, and how speakers are read: tables."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from people.models import Participant, Role
from planning import checks, people
from planning.checks import overlaps
from planning.models import Draft
from planning.times import is_doubled, moments
from planning.working import Item, items_of, utc
from sessions.models import Session


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc_hours"),
    [
        ("Europe/Madrid", date(2027, 3, 28), time(2, 30), []),  # skipped
        ("Europe/Madrid", date(2027, 3, 28), time(3, 0), [1]),
        ("Europe/Madrid", date(2026, 10, 25), time(2, 30), [0, 1]),  # twice
        ("Europe/Madrid", date(2026, 10, 25), time(3, 0), [2]),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), []),
        ("America/Santiago", date(2026, 4, 4), time(23, 30), [2, 3]),
        ("Asia/Shanghai", date(2026, 3, 29), time(2, 30), [18]),
    ],
)
def test_when_a_clock_shows_that(zone, day, hour, utc_hours):
    found = moments(day, hour, ZoneInfo(zone))
    assert [moment.hour for moment in found] == utc_hours
    assert all(is_doubled(moment, ZoneInfo(zone)) == (len(utc_hours) > 1) for moment in found)


def item(number, start, end, **values):
    day = datetime(2026, 11, 26, tzinfo=UTC)
    times = {"start": utc(day.replace(hour=start)), "end": utc(day.replace(hour=end))}
    return Item({"stage": 1, "speakers": [], **times, **values}, {}, number, None)


@pytest.mark.parametrize(
    ("sessions", "pairs"),
    [
        ([(9, 10), (10, 11)], 0),  # one after the other
        ([(9, 11), (10, 12)], 1),
        ([(9, 12), (10, 11), (11, 12)], 2),  # one within it, one after that
        ([(9, 10), (9, 10), (9, 10)], 3),
    ],
)
def test_what_overlaps(sessions, pairs):
    found = list(overlaps(item(number, *hours) for number, hours in enumerate(sessions, 1)))
    assert len(found) == pairs and all(first.start <= second.start for first, second in found)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 3)), max_size=12))
def test_no_overlap_is_missed(hours):
    items = [item(number, start, start + length) for number, (start, length) in enumerate(hours, 1)]
    pairs = {
        frozenset((a.key, b.key)) for a in items for b in items if a.key < b.key and a.start < b.end and b.start < a.end
    }
    assert {frozenset((a.key, b.key)) for a, b in overlaps(items)} == pairs


def test_a_speaker_in_two_cities_at_once():
    items = [item(1, 9, 11, speakers=["7"]), item(2, 10, 12, stage=2, speakers=["7"]), item(3, 9, 10, stage=3)]
    assert not list(checks.stage_overlaps(items))
    (found,) = checks.speaker_overlaps(items, lambda value: f"No. {value}")
    assert found.text.startswith("No. 7") and [each.session for each in found.items] == [2, 1]


KNOWN = {"1": ("Li Ming", "Lab"), "2": ("Ada", "Engines"), "3": ("ADA", "Numbers")}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("Li Ming\nli ming – Lab", ["1"]),  # the same, once
        ("Ada – Numbers", ["3"]),
        ("Ada #2", ["2"]),
        ("Grace Hopper - Navy", ["Grace Hopper – Navy"]),
        ("Jean-Luc", ["Jean-Luc"]),
    ],
)
def test_speakers_are_read_from_lines(text, values):
    assert people.read(text, KNOWN) == values
    assert people.read("\n".join(people.line_of(value, KNOWN) for value in values), KNOWN) == values


@pytest.mark.parametrize("text", ["Ada", "Ada – Elsewhere", "\n".join(f"Person {number}" for number in range(61))])
def test_lines_that_say_too_little_or_too_much(text):
    with pytest.raises(ValidationError):
        people.read(text, KNOWN)


def kinds(edition):
    return sorted(each.kind for each in checks.warnings(edition, items_of(edition)))


@pytest.mark.django_db
def test_the_programme_is_checked_as_it_will_be(browser, place, session, edition, base):
    Session.objects.update(stream="https://example.org/live.m3u8")
    Session.objects.exclude(pk=session.pk).update(status="ended")
    outside = ["outside"] * (not edition.start_date <= session.local_date <= edition.end_date)  # towards midnight
    assert kinds(edition) == outside  # a moderator of the edition moderates each
    Role.objects.filter(name="moderator").exclude(scope__startswith="session").delete()
    Role.objects.filter(scope=session.room_key).delete()
    assert kinds(edition) == ["moderator", *outside]
    times = {"start": session.start.isoformat(), "end": session.end.isoformat(), "title": "New", "stream": ""}
    values = times | {"stage": session.stage_id, "speakers": [str(place["speaker_page"])]}
    Draft.objects.create(edition=edition, guid="new", values=values)
    assert set(kinds(edition)) == {"moderator", "stage", "speaker", "stream", *outside}
    page = browser().get(f"{base}checks/").text
    assert f"{base}sessions/s{session.pk}/" in page and "Li Ming speaks in two sessions" in page
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    assert "stage" not in kinds(edition)


@pytest.mark.django_db
def test_a_page_of_planning_costs_the_same_however_many_there_are(
    browser, place, session, edition, base, django_assert_max_num_queries
):
    organiser = Participant.objects.get(pk=place["people"]["organiser"])
    values = {"start": session.start.isoformat(), "end": session.end.isoformat(), "title": "New", "stream": ""}
    values |= {"stage": session.stage_id, "speakers": []}
    Draft.objects.bulk_create(
        Draft(edition=edition, guid=f"new-{number}", values=values, changed_by=organiser) for number in range(40)
    )
    client = browser()
    for path in ("", "?view=list", "checks/", "release/", f"sessions/s{session.pk}/", "parts/", "speakers/"):
        with django_assert_max_num_queries(20):
            assert client.get(f"{base}{path}").status_code == 200
