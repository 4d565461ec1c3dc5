"""The directory of an edition, somebody in it, and one's own card."""

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from common import clock
from common.numbers import number_in
from common.pages import page_of
from common.registry import registry
from networking import data, keeping_away, listing, suggesting, writing
from networking.forms import CardForm, LineForm
from networking.models import Card, Conversation
from networking.views.guard import guard
from people.models import Participant
from people.refusal import Refused, wrong
from people.request import Request
from sessions.models import Edition, Theme

SIZE = 24
COUNTRY = 80


@never_cache
@guard.page("networking.view")
def directory(request: Request, edition: Edition) -> HttpResponse:
    """Who lets others find them: ?q=, ?theme=, ?country=; with none of these, people one should meet."""
    cards = listing.listed(edition, request.user)
    text, country = request.GET.get("q", "")[:80].strip(), request.GET.get("country", "")[:COUNTRY].strip()
    theme = number_in(request.GET.get("theme", ""))
    found = listing.narrowed(cards, text, theme, country)
    page = page_of(request, found, SIZE)
    is_all = not (text or country or theme or page.number > 1)
    suggested = suggesting.suggestions(edition, request.user, cards) if is_all else []
    people = {card.participant_id for card in page} | {each.card.participant_id for each in suggested}
    context = {
        "edition": edition,
        "q": text,
        "theme": theme,
        "country": country,
        "page": page,
        "themes": listing.themes(edition, cards),
        "countries": listing.countries(cards),
        "suggested": suggested,
        "interests": listing.interests(edition, people),
        "mine": Card.objects.filter(edition=edition, participant=request.user, is_listed=True).exists(),
    }
    return render(request, "networking/directory.html", context)


def _card_of(edition: Edition, user: Participant, who: int) -> Card:
    card = listing.one(edition, user, who)
    if card is None:
        raise Http404
    return card


@never_cache
@guard.page("networking.view")
def person(request: Request, edition: Edition, who: int) -> HttpResponse:
    """Somebody who lets others find them."""
    card = _card_of(edition, request.user, who)
    return _person(request, card, LineForm(initial={"client_id": uuid.uuid4()}))


def _person(request: Request, card: Card, form: LineForm, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "card": card,
        "edition": card.edition,
        "interests": listing.interests(card.edition, [card.participant_id]),
        "links": registry.person_links(card.edition, [card.participant_id], request.user).get(card.participant_id, []),
        "conversation": writing.between(card.edition, request.user.pk, card.participant_id),
        "form": form,
        "refusal": refusal,
        "client_id": form["client_id"].value() or uuid.uuid4(),
    }
    return render(request, "networking/person.html", context, status=status)


@guard.write("networking.ask")
def ask(request: Request, edition: Edition, who: int) -> HttpResponse:
    """Ask somebody for a conversation, with its first line. What was written comes back with a refusal."""
    card, form = _card_of(edition, request.user, who), LineForm(request.POST)
    if not form.is_valid():
        return _person(request, card, form, wrong(form), 422)
    try:
        made = writing.ask(card, request.user, form.cleaned_data["text"], form.cleaned_data["client_id"])
    except Refused as refused:
        return _person(request, card, form, str(refused), refused.status)
    return redirect(made)


@guard.write("networking.take_part")
def block(request: Request, edition: Edition, who: int) -> HttpResponse:
    """Keep somebody away (on=1), or no longer: whom one sees, or has to do with. Everybody else does not exist."""
    user, on = request.user, request.POST.get("on") == "1"
    known = user.blocks.filter(blocked=who).exists() or writing.between(edition, user.pk, who)
    if not known and listing.one(edition, user, who) is None:
        raise Http404
    keeping_away.block(user, who, on)
    return redirect("networking:card", edition.slug)


@never_cache
@guard.form("networking.take_part")
def card(request: Request, edition: Edition) -> HttpResponse:
    """One's own card, the themes one follows, whom one has blocked."""
    with transaction.atomic():
        stored = Card.objects.select_for_update(no_key=True).filter(edition=edition, participant=request.user).first()
        own = stored or _suggested(edition, request.user)
        form = CardForm(request.POST if request.method == "POST" else None, instance=own)
        if request.method == "POST" and form.is_valid():
            form.instance.changed_at = clock.now()
            form.save()
            return redirect(f"{request.path}?saved=1")
    followed = set(registry.follows().filter(participant=request.user).values_list("theme", flat=True))
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "saved": "saved" in request.GET,
        "themes": [(theme, theme.pk in followed) for theme in Theme.objects.filter(edition=edition)],
        "blocked": request.user.blocks.select_related("blocked")[: keeping_away.MOST_BLOCKED],
    }
    return render(request, "networking/card.html", context, status=form.status)


def _suggested(edition: Edition, user: Participant) -> Card:
    """What the form of somebody without a card begins with: not listed, and no more than their profile shows."""
    shows = user.visibility == Participant.Visibility.FULL
    names = ("shows_organisation", "shows_role", "shows_country", "shows_interests")
    return Card(edition=edition, participant=user, **dict.fromkeys(names, shows))


@never_cache
@guard.page("networking.view", follow=True)
def messages(request: Request, edition: Edition) -> HttpResponse:
    """One's conversations of an edition, the newest first; for htmx the list only."""
    page = page_of(request, writing.of(request.user.pk, edition), SIZE)
    rows = data.rows_of(page, request.user.pk)
    waiting = [row for row in rows if row["asked"] and row["state"] == Conversation.State.REQUESTED]
    context = {
        "edition": edition,
        "page": page,
        "waiting": waiting,
        "rows": [row for row in rows if row not in waiting],
        "query": "",
    }
    return render(request, f"networking/messages.html{'#list' if request.htmx else ''}", context)
