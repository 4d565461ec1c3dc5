"""Write tickets into an edition, by ticket reference: the same file again changes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from people import bans
from people.models import Participant, Registration
from people.names import name_or
from registration import links
from registration.imports import mapping, meaning
from registration.imports.meaning import NO_PASS, Status
from registration.scopes import Scopes
from sessions.models import Edition

PROFILE = {"organisation": 120, "job_title": 120, "city": 80, "country": 80}


class BadRow(Exception):
    """The row cannot be used; the message says what is wrong and what to do."""


class NoTicket(Exception):
    """The row is rightly no registration; the message is the reason: "test", "addon" or "admission"."""


@dataclass(frozen=True)
class Chosen:
    """The organiser's choices: field -> column, and what words of the file mean."""

    columns: dict[str, int]
    passes: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)


@dataclass
class Ticket:
    """One registration of the file. `names`: its name is the participant's (several tickets may share an address)."""

    line: int
    ticket: str
    email: str
    name: str
    pass_type: str
    cancelled: bool
    profile: dict[str, str]
    names: bool = True

    @property
    def says(self) -> str:
        """Pass and state, as Registration.imported stores them."""
        return f"{self.pass_type} {'cancelled' if self.cancelled else 'valid'}"


def none_because(cells: list[str], columns: dict[str, int]) -> str:
    """Why a row is no ticket ("test", "addon", "admission"); empty when it may be one."""
    cell = partial(mapping.cell, cells, columns)
    if meaning.is_yes(cell("test")):
        return "test"
    if mapping.folded(cell("addon")) and not meaning.is_no(cell("addon")):
        return "addon"
    return "admission" if meaning.is_no(cell("admission")) else ""


def ticket_of(line: int, cells: list[str], chosen: Chosen) -> Ticket:
    """The ticket of a row. Raises BadRow or NoTicket."""
    cell = partial(mapping.cell, cells, chosen.columns)
    if reason := none_because(cells, chosen.columns):
        raise NoTicket(reason)
    pass_type = meaning.of(cell("pass"), chosen.passes, meaning.guess_pass)
    if pass_type == NO_PASS:
        raise NoTicket("admission")
    ticket, email = mapping.reference(cells, chosen.columns), (cell("email") or cell("buyer")).lower()
    if not 0 < len(ticket) <= 80:
        raise BadRow(_("It has no ticket reference of at most 80 characters: choose the right column, or fill it in."))
    _check_address(email)
    cancelled = _is_cancelled(cell("status"), chosen)
    if not pass_type:
        raise BadRow(_("Nobody has said what its pass means: it is left out. Choose a pass for it, or correct it."))
    profile = {name: cell(name)[:limit] for name, limit in PROFILE.items()}
    name = name_or(mapping.full_name(cells, chosen.columns), email.partition("@")[0])
    return Ticket(line, ticket, email, name, pass_type, cancelled, profile)


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadRow(_("Its e-mail address is none: correct it.")) from error  # not quoted: the report stays
    if len(email) > 254:
        raise BadRow(_("The e-mail address is too long: correct it."))


def _is_cancelled(word: str, chosen: Chosen) -> bool:
    if "status" not in chosen.columns:
        return False
    status = meaning.of(word, chosen.statuses, meaning.guess_status)
    if status == Status.NOT_HELD:
        raise BadRow(_("Its order is not paid, has expired or is a test: it is left out."))
    if not status:
        raise BadRow(_("Nobody has said what its status means: it is left out. Choose it, or correct it."))
    return status == Status.CANCELLED


def apply(edition: Edition, tickets: list[Ticket], dry: bool) -> Counter[str]:
    """Write the tickets of one portion (`dry`: write nothing). Counts of "new", "changed" and "unchanged"."""
    scope = edition.room_key
    with transaction.atomic():
        people = _people({ticket.email for ticket in tickets})
        held = Registration.objects.filter(scope=scope, ticket__in=[ticket.ticket for ticket in tickets])
        known = {registration.ticket: registration for registration in held}
        if not dry:
            people |= _make_people(tickets, people)
        renamed = _profiles(edition, tickets, people, dry)
        return _registrations(scope, tickets, people, known, renamed, dry)


def _people(emails: Iterable[str]) -> dict[str, Participant]:
    return {person.email or "": person for person in Participant.objects.filter(email__in=list(emails))}


def _make_people(tickets: list[Ticket], people: dict[str, Participant]) -> dict[str, Participant]:
    new: dict[str, Participant] = {}
    for ticket in sorted(tickets, key=lambda ticket: not ticket.names):
        if ticket.email not in people and ticket.email not in new:
            new[ticket.email] = Participant(
                email=ticket.email, name=ticket.name, password=make_password(None), **ticket.profile
            )
    Participant.objects.bulk_create(new.values(), ignore_conflicts=True)  # somebody may have come in meanwhile
    made = _people(new)
    bans.renew({bans.mark_of("email", email): person.pk for email, person in made.items()})
    return made


def _profiles(edition: Edition, tickets: list[Ticket], people: dict[str, Participant], dry: bool) -> set[str]:
    """Correct names and profiles of people who never signed in and are in no other edition; gives their addresses."""
    ours = {person.pk: person for person in people.values() if person.last_login is None}
    for pk in Scopes(edition).held_beyond(ours.values()):
        del ours[pk]
    changed: dict[str, Participant] = {}
    for ticket in tickets:
        person = people.get(ticket.email)
        if person is None or person.pk not in ours or not ticket.names:
            continue
        wanted = {"name": ticket.name} | {name: value for name, value in ticket.profile.items() if value}
        if any(getattr(person, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(person, name, value)
            changed[ticket.email] = person
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
    for ticket in tickets:
        person, registration = people.get(ticket.email), known.get(ticket.ticket)
        if registration is None:
            counts["new"] += 1
            if person is not None and not dry:
                new.append(_write(Registration(scope=scope, ticket=ticket.ticket), ticket, person))
            continue
        holds = f"{registration.pass_type} {'cancelled' if registration.cancelled_at else 'valid'}"
        theirs = person is not None and registration.participant_id == person.pk
        same = theirs and ticket.says in (registration.imported, holds)
        renames = ticket.names and ticket.email in renamed
        counts["unchanged" if same and not renames else "changed"] += 1
        if person is not None and not (theirs and registration.imported == ticket.says):
            changed.append(_write(registration, ticket, person))
    if not dry:
        Registration.objects.bulk_create(new)
        Registration.objects.bulk_update(changed, ["participant", "pass_type", "cancelled_at", "imported"])
        holders = {registration.ticket: registration.participant_id for registration in new + changed}
        bans.renew({bans.mark_of("ticket", scope, ticket): pk for ticket, pk in holders.items()})
        links.end_grown(holders.values())  # bulk writes send no signals
    return counts


def _write(registration: Registration, ticket: Ticket, person: Participant) -> Registration:
    registration.participant, registration.pass_type, registration.imported = person, ticket.pass_type, ticket.says
    registration.cancelled_at = (registration.cancelled_at or clock.now()) if ticket.cancelled else None
    return registration
