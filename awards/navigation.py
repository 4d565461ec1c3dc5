"""The awards' entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Call
from common.contract import Entry, Link
from people.permissions import can
from sessions.navigation import any_of

_any = any_of(Call)


def _awards(request: Any, edition: Any) -> Entry | None:
    """Where an edition has a call."""
    if edition is None or not _any(edition):
        return None
    return Entry(_("Awards"), reverse("awards:index", args=[edition.slug]), "trophy")


def _ceremony(request: Any, session: Any) -> Entry | None:
    """For who runs a session, where its edition has a call."""
    if not can(request.user, "awards.present", session) or not session.has("call", lambda: _any(session.edition)):
        return None
    return Entry(_("Award ceremony"), reverse("awards:ceremony", args=[session.pk]))


def _incubation(request: Any, nothing: Any) -> Entry:
    """For everybody who may look around in Tomorrow.City."""
    return Entry(_("Incubation"), reverse("awards:incubation"))


LINKS = [Link("edition", _awards), Link("session", _ceremony), Link("tomorrow", _incubation)]
