"""What a prepared selection gives: the same rows as Django's, whatever and however much is asked for."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.models import ChatSettings, Message, Mute
from common import clock
from common.prepared import Prepared
from people.models import Participant
from sessions.models import Session
from tests import world

pytestmark = pytest.mark.django_db
SESSIONS = Prepared(lambda ids: Session.objects.select_related("edition", "chat_settings").filter(pk__in=ids))
MUTES = Prepared(lambda scopes, now: Mute.objects.filter(scope__in=scopes, until__gt=now).order_by("pk"))
MESSAGE = Prepared(lambda pk: Message.objects.filter(pk=pk, held=""))


@pytest.fixture
def made():
    return world.build()


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def muted(session, minutes):
    who = world.participant(f"Muted {minutes}", "attendee", session.edition, session)
    until = clock.now() + timedelta(minutes=minutes)
    return Mute.objects.create(participant=who, session=session, scope=session.room_key, reason="", until=until)


def test_rows_are_as_django_reads_them(made):
    for session in Session.objects.all():
        [found] = SESSIONS([session.pk])
        assert type(found) is Session
        assert columns(found) == columns(session)
        assert not found._state.adding
        assert not found.get_deferred_fields()


def test_what_is_joined_is_there_or_not_as_it_is(made):
    first, second = Session.objects.order_by("pk")[:2]
    ChatSettings.objects.create(session=first, slow=7)
    found = {session.pk: session for session in SESSIONS([first.pk, second.pk])}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert found[first.pk].chat_settings.slow == 7
        assert not hasattr(found[second.pk], "chat_settings")
        assert columns(found[second.pk].edition) == columns(second.edition)
    assert len(asked) == 1  # of second.edition, which was not joined


def test_each_call_answers_its_own_arguments(made):
    pks = list(Session.objects.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        assert [session.pk for session in SESSIONS([pk])] == [pk]
    assert sorted(session.pk for session in SESSIONS(pks)) == pks
    assert sorted(session.pk for session in SESSIONS(set(pks[1:]))) == pks[1:]
    assert SESSIONS([max(pks) + 1]) == []


def test_rows_are_read_anew_each_time(made):
    session = Session.objects.first()
    [before] = SESSIONS([session.pk])
    Session.objects.filter(pk=session.pk).update(status_reason="Rain")
    [after] = SESSIONS([session.pk])
    assert (before.status_reason, after.status_reason) == ("", "Rain")


def test_times_and_names_are_compared(made):
    session, other = Session.objects.order_by("pk")[:2]
    short, long = muted(session, 5), muted(session, 15)
    now = clock.now()
    assert MUTES([session.room_key], now) == [short, long]
    assert MUTES([session.room_key], now + timedelta(minutes=10)) == [long]
    assert MUTES([other.room_key, session.room_key], now + timedelta(minutes=10)) == [long]
    assert MUTES([other.room_key], now) == []


def test_a_message_is_found_by_its_own_id(made):
    session = Session.objects.first()
    who = world.participant("Author", "attendee", session.edition, session)
    ids = [uuid.uuid4(), uuid.uuid4()]
    for number, pk in enumerate(ids):
        Message.send(session, who, f"message {number}", pk)
    assert [[message.text for message in MESSAGE(pk)] for pk in (*ids, uuid.uuid4())] == [
        ["message 0"],
        ["message 1"],
        [],
    ]


def test_a_participant_is_found_by_id_alone_among_those_who_are_asked_for(made):
    first, second = Participant.objects.order_by("pk")[:2]
    group = Group.objects.create(name="Some")
    group.user_set.add(first)
    assert Participant.objects.get(pk=second.pk) == second
    assert group.user_set.get(pk=first.pk) == first
    for asked in (lambda: group.user_set.get(pk=second.pk), lambda: Participant.objects.get(pk=2**70)):
        with pytest.raises(Participant.DoesNotExist):
            asked()


@pytest.mark.parametrize("pk", [0, 2**63 - 1, 2**63, 10**30])
def test_a_poll_of_any_number_is_not_there(client, pk):
    assert client.get(f"/polls/{pk}/").status_code == 404


def test_nothing_is_asked_for_nothing(made):
    with CaptureQueriesContext(connection) as asked:
        assert SESSIONS([]) == []
        assert MUTES(set(), clock.now()) == []
    assert len(asked) == 0


def test_django_makes_the_sql_once(made):
    made = []
    selection = Prepared(lambda ids: made.append(ids) or Session.objects.filter(pk__in=ids))
    pk = Session.objects.first().pk
    for _ in range(3):
        assert len(selection([pk])) == 1
    assert len(made) == 1
    assert made != [[pk]]  # nobody's id has stayed in it
