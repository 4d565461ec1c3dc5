"""An edition's logo and colour: chosen on its page, seen on every page of it, and nothing else gets into the styles."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sessions.models import Edition
from tests.pictures import png
from tests.planning.test_planning import sent

pytestmark = pytest.mark.django_db


def test_a_colour_is_declared_by_its_address(browser, place, edition, base):
    client, page = browser(), f"/editions/{place['slug']}/"
    assert "colours.css" not in Client().get(page).text
    answer = client.post(f"{base}edition/", sent(client, f"{base}edition/", accent="FFCC00"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert f'<link rel="stylesheet" href="{page}colours.css?v=ffcc00">' in Client().get(page).text
    served = Client().get(f"{page}colours.css?v=ffcc00")
    assert served["Content-Type"].startswith("text/css")
    assert (
        served.text == ":root { --accent: light-dark(#806600, #ffcc00); --on-accent: light-dark(#ffffff, #0b0f10); }\n"
    )
    assert "#806600" in client.get(f"{base}edition/").text and "style=" not in client.get(f"{base}edition/").text


@pytest.mark.parametrize("accent", ["red", "#12", "}*{color:red", "#0b5c5e}"])
def test_what_is_no_colour_is_refused(browser, edition, base, accent):
    client = browser()
    answer = client.post(f"{base}edition/", sent(client, f"{base}edition/", accent=accent))
    assert answer.status_code == 422 and Edition.objects.get(pk=edition.pk).accent == ""


def test_a_logo_stands_in_the_head_and_its_address_changes_with_it(browser, place, edition, base):
    page, addresses = f"/editions/{place['slug']}/", []
    for colour in ("red", "blue"):
        file = SimpleUploadedFile("logo.png", png(colour, (900, 300)))
        assert browser().post(f"{base}logo/", {"file": file}).status_code == 302
        addresses.append(Edition.objects.get(pk=edition.pk).logo["address"])
        assert f'src="{addresses[-1]}"' in Client().get(page).text
    assert addresses[0] != addresses[1] and Edition.objects.get(pk=edition.pk).logo["width"] == 512
    assert Client().get(addresses[1])["Content-Type"] == "image/webp"
    refused = browser().post(f"{base}logo/", {"file": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")})
    assert refused.status_code == 422 and Client().get(addresses[1]).status_code == 200
    browser().post(f"{base}logo/", {"remove": "1"})
    assert Client().get(addresses[1]).status_code == 404 and "brand-logo" not in Client().get(page).text
