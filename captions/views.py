"""Captions: what writers' tools post to, the writer's page, and the tracks of a session."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from captions import data, passages, screen, writing
from captions.forms import FileForm, LineForm, TrackForm
from captions.models import Caption, Track
from common.numbers import number_in
from common.shared import shared
from people import audit, limits
from people.refusal import Refused
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session

LARGEST = 8_000  # bytes of a chunk
MOST = 12  # tracks of a session
SHOWN = 12  # lines on the writer's page
guard = Guard("session.view")


def _track(pk: int) -> Track:
    return get_object_or_404(Track.objects.select_related("session__edition", "session__stage__host_city"), pk=pk)


def _line(pk: int) -> Caption:
    related = ("track__session__edition", "track__session__stage__host_city")
    return get_object_or_404(Caption.objects.select_related(*related), pk=pk)


of_track = Guard("captions.direct", _track)


def _addressed(address: str) -> Track:
    """The track of an address. Raises Refused (403)."""
    track = Track.by_address(address)
    if track is None:
        raise Refused(_("This address for captions is not valid, or was ended."), 403)
    return track


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, address: str) -> HttpResponse:
    """What caption tools post: plain text with `?seq=`, as Zoom and StreamText take it; the answer is the last seq."""
    track = _addressed(address)
    if request.method != "POST":
        return HttpResponse(f"{max(track.last_seq, 0)}\n", content_type="text/plain")
    seq = number_in(request.GET.get("seq", ""))
    if seq is None or seq >= 2**62:
        return _plain(_("The number seq is missing."), 403)
    if len(request.body) > LARGEST:
        return _plain(_("This is too much text at once."), 413)
    try:
        text = request.body.decode()
    except UnicodeDecodeError:
        return _plain(_("The text must be UTF-8."), 400)
    try:
        limits.count("captions.receive", track.pk)
        return HttpResponse(f"{writing.receive(track.pk, seq, text)}\n", content_type="text/plain")
    except Refused as refused:
        return _plain(str(refused), refused.status)


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def writer(request: Request, address: str) -> HttpResponse:
    """The page of who writes the captions of a track, without signing in."""
    return render(request, _template(request), _writer(request, _addressed(address)))


def _template(request: Request) -> str:
    return "captions/_lines.html" if request.htmx else "captions/writer.html"


def _writer(request: Request, track: Track) -> dict[str, Any]:
    newest = list(track.lines.order_by("-at", "-pk")[:SHOWN])
    path = reverse("captions:receive", args=[track.address])
    return {
        "track": track,
        "session": track.session,
        "lines": newest[::-1],
        "post_to": request.build_absolute_uri(path),
        "is_open": track.session.status in writing.OPEN,
    }


@require_POST
def write(request: Request, address: str) -> HttpResponse:
    """A line from the writer's page, or other words for a line that stands."""
    track = _addressed(address)
    limits.count("captions.receive", track.pk)
    text = " ".join(checked(LineForm(request.POST)).cleaned_data["text"].split())
    with transaction.atomic():
        if "line" in request.POST:
            lines = track.lines.select_related("track__session")
            writing.correct(get_object_or_404(lines, pk=number_in(request.POST["line"]) or 0), text)
        elif text:
            locked = Track.objects.select_for_update(of=("self",), no_key=True).get(pk=track.pk)
            writing.receive(track.pk, locked.last_seq + 1, f"{text}\n")
        passages.plan(track.session)
    track.refresh_from_db()
    if request.htmx:
        return render(request, "captions/_lines.html", _writer(request, track))
    return redirect(reverse("captions:writer", args=[address]))


@shared
@Guard("session.view", _line).page(follow=True)
def earlier(request: Request, line: Caption) -> HttpResponse:
    """What was said before a line of the page: the transcript is read upwards."""
    found = data.earlier(line, machine=request.GET.get("track") == data.MACHINE)
    return render(request, "captions/_earlier.html", {"track": found})


@never_cache
@guard.page("captions.direct")
def tracks(request: Request, session: Session) -> HttpResponse:
    """The tracks of a session, their addresses, and a form for another."""
    found = [
        {
            "track": track,
            "post_to": request.build_absolute_uri(reverse("captions:receive", args=[track.address])),
            "page": request.build_absolute_uri(reverse("captions:writer", args=[track.address])),
            "lines": track.lines.count(),
            "file_form": FileForm(auto_id=f"file-{track.pk}-%s"),
        }
        for track in session.caption_tracks.all()
    ]
    form = TrackForm(instance=Track(session=session))
    return render(request, "captions/tracks.html", {"session": session, "tracks": found, "form": form})


def page_of(session: Session) -> HttpResponse:
    return redirect(reverse("captions:tracks", args=[session.pk]))


@guard.write("captions.direct")
def add(request: Request, session: Session) -> HttpResponse:
    """Another language."""
    with transaction.atomic():
        locked = Session.locked(session.pk)
        if locked.caption_tracks.count() >= MOST:
            raise Refused(_("There are enough languages: remove one first."))
        checked(TrackForm(request.POST, instance=Track(session=locked))).save()
        audit.record(request.user, "captions.add", session.room_key)
    return page_of(session)


@of_track.write("captions.direct")
def renew(request: Request, track: Track) -> HttpResponse:
    """End a track's address: there is another then."""
    with transaction.atomic():
        Track.objects.filter(pk=track.pk).update(number=track.number + 1)
        audit.record(request.user, "captions.renew", track.session.room_key)
    return page_of(track.session)


@of_track.write("captions.direct")
def show(request: Request, track: Track) -> HttpResponse:
    """Show a track on the stage screen (on=1), or no longer."""
    screen.choose(track, bool(request.POST.get("on")), request.user)
    return page_of(track.session)
