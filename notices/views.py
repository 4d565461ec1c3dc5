"""The notices of a participant, and how they wish to be told."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from common import clock
from common.registry import registry
from notices import history, push
from notices.forms import SubscriptionForm, WishesForm, subscribe
from notices.models import Notice, Subscription, Wishes
from people.guard import signed_in
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition


@signed_in("GET", "HEAD")
def notices(request: Request) -> HttpResponse:
    """All of them; they count as seen from then on."""
    told = history.of(request.user)
    if any(each.fresh for each in told):
        Notice.objects.filter(participant=request.user, seen_at=None).update(seen_at=clock.now())
        for inbox in registry.all("inbox"):
            inbox.seen(request.user)
    wishes = Wishes.objects.filter(participant=request.user).first() or Wishes(participant=request.user)
    return _page(request, told, WishesForm(instance=wishes))


def _clock(own: str, edition: Edition | None) -> dict[str, str]:
    """By which clock the times are: the zone of the profile, else of the present edition's city, which is named."""
    if own or edition is None:
        return {"zone": own or settings.TIME_ZONE, "place": "" if own else settings.TIME_ZONE}
    return {"zone": edition.timezone, "place": edition.host_city.name}


def _page(request: Request, told: list[history.Told], form: WishesForm, status: int = 200) -> HttpResponse:
    request.edition = Edition.current()
    context = {
        "told": told,
        "form": form,
        "saved": "saved" in request.GET,
        **_clock(request.user.timezone, request.edition),
        "key": settings.VAPID_PUBLIC_KEY if push.is_on() and not request.user.is_guest else "",
    }
    return render(request, "notices/notices.html", context, status=status)


@signed_in("POST", limit="notices.settings")
def wishes(request: Request) -> HttpResponse:
    """Keep how one wishes to be told."""
    with transaction.atomic():
        Wishes.objects.get_or_create(participant=request.user)
        stored = Wishes.objects.select_for_update().get(participant=request.user)
        form = WishesForm(request.POST, instance=stored)
        if form.is_valid():
            form.save()
            return redirect("/notices/?saved=1#settings")
    return _page(request, history.of(request.user), form, form.status)


@signed_in("POST", limit="notices.settings")
def device(request: Request) -> HttpResponse:
    """Send to this browser from now on; with `off` no longer."""
    if request.POST.get("off"):
        Subscription.objects.filter(participant=request.user, endpoint=request.POST.get("endpoint", "")).delete()
    else:
        subscribe(request.user, checked(SubscriptionForm(request.POST)).cleaned_data)
    return HttpResponse(status=204)
