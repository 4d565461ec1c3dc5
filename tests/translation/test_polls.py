"""A poll is translated as one text once it is open: its question, its options and the ends of its scale."""

import json

import pytest
from django.utils import translation

from polls.entries import cards
from polls.listing import rows
from polls.models import Poll
from polls.prepare import Choice, save
from polls.state import step
from tests.translation.room import frames, told
from translation import working
from translation.models import Translation

pytestmark = pytest.mark.django_db
QUESTION, OPTIONS = "What should the city of Curitiba do first?", ["Trams for all", "More trees", "Curitiba"]
SENT = ["What should the city of ⟦1⟧ do first?", "Trams for all", "More trees"]


def made(place, options=OPTIONS, **fields):
    return save(place["at"], {"type": "single", "question": QUESTION, **fields}, [Choice(text) for text in options])


def opened(place, poll):
    for action in ("schedule", "open"):
        step(poll.pk, action, place["all"]["moderator"])


def places(html):
    return {place.split('"')[0] for place in html.split('id="translated-')[1:]}


def test_a_draft_is_private(place, service):
    poll = made(place)
    working.work()
    step(poll.pk, "schedule", place["all"]["moderator"])
    working.work()
    assert service.asked == []


def test_it_is_read_in_ones_language_from_its_opening_on(place, service):
    poll = made(place, OPTIONS[:2])
    opened(place, poll)
    working.work()
    [asked] = service.asked
    assert asked["q"] == [SENT[0], *SENT[1:]] and asked["target"] == "es"
    [event] = told(place)
    assert event.data == {"of": "polls.poll", "id": str(poll.pk), "language": "es", "staff": False}
    first, second = poll.options.all()
    shown = frames(place, "es")
    assert {f"question-{poll.pk}", f"note-question-{poll.pk}", f"choice-{first.pk}", f"bar-{second.pk}"} <= places(
        shown
    )
    assert "es: TRAMS FOR ALL" in shown and "Curitiba" in shown
    assert "es:" not in frames(place, "en") and "es:" not in frames(place, "ca")


def test_pages_cards_and_results_have_it(place, service):
    poll = made(place)
    opened(place, poll)
    working.work()
    [card] = cards([{"id": poll.pk}])
    assert card["translations"]["es"].startswith("es: WHAT SHOULD")
    assert [option["translations"]["es"] for option in card["options"][:2]] == ["es: TRAMS FOR ALL", "es: MORE TREES"]
    [row] = rows(place["at"])
    assert row["results"]["rows"][1]["translations"]["es"] == "es: MORE TREES"


def test_the_ends_of_a_scale_too(place, service):
    poll = made(place, [], type="rating", highest=5, low_label="Not at all", high_label="Very much")
    opened(place, poll)
    working.work()
    [card] = cards([{"id": poll.pk}])
    assert card["high_translations"]["es"] == "es: VERY MUCH"
    assert {f"low-{poll.pk}", f"high-{poll.pk}"} <= places(frames(place, "es"))


def test_who_edits_a_poll_takes_the_translation_with_it(place, service):
    poll = made(place)
    opened(place, poll)
    working.work()
    save(
        place["at"],
        {"question": "What should our city do last?"},
        [Choice(o.text, pk=o.pk) for o in poll.options.all()],
        poll.pk,
    )
    assert "WHAT SHOULD THE CITY" not in frames(place, "es"), "at once"
    working.work()
    assert "WHAT SHOULD OUR CITY" in frames(place, "es")
    assert not Translation.objects.filter(text__contains="WHAT SHOULD THE CITY").exists()


def test_a_machine_that_loses_a_line_shows_nothing(place, service):
    poll = made(place)
    opened(place, poll)
    service.answers[SENT[1]] = ""
    working.work()
    assert service.asked and "es:" not in frames(place, "es")
    [card] = cards([{"id": poll.pk}])
    assert card["translations"] == {} and card["options"][0]["translations"] == {}


def test_an_archived_poll_has_none(place, service):
    poll = made(place)
    opened(place, poll)
    working.work()
    for action in ("close", "archive"):
        step(poll.pk, action, place["all"]["moderator"])
    assert "es:" not in frames(place, "es"), "at once"
    working.work()
    assert not Translation.objects.exists()


def test_without_a_machine_a_page_is_as_it_was(place, settings):
    settings.TRANSLATION_BACKENDS = []
    opened(place, made(place))
    assert 'id="translated' not in frames(place, "es")
    with translation.override("es"):
        assert json.dumps(cards([{"id": Poll.objects.get().pk}])[0]["translations"]) == "null"
