"""The cities on the map of the world: those that would cover each other are one mark, and names stand where there is
room."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import ngettext

from cities.models import City, Region
from cities.outlines import HEIGHT, WIDTH, place_of

MOST = 400  # cities of the page, those with the most cases first
APART = 26  # units between two marks: each can be pressed (24 units are at least 24 px)
LETTER, LINE = 6.6, 14  # units that a letter takes, and a line


@dataclass
class Mark:
    """One mark: the cities there, the one with the most cases first."""

    key: int
    x: int
    y: int
    cities: list[Any] = field(default_factory=list)
    is_labelled: bool = False

    @property
    def cases(self) -> int:
        """How many cases its cities have published."""
        return sum(city.public_cases for city in self.cities)

    @property
    def first(self) -> Any:
        """The city that names it."""
        return self.cities[0]

    @property
    def others(self) -> int:
        """How many cities beside that one."""
        return len(self.cities) - 1

    @property
    def words(self) -> str:
        """What it stands for, for those who do not see it."""
        cases = ngettext("%(number)d case", "%(number)d cases", self.cases) % {"number": self.cases}
        if not self.others:
            return f"{self.first.name}, {self.first.country}: {cases}"
        near = ngettext("%(name)s and %(number)d city near it", "%(name)s and %(number)d cities near it", self.others)
        return f"{near % {'name': self.first.name, 'number': self.others}}: {cases}"

    @property
    def radius(self) -> int:
        """Of its disc; what can be pressed is larger."""
        return min(11, 6 + self.cases if self.others == 0 else 11)


def cities() -> list[City]:
    """Those of the page."""
    count = Count("cases", filter=Q(cases__is_public=True), distinct=True)
    columns = ("name", "slug", "country", "region", "latitude", "longitude", "population", "is_example")
    rows = City.objects.only(*columns).annotate(public_cases=count)
    return list(rows.order_by("-public_cases", "-population", "pk")[:MOST])


def marks_of(found: list[City]) -> list[Mark]:
    """The marks of those whose place is known."""
    marks: list[Mark] = []
    for city in found:
        if city.latitude is None or city.longitude is None:
            continue
        x, y = place_of(city.longitude, city.latitude)
        near = next((mark for mark in marks if abs(mark.x - x) < APART and abs(mark.y - y) < APART), None)
        if near is None:
            near = Mark(len(marks), round(_within(x, WIDTH)), round(_within(y, HEIGHT)))
            marks.append(near)
        near.cities.append(city)
    _label(marks)
    return marks


def _within(at: float, most: int) -> float:
    return min(max(at, APART / 2), most - APART / 2)


def _label(marks: list[Mark]) -> None:
    """Write the names that cover no mark and no other name, and end within the drawing."""
    taken: list[tuple[float, ...]] = [(mark.x - 12, mark.y - 12, mark.x + 12, mark.y + 12) for mark in marks]
    for mark in marks:
        start = mark.x + mark.radius + 4
        box = (start, mark.y - LINE / 2, start + LETTER * len(mark.first.name), mark.y + LINE / 2)
        others = [each for at, each in enumerate(taken) if at != mark.key]
        if box[2] <= WIDTH and not any(_cover(box, each) for each in others):
            mark.is_labelled = True
            taken.append(box)


def _cover(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def by_region(marks: list[Mark]) -> list[tuple[str, list[Mark]]]:
    """(region, its marks), as they are listed beneath."""
    found: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.first.name):
        found.setdefault(mark.first.region, []).append(mark)
    return [(str(Region(region).label), found[region]) for region in Region.values if region in found]
