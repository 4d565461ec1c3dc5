"""A page loads the styles of what it shows: no class on it has its rules only in a sheet of another page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from common.registry import registry
from hybrid.bundles import BASE
from tests import world
from tests.people.matrix import ROWS, asked, fill

STATIC = Path(settings.BASE_DIR) / "static"
PAGES = [key for key in ROWS if key[1] == "get"]


def names(path):
    """The classes that a sheet's selectors name, and once more, with a dot, those that have a rule of their own."""
    css = re.sub(r"/\*.*?\*/", "", (STATIC / path).read_text(), flags=re.DOTALL)
    selectors = [one.strip() for rule in re.findall(r"([^{};]+)\{", css) for one in rule.split(",")]
    named = {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    return named | {selector for selector in selectors if re.fullmatch(r"\.[a-z][\w-]*", selector)}


@pytest.fixture
def place(db):
    return fill(world.build())


def test_every_class_of_a_page_has_its_rules_there(place):
    every = {str(path.relative_to(STATIC)): names(path.relative_to(STATIC)) for path in STATIC.rglob("*.css")}
    somewhere = set().union(*every.values())
    bare, looked_at = {}, 0
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    for key in PAGES:
        arguments, data = asked(place, ROWS[key], "organiser")
        path = reverse(key[0], args=arguments)
        answer = client.get(path, data)
        text = answer.content.decode(errors="replace")
        if "<!doctype html" not in text[:100].lower():
            continue  # a part of a page, or a file
        looked_at += 1
        loaded = {*BASE.styles, "noscript.css", *registry.assets(resolve(path).view_name).styles}
        classes = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
        used = classes | {f".{name}" for name in classes}
        dressed = set().union(*(every.get(sheet, set()) for sheet in loaded))  # the tests' own app has its elsewhere
        if missing := (used & somewhere) - dressed:
            bare[key[0]] = sorted(missing)
    assert looked_at > 15
    assert bare == {}
