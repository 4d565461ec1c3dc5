"""Documents are drafted by the team like its words, told by their content, saved and not shown, and tell no names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from expo import documents, state
from expo.models import Document, Exhibitor, Lead
from tests.expo.conftest import exhibitor_of
from tests.expo.test_rights import visitor
from tests.pictures import png

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


def send(place, data=PDF, name="Brochure.pdf", who="staff", **more):
    sent = {"file": SimpleUploadedFile(name, data), "caption": "What our trams cost"} if data else {}
    return visitor(place, who).post(reverse("expo:documents", args=[place["exhibitor"].pk]), sent | more)


def statuses(place, document):
    address = reverse("expo:document", args=[document.pk])
    people = ("anonymous", "attendee", "rival", "staff", "organiser")
    return {who: visitor(place, who).get(address).status_code for who in people}


def approved(place):
    state.step(place["exhibitor"].pk, "submit", place["all"]["staff"])
    return state.step(place["exhibitor"].pk, "approve", place["all"]["organiser"])


def page(place):
    return Client().get(place["exhibitor"].get_absolute_url()).text


def test_it_is_there_for_the_team_first_and_for_all_once_it_is_approved(place):
    assert send(place).status_code == 302
    document = Document.objects.get()
    inside = {"anonymous": 404, "attendee": 404, "rival": 404, "staff": 200, "organiser": 200}
    assert statuses(place, document) == inside and "What our trams cost" not in page(place)
    state.step(place["exhibitor"].pk, "submit", place["all"]["staff"])
    assert (
        "What our trams cost"
        in visitor(place, "organiser").get(reverse("expo:check", args=[place["exhibitor"].pk])).text
    )
    assert send(place).status_code == 409, "while it is looked at it stays as it is"
    state.step(place["exhibitor"].pk, "approve", place["all"]["organiser"])
    assert set(statuses(place, document).values()) == {200} and "What our trams cost" in page(place)
    state.step(place["exhibitor"].pk, "hide", place["all"]["organiser"])
    assert statuses(place, document) == inside


def test_what_is_taken_out_stays_until_that_is_approved_and_comes_back_when_it_is_undone(place):
    send(place)
    document = Document.objects.get()
    approved(place)
    assert send(place, data=None, remove=document.pk).status_code == 302
    assert "What our trams cost" in page(place)
    approved(place)
    assert "What our trams cost" not in page(place) and statuses(place, document)["attendee"] == 404
    state.MACHINE.undo(place["exhibitor"].pk, place["all"]["organiser"])
    assert "What our trams cost" in page(place)


def test_it_is_saved_by_its_content_and_not_shown(place):
    assert send(place, name="x.html").status_code == 302
    answer = visitor(place, "staff").get(reverse("expo:document", args=[Document.objects.get().pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="x.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    for data in (b"<script>1</script>", b"%PDF-1.7 cut", PDF.replace(b"Catalog", b"Catalog /JS (1)"), b"MZ", b""):
        refused = send(place, data=data or b" ")
        assert refused.status_code == 422 and "What our trams cost" in refused.text, "what was written stays"
    assert Document.objects.count() == 1


def test_a_stand_has_a_few_and_keeps_few_that_nobody_sees(place):
    for _number in range(documents.MOST):
        assert send(place).status_code == 302
    assert send(place).status_code == 409
    for _number in range(documents.KEPT + 3):
        first = Document.objects.filter(pk__in=stored(place).draft["documents"]).first()
        assert send(place, data=None, remove=first.pk).status_code == 302
        assert send(place, data=png(), name="a.png").status_code == 302
    assert Document.objects.count() == documents.MOST + documents.KEPT


def stored(place):
    return Exhibitor.objects.get(pk=place["exhibitor"].pk)


def test_nobody_drafts_what_is_another_stands(place):
    send(place)
    other = exhibitor_of(place["edition_row"], "TramPoint", documents=[Document.objects.get().pk])
    assert "What our trams cost" not in Client().get(other.get_absolute_url()).text
    visitor(place, "rival").post(
        reverse("expo:documents", args=[Exhibitor.objects.get(name="Kerbside Labs").pk]),
        {"remove": Document.objects.get().pk},
    )
    assert stored(place).draft["documents"] == [Document.objects.get().pk]


def test_what_the_team_writes_keeps_the_documents_and_the_other_way_round(place):
    send(place)
    sent = {"name": "City of Tampere", "kind": "city", "claim": "Trams at night"}
    assert visitor(place, "staff").post(reverse("expo:profile", args=[place["exhibitor"].pk]), sent).status_code == 302
    send(place)
    assert (len(stored(place).draft["documents"]), stored(place).draft["claim"]) == (2, "Trams at night")


def test_opening_one_gives_nothing_and_a_lead_is_made_by_ones_own_yes_alone(place):
    send(place)
    approved(place)
    client = visitor(place, "attendee")
    assert client.get(reverse("expo:document", args=[Document.objects.get().pk])).status_code == 200
    assert not Lead.objects.exists()
    assert 'value="download"' in client.get(place["exhibitor"].get_absolute_url()).text
    data = {"fields": ["organisation"], "source": "download", "client_id": "6f0d3c52-21c8-4d6c-8a7b-3f9a51b0f5aa"}
    assert client.post(reverse("expo:agree", args=[place["exhibitor"].pk]), data).status_code == 302
    lead = Lead.objects.get()
    assert (lead.source, lead.fields, lead.scanned_by) == ("download", ["name", "organisation"], None)
