"""What is public is translated once for each language in the room; what is not, or is gone, is nowhere."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from chat.data import messages_data
from chat.models import Message
from live.log import between
from live.render import event_frame
from questions import state
from questions.listing import questions_page
from questions.models import Question
from tests.translation.room import ask, frames, say, told
from translation import backends, listening, working
from translation.models import Translation, TranslationSettings, Use, Wanted

pytestmark = pytest.mark.django_db
TEXT = "How does the city of Curitiba pay for the new buses?"


def test_a_message_is_translated_once_and_told_to_readers_of_that_language_alone(place, service):
    message = say(place, f"{TEXT} @Amara 👏")
    assert working.work() and working.work() == 0
    assert service.asked == [
        {"q": ["How does the city of ⟦1⟧ pay for the new buses? ⟦2⟧ ⟦3⟧"], "source": "en", "target": "es"}
        | {"format": "text", "path": "/translate"}
    ]
    [event] = told(place)
    assert event.data == {"of": "chat.message", "id": str(message.pk), "language": "es", "staff": False}
    [event] = [each for each in between(place["key"], 0, event.seq) if each.kind == "translation.text"]
    assert b"ES: HOW DOES THE CITY OF Curitiba" in event_frame(place["key"], event, "attendee", "es").upper().replace(
        b"CURITIBA", b"Curitiba"
    )
    assert event_frame(place["key"], event, "attendee", "en") == b""
    assert event_frame(place["key"], event, "attendee", "ca") == b""
    say(place, f"{TEXT} @Amara 👏", who="speaker")
    working.work()
    assert len(service.asked) == 1, "once per text and language"


def test_pages_show_what_there_is_by_one_query_more(place, service, settings):
    def queries():
        with (
            CaptureQueriesContext(
                connection,
            ) as found,
            translation.override("es"),
        ):
            shown = messages_data(Message.page(place["at"])), questions_page(place["at"], place["all"]["attendee"], "")
        return len(found), json.dumps(shown, default=list)

    say(place, TEXT)
    ask(place, "Who pays for it in the end?")
    working.work()
    on, shown = queries()
    assert "es: HOW DOES" in shown and "es: WHO PAYS" in shown
    say(place, "And what about the trams in the morning?")
    working.work()
    assert queries()[0] == on
    settings.TRANSLATION_BACKENDS = []
    off, shown = queries()
    assert off == on - 2
    assert "es:" not in shown


@pytest.mark.parametrize("consent", [True, False])
def test_nothing_leaves_without_the_organisers_yes(place, service, consent):
    TranslationSettings.objects.update(may_leave=consent)
    say(place, TEXT)
    ask(place, TEXT)
    working.work()
    assert bool(service.asked) is consent


def test_what_is_held_or_waits_never_leaves(place, service):
    say(place, f"{TEXT} held", held="links")
    ask(place, f"{TEXT} waits", moderated=True)
    removed = say(place, f"{TEXT} removed")
    removed.remove(place["all"]["moderator"])
    working.work()
    assert service.asked == []


def test_who_asks_stays_unknown(place, service):
    ask(place, TEXT)
    working.work()
    [sent] = service.asked
    assert set(sent) == {"q", "source", "target", "format", "path"}
    assert place["all"]["attendee"].name not in json.dumps(sent)


@pytest.mark.parametrize("how", ["edit", "remove", "dismiss"])
def test_what_is_gone_takes_its_translation_with_it(place, service, how):
    if how == "dismiss":
        question = ask(place, TEXT)
    else:
        message = say(place, TEXT)
    working.work()
    assert "es: HOW DOES" in frames(place, "es")
    if how == "edit":
        message.edit("The mayor of the city answers tomorrow", 1)
    elif how == "remove":
        message.remove(place["all"]["moderator"])
    else:
        state.step(question.pk, "dismiss", place["all"]["moderator"])
    assert "es: HOW DOES" not in frames(place, "es"), "at once, before anything has worked"
    working.work()
    assert not Translation.objects.filter(text__startswith="es: HOW DOES").exists()
    assert all("HOW" not in json.dumps(event.data) for event in told(place))


def test_the_same_words_of_others_keep_theirs(place, service):
    first, _second = say(place, TEXT), say(place, TEXT, who="speaker")
    working.work()
    first.remove(place["all"]["moderator"])
    working.work()
    assert Translation.objects.count() == 1
    assert Use.objects.count() == 1


def test_a_service_that_fails_is_left_alone_for_half_a_minute_and_asked_again(place, service, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(backends, "monotonic", lambda: now)

    def worked():
        working.Desk.objects.update(taken_until=None)  # the room comes to its turn again
        working.work()
        return len(service.asked), len(told(place))

    service.status = 500
    say(place, TEXT)
    assert worked() == (1, 0)
    service.status, now = 200, 1029.9
    assert worked() == (1, 0), "it rests"
    now = 1030.0
    assert worked() == (2, 1)


def test_a_question_that_waits_for_a_moderator_again_is_read_by_moderators_alone_at_once(place, service):
    moderator = place["all"]["moderator"]
    question = ask(place, TEXT, moderated=True)
    state.step(question.pk, "approve", moderator)
    working.work()
    assert "es: HOW DOES" in frames(place, "es")
    state.undo(question.pk, moderator)
    assert Question.objects.get().state == "pending"
    assert "es: HOW DOES" not in frames(place, "es"), "at once, before anything has worked"
    working.work()
    assert "es: HOW DOES" not in frames(place, "es")


@pytest.mark.parametrize("answer", ["", "How does the city of ⟦1⟧ pay for the new buses?", "es: nada", "¿Cómo ⟦2⟧?"])
def test_what_cannot_be_right_is_not_shown_nor_asked_again(place, service, answer):
    service.answers["How does the city of ⟦1⟧ pay for the new buses?"] = answer
    say(place, TEXT)
    working.work()
    say(place, TEXT)
    working.work()
    assert len(service.asked) == 1
    assert not told(place)
    assert Translation.objects.get().text == ""


def test_who_comes_later_gets_what_stands_there(place, service):
    say(place, TEXT)
    working.work()
    listening.note({place["key"]: {"ca"}})
    working.work()
    assert [event.data["language"] for event in told(place)] == ["es", "ca"]
    assert Wanted.objects.filter(filled=False).count() == 0


def test_nobody_of_another_language_no_work(place, service):
    Wanted.objects.exclude(language="en").delete()
    say(place, TEXT)
    working.work()
    assert service.asked == []


def test_a_room_is_served_by_one_process(place, service):
    say(place, TEXT)
    assert working._take() is not None
    assert working._take() is None


class Local(backends.Backend):
    """A machine on this server."""

    name, label, leaves = "local", "Local", False

    def knows(self, source, target):
        return True

    def translate(self, texts, source, target):
        return [f"{target}: {text.upper()}" for text in texts]


def test_moderators_read_what_waits_by_a_machine_on_this_server(place, settings, monkeypatch):
    monkeypatch.setitem(backends.KINDS, "local", Local)
    settings.TRANSLATION_BACKENDS = ["local"]
    TranslationSettings.objects.update(may_leave=False)
    question = ask(place, TEXT, moderated=True)
    working.work()
    assert [event.audience for event in told(place)] == ["staff"]
    assert "es: HOW DOES" in frames(place, "es", "staff")
    assert "es: HOW DOES" not in frames(place, "es")
    state.step(question.pk, "approve", place["all"]["moderator"])
    working.work()
    assert "es: HOW DOES" in frames(place, "es")
    assert Question.objects.get().state == "approved"


def test_readers_of_simplified_chinese_are_served_by_machines_that_know_chinese(place, service):
    listening.note({place["key"]: {"zh-hans"}})
    say(place, TEXT)
    say(place, "城市怎么付钱？")
    working.work()
    asked = {(asked["source"], asked["target"]) for asked in service.asked}
    assert asked == {("en", "es"), ("en", "zh"), ("zh", "en"), ("zh", "es")}
    assert "zh: HOW DOES" in frames(place, "zh-hans")
