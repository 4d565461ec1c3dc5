"""The chair's page: the leaderboard of a category, what is decided, and seals."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from awards import board, deciding, matrix
from awards.data import BEST_FIRST
from awards.forms import PlaceForm
from awards.lines import lines
from awards.models import JUDGED, Call, Category, Decision, Entry, State
from awards.views.guard import call_of, office
from common.numbers import number_in
from common.pages import page_of
from people import audit
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition

SIZE = 25  # rows of a page: each has a form of its own


@never_cache
@office.page("awards.chair")
def chair(request: Request, edition: Edition) -> HttpResponse:
    """?category=, ?kind=: the entries with their numbers, and the list that is prepared or sealed."""
    call = call_of(edition)
    categories = list(call.categories.judged())
    chosen = number_in(request.GET.get("category", "")) or 0
    category = next((each for each in categories if each.pk == chosen), categories[0] if categories else None)
    context: dict[str, Any] = {"call": call, "categories": categories, "category": category}
    return render(request, "awards/chair.html", context | (_of(request, category) if category else {}))


def _of(request: Request, category: Category) -> dict[str, Any]:
    kind = Decision.Kind.HONOURS if request.GET.get("kind") == "honours" else Decision.Kind.FINALISTS
    decision = category.decisions.filter(kind=kind).first() or Decision(category=category, kind=kind)
    places = {pk: honour for honour, pk in decision.places}
    found = board.of(category)
    page = page_of(request, found.rows, SIZE)
    named = Entry.objects.only("title", "city", "country")
    entries = named.in_bulk([row.entry for row in page])
    placed = named.in_bulk(list(places)) if places else {}
    honours = [(each.value, each.label) for each in reversed(deciding.MAY_GET[kind])]
    return {
        "kind": kind,
        "kinds": Decision.Kind.choices,
        "decision": decision,
        "seen": deciding.seen_of(decision),
        "page": page,
        "lines": lines(list(page), entries, places, () if decision.digest else honours),
        "placed": sorted(
            ({"entry": entry, "honour": State(places[str(pk)])} for pk, entry in placed.items()),
            key=lambda each: (BEST_FIRST.index(each["honour"]), each["entry"].title),
        ),
        "unjudged": _unjudged(category),
        "agreement": found.agreement,
    }


def _unjudged(category: Category) -> int:
    open_ones = Entry.objects.filter(category=category, state=State.ELIGIBLE)
    return open_ones.filter(reviews__done_at=None).distinct().count()


@never_cache
@office.page("awards.chair")
def conflicts(request: Request, edition: Edition) -> HttpResponse:
    """?category=: the entries that are judged by the judges, with conflicts and what is judged."""
    call = call_of(edition)
    categories = list(call.categories.judged())
    chosen = number_in(request.GET.get("category", "")) or 0
    category = next((each for each in categories if each.pk == chosen), categories[0] if categories else None)
    judges = list(call.judges.filter(chair=False).select_related("participant"))
    entries = Entry.objects.of(edition).filter(category=category, state__in=JUDGED).order_by("title", "pk")
    page = page_of(request, entries, SIZE)
    context = {"call": call, "categories": categories, "category": category, "judges": judges, "page": page}
    context |= {"rows": matrix.rows(judges, list(page))}
    return render(request, "awards/conflicts.html", context)


@office.write("awards.chair")
def decide(request: Request, edition: Edition) -> HttpResponse:
    """action=place|seal|unseal|open|close, of a category and a kind of decision."""
    data = checked(PlaceForm(request.POST)).cleaned_data
    categories = Category.objects.judged().filter(call__edition=edition).select_related("call__edition")
    category, by, kind = get_object_or_404(categories, pk=data["category"]), request.user, data["kind"]
    honour = request.POST.get(f"honour-{data['entry']}", "")
    seen = data["seen"]
    actions: dict[str, Callable[[], object]] = {
        "place": lambda: deciding.place(category, kind, data["entry"], honour, by, seen=seen),
        "seal": lambda: deciding.seal(category, kind, by, seen=seen),
        "unseal": lambda: deciding.unseal(category, kind, by, seen=seen),
        "open": lambda: deciding.open_finalists(category, by, seen=seen),
        "close": lambda: deciding.close_finalists(category, by),
    }
    if action := actions.get(request.POST.get("action", "")):
        action()
    page = number_in(request.POST.get("page", "")) or 1
    where = f"{reverse('awards:chair', args=[edition.slug])}?category={category.pk}&kind={kind}&page={page}"
    return redirect(where)


@office.write("awards.chair")
def scores(request: Request, edition: Edition) -> HttpResponse:
    """Let judges see each other's marks of the entries that they have judged (open=1), or no longer."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call_of(edition).pk)
        call.scores_open = request.POST.get("open") == "1"
        call.save(update_fields=["scores_open"])
        audit.record(request.user, "awards.scores", edition.room_key, scores_open=call.scores_open)
    return redirect("awards:chair", edition.slug)
