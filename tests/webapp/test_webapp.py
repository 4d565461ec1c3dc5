"""The installable app: what browsers ask for before they install it."""

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from tests import world
from tests.people.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["anonymous", "attendee"])
def test_the_manifest_names_the_edition_and_icons_that_are_there(role):
    place = world.build()
    response = signed_in(place, role).get("/app.webmanifest")
    manifest = response.json()
    assert response["Content-Type"] == "application/manifest+json" and manifest["name"] == "Test Congress"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        width, height = Image.open(finders.find(icon["src"].removeprefix("/static/"))).size
        assert icon["sizes"] == f"{width}x{height}"


def test_the_worker_is_at_the_root_and_always_asked_for_anew():
    response = signed_in(world.build(), "anonymous").get("/sw.js")
    assert response["Content-Type"] == "text/javascript" and response["Cache-Control"] == "no-cache"
    assert "addEventListener" in response.text


def test_the_page_without_a_connection_needs_nobody():
    assert "No connection" in signed_in(world.build(), "anonymous").get("/offline/").text
