"""The desk's entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.contract import Entry, Link
from people.permissions import can


def _link(place: str, action: str, label: Any, view: str, key: str = "pk", icon: str = "") -> Link:
    """A link for those who hold the action; `key` is the attribute of the edition or session in the URL."""

    def entry(request: Any, thing: Any) -> Entry | None:
        allowed = thing is not None and can(request.user, action, thing)
        return Entry(label, reverse(view, args=[getattr(thing, key)]), icon) if allowed else None

    return Link(place, entry)


LINKS = [
    _link("work", "edition.people", _("Participants"), "registration:people", "slug", "users"),
    _link("session", "session.access", _("Who may see it, code for the hall"), "registration:access"),
    _link("session", "session.ban", _("Banned from this session"), "registration:bans"),
]
