"""What is the same for all who look at an exhibition: counted once per change, not per request."""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from django.db.models import Count, Max, Q, Sum

from common.kept import Kept
from common.text import fold
from expo.models import Exhibitor, Stand
from sessions.models import Edition, HostCity

MOST_PRODUCTS = 12
MOST_PLACES = 250  # countries of the list
Choices = list[tuple[int, str]]
Lines = dict[str, str]  # a line folded, to compare -> as it is written


class Counted(NamedTuple):
    """What one may look for, and the public exhibitors by name with the lines of their products."""

    themes: Choices
    cities: Choices
    countries: list[str]
    products: dict[int, Lines]  # exhibitor -> lines, in the order of their names
    frequent: list[tuple[str, int]]

    def with_product(self, product: str) -> list[int]:
        """The exhibitors that have a product."""
        key = fold(product).strip()
        return [pk for pk, lines in self.products.items() if key in lines]


# Names of themes and cities have no version: they may be as old as that.
_counted: Kept[Counted] = Kept(most=20, seconds=10)


def stamp(edition: Edition) -> Hashable:
    """What changes with each change of what is public of an edition's exhibitors and their stands."""
    counts = {"number": Count("pk"), "public": Count("pk", filter=Q(is_public=True))}
    found = Exhibitor.objects.filter(edition=edition).aggregate(**counts, last=Max("pk"), versions=Sum("version"))
    return (edition.pk, *found.values())


def counted(edition: Edition, mark: Hashable) -> Counted:
    """What is counted of an edition, as of the change that has this stamp."""
    return _counted.get(mark, lambda: _count(edition))


def _count(edition: Edition) -> Counted:
    public = Exhibitor.objects.filter(edition=edition, is_public=True)
    countries = public.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    cities = HostCity.objects.filter(pk__in=Stand.objects.filter(edition=edition).values("host_city"))
    texts = public.order_by("name", "pk").values_list("pk", "products")
    products = {pk: _lines(text) for pk, text in texts}
    return Counted(
        themes=[(theme.pk, theme.name) for theme in edition.themes.all()],
        cities=[(city.pk, city.name) for city in cities],
        countries=list(countries[:MOST_PLACES]),
        products=products,
        frequent=frequent(products.values()),
    )


def _lines(text: str) -> Lines:
    return {fold(line).strip(): line.strip() for line in text.splitlines() if line.strip()}


def frequent(products: Iterable[Lines]) -> list[tuple[str, int]]:
    """The products of exhibitors, each with how many of them have it, the most frequent first."""
    names: Lines = {}
    counts: Counter[str] = Counter()
    for lines in products:
        counts.update(lines.keys())
        for key, line in lines.items():
            names.setdefault(key, line)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(names[key], count) for key, count in ordered[:MOST_PRODUCTS]]
