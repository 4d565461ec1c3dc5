"""What comes back with a recording, window by window, and the recordings of an edition."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache

from common.pages import page_of
from common.registry import registry
from common.shared import shared
from live.models import Room
from people.request import Request
from replay import data
from replay.archive import ArchiveFilter
from replay.forms import WindowForm
from sessions.guard import Guard, checked
from sessions.models import Edition, Session

PAGE = 24  # recordings
guard = Guard("session.view")


@shared
@guard.page()
def window(request: Request, session: Session) -> HttpResponse:
    """What comes in a window of the recording: drawn once for all who see the same, ended by what happens there."""
    asked = checked(WindowForm(request.GET)).cleaned_data
    request.live_rooms = Room.heads([session.room_key])
    recorded = registry.player().recorded(session)
    items, left_out = data.window(session, recorded, asked["begin"]) if recorded else ([], 0)
    return _again(render(request, "replay/_window.html", {"items": items, "left_out": left_out}))


@shared
@guard.page()
def afterwards(request: Request, session: Session) -> HttpResponse:
    """What came after the session had ended, counted apart."""
    request.live_rooms = Room.heads([session.room_key])
    recorded = registry.player().recorded(session)
    kinds = data.afterwards(session, recorded) if recorded else []
    return _again(render(request, "replay/_afterwards.html", {"kinds": kinds}))


def _again(response: HttpResponse) -> HttpResponse:
    """Kept by browsers, and asked about each time: what was removed since does not come back."""
    patch_cache_control(response, private=True, no_cache=True)
    return response


@never_cache
@guard.page()
def own(request: Request, session: Session) -> HttpResponse:
    """What one asked oneself in the session."""
    recorded = registry.player().recorded(session)
    asked = data.own(session, recorded, request.user.pk) if recorded and request.user.pk else []
    return render(request, "replay/_own.html", {"asked": asked})


@shared
@Guard("edition.view").page(follow=True)
def archive(request: Request, edition: Edition) -> HttpResponse:
    """The recordings of an edition, by theme, by speaker, or by words."""
    narrowed = ArchiveFilter(edition, request.user, request.GET)
    page = page_of(request, narrowed.found(), PAGE)
    said = narrowed.said() if page.number == 1 else ()
    context = {"filter": narrowed, "page": page, "cards": narrowed.cards(page), "said": said}
    return render(request, "replay/archive.html", context)
