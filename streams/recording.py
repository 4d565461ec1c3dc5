"""Pages of a session's recording: the form, its versions, and the moderators' slider."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Session
from streams import cutting, marks, recorded
from streams.models import Recording, RecordingVersion
from streams.recording_forms import AgainForm, OffsetForm, RecordingForm

SHOWN = 10  # versions on the page
guard = Guard("session.view")


@never_cache
@guard.form("streams.direct")
def record(request: Request, session: Session) -> HttpResponse:
    """Attach the recording and say how it is cut, that it is being prepared, or with `remove` take it away."""
    if request.method != "POST":
        return _page(request, session, _form(session))
    with transaction.atomic():
        locked = Session.locked(session.pk)
        if "remove" in request.POST:
            recorded.remove(locked, request.user)
            return _done(session)
        form = _form(locked, request.POST)
        if form.is_valid():
            recorded.keep(locked, request.user, **form.values())
            return _done(session)
    return _page(request, session, form)


def _form(session: Session, sent: Any = None) -> RecordingForm:
    return RecordingForm(session, Recording.objects.filter(session=session).first(), sent)


def _page(request: Request, session: Session, form: RecordingForm) -> HttpResponse:
    context = {
        "session": session,
        "form": form,
        "recording": form.kept if form.kept.pk else None,
        "versions": RecordingVersion.objects.filter(session=session)[:SHOWN],
        "suggested": marks.marks_words(cutting.suggested(session), session.zone),
        "zone": session.zone,
    }
    return render(request, "streams/recording.html", context, status=form.status)


def _done(session: Session) -> HttpResponse:
    return redirect(reverse("streams:record", args=[session.pk]))


@guard.write("streams.direct")
def again(request: Request, session: Session) -> HttpResponse:
    """Take an earlier version again."""
    sent = checked(AgainForm(request.POST)).cleaned_data
    with transaction.atomic():
        recorded.take_again(Session.locked(session.pk), request.user, sent["version"], sent["number"])
    return _done(session)


@guard.write("streams.direct")
def move(request: Request, session: Session) -> HttpResponse:
    """The slider: what people wrote comes later or earlier, for everybody."""
    sent = checked(OffsetForm(request.POST)).cleaned_data
    with transaction.atomic():
        recorded.move(Session.locked(session.pk), request.user, sent["offset"], sent["number"])
    return HttpResponse(status=204) if request.htmx else redirect(session)
