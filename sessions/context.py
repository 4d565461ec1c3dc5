"""What every page shows: the host cities with what is on air."""

from typing import Any

from django.utils.functional import SimpleLazyObject

from people.permissions import can
from people.request import Request
from sessions.data import followers_of
from sessions.models import Edition
from sessions.rooms import audience_of
from sessions.strip import heads_of, strip


def on_air(request: Request) -> dict[str, Any]:
    """`edition`, its host cities with what is on air, followers, and the rooms that the page follows live.

    A view that shows a certain edition sets request.edition; one that follows more rooms extends request.live_rooms.
    """
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.history_restore_request:  # a fragment has no strip
        return {"edition": getattr(request, "edition", None)}
    edition: Edition | None = getattr(request, "edition", None) or Edition.current()
    # The heads come first: what is read afterwards stands for them or for something newer.
    rooms: dict[str, int] = dict(getattr(request, "live_rooms", {}))
    if edition is None:
        return {"edition": None, "cities": [], "live_rooms": rooms}
    if not can(request.user, "edition.view", edition):
        return {"edition": edition, "cities": [], "followers": {}, "live_rooms": {}}
    heads = heads_of(edition, getattr(request, "heads", {}))
    rooms.setdefault(edition.room_key, heads[edition.room_key])
    request.live_rooms = rooms
    # Asked for by the strip alone: pages without it do without its queries.
    cities: Any = SimpleLazyObject(lambda: strip(edition, audience_of(request.user, edition), heads))
    followers = SimpleLazyObject(lambda: followers_of(cities, getattr(request, "counted", ())))
    return {"edition": edition, "cities": cities, "followers": followers, "live_rooms": rooms}
