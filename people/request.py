"""The request with the attributes that our middleware and views add, for the type checker."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """An HttpRequest as our views get it; `user` is a Participant or an AnonymousUser."""

    htmx: HtmxDetails
    user: Any
    edition: Any
    live_rooms: dict[str, int]
    heads: dict[str, int]  # of the rooms that were asked for with them
    counted: list[str]  # rooms whose followers the page shows beside those on air
    cohort: Any  # of a page that is drawn for all in it; None: for the person who asks
    panels: dict[Any, Any]  # what each panel of the page shows (sessions/panels.py)
