"""Writing tickets into an edition: by ticket reference, so that once more changes nothing."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from people import bans
from people.models import Participant, Pass, Registration
from people.names import name_or
from registration import links
from registration.imports import mapping
from registration.scopes import Scopes
from sessions.models import Edition

PROFILE = {"organisation": 120, "job_title": 120, "city": 80, "country": 80}
CANCELLED = frozenset({"c", "canceled", "cancelled", "refunded"})
NOT_PAID = frozenset({"n", "e", "pending", "expired", "unpaid"})


class BadRow(Exception):
    """What is wrong with a row, and what to do."""


@dataclass
class Ticket:
    """One registration as the file has it."""

    line: int
    ticket: str
    email: str
    name: str
    pass_type: str
    cancelled: bool
    profile: dict[str, str]

    @property
    def says(self) -> str:
        """What of the registration a file decides, as Registration.imported keeps it."""
        return f"{self.pass_type} {'cancelled' if self.cancelled else 'valid'}"


def ticket_of(line: int, cells: list[str], columns: dict[str, int], passes: dict[str, str]) -> Ticket:
    """A row as a ticket. Raises BadRow."""

    def cell(name: str) -> str:
        return mapping.cell(cells, columns, name)

    ticket, email = mapping.reference(cells, columns), (cell("email") or cell("buyer")).lower()
    if not 0 < len(ticket) <= 80:
        raise BadRow(_("It has no ticket reference of at most 80 characters: choose the right column, or fill it in."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadRow(_("Its e-mail address is none: correct it.")) from error  # not quoted: the report stays
    if len(email) > 254:
        raise BadRow(_("The e-mail address is too long: correct it."))
    status = cell("status").casefold()
    if status in NOT_PAID:
        raise BadRow(_("The order is not paid (%(status)s): it is left out.") % {"status": status})
    word = cell("pass")
    pass_type = passes.get(word) or mapping.guess_pass(word)
    if pass_type not in Pass.values:
        pass_type = str(Pass.ON_SITE)
    profile = {name: cell(name)[:limit] for name, limit in PROFILE.items()}
    name = name_or(cell("name"), email.partition("@")[0])
    return Ticket(line, ticket, email, name, pass_type, status in CANCELLED, profile)


def apply(edition: Edition, tickets: list[Ticket], dry: bool) -> Counter[str]:
    """Write the tickets of one portion (or only count what would be): new, changed, unchanged."""
    scope = edition.room_key
    with transaction.atomic():
        people = {one.email or "": one for one in Participant.objects.filter(email__in={one.email for one in tickets})}
        known = {
            one.ticket: one
            for one in Registration.objects.filter(scope=scope, ticket__in=[one.ticket for one in tickets])
        }
        if not dry:
            people |= _make_people(tickets, people)
        renamed = _profiles(edition, tickets, people, dry)
        return _registrations(scope, tickets, people, known, renamed, dry)


def _make_people(tickets: list[Ticket], people: dict[str, Participant]) -> dict[str, Participant]:
    new: dict[str, Participant] = {}
    for one in tickets:
        if one.email not in people and one.email not in new:
            new[one.email] = Participant(email=one.email, name=one.name, password=make_password(None), **one.profile)
    Participant.objects.bulk_create(new.values(), ignore_conflicts=True)  # somebody may have come in meanwhile
    made = {one.email or "": one for one in Participant.objects.filter(email__in=list(new))}
    bans.renew({bans.mark_of("email", email): one.pk for email, one in made.items()})
    return made


def _profiles(edition: Edition, tickets: list[Ticket], people: dict[str, Participant], dry: bool) -> set[str]:
    """Correct names and profiles of those who have never signed in and are of no other edition; their addresses."""
    ours = {one.pk: one for one in people.values() if one.last_login is None}
    for pk in Scopes(edition).held_beyond(ours.values()):
        del ours[pk]
    changed: dict[str, Participant] = {}
    for one in tickets:
        who = people.get(one.email)
        if who is None or who.pk not in ours:
            continue
        wanted = {"name": one.name} | {name: value for name, value in one.profile.items() if value}
        if any(getattr(who, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(who, name, value)
            changed[one.email] = who
    if changed and not dry:
        Participant.objects.bulk_update(changed.values(), ["name", *PROFILE])
    return set(changed)


def _registrations(
    scope: str,
    tickets: list[Ticket],
    people: dict[str, Participant],
    known: dict[str, Registration],
    renamed: set[str],
    dry: bool,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    new, changed = [], []
    for one in tickets:
        who, registration = people.get(one.email), known.get(one.ticket)
        if registration is None:
            counts["new"] += 1
            if who is not None and not dry:
                new.append(_write(Registration(scope=scope, ticket=one.ticket), one, who))
            continue
        holds = f"{registration.pass_type} {'cancelled' if registration.cancelled_at else 'valid'}"
        theirs = who is not None and registration.participant_id == who.pk
        same = theirs and one.says in (registration.imported, holds)
        counts["unchanged" if same and one.email not in renamed else "changed"] += 1
        if who is not None and not (theirs and registration.imported == one.says):
            changed.append(_write(registration, one, who))
    if not dry:
        Registration.objects.bulk_create(new)
        Registration.objects.bulk_update(changed, ["participant", "pass_type", "cancelled_at", "imported"])
        bans.renew({bans.mark_of("ticket", scope, one.ticket): one.participant_id for one in new + changed})
        links.end_grown(one.participant_id for one in new + changed)  # bulk writes send no signals
    return counts


def _write(registration: Registration, ticket: Ticket, who: Participant) -> Registration:
    registration.participant, registration.pass_type, registration.imported = who, ticket.pass_type, ticket.says
    registration.cancelled_at = (registration.cancelled_at or clock.now()) if ticket.cancelled else None
    return registration
