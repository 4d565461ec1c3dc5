"""The stand's chat, ringing, and private talks."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common import clock
from expo import data, team, video
from expo import talking as talks
from expo.forms.talking import LineForm, RingForm
from expo.models import Exhibitor, Expo, StandMessage, Talk
from expo.views.guard import public, removing, taking, talking
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked


@public.write("expo.write")
def chat(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Write into the stand's chat."""
    sent = checked(LineForm(request.POST)).cleaned_data
    line = talks.write(exhibitor, None, request.user, sent["text"], sent["client_id"])
    return _written(request, exhibitor, line)


@talking.write("expo.write")
def say(request: Request, talk: Talk) -> HttpResponse:
    """Write into a private talk."""
    sent = checked(LineForm(request.POST)).cleaned_data
    line = talks.write(talk.exhibitor, talk, request.user, sent["text"], sent["client_id"])
    return _written(request, talk, line)


def _written(request: Request, thing: Exhibitor | Talk, line: StandMessage) -> HttpResponse:
    if not request.htmx:
        return redirect(thing)
    role = "team" if team.is_member(request.user, line.exhibitor) else "visitor"
    context = {"data": data.lines([{"line": str(line.pk)}])[0], "role": role}
    return render(request, "expo/events/line.html", context)


@removing.write("expo.take_part")
def remove(request: Request, line: StandMessage) -> HttpResponse:
    """Take a line out of the stand's chat."""
    talks.remove(line)
    return HttpResponse(status=204) if request.htmx else redirect(line.exhibitor)


@public.write("expo.ring")
def ring(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Ring the stand, or leave a question while nobody is there."""
    sent = checked(RingForm(request.POST)).cleaned_data
    if team.is_member(request.user, exhibitor):
        raise Refused(_("This is your own stand."))
    talk = talks.ring(exhibitor, request.user, sent["text"], sent["client_id"], _is_staffed(exhibitor))
    return redirect(talk)


def _is_staffed(exhibitor: Exhibitor) -> bool:
    """Whether a ring is heard: somebody is there, or it is within the hours of the exhibition."""
    if team.here([exhibitor.pk]):
        return True
    expo = Expo.objects.filter(edition=exhibitor.edition_id).select_related("edition").first()
    return bool(expo and expo.is_open(clock.now(), exhibitor.host_city))


@never_cache
@talking.page(follow=True)
def talk(request: Request, talk: Talk) -> HttpResponse:
    """A private talk: its two people, what was said, and how it ends."""
    is_visitor = talk.visitor_id == request.user.pk
    context = {
        "talk": talk,
        "edition": talk.edition,
        "data": data.talk_data(talk),
        "role": "visitor" if is_visitor else "team",
        "lines": data.lines_of(talk),
        "client_id": uuid.uuid4(),
        "is_visitor": is_visitor,
    }
    return render(request, "expo/talk.html", context)


@never_cache
@talking.page("expo.take_part")
def call(request: Request, talk: Talk) -> HttpResponse:
    """To the video call of an open talk, with a pass of its own for whoever asks."""
    address = video.of_talk(talk, request.user)
    if not address:
        raise Refused(_("There is no video call of this talk."), 404)
    return HttpResponse(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})


@taking.write("expo.take_part")
def step(request: Request, talk: Talk) -> HttpResponse:
    """action=take (one of the team), give_back (who has taken it), end (either of the two)."""
    action = request.POST.get("action", "")
    if action == "take" and team.is_member(request.user, talk.exhibitor):
        return _to(request, talks.take(talk.pk, request.user).get_absolute_url())
    if action == "give_back" and talk.taken_by_id == request.user.pk:
        talks.step(talk.pk, "give_back", request.user)
        return _to(request, reverse("expo:desk", args=[talk.exhibitor_id]))
    if action == "end" and request.user.pk in (talk.visitor_id, talk.taken_by_id):
        return _to(request, talks.step(talk.pk, "end", request.user).get_absolute_url())
    raise Refused(_("This is not possible any more. Look again."), 404)


def _to(request: Request, address: str) -> HttpResponse:
    if not request.htmx:
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})
