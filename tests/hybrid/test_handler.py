"""The view of an address is looked for once; what is not there is looked for each time."""

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from hybrid.handler import LONGEST_KNOWN, ThreadedHandler, _view_of


def match_of(path):
    request = RequestFactory().get(path)
    match = ThreadedHandler().resolve_request(request)
    assert request.resolver_match is match
    return match


@pytest.mark.parametrize("path", ["/sessions/17/chat/", "/people/enter/", "/editions/a-b/", f"/editions/{'a' * 300}/"])
def test_it_is_what_django_finds(path):
    expected = resolve(path)
    for _ in range(2):
        match = match_of(path)
        assert (match.func, match.args, match.kwargs, match.view_name, match.route) == (
            *(expected.func, expected.args, expected.kwargs, expected.view_name, expected.route),
        )


def test_only_short_addresses_that_exist_are_kept():
    _view_of.cache_clear()
    for path in ("/sessions/17/", "/sessions/17/", "/sessions/18/", f"/editions/{'a' * LONGEST_KNOWN}/"):
        match_of(path)
    for _ in range(2):
        with pytest.raises(Resolver404):
            match_of("/no/such/page/")
    kept = _view_of.cache_info()
    assert (kept.currsize, kept.hits) == (2, 1)
