"""The sources of a session's stream: who directs it sees, adds, switches and checks them; players fetch the lists."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import clock
from common.numbers import number_in
from people import audit
from people.permissions import can
from people.refusal import Refused
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session
from streams import demo, events, health, loop, playing, playlist
from streams.forms import RenditionForm, SourceForm, SwitchForm
from streams.models import Recording, Rendition, Source, Switch

LONGEST_DEMO = 7200  # seconds of the demo's recording at most
MOST = 20  # sources of a session or stage, and renditions of a source
guard = Guard("session.view")


def _source(pk: int) -> Source:
    related = ("session__edition", "session__stage", "stage__edition")
    return get_object_or_404(Source.objects.select_related(*related), pk=pk)


def _rendition(pk: int) -> Rendition:
    related = ("source__session__edition", "source__session__stage", "source__stage__edition")
    return get_object_or_404(Rendition.objects.select_related(*related), pk=pk)


parts = Guard("streams.direct", _source)


@never_cache
@guard.page("streams.direct")
def sources(request: Request, session: Session) -> HttpResponse:
    """All sources of a session in the order in which they are tried, and the forms to change them."""
    return render(request, "streams/sources.html", _context(session))


def _context(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "candidates": [each | {"rendition_form": _rendition_form(each)} for each in playing.candidates(session)],
        "chosen": Switch.objects.filter(session=session).exists(),
        "form": SourceForm(),
        "recording": Recording.objects.filter(session=session).first(),
    }


def _rendition_form(candidate: dict[str, Any]) -> RenditionForm | None:
    source = candidate["source"]
    return RenditionForm(auto_id=f"rendition-{source.pk}-%s") if source else None


def _page(request: Request, session: Session) -> HttpResponse:
    return redirect(reverse("streams:sources", args=[session.pk]))


def _back(request: Request, source: Source) -> HttpResponse:
    """To the page from which one came: a source of a stage is on that of each of its sessions."""
    if source.session:
        return _page(request, source.session)
    on_stage = Session.objects.filter(stage=source.stage_id)
    came_from = on_stage.filter(pk__in=[pk] if (pk := request.POST.get("from", "")).isdecimal() else []).first()
    first = came_from or on_stage.first()
    return _page(request, first) if first else redirect("/")


@guard.write("streams.direct")
def add(request: Request, session: Session) -> HttpResponse:
    """A source more, of the session or of its stage."""
    form = checked(SourceForm(request.POST))
    source: Source = form.save(commit=False)
    if form.cleaned_data["for_stage"]:
        source.stage = session.stage
    else:
        source.session = session
    if not can(request.user, "streams.direct", source):
        raise Refused(_("Only who directs the whole stage sets a stream for all its sessions."), 403)
    with transaction.atomic():
        if Source.objects.of(session.pk, session.stage_id).count() >= MOST:
            raise Refused(_("There are enough sources: remove one first."))
        source.save()
        audit.record(request.user, "streams.add", source.room_key)
        events.source_changed(source)
    return _page(request, session)


@parts.write("streams.direct")
def remove(request: Request, source: Source) -> HttpResponse:
    """A source less."""
    with transaction.atomic():
        room = source.room_key
        sessions = source.session_id, source.stage_id
        Source.objects.filter(pk=source.pk).delete()
        audit.record(request.user, "streams.remove", room)
        source.session_id, source.stage_id = sessions
        events.source_changed(source)
    return _back(request, source)


@parts.write("streams.direct")
def check(request: Request, source: Source) -> HttpResponse:
    """Look at a source's playlist now."""
    health.check(source)
    return _back(request, source)


@guard.write("streams.direct")
def switch(request: Request, session: Session) -> HttpResponse:
    """Play this address now, everywhere; "" lets the order decide again."""
    address = checked(SwitchForm(request.POST)).cleaned_data["address"]
    if address and address not in [each["address"] for each in playing.candidates(session)]:
        raise Refused(_("This source is not there any more."))
    with transaction.atomic():
        locked = Session.locked(session.pk)
        if address:
            Switch.objects.update_or_create(session=locked, defaults={"address": address})
        else:
            Switch.objects.filter(session=locked).delete()
        audit.record(request.user, "streams.switch", session.room_key)
        events.changed(locked)
    return _page(request, session)


@parts.write("streams.direct")
def add_rendition(request: Request, source: Source) -> HttpResponse:
    """A language, a picture or subtitles more."""
    form = checked(RenditionForm(request.POST))
    with transaction.atomic():
        if source.renditions.count() >= MOST:
            raise Refused(_("There are enough parts: remove one first."))
        form.instance.source = source
        form.save()
        audit.record(request.user, "streams.add", source.room_key)
        events.source_changed(source)
    return _back(request, source)


@Guard("streams.direct", _rendition).write("streams.direct")
def remove_rendition(request: Request, rendition: Rendition) -> HttpResponse:
    """A language, a picture or subtitles less."""
    with transaction.atomic():
        Rendition.objects.filter(pk=rendition.pk).delete()
        audit.record(request.user, "streams.remove", rendition.source.room_key)
        events.source_changed(rendition.source)
    return _back(request, rendition.source)


@guard.page()
def multivariant(request: Request, session: Session, pk: int) -> HttpResponse:
    """The list of an HLS source of a session, written from its renditions; ?picture= chooses another picture."""
    source = get_object_or_404(Source.objects.of(session.pk, session.stage_id), pk=pk)
    text = playlist.multivariant(list(source.renditions.all()), request.GET.get("picture", ""))
    if not text:
        raise Http404
    return HttpResponse(text, content_type=playlist.TYPE)


@require_safe
def demo_list(request: HttpRequest, name: str) -> HttpResponse:
    """A rendition of the demo's live stream, or with `?seconds=` of its recording."""
    if name not in loop.SCALES:
        raise Http404
    base = f"{settings.STATIC_URL}demo/hls"
    if seconds := number_in(request.GET.get("seconds", ""), LONGEST_DEMO):
        return HttpResponse(loop.whole(name, seconds, base), content_type=playlist.TYPE)
    return HttpResponse(loop.window(name, clock.timestamp(), base), content_type=playlist.TYPE)


@require_safe
def demo_recording(request: HttpRequest) -> HttpResponse:
    """The list of the demo's recording."""
    return HttpResponse(playlist.multivariant(demo.recorded_parts()), content_type=playlist.TYPE)


@require_safe
def demo_segment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A part of it."""
    if name not in loop.SCALES or number >= 2**40:
        raise Http404
    return HttpResponse(loop.segment(name, number), content_type="video/mp4")
