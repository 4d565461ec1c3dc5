"""The languages of the interface: their catalogues, and how somebody chooses one."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests import world

ROOT = Path(settings.BASE_DIR)
TRANSLATED = ["es", "ca"]
PLACES = re.compile(r"%\(\w+\)[sd]|%%n|</?\w+[^>]*>")
TEXT = r'((?:".*"\n?)+)'
# What every attendee meets has no word in another language.
FOR_ATTENDEES = ["chat/_panel.html", "streams/_player.html", "streams/_feed.html", "captions/_panel.html"]
FOR_ATTENDEES += ["sessions/_note.html", "sessions/_state.html", "sessions/_facts.html", "sessions/programme.html"]
FOR_ATTENDEES += ["questions/_panel.html", "questions/_mine.html", "polls/_panel.html", "polls/_ballot.html"]
FOR_ATTENDEES += ["replay/_panel.html", "replay/_own.html", "replay/_afterwards.html", "replay/archive.html"]
FOR_ATTENDEES += ["chat/_replayed.html", "questions/_replayed.html", "questions/_replayed_answer.html"]
FOR_ATTENDEES += ["polls/_replayed.html"]
FOR_ATTENDEES += ["people/enter.html", "people/join.html", "people/account.html", "base.html", "_header.html"]


@pytest.fixture(autouse=True)
def english_afterwards():
    """A request's language stays with its thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def text(quoted):
    return "".join(ast.literal_eval(line) for line in quoted.strip().splitlines())


def entries(language):
    """(flags, message, plural or "", translations) of each entry of a catalogue but its head."""
    source = (ROOT / f"locale/{language}/LC_MESSAGES/django.po").read_text()
    for block in source.split("\n\n")[1:]:
        flags = [line for line in block.splitlines() if line.startswith("#")]
        message = text(re.search(rf"^msgid {TEXT}", block, re.M)[1])
        plural = re.search(rf"^msgid_plural {TEXT}", block, re.M)
        forms = [text(found) for found in re.findall(rf"^msgstr(?:\[\d\])? {TEXT}", block, re.M)]
        yield flags, message, text(plural[1]) if plural else "", forms


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_fuzzy_or_left_over_and_places_are_kept(language):
    found = list(entries(language))
    assert len(found) > 1000
    for flags, message, plural, forms in found:
        assert "fuzzy" not in "".join(flags) and "#~" not in "".join(flags), message
        assert len(forms) == ((3 if language == "es" else 2) if plural else 1), message
        for form in filter(None, forms):
            places = [sorted(PLACES.findall(words)) for words in (message, plural) if words]
            assert sorted(PLACES.findall(form)) in places, message
        assert all(forms) or not any(forms), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language):
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for _flags, message, plural, forms in entries(language):
        if not forms[0]:
            continue
        said = compiled.ngettext(message, plural, 1) if plural else compiled.gettext(message)
        assert said == forms[0]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("template", FOR_ATTENDEES)
def test_attendees_meet_no_other_language(language, template):
    translated = {message for _flags, message, _plural, forms in entries(language) if forms[0]}
    source = (ROOT / "templates" / template).read_text()
    words = {word.replace("%n", "%%n") for word in re.findall(r'{% translate "([^"]+)"', source)}
    assert words - translated == set()


@pytest.fixture
def place(db):
    return world.build()


def test_a_language_is_chosen_by_a_link_and_kept(place):
    client, page = Client(), f"/sessions/{place['session']}/"
    text = client.get(page).text
    assert f'href="/people/language/es/?next={page}"' in text and 'lang="en"' in text
    assert client.get(f"/people/language/es/?next={page}").headers["Location"] == page
    text = client.get(page).text
    assert '<html lang="es" dir="ltr">' in text and "Preguntas" in text and "Questions" not in text
    client.get("/people/language/ca/")
    assert "Preguntes" in client.get(page).text


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_link_leads_nowhere_else(place, address):
    assert Client().get("/people/language/es/", {"next": address}).headers["Location"] == "/"
    assert Client().get("/people/language/xx/").status_code == 404


def test_a_browser_is_spoken_to_in_the_first_of_its_languages_that_there_is(place):
    page = Client().get(f"/sessions/{place['session']}/", headers={"Accept-Language": "ar, ca;q=0.5"}).text
    assert '<html lang="ca"' in page
