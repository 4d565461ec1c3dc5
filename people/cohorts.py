"""Cohorts: people who hold the same, so that a page is the same for all of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from people.models import Participant
from people.permissions import Standing, standing

Held = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Cohort:
    """All that `permissions.can` asks of a person, and nothing that tells one from another."""

    signed_in: bool = False
    is_guest: bool = False
    operates: bool = False
    is_superuser: bool = False
    roles: Held = frozenset()
    passes: Held = frozenset()
    bans: frozenset[str] = frozenset()

    def member(self) -> Any:
        """A stand-in for everybody in it: without id, name, address or zone. What asks for its own things fails."""
        if not self.signed_in:
            return AnonymousUser()
        stand_in = Participant(is_guest=self.is_guest, is_staff=self.operates, is_superuser=self.is_superuser)
        held = Standing(set(self.roles), set(self.passes), set(self.bans))
        stand_in.__dict__["_standing"] = held
        return stand_in


NOBODY = Cohort()


def cohort_of(user: Any) -> Cohort:
    """The cohort of a Participant who is signed in, or of an AnonymousUser."""
    if not user.is_authenticated:
        return NOBODY
    held = standing(user)
    return Cohort(
        True,
        user.is_guest,
        user.is_staff,
        user.is_superuser,
        frozenset(held.roles),
        frozenset(held.passes),
        frozenset(held.bans),
    )
