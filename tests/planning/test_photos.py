"""A speaker's photo: only pixels are kept, it is shown where the speaker is, and its address changes with it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sessions.models import Session, Speaker, SpeakerPhoto
from tests.people.matrix import signed_in
from tests.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(place):
    session = Session.objects.get(pk=place["session"])
    return session.speakers.first() or session.speakers.create(edition=session.edition, guid="ana", name="Ana")


def sent(place, speaker, data=None, name="me.png", **more):
    address = reverse("planning:photo", args=[speaker.edition.slug, speaker.pk])
    file = {"file": SimpleUploadedFile(name, data)} if data else {}
    return signed_in(place, "organiser").post(address, file | more)


def test_it_is_shown_where_the_speaker_is(place, speaker):
    assert sent(place, speaker, png("red", (900, 600))).status_code == 302
    first = SpeakerPhoto.objects.get().get_absolute_url()
    for page in (speaker.get_absolute_url(), reverse("sessions:session", args=[place["session"]])):
        assert f'src="{first}"' in Client().get(page).text
    served = Client().get(first)
    image = Image.open(io.BytesIO(served.content))
    assert served["Content-Type"] == "image/webp" and image.size == (384, 256)
    sent(place, speaker, png("blue", (900, 600)))
    assert SpeakerPhoto.objects.get().get_absolute_url() != first
    sent(place, speaker, remove="1")
    assert Client().get(first).status_code == 404
    assert "photo/?v=" not in Client().get(speaker.get_absolute_url()).text


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"%PDF-1.4", b"", png("red", (5000, 4000))])
def test_what_is_no_picture_is_refused_and_the_old_one_stays(place, speaker, data):
    sent(place, speaker, png("red", (900, 600)))
    refused = sent(place, speaker, data or b"\0")
    assert refused.status_code == 422
    assert f'value="{speaker.name}"' in refused.text, "the page that it was sent from, with what is wrong"
    assert SpeakerPhoto.objects.filter(speaker=speaker).count() == 1


def test_reading_a_page_reads_no_picture(place, speaker, django_assert_num_queries):
    sent(place, speaker, png("red", (900, 600)))
    with django_assert_num_queries(1):
        found = Speaker.objects.select_related("photo").defer("photo__data").get(pk=speaker.pk)
        assert "data" in found.photo.get_deferred_fields() and found.photo.get_absolute_url()
