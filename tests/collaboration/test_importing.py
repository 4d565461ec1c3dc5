"""Delegations from a table: national ones with their cities, people within the places, nothing undone unsaid."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from cities.models import Organisation
from collaboration import delegating, importing, privacy
from collaboration.models import Delegate, Delegation, DelegationTable
from people.refusal import Refused
from tests.cities.conftest import city_of
from tests.collaboration.conftest import delegation_of, organisation_of

pytestmark = pytest.mark.django_db
HEAD = "country,city,name,function,organisation,e-mail,head,places\n"
ADA = "Nigeria,Ibadan,Ada Obi,Mayor,City of Ibadan,Ada@Example.org,yes,2\n"
TABLE = HEAD + "Nigeria,,Minister,Minister,Ministry of Works,,,\n" + ADA + "Nigeria,Kano,,,,,,7\n"


def taken(place, text=TABLE, name="table.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    return importing.take(place["edition"], io.BytesIO(raw), name)


def applied(place, text=TABLE, replace=""):
    return importing.apply(taken(place, text), place["all"]["organiser"], replace)


def of(name):
    return Delegation.objects.select_related("within__organisation").get(organisation__name=name)


def ada():
    return Delegate.objects.get(name="Ada Obi")


def test_nations_with_their_cities_and_people(place):
    survey = importing.survey(taken(place))
    assert survey.made == ["Nigeria", "Ibadan", "Kano"] and survey.counts == {"new": 2, "changed": 0, "same": 0}
    assert not Delegation.objects.exists() and not Organisation.objects.filter(name="Nigeria").exists()
    done = applied(place)
    assert not done.errors and not DelegationTable.objects.exists()
    nation = of("Nigeria")
    assert nation.within is None and nation.organisation.kind == "government" and nation.quota == 5
    assert {each.organisation.name: (each.quota, each.organisation.kind) for each in nation.cities.all()} == {
        "Ibadan": (2, "city"),
        "Kano": (7, "city"),
    }
    fields = (ada().office, ada().organisation, ada().city, ada().email, ada().is_head, ada().state)
    assert fields == ("Mayor", "City of Ibadan", "Ibadan", "ada@example.org", True, "nominated")
    assert nation.delegates.get().name == "Minister"
    assert not Organisation.objects.get(name="Kano").mark, "a table verifies nobody"


def test_the_same_table_again_undoes_nothing(place):
    applied(place)
    Delegate.objects.filter(pk=ada().pk).update(office="Lord Mayor")
    Delegation.objects.filter(pk=of("Kano").pk).update(quota=1)
    delegating.take(Delegate.objects.get(name="Minister").pk, "refuse", place["all"]["organiser"], True)
    survey = importing.survey(taken(place))
    assert [(each.of, each.field, each.now, each.wanted) for each in survey.kept] == [
        ("Minister", "state", "Refused", "Nominated"),
        ("Ada Obi", "office", "Lord Mayor", "Mayor"),
        ("Kano", "quota", "1", "7"),
    ]
    assert survey.counts == {"new": 0, "changed": 0, "same": 2} and not survey.differing and not survey.made
    applied(place)
    assert (ada().office, of("Kano").quota, Delegate.objects.get(name="Minister").state) == ("Lord Mayor", 1, "refused")


def test_what_both_have_changed_stays_until_it_is_replaced_knowingly(place):
    applied(place)
    Delegate.objects.filter(pk=ada().pk).update(office="Lord Mayor")
    both = TABLE.replace("Mayor", "Deputy mayor")
    done = applied(place, both)
    assert [(each.field, each.now, each.wanted) for each in done.differing] == [
        ("office", "Lord Mayor", "Deputy mayor")
    ]
    assert ada().office == "Lord Mayor"
    client, address = Client(), reverse("collaboration:import", args=[place["slug"]])
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    table = taken(place, both)
    page = client.get(address)
    assert "Lord Mayor" in page.text and "Deputy mayor" in page.text
    Delegate.objects.filter(pk=ada().pk).update(office="Governor")
    sent = {"apply": table.pk, "replace": page.context["survey"].mark}
    assert client.post(address, sent).status_code == 409, "what nobody has seen is not replaced"
    assert ada().office == "Governor"
    sent["replace"] = client.get(address).context["survey"].mark
    assert client.post(address, sent).status_code == 200
    assert ada().office == "Deputy mayor" and ada().version == 1


def test_no_more_than_the_places_and_the_message_says_how_many(place):
    people = "".join(f"Nigeria,Ibadan,Person {n},,,p{n}@example.org,,\n" for n in range(3))
    done = applied(place, TABLE + people)
    assert [line for line, _words in done.errors] == [6, 7] and "All 2 places of Ibadan are taken." in done.errors[0][1]
    assert of("Ibadan").delegates.count() == 2
    Delegation.objects.filter(pk=of("Ibadan").pk).update(quota=9)
    assert applied(place, TABLE + people).counts["new"] == 2


def test_people_are_known_by_their_folded_address(place):
    applied(place)
    again = HEAD + "Nigeria,Ibadan,A. Obi,,,ＡＤＡ@example.ORG,,\nNigeria,Ibadan,Ada Obi,,,ADA@EXAMPLE.ORG,,\n"
    done = applied(place, again)
    assert of("Ibadan").delegates.count() == 1 and done.errors[0][0] == 3 and "line 2" in done.errors[0][1]
    elsewhere = applied(place, HEAD + "Nigeria,Kano,Ada Obi,,,ada@example.org,,\n")
    assert "Ibadan" in elsewhere.errors[0][1] and not of("Kano").delegates.exists()


def test_somebody_nominated_by_hand_without_an_address_is_not_doubled(place):
    city = delegation_of(place["edition"], organisation_of("Ibadan"), quota=3)
    delegating.nominate(city, Delegate(name="ADA OBI", office="Mayor"), place["all"]["organiser"])
    done = applied(place)
    person = city.delegates.get()
    assert person.email == "ada@example.org" and done.differing[0].field == "quota"
    assert [each.of for each in done.differing if each.field == "name"] == ["ADA OBI"]


def test_a_citys_own_organisation_sends_its_delegation(place):
    city_of("Ibadan", organisation=organisation_of("Municipality of Ibadan"))
    applied(place)
    assert of("Municipality of Ibadan").delegates.get() == ada()
    assert not Organisation.objects.filter(name="Ibadan").exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,Ada,,,,,", "missing"),
        ("Nigeria,Ibadan,,Mayor,,,,", "name is missing"),
        ("Nigeria,Ibadan,Ada,,,nowhere,,", "valid email"),
        ("Nigeria,Ibadan,Ada,,,,,many", "0 to 200"),
        ("Nigeria,Ibadan,Ada,,,,,201", "0 to 200"),
        (f"Nigeria,Ibadan,{'x' * 121},,,,,", "120"),
        (f"Nigeria,{'x' * 121},Ada,,,,,", "120"),
    ],
)
def test_a_row_that_is_wrong_is_left_out_with_words(place, row, words):
    done = applied(place, f"{TABLE}{row}\n")
    assert [line for line, _why in done.errors] == [5] and words in done.errors[0][1]
    assert Delegate.objects.filter(name="Minister").exists(), "the others are written"


def test_a_delegation_is_within_another_or_has_others_within_it(place):
    applied(place)
    head = "country,delegation,name\n"
    done = applied(place, f"{head}Ghana,Nigeria,Ada\nNigeria,Union of Mayors,Bola\nUnion of Mayors,Ilorin,Chidi\n")
    assert [line for line, _words in done.errors] == [2, 4]
    assert "has delegations within it" in done.errors[0][1] and "within Nigeria itself" in done.errors[1][1]
    assert of("Union of Mayors").within == of("Nigeria") and of("Nigeria").within is None


HEADS = {
    "en": "National delegation;City;Full name;Job title;E-mail",
    "es": "País;Ciudad;Nombre completo;Cargo;Correo electrónico",
    "ca": "País;Ciutat;Nom complet;Càrrec;Correu electrònic",
    "fr": "Pays;Ville;Nom et prénom;Fonction;Courriel",
    "pt": "País;Cidade;Nome completo;Função;Correio eletrônico",
    "de": "LAND;Stadt;Teilnehmer;Funktion;E-Mail-Adresse",
    "zh": "国家;城市;姓名;职务;邮箱",
    "ar": "الدولة;المدينة;الاسم;الوظيفة;البريد الإلكتروني",
}
WAYS = [
    (language, way)
    for language in HEADS
    for way in ("utf-8", "utf-16", "cp1252", "gb18030", "xlsx")
    if (language in ("zh", "ar") and way != "cp1252" and (language, way) != ("ar", "gb18030")) or way != "gb18030"
]
WAYS = [pair for pair in WAYS if pair != ("zh", "cp1252") and pair != ("ar", "cp1252")]


@pytest.mark.parametrize(("language", "way"), WAYS)
def test_headings_of_each_language_and_what_spreadsheets_write(place, language, way):
    row = ["España", "Málaga", "Íñigo", "Alcalde", "inigo@example.org"]
    if way == "gb18030":
        row[:3] = ["中国", "上海市", "李明"]
    if way == "xlsx":
        book, out = openpyxl.Workbook(), io.BytesIO()
        for cells in (HEADS[language].split(";"), row):
            book.active.append(cells)
        book.save(out)
        raw = out.getvalue()
    else:
        raw = f"{HEADS[language]}\r\n{';'.join(row)}\r\n".encode(way)
    done = applied(place, raw)
    assert not done.errors and of(row[1]).within.organisation.name == row[0]
    person = of(row[1]).delegates.get()
    assert (person.office, person.email) == ("Alcalde", "inigo@example.org")


def test_no_heading_means_two_fields():
    from collaboration.columns import OWN
    from registration.imports.mapping import words

    every = [word for listed in OWN.values() for word in words(listed)]
    assert len(every) == len(set(every)), sorted(word for word in every if every.count(word) > 1)


def test_a_table_of_nobody_is_refused(place):
    with pytest.raises(Refused):
        taken(place, "name;function\nAda;Mayor\n")
    with pytest.raises(Refused):
        taken(place, b"PK\x03\x04 no workbook", "table.xlsx")


def test_who_is_forgotten_is_in_no_table_that_waits(place):
    person = place["all"]["attendee"]
    taken(place, f"{HEAD}Nigeria,Ibadan,Ada,,,{person.email.upper()},,\n")
    assert person.email and DelegationTable.objects.exists()
    privacy.forget(place["all"]["mayor"])
    assert DelegationTable.objects.exists()
    privacy.forget(person)
    assert not DelegationTable.objects.exists()
