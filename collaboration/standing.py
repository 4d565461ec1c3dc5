"""How a commitment stands by the calendar alone: late, silent, and when its parties are reminded. Pure functions."""

from calendar import monthrange
from datetime import date, timedelta

TRACK, LATE, SILENT = "track", "late", "silent"
REMINDED_AFTER = (3, 6, 12)  # months without a word
PATIENCE = timedelta(days=30)  # after the last reminder; then the board says that nothing is heard


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last one where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def silent_from(spoken: date) -> date:
    """The day from which nothing being heard since `spoken` is public."""
    return months_after(spoken, REMINDED_AFTER[-1]) + PATIENCE


def standing(spoken: date, due: date, today: date, *, admits_delay: bool = False) -> str:
    """TRACK, LATE or SILENT on a day, if it is neither done nor withdrawn.

    `spoken` is the day of the last word, `admits_delay` whether that word was that it is late. The day it is due is not
    late yet.
    """
    if today >= silent_from(spoken):
        return SILENT
    return LATE if admits_delay or today > due else TRACK


def reminders_due(spoken: date, today: date) -> int:
    """How many reminders are due by a day since the last word: 0 to 3."""
    return sum(today >= months_after(spoken, months) for months in REMINDED_AFTER)


def milestones_missed(milestones: list[date], spoken: date, today: date) -> int:
    """How many milestones have passed since the last word: what a reminder asks about."""
    return sum(spoken < due < today for due in milestones)
