"""The protocol's list as a PDF: names in each script are drawn, or the page says that they are not."""

import re
import zlib

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from collaboration import printed
from collaboration.models import Delegate
from common import fonts
from tests.collaboration.conftest import delegation_of, organisation_of

pytestmark = pytest.mark.django_db
NAMES = ("Łukasz Øberg", "محمد بن راشد", "李明", "臺北市長", "Núria Puigdomènech", "Иван Ἀλέξης")


@pytest.fixture
def lists(place):
    nation = delegation_of(place["edition"], organisation_of("الإمارات"))
    for number, name in enumerate(NAMES):
        Delegate.objects.create(delegation=nation, name=name, office="市长", is_head=not number)
    delegation_of(place["edition"], place["lagos"], within=nation)
    return place | {"address": reverse("collaboration:protocol_pdf", args=[place["slug"]])}


def drawn(pdf):
    """The letters that the fonts of a PDF say they draw (their ToUnicode tables)."""
    found = set()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(packed)
        except zlib.error:
            text = packed
        if b"beginbfchar" in text:
            for code in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", text):
                found |= set(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_every_name_is_drawn(lists, language):
    with translation.override(language):
        letters = drawn(printed.as_pdf(lists["edition"]))
    missing = {char for name in NAMES for char in name if not char.isspace()} - letters
    assert not missing


def test_organisers_take_it_as_a_file(lists):
    client = Client()
    assert client.get(lists["address"]).status_code == 404
    client.cookies["sessionid"] = lists["cookies"]["organiser"]
    answer = client.get(lists["address"])
    assert answer.content.startswith(b"%PDF-") and answer.headers["Content-Type"] == "application/pdf"
    assert ".pdf" in answer.headers["Content-Disposition"]


def test_where_a_script_cannot_be_drawn_a_page_says_so_and_leads_to_the_table(lists):
    Delegate.objects.filter(name="李明").update(name="\U00013000 pharaoh")  # hieroglyphs: no font of the list has them
    client = Client()
    client.cookies["sessionid"] = lists["cookies"]["organiser"]
    answer = client.get(lists["address"])
    assert answer.status_code == 200 and "EGYPTIAN" in answer.text
    assert reverse("collaboration:protocol_csv", args=[lists["slug"]]) in answer.text


def test_a_machine_without_fonts_says_so_too(lists, settings, tmp_path):
    settings.FONTS = str(tmp_path)
    fonts.installed.cache_clear()
    try:
        with pytest.raises(printed.Undrawn):
            printed.as_pdf(lists["edition"])
    finally:
        fonts.installed.cache_clear()
