"""What plain data alone decides is drawn once; a form in it has the token of who reads it, or none."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from common.templatetags.drawn import _drawn

QUESTION = {"id": "00000000-0000-0000-0000-000000000001", "text": "<b>Why?</b>", "state": "approved", "votes": 3}
PAGE = Template('{% load drawn %}{% drawn "questions/events/question.html" data on=on role="attendee" %}')


def page(token=None, on=False, **changes):
    context = {"data": QUESTION | changes, "on": on}
    return PAGE.render(Context(context if token is None else context | {"csrf_token": token}))


def test_it_is_drawn_once_for_the_same_data_and_language():
    _drawn.cache_clear()
    for _ in range(3):
        assert "&lt;b&gt;Why?" in page()
    assert _drawn.cache_info().misses == 1
    assert page(votes=4) != page() != page(on=True)
    with translation.override("es"):
        page()
    assert _drawn.cache_info().misses == 4


@pytest.mark.parametrize("token", [None, "", "NOTPROVIDED", SimpleLazyObject(lambda: "NOTPROVIDED")])
def test_where_the_page_has_no_token_the_form_has_none(token):
    assert "csrfmiddlewaretoken" not in page(token)


def test_each_reader_has_their_own_token():
    first, second = page("a" * 64), page(SimpleLazyObject(lambda: "b" * 64))
    assert f'value="{"a" * 64}"' in first and f'value="{"b" * 64}"' in second and "a" * 64 not in second
