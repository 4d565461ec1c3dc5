"""The languages of the interface: their catalogues, and how somebody chooses one."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from common.languages import listed, spoken
from hybrid.formats.zh_Hans import formats as chinese

ROOT = Path(settings.BASE_DIR)
PLACES = re.compile(r"%\(\w+\)[sd]|%%n|</?\w+[^>]*>")
TEXT = r'((?:".*"\n?)+)'
FORMS = {"es": 3, "ca": 2, "zh_Hans": 1, "ar": 6}
TRANSLATED = sorted(FORMS)
FORMAT = re.compile(r'"((?:[Dl] )?j [MF][^"]*)"')
LOOKED_AT = {".py", ".html", ".txt"}
# Organisers' and operators' pages and words may be in English; all others are translated into every language.
OF_ORGANISERS = ["planning/*", "show/*", "backstage/*", "registration/*", "announcements/manage.html"]
OF_ORGANISERS += ["captions/writer.html", "captions/tracks.html", "streams/sources.html", "chat/review.html"]
OF_ORGANISERS += ["questions/board.html", "questions/inbox.html", "questions/_*_form.html", "questions/_columns.html"]
OF_ORGANISERS += ["polls/edit.html", "polls/list.html", "polls/_row_menu.html", "polls/_screen_options.html"]
OF_ORGANISERS += [
    f"awards/{page}.html"
    for page in ["desk", "chair", "jury", "queue", "review", "conflicts", "statistics", "edit", "panel"]
]
OF_ORGANISERS += [f"cities/{page}.html" for page in ["desk", "editors", "queue"]]
OF_ORGANISERS += [f"expo/{page}.html" for page in ["import", "manage", "drawings", "settings", "check"]]
OF_ORGANISERS += ["collaboration/manage.html", "collaboration/review.html", "collaboration/protocol.html"]
OF_ORGANISERS += ["*/feature.py", "*/forms.py", "*/management/*", "presence/people.html"]
FOR_VISITORS = ["registration/hall.html", "registration/_guest.html", "registration/hall.py"]


@pytest.fixture(autouse=True)
def english_afterwards():
    """A request's language stays with its thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def text(quoted):
    return "".join(ast.literal_eval(line) for line in quoted.strip().splitlines())


def entries(language, root=ROOT):
    """(comments, message, plural or "", translations) of each entry of a catalogue but its head."""
    source = (root / f"locale/{language}/LC_MESSAGES/django.po").read_text()
    for block in source.split("\n\n")[1:]:
        comments = [line for line in block.splitlines() if line.startswith("#")]
        message = text(re.search(rf"^msgid {TEXT}", block, re.M)[1])
        plural = re.search(rf"^msgid_plural {TEXT}", block, re.M)
        forms = [text(found) for found in re.findall(rf"^msgstr(?:\[\d\])? {TEXT}", block, re.M)]
        yield comments, message, text(plural[1]) if plural else "", forms


def compiled(language):
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def may_be_english(file):
    """Whether a file, relative to the templates or the root, speaks to organisers only."""
    return any(fnmatch(file, it) for it in OF_ORGANISERS) and file not in FOR_VISITORS


def not_looked_at(_folder, names):
    return [name for name in names if "." in name and Path(name).suffix not in LOOKED_AT]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """A copy of the source whose catalogues makemessages has brought in step, with the files of each message."""
    copy = tmp_path_factory.mktemp("extracted")
    for top in ROOT.iterdir():
        if top.name.startswith(".") or top.name in ("node_modules", "tests", "bench", "var", "static"):
            continue
        if top.is_dir():
            shutil.copytree(top, copy / top.name, ignore=None if top.name == "locale" else not_looked_at)
        elif top.suffix in LOOKED_AT:
            shutil.copy(top, copy)
    command = [sys.executable, "manage.py", "makemessages", "--add-location", "file"]
    environment = os.environ | {"HYBRID_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hybrid.settings"}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True, timeout=120)
    return copy


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_fuzzy_or_left_over_and_places_are_kept(language):
    found = list(entries(language))
    assert len(found) > 1000
    for comments, message, plural, forms in found:
        assert "fuzzy" not in "".join(comments) and "#~" not in "".join(comments), message
        assert len(forms) == (FORMS[language] if plural else 1), message
        allowed = [sorted(PLACES.findall(words)) for words in (message, plural) if words]
        for number, form in enumerate(forms if all(forms) else []):
            places = sorted(PLACES.findall(form))
            # Arabic has forms of their own for none, one and two: they say the number in a word.
            is_said = language == "ar" and plural and number < 3 and set(places) <= set(allowed[-1])
            assert places in allowed or is_said, (message, form)
        assert all(forms) or not any(forms), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language):
    catalogue = compiled(language)
    for _comments, message, plural, forms in entries(language):
        if not forms[0]:
            continue
        for number in (0, 1, 2, 3, 11, 100) if plural else ():
            assert catalogue.ngettext(message, plural, number) == forms[catalogue.plural(number)]
        assert plural or catalogue.gettext(message) == forms[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_those_of_django(language):
    folder = Path(django.__file__).parent / "conf/locale"
    theirs = gettext.translation("django", folder, [language])
    ours = compiled(language)
    assert [ours.plural(n) for n in range(1200)] == [theirs.plural(n) for n in range(1200)]


def test_no_message_stands_inside_an_f_string():
    """makemessages does not look into f-strings: what is translated there never comes into the catalogues."""
    names = {f"{many}{kind}" for many in ("", "n", "p", "np") for kind in ("gettext", "gettext_lazy")}
    names |= {"_", "gettext_noop"}
    unseen = []
    apps = [ROOT / "common", ROOT / "hybrid", *{path.parent for path in ROOT.glob("*/feature.py")}]
    for path in (path for app in apps for path in app.rglob("*.py")):
        strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
        unseen += [f"{path}:{call.lineno}" for call in calls if getattr(call.func, "id", "") in names]
    assert unseen == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_are_in_step_with_the_source(extracted, language):
    """`./run manage makemessages` changes nothing: no message is missing, none is left over."""
    written = {(message, plural) for _comments, message, plural, _forms in entries(language)}
    wanted = {(message, plural) for _comments, message, plural, _forms in entries(language, extracted)}
    assert (wanted - written, written - wanted) == (set(), set())


@pytest.mark.parametrize("language", TRANSLATED)
def test_attendees_meet_no_other_language(extracted, language):
    untranslated = {}
    for comments, message, _plural, forms in entries(language, extracted):
        files = " ".join(line[2:] for line in comments if line.startswith("#:")).split()
        seen_in = [file for file in files if not may_be_english(file.removeprefix("templates/"))]
        if seen_in and not all(forms):
            untranslated[message] = seen_in
    assert untranslated == {}


def test_every_language_that_can_be_chosen_has_a_catalogue():
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    assert sorted(translation.to_locale(code) for code in others) == TRANSLATED


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
    page = Client().get(f"/sessions/{place['session']}/", headers={"Accept-Language": "fi, ca;q=0.5"}).text
    assert '<html lang="ca"' in page


@pytest.mark.parametrize(
    ("asked", "head"),
    [
        ("ar", '<html lang="ar" dir="rtl">'),
        ("ar-EG, en;q=0.5", '<html lang="ar" dir="rtl">'),
        ("zh-CN, en;q=0.5", '<html lang="zh-hans" dir="ltr">'),
        ("zh-Hans", '<html lang="zh-hans" dir="ltr">'),
    ],
)
def test_pages_run_as_their_language_does(place, asked, head):
    assert head in Client().get(f"/sessions/{place['session']}/", headers={"Accept-Language": asked}).text


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        ("en", "D j M, H:i", "Thu 5 Nov, 09:30"),
        ("zh-hans", "D j M, H:i", "11月5日 星期四 09:30"),
        ("zh-hans", "j M Y", "2026年11月5日"),
        ("ar", "j M Y", "5 نوفمبر 2026"),
        ("ar", "j M, H:i", "5 نوفمبر، 09:30"),
        ("es", "j F Y", "5 de noviembre de 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language, said, written):
    with translation.override(language):
        assert date_format(datetime(2026, 11, 5, 9, 30), said) == written


def test_every_format_of_pages_is_known_in_chinese():
    """Chinese has year, month and day in another order: a format that names days and months must say so."""
    folders = [ROOT / "templates", *{path.parent for path in ROOT.glob("*/feature.py")}, ROOT / "common"]
    sources = [path for folder in folders for path in folder.rglob("*.*") if path.suffix in LOOKED_AT]
    said = {found for path in sources for found in FORMAT.findall(path.read_text())}
    assert len(said) > 5 and {words for words in said if words not in vars(chinese)} == set()


@pytest.mark.parametrize(("language", "written"), [("en", "a, b"), ("es", "a, b"), ("zh-hans", "a、b"), ("ar", "a، b")])
def test_a_list_in_a_line_is_parted_as_the_language_parts_it(language, written):
    with translation.override(language):
        assert listed(["a", "b"]) == written


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh", "zh-hans"), ("zh-TW", "zh-hans"), ("ar-EG", "ar"), ("pt", "en"), ("", "en"), (None, "en"), ("*", "en")],
)
def test_a_language_of_content_is_spoken_in_the_closest_of_ours(code, language):
    assert spoken(code) == language
