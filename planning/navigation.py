"""Planning's entries in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.contract import Entry, Link
from people.permissions import Platform, can


def _planning(request: Any, edition: Any) -> Entry | None:
    """The organisers' planning; for operators who plan none, a new edition."""
    if edition is not None and can(request.user, "planning.edit", edition):
        return Entry(_("Planning"), reverse("planning:programme", args=[edition.slug]), "calendar-cog")
    if can(request.user, "platform.operate", Platform()):
        return Entry(_("New edition"), reverse("planning:create"), "calendar-plus")
    return None


def _edit(request: Any, session: Any) -> Entry | None:
    if not can(request.user, "planning.edit", session.edition):
        return None
    return Entry(_("Edit"), reverse("planning:session", args=[session.edition.slug, f"s{session.pk}"]))


def _of_programme(label: Any, view: str, icon: str) -> Link:
    def entry(request: Any, edition: Any) -> Entry | None:
        may = can(request.user, "edition.view", edition)
        return Entry(label, reverse(view, args=[edition.slug]), icon) if may else None

    return Link("edition", entry)


LINKS = [
    _of_programme(gettext_lazy("What changed"), "planning:changes", "history"),
    _of_programme(gettext_lazy("Calendars"), "planning:calendars", "calendar-days"),
    Link("work", _planning),
    Link("session", _edit),
]
