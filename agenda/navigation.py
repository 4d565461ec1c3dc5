"""The agenda's entry in the navigation, its button on cards, and its form on a session's page."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.models import Participant
from people.permissions import ATTENDEE, GUEST, standing

MARK = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 4h12v17l-6-4.5L6 21z"/></svg>'


def _agenda(request: Any, edition: Any) -> Entry | None:
    if edition is None or not request.user.is_authenticated:
        return None
    return Entry(_("Agenda"), reverse("agenda:agenda", args=[edition.slug]), _icon(request.user))


def _icon(user: Participant | AnonymousUser) -> str:
    """A microphone for who does something in a session, else a bookmark."""
    names = {name for name, scope in standing(user).roles if not scope.startswith("edition:")}
    return "mic" if names - {ATTENDEE, GUEST} else "bookmark"


LINKS = [Link("header", _agenda)]


def button(item: Mapping[str, Any]) -> str:
    """The button that saves the session of a card. A script shows who has saved it: cards are the same for many."""
    label = escape(_("Save “%(title)s”") % {"title": item["title"]})
    return (
        f'<button type="button" class="save" data-save="{item["id"]}" aria-pressed="false" aria-label="{label}">'
        f"{MARK}</button>"
    )


def tool(page: Any, session: Any) -> dict[str, Any]:
    """What the form on a session's page shows."""
    return {"session": session, "can_save": page["request"].user.is_authenticated}
