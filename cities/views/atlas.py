"""The map of the world: the same for all who hold the same, drawn once for them."""

from django.http import HttpResponse
from django.shortcuts import render

from cities import mapping
from cities.models import City, Commons
from cities.outlines import HEIGHT, WIDTH, land
from cities.views.guard import guard
from cities.views.public import rights
from common.shared import shared
from people.request import Request


@shared
@guard.page()
def world(request: Request, commons: Commons) -> HttpResponse:
    """All cities on one map, and as a list for who sees none."""
    cities = mapping.cities()
    marks = mapping.marks_of(cities)
    context = {
        "land": land(),
        "size": (WIDTH, HEIGHT),
        "marks": marks,
        "regions": mapping.by_region(marks),
        "elsewhere": [city for city in cities if city.latitude is None or city.longitude is None],
        "more": max(0, City.objects.count() - len(cities)),
        "may": rights(request, commons),
    }
    return render(request, "cities/world.html", context)
