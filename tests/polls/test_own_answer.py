"""A person's own answer stands in the card that they get, and in nobody else's."""

import pytest
from django.urls import reverse

from tests.polls.conftest import answered, opened

pytestmark = pytest.mark.django_db


def test_a_card_has_the_own_answer(session, people, client):
    poll = opened(session, type="number")
    answered(poll, [people["attendee"].pk], number=[7])
    for role, expected in (("attendee", True), ("speaker", False)):
        client.force_login(people[role])
        html = client.get(reverse("polls:card", args=[poll.pk])).content.decode()
        assert ("data-mine" in html and "[&quot;7&quot;]" in html) == expected
