"""What every view that writes to a session's rooms asks first, and how it says no."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from people import limits
from people.permissions import ban_from, can
from people.refusal import Banned, Invalid, Refused
from people.request import Request
from sessions.models import Session

F = TypeVar("F", bound=BaseForm)


def checked(form: F) -> F:
    """The form, if what was sent passes it; raises Invalid (422, with what is wrong)."""
    if not form.is_valid():
        raise Invalid(form)
    return form


def session_of(pk: int | None) -> Session:
    """The session, or 404."""
    return get_object_or_404(Session.objects.select_related("edition", "stage__host_city"), pk=pk)


def see(request: Request, action: str, thing: Any) -> None:
    """What one may not see does not exist: Http404. Who is banned from what others see is told so: Banned."""
    if can(request.user, action, thing):
        return
    if ban := ban_from(request.user, thing):
        request.edition = getattr(thing, "edition", thing)  # the refusal is a page of it
        raise Banned(ban)
    raise Http404


class Guard:
    """A feature's permission, rate limit and refusals, the same for all its writes.

    `view` is the action that whoever sees the feature may do, `who` says to the others why not, by action, and `find`
    gets the feature's object by its id (it has a `session`).
    """

    def __init__(self, view: str, who: Mapping[str, Any], find: Callable[[Any], Any] = session_of) -> None:
        self.view, self.who, self.find = view, who, find

    def writes(self, action: str) -> Callable[..., Any]:
        """A view that writes. It gets the Session (from `session_pk`) or the feature's object (from `pk`)."""

        def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            @wraps(view)
            def guarded(request: Request, session_pk: int | None = None, pk: Any = None) -> HttpResponse:
                thing: Any = session_of(session_pk) if pk is None else self.find(pk)
                self.ask(request, action, thing if isinstance(thing, Session) else thing.session)
                return view(request, thing)

            return guarded

        return decorate

    def ask(self, request: Request, action: str, session: Session) -> None:
        """Count this write. Raises Http404 for what the person may not see, Refused for what they may not do now."""
        see(request, self.view, session)
        if not can(request.user, action, session):
            raise Refused(self.who[action], 403)
        limits.count(action, request.user.pk)
