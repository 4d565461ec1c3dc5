"""Releasing the draft, and what releases have changed."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from people.request import Request
from planning import releasing, scheduled
from planning.differences import Names, difference, lines
from planning.forms.release import ReleaseForm
from planning.models import Change, Kind, Release
from planning.views.guard import frame, guard
from planning.working import Item, items_of
from registration.forms.fields import attempt
from sessions.guard import Guard
from sessions.models import Edition, Session

MOST_RELEASES = 50
SEEN = "seen-version-{}"  # cookie: the version of the edition (id) that this browser has seen
A_YEAR = 365 * 24 * 60 * 60


@never_cache
@guard.form("planning.edit")
def release(request: Request, edition: Edition) -> HttpResponse:
    """GET: what the draft would change. POST: ask whether to publish what is chosen of it; with "sure" publish it."""
    if request.method == "GET":
        items = items_of(edition, drafted=True, full=True)
        return _preview(request, edition, _drafted(items), ReleaseForm(_drafted(items), edition.host_city.zone))
    with transaction.atomic():
        Edition.locked(edition.pk)
        items = _drafted(items_of(edition, drafted=True, full=True))
        form = ReleaseForm(items, edition.host_city.zone, request.POST)

        def publish(data: dict[str, Any]) -> None:
            if _is_asked_first(request, data):
                return None
            with transaction.atomic():
                if data["at"]:
                    return scheduled.plan(edition, data["drafts"], data["comment"], data["at"], request.user)
                releasing.release(edition, data["drafts"], data["comment"], request.user)

        status = attempt(form, publish)
    if status:
        return _preview(request, edition, items, form, status)
    if _is_asked_first(request, form.cleaned_data):
        return _preview(request, edition, items, form, asked=_asked(items, form.cleaned_data))
    if form.cleaned_data["at"]:
        return redirect("planning:release", edition.slug)
    return redirect("planning:changes", edition.slug)


@guard.write("planning.edit")
def unplan(request: Request, edition: Edition) -> HttpResponse:
    """Release nothing at a moment."""
    scheduled.drop(edition, request.user, request.POST.get("at", ""))
    return redirect("planning:release", edition.slug)


def _drafted(items: list[Item]) -> list[Item]:
    return [item for item in items if item.kind]


def _is_asked_first(request: Request, data: dict[str, Any]) -> bool:
    """Whether a release, at once or at this moment, is not sure yet."""
    return request.POST.get("sure") != _sure(data)


def _sure(data: dict[str, Any]) -> str:
    """What says that one is sure of a release: who has chosen another moment since is asked again."""
    return data["at"].isoformat() if data["at"] else "1"


def _asked(items: list[Item], data: dict[str, Any]) -> dict[str, Any]:
    """How many sessions the chosen drafts change, how many people have one of them among their own, and when."""
    chosen = [item for item in items if item.draft and item.draft.pk in data["drafts"]]
    people = set().union(*releasing.concerned(chosen).values())
    return {"sessions": len(chosen), "people": len(people), "at": data["at"], "sure": _sure(data)}


def _preview(
    request: Request, edition: Edition, items: list[Item], form: Any, status: int = 200, **more: Any
) -> HttpResponse:
    names, touched = Names(edition), releasing.touched(items)
    chosen = {number_in(pk) for pk in request.POST.getlist("drafts")} if request.method == "POST" else None
    rows = []
    for item in items:
        before, after = difference(item, names)
        is_chosen = chosen is None or (item.draft is not None and item.draft.pk in chosen)
        rows.append({"item": item, "lines": lines(before, after), "chosen": is_chosen, "touched": touched[item.key]})
    context = {
        **frame(request, edition, "release"),
        "form": form,
        "rows": rows,
        "planned": scheduled.planned(edition),
        "summary": releasing.summary(items),
        "version": Release.last_version(edition) + 1,
        **more,
    }
    return render(request, "planning/release.html", context, status=status)


@Guard("edition.view").page(follow=True)
def changes(request: Request, edition: Edition) -> HttpResponse:
    """What the releases have changed, for everybody; what is new since this browser's last visit stands apart."""
    last = Release.last_version(edition)
    cookie = SEEN.format(edition.pk)
    asked = request.GET.get("since", request.COOKIES.get(cookie, ""))
    since = number_in(asked)
    visible = Session.objects.filter(edition=edition).visible_to(request.user).order_by().values("pk")
    shown = Change.objects.filter(release__edition=edition, session__in=visible).select_related("session", "release")
    releases: dict[Release, list[dict[str, Any]]] = {
        made: [] for made in Release.objects.filter(edition=edition)[:MOST_RELEASES]
    }
    for change in shown.filter(release__in=list(releases)).order_by("-release__version", "pk"):
        releases[change.release].append({"change": change, "lines": lines(change.before, change.after)})
    context = {
        "releases": [{"release": made, "changes": found, "new": since is not None and made.version > since}
                     for made, found in releases.items()],
        "since": since,
        "kinds": Kind,
        "last": last,
    }  # fmt: skip
    response = render(request, "planning/changes.html", context)
    if "since" not in request.GET:
        response.set_cookie(
            cookie, str(last), max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
