"""The plans of halls: stands as boxes of a grid, over the drawing that an organiser has laid under them."""

from collections.abc import Hashable
from typing import Any, NamedTuple

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.kept import Kept
from expo.models import Exhibitor, Favourite, HallPlan, Stand
from sessions.models import Edition

MOST_STANDS = 1000  # of a plan
SIGNS = 3.0  # of a name that fit into a cell


class Plan(NamedTuple):
    """A hall as everybody sees it: its size in cells, what is drawn under the stands, and the stands."""

    width: int
    height: int
    drawing: str
    boxes: SafeString

    def marked(self, saved: set[int]) -> SafeString:
        """The boxes; those of the saved exhibitors are marked."""
        html = str(self.boxes)
        for exhibitor in saved:
            html = html.replace(f' id="s{exhibitor}"', f' id="s{exhibitor}" class="is-saved"', 1)
        return mark_safe(html)  # noqa: S308


_plans: Kept[Plan] = Kept(most=40, seconds=10)  # halls of some editions
_halls: Kept[list[dict[str, Any]]] = Kept(most=20, seconds=10)


def halls(edition: Edition, mark: Hashable) -> list[dict[str, Any]]:
    """The halls that have a stand with somebody to see: city, city_name, hall. `mark`: expo.counted.stamp."""
    return _halls.get(mark, lambda: _read_halls(edition))


def _read_halls(edition: Edition) -> list[dict[str, Any]]:
    rows = Stand.objects.filter(edition=edition, exhibitors__is_public=True).order_by("host_city__name", "hall")
    named = rows.values("host_city", "host_city__name", "hall").distinct()
    return [{"city": row["host_city"], "city_name": row["host_city__name"], "hall": row["hall"]} for row in named]


def plan(edition: Edition, city: int, hall: str, mark: Hashable) -> Plan:
    """The plan of a hall, drawn once per change. `mark`: expo.counted.stamp."""
    drawings = HallPlan.objects.filter(edition=edition, host_city=city, hall=hall)
    drawing = drawings.values_list("pk", "at").first()
    key = (mark, city, hall, drawing)
    return _plans.get(key, lambda: _draw(edition, city, hall, drawings.first()))


def _draw(edition: Edition, city: int, hall: str, drawn: HallPlan | None) -> Plan:
    query = Q(edition=edition, host_city=city, hall=hall, exhibitors__is_public=True)
    stands = list(Stand.objects.filter(query).distinct()[:MOST_STANDS])
    names: dict[int, list[tuple[int, str]]] = {}
    public = Exhibitor.objects.filter(stand__in=stands, is_public=True).order_by("name")
    for stand, pk, name in public.values_list("stand", "pk", "name"):
        names.setdefault(stand, []).append((pk, name))
    boxes = [_box(stand, names[stand.pk]) for stand in stands if stand.pk in names]
    width = max((box["x"] + box["width"] for box in boxes), default=1)
    height = max((box["y"] + box["height"] for box in boxes), default=1)
    if drawn:
        width, height = max(width, drawn.width), max(height, drawn.height)
    html = render_to_string("expo/_boxes.html", {"boxes": boxes}).strip()
    return Plan(width, height, drawn.svg if drawn else "", mark_safe(html))  # noqa: S308


def _box(stand: Stand, exhibitors: list[tuple[int, str]]) -> dict[str, Any]:
    first, name = exhibitors[0]
    more = f" +{len(exhibitors) - 1}" if len(exhibitors) > 1 else ""
    room = round(stand.width * SIGNS) - len(more)
    return {
        "exhibitor": first,
        "others": " ".join(str(pk) for pk, _name in exhibitors[1:]),
        "name": (name if len(name) <= room else f"{name[: max(1, room - 1)]}…") + more,
        "number": stand.number,
        "x": stand.x,
        "y": stand.y,
        "width": stand.width,
        "height": stand.height,
    }


def saved(edition: Edition, city: int, hall: str, user: Any) -> set[int]:
    """The exhibitors under whom the plan shows the stands where somebody has saved anybody."""
    if not user.pk:
        return set()
    mine = Favourite.objects.filter(
        participant=user,
        exhibitor__is_public=True,
        exhibitor__stand__edition=edition,
        exhibitor__stand__host_city=city,
        exhibitor__stand__hall=hall,
    )
    shared = Exhibitor.objects.filter(stand__in=mine.values("exhibitor__stand"), is_public=True).order_by("name")
    first: dict[int | None, int] = {}
    for stand, pk in shared.values_list("stand", "pk"):
        first.setdefault(stand, pk)
    return set(first.values())
