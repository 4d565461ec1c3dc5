"""A meeting as calendars take it (RFC 5545)."""

from collections.abc import Callable

from django.urls import reverse
from icalendar import Calendar, Event

from expo import partners
from expo.models import Meeting
from people.names import plain
from sessions.calendars import on_clock
from sessions.zones import vtimezone


def invitation(meeting: Meeting, other: str, absolute: Callable[[str], str]) -> bytes:
    """The file of one meeting with `other`; `absolute` makes a whole address of a path."""
    made, city = Calendar(), partners.city_of(meeting)
    for name, value in (("PRODID", "-//hybrid//expo//EN"), ("VERSION", "2.0"), ("METHOD", "PUBLISH")):
        made.add(name, value)
    year = meeting.starts_at.year
    made.add_component(vtimezone(city.timezone, year - 1, year + 1))
    event = Event()
    event.add("UID", f"meeting-{meeting.pk}@{meeting.edition.slug}")
    event.add("DTSTAMP", meeting.changed_at)
    event.add("SEQUENCE", meeting.version)
    event.add("DTSTART", on_clock(meeting.starts_at, city.zone))
    event.add("DTEND", on_clock(meeting.ends_at, city.zone))
    event.add("SUMMARY", plain(f"{other}: {meeting.topic}"))
    event.add("LOCATION", plain(where(meeting)))
    event.add("URL", absolute(meeting.get_absolute_url()))
    event.add("STATUS", "CONFIRMED" if meeting.state == Meeting.State.ACCEPTED else "CANCELLED")
    if meeting.way == Meeting.Way.VIDEO:
        watch = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join"}
        event.add("CONFERENCE", absolute(reverse("expo:call", args=[meeting.pk])), parameters=watch)
    made.add_component(event)
    drawn: bytes = made.to_ical()
    return drawn


def where(meeting: Meeting) -> str:
    """Where they meet, in words."""
    if meeting.way == Meeting.Way.VIDEO:
        return str(meeting.get_way_display())
    table = f" {meeting.table}" if meeting.table else ""
    place = meeting.exhibitor.stand if meeting.exhibitor and meeting.way == Meeting.Way.STAND else None
    stand = f", {place}" if place else ""
    return f"{meeting.get_way_display()}{table}{stand}, {partners.city_of(meeting).name}"
