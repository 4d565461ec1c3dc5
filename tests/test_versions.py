"""Every form that edits what several people share carries what it was drawn from: nobody undoes another silently."""

import re
from html import unescape
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.urls import reverse

from captions.forms import TrackForm
from chat.models import ChatSettings
from cities.forms import SolutionUseForm, UseForm
from collaboration.forms import DelegateForm, DelegationForm, ReportForm
from common.versions import DRAWN_FROM, Versioned
from show.models import Show
from streams.forms import RenditionForm, SourceForm
from streams.models import Recording
from tests import world
from tests.people.matrix import signed_in

# They make something new, and what is made is removed, not edited; a use says what it saw (cities/offering.py).
MAKE_ONLY = {TrackForm, RenditionForm, SourceForm, ReportForm, DelegationForm, DelegateForm, UseForm, SolutionUseForm}


def kinds(form):
    for kind in form.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_form_of_a_row_has_its_version():
    import_module(settings.ROOT_URLCONF)
    ours = {form for form in kinds(forms.ModelForm) if (settings.BASE_DIR / form.__module__.split(".")[0]).is_dir()}
    plain = {form for form in ours if not issubclass(form, Versioned)}
    assert len(ours) > 15 and plain == MAKE_ONLY


# page, address that it sends to, what stands there, what another saved, what this person saves, what stands then
FORMS = {
    "how the chat is held": (
        *("chat:review", "chat:configure", lambda pk: ChatSettings.objects.values().get(session=pk)),
        {"slow": 0, "crowded": 0, "hold_words": ""},
        {"slow": 30, "crowded": 0, "hold_words": ""},
        {"slow": 0, "crowded": 0, "hold_words": "spam"},
        {"slow": 30, "hold_words": "spam"},
    ),
    "the speakers' clock": (
        *("show:desk", "show:configure", lambda pk: Show.objects.values().get(session=pk)),
        {"amber": 5, "red": 2},
        {"amber": 9, "red": 2},
        {"amber": 5, "red": 1},
        {"amber": 9, "red": 1},
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_both_changes_stand(name):
    page, write, stored, first, theirs, mine, both = FORMS[name]
    place = world.build()
    session, client = place["session"], signed_in(place, "organiser")
    address = reverse(write, args=[session])
    assert client.post(address, first).status_code == 302
    version = _version(client.get(reverse(page, args=[session])).text, address)
    assert client.post(address, theirs | {DRAWN_FROM: version}).status_code == 302
    assert client.post(address, mine | {DRAWN_FROM: version}).status_code == 302
    assert {key: stored(session)[key] for key in both} == both


@pytest.mark.django_db
def test_what_both_changed_is_told():
    place = world.build()
    session, client = place["session"], signed_in(place, "organiser")
    address = reverse("streams:record", args=[session])
    version = _version(client.get(address).text, address)
    first, second = ("https://media.example/first.mp4", "https://media.example/second.mp4")
    assert client.post(address, {"address": first, DRAWN_FROM: version}).status_code < 400
    told = client.post(address, {"address": second, DRAWN_FROM: version})
    assert told.status_code == 409 and first in told.text
    assert Recording.objects.get(session=session).address == first


def _version(page, address):
    """What the form of a page that sends to an address was drawn from."""
    form = page[page.index(f'action="{address}"') :]
    return unescape(re.search(f'name="{DRAWN_FROM}" value="([^"]*)"', form)[1])
