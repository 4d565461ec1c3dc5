"""Incubation under Tomorrow.City: the challenges and their teams; organisers say how far a team is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from awards import incubating
from awards.forms import MoveForm
from awards.models import Entry
from awards.views.guard import staff
from cities.models import Commons
from cities.views.guard import guard
from cities.views.public import rights
from people.request import Request
from sessions.guard import checked


@guard.page()
def challenges(request: Request, commons: Commons) -> HttpResponse:
    """All challenges, the newest first."""
    context = {"challenges": incubating.challenges(), "may": rights(request, commons)}
    return render(request, "awards/incubation.html", context)


@staff.write("awards.manage")
def move(request: Request, entry: Entry) -> HttpResponse:
    """The "stage" at which a team is now, and the "version" that was seen."""
    sent = checked(MoveForm(request.POST)).cleaned_data
    incubating.move(entry.pk, sent["stage"], request.user, expected=sent["version"])
    return redirect("awards:check", entry.pk)
