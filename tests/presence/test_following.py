"""From where a session is followed, of those who show it; who they are reads its staff only."""

import pytest
from django.test import Client

from live.presence import Reporter
from people.models import Participant
from presence.following import following, people
from sessions.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(place):
    return Session.objects.select_related("edition").get(pk=place["session"])


def crowd(session, *profiles):
    """So many follow, each by the same two processes, and one from an address without signing in."""
    made = [
        Participant.objects.create_user(f"p{number}-{session.edition.slug}@example.org", **profile)
        for number, profile in enumerate(profiles)
    ]
    for _ in range(2):
        identities = frozenset([*(person.pk for person in made), "an address"])
        Reporter().report({session.room_key: ("edition:0", identities)})
    return made


def page(place, role, path):
    client = Client()
    if role:
        client.cookies["sessionid"] = place["cookies"][role]
    return client.get(path)


def test_places_are_counted_once_and_only_of_those_who_show_them(session):
    hidden = {"visibility": Participant.Visibility.NAME, "city": "Oslo", "country": "Norway"}
    crowd(
        session,
        {"name": "A", "city": "Lagos", "country": "Nigeria"},
        {"name": "B", "city": "lagos ", "country": "nigeria"},
        {"name": "C", "city": "Lagos", "country": "Portugal"},
        {"name": "D", "country": "España"},
        {"name": "E", "is_guest": True, "city": "Barcelona", "country": "España"},
        {"name": "F", **hidden},
        {"name": "G"},
    )
    told = following(session)
    assert (told["total"], told["placed"]) == (8, 4)
    assert told["countries"] == [("Nigeria", 2), ("España", 1), ("Portugal", 1)]
    assert told["cities"] == [("Lagos", 2), ("Lagos", 1)]  # of two countries


def test_words_that_are_not_allowed_are_no_place(session):
    session.edition.blocked_terms = "heck"
    crowd(session, {"name": "A", "city": "Heck", "country": "Nigeria"})
    assert following(session)["cities"] == [] == following(session)["countries"]


def test_the_largest_are_named_and_the_others_counted(session):
    crowd(session, *({"name": "A", "country": f"Country {number:02}"} for number in range(15)))
    told = following(session)
    assert len(told["countries"]) == 12 and told["more_countries"] == 3


def test_staff_reads_who_is_there_also_of_those_who_show_no_place(place, session):
    crowd(session, {"name": "Xk7Amara", "visibility": "name"}, {"name": "Xk7Bo", "organisation": "Port of Oslo"})
    path = f"/sessions/{session.pk}/following/"
    everybody = [None, *place["cookies"]]
    seen = {role for role in everybody if "Xk7" in page(place, role, f"{path}people/").content.decode()}
    assert seen == {"moderator", "session_moderator", "organiser"}
    assert not any("Xk7" in page(place, role, path).content.decode() for role in everybody)
    told = people(session, "port")
    assert [person.name for person in told["people"]] == ["Xk7Bo"] and told["unnamed"] == 1


def test_the_page_says_how_many_and_from_where(place, session):
    crowd(session, {"name": "A", "city": "<b>Lagos", "country": "Nigeria"})
    shown = page(place, "attendee", f"/sessions/{session.pk}/following/").content.decode()
    assert "&lt;b&gt;Lagos" in shown and "Nigeria" in shown and "<strong>2</strong>" in shown
