"""Of two who replace the same picture or drawing, the second hears that there is another one, and then replaces it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from expo.models import HallPlan, Logo
from sessions.models import EditionLogo, SpeakerPhoto
from tests.expo.test_rights import visitor
from tests.pictures import png

pytestmark = pytest.mark.django_db
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><rect width="{0}"/></svg>'


def ways(place):
    speaker = place["at"].edition.speakers.create(edition=place["edition_row"], guid="ana", name="Ana")
    slug, hall = place["slug"], {"host_city": place["edition_row"].host_city_id, "hall": "1"}
    return {  # the page with the form, who sends it, where to, what beside the file, what is kept
        "logo": (reverse("expo:profile", args=[place["exhibitor"].pk]), "staff",
            reverse("expo:logo", args=[place["exhibitor"].pk]), {}, Logo),
        "drawing": (reverse("expo:drawings", args=[slug]), "organiser", reverse("expo:drawings", args=[slug]), hall,
            HallPlan),
        "photo": (reverse("planning:part", args=[slug, "speaker", speaker.pk]), "organiser",
            reverse("planning:photo", args=[slug, speaker.pk]), {}, SpeakerPhoto),
        "edition": (reverse("planning:edition", args=[slug]), "organiser", reverse("planning:logo", args=[slug]), {},
            EditionLogo),
    }  # fmt: skip


def file(name, size):
    if name == "drawing":
        return SimpleUploadedFile("a.svg", SVG.format(size).encode())
    return SimpleUploadedFile("a.png", png("teal", (size, size)))


def seen(client, page, form_at):
    """What the form of the page carries."""
    import lxml.html

    html = lxml.html.document_fromstring(client.get(page).text)
    forms = [each for each in html.forms if each.action == form_at and each.inputs and "file" in dict(each.inputs)]
    return {"drawn_from": forms[0].fields["drawn_from"]}


@pytest.mark.parametrize("name", ["logo", "drawing", "photo", "edition"])
def test_nobody_replaces_what_they_have_not_seen(place, name):
    page, who, address, more, kept = ways(place)[name]
    client = visitor(place, who)
    old = seen(client, page, address)
    assert client.post(address, {"file": file(name, 20)} | more | old).status_code == 302
    there = list(kept.objects.values_list("pk", flat=True))
    for sent in ({"file": file(name, 30)} | more, {"remove": there[0]}):
        answer = client.post(address, sent | old)
        assert answer.status_code == 409 and "Somebody else has changed the picture meanwhile" in answer.text
        assert list(kept.objects.values_list("pk", flat=True)) == there
    refused = client.post(address, {"file": SimpleUploadedFile("a.png", b"no picture")} | more | old)
    assert refused.status_code == 422 and old["drawn_from"] in refused.text, "what was wrong is told with the old mark"
    new = seen(client, page, address)
    assert new != old and client.post(address, {"file": file(name, 30)} | more | new).status_code == 302
    assert kept.objects.order_by("-pk").first().width == 30
