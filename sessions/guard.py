"""What every view that writes to a session's rooms asks first, and how it says no."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from people import audit
from people.limits import retry_after
from people.permissions import ATTENDEE, RULES, ban_from, can
from people.refusal import Banned, Refused, refuse, refuse_form
from people.request import Request
from sessions.models import Session

F = TypeVar("F", bound=BaseForm)


class Invalid(Exception):
    """What was sent does not pass its form."""

    def __init__(self, form: BaseForm) -> None:
        super().__init__(form.errors)
        self.form = form


def checked(form: F) -> F:
    """The form, if what was sent passes it; raises Invalid, which a Guard answers with what is wrong (422)."""
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
        raise Banned(ban)
    raise Http404


def _told(request: Request, view: Callable[..., HttpResponse], thing: Any) -> dict[str, Any]:
    """What the record says of a moderator's write."""
    return {"what": view.__name__, "of": str(thing.pk), "step": request.POST.get("action", "")[:40]}


class Guard:
    """A feature's permission, rate limit and refusals, the same for all its writes.

    `view` is the action that whoever sees the feature may do, `who` says to the others why not, by action, and `find`
    gets the feature's object by its id (it has a `session`).
    """

    def __init__(self, view: str, who: Mapping[str, Any], find: Callable[[Any], Any]) -> None:
        self.view, self.who, self.find = view, who, find

    def writes(self, action: str) -> Callable[..., Any]:
        """A view that writes; a refusal of the operation becomes a clear answer (409).

        The view gets the Session (from `session_pk`) or the feature's object (from `pk`) instead of the id.
        """

        def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            @wraps(view)
            def guarded(request: Request, session_pk: int | None = None, pk: Any = None) -> HttpResponse:
                thing: Any = session_of(session_pk) if pk is None else self.find(pk)
                if told := self.refusal(request, action, thing if pk is None else thing.session):
                    return told
                try:
                    answer = view(request, thing)
                except Invalid as invalid:
                    return refuse_form(request, invalid.form)
                except Refused as refusal:
                    return refuse(request, str(refusal), 409)
                if request.method == "POST" and ATTENDEE not in RULES[action]:
                    session = thing if pk is None else thing.session
                    audit.record(request.user, action, session.room_key, **_told(request, view, thing))
                return answer

            return guarded

        return decorate

    def refusal(self, request: Request, action: str, session: Session) -> HttpResponse | None:
        """Why the participant may not do it now; None when they may. What one may not see does not exist (404)."""
        see(request, self.view, session)
        if not can(request.user, action, session):
            return refuse(request, str(self.who[action]), 403)
        if wait := retry_after(action, request.user.pk):
            return refuse(request, _("Too many at once. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)
        return None
