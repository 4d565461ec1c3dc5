"""The one way in which a view asks for permission: fetch the thing, see it, hold the right, stay within the limit."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.http import require_http_methods

from common.prepared import Prepared
from common.registry import registry
from live.models import Room
from people import limits
from people.permissions import ban_from, can
from people.refusal import Banned, Invalid, Refused
from people.request import Request
from sessions import strip
from sessions.models import Edition, Session
from sessions.reading import HEADS

F = TypeVar("F", bound=BaseForm)
View = Callable[..., HttpResponse]
Decorator = Callable[[View], View]
Rooms = Callable[[Any], set[str]]
READ, WRITE = ("GET", "HEAD"), ("POST",)
_SESSION = Prepared(lambda pk: Session.objects.select_related("edition", "stage__host_city").filter(pk=pk))
_EDITION = Prepared(lambda slug: Edition.objects.select_related("host_city").filter(slug=slug))


def checked(form: F) -> F:
    """The form, if what was sent passes it; raises Invalid (422, with what is wrong)."""
    if not form.is_valid():
        raise Invalid(form)
    return form


def session_of(pk: int | None) -> Session:
    """The session, or 404."""
    return _SESSION.get_or_404(pk)


def edition_of(slug: str) -> Edition:
    """The edition, or 404."""
    return _EDITION.get_or_404(slug)


def by_method(get: View, post: View) -> View:
    """One address whose reading and writing ask for different rights."""

    def view(request: Request, **arguments: Any) -> HttpResponse:
        chosen = {"GET": get, "HEAD": get, "POST": post}.get(request.method or "")
        return chosen(request, **arguments) if chosen else HttpResponseNotAllowed([*READ, *WRITE])

    return view


class Guard:
    """How an app's views ask for permission.

    `sees` is the action of whoever is told that the thing exists ("": only who holds the view's own action). `find`
    gets the thing by the `pk` of an address; a `session_pk` gets a Session, a `slug` an Edition. The view gets the
    thing and what else is in the address. Whom the thing is not there for is told so (404, or Banned). Who may not do
    it gets the words of the action's refusal (403), where its app declares any, else 404. `exists(user, thing)` may
    say that a thing is not there for a person, whatever they may do.
    """

    def __init__(
        self,
        sees: str = "",
        find: Callable[[Any], Any] = session_of,
        exists: Callable[[Any, Any], bool] = lambda user, thing: True,
    ) -> None:
        self.sees, self.find, self.exists = sees, find, exists

    def page(
        self, action: str = "", find: Callable[[Any], Any] | None = None, *, follow: bool | Rooms = False
    ) -> Decorator:
        """A view that reads. With `follow` the page follows the rooms of the thing and its edition live.

        As a function it says, of the thing, which others it follows.
        """
        return self._decorator(READ, action or self.sees, find, follow)

    def write(self, action: str, find: Callable[[Any], Any] | None = None) -> Decorator:
        """A view that writes: it counts for the action's limit (429)."""
        return self._decorator(WRITE, action, find, False)

    def form(self, action: str, find: Callable[[Any], Any] | None = None) -> Decorator:
        """A view that shows a form and takes it."""
        return self._decorator((*READ, *WRITE), action, find, False)

    def _decorator(
        self, methods: tuple[str, ...], action: str, find: Callable[[Any], Any] | None, follow: bool | Rooms
    ) -> Decorator:
        def decorate(view: View) -> View:
            @wraps(view)
            @require_http_methods(list(methods))
            def guarded(request: Request, **arguments: Any) -> HttpResponse:
                thing = self._thing(arguments, find or self.find)
                if not self.exists(request.user, thing):
                    raise Http404
                self._ask(request, action, thing if hasattr(thing, "scopes") else thing.session, follow)
                return view(request, thing, **arguments)

            return guarded

        return decorate

    @staticmethod
    def _thing(arguments: dict[str, Any], find: Callable[[Any], Any]) -> Any:
        """What the address names; its part of the arguments is taken out."""
        for name, getter in (("slug", edition_of), ("session_pk", session_of), ("pk", find)):
            if name in arguments:
                return getter(arguments.pop(name))
        raise Http404

    def _ask(self, request: Request, action: str, scoped: Any, follow: bool | Rooms) -> None:
        edition = getattr(scoped, "edition", scoped)
        if self.sees and not can(request.user, self.sees, scoped):
            if ban := ban_from(request.user, scoped):
                request.edition = edition  # the refusal is a page of it
                raise Banned(ban)
            raise Http404
        if not can(request.user, action, scoped):
            if request.method in READ or action not in registry.refusals:
                raise Http404
            raise Refused(registry.refusals[action], 403)
        if request.method in WRITE and action in registry.limits:
            limits.count(action, request.user.pk)
        request.edition = edition
        if follow:
            rooms = {scoped.room_key, edition.room_key} | (follow(scoped) if callable(follow) else set())
            request.heads = vars(scoped).get(HEADS) or Room.heads(rooms | set(strip.rooms_of(edition)))
            request.live_rooms = {room: request.heads[room] for room in rooms}
