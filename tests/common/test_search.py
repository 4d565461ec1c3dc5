"""Folded copies of columns: written with them, whichever way, and found on SQLite and PostgreSQL alike."""

import unicodedata
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F
from django.utils import timezone

from common.search import FoldedField, holds, words
from people.models import Participant
from sessions.forms import ProgrammeFilter
from sessions.models import Edition, Session, Speaker
from tests import world

db = pytest.mark.django_db
NURIA = "NÚRIA Puigdomènech"
WRITINGS = ["NÚRIA", "núria", "nuria", "Nu\u0301ria", "NURIA", "ｎｕｒｉａ", "puigdomenech"]


@pytest.fixture
def edition():
    return Edition.objects.get(pk=world.build()["edition"])


def found(word):
    return Participant.objects.filter(holds(word, "name", "organisation")).count()


@db
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_it_is_written(form):
    name = unicodedata.normalize(form, NURIA)
    Participant.objects.create_user("n@example.org", name=name)
    assert [found(word) for word in WRITINGS] == [1] * len(WRITINGS)
    assert found("nuris") == 0


@db
def test_copies_follow_every_way_of_writing():
    who = Participant.objects.create_user("n@example.org", name="Ada")
    who.name = NURIA
    who.save(update_fields=["name"])
    assert found("nuria") == 1
    Participant.objects.filter(pk=who.pk).update(name="Zoë")
    assert found("zoe") == 1 and found("nuria") == 0
    who.name = NURIA
    Participant.objects.bulk_update([who], ["name"])
    assert found("nuria") == 1
    late = Participant.objects.only("pk", "name").get(pk=who.pk)
    late.name = "Øystein"
    late.save()
    assert found("oystein") == 1 and found("nuria") == 0
    Participant.objects.update_or_create(email="n@example.org", defaults={"name": "Žižka"})
    assert found("zizka") == 1
    Participant.objects.bulk_create([Participant(email="b@example.org", name="x", organisation="Société")])
    assert found("SOCIETE") == 1
    with pytest.raises(TypeError, match="folded copy"):
        Participant.objects.update(name=F("email"))


@db
def test_a_migration_fills_what_is_there(edition):
    who = Participant.objects.create_user("n@example.org", name=NURIA)
    Participant.objects.update(name_folded="")
    assert found("nuria") == 0
    import_module("people.migrations.0010_names_folded").fold_existing(apps, None)
    assert found("nuria") == 1 and Participant.objects.get(pk=who.pk).name == NURIA
    Session.objects.update(title_folded="")
    import_module("sessions.migrations.0005_names_folded_and_speaker_identities").fold_existing(apps, None)
    assert not Session.objects.filter(title_folded="").exists()


def narrowed(edition, q):
    form = ProgrammeFilter(edition, {"q": q})
    return list(form.apply(edition.sessions.all()).order_by("pk").values_list("title", flat=True))


@db
def test_the_programme_is_searched_in_titles_texts_and_speakers(edition):
    session = edition.sessions.order_by("pk").first()
    session.title, session.abstract = (
        "Ciudad del año",
        "<p>Les <strong>tramways</strong> d&#8217;Orléans &amp; R&eacute;seau</p>",
    )
    session.save()
    session.speakers.add(Speaker.objects.create(edition=edition, guid="n", name=NURIA))
    for q in [*WRITINGS, "AÑO", "ano", "orleans", "reseau", "nuria  ciudad", "\u200bnu\u0301ria"]:
        assert narrowed(edition, q) == [session.title], q
    assert narrowed(edition, "strong") == [] and narrowed(edition, "nuria tram2") == []
    assert narrowed(edition, "\u200b \0") == narrowed(edition, "")


@db
def test_a_thousand_sessions_are_searched_quickly(edition, django_assert_max_num_queries):
    first = edition.sessions.order_by("pk").first()
    text = "<p>" + "Città intelligenti e réseaux de chaleur. " * 60 + "</p>"
    rows = [
        Session(
            edition=edition,
            guid=f"m{n}",
            title=f"Núria {n}",
            abstract=text,
            stage=first.stage,
            start=first.start,
            end=first.end,
        )
        for n in range(1000)
    ]
    Session.objects.bulk_create(rows)
    begin = timezone.now()
    with django_assert_max_num_queries(3):
        assert len(narrowed(edition, "NURIA citta RESEAUX")) == 1000
    assert timezone.now() - begin < timedelta(seconds=1)


def test_words_of_a_search_are_few_and_show_something():
    assert words("a b\0c \u200b \u2800 d e f g h") == ["a", "bc", "d", "e", "f", "g"]


def test_every_copy_names_a_column_of_its_model():
    copies = [
        field for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, FoldedField)
    ]
    assert len(copies) == 25 and all(copy.model._meta.get_field(copy.of) for copy in copies)
