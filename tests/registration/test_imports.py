"""The import of registrations: reading, mapping, trying, applying; the same file again changes nothing."""

import io
import json
import tracemalloc
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import AuditEntry, Participant, Registration
from people.refusal import Refused
from registration import clock, registrations
from registration.imports import mapping, reading, run
from registration.imports.reading import PRETIX
from registration.models import Import, Piece, Portion
from sessions.models import Edition
from tests import world

SHOP = "Order code;Attendee e-mail;Attendee name;Company;Product\n"


@pytest.fixture
def edition(db):
    return Edition.objects.get(pk=world.build()["edition"])


@pytest.fixture
def other_edition(edition):
    return Edition.objects.get(pk=world.build()["edition"])


@pytest.fixture
def organiser(edition):
    return Participant.objects.get(name="Organiser")


def imported(edition, by, data, *, apply=True, columns=None, passes=None):
    """A whole import; the Import as it ended."""
    found = run.begin(edition, "people.csv", by)
    run.add_piece(found, 0, data.encode() if isinstance(data, str) else data)
    run.read_file(found, 1)
    found.refresh_from_db()
    run.choose(found, columns or found.columns, passes or {}, {})
    run.choose(found, found.columns, dict.fromkeys(found.to_ask, "on_site"), {})  # what nobody has said anything about
    while found.running:
        found = run.step(found, by)
    if apply:
        run.start_applying(found, by)
        while found.running:
            found = run.step(found, by)
    return found


def read(data):
    """The table in some bytes, with all its rows."""
    table = reading.read(io.BytesIO(data))
    table.rows = list(table.rows)
    return table


def test_a_file_is_imported_and_again_changes_nothing(edition, organiser):
    data = SHOP + 'A1;Ada@Example.org;Ada;"City; Hall";Online\nA2;bo@example.org;Bo;;Press pass\n'
    assert imported(edition, organiser, data).counts == {"new": 2}
    ada = Participant.objects.get(email="ada@example.org")
    assert (ada.name, ada.organisation, ada.has_usable_password()) == ("Ada", "City; Hall", False)
    held = dict(Registration.objects.filter(ticket__in=["A1", "A2"]).values_list("ticket", "pass_type"))
    assert held == {"A1": "online", "A2": "press"}
    assert imported(edition, organiser, data).counts == {"unchanged": 2}
    assert AuditEntry.objects.filter(action="registrations.import").count() == 2
    assert not Piece.objects.exists() and not Portion.objects.exists()


def test_trying_writes_nothing(edition, organiser):
    people = Participant.objects.count()
    found = imported(edition, organiser, SHOP + "A1;ada@example.org;Ada;;Online\n", apply=False)
    assert found.counts == {"new": 1} and found.state == "tried"
    assert Participant.objects.count() == people and not Registration.objects.filter(ticket="A1").exists()


def test_changes_are_followed(edition, organiser):
    imported(edition, organiser, SHOP + "A1;ada@example.org;Ada;;Online\nA2;bo@example.org;Bo;;Press\n")
    signed_in = Participant.objects.get(email="bo@example.org")
    signed_in.last_login = signed_in.joined_at
    signed_in.save()
    again = SHOP + "A1;eva@example.org;Eva;;Speaker\nA2;bo@example.org;Robert;;Press\n"
    assert imported(edition, organiser, again).counts == {"changed": 1, "unchanged": 1}
    moved = Registration.objects.get(ticket="A1")
    assert (moved.participant.email, moved.pass_type) == ("eva@example.org", "speaker")
    assert Participant.objects.get(email="bo@example.org").name == "Bo"  # whoever has signed in names themself


def test_only_what_is_new_in_a_file_overrules_the_desk(edition, organiser):
    rows = SHOP + "A1;ada@example.org;Ada;;Online\nA2;bo@example.org;Bo;;Press\n"
    imported(edition, organiser, rows)
    ada, bo = (Registration.objects.get(ticket=ticket) for ticket in ("A1", "A2"))
    registrations.cancel(ada, organiser)
    registrations.change(bo, "speaker", "", organiser)
    assert imported(edition, organiser, rows).counts == {"unchanged": 2}
    ada.refresh_from_db()
    bo.refresh_from_db()
    assert ada.cancelled_at and bo.pass_type == "speaker"
    assert imported(edition, organiser, rows.replace("Online", "Jury")).counts == {"changed": 1, "unchanged": 1}
    ada.refresh_from_db()
    assert ada.pass_type == "jury" and not ada.cancelled_at


def test_people_of_another_edition_keep_their_names(edition, organiser, other_edition):
    imported(other_edition, organiser, SHOP + "B1;ada@example.org;Ada;;Online\n")
    operator = Participant.objects.create_superuser("root@example.org", name="Root")
    rows = SHOP + "A1;ada@example.org;Mallory;Evil;Online\nA2;root@example.org;Mallory;;Press\n"
    rows += "A3;new@example.org;New;;Online\n"
    assert imported(edition, organiser, rows).counts == {"new": 3}
    assert Participant.objects.get(email="ada@example.org").name == "Ada"
    operator.refresh_from_db()
    assert operator.name == "Root"
    assert imported(edition, organiser, rows.replace("New", "Newer")).counts == {"unchanged": 2, "changed": 1}
    assert Participant.objects.get(email="new@example.org").name == "Newer"


def test_errors_have_their_lines(edition, organiser):
    rows = 'A1;ada@example.org;"Ada\nLovelace";;x\nA2;nonsense;B;;x\n\n;c@example.org;C;;x\nA1;d@example.org;D;;x\n'
    found = imported(edition, organiser, SHOP + rows)
    assert [line for line, _told in found.errors] == [4, 6, 7] and found.counts == {"new": 1, "errors": 3}
    assert Participant.objects.get(email="ada@example.org").name == "Ada Lovelace"


@pytest.mark.parametrize(
    ("status", "stays", "cancelled"),
    [("p", True, False), ("c", True, True), ("n", False, None), ("e", False, None)],
)
def test_pretix_orders(edition, organiser, status, stays, cancelled):
    position = {"positionid": 1, "item": 7, "attendee_name": "Ada", "attendee_email": None, "secret": "S3cr3t"}
    order = {"code": "XK7", "status": status, "user": "ada@example.org", "positions": [position]}
    event = {"items": [{"id": 7, "name": {"en": "Press", "de": "Presse"}}], "orders": [order]}
    found = imported(edition, organiser, json.dumps({"event": event}))
    registration = Registration.objects.filter(ticket="XK7-1").first()
    assert (registration is not None) == stays and "S3cr3t" not in str(found.errors)
    if registration:
        assert (registration.cancelled_at is not None) == cancelled and registration.pass_type == "press"


def test_the_organiser_corrects_columns_and_passes(edition, organiser):
    data = "x,y,z\nada@example.org,A1,VIP\n"
    with pytest.raises(Refused, match="Ticket reference"):
        imported(edition, organiser, data)
    imported(edition, organiser, data, columns={"email": 0, "ticket": 1, "pass": 2})
    assert Registration.objects.get(ticket="A1").pass_type == "on_site"


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0\0", b"{", b"[]", b'{"event": 1}', b'{"event": {"orders": [1]}}', b"[" * 100_000, b"a,b\n"],
)
def test_hostile_files_are_told(edition, organiser, data):
    with pytest.raises(Refused):
        imported(edition, organiser, data)


def test_too_many_columns_and_huge_cells():
    with pytest.raises(Refused, match="columns"):
        read(b"a,b\n" + b"x," * 10_000)
    with pytest.raises(Refused, match="columns"):
        read(b"a,b\n" + b"," * 10_000)
    with pytest.raises(Refused, match="Line 2"):
        read(b"a,b\n" + b"x" * 1_000_000)


@pytest.mark.parametrize("data", [b"," * 10_000_000, b'a,b\n"' + b'\n","' * 2_000_000], ids=["commas", "lines"])
def test_a_bomb_is_refused_before_it_fills_the_memory(data):
    tracemalloc.start()
    with pytest.raises(Refused, match="too long"):
        read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 7 * len(data)  # as text and as a file of text, 4 bytes for a character in places


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILLED", 4)
    assert len(read(b"a,b\nx,\nx,\nx,\nx,\n").rows) == 4
    with pytest.raises(Refused, match="more than 4 cells"):
        read(b"a,b\nx,y\nx,y\nx,\n")


@given(st.binary(max_size=400))
def test_reading_never_breaks(data):
    try:
        table = read(data)
    except Refused:
        return
    assert all(line > 1 or table.header == PRETIX for line, _cells in table.rows)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_each_column_is_guessed_once(header):
    found = mapping.guess(header)
    assert len(set(found.values())) == len(found) and set(found) <= set(mapping.FIELDS)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Order code", "E-mail", "Name"], {"ticket": 0, "email": 1, "name": 2}),
        (["Referencia", "Correo electrónico", "Nombre", "País"], {"ticket": 0, "name": 2}),
        (["Ticketnummer", "E-Mail-Adresse", "Firma", "Stadt"], {"ticket": 0, "email": 1, "organisation": 2, "city": 3}),
    ],
)
def test_headers_of_several_languages(header, found):
    assert found.items() <= mapping.guess(header).items()


def test_what_is_done_is_not_begun_again(edition, organiser):
    found = imported(edition, organiser, SHOP + "A1;a@example.org;A;;x\n", apply=False)
    stale = Import.objects.get(pk=found.pk)
    run.start_applying(found, organiser)
    run.step(found, organiser)
    with pytest.raises(Refused):
        run.start_applying(stale, organiser)
    assert AuditEntry.objects.filter(action="registrations.start").count() == 1
    assert Import.objects.get().state == "done"


def numbered(*columns):
    """Rows of a file, given by its columns."""
    return list(enumerate(([*cells] for cells in zip(*columns, strict=True)), 2))


KINDS, CODES = ["Online", "On site", "Online", "VIP", "VIP"], ["K1", "K2", "K3", "K4", "K5"]
SAME, PLACES = ["K1", "K1", "K1", "K2", "K2"], ["1", "2", "3", "1", "2"]


@pytest.mark.parametrize(
    ("header", "columns", "found"),
    [
        (["Ticket", "Order"], [KINDS, CODES], {"ticket": 1, "pass": 0}),
        (["Entrada", "Referencia"], [KINDS, CODES], {"ticket": 1, "pass": 0}),
        (["Ticket"], [KINDS], {"pass": 0}),
        (["Ticket", "Product"], [KINDS, KINDS], {"pass": 1}),
        (["Ticket"], [CODES], {"ticket": 0}),
        (["Ticket", "Position ID"], [SAME, PLACES], {"ticket": 0, "position": 1}),
        (["Ticket", "Ticket type"], [CODES, KINDS], {"ticket": 0, "pass": 1}),
        (["Order code", "Ticket"], [SAME, CODES], {"ticket": 1}),
        (["Order code"], [SAME], {"ticket": 0}),  # repeated, and still no kind of ticket: trying tells
    ],
)
def test_a_column_of_kinds_is_not_the_ticket_reference(header, columns, found):
    assert mapping.guess(header, numbered(*columns)) == found


def test_a_file_with_kinds_of_tickets_is_imported_whole(edition, organiser):
    rows = "".join(f"{kind};{code};{code}@example.org\n" for kind, code in zip(KINDS, CODES, strict=True))
    found = imported(edition, organiser, "Ticket;Order;E-mail\n" + rows)
    assert (found.counts, found.errors) == ({"new": 5}, [])
    held = dict(Registration.objects.filter(ticket__in=CODES).values_list("ticket", "pass_type"))
    assert held == {"K1": "online", "K2": "on_site", "K3": "online", "K4": "on_site", "K5": "on_site"}


def test_a_line_is_named_once_where_it_is_left_out(edition, organiser):
    rows = "A1;a@example.org;A;;x\nA2;b@example.org;B;;x\nA1;c@example.org;C;;x\n"
    found = imported(edition, organiser, SHOP + rows)
    assert found.errors == [[4, "It has the same ticket reference as line 2: it is left out."]]


def test_without_a_reference_the_page_asks_for_one(edition, organiser):
    found = run.begin(edition, "x", organiser)
    run.add_piece(found, 0, b"Ticket,E-mail\nVIP,a@example.org\nVIP,b@example.org\n")
    run.read_file(found, 1)
    client = Client()
    client.force_login(organiser)
    page = client.get(reverse("registration:import", args=[edition.slug, found.pk])).text
    assert "different in each row" in page and '<select name="column-ticket" required>' in page
    assert '<option value="0" selected>Ticket</option>' in page.partition('name="column-pass"')[2]


def test_a_second_import_waits(edition, organiser):
    first = imported(edition, organiser, SHOP + "A1;a@example.org;A;;x\n", apply=False)
    second = imported(edition, organiser, SHOP + "A2;b@example.org;B;;x\n", apply=False)
    run.start_applying(first, organiser)
    with pytest.raises(Refused, match="under way"):
        run.start_applying(second, organiser)


def actions(organiser):
    entries = AuditEntry.objects.filter(action__startswith="registrations.").order_by("pk")
    return [(one.action.partition(".")[2], one.by_id == organiser.pk, one.details.get("new")) for one in entries]


def half(edition, organiser):
    """An import of two portions of which one has been applied."""
    rows = "".join(f"A{number};a{number}@example.org;A;;x\n" for number in range(run.PORTION + 1))
    found = imported(edition, organiser, SHOP + rows, apply=False)
    run.start_applying(found, organiser)
    return run.step(found, organiser)


def test_an_import_that_is_abandoned_half_way_is_on_record(edition, organiser):
    found, client = half(edition, organiser), Client()
    client.force_login(organiser)
    client.post(reverse("registration:import_abandon", args=[edition.slug, found.pk]))
    assert Registration.objects.filter(participant__name="A").count() == run.PORTION
    assert actions(organiser) == [("start", True, None), ("abandon", True, run.PORTION)]
    assert not Import.objects.exists()


def test_what_nobody_finishes_goes_after_a_day(edition, organiser):
    tried = imported(edition, organiser, SHOP + "A1;a@example.org;A;;x\n", apply=False)
    applying = half(edition, organiser)
    clock._next = 0
    clock.tick()
    assert Import.objects.count() == 2
    Import.objects.update(moved_at=timezone.now() - timedelta(hours=25))
    clock.tick()
    assert Import.objects.count() == 2  # once an hour
    clock._next = 0
    clock.tick()
    assert not Import.objects.filter(pk__in=[tried.pk, applying.pk]).exists() and not Portion.objects.exists()
    assert actions(organiser)[-1] == ("abandon", False, run.PORTION)


def test_nothing_of_people_stays_in_what_is_finished(edition, organiser):
    data = "A0;zero@example.org;Zoe;;Canary\nA1;ada@example.org;Ada;;Canary\nA2;canary at home;Bo;;x\n"
    found = imported(edition, organiser, data, columns={"ticket": 0, "email": 1, "name": 2, "pass": 4})
    found.refresh_from_db()
    assert found.state == "done" and found.errors[0][0] == 3
    kept = str([found.header, found.errors, found.passes, found.repeated]).lower()
    assert not any(word in kept for word in ("canary", "zoe", "example.org"))


def test_a_column_that_is_no_number_is_left_out(edition, organiser):
    found = run.begin(edition, "x", organiser)
    run.add_piece(found, 0, b"ticket,email\nA1,a@example.org\n")
    run.read_file(found, 1)
    client = Client()
    client.force_login(organiser)
    sent = {"column-ticket": "0000" + "9" * 5000, "column-email": "1"}
    answer = client.post(reverse("registration:import", args=[edition.slug, found.pk]), sent)
    assert answer.status_code == 409 and "Ticket reference" in answer.text


def test_a_step_is_taken_once(edition, organiser):
    rows = "".join(f"A{number};a{number}@example.org;A;;x\n" for number in range(1200))
    found = imported(edition, organiser, SHOP + rows, apply=False)
    assert found.counts == {"new": 1200} and found.portions.count() == 3
    run.start_applying(found, organiser)
    for _ in range(8):  # more than there are: a double tap
        found = run.step(found, organiser)
    assert found.state == "done" and Registration.objects.filter(participant__name="A").count() == 1200


PRETIX_CSV = '"Order code","Position ID","Status","Email","Product","Attendee name","Attendee email","Company"\n'


def test_pretix_positions_as_csv_are_tickets_of_their_own(edition, organiser):
    rows = (
        '"XK7","1","Paid","buyer@example.org","Press","Ada","ada@example.org","City"\n'
        '"XK7","2","Paid","buyer@example.org","Online","Bo","bo@example.org",""\n'
        '"XK7","3","Paid","buyer@example.org","Online","Cy","",""\n'
    )
    found = imported(edition, organiser, PRETIX_CSV + rows)
    assert (found.counts, found.errors) == ({"new": 3}, [])
    held = Registration.objects.filter(ticket__startswith="XK7-").order_by("ticket")
    assert [(one.ticket, one.participant.email, one.participant.name) for one in held] == [
        ("XK7-1", "ada@example.org", "Ada"),
        ("XK7-2", "bo@example.org", "Bo"),
        ("XK7-3", "buyer@example.org", "Cy"),
    ]
    assert imported(edition, organiser, PRETIX_CSV + rows).counts == {"unchanged": 3}
    position = {"positionid": 2, "item": 7, "attendee_name": "Bo", "attendee_email": "bo@example.org"}
    order = {"code": "XK7", "status": "p", "positions": [position]}
    event = {"items": [{"id": 7, "name": "Online"}], "orders": [order]}
    assert imported(edition, organiser, json.dumps({"event": event})).counts == {"unchanged": 1}  # the same ticket


def test_the_same_position_twice_is_told(edition, organiser):
    row = '"XK7","1","Paid","b@example.org","Press","Ada","ada@example.org",""\n'
    assert imported(edition, organiser, PRETIX_CSV + row * 2).counts == {"new": 1, "errors": 1}


def test_imported_names_can_be_read(edition, organiser):
    rows = "A1;a@example.org;\u202eA\u200bda;C\u200bity;x\nA2;b@example.org;\u200b\u2800;;x\n"
    imported(edition, organiser, SHOP + rows)
    found = Participant.objects.filter(email__in=["a@example.org", "b@example.org"]).order_by("email")
    assert [(one.name, one.organisation) for one in found] == [("Ada", "City"), ("b", "")]
