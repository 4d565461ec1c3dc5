"""What is deleted or hidden leaves every log and catch-up, and no tally stands in one: for every kind of event."""

import json
import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from announcements import announcing
from awards import ceremony, deciding
from backstage.models import Remark
from captions import writing as captions
from captions.models import Track
from chat import moderating
from chat.models import Message
from collaboration import signing, stage
from common import clock
from common.registry import registry
from expo import meeting, scanning, talking, team
from live.log import REWRITTEN, between
from live.models import Event, Room
from networking import state as state_of
from networking import writing
from networking.models import Card
from notices.changes import tell
from people import account
from people.access import Visibility
from people.models import Participant
from planning import drafting, releasing
from planning.working import find
from polls import prepare
from polls import state as poll_state
from polls.models import Ballot, Mark
from questions import asking, moderation, queue, state, upvotes
from questions.asking import Draft
from questions.models import Question, QuestionSettings
from sessions import access, status
from sessions.models import Edition, Session
from show import running
from streams import events as stream_events
from streams.models import Source
from tests import world
from tests.awards.conftest import call_of, category_of, entry_of
from tests.collaboration.conftest import draft_of, organisation_of
from tests.expo.conftest import exhibitor_of, expo_of, member_of
from tests.polls.conftest import answered, opened
from tests.translation import service as services
from translation import listening, working
from translation.models import Translation, TranslationSettings

pytestmark = pytest.mark.django_db
TALLIES = {"votes", "ballots", "all_ballots", "results", "leaders", "counts", "answered", "taking_part", "present"}
GONE = "Xk7canary"  # in every text that is deleted


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition").get(pk=made["session"])
    QuestionSettings.objects.create(session=made["at"], intake="open", moderated=False)
    return made


def keys(data):
    """All keys anywhere in JSON."""
    if isinstance(data, list):
        return {key for item in data for key in keys(item)}
    return set(data).union(*map(keys, data.values())) if isinstance(data, dict) else set()


def chat(place):
    session, author, moderator = place["at"], place["all"]["attendee"], place["all"]["moderator"]
    named = {"mentions": [moderator.pk]}
    for words, more in (("message", named), ("pinned", {}), ("held", {"held": "links"}), ("reported", {})):
        Message.send(session, author, f"{GONE} {words}", uuid.uuid4(), **more)
    said, pinned, held, reported = Message.objects.filter(session=session).order_by("seq")
    said.edit(f"{GONE} other words", 1)
    moderating.pin(pinned, moderator, True)
    moderating.report(reported, moderator, f"{GONE} reason")
    moderating.mute(said, moderator, session.room_key, 5, "Shouting")
    for message in (said, pinned, held, reported):
        message.remove(moderator)


def around_the_chat(place):
    session, organiser, now = place["at"], place["all"]["organiser"], clock.now()
    given = {"scope": session.room_key, "session": session, "starts_at": now, "ends_at": now + timedelta(hours=1)}
    announcing.withdraw(announcing.make(session.edition, organiser, {**given, "texts": {"en": GONE}}), organiser)
    Remark.say(session, place["all"]["session_moderator"], "Behind the stage", uuid.uuid4())


def questions(place):
    session, moderator, asker = place["at"], place["all"]["moderator"], place["all"]["attendee"]
    dismissed, withdrawn, merged, stays, onstage = (
        asking.ask(session, asker, Draft(f"{text} question {number}"), uuid.uuid4())
        for number, text in enumerate((GONE, GONE, GONE, "Kept", "Raised"))
    )
    upvotes.set_upvote(stays.pk, moderator, True)
    moderation.answer(dismissed, moderator, f"{GONE} answer", True)
    moderation.note(dismissed, moderator, f"{GONE} note")
    state.step(dismissed.pk, "reopen", moderator)
    state.step(dismissed.pk, "dismiss", moderator)
    state.step(merged.pk, "merge", moderator, into=stays)
    Question.objects.filter(pk=withdrawn.pk).update(state="pending")
    state.step(withdrawn.pk, "withdraw", asker)
    for step in ("queue", "stage"):
        state.step(onstage.pk, step, moderator)
    state.step(stays.pk, "queue", moderator)
    queue.move(session, stays.pk, 0, moderator)
    moderation.prompt(session, moderator, "Two minutes")
    asking.change_settings(QuestionSettings.objects.get(session=session), {"intake": "open"}, ["intake"], moderator)


def polls(place):
    session, voters = place["at"], [place["people"]["attendee"], place["people"]["speaker"]]
    deleted = opened(session, type="words")
    answered(deleted, voters, word=[GONE])
    poll_state.step(deleted.pk, "close")
    assert Mark.objects.filter(text=GONE).count() == 2
    poll_state.step(deleted.pk, "reset", count=2)
    quiz = opened(session, type="quiz")
    answered(quiz, voters, option=[0])
    poll_state.step(quiz.pk, "close")
    prepare.move(deleted, 1)
    draft = prepare.copy_of(deleted)
    type(draft).objects.filter(pk=draft.pk).update(question=f"{GONE} draft")
    prepare.delete(draft)
    assert Ballot.objects.filter(round__poll=quiz).count() == 2


def programme(place):
    status.step(place["at"].pk, "prepare", place["all"]["moderator"])
    access.change(place["at"].pk, access.Settings(Visibility.REGISTERED), place["all"]["organiser"])


def the_show(place):
    running.configure(place["at"], {"mode": "timer", "amber": 5}, place["all"]["moderator"])


def planned(place):
    session, organiser = place["at"], place["all"]["organiser"]
    with transaction.atomic():
        Edition.locked(session.edition_id)
        draft = drafting.put(session.edition, find(session.edition, f"s{session.pk}"), {"format": "Talk"}, organiser)
        releasing.release(session.edition, [draft.pk], "", organiser)


def notices(place):
    later = place["at"].begins + timedelta(minutes=15)
    status.undo(place["at"].pk, place["all"]["moderator"])  # it was about to start
    status.step(place["at"].pk, "delay", place["all"]["moderator"], new_start=later)
    tell({"edition": place["edition"]})


def the_awards(place):
    owner, by = place["all"]["attendee"], place["all"]["moderator"]
    category = category_of(call_of(place["at"].edition, hold=0))
    entry = entry_of(category, owner, "eligible", title=f"{GONE} entry")
    deciding.place(category, "honours", entry.pk, "winner", by)
    deciding.seal(category, "honours", by)
    ceremony.add(place["at"], category, by)
    cue = place["at"].award_cues.get()
    for action, version in (("stage", 0), ("back", 2)):
        ceremony.run(cue.pk, action, by, version)


def the_signing(place):
    mayor, by = place["all"]["attendee"], place["all"]["moderator"]
    lagos = organisation_of("City of Lagos", mayor)
    commitment = draft_of(place["at"].edition, lagos, title=f"{GONE} promise")
    version = signing.propose(commitment.pk, mayor)
    stage.bring(place["at"], commitment, by)
    cue = place["at"].signings.get()
    stage.step(cue.pk, "open", by)
    signing.sign(commitment.pk, lagos, mayor, version.digest)
    stage.step(cue.pk, "close", by)


def the_expo(place):
    staff, visitor = place["all"]["moderator"], place["all"]["attendee"]
    expo_of(place["at"].edition)
    exhibitor = exhibitor_of(place["at"].edition)
    member_of(exhibitor, staff)
    talking.remove(talking.write(exhibitor, None, visitor, f"{GONE} line", uuid.uuid4()))
    talk = talking.ring(exhibitor, visitor, "Hello?", uuid.uuid4(), staffed=True)
    talking.take(talk.pk, staff)
    team.be_here(exhibitor, staff, True)
    badge = scanning.badge_of(place["at"].edition, visitor)
    lead = scanning.scan(exhibitor, staff, scanning.Scan(badge.code, uuid.uuid4(), note=f"{GONE} note"))
    scanning.take_back(visitor, lead.pk)
    meeting.ask(exhibitor, visitor, "Trams", meeting.slots(exhibitor)[0], "video")


def two_write(place):
    asker, asked = place["all"]["attendee"], place["all"]["organiser"]
    Card.objects.create(edition=place["at"].edition, participant=asked, is_listed=True)
    card = Card.objects.select_related("participant", "edition").get(participant=asked)
    begun = writing.ask(card, asker, "May I ask?", uuid.uuid4())
    state_of.answer(begun.pk, "accept", asked)
    writing.remove(writing.write(begun.pk, asked, f"{GONE} line", uuid.uuid4()))


def streamed(place):
    source = Source.objects.create(session=place["at"], address=f"https://example.org/{GONE}.m3u8")
    with transaction.atomic():
        source.delete()
        stream_events.changed(place["at"])


def captioned(place):
    Session.objects.filter(pk=place["session"]).update(status="live")
    track = Track.objects.create(session=place["at"], language="en", name="English")
    captions.receive(track.pk, 1, f"{GONE} said\nKept\n")
    with transaction.atomic():
        captions.correct(track.lines.first(), "Said otherwise")


def people(place):
    who = place["all"]["session_moderator"]
    Participant.objects.filter(pk=who.pk).update(name=f"{GONE} name", city=f"{GONE} city")
    who.refresh_from_db()
    Message.send(place["at"], who, "I was here", uuid.uuid4())
    asked = asking.ask(place["at"], who, Draft("And I asked"), uuid.uuid4())
    moderation.handle(asked, who)
    moderation.prompt(place["at"], who, "One minute")
    account.delete(who)


@pytest.fixture
def machine(settings):
    """A machine that translates, and readers of two languages in the room."""
    with services.running() as service:
        settings.TRANSLATION_BACKENDS, settings.LIBRETRANSLATE_URL = ["libretranslate"], service.url
        yield service


def translated(place):
    session, moderator = place["at"], place["all"]["moderator"]
    TranslationSettings.objects.create(edition=session.edition, may_leave=True)
    listening.note({session.room_key: {"en", "es"}})
    Message.send(session, place["all"]["attendee"], f"{GONE} is what we do about it", pk := uuid.uuid4())
    asked = asking.ask(session, place["all"]["attendee"], Draft(f"{GONE} and what do you do?"), uuid.uuid4())
    working.work()
    Message.objects.get(pk=pk).remove(moderator)
    state.step(asked.pk, "dismiss", moderator)
    working.work()
    assert not Translation.objects.filter(text__icontains=GONE).exists()


def test_no_kind_of_event_keeps_what_is_deleted_or_counted(place, machine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        stories = (chat, around_the_chat, questions, polls, programme, the_show, planned, notices, the_awards, the_expo)
        for story in (*stories, the_signing, two_write, streamed, captioned, translated, people):
            story(place)
    own = set(registry.events) | {"live.rewritten", "live.revoked"}
    assert set(Event.objects.values_list("kind", flat=True)) == own, "the stories append every declared kind"
    for event in Event.objects.all():
        assert GONE not in json.dumps(event.data), event
        assert not TALLIES & keys(event.data), event


def test_no_catch_up_brings_it_back(place, machine):
    stories = (chat, questions, polls, programme, the_awards, the_signing, the_expo, two_write, streamed)
    for story in (*stories, captioned, translated, people):
        story(place)
    for room in Room.objects.all():
        for event in between(room.key, 0, room.head):
            if event.audience not in ("staff", f"participant:{place['people']['attendee']}"):  # whose words they are
                assert GONE not in json.dumps(event.shown, default=str), event


@pytest.mark.parametrize("story", [chat, questions, polls, the_awards, the_signing, captioned, people])
def test_what_was_rendered_for_those_who_come_back_is_forgotten(place, story):
    story(place)
    assert Event.objects.filter(room__key=place["at"].room_key, kind=REWRITTEN).exists()


def test_the_log_of_before_is_cleaned(place):
    asked = asking.ask(place["at"], place["all"]["attendee"], Draft("Once"), uuid.uuid4())
    old = {"id": str(asked.pk), "session": place["session"], "text": "Once", "votes": 3, "intake": "open"}
    Event.objects.filter(kind__startswith="questions.").update(data=old)
    Event.objects.create(
        room=Room.open("x"), seq=1, kind="polls.row", data={"id": 1, "session": 2, "results": {"answered": 3}}
    )
    for app in ("questions", "polls"):
        import_module(f"{app}.migrations.0005_entries_hold_ids").forget(apps, None)
    for event in Event.objects.all():
        assert not keys(event.data) & (TALLIES | {"text"})
    assert asking.ask(place["at"], place["all"]["attendee"], Draft("Once"), asked.pk) == asked
