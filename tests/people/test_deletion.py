"""What deleting an account leaves: the words and the votes, nothing that says whose they were."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as DjangoSession
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.models import Message
from live.models import Event
from people import account, joining
from people.models import Ban, Participant
from people.refusal import Refused
from polls import state as poll_state
from polls.quiz import name_oneself
from questions import asking, moderation, state
from questions.asking import Draft
from questions.models import QuestionSettings
from registration import clock
from registration.imports import run
from sessions.models import Session
from tests import world
from tests.log import shown
from tests.polls.conftest import answered, opened

pytestmark = pytest.mark.usefixtures("db")
BEFORE, NOW, PERSONAL = "Zebulon Quist", "Yolanda Vroom", ["Ulaanbaatar", "zq@example.org", "Quistworks", "Speedy"]


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition").get(pk=made["session"])
    QuestionSettings.objects.create(session=made["at"], intake="open")
    return made


def rename(who, name):
    who.name = name
    who.save()


def everything():
    """All rows of all tables, as text."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    return serializers.serialize("json", rows)


def told_by_the_log():
    return str([event.shown for event in shown(Event.objects.all())])


def takes_part(who, place):
    """A whole congress of somebody who also moderates, under whatever name they have now."""
    session = place["at"]
    Message.send(session, who, "I was here", uuid.uuid4())
    asked = asking.ask(session, who, Draft("Why trams?"), uuid.uuid4())
    state.step(asked.pk, "approve", place["all"]["organiser"])
    moderation.answer(asked, who, "Because of the hills", True)
    other = asking.ask(session, place["all"]["attendee"], Draft("Why bikes?"), uuid.uuid4())
    moderation.note(other, who, "Good one")
    moderation.prompt(session, who, "Two minutes")
    moderation.handle(asking.ask(session, place["all"]["attendee"], Draft("Why?"), uuid.uuid4()), who)


def test_no_name_that_they_ever_had_is_left(place):
    who = place["all"]["moderator"]
    Participant.objects.filter(pk=who.pk).update(city="Ulaanbaatar", organisation="Quistworks", email="zq@example.org")
    who.refresh_from_db()
    for name in (BEFORE, NOW):
        rename(who, name)
        takes_part(who, place)
    moderation.acknowledge(place["at"].prompts.last(), who)
    assert NOW in told_by_the_log()
    account.delete(who)
    left = everything()
    assert not [word for word in (BEFORE, NOW, *PERSONAL) if word in left]
    assert all(words in told_by_the_log() for words in ("I was here", "Because of the hills", "Good one"))


def test_who_handled_a_question_for_a_minute_is_forgotten_too(place):
    who = place["all"]["session_moderator"]
    rename(who, BEFORE)
    asked = asking.ask(place["at"], place["all"]["attendee"], Draft("Why?"), uuid.uuid4())
    moderation.handle(asked, who)
    assert BEFORE in told_by_the_log()
    account.delete(who)
    assert BEFORE not in everything()


def test_a_namesake_keeps_their_name_and_place(place):
    gone, stays = place["all"]["attendee"], place["all"]["outsider"]
    for who in (gone, stays):
        rename(who, "Ada")
        Message.send(place["at"], who, f"by {who.pk}", uuid.uuid4())
    account.delete(gone)
    data = {
        one.shown["text"]: (one.shown["name"], one.shown["place"])
        for one in shown(Event.objects.filter(kind="chat.message"))
    }
    assert data == {f"by {gone.pk}": ("Deleted participant", ""), f"by {stays.pk}": ("Ada", "Lagos")}


@pytest.mark.parametrize("to_moderators", [False, True], ids=["hidden", "shown to moderators"])
def test_an_id_stands_only_where_a_name_does(place, to_moderators):
    asker, moderator = place["all"]["attendee"], place["all"]["moderator"]
    QuestionSettings.objects.filter(session=place["at"]).update(names_for_moderators=to_moderators)
    asked = asking.ask(place["at"], asker, Draft("Whose?", anonymous=True), uuid.uuid4())
    state.step(asked.pk, "approve", moderator)
    hall = asking.add_from_hall(place["at"], moderator, "Aloud", "Ana", "Girona", uuid.uuid4())
    for event in shown(Event.objects.filter(kind__in=["questions.question", "questions.card"])):
        to_staff = to_moderators and event.kind == "questions.card"
        if event.data["id"] == str(asked.pk):
            expected = (asker.name, asker.pk) if to_staff else ("", None)
            assert (event.shown["name"], event.shown["participant"]) == expected
        if event.data["id"] == str(hall.pk):
            assert (event.shown["name"], event.shown["participant"]) == ("Ana", None)


def leaderboards():
    """What the log shows of them, without empty ones."""
    boards = [event.shown["leaders"] for event in shown(Event.objects.filter(kind="polls.row"))]
    return [board for board in boards if board]


def test_nicknames_leave_the_leaderboard(place):
    who = place["all"]["attendee"]
    name_oneself(place["at"], who, "Speedy")
    poll = opened(place["at"], type="quiz")
    answered(poll, [who.pk, place["people"]["speaker"]], option=[0])
    poll_state.step(poll.pk, "close")
    leaders = leaderboards()
    assert leaders and {(one["name"], one["participant"]) for one in leaders[-1]} == {
        ("Speedy", who.pk),
        ("Somebody", None),
    }
    account.delete(who)
    assert "Speedy" not in everything()
    after = leaderboards()
    assert [one["place"] for one in after[-1]] == [1, 2], "a rank is no place on earth"


def test_imports_under_way_do_not_bring_them_back(place):
    who = place["all"]["attendee"]
    Participant.objects.filter(pk=who.pk).update(email="zq@example.org")
    who.refresh_from_db()
    found = run.begin(place["at"].edition, "people.csv", None)
    run.add_piece(found, 0, b"ticket,email,name\nT1,ZQ@example.org,Zebulon Quist\nT2,b@example.org,B\n")
    run.read_file(found, 1)
    account.delete(who)
    assert BEFORE not in everything() and "b@example.org" in everything()


HEADER = b"ticket,email,name,buyer email,pass\n"


def under_way(place, data, state):
    """An import that has come as far as `state`, and the person it names."""
    who = place["all"]["attendee"]
    Participant.objects.filter(pk=who.pk).update(name=BEFORE, email="zq@example.org")
    who.refresh_from_db()
    found = run.begin(place["at"].edition, "people.csv", None)
    run.add_piece(found, 0, data)
    if state != "uploading":
        run.read_file(found, 1)
        found.refresh_from_db()
    if state == "tried":
        run.choose(found, found.columns, {"": "on_site"}, {})
        found = run.step(found, place["all"]["organiser"])
    account.delete(who)
    return found


def test_a_file_that_nobody_has_read_is_uploaded_again(place):
    found = under_way(place, HEADER + b"T1,zq@example.org,Zebulon Quist,,\n", "uploading")
    with pytest.raises(Refused, match="Upload it again"):
        run.read_file(found, 1)


@pytest.mark.parametrize(
    "data",
    [b"T1,zq@example.org,Zebulon Quist\nT2,b@example.org,B\n", HEADER + b"T1,zq@example.org,,,Zebulon Quist\n"],
    ids=["no header", "a wrong column of passes"],
)
def test_what_is_taken_for_a_header_or_a_pass_is_forgotten(place, data):
    found = under_way(place, data, "mapping")
    assert BEFORE not in everything() and "zq@example.org" not in everything()
    run.choose(type(found).objects.get(), {"ticket": 0, "email": 1}, {"": "on_site"}, {})


def test_tickets_that_they_bought_for_others_stay(place):
    rows = "T1,zq@example.org,Zebulon Quist,zq@example.org,\nT2,b@example.org,B,zq@example.org,\nT3,,,ZQ@example.org,\n"
    found = under_way(place, HEADER + rows.encode(), "tried")
    assert "zq@example.org" not in everything().lower()
    run.start_applying(found, place["all"]["organiser"])
    assert run.step(found, place["all"]["organiser"]).counts == {"new": 1}
    assert Participant.objects.filter(email="b@example.org").exists()


def test_sessions_that_have_ended_are_forgotten(place):
    client, late = Client(), Client()
    for one in (client, late):
        one.force_login(place["all"]["attendee"])
    DjangoSession.objects.filter(session_key=late.session.session_key).update(expire_date=timezone.now())
    kept, gone = client.session.session_key, late.session.session_key
    clock._next = 0.0
    clock.tick()
    assert set(DjangoSession.objects.values_list("session_key", flat=True)) >= {kept}
    assert not DjangoSession.objects.filter(session_key=gone).exists()


def test_ways_in_devices_and_the_admins_history_go(place):
    who, client = place["all"]["attendee"], Client()
    Participant.objects.filter(pk=who.pk).update(name=BEFORE, email="zq@example.org")
    who.refresh_from_db()
    client.force_login(who)
    client.get(reverse("people:account"), headers={"User-Agent": "Quistworks browser"})
    joining.make(who, "/", None)
    Ban.objects.create(participant=who, scope="edition:0", reason=f"{BEFORE} shouted")
    EmailAddress.objects.create(user=who, email="zq@example.org", verified=True, primary=True)
    SocialAccount.objects.create(user=who, provider="sso", uid="zq", extra_data={"name": BEFORE})
    kind = ContentType.objects.get_for_model(Participant)
    LogEntry.objects.create(
        user=place["all"]["organiser"], content_type=kind, object_id=who.pk, object_repr=BEFORE, action_flag=CHANGE
    )
    account.delete(who)
    left = everything()
    assert not [word for word in (BEFORE, *PERSONAL, "Quistworks browser") if word in left]
    assert client.get(reverse("people:account")).status_code == 302
