"""What a delegation has planned: the sessions that its people saved and share with it, and its meetings."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from icalendar import Event

from collaboration.delegating import headed_by, is_focal_point
from collaboration.models import Delegate, Delegation
from common.contract import Agreed
from common.registry import registry
from common.signed import Addresses
from people.models import Participant
from people.names import plain
from sessions import calendars
from sessions.models import Session

S = Delegate.State
OF_DELEGATION = (S.APPROVED, S.ACCREDITED)  # whom somebody else has only named is not of it yet
MOST = 300  # sessions
ADDRESSES = Addresses("collaboration.calendar")


class Item(NamedTuple):
    """Something that is planned: a session with how many have saved it, or a meeting."""

    starts: datetime  # on its city's clock
    ends: datetime
    zone: str
    title: str
    place: str
    url: str
    savers: int = 0
    other: str = ""


def place_of(user: Any, delegation: Delegation) -> Delegate | None:
    """Somebody's own place in a delegation, once they are approved."""
    if not user.is_authenticated or not user.email:
        return None
    return delegation.delegates.filter(state__in=OF_DELEGATION, email__iexact=user.email).first()


def belongs(user: Any, delegation: Delegation) -> bool:
    """Whether somebody is of a delegation: one of its people, or a focal point."""
    return is_focal_point(user, delegation) or place_of(user, delegation) is not None


def travels_with(participant: Participant, edition_id: int) -> Any:
    """The delegations of an edition that somebody is of."""
    places = Delegate.objects.filter(state__in=OF_DELEGATION, email__iexact=participant.email or "-")
    mine = headed_by(participant, edition_id).values("pk")
    found = Delegation.objects.filter(edition=edition_id).filter(Q(pk__in=places.values("delegation")) | Q(pk__in=mine))
    return found.select_related("organisation")


def share(delegate: Delegate, on: bool) -> None:
    """Let what one has saved count in the delegation's agenda, or no longer."""
    Delegate.objects.filter(pk=delegate.pk).update(shares_agenda=on)


def saved(delegation: Delegation) -> Counter[int]:
    """Session -> how many of the people who share their agenda with the delegation have saved it."""
    sharing = delegation.delegates.filter(state__in=OF_DELEGATION, shares_agenda=True).exclude(email="")
    addresses = {email.lower() for email in sharing.values_list("email", flat=True)}
    people = Participant.objects.filter(email__in=addresses, is_active=True)
    return Counter(registry.saves().filter(participant__in=people.values("pk")).values_list("session", flat=True))


def sessions(delegation: Delegation, user: Any) -> tuple[list[Session], Counter[int]]:
    """The sessions of the edition that were saved and that this person may see, with how many saved each."""
    counts = saved(delegation)
    found = delegation.edition.sessions.filter(pk__in=counts).visible_to(user)
    places = found.select_related("stage__host_city", "edition").defer("title_folded", "abstract_folded")
    return list(places.order_by("start", "pk")[:MOST]), counts


def days(delegation: Delegation, user: Any) -> dict[Any, list[Item]]:
    """Day -> what is planned for it, by its time; each on its own city's clock."""
    items = sorted(_items(delegation, user), key=lambda item: item.starts)
    found: dict[Any, list[Item]] = {}
    for item in items:
        found.setdefault(item.starts.date(), []).append(item)
    return found


def _items(delegation: Delegation, user: Any) -> Iterator[Item]:
    shown, counts = sessions(delegation, user)
    for session in shown:
        place = f"{session.stage.name}, {session.stage.host_city.name}"
        times = session.begins.astimezone(session.zone), session.finishes.astimezone(session.zone)
        yield Item(*times, session.zone.key, session.title, place, session.get_absolute_url(), counts[session.pk])
    answers = is_focal_point(user, delegation)  # the meeting's own page is for those who answer
    for meeting in registry.meetings_of(delegation.pk):
        zone = ZoneInfo(meeting.zone)
        times = meeting.starts.astimezone(zone), meeting.ends.astimezone(zone)
        url = meeting.url if answers else ""
        yield Item(*times, meeting.zone, meeting.topic, meeting.place, url, other=meeting.other)


def address(delegation: Delegation, participant: Participant) -> str:
    """What stands in the address of somebody's calendar of a delegation."""
    return ADDRESSES.of(delegation.pk, participant.pk)


def owner_of(signed: str) -> tuple[Delegation, Participant] | None:
    """Whose calendar an address opens; None for one that is not ours, and for who is not of the delegation any more."""
    pk, number = ADDRESSES.read(signed) or (0, 0)
    delegation = Delegation.objects.select_related("edition__host_city", "organisation").filter(pk=pk).first()
    participant = Participant.objects.filter(pk=number, is_active=True).first()
    if delegation is None or participant is None or not belongs(participant, delegation):
        return None
    return delegation, participant


def events(meetings: Sequence[Agreed], absolute: Callable[[str], str]) -> list[Event]:
    """Meetings as calendars take them."""
    made = []
    for meeting in meetings:
        event = Event()
        event.add("UID", meeting.key)
        event.add("DTSTAMP", meeting.changed)
        event.add("SEQUENCE", meeting.version)
        event.add("DTSTART", meeting.starts)
        event.add("DTEND", meeting.ends)
        event.add("SUMMARY", plain(f"{meeting.other}: {meeting.topic}"))
        event.add("LOCATION", plain(meeting.place))
        event.add("URL", absolute(meeting.url))
        made.append(event)
    return made


def calendar(delegation: Delegation, participant: Participant, absolute: Callable[[str], str], source: str) -> bytes:
    """What is planned, as a file for calendars."""
    feed = f"delegation:{delegation.pk}/participant:{participant.pk}"
    told = calendars.tell(feed, sessions(delegation, participant)[0])
    more = events(registry.meetings_of(delegation.pk), absolute)
    return calendars.calendar(str(delegation), told, absolute, source, more)
