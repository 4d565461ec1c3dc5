"""The edition itself, and its parts: cities, stages, themes, strands and speakers."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from common.colours import palette
from common.numbers import number_in
from common.pages import page_of
from common.search import holds, words
from people.permissions import Platform, can
from people.request import Request
from planning import editing, logos, photos
from planning.forms.edition import KINDS, EditionForm, NewEditionForm
from planning.logos import LogoForm
from planning.photos import PhotoForm
from planning.views.guard import frame, guard
from registration.forms.fields import attempt
from sessions.models import Edition, HostCity


@never_cache
def create(request: Request) -> HttpResponse:
    """A new edition; only operators make one, and run it then."""
    if not can(request.user, "platform.operate", Platform()):
        raise Http404
    form = NewEditionForm(request.POST or None)
    made: list[Edition] = []
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda data: made.append(editing.create(data, request.user)))
        if not status:
            return redirect("planning:programme", made[0].slug)
    return render(request, "planning/create.html", {"form": form}, status=status)


@never_cache
@guard.form("planning.edit")
def edition(request: Request, edition: Edition) -> HttpResponse:
    """The edition's own form."""
    if request.method == "GET":
        return _edition(request, edition, EditionForm(instance=edition))
    with transaction.atomic():
        locked = Edition.locked(edition.pk)
        form = EditionForm(request.POST, instance=locked)
        status = attempt(form, lambda _data: editing.save(form, locked, "edition", request.user))
    if status:
        return _edition(request, edition, form, status)
    return redirect(f"{request.path}?saved=1")


@guard.write("planning.edit")
def logo(request: Request, edition: Edition) -> HttpResponse:
    """Give the edition the logo "file", or with "remove" none."""
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _edition(request, edition, EditionForm(instance=edition), 422, form)
    with transaction.atomic():
        if not form.has_seen(Edition.locked(edition.pk).logo):
            return _edition(request, edition, EditionForm(instance=edition), 409, form)
        logos.keep(edition, form.picture, request.user)
    return redirect("planning:edition", edition.slug)


def _edition(
    request: Request, edition: Edition, form: Any, status: int = 200, logo_form: LogoForm | None = None
) -> HttpResponse:
    saved = request.method == "GET" and "saved" in request.GET
    context = {**frame(request, edition, "edition"), "form": form, "saved": saved}
    context |= {"palette": palette(edition.accent), "logo_form": logo_form or LogoForm(shows=edition.logo)}
    context["can_create"] = can(request.user, "platform.operate", Platform())
    return render(request, "planning/edition.html", context, status=status)


@never_cache
@guard.page("planning.edit")
def parts(request: Request, edition: Edition) -> HttpResponse:
    """The edition's cities, stages, themes and strands."""
    stages = edition.stages.select_related("host_city").annotate(count=Count("sessions"))
    cities = HostCity.objects.filter(pk__in=editing.cities_for(edition)).order_by("name")
    themes, strands = ([(part, "") for part in parts] for parts in (edition.themes.all(), edition.strands.all()))
    sections = [
        _section("stage", _("Stages"), [(stage, _held(stage)) for stage in stages], _("New stage"), _("No stage yet.")),
        _section("city", _("Cities and their clocks"), [(city, city.timezone) for city in cities], _("New host city")),
        _section("theme", _("Themes"), themes, _("New theme"), _("No theme yet.")),
        _section("strand", _("Strands"), strands, _("New strand"), _("No strand yet.")),
    ]
    return render(request, "planning/parts.html", {**frame(request, edition, "parts"), "sections": sections})


def _section(kind: str, title: str, parts: list[tuple[Any, str]], new: str, empty: str = "") -> dict[str, Any]:
    """A list of parts, each with a note."""
    return {"kind": kind, "title": title, "parts": parts, "new": new, "empty": empty}


def _held(stage: Any) -> str:
    """The stage's city, and how many sessions it holds."""
    return f"{stage.host_city} · " + ngettext("%(n)d session", "%(n)d sessions", stage.count) % {"n": stage.count}


@never_cache
@guard.page("planning.edit")
def speakers(request: Request, edition: Edition) -> HttpResponse:
    """The edition's speakers."""
    q = request.GET.get("q", "")[:100]
    found = edition.speakers.annotate(count=Count("sessions")).order_by("name", "pk")
    for word in words(q):
        found = found.filter(holds(word, "name", "organisation"))
    context = {
        **frame(request, edition, "speakers"),
        "page": page_of(request, found),
        "q": q,
    }
    return render(request, "planning/speakers.html", context)


@never_cache
@guard.form("planning.edit")
def part(request: Request, edition: Edition, kind: str, pk: int) -> HttpResponse:
    """The form of a part; `pk` 0 makes a new one."""
    if kind not in KINDS:
        raise Http404
    form_class, label = KINDS[kind]
    found = get_object_or_404(editing.parts_of(edition, kind, request.user), pk=pk) if pk else None
    if request.method == "GET":
        form = form_class(instance=found or editing.blank(edition, kind), initial=_given(request, kind))
        return _part(request, edition, kind, form, found, label)
    with transaction.atomic():
        Edition.locked(edition.pk)
        if found:
            found.refresh_from_db()
        form = form_class(request.POST, instance=found or editing.blank(edition, kind))
        status = attempt(form, lambda _data: editing.save(form, edition, kind, request.user))
    if status:
        return _part(request, edition, kind, form, found, label, status)
    if kind == "city" and not found:  # a city belongs to the edition by its stages
        stage = reverse("planning:part", args=[edition.slug, "stage", 0])
        return redirect(f"{stage}?host_city={form.instance.pk}")
    return redirect(_list_of(edition, kind))


def _given(request: Request, kind: str) -> dict[str, Any]:
    city = number_in(request.GET.get("host_city", "")) if kind == "stage" else None
    return {"host_city": city} if city else {}


def _list_of(edition: Edition, kind: str) -> str:
    return reverse(f"planning:{'speakers' if kind == 'speaker' else 'parts'}", args=[edition.slug])


@guard.write("planning.edit")
def photo(request: Request, edition: Edition, pk: int) -> HttpResponse:
    """Give a speaker the photo "file", or with "remove" none."""
    speaker = get_object_or_404(edition.speakers, pk=pk)
    form = PhotoForm(request.POST, request.FILES)
    status = 422 if not form.is_valid() else 0 if photos.keep(speaker, form, request.user) else 409
    if status:
        form_class, label = KINDS["speaker"]
        return _part(request, edition, "speaker", form_class(instance=speaker), speaker, label, status, form)
    return redirect("planning:part", edition.slug, "speaker", pk)


def _photo_form(speaker: Any, sent: PhotoForm | None) -> PhotoForm:
    return sent or PhotoForm(shows=photos.shown(speaker))


def _part(
    request: Request,
    edition: Edition,
    kind: str,
    form: Any,
    found: Any,
    label: Any,
    status: int = 200,
    photo_form: PhotoForm | None = None,
) -> HttpResponse:
    if kind == "stage":
        form.fields["host_city"].queryset = HostCity.objects.order_by("name")
    context = {
        "edition": edition,
        "form": form,
        "part": found,
        "label": label,
        "kind": kind,
        "back": _list_of(edition, kind),
        "here": reverse("planning:part", args=[edition.slug, kind, found.pk if found else 0]),
        "photo_form": _photo_form(found, photo_form) if kind == "speaker" and found else None,
    }
    return render(request, "planning/part.html", context, status=status)
