"""What people write is text wherever it is shown: every field of every form and every column of the import is filled
with what would do something, and each page and export that shows it is read.

Forms and columns are found by looking: a new form must say below how it is sent, a new field is filled by itself.
"""

import csv
import importlib
import inspect
import io
import json
import pkgutil
import re
from collections import defaultdict

import icalendar
import lxml.html
import openpyxl
import pytest
from django import forms as django_forms
from django.core.cache import cache
from django.urls import reverse

import expo.forms
from common.tables import FORMULA
from common.uploads import FileForm
from expo import columns, devices, finding, importing, scanning, talking
from expo.forms import leads, meetings, organising, stand
from expo.forms import talking as lines
from expo.models import Availability, Exhibitor, Meeting, Talk
from people.models import Participant
from registration.imports import tables
from tests.expo.conftest import expo_of
from tests.expo.sent import SENT, TEXTS, Marks, made, send
from tests.expo.test_rights import visitor

pytestmark = pytest.mark.django_db

HIDDEN = {  # what nobody reads as it was sent, and why
    "ExpoForm.video_url": "in the address of a call alone",
    "ProfileForm.video": "shown to who has rung alone",
    "LogoForm.file": "a picture is drawn anew",
    "FileForm.file": "a document is saved under its name alone",
    "PlanForm.file": "the name of a file is not kept",
}
PAGES = {  # who reads which pages
    "attendee": ["index", "plan", "stand", "me", "talk", "meeting", "people", "hours", "meet", "ics"],
    "staff": ["desk", "profile", "team", "scan", "leads", "leads_csv", "leads_xlsx", "devices", "talk", "meeting"],
    "organiser": ["manage", "manage?state=writing", "check", "check_new", "settings", "import", "drawings", "export"],
}
BY_SLUG = {"index", "plan", "me", "people", "hours", "manage", "settings", "import", "drawings", "export"}


def every_form():
    modules = [importlib.import_module(f"expo.forms.{each.name}") for each in pkgutil.iter_modules(expo.forms.__path__)]
    found = {each for module in modules for _name, each in inspect.getmembers(module, inspect.isclass)}
    return {each for each in found if issubclass(each, django_forms.BaseForm) and each.__module__.startswith("expo.")}


def test_every_form_is_sent():
    assert every_form() | {FileForm} == set(SENT)


def read(place, who, name):
    name, _mark, query = name.partition("?")
    if name == "check_new":
        address = reverse("expo:check", args=[place["new"].pk])
    else:
        things = {"talk": "talk", "meeting": "meeting", "ics": "meeting"}
        key = place["slug"] if name in BY_SLUG else place[things.get(name, "exhibitor")].pk
        address = reverse(f"expo:{name}", args=[key])
    cache.clear()
    answer = visitor(place, who).get(f"{address}?{query}")
    assert answer.status_code == 200, (who, name, answer.status_code)
    return answer


def everything_said(place, text):
    """Send all forms and the table; what is shown at last, and what was shown while something was returned."""
    marks, people = Marks(text), place["all"]
    expo_of(place["edition_row"])
    next(marks.ways("Participant"))
    names = f"{marks.of['Participant']} {text}".replace("\r\n", " ")
    Participant.objects.filter(pk__in=[one.pk for one in people.values()]).update(
        **dict.fromkeys(("name", "organisation", "job_title", "city", "country"), names[:80])
    )
    place["badge"] = scanning.badge_of(place["edition_row"], people["attendee"])
    for kind in (
        organising.ExpoForm,
        organising.NewForm,
        organising.PlaceForm,
        stand.LogoForm,
        FileForm,
        stand.ProfileForm,
    ):
        send(place, kind, marks)
    place["new"] = Exhibitor.objects.order_by("-pk").first()
    hall = Exhibitor.objects.get(pk=place["exhibitor"].pk).stand.hall
    send(place, organising.PlanForm, marks)
    send(place, organising.PlanForm, marks, hall=hall)
    send(place, organising.StepForm, marks)
    shown = [(name, who, read(place, who, name)) for who, name in (("staff", "profile"), ("organiser", "check"))]
    send(place, stand.ProfileForm, marks)
    send(place, organising.StepForm, marks, action="approve")
    for kind in (stand.InviteForm, lines.LineForm, lines.RingForm, meetings.MeetingForm, meetings.AvailabilityForm):
        send(place, kind, marks)
    place["talk"], place["meeting"] = Talk.objects.get(), Meeting.objects.get()
    talking.take(place["talk"].pk, people["staff"])
    for kind in (leads.ScanForm, leads.FieldsForm, leads.AgreeForm, leads.DeviceForm):
        send(place, kind, marks)
    other = scanning.badge_of(place["edition_row"], people["speaker"])
    token = devices.add(place["exhibitor"], "Reader", people["staff"])
    devices.take(devices.by_token(f"Exhibitor {token}", "::1"), {"code": other.code, "notes": text})
    Availability.objects.update_or_create(
        edition=place["edition_row"], participant=people["speaker"], defaults={"is_open": True}
    )
    table(place, marks)
    shown += [(name, who, read(place, who, name)) for who, names in PAGES.items() for name in names]
    visitor(place, "organiser").post(reverse("expo:import", args=[place["slug"]]), {"apply": place["upload"].pk})
    shown += [(name, who, read(place, who, name)) for who, name in (("attendee", "index"), ("organiser", "export"))]
    return marks, shown


def table(place, marks):
    """A table whose every column has the text, in a row of its own as well: what is refused is said with it."""
    names = [tables.titles(listed)[0] for listed in columns.COLUMNS.values()]
    text = next(marks.ways("Upload.name"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for column in names:
        cells = {"name": f"Row {column}", "stand": "R1", "hall": "1"} | {column: text}
        writer.writerow([cells.get(name, "") for name in names])
    place["upload"] = importing.take(place["edition_row"], io.BytesIO(out.getvalue().encode()), text)


SCHEMES = re.compile(r"(?:[/?#]|https?://|mailto:|data:image/svg\+xml;base64,)")
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "poster", "hx-get", "hx-post", "data", "srcset"}
NEVER = {"iframe", "object", "embed", "base", "foreignobject", "animate", "set", "applet", "frame", "marquee"}


def acting(html):
    """What of a page could act and is not the page's own."""
    found = []
    for element in lxml.html.document_fromstring(html).iter():
        if not isinstance(element.tag, str):
            continue
        names = {str(name).lower() for name in element.attrib}
        if element.tag in NEVER or "zzhit" in element.tag or any("zzhit" in name for name in names):
            found.append(lxml.html.tostring(element)[:200])
        if any(name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") for name in names):
            found.append(sorted(names))
        for name in names & ADDRESSES:
            if not SCHEMES.match(element.attrib[name] or "/"):
                found.append((element.tag, name, element.attrib[name]))
        if element.tag == "script" and not element.get("src"):
            json.loads(element.text or "null")  # data alone
    return found


def loose_override(html):
    """Texts whose direction would turn what stands beside them."""
    for element in lxml.html.document_fromstring(html).iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "title", "textarea", "option"):
            continue
        texts = [(element, element.text), *((element, child.tail) for child in element)]
        for within, text in texts:
            if "\u202e" in (text or "") and not any(
                each.tag == "bdi" or each.get("dir") for each in [within, *within.iterancestors()][:-1]
            ):
                yield within.tag, within.get("class"), text.strip()[:60]


def check_file(name, answer):
    """A file is saved, not shown; what a spreadsheet would run is text, and a calendar has one event."""
    assert answer["Content-Disposition"].startswith("attachment"), name
    assert answer["X-Content-Type-Options"] == "nosniff", name
    if name.endswith("xlsx"):
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], name
        return " ".join(str(cell.value) for cell in cells)
    if name == "ics":
        event, *more = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert not more and not isinstance(event["DTSTART"], list) and event.decoded("DTSTART").year > 2000
        return str(event["SUMMARY"]) + str(event.get("DESCRIPTION", ""))
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert all(len(row) == len(header) for row in rows), name
    runs = [cell for row in rows for cell in row if FORMULA.match(cell) and not re.fullmatch(r"[-+]?[\d.]+", cell)]
    assert not runs, (name, runs)
    return " ".join(cell for row in rows for cell in row)


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_written_is_text_wherever_it_is_shown(place, kind):
    marks, shown = everything_said(place, TEXTS[kind])
    texts = []
    for name, who, answer in shown:
        if answer["Content-Type"].startswith("text/html"):
            assert not acting(answer.content), (name, who)
            assert not list(loose_override(answer.content)), (name, who)
            page = lxml.html.document_fromstring(answer.content)
            texts += [page.text_content(), *(value for each in page.iter() for value in dict(each.attrib).values())]
        else:
            texts.append(check_file(name, answer))
    everything = "\n".join(texts)
    unseen = {field for field, mark in marks.of.items() if mark not in everything} - set(HIDDEN)
    assert not unseen, "pages that show it are missing in PAGES"
    assert len(marks.of) > 20


@pytest.mark.parametrize("kind", [*TEXTS, "nul"])
def test_what_is_refused_is_said_as_text(place, kind):
    """Each field of each form with the text, whatever it wants: words or a page, nothing that acts, no stack trace."""
    text = TEXTS.get(kind, "a\0b<b zzhit>")
    place["badge"] = scanning.badge_of(place["edition_row"], place["all"]["attendee"])
    place["meeting"] = Meeting.objects.create(
        edition=place["edition_row"], exhibitor=place["exhibitor"], visitor=place["all"]["attendee"], topic="Trams",
        starts_at=place["at"].end,
    )  # fmt: skip
    statuses = defaultdict(set)
    for form, (address, who, build, _needed) in SENT.items():
        client = visitor(place, who)
        for name in build(place, {}).fields:
            cache.clear()
            data = made(place, form, Marks(text)) | {name: text, "remove": ""}
            answer = client.post(address(place), data)
            statuses[answer.status_code].add(f"{form.__name__}.{name}")
            if answer.content and answer["Content-Type"].startswith("text/html"):
                assert not acting(answer.content), (form, name)
    assert set(statuses) <= {200, 204, 302, 404, 409, 422, 429}, statuses
    assert len(statuses[422]) > 15, statuses
    whole = visitor(place, "attendee")
    for name in finding.Finder.base_fields:
        for headers in ({}, {"HX-Request": "true"}):
            answer = whole.get(reverse("expo:index", args=[place["slug"]]), {name: text}, headers=headers)
            assert answer.status_code == 200 and not acting(answer.content), name
