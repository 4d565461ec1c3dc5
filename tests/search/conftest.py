"""The world of the permission matrix with what is hidden in it, and how one asks as somebody."""

import re

import pytest
from django.core.cache import cache

from tests.people.matrix import signed_in


@pytest.fixture
def look(db):
    """`look(place, role, q, **more)`: the page of the search without what was typed."""
    cache.clear()

    def look(place, role, q, **more):
        answer = signed_in(place, role).get("/search/", {"q": q, **more})
        return answer.status_code, re.sub(r'(value="|q=|<title>)[^"&]*', r"\1", answer.text)

    return look
