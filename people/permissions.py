"""Who may do what: every view, every socket and the admin ask `can`. The apps declare which roles hold an action."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F

from common import clock
from common.prepared import Prepared
from common.registry import registry
from people.access import OPEN, Access, Visibility
from people.models import Ban, Participant, Role

ANONYMOUS, OPERATOR = "anonymous", "operator"
GUEST, ATTENDEE, SPEAKER = Role.Name.GUEST.value, Role.Name.ATTENDEE.value, Role.Name.SPEAKER.value
MODERATOR, ORGANISER = Role.Name.MODERATOR.value, Role.Name.ORGANISER.value

ANYONE = frozenset({ANONYMOUS, GUEST, ATTENDEE, SPEAKER, MODERATOR, ORGANISER})  # banned people have no role at all
TAKING_PART = frozenset({ATTENDEE, SPEAKER, MODERATOR, ORGANISER})
STAFF = frozenset({MODERATOR, ORGANISER})
ORGANISERS = frozenset({ORGANISER})


class Scoped(Protocol):
    """Something that roles are given for."""

    def scopes(self) -> list[str]:
        """Scope names from the narrowest to the widest, e.g. ["session:12", "stage:4", "edition:1"]."""

    def access(self) -> Access:
        """Whom it is for."""


class Platform:
    """The whole installation; only its operators have rights on it."""

    def scopes(self) -> list[str]:
        """None: no role is given for the installation."""
        return []

    def access(self) -> Access:
        """Open: only the action itself decides."""
        return OPEN


@dataclass
class Standing:
    """What a participant holds: (role, scope), (pass, scope), and the scopes they are banned from."""

    roles: set[tuple[str, str]]
    passes: set[tuple[str, str]]
    bans: set[str]


def standing(participant: Participant | AnonymousUser) -> Standing:
    """The participant's roles, passes and bans now; read once per object."""
    if not isinstance(participant, Participant) or not participant.is_active:
        return Standing(set(), set(), set())
    if "_standing" not in participant.__dict__:
        participant.__dict__["_standing"] = _standings([participant.pk])[participant.pk]
    cached: Standing = participant.__dict__["_standing"]
    return cached


# Asked by every request: building this query by the ORM took a quarter of a request's processor time.
HELD = """
SELECT participant_id, 'role', name, scope FROM people_role WHERE participant_id {these}
UNION ALL SELECT participant_id, 'pass', pass_type, scope FROM people_registration
WHERE cancelled_at IS NULL AND participant_id {these}
UNION ALL SELECT participant_id, 'ban', '', scope FROM people_ban
WHERE lifted_at IS NULL AND (until IS NULL OR until > %s) AND participant_id {these}
"""


def _standings(pks: Iterable[int]) -> dict[int, Standing]:
    """Participant id -> Standing, in one query."""
    standings = {pk: Standing(set(), set(), set()) for pk in pks}
    if not standings:
        return standings
    these, values = _these(list(standings))
    moment = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(these=these), [*values, *values, moment, *values])
        for pk, kind, name, scope in cursor:
            if kind == "ban":
                standings[pk].bans.add(scope)
            else:
                (standings[pk].roles if kind == "role" else standings[pk].passes).add((name, scope))
    return standings


def _these(pks: list[int]) -> tuple[str, list[Any]]:
    """That a number is one of these, in SQL, and its values: on PostgreSQL one text, which is read once."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [pks]
    return f"IN ({', '.join(['%s'] * len(pks))})", pks


_PEOPLE = Prepared(lambda pks: Participant.objects.filter(pk__in=pks))


def participants(pks: Iterable[int]) -> dict[int, Participant]:
    """Id -> participant with roles, passes and bans, in two queries."""
    people = {participant.pk: participant for participant in _PEOPLE.ask({*pks})}
    for pk, held in _standings(people).items():
        people[pk].__dict__["_standing"] = held
    return people


def roles(participant: Participant | AnonymousUser, thing: Scoped) -> set[str]:
    """The participant's roles for a thing. Everybody has at least ANONYMOUS; banned people have none."""
    held, scopes = standing(participant), set(thing.scopes())
    if held.bans & scopes:
        return set()
    names = {ANONYMOUS} | {name for name, scope in held.roles if scope in scopes}
    if any(scope in scopes for _pass, scope in held.passes):
        names.add(ATTENDEE)
    if GUEST in names:
        names |= {registry.guests_may[name].role for name in thing.access().guests_may if name in registry.guests_may}
    if participant.is_superuser and participant.is_active:
        names.add(OPERATOR)
    return names


def admitted(participant: Participant | AnonymousUser, thing: Scoped, names: set[str]) -> bool:
    """Whether the thing exists at all for a participant with the roles `names`."""
    access = thing.access()
    if names & STAFF or SPEAKER in names:
        return True
    if access.embargo_until and clock.now() < access.embargo_until:
        return False
    if access.visibility == Visibility.PUBLIC:
        return True
    held, scopes = standing(participant), thing.scopes()
    if any(scope in scopes[:-1] for _name, scope in held.roles):  # invited to it, or to its stage or strand
        return True
    if access.visibility == Visibility.PASSES:
        return any(name in access.passes and scope in scopes for name, scope in held.passes)
    return access.visibility == Visibility.REGISTERED and ATTENDEE in names


def can(participant: Participant | AnonymousUser, action: str, thing: Scoped) -> bool:
    """Whether a participant may do an action to a thing. Raises KeyError for an action that no app declares."""
    names = roles(participant, thing)
    return not registry.actions[action].isdisjoint(names) and admitted(participant, thing, names)


def is_open(thing: Scoped) -> bool:
    """Whether everybody may see the thing now."""
    return admitted(AnonymousUser(), thing, {ANONYMOUS})


def ban_from(participant: Participant | AnonymousUser, thing: Scoped) -> Ban | None:
    """The longest ban that keeps a participant from a public thing, or None."""
    if not standing(participant).bans & set(thing.scopes()) or not is_open(thing):
        return None
    return (
        Ban.objects.standing()
        .filter(participant=participant.pk, scope__in=thing.scopes())
        .order_by(F("until").asc(nulls_last=True))
        .last()
    )
