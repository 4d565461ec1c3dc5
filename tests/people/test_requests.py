"""For every address: HEAD is answered as GET is, and no NUL of a query, form or cookie gets to the database."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from common.registry import registry
from tests import world
from tests.people.matrix import ROWS, asked, fill, signed_in

pytestmark = pytest.mark.usefixtures("db")
ROLES = ["organiser", "anonymous"]  # who gets the page, and who is refused or sent away
PAGES = [name for name, method in ROWS if method == "get"]
OPEN = sorted({name for feature in registry.features.values() for name in feature.matrix.open_views})


@pytest.fixture(scope="module")
def place(kept):
    cache.clear()
    return fill(world.build())


@pytest.mark.parametrize("name", PAGES)
def test_head_is_answered_as_get_is(place, name):
    ask = ROWS[name, "get"]
    for role in ROLES:
        arguments, data = asked(place, ask, role)
        address, client = reverse(name, args=arguments), signed_in(place, role)
        with transaction.atomic():
            got, head = client.get(address, data), client.head(address, data)
            transaction.set_rollback(True)
        assert head.status_code == got.status_code, role
        assert b"".join(head) == b""
    assert got.status_code != 405


@pytest.mark.parametrize("address", ["/", "/people/enter/", "/people/code/", "/admin/login/", "/nothing/"])
def test_head_of_open_pages(place, address):
    client = Client()
    assert client.head(address).status_code == client.get(address).status_code
    assert client.head("/people/leave/").status_code == 405


def as_postgresql_does(execute, sql, params, many, context):
    """Refuses NUL in a parameter, which SQLite keeps."""
    rows = params if many else [params]
    if any(isinstance(value, str) and "\0" in value for row in rows for value in row or ()):
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    return execute(sql, params, many, context)


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_no_nul_gets_to_the_database(place, name, method):
    for role in ("organiser", "attendee"):
        arguments, data = asked(place, ROWS[name, method], role)
        data = {key: f"{value}\0" if isinstance(value, str) else value for key, value in data.items()}
        data |= {key: "\0x" for key in ("q", "name", "who", "day", "text", "option", "option-0") if key not in data}
        address, client = reverse(name, args=arguments), signed_in(place, role)
        with transaction.atomic(), connection.execute_wrapper(as_postgresql_does):
            assert getattr(client, method)(f"{address}?q=%00&page=%00&who=a%00&next=/%00", data).status_code < 500
            transaction.set_rollback(True)


@pytest.mark.parametrize("address", ["/", "/people/enter/", "/people/code/", "/admin/login/"])
def test_no_nul_of_a_cookie_or_of_an_open_page_gets_to_the_database(place, address):
    client = Client()
    client.cookies.load({"csrftoken": "x", "messages": "x"})
    headers = {"Cookie": r'sessionid="\000abcdefgh"; csrftoken="\000"; hall_guest="\000"'}
    with connection.execute_wrapper(as_postgresql_does):
        assert Client().get("/people/account/", headers=headers).status_code == 302
        assert client.post(f"{address}?next=%00", {"email": "a\0@example.org", "username": "\0"}).status_code < 500
    assert client.get("/sessions/%00/").status_code == 404
