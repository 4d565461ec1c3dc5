"""What the pages of who follows take part in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Entry, Feature, Link, Matrix
from people.permissions import ANYONE, STAFF, can

STYLES = Assets(["presence/presence.css"])


def _places(request: Any, session: Any) -> Entry | None:
    """The link on the session's page: staff goes to the people, others to the places."""
    page = "people" if can(request.user, "presence.people", session) else "places"
    return Entry(_("Who follows"), reverse(f"presence:{page}", args=[session.pk]))


feature = Feature(
    name="presence",
    urls="presence.urls",
    actions={"presence.view": ANYONE, "presence.people": STAFF},
    links=[Link("session", _places)],
    assets={"presence:places": STYLES, "presence:people": STYLES},
    matrix=Matrix(
        views={
            "presence:places": [Ask("presence.view", "get")],
            "presence:people": [Ask("presence.people", "get")],
        },
    ),
)
