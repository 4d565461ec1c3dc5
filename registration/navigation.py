"""The desk's entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from people.permissions import can


def _people(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "edition.people", edition):
        return None
    return Entry(_("People"), reverse("registration:people", args=[edition.slug]), "users")


def _access(request: Any, session: Any) -> Entry | None:
    if not can(request.user, "session.access", session):
        return None
    return Entry(_("Who may see it, code for the hall"), reverse("registration:access", args=[session.pk]))


def _bans(request: Any, session: Any) -> Entry | None:
    if not can(request.user, "session.ban", session):
        return None
    return Entry(_("Banned from this session"), reverse("registration:bans", args=[session.pk]))


LINKS = [Link("header", _people), Link("session", _access), Link("session", _bans)]
