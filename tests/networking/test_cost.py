"""What the pages of networking cost: questions to the database, and bytes."""

import gzip

import pytest

from tests.networking.conftest import card_of, opened, say
from tests.networking.test_directory import address, client, follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(place):
    for who in ("ming", "amara", "third", "attendee"):
        card_of(place, who)
        follow(place, who, 0, 1)
    two = opened(place, "amara", "ming")
    for number in range(30):
        say(two, two.asked if number % 2 else two.asker, f"Line {number}")
    return place | {"two": two}


@pytest.mark.parametrize("page", ["directory", "card", "messages", "person", "conversation"])
def test_each_page_asks_little_and_is_small(full, page, django_assert_max_num_queries):
    path = {
        "person": address(full, "person", full["all"]["third"].pk),
        "conversation": full["two"].get_absolute_url(),
    }.get(page) or address(full, page)
    visitor = client(full, "amara")
    visitor.get(path)
    with django_assert_max_num_queries(20):
        answer = visitor.get(path)
    assert answer.status_code == 200 and len(gzip.compress(answer.content, 6)) < 30_000
