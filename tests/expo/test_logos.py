"""A logo is drafted by the team, approved like its words, and nobody else's to see before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from expo import logos, state
from expo.models import Exhibitor, Logo
from tests.pictures import png

pytestmark = pytest.mark.django_db


def client_of(place, who):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][who]
    return client


def send(place, data=None, who="staff", **more):
    file = {"file": SimpleUploadedFile("logo.png", data)} if data else {}
    return client_of(place, who).post(reverse("expo:logo", args=[place["exhibitor"].pk]), file | more)


def stored(place):
    return Exhibitor.objects.get(pk=place["exhibitor"].pk)


def test_it_is_seen_by_the_team_first_and_by_all_once_it_is_approved(place):
    assert send(place, png()).status_code == 302
    logo = Logo.objects.get()
    address = reverse("expo:logo_file", args=[logo.pk])
    seen = {who: client_of(place, who).get(address).status_code for who in ("staff", "organiser", "rival", "attendee")}
    assert seen == {"staff": 200, "organiser": 200, "rival": 404, "attendee": 404}
    assert Client().get(address).status_code == 404
    assert address not in Client().get(place["exhibitor"].get_absolute_url()).text
    state.step(place["exhibitor"].pk, "submit", place["all"]["staff"])
    assert address in client_of(place, "organiser").get(reverse("expo:check", args=[place["exhibitor"].pk])).text
    state.step(place["exhibitor"].pk, "approve", place["all"]["organiser"])
    assert Client().get(address)["Content-Type"] == "image/webp"
    index = reverse("expo:index", args=[place["slug"]])
    for page in (place["exhibitor"].get_absolute_url(), index):
        assert f'src="{address}"' in Client().get(page).text


def test_the_words_keep_it_and_undo_brings_the_old_one_back(place):
    exhibitor, staff, organiser = place["exhibitor"], place["all"]["staff"], place["all"]["organiser"]
    for colour in ("red", "blue"):
        send(place, png(colour))
        profile = {"name": exhibitor.name, "kind": "city", "submit": "1"}
        assert client_of(place, "staff").post(reverse("expo:profile", args=[exhibitor.pk]), profile).status_code == 302
        state.step(exhibitor.pk, "approve", organiser)
    first, second = Logo.objects.order_by("pk").values_list("pk", flat=True)
    assert stored(place).logo == second
    state.MACHINE.undo(exhibitor.pk, organiser, expected=stored(place).version)
    assert stored(place).logo == first and staff


@pytest.mark.parametrize(("who", "status"), [("rival", 404), ("attendee", 404), ("organiser", 404)])
def test_others_send_none(place, who, status):
    assert send(place, png(), who).status_code == status
    assert not Logo.objects.exists()


def test_while_an_organiser_looks_nothing_changes_and_old_ones_go(place):
    for _ in range(logos.KEPT + 3):
        send(place, png())
    assert Logo.objects.count() == logos.KEPT
    state.step(place["exhibitor"].pk, "submit", place["all"]["staff"])
    assert send(place, png("blue")).status_code == 409
    assert send(place, b"no picture").status_code == 422
