"""Whom a session is for: the rules of `can` as a table, and that lists, sockets and pages follow the same rule."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from common.registry import registry
from people.models import Ban, Participant, Registration, Role
from people.permissions import ban_from, can
from sessions.models import Session, Strand
from tests import world

pytestmark = pytest.mark.usefixtures("db")
STAFF = {"moderator", "organiser", "session_moderator", "speaker"}
EVERYBODY = {"anonymous", "outsider", "other_speaker", "other_moderator", "attendee", "guest", "press", *STAFF}
SEEN = [  # visibility, passes, embargoed, who sees it
    ("public", [], False, EVERYBODY),
    ("registered", [], False, {"attendee", "guest", "press"} | STAFF),
    ("passes", ["press"], False, {"guest", "press"} | STAFF),
    ("passes", ["jury"], False, {"guest"} | STAFF),
    ("invited", [], False, {"guest"} | STAFF),
    ("public", [], True, STAFF),
    ("registered", [], True, STAFF),
]


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    edition = Session.objects.get(pk=made["session"]).edition
    press = world.participant("press-1", None, edition, Session.objects.get(pk=made["session"]))
    Registration.objects.create(participant=press, scope=f"edition:{edition.pk}", pass_type="press", ticket="P1")
    made["people"]["press"] = press.pk
    return made


def people(place):
    found = {role: Participant.objects.get(pk=pk) for role, pk in place["people"].items()}
    return found | {"anonymous": AnonymousUser()}


def test_the_ban_that_is_told_is_the_one_that_ends_last(place):
    who, session = Participant.objects.get(pk=place["people"]["attendee"]), Session.objects.get(pk=place["session"])
    for hours, scope in ((None, session.room_key), (1, f"edition:{place['edition']}")):
        until = hours and timezone.now() + timedelta(hours=hours)
        Ban.objects.create(participant=who, scope=scope, reason="x", until=until)
    assert ban_from(who, session).until is None


@pytest.mark.parametrize(("visibility", "passes", "embargoed", "seen"), SEEN)
def test_who_sees_a_session(place, visibility, passes, embargoed, seen):
    session = Session.objects.get(pk=place["session"])
    session.visibility, session.visible_passes = visibility, passes
    session.embargo_until = timezone.now() + timedelta(hours=1) if embargoed else None
    session.save()
    assert {role for role, who in people(place).items() if can(who, "session.view", session)} == seen
    listed = {
        role for role, who in people(place).items() if Session.objects.filter(pk=session.pk).visible_to(who).exists()
    }
    assert listed - {"banned"} == seen  # the list of a banned one is never shown: their edition is closed


@pytest.fixture
def parted(place):
    """The session in a strand; id by kind of scope."""
    session = Session.objects.get(pk=place["session"])
    session.strand = Strand.objects.create(edition=session.edition, name="Mobility", slug="mobility")
    session.save()
    ids = {"session": session.pk, "stage": session.stage_id, "strand": session.strand_id}
    return session, ids | {"edition": session.edition_id}


WIDE = ("edition", "strand", "stage", "session")
GIVEN = {  # role -> what tells that somebody holds it
    "attendee": "chat.send",
    "speaker": "questions.answer",
    "moderator": "questions.moderate",
    "organiser": "session.access",
}


@pytest.mark.parametrize("kind", WIDE)
@pytest.mark.parametrize("name", GIVEN)
def test_a_role_holds_for_all_within_its_scope(place, parted, name, kind):
    session, ids = parted
    who = Participant.objects.get(pk=place["people"]["outsider"])
    assert not any(can(who, action, session) for action in GIVEN.values())
    Role.objects.create(participant=who, name=name, scope=f"{kind}:{ids[kind]}")
    who = Participant.objects.get(pk=who.pk)
    expected = {each for each, action in GIVEN.items() if name in registry.actions[action]}
    assert {each for each, action in GIVEN.items() if can(who, action, session)} == expected
    other = Session.objects.get(pk=place["other_session"])  # in the same edition, on another stage, in no strand
    assert can(who, GIVEN[name], other) == (kind == "edition")


@pytest.mark.parametrize("kind", WIDE)
@pytest.mark.parametrize("name", GIVEN)
def test_who_holds_a_role_of_a_part_is_invited_to_it(place, parted, name, kind):
    session, ids = parted
    session.visibility = "invited"
    session.save()
    who = Participant.objects.get(pk=place["people"]["outsider"])
    Role.objects.create(participant=who, name=name, scope=f"{kind}:{ids[kind]}")
    who = Participant.objects.get(pk=who.pk)
    seen = kind != "edition" or name != "attendee"  # an attendee of the edition is invited to nothing in it
    assert can(who, "session.view", session) == seen
    listed = Session.objects.visible_to(who)
    assert listed.filter(pk=session.pk).exists() == seen
    assert Session.objects.of(who).filter(pk=session.pk).exists() == (kind != "edition")


@pytest.mark.parametrize("action", registry.actions)
def test_what_is_hidden_allows_nothing(place, action):
    session = Session.objects.get(pk=place["session"])
    session.visibility = "invited"
    for role in ("anonymous", "outsider", "attendee", "press", "other_speaker", "other_moderator", "banned"):
        assert not can(people(place)[role], action, session)


def test_an_embargo_ends_by_itself(place):
    session = Session.objects.get(pk=place["session"])
    session.embargo_until = timezone.now() - timedelta(seconds=1)
    assert can(AnonymousUser(), "session.view", session)


@pytest.mark.parametrize("allowed", [[], ["chat"], ["questions"], ["polls"], ["chat", "questions", "polls"]])
def test_guests_do_what_the_organiser_allows(place, allowed):
    session = Session.objects.get(pk=place["session"])
    session.guests_may = allowed
    guest = people(place)["guest"]
    writes = {"chat": "chat.send", "questions": "questions.ask", "polls": "polls.vote"}
    assert {name for name, action in writes.items() if can(guest, action, session)} == set(allowed)
    other = Session.objects.get(pk=place["other_session"])
    other.guests_may = allowed
    assert not any(can(guest, action, other) for action in writes.values())


def test_a_cancelled_registration_opens_nothing(place):
    session = Session.objects.get(pk=place["session"])
    session.visibility = "registered"
    Registration.objects.filter(ticket="P1").update(cancelled_at=timezone.now())
    assert not can(people(place)["press"], "session.view", session)


@pytest.mark.parametrize(("changes", "banned"), [({}, True), ({"lifted_at": timezone.now()}, False)])
def test_a_ban_holds_until_it_ends_or_is_lifted(place, changes, banned):
    session, who = Session.objects.get(pk=place["session"]), people(place)["banned"]
    who.bans.update(**changes)
    assert can(who, "session.view", session) != banned
    who = people(place)["banned"]
    who.bans.update(lifted_at=None, until=timezone.now() - timedelta(seconds=1))
    assert can(people(place)["banned"], "session.view", session)
