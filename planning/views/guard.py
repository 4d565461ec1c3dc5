"""The guard of planning's views: for others than organisers its pages do not exist."""

from typing import Any

from people.request import Request
from planning.models import Draft
from sessions.guard import Guard
from sessions.models import Edition

guard = Guard()


def frame(request: Request, edition: Edition, place: str, drafted: int | None = None) -> dict[str, Any]:
    """What all pages of planning show: where one is, and how much is drafted."""
    if drafted is None:
        drafted = Draft.objects.filter(edition=edition).count()
    return {"edition": edition, "place": place, "drafted": drafted}
