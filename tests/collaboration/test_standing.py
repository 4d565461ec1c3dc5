"""What the calendar says of a commitment: late, silent, reminded."""

from datetime import date, timedelta

import pytest

from collaboration.standing import milestones_missed, months_after, reminders_due, silent_from, standing

SPOKEN, DUE = date(2026, 11, 5), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-01-01", 11, "2026-12-01"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_months_later(day, months, after):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


@pytest.mark.parametrize(
    ("today", "admits", "state"),
    [
        ("2026-11-05", False, "track"),
        ("2026-11-05", True, "late"),
        ("2027-06-30", False, "track"),
        ("2027-07-01", False, "late"),
        ("2027-12-04", False, "late"),
        ("2027-12-05", False, "silent"),
        ("2027-12-05", True, "silent"),
    ],
)
def test_how_it_stands_on_a_day(today, admits, state):
    assert standing(SPOKEN, DUE, date.fromisoformat(today), admits_delay=admits) == state


def test_who_has_years_is_silent_too():
    assert standing(SPOKEN, date(2040, 1, 1), silent_from(SPOKEN)) == "silent"
    assert standing(SPOKEN, date(2040, 1, 1), silent_from(SPOKEN) - timedelta(days=1)) == "track"


@pytest.mark.parametrize(
    ("today", "count"),
    [
        ("2026-11-05", 0),
        ("2027-02-04", 0),
        ("2027-02-05", 1),
        ("2027-05-05", 2),
        ("2027-11-04", 2),
        ("2027-11-05", 3),
        ("2031-01-01", 3),
    ],
)
def test_reminders(today, count):
    assert reminders_due(SPOKEN, date.fromisoformat(today)) == count


def test_milestones_since_the_last_word():
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert milestones_missed(days, SPOKEN, date(2027, 2, 2)) == 2
