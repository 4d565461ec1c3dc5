"""The one table that says who may do what. Every view and every socket asks `can`."""

from collections.abc import Iterable
from typing import Protocol

from django.contrib.auth.models import AnonymousUser

from people.models import Participant, Role

ANONYMOUS = "anonymous"
ATTENDEE, SPEAKER = Role.Name.ATTENDEE.value, Role.Name.SPEAKER.value
MODERATOR, ORGANISER = Role.Name.MODERATOR.value, Role.Name.ORGANISER.value

ANYONE = frozenset({ANONYMOUS, ATTENDEE, SPEAKER, MODERATOR, ORGANISER})
TAKING_PART = frozenset({ATTENDEE, SPEAKER, MODERATOR, ORGANISER})
STAFF = frozenset({MODERATOR, ORGANISER})

RULES: dict[str, frozenset[str]] = {
    "edition.view": ANYONE,
    "session.view": ANYONE,
    "session.follow": ANYONE,
    "session.direct": STAFF,
    "speaker.view": ANYONE,
    "chat.view": ANYONE,
    "chat.send": TAKING_PART,
    "chat.remove": STAFF,
    "questions.view": ANYONE,
    "questions.ask": TAKING_PART,
    "questions.upvote": TAKING_PART,
    "questions.own": TAKING_PART,
    "questions.answer": STAFF | {SPEAKER},
    "questions.speak": STAFF | {SPEAKER},
    "questions.moderate": STAFF,
    "questions.configure": frozenset({ORGANISER}),
    "polls.view": ANYONE,
    "polls.vote": TAKING_PART,
    "polls.present": STAFF | {SPEAKER},
    "polls.prepare": STAFF,
}


class Scoped(Protocol):
    """Something that roles are given for."""

    def scopes(self) -> list[str]:
        """Scope names from the narrowest to the widest, e.g. ["session:12", "stage:4", "edition:1"]."""


def roles(participant: Participant | AnonymousUser, thing: Scoped) -> set[str]:
    """The roles a participant has for a thing; everybody is at least anonymous. One query per participant object."""
    if not isinstance(participant, Participant) or not participant.is_active:
        return {ANONYMOUS}
    held = participant.__dict__.get("_held_roles")
    if held is None:
        held = participant.__dict__["_held_roles"] = set(participant.roles.values_list("name", "scope"))
    scopes = set(thing.scopes())
    return {ANONYMOUS} | {name for name, scope in held if scope in scopes}


def participants(pks: Iterable[int]) -> dict[int, Participant]:
    """Participants by id, with their roles, in two queries."""
    found = Participant.objects.in_bulk(pks)
    for one in found.values():
        one.__dict__["_held_roles"] = set()
    for pk, name, scope in Role.objects.filter(participant__in=found).values_list("participant", "name", "scope"):
        found[pk].__dict__["_held_roles"].add((name, scope))
    return found


def can(participant: Participant | AnonymousUser, action: str, thing: Scoped) -> bool:
    """Whether a participant may do `action` (a key of RULES) to a thing. Raises KeyError for an unknown action."""
    return not RULES[action].isdisjoint(roles(participant, thing))
