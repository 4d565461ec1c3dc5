"""A session is read for its page with the heads of its rooms and with what it has: nobody asks for what it lacks."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from awards.models import Call, Category, Cue
from backstage.models import Remark
from captions.models import Track
from chat.models import Card
from collaboration.models import Commitment, Signing
from common import clock
from common.registry import registry
from live.log import append
from live.models import Room
from live.revocations import REVOKED
from people.models import Participant
from sessions import reading
from sessions.models import Session
from streams.models import Source

pytestmark = pytest.mark.django_db
STREAM = "https://example.org/a.m3u8"


@pytest.fixture
def session(place):
    Session.objects.update(status="live", stage=place["other_stage"])  # whose id is another than the session's
    return Session.objects.select_related("edition", "stage").get(pk=place["session"])


def page(place, role="moderator"):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    return client.get(f"/sessions/{place['session']}/?whole=1").content.decode()


def test_it_knows_the_heads_as_they_are(session):
    for count in range(3):
        heads = vars(reading.for_page(session.pk))[reading.HEADS]
        assert heads == Room.heads([session.room_key, session.edition.room_key, REVOKED])
        assert heads[session.room_key] == count
        append(session.room_key, "chat.pace", {"session": session.pk})
    with pytest.raises(Http404):
        reading.for_page(0)


def test_it_lacks_what_it_has_none_of(place, session):
    read = reading.for_page(session.pk)
    assert all(read.lacks(name) for name in registry.has)
    assert not any(session.lacks(name) for name in registry.has), "nobody asked"


def test_a_page_asks_little(place, session, django_assert_max_num_queries):
    for role, most in (("attendee", 16), ("moderator", 18)):
        page(place, role)
        with django_assert_max_num_queries(most):
            page(place, role)


def made(session, moderator):
    """What a session may have -> makes one, and what its page shows of it then."""
    edition, opens = session.edition, clock.now()
    call = {"edition": edition, "title": "Prize", "opens_at": opens, "closes_at": opens + timedelta(days=1)}
    return {
        "captions": (
            lambda: Track.objects.create(session=session, language="en", name="English", number=1),
            "As a file",
        ),
        "cards": (lambda: Card.objects.create(session=session, kind="polls.poll", thing="1", seq=1), ""),
        "remarks": (
            lambda: Remark.objects.create(edition=edition, session=session, participant=moderator, text="Two minutes"),
            "Two minutes",
        ),
        "sources": (lambda: Source.objects.create(stage=session.stage, address=STREAM), STREAM),
        "call": (lambda: Call.objects.create(**call), "Award ceremony"),
        "signings": (lambda: sign(session, moderator), "Signings"),
    }


def sign(session, author):
    waiting = Commitment.objects.create(edition=session.edition, author=author)
    Signing.objects.create(session=session, commitment=waiting)


@pytest.mark.parametrize("name", ["captions", "cards", "remarks", "sources", "call", "signings"])
def test_what_it_gets_is_known_and_shown_at_once(name, place, session):
    before = page(place)
    make, words = made(session, Participant.objects.get(pk=place["people"]["moderator"]))[name]
    make()
    assert not reading.for_page(session.pk).lacks(name)
    assert all(reading.for_page(session.pk).lacks(other) for other in registry.has if other != name)
    assert words in page(place) and (not words or words not in before)


def test_what_was_read_with_it_is_not_asked_again(session):
    def asked():
        raise AssertionError("asked again")

    Track.objects.create(session=session, language="en")
    read = reading.for_page(session.pk)
    assert read.has("captions", asked) and not read.has("cues", asked)
    assert session.has("cues", lambda: True) and not session.has("captions", lambda: False), "nobody has asked"


def test_a_cue_that_is_shown_stands_above_the_panels(place, session):
    assert 'data-reveal="' not in page(place)
    call = Call.objects.create(edition=session.edition, title="Prize", opens_at=clock.now(), closes_at=clock.now())
    category = Category.objects.create(call=call, name="City")
    shown = {"state": Cue.State.SHOWN, "staged_at": clock.now()}
    Cue.objects.create(session=session, category=category, honour="winner", position=1, **shown)
    assert 'data-reveal="' in page(place)
