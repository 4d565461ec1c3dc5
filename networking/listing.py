"""Who is in the directory of an edition for whom: the one list of those who agreed, for all apps that show people."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from common.registry import registry
from common.search import holds, words
from networking.models import Block, Card
from people.models import Ban, Participant, Registration, Role
from people.permissions import TAKING_PART
from sessions.models import Edition

MOST_COUNTRIES = 80


def listed(edition: Edition, user: Participant) -> QuerySet[Card]:
    """The cards of those who agreed, still take part, and keep nobody of the two away; but one's own."""
    scope = edition.room_key
    person = {"participant": OuterRef("participant"), "scope": scope}
    takes_part = Exists(Role.objects.filter(name__in=TAKING_PART, **person)) | Exists(
        Registration.objects.filter(cancelled_at=None, **person)
    )
    found = Card.objects.filter(takes_part, edition=edition, is_listed=True, participant__is_active=True)
    return (
        found.exclude(Exists(Ban.objects.standing().filter(**person)))
        .exclude(participant=user)
        .exclude(participant__in=Block.objects.filter(blocker=user).values("blocked"))
        .exclude(participant__in=Block.objects.filter(blocked=user).values("blocker"))
        .select_related("participant", "edition")
    )


def one(edition: Edition, user: Participant, who: int) -> Card | None:
    """The card of a participant, if they are in the directory for this user."""
    return listed(edition, user).filter(participant=who).first()


def are_apart(one_id: int, other_id: int) -> bool:
    """Whether one of two people has blocked the other."""
    pair = Q(blocker=one_id, blocked=other_id) | Q(blocker=other_id, blocked=one_id)
    return Block.objects.filter(pair).exists()


def followers(theme: int | Collection[int]) -> Any:
    """A query of the ids of those who follow a theme, or one of them."""
    themes = [theme] if isinstance(theme, int) else theme
    return registry.follows().filter(theme__in=themes).values("participant")


def narrowed(cards: QuerySet[Card], text: str = "", theme: int | None = None, country: str = "") -> QuerySet[Card]:
    """Those who fit, by what they show: what somebody keeps to themselves is not found either."""
    for word in words(text):
        by_organisation = Q(shows_organisation=True) & holds(word, "participant__organisation")
        cards = cards.filter(holds(word, "participant__name", "about") | by_organisation)
    if theme:
        cards = cards.filter(shows_interests=True, participant__in=followers(theme))
    if country:
        cards = cards.filter(shows_country=True, participant__country=country)
    return cards


def countries(cards: QuerySet[Card]) -> list[tuple[str, int]]:
    """(country, how many show it), the most frequent first."""
    shown = cards.filter(shows_country=True).exclude(participant__country="").order_by()
    counted = shown.values_list("participant__country").annotate(count=Count("pk"))
    return [(country, count) for country, count in counted.order_by("-count", "participant__country")[:MOST_COUNTRIES]]


def themes(edition: Edition, cards: QuerySet[Card]) -> list[tuple[int, str, int]]:
    """(id of a theme, its name, how many of the directory show that they follow it), those that somebody follows."""
    shown = cards.filter(shows_interests=True).order_by().values("participant")
    rows = registry.follows().filter(theme__edition=edition, participant__in=shown).order_by()
    return list(rows.values_list("theme", "theme__name").annotate(count=Count("pk")).order_by("theme__name", "theme"))


def interests(edition: Edition, people: Collection[int]) -> Mapping[int, list[str]]:
    """Participant id -> the names of the themes of an edition that they follow."""
    rows = registry.follows().filter(theme__edition=edition, participant__in=people).order_by("theme__name", "pk")
    found: dict[int, list[str]] = {}
    for who, name in rows.values_list("participant", "theme__name"):
        found.setdefault(who, []).append(name)
    return found
