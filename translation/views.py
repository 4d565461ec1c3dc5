"""The organisers' page about translations."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from live.own import changed
from people import audit
from people.request import Request
from sessions.guard import Guard, checked
from sessions.models import Edition, Session
from translation import backends, listening
from translation.forms import AskForm, ReadingForm, SettingsForm
from translation.models import Reading, TranslationSettings

guard = Guard()
of_session = Guard("session.view")


@never_cache
@guard.form("translation.configure")
def configure(request: Request, edition: Edition) -> HttpResponse:
    """GET: what holds, and the form. POST: change it."""
    with transaction.atomic():
        if request.method == "POST":
            Edition.locked(edition.pk)
        settings = TranslationSettings.objects.filter(edition=edition).first() or TranslationSettings(edition=edition)
        form = SettingsForm(request.POST or None, instance=settings)
        if request.method == "POST" and form.is_valid():
            form.save()
            audit.record(request.user, "translation.configure", edition.room_key, may_leave=settings.may_leave)
            return redirect("translation:configure", edition.slug)
    context = {"form": form, "backends": backends.configured()}
    return render(request, "translation/configure.html", context, status=form.status)


@of_session.write("translation.ask")
def ask(request: Request, session: Session) -> HttpResponse:
    """Ask for things of a kind that is translated on request only, in a language. It holds for some minutes."""
    asked = checked(AskForm(request.POST)).cleaned_data
    listening.note({session.room_key: [asked["language"]]}, asked["of"])
    return HttpResponse(status=204)


@of_session.write("translation.read")
def read(request: Request, session: Session) -> HttpResponse:
    """Read chat and questions in one's own language, or as they were written, from now on and on all devices."""
    is_on = checked(ReadingForm(request.POST)).cleaned_data["on"]
    with transaction.atomic():
        Reading.objects.update_or_create(participant=request.user, defaults={"in_my_language": is_on})
        changed(session.room_key, request.user.pk)
    return HttpResponse(status=204)


app_name = "translation"
urlpatterns = [
    path("editions/<slug:slug>/translation/", configure, name="configure"),
    path("sessions/<int:session_pk>/translation/ask/", ask, name="ask"),
    path("sessions/<int:session_pk>/translation/read/", read, name="read"),
]
