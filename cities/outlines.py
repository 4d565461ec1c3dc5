"""The outlines of the land, drawn by us from Natural Earth's open data (the npm package world-atlas), and where on the
drawing a place is: the projection is Natural Earth's own, a polynomial."""

import json
from functools import lru_cache
from itertools import accumulate, pairwise
from math import radians
from pathlib import Path

from django.conf import settings

FILE = "world-atlas/land-110m.json"  # within settings.NPM_ROOT
WIDTH, HEIGHT = 1000, 442  # of the drawing, in its units
SCALE = WIDTH / 5.4707  # the whole equator
TOP = 84.0  # degrees north, at the upper edge
SOUTH = -60.0  # what lies wholly beyond it is left out: nobody lives there
SMALLEST = 3  # points of a shape that is still drawn

Point = tuple[float, float]  # to the right and down, or degrees east and north


def _height(latitude: float) -> float:
    phi = radians(latitude)
    square = phi * phi
    return phi * (1.007226 + square * (0.015085 + square**2 * (-0.044475 + square * (0.028874 - 0.005916 * square))))


def place_of(longitude: float, latitude: float) -> Point:
    """Where a place on earth is in the drawing."""
    square = radians(latitude) ** 2
    wide = 0.8707 + square * (-0.131979 + square * (-0.013791 + square**3 * (0.003971 - 0.001529 * square)))
    return WIDTH / 2 + SCALE * radians(longitude) * wide, SCALE * (_height(TOP) - _height(latitude))


@lru_cache(maxsize=1)
def land() -> str:
    """All land as the data of one SVG path, in whole units; "" where the file is not installed."""
    path = Path(settings.NPM_ROOT, FILE)
    if not path.is_file():
        return ""
    topology = json.loads(path.read_text())
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [
        [point for arc in ring for point in arcs[arc]]  # no two shapes of land share a coast
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
        for ring in polygon
    ]
    return "".join(_shape(ring) for ring in rings if max(latitude for _longitude, latitude in ring) > SOUTH)


def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """The points of an arc: TopoJSON has each as a step from the one before, in whole numbers."""
    (wide, high), (east, north) = transform["scale"], transform["translate"]
    points = accumulate(arc, lambda before, step: [before[0] + step[0], before[1] + step[1]])
    return [(x * wide + east, y * high + north) for x, y in points]


def _unbroken(ring: list[Point]) -> list[Point]:
    """The same without the leap from 180 degrees east to 180 west: a coast goes on beyond, where most of it is."""
    turns = list(accumulate((_turn(b[0] - a[0]) for a, b in pairwise(ring)), initial=0))
    whole = [(longitude + turn, latitude) for (longitude, latitude), turn in zip(ring, turns, strict=True)]
    back = 360 * round(sum(longitude for longitude, _latitude in whole) / len(whole) / 360)
    return [(longitude - back, latitude) for longitude, latitude in whole]


def _turn(step: float) -> int:
    return -360 if step > 180 else 360 if step < -180 else 0


def _shape(ring: list[Point]) -> str:
    points = [(round(x), round(y)) for x, y in (place_of(*point) for point in _unbroken(ring))]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)]
    if len(steps) < SMALLEST:
        return ""
    return f"M{points[0][0]} {points[0][1]}l{_written(steps)}z"


def _written(steps: list[tuple[int, int]]) -> str:
    """Numbers of SVG in few bytes: a minus parts them, too."""
    return " ".join(str(number) for step in steps for number in step).replace(" -", "-")
