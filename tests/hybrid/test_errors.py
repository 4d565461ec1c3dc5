"""The page of what is not there: the same for everybody, by its language."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.people.matrix import signed_in

PATHS = ["/nowhere/", "/sessions/999999/?a=1&next=/x/", '/"><script>alert(1)</script>/', "/ñ/"]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_not_said_who_they_are_comes_back_to_it(place, path):
    html = Client().get(path).text
    link = next(part.partition('"')[0] for part in html.split('href="') if part.startswith("/people/enter/"))
    asked = Client().get(path).wsgi_request.get_full_path()
    assert parse_qs(urlsplit(unescape(link)).query) == {"next": [asked]}
    assert "<script" not in html


def test_it_is_the_same_for_all_who_are_signed_in(place):
    pages = [signed_in(place, role).get(path) for role in ("attendee", "organiser") for path in ("/a/", "/sessions/0/")]
    assert {page.status_code for page in pages} == {404} and len({page.content for page in pages}) == 1
    assert "/people/enter/" not in pages[0].text


def test_it_is_in_the_language_that_is_asked_for(place):
    pages = [Client(headers={"Accept-Language": code}).get("/nowhere/").text for code in ("en", "ar", "en")]
    assert 'lang="en" dir="ltr"' in pages[0] and 'lang="ar" dir="rtl"' in pages[1] and pages[0] == pages[2]


def test_it_asks_the_database_for_nothing(place, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/nowhere/").status_code == 404
