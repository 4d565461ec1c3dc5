"""The programme's entries in the navigation."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.models import Participant
from people.permissions import ATTENDEE, GUEST, standing


def _programme(request: Any, edition: Any) -> Entry:
    return Entry(_("Programme"), edition.get_absolute_url() if edition else "/", "calendar-days")


def _own_sessions(request: Any, edition: Any) -> Entry | None:
    """The sessions that one runs or speaks in, or is invited to."""
    icon = _icon(request.user)
    return Entry(_("My sessions"), reverse("sessions:mine"), icon) if icon else None


def _icon(user: Participant | AnonymousUser) -> str:
    """A microphone for who does something in a session, a calendar for who is invited; else empty."""
    names = {name for name, scope in standing(user).roles if not scope.startswith("edition:")}
    if names - {ATTENDEE, GUEST}:
        return "mic"
    return "calendar-check" if ATTENDEE in names else ""


LINKS = [Link("header", _programme), Link("header", _own_sessions)]
