"""What the desk's views ask first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from people import limits
from people.permissions import can
from people.request import Request
from sessions.guard import session_of
from sessions.models import Edition

View = Callable[..., HttpResponse]


def _guarded(action: str, view: View, find: Callable[[Any], Any]) -> View:
    @wraps(view)
    @never_cache
    def guarded(request: Request, slug: Any = None, session_pk: Any = None, **arguments: Any) -> HttpResponse:
        thing = find(slug if slug is not None else session_pk)
        if not can(request.user, action, thing):  # the desk does not exist for others
            raise Http404
        if request.method == "POST":
            limits.count(action, request.user.pk)
        request.edition = getattr(thing, "edition", thing)
        return view(request, thing, **arguments)

    return guarded


def chosen(found: Any, asked: str) -> Any:
    """The object of `found` that a button or link names by its id, or 404."""
    return get_object_or_404(found, pk=asked if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0)


def of_edition(view: View) -> View:
    """For who may "edition.people" of the edition (its slug); the view gets the Edition."""

    def find(slug: str) -> Edition:
        return get_object_or_404(Edition.objects.select_related("host_city"), slug=slug)

    return _guarded("edition.people", view, find)


def of_session(view: View) -> View:
    """For who may "session.access" of the session; the view gets the Session."""
    return _guarded("session.access", view, session_of)


def by_moderators(view: View) -> View:
    """For who may "session.ban"; the view gets the Session."""
    return _guarded("session.ban", view, session_of)
