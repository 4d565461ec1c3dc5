"""People one should meet, each with the reason.

It reads so many rows of each kind of tie, however many people there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cities.models import City, Membership, Solution
from cities.tags import THEMES, label
from common.registry import registry
from networking.models import Card
from people.models import Participant
from sessions.models import Edition, Session

SHOWN = 8
MOST_ROWS = 1000  # of each kind of tie, the newest
TOLD = 2  # reasons of one kind
WEIGHTS = {"need": 3, "theme": 2, "session": 1}


class Suggestion(NamedTuple):
    """Somebody to meet, and why, in words."""

    card: Card
    reasons: list[str]


Ties = Mapping[int, list[tuple[str, str]]]  # participant id -> [(kind, words)]


def suggestions(edition: Edition, user: Participant, cards: QuerySet[Card]) -> list[Suggestion]:
    """The best of the people on these cards, of those that share something with the user."""
    ties: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for found in (_needs(edition, user, cards), _themes(edition, user, cards), _sessions(edition, user, cards)):
        for who, told in found.items():
            ties[who] += told
    best = sorted(ties, key=lambda who: (-_score(ties[who]), who))[:SHOWN]
    by_person = {card.participant_id: card for card in cards.filter(participant__in=best)} if best else {}
    return [Suggestion(by_person[who], _reasons(ties[who])) for who in best if who in by_person]


def _score(ties: Collection[tuple[str, str]]) -> int:
    kinds = [kind for kind, _words in ties]
    return sum(weight * min(kinds.count(kind), 3) for kind, weight in WEIGHTS.items())


def _reasons(ties: Collection[tuple[str, str]]) -> list[str]:
    told: list[str] = []
    for kind in WEIGHTS:
        told += list(dict.fromkeys(words for each, words in ties if each == kind))[:TOLD]
    return told


def _open(cards: QuerySet[Card], **shows: bool) -> Any:
    """A query of the ids of those whose cards show that much."""
    return cards.filter(**shows).order_by().values("participant")


def _themes(edition: Edition, user: Participant, cards: QuerySet[Card]) -> Ties:
    """Who follows the same themes."""
    mine = registry.follows().filter(participant=user, theme__edition=edition)
    names = dict(mine.values_list("theme", "theme__name"))
    rows = registry.follows().filter(theme__in=names, participant__in=_open(cards, shows_interests=True))
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    if names:
        for who, theme in rows.order_by("-pk").values_list("participant", "theme")[:MOST_ROWS]:
            found[who].append(("theme", _("You both follow %(theme)s.") % {"theme": names[theme]}))
    return found


def _sessions(edition: Edition, user: Participant, cards: QuerySet[Card]) -> Ties:
    """Who saved the same sessions, of those that the user may see."""
    seen = Session.objects.filter(pk__in=registry.saved(user.pk), edition=edition).visible_to(user)
    titles = dict(seen.order_by().values_list("pk", "title")[:MOST_ROWS])
    rows = registry.saves().filter(session__in=titles, participant__in=_open(cards, shows_interests=True))
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    if titles:
        for who, session in rows.order_by("-pk").values_list("participant", "session")[:MOST_ROWS]:
            found[who].append(("session", _("You both saved “%(title)s”.") % {"title": titles[session]}))
    return found


def _needs(edition: Edition, user: Participant, cards: QuerySet[Card]) -> Ties:
    """Who speaks for a city that offers, on a theme of one's own city, what that one looks for; or the other way round;
    or for an organisation with a solution on such a theme. One's own cities: those one speaks for, or is sent by."""
    spoken = Membership.objects.of(user).values_list("organisation", flat=True)
    mine = {*spoken, *registry.sent_by(edition.pk, user)}
    ours = list(City.objects.filter(organisation__in=mine).prefetch_related("tags")) if mine else []
    themes = {tag.code for city in ours for tag in city.tags.all() if tag.code in THEMES}
    if not themes:
        return {}
    of_theme = Q(organisation__city__tags__code__in=themes) | Q(organisation__solutions__tags__code__in=themes)
    rows = Membership.objects.approved().filter(of_theme, participant__in=_open(cards, shows_organisation=True))
    others = rows.exclude(organisation__in=mine).order_by("-pk").distinct()
    spoken_for = list(others.values_list("participant", "organisation")[:MOST_ROWS])
    words = _words(ours, {organisation for _who, organisation in spoken_for}, themes)
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for who, organisation in spoken_for:
        found[who] += [("need", told) for told in words.get(organisation, [])]
    return found


def _words(ours: list[City], organisations: Collection[int], themes: set[str]) -> dict[int, list[str]]:
    """Id of an organisation -> why one of ours should talk to it."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for city in City.objects.filter(organisation__in=organisations).prefetch_related("tags"):
        shared = sorted({tag.code for tag in city.tags.all()} & themes)
        if shared and city.organisation_id:
            said[city.organisation_id] += _of_city(ours, city, label(shared[0]))
    solutions = Solution.objects.filter(organisation__in=organisations, is_public=True, tags__code__in=themes)
    for solution in solutions.distinct().prefetch_related("tags")[:MOST_ROWS]:
        theme = label(sorted({tag.code for tag in solution.tags.all()} & themes)[0])
        told = _("Offers “%(name)s”, on a theme of yours: %(theme)s.") % {"name": solution.name, "theme": theme}
        said[solution.organisation_id].append(told)
    return said


def _of_city(ours: list[City], city: City, theme: str) -> list[str]:
    told = []
    if city.offers and any(one.looks_for for one in ours):
        named = {"city": city.name, "theme": theme, "words": Truncator(city.offers).chars(90)}
        told.append(_("%(city)s offers, on %(theme)s: %(words)s") % named)
    if city.looks_for and any(one.offers for one in ours):
        named = {"city": city.name, "theme": theme, "words": Truncator(city.looks_for).chars(90)}
        told.append(_("%(city)s looks, on %(theme)s, for: %(words)s") % named)
    return told
