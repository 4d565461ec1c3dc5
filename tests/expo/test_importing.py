"""A table over what was changed on the page since: nothing is undone without a word; headings in many languages."""

import io

import pytest
from django.urls import reverse

from expo import importing, state
from expo.models import Exhibitor, Upload
from people.refusal import Refused
from tests.expo.test_rights import visitor

pytestmark = pytest.mark.django_db
HEAD = "name,claim,country,themes,hall,stand,x,team\n"
FIRST = HEAD + "Trampoint,Trams,Poland,Mobility,1,B1,4,anna@example.org;ben@example.org\n"


def taken(place, text=FIRST):
    raw = text if isinstance(text, bytes) else text.encode()
    return importing.take(place["edition_row"], io.BytesIO(raw), "table.csv")


def applied(place, text=FIRST, replace=""):
    return importing.apply(taken(place, text), place["all"]["organiser"], replace)


def stored():
    return Exhibitor.objects.select_related("stand").get(name="Trampoint")


def changed_on_the_page(**values):
    """As an approval or another form of the page writes it."""
    Exhibitor.objects.filter(name="Trampoint").update(**values)


def said(differences):
    return [(each.of, each.field, each.now, each.wanted) for each in differences]


def test_the_same_table_again_undoes_nothing_that_was_changed_since(place):
    applied(place)
    changed_on_the_page(claim="Trams at night")
    stored().themes.clear()
    stored().team.filter(email="ben@example.org").delete()
    survey = importing.survey(taken(place))
    assert said(survey.kept) == [
        ("Trampoint", "claim", "Trams at night", "Trams"),
        ("Trampoint", "themes", "", "Mobility"),
        ("Trampoint", "team", "", "ben@example.org"),
    ]
    assert survey.counts == {"new": 0, "changed": 0, "same": 1} and not survey.differing
    applied(place)
    kept = stored()
    assert (kept.claim, kept.themes.count(), kept.team.count()) == ("Trams at night", 0, 1)


def test_what_only_the_table_has_changed_is_written(place):
    applied(place)
    changed_on_the_page(claim="Trams at night")
    done = applied(place, FIRST.replace("Poland", "Peru"))
    assert done.counts["changed"] == 1 and stored().country == "Peru" and stored().claim == "Trams at night"
    assert importing.survey(taken(place, FIRST.replace("Poland", "Chile"))).counts["changed"] == 1, "and once more"


def test_what_both_have_changed_is_said_and_stays_until_it_is_replaced_knowingly(place):
    applied(place)
    changed_on_the_page(claim="Trams at night")
    both = FIRST.replace("Trams", "Trams by day")
    done = applied(place, both)
    assert said(done.differing) == [("Trampoint", "claim", "Trams at night", "Trams by day")]
    assert stored().claim == "Trams at night"
    client, address = visitor(place, "organiser"), reverse("expo:import", args=[place["slug"]])
    upload = taken(place, both)
    page = client.get(address)
    assert "Trams at night" in page.text and "Trams by day" in page.text
    changed_on_the_page(claim="Trams and buses")
    sent = {"apply": upload.pk, "replace": page.context["survey"].mark}
    assert client.post(address, sent).status_code == 409, "what nobody has seen is not replaced"
    assert stored().claim == "Trams and buses" and Upload.objects.exists()
    sent["replace"] = client.get(address).context["survey"].mark
    assert client.post(address, sent).status_code == 200
    assert stored().claim == "Trams by day"
    assert not importing.survey(taken(place, both)).differing


def test_a_stand_that_was_moved_on_the_page_stays_and_so_do_the_cells_of_the_other(place):
    applied(place)
    exhibitor = stored()
    where = {"host_city": exhibitor.stand.host_city_id, "hall": "2", "number": "Z9", "width": 2, "height": 2}
    path = reverse("expo:place", args=[exhibitor.pk])
    assert visitor(place, "organiser").post(path, where | {"x": 1, "y": 1}).status_code == 302
    done = applied(place)
    assert [each.field for each in done.kept] == ["stand"] and str(stored().stand) == "2 Z9"
    applied(place, FIRST.replace(",4,", ",7,"))
    assert (str(stored().stand), stored().stand.x) == ("2 Z9", 1)


def test_an_approval_of_an_older_draft_does_not_undo_a_table(place):
    applied(place)
    exhibitor = stored()
    draft = exhibitor.content() | {"claim": "Trams at night"}
    Exhibitor.objects.filter(pk=exhibitor.pk).update(draft=draft, state="waiting")
    applied(place, FIRST.replace("Poland", "Peru"))
    state.step(exhibitor.pk, "approve", place["all"]["organiser"])
    assert (stored().country, stored().claim) == ("Peru", "Trams at night")


HEADS = {
    "en": "Company;Type;Tagline;Country;Topics;Pavilion;Booth;E-mail",
    "es": "Empresa;Categoría;Eslogan;País;Temas;Pabellón;Número de stand;Correo electrónico",
    "ca": "Organització;Tipus;Resum;País;Temàtiques;Pavelló;Estand;Correu electrònic",
    "fr": "Exposant;Catégorie;Accroche;Pays;Thèmes;Salle;Numéro;Courriel",
    "pt": "Organização;Tipo;Resumo;País;Temáticas;Pavilhão;Estande;Correio eletrônico",
    "de": "AUSSTELLER;Art;Kurzbeschreibung;Land;Themen;Halle;Standnummer;E-Mail-Adresse",
    "zh": "参展商;类型;简介;国家;主题;展馆;展位号;邮箱",
}
KINDS = {"en": "City", "es": "ciudad", "ca": "CIUTAT", "fr": "Ville", "pt": "cidade", "de": "Stadt", "zh": "城市"}


WAYS = [(language, way) for language in HEADS for way in ("utf-8", "sep", "cp1252", "utf-16")]


@pytest.mark.parametrize(("language", "way"), [pair for pair in WAYS if pair != ("zh", "cp1252")])
def test_headings_of_each_language_and_what_spreadsheets_write(place, language, way):
    text = f"{HEADS[language]}\r\nTrampoint;{KINDS[language]};Señal;España;Mobility;3;B7;anna@example.org\r\n"
    if way == "sep":
        text = f"sep=;\r\n{text}"
    applied(place, text.encode("utf-8" if way == "sep" else way))
    made = stored()
    assert (made.kind, made.claim, made.country, str(made.stand)) == ("city", "Señal", "España", "3 B7")
    assert [theme.name for theme in made.themes.all()] == ["Mobility"]
    assert made.team.get().email == "anna@example.org"


def test_no_heading_means_two_fields():
    from expo.columns import COLUMNS
    from registration.imports.mapping import words

    every = [word for listed in COLUMNS.values() for word in words(listed)]
    assert len(every) == len(set(every)), sorted(word for word in every if every.count(word) > 1)


def test_a_table_without_names_is_refused(place):
    with pytest.raises(Refused):
        taken(place, "Land;Thema\nPeru;x\n")
