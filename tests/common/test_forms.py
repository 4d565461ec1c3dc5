"""Every form of ours refuses required text that shows nothing."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test.html import parse_html

from common.forms import LongSelect, Text
from common.local import LocalTime
from people.models import Participant
from sessions.models import Speaker

# Text fields that read what they get in a way of their own.
OWN = {"ProfileForm.name", "GuestForm.name", "InviteesForm.emails", "polls.StepForm.action"}
OWN |= {"ScanForm.code", "AnswerForm.action", "cities.StepForm.action", "CityForm.timezone"}  # a code, steps, a zone


def form_classes():
    for app in settings.INSTALLED_APPS:
        if not (settings.BASE_DIR / app).is_dir() or not find_spec(f"{app}.forms"):
            continue
        module = import_module(f"{app}.forms")
        inner = [import_module(f"{app}.forms.{one.name}") for one in iter_modules(getattr(module, "__path__", []))]
        for one in [module, *inner]:
            found = [value for value in vars(one).values() if isinstance(value, type)]
            yield from (
                value for value in found if issubclass(value, forms.BaseForm) and value.__module__ == one.__name__
            )


def test_required_text_is_text_that_shows():
    classes = set(form_classes())
    assert len(classes) > 30
    plain = {
        f"{form.__name__}.{name}" if form.__name__ != "StepForm" else f"{form.__module__.split('.')[0]}.StepForm.{name}"
        for form in classes
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and field.required
    }
    assert plain == OWN


@pytest.mark.parametrize("text", ["\u2800", "\U000e0041", "\u3164", "\ufe0f", " ", ""])
def test_it_is_required(text):
    with pytest.raises(forms.ValidationError, match="required"):
        Text().clean(text)
    assert Text(required=False).clean(text) == ""


def test_the_admin_takes_no_text_that_shows_nothing(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    fields = {model: admin.site._registry[model].get_form(request).base_fields for model in (Speaker, Participant)}
    assert isinstance(fields[Speaker]["name"], Text) and isinstance(fields[Participant]["name"], Text)
    assert isinstance(fields[Participant]["email"], forms.EmailField)
    assert isinstance(fields[Participant]["visibility"], forms.ChoiceField)


@pytest.mark.django_db
def test_the_admin_s_search_is_folded(rf):
    Participant.objects.create_user("n@example.org", name="NÚRIA")
    site = admin.site._registry[Participant]
    assert site.get_search_results(rf.get("/"), Participant.objects.all(), "Nu\u0301ria")[0].count() == 1


@pytest.mark.parametrize("value", [None, "", "b", 3, 0, "<"])
def test_a_long_list_is_what_django_writes(value):
    choices = [("", "Any"), ("Group & more", [("b", "<B>"), (3, "Three"), (0, "None")]), ("<", '"less"')]
    attrs = {"id": "id_x", "class": "wide"}
    django, ours = (widget(choices=choices).render("x", value, attrs) for widget in (forms.Select, LongSelect))
    assert parse_html(ours) == parse_html(django)


@pytest.mark.parametrize("year", ["0001", "1989", "2191", "9999"])
def test_times_that_calendars_cannot_count_on_are_refused(year):
    field = LocalTime(ZoneInfo("Pacific/Kiritimati"))
    assert field.clean("2190-12-31T23:50").year == 2190
    with pytest.raises(forms.ValidationError):
        field.clean(f"{year}-12-31T23:50")
