"""The sessions of a city, for its profile."""

from typing import Any

from common.contract import PartLine
from sessions.models import Session

MOST = 8


def of_city(city: Any, user: Any) -> list[PartLine]:
    """The newest sessions in which somebody of a city speaks, as far as a person may see them."""
    spoken = Session.objects.filter(speakers__city__iexact=city.name, speakers__country__iexact=city.country)
    shown = Session.objects.filter(pk__in=spoken.values("pk")).visible_to(user).order_by("-start", "pk")[:MOST]
    rows = shown.select_related("edition__host_city", "stage__host_city")
    return [
        PartLine(session.title, session.get_absolute_url(), f"{session.get_status_display()} · {session.edition}")
        for session in rows
    ]
