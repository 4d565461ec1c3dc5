"""A call's words in several languages: each reader has them in theirs, where they were written in it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from awards.data import honoured
from awards.forms import EntryForm, ReviewForm
from awards.models import Category, Review
from awards.words import labels_of
from tests.awards.conftest import CRITERIA, QUESTIONS, entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
SPANISH = {"name_es": "Ciudad", "who_es": "Gobiernos de ciudades", "labels_es": "summary | Resumen\nimpact | Impacto"}


def write(place, **words):
    category = place["category"]
    sent = {"name": "City", "who": "City governments", "kind": "city", "position": "0", "round": "weighted"}
    path = reverse("awards:category", args=[place["slug"], category.pk])
    lists = {"questions": QUESTIONS, "criteria": CRITERIA}
    return signed_in(place, "organiser").post(path, sent | lists | words)


def labels(form):
    return {name: str(field.label) for name, field in form.fields.items()}


def test_a_category_is_read_in_the_readers_language(place):
    assert write(place, **SPANISH).status_code == 302
    entry = entry_of(Category.objects.get(), place["all"]["attendee"], "eligible")
    review = Review.objects.create(judge=judge_of(place["call"], stranger(1)), entry=entry)
    seen = {}
    for language in ("en", "es", "ca"):
        with translation.override(language):
            shown = honoured(place["call"])[0]
            forms = labels(EntryForm(entry)) | labels(ReviewForm(review))
            seen[language] = [shown["name"], shown["who"], forms["summary"], forms["impact"], forms["idea"]]
    english = ["City", "City governments", "Summary", "Impact", "Idea"]
    assert seen == {
        "en": english,
        "es": ["Ciudad", "Gobiernos de ciudades", "Resumen", "Impacto", "Idea"],
        "ca": english,
    }


def test_pages_of_the_public_and_of_entrants_are_in_their_language(place):
    write(place, **SPANISH)
    client = signed_in(place)
    for name in ("index", "mine"):
        path = reverse(f"awards:{name}", args=[place["slug"]])
        assert "Gobiernos de ciudades" in client.get(path, headers={"accept-language": "es"}).text
        assert "Gobiernos de ciudades" not in client.get(path, headers={"accept-language": "en"}).text


def test_the_form_shows_what_was_written_and_emptying_it_takes_it_away(place):
    write(place, **SPANISH)
    path = reverse("awards:category", args=[place["slug"], place["category"].pk])
    assert "summary | Resumen" in signed_in(place, "organiser").get(path).text
    write(place)
    assert Category.objects.get().words == {}


def test_the_call_too(place):
    path = reverse("awards:call", args=[place["slug"]])
    sent = {"title": "Awards", "opens_at": "2020-01-01T10:00", "closes_at": "2099-01-01T10:00", "grace": 9}
    sent |= {"reviews": 3, "hold": 8, "keep_days": 730, "title_ca": "Premis", "text_ca": "Per a ciutats"}
    assert signed_in(place, "organiser").post(path, sent).status_code == 302
    index = reverse("awards:index", args=[place["slug"]])
    assert "Premis" in signed_in(place).get(index, headers={"accept-language": "ca"}).text
    assert "Premis" not in signed_in(place).get(index, headers={"accept-language": "en"}).text


def test_a_line_without_a_key_is_said(place):
    assert write(place, labels_es="Resumen").status_code == 422
    with pytest.raises(ValidationError, match="Line 2"):
        labels_of("summary | Resumen\n| Impacto")
