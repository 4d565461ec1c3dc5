"""What everybody may see: the overview, cities, cases and their versions."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from cities import finding, origins, tags
from cities.data import case_card
from cities.likeness import like
from cities.models import Case, City, Commons, Membership, Solution, Tool
from cities.trust import is_team
from cities.views.guard import cities, guard, may_edit_city, public
from common import clock
from common.pages import page_of
from common.registry import registry
from common.shared import shared
from people.permissions import can
from people.request import Request

LATEST = 6
CARDS = 24  # cases on one page
MOST = 50  # of a kind on one page; the lists with their facets lead to all


def rights(request: Request, commons: Any) -> dict[str, bool]:
    """What the person may do here, by the verb."""
    return {verb: can(request.user, f"cities.{verb}", commons) for verb in ("write", "edit", "manage")}


@shared
@guard.page()
def overview(request: Request, commons: Commons) -> HttpResponse:
    """What is here, and the newest cases."""
    cases = Case.objects.public().for_cards()
    context = {
        "cases": map(case_card, cases[:LATEST]),
        "counts": {
            "cases": Case.objects.public().count(),
            "cities": City.objects.count(),
            "tools": Tool.objects.filter(is_public=True).count(),
            "solutions": Solution.objects.filter(is_public=True).count(),
        },
        "may": rights(request, commons),
    }
    return render(request, "cities/overview.html", context)


@shared
@guard.page()
def city_list(request: Request, commons: Commons) -> HttpResponse:
    """The cities that fit ?q=, ?region=, ?size=, ?theme=; to htmx the list alone."""
    public = Case.objects.public().filter(city=OuterRef("pk")).order_by().values("city").annotate(count=Count("pk"))
    count = Coalesce(Subquery(public.values("count")), 0)
    finder = finding.Finder(
        City.objects.all(), request.GET, finding.facets("region", "size", "theme"), ("name", "country")
    )
    found = finder.found().select_related("organisation").prefetch_related("tags").annotate(public_cases=count)
    found = found.order_by("name", "pk")
    context = {"finder": finder, "page": page_of(request, found), "now": clock.now()}
    template = "cities/_cities.html" if request.htmx else "cities/cities.html"
    return render(request, template, context | {"may": rights(request, commons)})


@never_cache
@cities.page()
def city(request: Request, city: City) -> HttpResponse:
    """A city's profile; its private needs for who edits it alone."""
    can_edit = may_edit_city(request.user, city)
    parts = [{"title": part.title, "lines": part.lines(city, request.user)} for part in registry.city_parts()]
    themes, targets = tags.split(city.tags.all())
    context = {
        "city": city,
        "themes": [tags.label(code) for code in themes],
        "targets": [tags.label(code) for code in targets],
        "facts": city.facts.all(),
        "cases": [*map(case_card, city.cases.public().for_cards()[:CARDS])],
        "solutions": city.solutionuses.filter(solution__is_public=True).select_related("solution__organisation")[:MOST],
        "tools": city.tooluses.filter(tool__is_public=True).select_related("tool")[:MOST],
        "parts": [part for part in parts if part["lines"]],
        "alike": like(city),
        "now": clock.now(),
        "can_edit": can_edit,
    }
    return render(request, "cities/city.html", context)


@shared
@guard.page()
def case_list(request: Request, commons: Commons) -> HttpResponse:
    """The public cases that fit ?q= and the facets; to htmx the list alone."""
    names = ("theme", "target", "cost", "size", "region", "stage")
    finder = finding.Finder(
        Case.objects.public(), request.GET, finding.facets(*names, prefix="city__"), ("title", "problem", "done")
    )
    found = finder.found().for_cards()
    page = page_of(request, found, CARDS)
    context = {"finder": finder, "page": page, "cards": map(case_card, page)}
    template = "cities/_cases.html" if request.htmx else "cities/cases.html"
    return render(request, template, context | {"may": rights(request, commons)})


@never_cache
@public.page()
def case(request: Request, case: Case) -> HttpResponse:
    """A case: its numbers and what failed come first."""
    themes, targets = tags.split(case.tags.all())
    context = {
        "case": case,
        "origin": origins.named(case),
        "results": case.results.all(),
        "pictures": case.pictures.public(),
        "themes": [tags.label(code) for code in themes],
        "targets": [tags.label(code) for code in targets],
        "versions": case.versions.all()[:MOST],
        "tools": case.tools.filter(is_public=True)[:MOST],
        "solutions": case.solution_uses.filter(solution__is_public=True).select_related("solution")[:MOST],
        "is_team": is_team(request.user, case),
        "may": rights(request, case),
    }
    return render(request, "cities/case.html", context)


@public.page()
def version(request: Request, case: Case, number: int) -> HttpResponse:
    """What a case said in an earlier version."""
    version = get_object_or_404(case.versions, number=number)
    pictures = case.pictures.filter(pk__in=version.content.get("pictures", []), was_public=True)
    context = {"case": case, "version": version, "texts": _texts(version.content), "pictures": pictures}
    return render(request, "cities/version.html", context)


def _texts(content: dict[str, Any]) -> list[tuple[Any, str]]:
    """The labels and words of a version's texts."""
    names = ("problem", "done", "how", "failures", "funding", "team")
    fields: dict[str, Any] = {name: Case._meta.get_field(name) for name in names}
    return [(field.verbose_name, content[name]) for name, field in fields.items() if content.get(name)]


def my_organisations(user: Any) -> list[Membership]:
    """The memberships of a person that count."""
    return list(Membership.objects.of(user).select_related("organisation__city"))
