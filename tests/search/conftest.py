"""How one searches as somebody."""

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
        return answer.status_code, re.sub(r'(value="|q=|q%3D|<title>)[^"&]*', r"\1", answer.text)

    return look
