"""Making and editing a city's profile."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import trust
from cities.forms import CityForm
from cities.models import City, Commons
from cities.views.guard import MANAGES, WRITES, office, profile
from people.request import Request


@never_cache
@profile.form(WRITES)
def edit(request: Request, city: City) -> HttpResponse:
    """The form of a profile, for its organisation's members and organisers."""
    with transaction.atomic():
        locked = City.objects.select_for_update().get(pk=city.pk)
        form = CityForm(request.POST if request.method == "POST" else None, instance=locked)
        if form.is_bound and form.is_valid():
            trust.on_record(request.user, "city", city=form.save().pk)
            return redirect(city)
    return _show(request, form, city)


@never_cache
@office.form(MANAGES)
def new(request: Request, commons: Commons) -> HttpResponse:
    """A city that has no profile yet."""
    form = CityForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            form.instance.slug = trust.free_slug(City, form.cleaned_data["name"])
            made = form.save()
            trust.on_record(request.user, "city", city=made.pk)
        return redirect(made)
    return _show(request, form, None)


def _show(request: Request, form: CityForm, city: City | None) -> HttpResponse:
    return render(request, "cities/city_edit.html", {"form": form, "city": city}, status=form.status)
