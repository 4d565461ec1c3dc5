"""The organisers' page about translations."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from people import audit
from people.request import Request
from sessions.guard import Guard
from sessions.models import Edition
from translation import backends
from translation.forms import SettingsForm
from translation.models import TranslationSettings

guard = Guard()


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


app_name = "translation"
urlpatterns = [path("editions/<slug:slug>/translation/", configure, name="configure")]
