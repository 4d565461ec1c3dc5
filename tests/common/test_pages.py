"""Long lists a page at a time: each leads to the pages beside it, and leaves the other lists where they are."""

import pytest
from django.test import RequestFactory

from common.pages import page_of


def page(query, count=120, **given):
    return page_of(RequestFactory().get(f"/list/{query}"), range(count), **given)


@pytest.mark.parametrize(
    ("query", "number", "before", "after"),
    [
        ("", 1, "", "/list/?page=2"),
        ("?page=2", 2, "/list/?page=1", "/list/?page=3"),
        ("?page=3", 3, "/list/?page=2", ""),
        ("?page=99", 3, "/list/?page=2", ""),
        ("?page=-1", 3, "/list/?page=2", ""),
        ("?page=%00", 1, "", "/list/?page=2"),
        ("?q=a%26b&page=2&q=c", 2, "/list/?q=a%26b&q=c&page=1", "/list/?q=a%26b&q=c&page=3"),
    ],
)
def test_the_pages_beside(query, number, before, after):
    found = page(query)
    assert (found.number, found.before, found.after) == (number, before, after)


def test_a_short_list_leads_nowhere():
    found = page("", 50)
    assert not found.has_other_pages() and (found.before, found.after) == ("", "")


def test_two_lists_on_one_page_turn_alone():
    ours, theirs = page("?ours=2&theirs=3", name="ours"), page("?ours=2&theirs=3", name="theirs")
    assert (ours.number, theirs.number) == (2, 3)
    assert ours.after == "/list/?ours=3&theirs=3" and theirs.before == "/list/?ours=2&theirs=2"
