"""The grid of stages and hours shows the hours of what is in it, and no morning in which nothing is."""

import re
from datetime import datetime, time, timedelta

import pytest

from sessions.models import Session

pytestmark = pytest.mark.django_db


def hours(client, base, session):
    """The hours of the rows."""
    page = client.get(base, {"day": session.local_date.isoformat()}).text
    return [int(hour) for hour in re.findall(r'<th scope="row">(\d\d):00</th>', page)]


@pytest.fixture
def alone(edition, session):
    """The edition's only session."""
    edition.sessions.exclude(pk=session.pk).delete()
    return session


def at(session, hour, minutes):
    """It begins at this hour of its city, and takes so many minutes."""
    start = datetime.combine(session.local_date, time(hour), session.zone)
    Session.objects.filter(pk=session.pk).update(start=start, end=start + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("hour", "minutes", "first", "last"),
    [
        (4, 13 * 60, 3, 17),  # an end at the full hour is after it
        (4, 13 * 60 + 15, 3, 18),
        (11, 45, 10, 17),  # room for a second one
        (0, 60, 0, 7),
        (22, 180, 21, 23),  # past midnight
    ],
)
def test_the_grid_begins_an_hour_before_the_first_and_ends_after_the_last(
    browser, base, alone, hour, minutes, first, last
):
    at(alone, hour, minutes)
    assert hours(browser(), base, alone) == list(range(first, last + 1))


def test_a_day_on_which_nothing_is_has_the_hours_of_a_working_day(browser, base, edition, alone):
    day = alone.local_date
    alone.delete()
    edition.start, edition.end = day, day
    edition.save()
    assert len(hours(browser(), base, alone)) >= 8
