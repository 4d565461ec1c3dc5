"""Who may be asked for a meeting, asking, answering, its call and its file for calendars."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.pages import page_of
from common.registry import registry
from common.tables import download
from expo import calendar, data, partners, video
from expo import meeting as meetings
from expo.forms.meetings import AnswerForm, AvailabilityForm, MeetingForm
from expo.models import Availability, Exhibitor, Meeting
from expo.partners import Partner
from expo.views.guard import guard, meeting, public
from networking import listing
from networking.models import Card
from people.refusal import Refused
from people.request import Request
from sessions.calendars import TYPE
from sessions.guard import checked
from sessions.models import Edition


@never_cache
@guard.page("expo.meet")
def people(request: Request, edition: Edition) -> HttpResponse:
    """Delegations that may be asked for a meeting; ?q= looks in what they look for. Visitors are in the directory."""
    words = request.GET.get("q", "")[:80].strip()
    delegations = page_of(request, registry.parties(edition.pk, words))
    context = {"edition": edition, "q": words, "page": delegations}
    return render(request, "expo/people.html", context)


@never_cache
@guard.form("expo.meet")
def hours(request: Request, edition: Edition) -> HttpResponse:
    """When others may ask oneself for a meeting."""
    known = Availability.objects.filter(edition=edition, participant=request.user).first()
    own = known or Availability(edition=edition, participant=request.user)
    form = AvailabilityForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("expo:me", edition.slug)
    is_listed = Card.objects.filter(edition=edition, participant=request.user, is_listed=True).exists()
    zone = request.user.timezone or edition.timezone
    context = {"edition": edition, "form": form, "zone": zone, "is_listed": is_listed}
    return render(request, "expo/hours.html", context, status=form.status)


@never_cache
@public.form("expo.meet")
def ask(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Ask the team of a stand."""
    return _ask(request, partners.stand(exhibitor))


@never_cache
@guard.form("expo.meet")
def ask_person(request: Request, edition: Edition, who: int) -> HttpResponse:
    """Ask another visitor of the directory, who has said when; whoever has not does not exist here."""
    if who == request.user.pk:
        raise Refused(_("You would ask yourself."))
    card = listing.one(edition, request.user, who)
    found = Availability.objects.filter(edition=edition, is_open=True)
    own = get_object_or_404(found.select_related("participant", "edition__host_city"), participant=who)
    if card is None:
        raise Http404
    return _ask(request, partners.person(own, card.about))


@never_cache
@guard.form("expo.meet")
def ask_delegation(request: Request, edition: Edition, delegation: int) -> HttpResponse:
    """Ask a delegation of the edition."""
    party = registry.public_party(edition.pk, delegation)
    if party is None:
        raise Http404
    return _ask(request, partners.delegation(edition, party))


def _ask(request: Request, partner: Partner) -> HttpResponse:
    """The form of a request, with the times on both clocks and what one has planned then."""
    if request.user.pk in partner.people:
        raise Refused(_("This is your own stand.") if partner.exhibitor else _("You would ask yourself."))
    form = MeetingForm(partner, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        return redirect(meetings.ask(partner, request.user, sent["topic"], sent["start"], sent["way"]))
    context = {
        "partner": partner,
        "edition": partner.edition,
        "form": form,
        "days": _by_day(partner, request.user),
        **_zones(partner, request.user),
    }
    return render(request, "expo/meet.html", context, status=422 if form.is_bound else 200)


def _zones(partner: Partner, user: Any) -> dict[str, str]:
    city = partner.city
    return {"city": city.name, "zone": city.timezone, "own": user.timezone if user.timezone != city.timezone else ""}


def _by_day(partner: Partner, user: Any) -> list[tuple[Any, list[Any]]]:
    """(day, [(time, the session that one has planned then)]) on the clock of the city."""
    days: dict[Any, list[Any]] = {}
    free = meetings.free_slots(partner, user)
    planned = meetings.clashes(user, free)
    for moment in free:
        day = moment.astimezone(partner.city.zone).date()
        days.setdefault(day, []).append({"at": moment, "planned": planned.get(moment, "")})
    return list(days.items())


@never_cache
@meeting.page("expo.take_part", follow=True)
def page(request: Request, meeting: Meeting) -> HttpResponse:
    """One meeting, and what one may answer now."""
    user, is_visitor = request.user, meeting.visitor_id == request.user.pk
    partner, offered = partners.of(meeting), meetings.offered(meeting, is_visitor)
    again = next((name for name in offered if name in ("propose", "counter")), "")
    context = {
        "meeting": meeting,
        "partner": partner,
        "edition": meeting.edition,
        "data": data.meeting_data(meeting, user.pk, user.timezone, partner.name),
        "steps": [(name, meetings.STEPS[name].label) for name in offered if name != again],
        "again": again,
        "days": _by_day(partner, user) if again else [],
        "where": calendar.where(meeting),
        "planned": meetings.clashes(user, [meeting.starts_at]).get(meeting.starts_at, ""),
        "has_call": video.has_call(meeting),
        **_zones(partner, user),
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
def call(request: Request, meeting: Meeting) -> HttpResponse:
    """To the video call of an agreed meeting, with a pass of its own for whoever asks."""
    address = video.of_meeting(meeting, request.user)
    if not address:
        raise Refused(_("There is no video call of this meeting. Write to each other how you meet."), 404)
    return HttpResponse(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})


@never_cache
@meeting.page("expo.take_part")
def ics(request: Request, meeting: Meeting) -> HttpResponse:
    """The meeting for calendars."""
    name = partners.of(meeting).name if meeting.visitor_id == request.user.pk else meeting.visitor.name
    file = calendar.invitation(meeting, name, request.build_absolute_uri)
    return download(file, f"meeting-{meeting.pk}.ics", TYPE)
