"""Cities like another one, each with the reason."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Least
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cities.models import City
from cities.tags import THEMES, label
from common.kept import Kept

SHOWN = 4
LASTS = 120.0  # seconds
_kept: Kept[list[dict[str, Any]]] = Kept(2000, LASTS)
THEMES_TOLD = 3  # more that both work on make two cities no more alike


def like(city: City) -> list[dict[str, Any]]:
    """The most similar cities, the most similar first: [{"city", "reasons"}]. Each shares two things at least.

    All cities are compared for it: what others say of themselves may be as old as `LASTS`.
    """
    return _kept.get((city.pk, city.version, get_language()), lambda: _like(city))


def _like(city: City) -> list[dict[str, Any]]:
    themes = {tag.code for tag in city.tags.all()} & THEMES.keys()
    shared = Count("tags", filter=Q(tags__code__in=themes), distinct=True)
    same = [Case(When(condition, then=1), default=0) for condition in _same(city)]
    others = City.objects.exclude(pk=city.pk).annotate(shared=shared)
    ranked = others.annotate(alike=Least(F("shared"), THEMES_TOLD) + sum(same[1:], same[0])).filter(alike__gt=1)
    found = ranked.order_by("-alike", "name", "pk").select_related("organisation").prefetch_related("tags")[:SHOWN]
    return [{"city": other, "reasons": _reasons(city, themes, other)} for other in found]


def _same(city: City) -> list[Q]:
    """What else two cities may share: the part of the world, and the size if it is known."""
    return [Q(region=city.region), *([Q(size=city.size)] if city.size else [])]


def _reasons(city: City, themes: set[str], other: City) -> list[str]:
    """Why the other one is like it; the more, the more alike they are."""
    reasons = []
    if city.size and other.size == city.size:
        reasons.append(_("%(people)s people") % {"people": intcomma(other.population)})
    shared = sorted(label(tag.code) for tag in other.tags.all() if tag.code in themes)
    reasons += [_("also works on %(theme)s") % {"theme": theme} for theme in shared[:THEMES_TOLD]]
    if other.region == city.region:
        reasons.append(str(other.get_region_display()))
    return reasons
