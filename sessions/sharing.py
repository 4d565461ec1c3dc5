"""What of a session goes elsewhere: an entry for calendars, and what a link to it shows."""

import re
from datetime import UTC, datetime
from html import unescape

import nh3
from django.templatetags.static import static

from common import clock
from sessions.models import Session, Status

LONGEST_SUMMARY = 200  # characters
FOLD = 73  # octets in a line of a calendar, of the 75 that it may have with what begins and ends it


def plain(markup: str) -> str:
    """The text of HTML, its white space single."""
    return re.sub(r"\s+", " ", unescape(nh3.clean(re.sub(r"<(/p|br|/li|/h\d)", r" <\1", markup), tags=set()))).strip()


def summary(session: Session) -> str:
    """The first words of the abstract."""
    text = plain(session.abstract)
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"


def picture(session: Session) -> str:
    """The address of a picture that other sites show: they take no SVG."""
    return session.poster if session.poster and not session.poster.endswith(".svg") else static("share.png")


def calendar(session: Session, url: str) -> str:
    """The session as an iCalendar file (RFC 5545), its times in UTC; `url` is its page."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hybrid//programme//EN",
        "BEGIN:VEVENT",
        f"UID:{_escaped(session.guid)}@{session.edition.slug}",
        f"DTSTAMP:{_utc(clock.now())}",
        f"DTSTART:{_utc(session.begins)}",
        f"DTEND:{_utc(session.finishes)}",
        f"SUMMARY:{_escaped(session.title)}",
        f"LOCATION:{_escaped(f'{session.stage.name}, {session.stage.host_city.name}')}",
        f"DESCRIPTION:{_escaped(summary(session))}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if session.status == Status.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\,;])", r"\\\1", text)
    return re.sub(r"[\x00-\x1f\x7f]+", " ", escaped)


def _folded(line: str) -> str:
    """A line broken where it grows too long, never within a character."""
    parts, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > FOLD:
            parts.append("")
            size = len(character.encode())
        parts[-1] += character
    return "\r\n ".join(parts)
