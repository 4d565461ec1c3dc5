"""Announcements are made by organisers and confirmed by readers."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from announcements import announcing
from announcements.forms import AnnouncementForm
from announcements.models import Announcement
from common import clock
from people.request import Request
from sessions.guard import Guard
from sessions.models import Edition

MOST = 50  # on the page, the newest


def _announcement(pk: int) -> Announcement:
    return get_object_or_404(Announcement.objects.select_related("edition__host_city", "session__edition"), pk=pk)


guard = Guard(find=_announcement)


@never_cache
@guard.form("announcements.make")
def manage(request: Request, edition: Edition) -> HttpResponse:
    """GET: what is and was announced, and the form. POST: announce."""
    with timezone.override(edition.host_city.zone):
        form = AnnouncementForm(edition, request.POST or None)
        asked = None
        if request.method == "POST" and form.is_valid():
            asked = _asked(request, form)
            if not asked:
                announcing.make(edition, request.user, form.cleaned_data)
                return redirect("announcements:manage", edition.slug)
        made = edition.announcements.select_related("by", "session")
        context = {
            "form": form,
            "made": made.annotate(confirmed=Count("confirmations"))[:MOST],
            "names": form.names,
            "asked": asked,
        }
        status = 422 if form.is_bound and not asked else 200
        return render(request, "announcements/manage.html", context, status=status)


def _asked(request: Request, form: AnnouncementForm) -> dict[str, Any] | None:
    """What will be announced at a moment that is ahead, until somebody is sure of just that; None: nothing to ask."""
    data = form.cleaned_data
    sure = data["starts_at"].isoformat()
    if data["starts_at"] <= clock.now() or request.POST.get("sure") == sure:
        return None
    chosen = {"whom": form.whom, "long": form.how_long, "texts": data["texts"]}
    return {"at": data["starts_at"], "sure": sure, **chosen}


@guard.write("announcements.make")
def withdraw(request: Request, announcement: Announcement) -> HttpResponse:
    """Take an announcement from all pages."""
    announcing.withdraw(announcement, request.user)
    return redirect("announcements:manage", announcement.edition.slug)


@guard.write("announcements.confirm")
def confirm(request: Request, announcement: Announcement) -> HttpResponse:
    """A reader has read it; who is not signed in only closes it."""
    if request.user.is_authenticated:
        announcing.confirm(announcement, request.user)
    return HttpResponse(status=204) if request.htmx else redirect(announcement.edition)
