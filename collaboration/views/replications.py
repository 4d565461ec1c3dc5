"""Replication: a city says how far it is with another one's case, and talks with its team."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cities.models import Commons
from collaboration import replicating, speaking, telling
from collaboration.forms import CityForm, StepForm, WordsForm
from collaboration.models import Replication
from common.pages import page_of
from common.registry import registry
from networking import listing
from people.guard import signed_in
from people.permissions import can
from people.request import Request
from sessions.guard import checked

LIMIT = "collaboration.replicate"
MOST_NAMED = 12  # of the other side


def _replication(*methods: str, team: bool = False) -> Callable[[Any], Any]:
    """A view of a replication for those who speak for its city, with `team` for the team of its case too.

    For others it does not exist.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @signed_in(*methods, limit=LIMIT)
        def guarded(request: Request, pk: int) -> HttpResponse:
            related = ("city", "case")
            replication = get_object_or_404(Replication.objects.select_related(*related), pk=pk)
            is_city = speaking.may_for_city(request.user, replication.city)
            if not is_city and not (team and speaking.is_team(request.user, replication.case)):
                raise Http404
            return view(request, replication, is_city)

        return guarded

    return decorate


@signed_in("GET", "HEAD")
def mine(request: Request) -> HttpResponse:
    """What one's cities take over, and who takes over from them."""
    cities = speaking.cities(request.user)
    related = Replication.objects.select_related("case", "city")
    context = {
        "ours": page_of(request, related.filter(city__in=cities), name="ours"),
        "theirs": page_of(request, related.filter(case__in=speaking.cases(request.user)), name="theirs"),
    }
    return render(request, "collaboration/replications.html", context)


@signed_in("POST", limit=LIMIT)
def begin(request: Request, pk: int) -> HttpResponse:
    """Say that a city that one speaks for is interested in a case."""
    case = get_object_or_404(speaking.open_cases(), pk=pk)
    city = checked(CityForm(speaking.cities(request.user), request.POST)).cleaned_data["city"]
    return redirect(replicating.begin(case, city, request.user))


@_replication("GET", "HEAD", team=True)
def replication(request: Request, replication: Replication, is_city: bool) -> HttpResponse:
    """How far the city is, what it does otherwise, and what city and team say to each other."""
    allowed = replicating.MACHINE.allowed(replication.state) if is_city else []
    context = {
        "replication": replication,
        "is_city": is_city,
        "others": _others(request, replication, is_city),
        "silent": replication.silences.filter(participant=request.user.pk).exists(),
        "offers": [(name, replicating.LABELS[name]) for name in allowed if name != "drop"],
        "may_drop": "drop" in allowed,
        "adaptations": page_of(request, replication.adaptations.order_by("pk"), name="adaptations"),
        "messages": page_of(request, replication.messages.select_related("author").order_by("-pk"), name="messages"),
    }
    return render(request, "collaboration/replication.html", context)


def _others(request: Request, replication: Replication, is_city: bool) -> list[dict[str, Any]]:
    """Those of the other side who let others find them at the edition, and where one asks them for a meeting."""
    edition = Commons().edition
    if edition is None or not can(request.user, "networking.view", edition):
        return []
    side = speaking.of_team(replication.case) if is_city else speaking.of_city(replication.city)
    cards = listing.listed(edition, request.user).filter(participant__in=side).order_by("participant__name", "pk")
    people = [card.participant for card in cards[:MOST_NAMED]]
    links = registry.person_links(edition, [who.pk for who in people], request.user)
    return [{"person": who, "edition": edition, "links": links.get(who.pk, [])} for who in people]


@_replication("POST")
def step(request: Request, replication: Replication, is_city: bool) -> HttpResponse:
    """action=talk|adapt|run|drop|resume, "reason", and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    given = {"expected": sent["version"], "reason": sent["reason"]}
    replicating.step(replication.pk, sent["action"], request.user, **given)
    return redirect(replication)


@_replication("POST")
def adapt(request: Request, replication: Replication, is_city: bool) -> HttpResponse:
    """Write down what the city does otherwise."""
    replicating.adapt(replication.pk, checked(WordsForm(request.POST)).cleaned_data["words"], request.user)
    return redirect(replication)


@_replication("POST", team=True)
def say(request: Request, replication: Replication, is_city: bool) -> HttpResponse:
    """Say something to the other side."""
    words = checked(WordsForm(request.POST)).cleaned_data["words"]
    replicating.write(replication.pk, words, request.user, from_team=not is_city)
    return redirect(replication)


@_replication("POST", team=True)
def mails(request: Request, replication: Replication, is_city: bool) -> HttpResponse:
    """Get no more mails about it (silent=1), or get them again."""
    telling.be_silent(replication, request.user, request.POST.get("silent") == "1")
    return redirect(f"{replication.get_absolute_url()}#mails")
