"""What everybody may see: the list, the plan of a hall, a stand; and what one saves of it."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from common import clock, uploads
from common.kept import Kept
from common.numbers import number_in
from common.pages import page_of
from common.prepared import Prepared
from common.shared import not_for_many, shared
from expo import data, documents, finding, plans
from expo import team as teams
from expo.counted import stamp
from expo.forms.stand import links_of
from expo.models import FIELDS, Badge, Document, Exhibitor, Expo, Favourite, Lead, Logo, Talk, Visit, expo_room
from expo.models.leads import GIVEN
from expo.rooms import role_at
from expo.views.guard import exhibitor_of, guard, paper, picture, public, whole_exhibition
from live.models import Room
from people.permissions import can
from people.request import Request
from sessions.models import Edition, Session

MOST_OTHERS = 50  # at the same stand
_EXPO = Prepared(lambda edition: Expo.objects.filter(edition=edition).select_related("edition"))
_SAME_PLACE = Prepared(
    lambda stand: Exhibitor.objects.filter(stand=stand, is_public=True).order_by("name", "pk")[: MOST_OTHERS + 1]
)
_DEMONSTRATIONS = Prepared(
    lambda exhibitor: (
        Session.objects.filter(exhibitors=exhibitor)
        .select_related("stage__host_city", "edition")
        .order_by("start")[:20]
    )
)
_cards: Kept[data.Cards] = Kept(most=200, seconds=10)  # pages of lists
_forms: Kept[SafeString] = Kept(most=200, seconds=10)


@shared
@never_cache
@guard.page()
def index(request: Request, edition: Edition) -> HttpResponse:
    """The exhibitors that fit ?q=, ?theme=, ?kind=, ?country=, ?city=, ?here=, ?saved=; to htmx the list alone."""
    if request.cohort is not None and request.user.is_authenticated and request.GET.get("saved"):
        return not_for_many()
    request.live_rooms = Room.heads([expo_room(edition.pk)])
    expo = Expo.objects.filter(edition=edition).first()
    finder = finding.Finder(edition, request.GET)
    found = finder.found(request.user)
    page = page_of(request, found)
    shown = list(page)
    context: dict[str, Any] = {
        "edition": edition,
        "expo": expo,
        "finder": finder,
        "page": page,
        "product": finder.cleaned_data.get("product", ""),
        "products": finder.products(found),
        "others": _without(request, "product"),
        "cards": data.cards(_plain(finder, shown), teams.here(shown), finding.saved_by(request.user, shown)),
    }
    if request.htmx:
        return render(request, "expo/_list.html", context)
    may = {action: can(request.user, f"expo.{action}", edition) for action in ("take_part", "manage")}
    context["form"] = _form(finder, may)
    context |= {"may": may, "fits_here": finder.is_empty and page.number == 1}
    if may["take_part"] and request.user.pk:
        context |= finding.mine(edition, request.user)
    return render(request, "expo/index.html", context)


def _plain(finder: finding.Finder, shown: list[int]) -> data.Cards:
    """The cards of exhibitors as they are for everybody."""
    key = (finder.mark, get_language(), *shown)
    return _cards.get(key, lambda: {each.pk: data.card(each) for each in finding.shown(shown)})


def _form(finder: finding.Finder, may: dict[str, bool]) -> SafeString:
    """The form with what was chosen in it."""
    values = (str(field.value()) for field in finder)
    context = {"finder": finder, "edition": finder.edition, "may": may}
    key = (finder.mark, get_language(), may["take_part"], *values)
    return _forms.get(key, lambda: render_to_string("expo/_finder.html", context))


def _without(request: Request, name: str) -> str:
    """The query of a page without one of its filters, from its beginning."""
    query = request.GET.copy()
    for key in (name, "page"):
        query.pop(key, None)
    return query.urlencode()


@shared
@guard.page()
def plan(request: Request, edition: Edition) -> HttpResponse:
    """The plan of a hall: ?city=, ?hall=; the first one without."""
    request.live_rooms = Room.heads([expo_room(edition.pk)])
    mark = stamp(edition)
    halls = plans.halls(edition, mark)
    wanted = number_in(request.GET.get("city", "")), request.GET.get("hall", "")
    hall = next((each for each in halls if (each["city"], each["hall"]) == wanted), halls[0] if halls else None)
    context: dict[str, Any] = {"edition": edition, "halls": halls, "hall": hall}
    if hall:
        where = edition, hall["city"], hall["hall"]
        context["plan"] = drawn = plans.plan(*where, mark)
        context["boxes"] = drawn.marked(plans.saved(*where, request.user))
    return render(request, "expo/plan.html", context)


@shared
@never_cache
@public.page(follow=whole_exhibition)
def stand(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """A stand: what it shows, who is there, its chat, and the ways to talk."""
    user = request.user
    exhibitor = exhibitor_of(exhibitor.pk)  # as it is at the heads or later
    members = teams.members(exhibitor.pk)
    ids = {one.participant_id for one in members if one.participant_id}
    member, takes_part = user.pk in ids, can(user, "expo.take_part", exhibitor)
    is_person = takes_part and user.pk is not None
    if is_person and not member:
        Visit.objects.get_or_create(exhibitor=exhibitor, participant=user)
    expo = _EXPO.first(exhibitor.edition_id)
    same_place = _SAME_PLACE.ask(exhibitor.stand_id) if exhibitor.stand_id else []
    context = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "expo": expo,
        "themes": exhibitor.themes.all(),
        "products": [line.strip() for line in exhibitor.products.splitlines() if line.strip()],
        "links": links_of(exhibitor.links),
        "documents": documents.of(exhibitor, exhibitor.documents),
        "sessions": _demonstrations(request, exhibitor),
        "way": _way(exhibitor, same_place),
        "others": [other for other in same_place if other.pk != exhibitor.pk][:MOST_OTHERS],
        "team": data.there(exhibitor.pk, teams.there(members).get(exhibitor.pk, [])),
        "is_open": bool(expo and expo.is_open(clock.now(), exhibitor.host_city)),
        "lines": data.chat_of(exhibitor, ids),
        "role": role_at(user, exhibitor, member),
        "is_member": member,
        "can_take_part": takes_part,
        "saved": is_person and Favourite.objects.filter(exhibitor=exhibitor, participant=user).exists(),
        "talk": is_person and Talk.objects.filter(exhibitor=exhibitor, visitor=user).exclude(state="ended").first(),
        "client_id": uuid.uuid4() if request.cohort is None else "",  # of a page for many: static/expo/own.js
        "given": takes_part and not member and _given(request, exhibitor),
        "field_choices": FIELDS.items(),
    }
    return render(request, "expo/stand.html", context)


def _given(request: Request, exhibitor: Exhibitor) -> dict[str, Any]:
    """What the stand has of the person already, and what their badge would give; of a page for many, what most give."""
    if request.cohort is not None:
        return {"has": False, "fields": GIVEN}
    lead = Lead.objects.filter(exhibitor=exhibitor, participant=request.user, withdrawn_at=None).first()
    badge = Badge.objects.filter(edition=exhibitor.edition_id, participant=request.user).first()
    return {"has": bool(lead), "fields": lead.fields if lead else badge.fields if badge else GIVEN}


def _way(exhibitor: Exhibitor, same_place: list[Exhibitor]) -> str:
    """The address of the stand on the plan of its hall, which shows a stand under the first of those who share it."""
    if exhibitor.stand is None:
        return ""
    where = urlencode({"city": exhibitor.stand.host_city_id, "hall": exhibitor.stand.hall})
    first = next(iter(same_place), exhibitor)
    return f"{reverse('expo:plan', args=[exhibitor.edition.slug])}?{where}#s{first.pk}"


def _demonstrations(request: Request, exhibitor: Exhibitor) -> list[Any]:
    """The exhibitor's sessions that the person may see."""
    return [session for session in _DEMONSTRATIONS.ask(exhibitor.pk) if can(request.user, "session.view", session)]


@public.write("expo.take_part")
def save(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Save an exhibitor (on=1), or no longer."""
    if not exhibitor.is_public:
        raise Http404
    if request.POST.get("on") == "1":
        Favourite.objects.get_or_create(exhibitor=exhibitor, participant=request.user)
    else:
        Favourite.objects.filter(exhibitor=exhibitor, participant=request.user).delete()
    if request.htmx:
        return render(request, "expo/_save.html", {"exhibitor": exhibitor, "saved": request.POST.get("on") == "1"})
    return redirect(exhibitor)


@picture.page()
def logo(request: Request, logo: Logo) -> HttpResponse:
    """A logo; one that is not approved only for its team and organisers."""
    return uploads.served(logo)


@paper.page()
def document(request: Request, document: Document) -> HttpResponse:
    """A document, to be saved. Nobody hears who opens it; before it is approved it is for team and organisers."""
    return uploads.served(document)
