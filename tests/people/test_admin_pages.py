"""The admin is for operators: every page of it, for everybody."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from common.registry import registry
from people.models import Participant
from tests import world
from tests.people.matrix import ROLES, fill, signed_in

pytestmark = pytest.mark.usefixtures("db")
PAGES = ["index", "app_list", *(f"{model._meta.label_lower.replace('.', '_')}_add" for model in admin.site._registry)]
PAGES += [f"{model._meta.label_lower.replace('.', '_')}_changelist" for model in admin.site._registry]


@pytest.fixture(scope="module")
def place(kept):
    return fill(world.build())


def address(page):
    return reverse(f"admin:{page}", args=["people"] if page == "app_list" else [])


def test_operators_see_every_page(place):
    assert registry.actions["platform.operate"] == {"operator"} and len(PAGES) > 10
    Participant.objects.filter(pk=place["people"]["attendee"]).update(is_staff=True, is_superuser=True)
    client = signed_in(place, "attendee")
    expected = dict.fromkeys(PAGES, 200) | {"people_auditentry_add": 403}  # it is there to be read
    assert {page: client.get(address(page)).status_code for page in PAGES} == expected


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_sees_any(place, role):
    Participant.objects.filter(pk=place["people"].get(role)).update(is_staff=True)  # a word that opens nothing here
    client = signed_in(place, role)
    for page in PAGES:
        for answer in (client.get(address(page)), client.post(address(page), {"name": "x"})):
            assert answer.status_code == 302 and answer.url.startswith(reverse("admin:login")), page


@pytest.mark.parametrize("kind", ["edition", "stage", "strand", "session"])
def test_what_the_record_speaks_of_is_not_deleted(place, kind):
    Participant.objects.filter(pk=place["people"]["attendee"]).update(is_staff=True, is_superuser=True)
    path = reverse(f"admin:congress_{kind}_delete", args=[place.get(kind, 1)])
    assert signed_in(place, "attendee").get(path).status_code == 403


def test_the_admin_has_no_password_form():
    assert Client().get("/admin/login/").url.startswith(reverse("people:enter"))
