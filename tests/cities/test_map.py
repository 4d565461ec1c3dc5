"""The map: outlines from open data, marks that can be pressed, the same as a list, few bytes."""

import gzip
import re
from itertools import combinations

import pytest
from django.test import Client
from django.utils.text import slugify

from cities import mapping, outlines
from cities.models import City
from tests import world

pytestmark = pytest.mark.django_db


def city_of(name, latitude=None, longitude=None, **fields):
    given = {"country": "x", "region": "europe", "latitude": latitude, "longitude": longitude} | fields
    return City.objects.create(name=name, slug=slugify(name), **given)


def inside(shapes, point):
    """Whether a point is on land: it crosses an odd number of coasts on its way to the right."""
    x, y = point
    crossings = 0
    for shape in shapes:
        for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def shapes():
    """The shapes of the path, in the drawing's units."""
    for part in outlines.land().removesuffix("z").split("z"):
        numbers = [int(each) for each in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        yield points


def test_land_is_where_it_is():
    found = list(shapes())
    land = [(2.0, 47.0), (104.0, 61.0), (-58.0, -10.0), (20.0, 5.0), (134.0, -25.0), (-100.0, 45.0), (179.0, 67.5)]
    sea = [(-35.0, 30.0), (75.0, -30.0), (-150.0, 0.0), (0.0, 0.0), (-170.0, 40.0), (160.0, 20.0), (-90.0, -25.0)]
    assert [inside(found, outlines.place_of(*place)) for place in land] == [True] * len(land)
    assert [inside(found, outlines.place_of(*place)) for place in sea] == [False] * len(sea)


def test_no_coast_runs_across_the_whole_drawing():
    widest = max(abs(b[0] - a[0]) for shape in shapes() for a, b in zip(shape, shape[1:], strict=False))
    assert 5 < widest < outlines.WIDTH / 10


def test_marks_can_be_pressed_and_what_is_near_is_one_mark():
    for number in range(200):
        city_of(f"C{number}", -60 + (number * 37) % 130, -180 + (number * 83) % 360)
    city_of("Delft", 52.0, 4.4)
    city_of("Leiden", 52.2, 4.5)
    marks = mapping.marks_of(mapping.cities())
    for one, other in combinations(marks, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= mapping.APART - 1, "24 units, whatever is rounded"
    assert all(12 <= mark.x <= outlines.WIDTH - 12 and 12 <= mark.y <= outlines.HEIGHT - 12 for mark in marks)
    assert sum(len(mark.cities) for mark in marks) == 202
    assert sorted(mark.key for mark in marks) == list(range(len(marks)))


def test_names_cover_nothing():
    for number in range(60):
        city_of(f"Somewhere {number}", (number * 7) % 60, (number * 11) % 120)
    marks = mapping.marks_of(mapping.cities())
    boxes = [
        (mark.x + mark.radius + 4, mark.y - 7, mark.x + mark.radius + 4 + 6.6 * len(mark.first.name), mark.y + 7)
        for mark in marks
        if mark.is_labelled
    ]
    assert 3 < len(boxes) < len(marks)
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))


def test_the_page_has_each_city_as_a_link_and_in_a_list_and_is_small(django_assert_max_num_queries):
    world.build()
    for number in range(300):
        city_of(f"City of {number}", -50 + (number * 37) % 120, -180 + (number * 83) % 360)
    city_of("Nowhere")
    city_of("Delft", 52.0, 4.4)
    with django_assert_max_num_queries(20):
        answer = Client().get("/tomorrow/map/")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content, 6)) < 30_000
    assert answer.text.count('href="/tomorrow/cities/at/') >= 302
    assert "Not on the map" in answer.text and "/tomorrow/cities/at/nowhere/" in answer.text
    for key in re.findall(r'href="#at-(\d+)"', answer.text):
        assert f'id="at-{key}"' in answer.text


def test_more_cities_than_a_page_holds_lead_to_the_list(monkeypatch):
    world.build()
    monkeypatch.setattr(mapping, "MOST", 2)
    for number in range(5):
        city_of(f"C{number}", number * 10.0, number * 10.0, population=number)
    text = Client().get("/tomorrow/map/").text
    assert "3 more cities" in text and "C4" in text and "C0" not in text


def test_without_the_package_there_is_the_list(settings, tmp_path):
    world.build()
    city_of("Delft", 52.0, 4.4)
    settings.NPM_ROOT = tmp_path
    outlines.land.cache_clear()
    text = Client().get("/tomorrow/map/").text
    outlines.land.cache_clear()
    assert "<svg viewBox" not in text.split('id="cities"')[0].split("part-head")[1] and "Delft" in text
