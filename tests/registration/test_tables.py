"""Registration tables as shops write them: whoever holds no ticket gets none, and nothing unknown is taken as valid."""

import json

import pytest
from django.core.cache import cache

from people.models import Participant, Registration
from registration.imports import mapping, meaning
from sessions.models import Edition
from tests.registration.wizard import Wizard

HEADER = "Order code;E-mail;Name;Product;Status\n"


@pytest.fixture
def edition(place):
    return Edition.objects.get(pk=place["edition"])


@pytest.fixture
def wizard(browser, edition):
    cache.clear()
    client = browser("organiser")
    return lambda data: Wizard(client, edition, data)


def held(edition):
    """Ticket -> whether it holds, of the edition's imported registrations."""
    found = Registration.objects.filter(scope=edition.room_key).exclude(imported="")
    return {one.ticket: one.cancelled_at is None for one in found}


def row(number, status="paid", product="Online", name="Ada", email=""):
    return f"A{number};{email or f'a{number}@example.org'};{name};{product};{status}\n"


# --- statuses ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "status",
    ["storniert", "canceled", "Cancelled", "Canceled (paid fee)", "Storniert (bezahlte Gebühr)", "annulé", "ANNULÉE",
     "annule\u0301", "cancelado", "anulada", "anullat", "cancel·lat", "已取消", "已取消（已付手续费）", "取消",
     "キャンセル", "취소", "отменён", "geannuleerd", "annullato", "refunded", "reembolsado", "rückerstattet", " c ",
     "ＣＡＮＣＥＬＥＤ"],
)  # fmt: skip
def test_a_cancelled_order_opens_nothing(wizard, edition, status):
    found = wizard(HEADER + row(1, status) + row(2)).done()
    assert held(edition) == {"A1": False, "A2": True} and found.state == "done"


@pytest.mark.parametrize("status", ["pending", "Pending (overdue)", "ausstehend", "abgelaufen", "en attente", "no pagado",
                                    "未付款", "expired", "Approval pending", "test", "waiting list"])  # fmt: skip
def test_an_order_that_is_not_paid_makes_no_registration(wizard, edition, status):
    found = wizard(HEADER + row(1, status) + row(2)).done()
    assert held(edition) == {"A2": True} and found.counts == {"new": 1, "errors": 1}


@pytest.mark.parametrize(
    "status",
    ["in review", "Paid (canceled)", "Canceled (paid)", "not cancelled", "nicht storniert", "partially refunded", "",
     "paid?", "uncancelled", "unvalidated", "inactive", "已付款（已取消）", "<script>", "0"],
)  # fmt: skip
def test_a_status_that_nobody_knows_is_asked_about(wizard, edition, status):
    first = wizard(HEADER + row(1, status) + row(2))
    assert first.asks() == [status if status else ""]
    first.done()
    assert held(edition) == {} and first.found.state == "mapping", "nothing before somebody has said what it means"
    first.done({status: "cancelled"})
    assert held(edition) == {"A1": False, "A2": True}


def test_answers_stay_when_another_column_is_chosen(wizard, edition):
    first = wizard("Order code;E-mail;State;Status\nA1;a@example.org;on ice;dubious\nA2;b@example.org;paid;paid\n")
    first.sent({"": "online"}, status=2)
    assert first.asks() == ["on ice"]
    first.done({"on ice": "not_held"})
    assert held(edition) == {"A2": True}


def test_a_word_of_an_old_page_answers_for_no_other_word(wizard, edition):
    first = wizard(HEADER + row(1, "dubious") + row(2, "odd"))
    first.client.post(first.address, {
        "column-ticket": "0", "column-email": "1", "column-pass": "3", "column-status": "4",
        "status-0-word": "strange", "status-0": "valid", "status-1-word": "odd", "status-1": "valid",
        "status-2-word": "dubious", "status-2": "whatever",
    })  # fmt: skip
    assert first.asks() == ["dubious"]


def test_more_words_than_can_be_asked_about_are_left_out(wizard, edition):
    rows = "".join(row(number, f"status {number}") for number in range(meaning.MOST + 5))
    first = wizard(HEADER + rows)
    answers = {f"status {number}": "valid" for number in range(meaning.MOST + 5)}
    assert first.done(answers).counts == {"new": meaning.MOST, "errors": 5}


# --- what is no ticket -------------------------------------------------------------------------------------------------
def pretix(*orders, items=()):
    return json.dumps({"event": {"items": list(items), "orders": list(orders), "quotas": [1]}})


ITEMS = [
    {"id": 1, "name": {"en": "Online"}, "admission": True},
    {"id": 2, "name": {"en": "Conference T-Shirt"}, "admission": False},
    {"id": 3, "name": "Parking", "admission": True},
    {"id": 4, "name": "Gala dinner", "admission": False},
]


def order(code, *positions, **fields):
    fields = {"status": "p", "email": "buyer@example.org", "testmode": False} | fields
    return {"code": code, "positions": [{"positionid": n} | one for n, one in enumerate(positions, 1)]} | fields


ADA = {"item": 1, "attendee_name": "Ada", "attendee_email": "ada@example.org", "addon_to": None}


def test_add_ons_and_what_lets_nobody_in_make_no_registration_and_rename_nobody(wizard, edition):
    data = pretix(
        order("P1", ADA, ADA | {"item": 3, "attendee_name": "Car park", "addon_to": 17}),
        order("P2", ADA | {"item": 2, "attendee_name": "Shirt L"}, ADA | {"item": 4, "attendee_name": "Diner"}),
        order("P3", ADA | {"item": 3, "attendee_name": "Mallory", "attendee_email": "m@example.org"}),
        items=ITEMS,
    )
    first = wizard(data)
    assert first.asks() == []
    found = first.done()
    assert held(edition) == {"P1-1": True}
    assert Participant.objects.get(email="ada@example.org").name == "Ada"
    assert not Participant.objects.filter(email="m@example.org").exists()
    assert found.counts == {"new": 1, "addon": 1, "admission": 3}
    assert wizard(data).done().counts == {"unchanged": 1, "addon": 1, "admission": 3}


def test_test_orders_make_no_registration_and_rename_nobody(wizard, edition):
    test = order("P2", ADA | {"attendee_name": "Testy McTest"}, testmode=True)
    found = wizard(pretix(order("P1", ADA), test, items=ITEMS)).done()
    assert held(edition) == {"P1-1": True} and found.counts == {"new": 1, "test": 1}
    assert Participant.objects.get(email="ada@example.org").name == "Ada"


def test_items_may_stand_after_the_orders(wizard, edition):
    data = {"event": {"orders": [order("P1", ADA, ADA | {"item": 2})], "items": ITEMS}, "version": [1]}
    assert wizard(json.dumps(data)).done().counts == {"new": 1, "admission": 1}


def test_add_ons_of_a_csv(wizard, edition):
    data = (
        "Order code,Position ID,Email,Attendee name,Product,Add-on to position ID,Test order,Admission\n"
        "X1,1,a@example.org,Ada,Online,,no,yes\n"
        "X1,2,a@example.org,Parka,Parking,1,no,yes\n"
        "X2,1,b@example.org,Bo,Online,-,,\n"
        "X3,1,c@example.org,Cy,Online,,Yes,yes\n"
        "X4,1,d@example.org,Di,Online,,,Nein\n"
        "X5,1,a@example.org,Gift,T-shirt (XL),,,\n"
    )
    found = wizard(data).done()
    assert held(edition) == {"X1-1": True, "X2-1": True}
    assert found.counts == {"new": 2, "addon": 1, "test": 1, "admission": 2} and not found.errors


def test_an_add_on_does_not_take_the_reference_of_its_ticket(wizard, edition):
    data = "Order code,Email,Product\nX1,a@example.org,T-shirt\nX1,a@example.org,Online\nX1,a@example.org,Online\n"
    found = wizard(data).done()
    assert held(edition) == {"X1": True} and found.counts == {"new": 1, "admission": 1, "errors": 1}


# --- passes ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Online", "online"), ("Virtual pass", "online"), ("Entrada presencial", "on_site"), ("Vor Ort", "on_site"),
        ("In person", "on_site"), ("Press", "press"), ("Presseticket", "press"), ("Ponentes", "speaker"),
        ("Speaker (online)", "speaker"), ("Expositores", "exhibitor"), ("Jury", "jury"), ("Organizador/a", "organiser"),
        ("线上门票", "online"), ("现场票", "on_site"), ("オンライン参加", "online"), ("Billet en présentiel", "on_site"),
        ("T-Shirt L", "none"), ("Aparcamiento", "none"), ("停车券", "none"),
        ("VIP", ""), ("Standard", ""), ("", ""), ("Express entry", ""), ("Personal ticket", ""), ("Injury cover", ""),
        ("Not online", ""), ("Sin prensa", ""), ("Online + on site", ""), ("Speaker or press", ""),
        ("Ticket incl. T-shirt", ""), ("VIP + parking", ""), ("Congress with parking", ""), ("Organic lunch", ""),
    ],
)  # fmt: skip
def test_what_a_pass_means(word, found):
    assert meaning.guess_pass(word) == found


def test_a_pass_that_nobody_knows_is_asked_about(wizard, edition):
    first = wizard(HEADER + row(1, product="VIP") + row(2, product="Gala") + row(3, product="Gala"))
    assert first.asks() == ["Gala", "VIP"]
    first.done()
    assert held(edition) == {}
    first.done({"VIP": "press", "Gala": "none"})
    assert dict(Registration.objects.filter(ticket="A1").values_list("ticket", "pass_type")) == {"A1": "press"}
    assert held(edition) == {"A1": True} and first.found.counts == {"new": 1, "admission": 2}


def test_without_a_column_of_passes_the_pass_of_all_is_asked_for(wizard, edition):
    first = wizard("ticket,email\nA1,a@example.org\n")
    assert first.asks() == [""] and "Pass of all tickets" in first.page()
    first.done({"": "jury"})
    assert Registration.objects.get(ticket="A1").pass_type == "jury"


# --- columns -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "heading",
    ["Correo electrónico", "CORREO ELECTRO\u0301NICO", "Courriel", "Adresse e-mail", "E-Mail-Adresse",
     "Adreça electrònica", "电子邮件", "电子邮箱", "電子郵件", "メールアドレス", "Ｅ－ｍａｉｌ", "E‑Mail", "Indirizzo e-mail",
     "Endereço de e-mail", "Электронная почта", "Dirección de correo electrónico", "e_mail", "\u200bEmail "],
)  # fmt: skip
def test_the_column_of_addresses_in_many_languages(heading):
    assert mapping.guess(["Ticket ID", heading, "Name"])["email"] == 1


def test_whatever_it_is_called_the_column_with_addresses_is_the_address():
    rows = [(2, ["A1", "x", "a@example.org"]), (3, ["A2", "y@z", "b@example.org"]), (4, ["A3", "", "c@example.org"])]
    assert mapping.guess(["Code", "Rúbrica", "Sähköposti"], rows)["email"] == 2
    assert "email" not in mapping.guess(["Code", "Rúbrica", "Notes"], [(2, ["A1", "", ""])])


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        (["First name", "Last name"], ["Ada", "Lovelace"], "Ada Lovelace"),
        (["Apellidos", "Nombre"], ["García López", "Núria"], "Núria García López"),
        (["Nom", "Cognoms"], ["Núria", "Puig i Serra"], "Núria Puig i Serra"),
        (["Nom", "Prénom"], ["Curie", "Marie"], "Marie Curie"),
        (["Name", "Vorname"], ["Žižka", "Jan"], "Jan Žižka"),
        (["Nachname", "Vorname"], ["Žižka", "Jan"], "Jan Žižka"),
        (["姓", "名"], ["王", "小明"], "王小明"),
        (["姓", "名"], ["Wang", "Xiaoming"], "Xiaoming Wang"),
        (["Full name", "First name", "Last name"], ["Ada L.", "Ada", "Lovelace"], "Ada L."),
        (["Full name", "First name", "Last name"], ["", "Ada", "Lovelace"], "Ada Lovelace"),
        (["First name", "Last name"], ["", "Lovelace"], "Lovelace"),
        (["First name"], ["Ada"], "Ada"),
        (["Name"], ["Ada Lovelace"], "Ada Lovelace"),
        (["Attendee name", "Attendee name: Given name", "Attendee name: Family name"], ["Ada L", "Ada", "L"], "Ada L"),
    ],
)
def test_first_and_last_names_are_joined(wizard, header, cells, name):
    wizard(f"Ticket ID;E-mail;Product;{';'.join(header)}\nA1;a@example.org;Online;{';'.join(cells)}\n").done()
    assert Participant.objects.get(email="a@example.org").name == name


# --- encodings ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_names_are_read_right(wizard, encoding):
    data = "Order code;E-mail;Name;Company;Product\nA1;a@example.org;Škoda Žižka;O’Neil — Œuvre €;Online\n"
    wizard(data.encode(encoding)).done()
    found = Participant.objects.get(email="a@example.org")
    assert (found.name, found.organisation) == ("Škoda Žižka", "O’Neil — Œuvre €")


def test_chinese_spreadsheets_are_read_right(wizard):
    data = "订单号,电子邮件,姓名,票种\nA1,a@example.org,王小明,线上\nA2,b@example.org,李雷,现场\n"
    wizard(data.encode("gb18030")).done()
    assert Participant.objects.get(email="a@example.org").name == "王小明"


@pytest.mark.parametrize("said", ["sep=;\n", "SEP=;\r\n", "\ufeffsep=;\n", '"sep=;"\n', "sep=;;;;\n"])
def test_excel_says_its_separator(wizard, edition, said):
    found = wizard(
        said + HEADER + 'A1;a@example.org;"Ada, Bo, Cy, Di, Ed, Flo";Online;paid\nA2;nonsense;B;Online;paid\n'
    )
    assert found.found.header == HEADER.strip().split(";")
    assert [line for line, _told in found.done().errors] == [4] and held(edition) == {"A1": True}


# --- one address, several names ----------------------------------------------------------------------------------------
THREE = HEADER + row(1, email="f@example.org", name="Fay") + row(2, email="F@example.org", name="Gus")
THREE += row(3, email="f@example.org", name="Hal") + row(4, name="Ida") + row(5, email="a4@example.org", name="Ida")


def test_several_names_at_one_address_are_told(wizard, edition):
    first = wizard(THREE)
    first.sent({}).run()
    page = " ".join(first.page().split())
    assert "2 tickets have the address of another one and a different name" in page
    assert all(word in page for word in ("f@example.org", "Fay", "Gus", "Hal", "Fill in each person’s own address"))
    assert "a4@example.org: " not in page, "one person with two tickets is nothing to tell"
    assert first.done().counts == {"new": 5}
    assert Participant.objects.get(email="f@example.org").name == "Fay"
    told = first.client.get(f"{first.address}errors.csv").text
    assert told.count("Its address is that of line 2") == 2 and "example.org" not in told and "Gus" not in told


def test_a_second_import_changes_nothing(wizard, edition):
    wizard(THREE).done()
    assert wizard(THREE).done().counts == {"unchanged": 5}
    assert Participant.objects.get(email="f@example.org").name == "Fay"
    assert wizard(THREE.replace("Fay", "Faye")).done().counts == {"unchanged": 4, "changed": 1}


def test_who_names_an_address_is_whoever_holds_a_ticket_of_their_own(wizard, edition):
    data = "Order code;Attendee e-mail;Buyer e-mail;Name;Product;Status\n"
    data += "A1;;boss@example.org;Intern;Online;paid\n" + "".join(
        f"B{n};b{n}@example.org;;B;Online;paid\n" for n in range(600)
    )
    data += "A2;boss@example.org;;Former;Online;canceled\nA3;boss@example.org;;Boss;Online;paid\n"
    wizard(data).done()
    assert Participant.objects.get(email="boss@example.org").name == "Boss"
    assert wizard(data).done().counts == {"unchanged": 603}


def test_what_names_an_address_is_forgotten_with_its_import(wizard, edition):
    first = wizard(HEADER + row(1, "Ada at home") + row(2))
    assert first.done({"Ada at home": "valid"}).statuses == {}
