"""Asking for a meeting, answering, and its file for calendars."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.tables import download
from expo import calendar, data
from expo import meeting as meetings
from expo.forms import AnswerForm, MeetingForm
from expo.models import Exhibitor, Meeting
from expo.team import is_member
from expo.views.guard import meeting, public
from people.refusal import Refused
from people.request import Request
from sessions.calendars import TYPE
from sessions.guard import checked


@never_cache
@public.form("expo.meet")
def ask(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """The form of a request, with the times on both clocks."""
    if is_member(request.user, exhibitor):
        raise Refused(_("This is your own stand."))
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        return redirect(meetings.ask(exhibitor, request.user, sent["topic"], sent["start"], sent["way"]))
    context = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "form": form,
        "days": _by_day(exhibitor, request.user),
        **_zones(exhibitor, request.user),
    }
    return render(request, "expo/meet.html", context, status=422 if form.is_bound else 200)


def _zones(exhibitor: Exhibitor, user: Any) -> dict[str, str]:
    city = exhibitor.host_city
    return {"city": city.name, "zone": city.timezone, "own": user.timezone if user.timezone != city.timezone else ""}


def _by_day(exhibitor: Exhibitor, user: Any) -> list[tuple[Any, list[Any]]]:
    """(day, times) on the clock of the stand."""
    days: dict[Any, list[Any]] = {}
    for moment in meetings.free_slots(exhibitor, user):
        days.setdefault(moment.astimezone(exhibitor.host_city.zone).date(), []).append(moment)
    return list(days.items())


@never_cache
@meeting.page("expo.take_part", follow=True)
def page(request: Request, meeting: Meeting) -> HttpResponse:
    """One meeting, and what one may answer now."""
    user, is_visitor = request.user, meeting.visitor_id == request.user.pk
    offered = meetings.offered(meeting, is_visitor)
    again = next((name for name in offered if name in ("propose", "counter")), "")
    context = {
        "meeting": meeting,
        "exhibitor": meeting.exhibitor,
        "edition": meeting.edition,
        "data": data.meeting_data(meeting, user.pk, user.timezone),
        "steps": [(name, meetings.STEPS[name].label) for name in offered if name != again],
        "again": again,
        "days": _by_day(meeting.exhibitor, user) if again else [],
        "where": calendar.where(meeting),
        **_zones(meeting.exhibitor, user),
    }
    return render(request, "expo/meeting.html", context)


@meeting.write("expo.take_part")
def answer(request: Request, meeting: Meeting) -> HttpResponse:
    """A step with the "version" that was seen."""
    sent = checked(AnswerForm(request.POST)).cleaned_data
    is_visitor = meeting.visitor_id == request.user.pk
    changed = meetings.answer(
        meeting.pk, sent["action"], request.user, is_visitor, expected=sent["version"], start=sent["start"]
    )
    return redirect(changed)


@never_cache
@meeting.page("expo.take_part")
def ics(request: Request, meeting: Meeting) -> HttpResponse:
    """The meeting for calendars."""
    other = meeting.exhibitor.name if meeting.visitor_id == request.user.pk else meeting.visitor.name
    file = calendar.invitation(meeting, other, request.build_absolute_uri)
    return download(file, f"meeting-{meeting.pk}.ics", TYPE)
