"""What a page knows of the person it is shown to; everything else of it is the same for others."""

from typing import Any, TypedDict

from django.utils.html import json_script
from django.utils.safestring import SafeString

from common.names import initials


class OwnData(TypedDict):
    """The person, as scripts put them into the page. `participant` is None for who is not signed in."""

    participant: int | None
    name: str
    initials: str
    place: str
    zone: str


def own_data(user: Any) -> OwnData:
    """The data of a Participant or AnonymousUser."""
    if not user.is_authenticated:
        return {"participant": None, "name": "", "initials": "", "place": "", "zone": ""}
    return {
        "participant": user.pk,
        "name": user.name,
        "initials": initials(user.name),
        "place": user.place,
        "zone": user.timezone,
    }


def own_html(user: Any) -> SafeString:
    """The data as it stands in a page."""
    return json_script(own_data(user), "own")
