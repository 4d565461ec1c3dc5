"""How each form of the exhibition is sent: by whom, to which address, and with a text in every field that takes it."""

import inspect
import re
import uuid

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.uploads import FileForm
from expo import meeting
from expo.forms import leads, meetings, organising, stand
from expo.forms import talking as lines
from expo.models import Availability, Exhibitor
from tests.expo.test_rights import visitor
from tests.pictures import png

# Each element and each attribute that a text could make has "zzhit" in its name.
TEXTS = {
    "script": "<script zzhit>hit()</script>",
    "attribute": '"><img zzhit src=x onerror=hit()>',
    "quotes": '\' zzhit onfocus=hit() autofocus " zzhit onfocus=hit() x="',
    "closing": "--></title></textarea></option></script><script zzhit>hit()</script>",
    "svg": '<svg zzhit onload=hit()><foreignObject zzhit/><use zzhit href="data:,#x"/><style zzhit>@import "x"</style>',
    "link": "javascript:hit()//",
    "template": "{{ request }}{% debug %}<b zzhit>",
    "formula": '=HYPERLINK("https://x.example","<b zzhit>")',
    "override": "photo\u202egnp.<b zzhit>",
    "zero width": "a\u200b\u2060\ufeffb<b zzhit>",
    "lines": "a\r\nDTSTART:19990101T000000\r\n<b zzhit>",
}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20" onload="1">'
    '<script zzhit="1">1</script><style zzhit="1">@import "//x"</style><text zzhit="1" x="1">{}</text>'
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" zzhit="1" onload="1"/></foreignObject>'
    '<use zzhit="1" href="data:image/svg+xml,#x"/><a xlink:href="javascript:1"><rect zzhit="1" onclick="1"/></a></svg>'
)


def drawing(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "")
    return SimpleUploadedFile(f"{text}.svg", DRAWING.format(escaped).encode())


def picture(text):
    return SimpleUploadedFile(f"{text}.png", png())


def paper(text):
    return SimpleUploadedFile(f"{text}.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n")


FILES = (drawing, picture, paper)


def at(name, key="exhibitor"):
    return lambda place: reverse(f"expo:{name}", args=[place["slug"] if key == "slug" else place[key].pk])


def of_stand(form):
    return lambda place, data: form(place["exhibitor"], data)


def plain(form):
    return lambda place, data: form(data)


STAND_AT = {"host_city": lambda place: place["edition_row"].host_city_id, "x": 1, "y": 1, "width": 2, "height": 2}
ONE = {"client_id": lambda place: uuid.uuid4()}
# form -> address, who sends it, how it is made of data, and what its other fields need
SENT = {
    organising.ExpoForm: (at("settings", "slug"), "organiser",
        lambda place, data: organising.ExpoForm(data, instance=place["expo"]),
        {"opens": "00:00", "closes": "23:59", "tables": 3, "video": "link", "video_url": ""}),
    organising.NewForm: (at("manage", "slug"), "organiser", plain(organising.NewForm),
        {"name": "New", "kind": "city", "email": ""}),
    organising.PlaceForm: (at("place"), "organiser",
        lambda place, data: organising.PlaceForm(place["edition_row"], None, data), STAND_AT),
    organising.PlanForm: (at("drawings", "slug"), "organiser",
        lambda place, data: organising.PlanForm(place["edition_row"], data), {**STAND_AT, "file": drawing}),
    stand.LogoForm: (at("logo"), "staff", plain(stand.LogoForm), {"file": picture}),
    FileForm: (at("documents"), "staff", plain(FileForm), {"file": paper}),
    stand.ProfileForm: (at("profile"), "staff", of_stand(stand.ProfileForm),
        {"kind": "city", "themes": lambda place: [place["theme"].pk], "submit": "1"}),
    organising.StepForm: (at("decide"), "organiser", plain(organising.StepForm), {
        "action": "return", "version": lambda place: Exhibitor.objects.get(pk=place["exhibitor"].pk).version}),
    stand.InviteForm: (at("team"), "staff", plain(stand.InviteForm), {"remove": ""}),
    lines.LineForm: (at("chat"), "attendee", plain(lines.LineForm), ONE),
    lines.RingForm: (at("ring"), "attendee", plain(lines.RingForm), ONE),
    meetings.MeetingForm: (at("meet"), "attendee",
        lambda place, data: meetings.MeetingForm(meeting.partners.stand(place["exhibitor"]), data),
        {"start": lambda place: meeting.slots(place["exhibitor"])[-1].isoformat(), "way": "video"}),
    meetings.AvailabilityForm: (at("hours", "slug"), "attendee",
        lambda place, data: meetings.AvailabilityForm(data, instance=Availability()),
        {"is_open": "on", "opens": "00:00", "closes": "23:59"}),
    meetings.AnswerForm: (at("answer", "meeting"), "staff", plain(meetings.AnswerForm),
        {"action": "accept", "version": 0, "start": ""}),
    leads.ScanForm: (at("scan"), "staff", plain(leads.ScanForm),
        {"code": lambda place: place["badge"].code, "at": "", "rating": 3, **ONE}),
    leads.FieldsForm: (at("own_badge", "slug"), "attendee", plain(leads.FieldsForm), {"fields": ["name", "email"]}),
    leads.AgreeForm: (at("agree"), "attendee", plain(leads.AgreeForm),
        {"fields": ["name", "organisation", "job_title", "place", "email"], "source": "chat", **ONE}),
    leads.DeviceForm: (at("devices"), "staff", plain(leads.DeviceForm), {"remove": ""}),
}  # fmt: skip


class Marks:
    """Texts, each with a number, by which it is found again where it is shown."""

    def __init__(self, text):
        self.text, self.of = text, {}

    def ways(self, name):
        """The text for a field; then what a field that wants an address, or few signs, may take of it."""
        number = self.of.setdefault(name, f"§{len(self.of) + 10}")
        packed = re.sub(r"\s", "", self.text)
        yield f"{self.text}{number}"
        yield f"{self.text} {number} | https://example.org/{packed}"
        yield f"https://example.org/{packed}{number}"
        yield f'"{packed.replace(chr(34), "")}{number}"@example.org'
        yield f'<b zzhit {number}">'


def made(place, kind, marks):
    """What is sent with a form: the text in each field that takes it in some way, else what is needed."""
    _address, _who, build, needed = SENT[kind]
    data = {name: value(place) if inspect.isfunction(value) and value not in FILES else value
            for name, value in needed.items()}  # fmt: skip
    fields = build(place, {}).fields
    for name, field in fields.items():
        if name in data and name not in ("video_url", "email") or not isinstance(field, django_forms.CharField):
            continue
        for text in marks.ways(f"{kind.__name__}.{name}"):
            if name not in build(place, data | {name: text}).errors:
                data[name] = text
                break
        else:
            del marks.of[f"{kind.__name__}.{name}"]
    for name, value in data.items():
        if value in FILES:
            data[name] = value(marks.text)
    return data


def send(place, kind, marks, **more):
    address, who, *_rest = SENT[kind]
    answer = visitor(place, who).post(address(place), made(place, kind, marks) | more)
    assert answer.status_code in (200, 204, 302), (kind, answer.status_code, answer.text[-1500:])
    return answer
