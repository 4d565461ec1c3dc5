"""Meetings: slots, requests, answers. Pending ones block nothing; an accepted one books two people and a table."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from common.registry import registry
from expo import events, partners, telling
from expo.models import LENGTH, PENDING, Booking, Exhibitor, Expo, Meeting
from expo.partners import Partner
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions.models import Edition, HostCity, Session, Status

S, W = Meeting.State, Meeting.Way
EXPIRES = timedelta(hours=24)
MOST_PENDING = 15  # requests of one person that wait
MOST_TO_ONE = 3  # of them with the same partner
FREE = frozenset({S.DECLINED, S.CANCELLED, S.EXPIRED})
STEPS = {
    "accept": Step(gettext_lazy("Accept"), frozenset(PENDING), S.ACCEPTED, "expo.take_part"),
    "propose": Step(gettext_lazy("Propose another time"), frozenset({S.REQUESTED}), S.PROPOSED, "expo.take_part"),
    "counter": Step(gettext_lazy("Propose another time"), frozenset({S.PROPOSED}), S.REQUESTED, "expo.take_part"),
    "decline": Step(gettext_lazy("Decline"), frozenset(PENDING), S.DECLINED, "expo.take_part"),
    "cancel": Step(gettext_lazy("Cancel"), frozenset({*PENDING, S.ACCEPTED}), S.CANCELLED, "expo.take_part"),
    "miss": Step(gettext_lazy("Did not come"), frozenset({S.ACCEPTED}), S.MISSED, "expo.take_part"),
    "expire": Step(gettext_lazy("Expire"), frozenset(PENDING), S.EXPIRED, "expo.take_part"),
}


def _lock(pk: int) -> Meeting:
    """The meeting; its exhibition is locked first, so that tables are given out one after the other."""
    expo = Meeting.objects.values_list("edition__expo", flat=True).get(pk=pk)
    Expo.objects.select_for_update(no_key=True).filter(pk=expo).first()
    Meeting.objects.select_for_update(no_key=True).get(pk=pk)
    return Meeting.objects.select_related("edition__expo", *partners.RELATED).get(pk=pk)


def _change(meeting: Meeting, action: str, *, host: Participant | None = None, start: datetime | None = None) -> None:
    if action in ("propose", "counter"):
        meeting.starts_at = start or meeting.starts_at
    if host:
        meeting.host = host
    if action == "accept":
        if clock.now() >= meeting.changed_at + EXPIRES or clock.now() >= meeting.starts_at:
            raise Refused(_("This request has expired."))
        _book(meeting)
    elif action == "cancel":
        Booking.objects.filter(meeting=meeting).delete()
        meeting.table = None
    elif action == "miss" and clock.now() < meeting.starts_at:
        raise Refused(_("It has not begun yet."))


def _book(meeting: Meeting) -> None:
    """Take both people, and a table where they meet at one. Raises Refused for what is taken."""
    people = {pk for pk in (meeting.visitor_id, meeting.host_id) if pk}
    if Booking.objects.filter(what__in=map(_person, people), starts_at=meeting.starts_at).exists():
        raise Refused(_("One of you has another meeting at this time. Propose another."))
    if title := _speaks(people, meeting.starts_at):
        raise Refused(_("One of you is on stage at this time: %(title)s. Propose another.") % {"title": title})
    taken = [_person(pk) for pk in people]
    if meeting.way == W.TABLE:
        _ask_hall(meeting.edition, partners.city_of(meeting), meeting.starts_at)
        meeting.table = _free_table(meeting)
        taken.append(_table(meeting, meeting.table))
    Booking.objects.bulk_create([Booking(meeting=meeting, what=what, starts_at=meeting.starts_at) for what in taken])


def _person(pk: int) -> str:
    return f"person:{pk}"


def _table(meeting: Meeting, number: int) -> str:
    return f"table:{meeting.edition_id}:{partners.city_of(meeting).pk}:{number}"


def _ask_hall(edition: Edition, city: HostCity, start: datetime) -> None:
    """Raises Refused where the hall with the tables is closed then: people give other hours than stands."""
    expo = Expo.objects.select_related("edition").filter(edition=edition).first()
    if expo is None or not expo.is_open(start, city):
        raise Refused(_("The hall is closed at this time. Meet by video, or at another time."), 422)


def _free_table(meeting: Meeting) -> int:
    """The lowest table that is free then. Raises Refused when all are taken."""
    numbers = range(1, meeting.edition.expo.tables + 1)
    keys = {_table(meeting, number): number for number in numbers}
    booked = Booking.objects.filter(what__in=keys, starts_at=meeting.starts_at)
    free = sorted(set(numbers) - {keys[what] for what in booked.values_list("what", flat=True)})
    if not free:
        raise Refused(_("All tables are taken at this time. Propose another, or meet by video."))
    return free[0]


def _speaks(people: Collection[int], start: datetime) -> str:
    """The title of a session in which one of them speaks then; "" when there is none."""
    sessions = Session.objects.filter(speakers__participant__in=people, start__lt=start + LENGTH, end__gt=start)
    return sessions.exclude(status=Status.CANCELLED).values_list("title", flat=True).first() or ""


def _save(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.changed_at = clock.now()
    meeting.save()


MACHINE = Machine(
    steps=STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda meeting: {"state": meeting.state},
    record=lambda by, action, meeting, **details: None,  # private: who meets whom is in no record
    announce=lambda meeting, before: events.meeting(meeting),
    impossible=gettext_lazy("“%(step)s” is not possible: it is “%(state)s”."),
    faster=gettext_lazy("It has changed and is “%(state)s” now. Look again before you go on."),
    own=frozenset(STEPS),
)
# By whom a step is taken; both may cancel, and say that the other did not come.
OF_TEAM, OF_VISITOR = {S.REQUESTED: {"accept", "propose", "decline"}}, {S.PROPOSED: {"accept", "counter", "decline"}}


def offered(meeting: Meeting, is_visitor: bool) -> list[str]:
    """The steps that one of the two may take now, in the order of the table."""
    own = OF_VISITOR if is_visitor else OF_TEAM
    may = set(own.get(S(meeting.state), set()))
    if meeting.state == S.ACCEPTED:
        may = {"miss"} if clock.now() >= meeting.starts_at else {"cancel"}
    elif is_visitor and meeting.state in PENDING:
        may.add("cancel")
    return [action for action in STEPS if action in may]


def ask(asked: Exhibitor | Partner, visitor: Participant, topic: str, start: datetime, way: str) -> Meeting:
    """Ask for a meeting. Raises Refused for a time that is no slot, and for too many that wait."""
    partner = partners.stand(asked) if isinstance(asked, Exhibitor) else asked
    if start not in partner.slots():
        raise Refused(_("This time is no longer offered. Choose another."), 422)
    if way == W.STAND and partner.exhibitor is None:
        raise Refused(_("They have no stand. Meet at a table or by video."), 422)
    if way == W.TABLE:
        _ask_hall(partner.edition, partner.city, start)
    with transaction.atomic():
        Participant.objects.select_for_update(no_key=True).get(pk=visitor.pk)  # two of their requests at once
        _ask_limits(partner, visitor, start)
        fields = {"edition": partner.edition, "visitor": visitor, "topic": topic, "starts_at": start, "way": way}
        meeting = Meeting.objects.create(**fields, **partner.columns(), changed_at=clock.now())
        events.meeting(meeting)
        telling.tell(meeting, "ask", by=visitor)
    return meeting


def _ask_limits(partner: Partner, visitor: Participant, start: datetime) -> None:
    since = clock.now() - EXPIRES
    pending = Meeting.objects.filter(visitor=visitor, state__in=PENDING, changed_at__gt=since)
    if pending.count() >= MOST_PENDING:
        raise Refused(_("%(most)d of your requests wait already.") % {"most": MOST_PENDING})
    same = pending.filter(**partner.columns())
    if same.filter(starts_at=start).exists():
        raise Refused(_("You have asked for this time already."))
    if partner.exhibitor is None and same.count() >= MOST_TO_ONE:
        raise Refused(_("%(most)d of your requests to them wait already.") % {"most": MOST_TO_ONE})


def answer(
    pk: int, action: str, by: Participant, is_visitor: bool, *, expected: int | None, start: datetime | None = None
) -> Meeting:
    """Take a step as the visitor, or for the team. Raises Refused for one that is not theirs now."""
    with transaction.atomic():
        meeting = MACHINE.current(pk, expected)
        if action not in offered(meeting, is_visitor):
            raise Refused(_("This is not possible any more. Look again."))
        given: dict[str, Any] = {} if is_visitor else {"host": by}
        if action in ("propose", "counter"):
            if start is None or start not in partners.of(meeting).slots():
                raise Refused(_("Choose one of the times that are offered."), 422)
            given["start"] = start
        meeting = MACHINE.take(pk, action, by, **given)
        telling.tell(meeting, "propose" if action == "counter" else action, by=by)
        return meeting


def slots(exhibitor: Exhibitor) -> list[datetime]:
    """The times that a stand offers."""
    return partners.stand(exhibitor).slots()


def free_slots(partner: Partner, person: Participant) -> list[datetime]:
    """The times that are offered and at which neither has a meeting yet; of a team somebody may be free."""
    busy = [_person(person.pk), *([_person(pk) for pk in partner.people] if partner.is_one else [])]
    booked = set(Booking.objects.filter(what__in=busy).values_list("starts_at", flat=True))
    return [moment for moment in partner.slots() if moment not in booked]


def clashes(person: Participant, moments: Collection[datetime]) -> dict[datetime, str]:
    """Time -> the session of one's own agenda that takes place then: saved, or one speaks in it."""
    if not moments:
        return {}
    first, last = min(moments), max(moments) + LENGTH
    planned = Q(pk__in=registry.saved(person.pk)) | Q(speakers__participant=person)
    found = Session.objects.filter(planned, start__lt=last, end__gt=first).exclude(status=Status.CANCELLED)
    rows = list(found.distinct().values_list("start", "end", "title"))
    return {
        moment: title
        for moment in moments
        if (title := next((name for start, end, name in rows if start < moment + LENGTH and end > moment), ""))
    }


def expire() -> None:
    """End what nobody answered within a day, or before its time; called every second by every process."""
    due = Meeting.objects.filter(state__in=PENDING)
    late = due.filter(changed_at__lte=clock.now() - EXPIRES) | due.filter(starts_at__lte=clock.now())
    for pk in late.values_list("pk", flat=True)[:50]:
        try:
            with transaction.atomic():
                telling.tell(MACHINE.take(pk, "expire"), "expire")
        except Refused:  # somebody answered meanwhile
            continue
