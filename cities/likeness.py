"""Cities like another one, each with the reason."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q
from django.utils.translation import gettext as _

from cities.models import City
from cities.tags import THEMES, label

MOST_COMPARED = 500
SHOWN = 4


def like(city: City) -> list[dict[str, Any]]:
    """The most similar cities, the most similar first: [{"city", "reasons"}]. Each shares two things at least."""
    themes = {tag.code for tag in city.tags.all()} & THEMES.keys()
    close = Q(tags__code__in=themes)
    if city.size:
        close |= Q(size=city.size)
    others = City.objects.filter(close).exclude(pk=city.pk).select_related("organisation").prefetch_related("tags")
    compared = [(other, _reasons(city, themes, other)) for other in others.distinct()[:MOST_COMPARED]]
    ranked = sorted(compared, key=lambda pair: (-len(pair[1]), pair[0].name))
    return [{"city": other, "reasons": reasons} for other, reasons in ranked[:SHOWN] if len(reasons) > 1]


def _reasons(city: City, themes: set[str], other: City) -> list[str]:
    """Why the other one is like it; the more, the more alike they are."""
    reasons = []
    if city.size and other.size == city.size:
        reasons.append(_("%(people)s people") % {"people": intcomma(other.population)})
    shared = sorted(label(tag.code) for tag in other.tags.all() if tag.code in themes)
    reasons += [_("also works on %(theme)s") % {"theme": theme} for theme in shared[:3]]
    if other.region == city.region:
        reasons.append(str(other.get_region_display()))
    return reasons
