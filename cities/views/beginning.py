"""Beginning a case with a recording or an answered question: for who speaks for a city."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import origins
from cities.forms import OriginForm
from cities.models import Commons
from cities.views.guard import SEES, WRITES, commons
from common.registry import registry
from people.request import Request
from sessions.guard import Guard

LONGEST_QUERY = 100
guard = Guard(SEES, commons, lambda user, commons: origins.organisations(user).exists())


@never_cache
@guard.page(WRITES)
def choose(request: Request, commons: Commons) -> HttpResponse:
    """The newest things of a kind (?kind=) that hold the words ?q=."""
    kinds = registry.origins
    shown = request.GET.get("kind", "")
    shown = shown if shown in kinds else next(iter(kinds))
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    context = {
        "kinds": [(kind, each.label) for kind, each in kinds.items()],
        "shown": shown,
        "words": words,
        "found": kinds[shown].newest(words, origins.MOST),
        "most": origins.MOST,
    }
    return render(request, "cities/origins.html", context)


@never_cache
@guard.form(WRITES)
def begin(request: Request, commons: Commons, kind: str, thing: str) -> HttpResponse:
    """One of them: for which city, and from which moment of the recording."""
    origin = origins.find(kind, thing)
    if origin is None:
        raise Http404
    form = OriginForm(origins.organisations(request.user), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data
        case = origins.begin(kind, origin, sent["organisation"], request.user, sent["moment"])
        return redirect("cities:own", case.pk)
    context = {"origin": origin, "form": form, "draft": origins.draft_of(origin)}
    return render(request, "cities/origin.html", context, status=422 if form.is_bound else 200)
