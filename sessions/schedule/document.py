"""What a schedule file says, as plain data: both formats are read into this, and only this is applied."""

from dataclasses import dataclass, field


class ScheduleError(Exception):
    """The file as a whole cannot be used; the message says what is wrong and where."""


class EventError(ValueError):
    """One event cannot be used; the message is the reason."""


@dataclass(frozen=True)
class Skip:
    """An event that was left out, where it stands and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        # A hostile file must not send escape sequences to the operator's terminal.
        line = f"{self.where}: {self.reason}"
        return "".join(char if char.isprintable() else "?" for char in line)


IDENTITIES = ("guid", "code", "id")  # of a person, the surest first


@dataclass(frozen=True)
class Person:
    """A speaker. `identities` are what the file tells them apart by: "guid", "code", "id", as far as it has them."""

    identities: dict[str, str]
    name: str
    biography: str = ""
    photo: str = ""  # its address

    @property
    def key(self) -> str:
        """The first of them; it may be blank."""
        return next(iter(self.identities.values()), "")


@dataclass(frozen=True)
class Day:
    """A day of the congress. It begins at `start` rather than at midnight, when that is given."""

    date: str = ""
    start: str = ""


@dataclass(frozen=True)
class Event:
    """An event as written: no value has been judged yet, a missing one is blank."""

    where: str
    day: Day
    guid: str = ""
    title: str = ""
    subtitle: str = ""
    date: str = ""
    start: str = ""
    duration: str = ""
    end: str = ""
    room: str = ""
    track: str = ""
    kind: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    logo: str = ""
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Conference:
    """The head of the file; every part may be blank."""

    title: str = ""
    start: str = ""
    end: str = ""
    timezone: str = ""
    city: str = ""
    day_change: str = ""
    base: str = ""  # address that others are relative to


@dataclass
class Schedule:
    """A whole file. `skipped` holds what was no event at all."""

    conference: Conference
    days: list[Day] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)


def stable_guid(guid: str, event_id: str, code: str, slug: str) -> str:
    """The event's own GUID, else one that the next export of the same event yields again; blank without any."""
    if guid:
        return guid
    named = (f"{name}:{value}" for name, value in (("id", event_id), ("code", code), ("slug", slug)) if value)
    return next(named, "")
