"""Whom one can ask for a meeting: a stand's team, another visitor, a delegation; and the times that each offers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from common import clock
from common.contract import Entry, Party
from common.registry import registry
from expo.models import LENGTH, Availability, Exhibitor, Expo, Meeting, Member
from people.models import Participant
from sessions.models import Edition, HostCity

AHEAD = timedelta(minutes=15)  # that a meeting is asked for at least
MOST = 500  # times
RELATED: tuple[str, ...] = ("visitor", "host", "person")  # of a meeting, for all that is said of it
RELATED += ("edition__host_city", "exhibitor__edition__host_city", "exhibitor__stand__host_city")


@dataclass(frozen=True)
class Partner:
    """Who is asked. `people` are those who answer; `opens` and `closes` are on the clock of `zone`."""

    edition: Edition
    name: str
    city: HostCity  # whose tables are theirs
    people: frozenset[int]
    url: str = ""
    words: str = ""
    exhibitor: Exhibitor | None = None
    person: int | None = None
    delegation: int | None = None
    hours: tuple[time, time] | None = None
    zone: ZoneInfo | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def is_one(self) -> bool:
        """Whether it is a single person."""
        return self.person is not None

    @property
    def address(self) -> str:
        """Where one asks for a meeting."""
        if self.exhibitor:
            return reverse("expo:meet", args=[self.exhibitor.pk])
        if self.person:
            return reverse("expo:meet_person", args=[self.edition.slug, self.person])
        return reverse("expo:meet_delegation", args=[self.edition.slug, self.delegation])

    def columns(self) -> dict[str, Any]:
        """The columns of a meeting that say who is asked."""
        return {"exhibitor": self.exhibitor, "person_id": self.person, "delegation": self.delegation}

    def slots(self) -> list[datetime]:
        """The times that are offered: half hours of the edition's days within the hours, not too soon."""
        if self.hours is None:
            return []
        soonest = clock.now() + AHEAD
        every = _half_hours(self.edition, soonest, self.city.zone, self.zone, self.hours)
        return list(islice(every, MOST))


def _half_hours(
    edition: Edition, soonest: datetime, city: ZoneInfo, own: ZoneInfo | None, hours: tuple[time, time]
) -> Iterator[datetime]:
    """Half hours of the days of the edition, on the city's clock; `hours` are those of one's own clock."""
    opens, closes = hours
    moment = datetime.combine(max(edition.start_date, soonest.astimezone(city).date()), time(0), city)
    while moment.date() <= edition.end_date:
        local = moment.astimezone(own) if own else moment
        ends = (datetime.combine(local.date(), local.time()) + LENGTH).time()
        if moment >= soonest and opens <= local.time() < ends <= closes:
            yield moment
        moment = (moment.astimezone(ZoneInfo("UTC")) + LENGTH).astimezone(city)


def stand(exhibitor: Exhibitor) -> Partner:
    """The team of a stand; it is there within the hours of the exhibition."""
    team = Member.objects.filter(exhibitor=exhibitor, participant__isnull=False).values_list("participant", flat=True)
    return Partner(
        exhibitor.edition,
        exhibitor.name,
        exhibitor.host_city,
        frozenset(pk for pk in team if pk),
        url=exhibitor.get_absolute_url(),
        exhibitor=exhibitor,
        hours=_hours(exhibitor.edition),
    )


def _hours(edition: Edition) -> tuple[time, time] | None:
    expo = Expo.objects.filter(edition=edition).first()
    return (expo.opens, expo.closes) if expo else None


def person(availability: Availability, words: str = "") -> Partner:
    """Another visitor, within the hours that they give; closed hours offer nothing. `words` are those of their card."""
    who = availability.participant
    return Partner(
        availability.edition,
        who.name,
        availability.edition.host_city,
        frozenset({who.pk}),
        words=words,
        person=who.pk,
        hours=(availability.opens, availability.closes) if availability.is_open else None,
        zone=ZoneInfo(who.timezone) if who.timezone else None,
    )


def delegation(edition: Edition, party: Party) -> Partner:
    """A delegation, within the hours of the exhibition."""
    return Partner(
        edition,
        party.name,
        edition.host_city,
        frozenset(party.people),
        url=reverse("expo:people", args=[edition.slug]),
        words=party.words,
        delegation=party.pk,
        hours=_hours(edition),
    )


def city_of(meeting: Meeting) -> HostCity:
    """The city on whose clock a meeting stands, and whose tables are used: no query."""
    return meeting.exhibitor.host_city if meeting.exhibitor else meeting.edition.host_city


def of(meeting: Meeting) -> Partner:
    """Who was asked for a meeting. A delegation that is gone has nobody who answers."""
    if meeting.exhibitor:
        return stand(meeting.exhibitor)
    if meeting.person_id:
        known = Availability.objects.filter(edition=meeting.edition, participant=meeting.person_id)
        found = known.select_related("participant", "edition__host_city").first()
        return person(found or Availability(edition=meeting.edition, participant=meeting.person))
    pk = meeting.delegation or 0
    party = registry.party([pk]).get(pk) or Party(pk, _("Delegation"), "", ())
    return delegation(meeting.edition, party)


def names(meetings: Iterable[Meeting]) -> dict[int, str]:
    """Id of a meeting -> who was asked, in words: one query for all delegations."""
    rows = list(meetings)
    parties = registry.party({row.delegation for row in rows if row.delegation})
    return {row.pk: _name(row, parties) for row in rows}


def _name(meeting: Meeting, parties: Any) -> str:
    if meeting.exhibitor:
        return meeting.exhibitor.name
    if meeting.person:
        return meeting.person.name
    party = parties.get(meeting.delegation)
    return party.name if party else _("Delegation")


def answers(user: Any, meeting: Meeting) -> bool:
    """Whether somebody is of those who were asked."""
    if meeting.person_id:
        return bool(user.pk == meeting.person_id)
    return user.pk in of(meeting).people


def links(edition: Edition, people: Collection[int], user: Participant) -> Mapping[int, Entry]:
    """Id of somebody in the directory who gives hours -> where one asks them for a meeting."""
    found = Availability.objects.filter(edition=edition, is_open=True, participant__in=people)
    return {
        who: Entry(_("Ask for a meeting"), reverse("expo:meet_person", args=[edition.slug, who]), "calendar-plus")
        for who in found.values_list("participant", flat=True)
    }
