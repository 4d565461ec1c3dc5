"""A session's form, moving it, and what else becomes of it."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people import audit
from people.refusal import Invalid, Refused
from people.request import Request
from planning import drafting
from planning.forms.session import PlaceForm, SessionForm, StreamForm
from planning.views.guard import guard
from planning.working import Item, find
from registration.forms.fields import attempt
from sessions import events
from sessions.guard import session_of
from sessions.models import BEFORE, Edition, Session

USUAL_MINUTES = 45


def _day_page(edition: Edition, item: Item | None, day: Any = None) -> str:
    page = reverse("planning:programme", args=[edition.slug])
    day = day or (item.local.date() if item else "")
    return f"{page}?day={day}" + (f"#{item.key}" if item else "")


@never_cache
@guard.form("planning.edit")
def new(request: Request, edition: Edition) -> HttpResponse:
    """The form of a new session; `stage`, `day` and `hour` may be given."""
    if request.method == "POST":
        return _save(request, edition, None)
    given = {name: request.GET[name] for name in ("stage", "day", "hour") if name in request.GET}
    initial = {"day": edition.start_date, "minutes": USUAL_MINUTES, "visibility": "public"} | given
    return _page(request, edition, None, SessionForm(edition, None, initial=initial))


@never_cache
@guard.form("planning.edit")
def session(request: Request, edition: Edition, key: str) -> HttpResponse:
    """The form of a session as it will be."""
    if request.method == "POST":
        return _save(request, edition, key)
    item = find(edition, key)
    return _page(request, edition, item, SessionForm(edition, item))


def _save(request: Request, edition: Edition, key: str | None) -> HttpResponse:
    with transaction.atomic():
        Edition.locked(edition.pk)
        item = find(edition, key) if key else None
        form = SessionForm(edition, item, request.POST)
        status = attempt(form, lambda _data: drafting.put(edition, item, form.values(), request.user))
    if status:
        return _page(request, edition, item, form, status)
    if "another" in request.POST:
        return redirect(f"{reverse('planning:new', args=[edition.slug])}?{_after(form)}")
    return redirect(_day_page(edition, None, form.cleaned_data["day"]))


def _after(form: SessionForm) -> str:
    """Where the next session begins: when this one ends."""
    data = form.cleaned_data
    ends = data["end"].astimezone(data["stage"].host_city.zone)
    return f"stage={data['stage'].pk}&day={ends.date()}&hour={ends:%H:%M}"


def _page(request: Request, edition: Edition, item: Item | None, form: Any, status: int = 200) -> HttpResponse:
    published = session_of(item.session) if item and item.session else None
    context = {
        "edition": edition,
        "item": item,
        "form": form,
        "published": published,
        "stream_form": StreamForm(instance=published, auto_id="stream-%s") if published else None,
        "can_cancel": item and item.published and item.status in BEFORE and not item.cancelled,
        "back": _day_page(edition, item),
        "action": request.path,
    }
    return render(request, "planning/session.html", context, status=status)


@never_cache
@guard.form("planning.edit")
def move(request: Request, edition: Edition, key: str) -> HttpResponse:
    """Only where and when a session is."""
    if request.method == "GET":
        item = find(edition, key)
        return _moving(request, edition, item, PlaceForm(edition, item))
    with transaction.atomic():
        Edition.locked(edition.pk)
        item = find(edition, key)
        form = PlaceForm(edition, item, request.POST)
        status = attempt(form, lambda _data: drafting.put(edition, item, form.values(), request.user))
    if status:
        return _moving(request, edition, item, form, status)
    return redirect(_day_page(edition, find(edition, key)))


def _moving(request: Request, edition: Edition, item: Item, form: PlaceForm, status: int = 200) -> HttpResponse:
    context = {"edition": edition, "item": item, "form": form, "back": _day_page(edition, item)}
    return render(request, "planning/move.html", context, status=status)


def _seen(request: Request, item: Item) -> Item:
    """The item, if it is what the page showed; raises Refused when somebody has changed it since."""
    if item.all_seen != request.POST.get("seen", ""):
        raise Refused(_("Somebody was faster with “%(title)s”. Look again.") % {"title": item.values["title"]})
    return item


@never_cache
@guard.write("planning.edit")
def cancel(request: Request, edition: Edition, key: str) -> HttpResponse:
    """Let the next release cancel it."""
    with transaction.atomic():
        Edition.locked(edition.pk)
        item = _seen(request, find(edition, key))
        drafting.cancel(edition, item, request.user)
    return redirect(_day_page(edition, item))


@never_cache
@guard.write("planning.edit")
def discard(request: Request, edition: Edition, key: str) -> HttpResponse:
    """Take back what is drafted; a new session is gone."""
    with transaction.atomic():
        Edition.locked(edition.pk)
        item = _seen(request, find(edition, key))
        drafting.discard(item, request.user)
    return redirect(_day_page(edition, None, item.local.date()))


@never_cache
@guard.write("planning.edit")
def stream(request: Request, edition: Edition, key: str) -> HttpResponse:
    """Change the stream of a published session, at once."""
    with transaction.atomic():
        item = find(edition, key)
        locked = Session.locked(session_of(item.session).pk)
        form = StreamForm(request.POST, instance=locked)
        if not form.is_valid():
            raise Invalid(form)
        form.save()
        audit.record(request.user, "planning.stream", locked.room_key)
        events.status([locked])
    return redirect(reverse("planning:session", args=[edition.slug, key]))
