"""The speakers of the programme: who has an account, and invitations for the others."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from common.pages import page_of
from common.search import holds, words
from people.models import JoinLink
from people.request import Request
from registration import invitations
from registration.forms.fields import attempt
from registration.forms.people import SpeakerForm
from registration.views.guard import guard
from registration.views.people import delivered, person_page
from sessions import speaking
from sessions.models import Edition


@never_cache
@guard.page("edition.people")
def speakers(request: Request, edition: Edition) -> HttpResponse:
    """All speakers of the edition, those without an account first."""
    return _page(request, edition)


def _page(request: Request, edition: Edition, status: int = 200, failed: Any = None) -> HttpResponse:
    """The page; `failed` is (speaker id, form) of an invitation that failed."""
    q = request.GET.get("q", "")[:100]
    speakers = edition.speakers.select_related("participant").prefetch_related("sessions").order_by("name", "pk")
    for word in words(q):
        speakers = speakers.filter(holds(word, "name", "organisation"))
    if failed:
        speakers = speakers.filter(pk=failed[0])
    without = speakers.filter(participant=None)
    page = page_of(request, without)
    rows = [
        {
            "speaker": speaker,
            "form": failed[1]
            if failed and failed[0] == speaker.pk
            else SpeakerForm(auto_id=f"speaker-{speaker.pk}-%s", initial={"send": True}),
        }
        for speaker in page.object_list
    ]
    linked = speakers.exclude(participant=None)
    context = {"page": page, "rows": rows, "linked": linked, "q": q, "edition": edition}
    return render(request, "registration/speakers.html", context, status=status)


@never_cache
@guard.write("edition.people")
def speaker(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Invite a speaker and mail or show the join link, or "unlink" the account (its id) from the speaker."""
    speaker = get_object_or_404(edition.speakers.all(), pk=pk)
    if participant_pk := request.POST.get("unlink"):
        speaking.unlink(speaker, request.user, number_in(participant_pk))
        return redirect("registration:speakers", edition.slug)
    form, links = SpeakerForm(request.POST, auto_id=f"speaker-{pk}-%s"), list[JoinLink]()

    def work(data: dict[str, Any]) -> None:
        links.append(invitations.invite_speaker(speaker, data["email"], request.user, data["send"]))

    if status := attempt(form, work):
        return _page(request, edition, status, (pk, form))
    return person_page(request, edition, links[0].participant, **delivered(request, edition, links[0]))
