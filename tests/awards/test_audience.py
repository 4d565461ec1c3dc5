"""The audience award: a vote beside the jury's decision, with an envelope of its own; nobody knows before it opens."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from awards import audience, ceremony, stage
from awards.models import AUDIENCE, AudienceVote, Category, Entry
from common import clock
from live.log import between
from live.models import Room
from people.refusal import Refused
from polls.models import Poll
from tests import world
from tests.awards.conftest import category_of, entry_of
from tests.awards.test_ceremony import later, run
from tests.awards.test_entering import signed_in
from tests.polls.conftest import answered

pytestmark = pytest.mark.django_db
MARKS = ["67 %", "is-winner", "'percent': 67", '"audience_awards": "Golden']  # of the result
TITLES = ["Beds of reed", "Cool roofs", "Night buses"]


@pytest.fixture
def finalists(place):
    cache.clear()
    owner = place["all"]["attendee"]
    return [entry_of(place["category"], owner, "finalist", title=title, city="Accra") for title in TITLES]


@pytest.fixture
def prize(place):
    return Category.objects.create(call=place["call"], name="Golden Seat", kind=AUDIENCE)


@pytest.fixture
def cue(place, finalists, prize):
    ceremony.add(place["at"], prize, place["all"]["moderator"])
    return place["at"].award_cues.get()


@pytest.fixture
def crowd(place):
    return [world.participant(f"v{at}-x", "attendee", place["at"].edition, place["at"]).pk for at in range(6)]


def poll():
    return Poll.objects.get(sealed=True)


def vote(place, cue, crowd, *chosen):
    """The vote is opened, these people choose the option with this number, and it is closed."""
    by = place["all"]["moderator"]
    audience.step(cue, "open", by)
    for who, option in zip(crowd, chosen, strict=False):
        answered(poll(), [who], option=[option])
    audience.step(cue, "close", by)


def public(place):
    """What somebody gets who does not run the vote, and what those get who run it."""
    texts = []
    index, session = reverse("awards:index", args=[place["slug"]]), place["at"].get_absolute_url()
    texts += [Client().get(path).text for path in (index, session, reverse("awards:winners"))]
    for who in ("attendee", "speaker", "moderator", "organiser"):
        client = signed_in(place, who)
        texts += [client.get(path).text for path in (index, session)]
    texts.append(signed_in(place, "moderator").get(reverse("awards:ceremony", args=[place["session"]])).text)
    for form in ("json", "csv"):
        texts.append(signed_in(place, "organiser").get(reverse("awards:export", args=[place["slug"], form])).text)
    texts.append(signed_in(place, "moderator").get(reverse("polls:export", args=[place["session"], "json"])).text)
    for room in Room.objects.all():
        texts += [str(event.shown) for event in between(room.key, 0, room.head)]
    return "".join(texts)


def knows(text):
    """What of the result stands in a text."""
    return [mark for mark in MARKS if mark in text]


def test_the_audience_votes_on_all_finalists_and_the_winner_is_revealed(place, cue, crowd, prize, monkeypatch):
    assert list(poll().options.values_list("text", flat=True)) == [f"{title}, Accra" for title in TITLES]
    vote(place, cue, crowd, 1, 1, 0)
    run(cue, by=place["all"]["moderator"])
    shown = stage.on_screen(place["at"]).data
    assert [entry["title"] for entry in shown["entries"]] == ["Cool roofs"]
    assert [(row["title"], row["percent"]) for row in shown["ballot"]][:2] == [("Cool roofs", 67), ("Beds of reed", 33)]
    assert stage.card(place["at"]) == {"reveal": None}, "the picture of the others is not there yet"
    later(monkeypatch, 9)
    ceremony.tick()
    assert stage.card(place["at"])["reveal"]["ballot"][0]["percent"] == 67
    assert knows(public(place)) == MARKS, "the test can fail"
    entry = Entry.objects.get(title="Cool roofs")
    assert entry.state == "finalist", "the jury decides apart from it"
    assert "Golden Seat" in Client().get(entry.get_absolute_url()).text
    assert "Golden Seat" in Client().get(reverse("awards:winners")).text


def test_nothing_of_the_result_leaks_before_everybody_may_know(place, cue, crowd, monkeypatch):
    screen = reverse("polls:chart", args=[poll().pk])
    vote(place, cue, crowd, 1, 1, 0)
    assert knows(public(place)) == []
    run(cue, by=place["all"]["moderator"])
    assert knows(public(place)) == [], "the hall only"
    assert "67" not in signed_in(place, "moderator").get(screen).text.split("viewBox")[-1]
    run(cue, "back", by=place["all"]["moderator"])
    later(monkeypatch, 9)
    ceremony.tick()
    assert knows(public(place)) == []
    assert AudienceVote.objects.get().result == []


def test_what_was_shown_is_taken_back_everywhere(place, cue, crowd, monkeypatch):
    vote(place, cue, crowd, 1, 1, 0)
    run(cue, by=place["all"]["moderator"])
    later(monkeypatch, 9)
    ceremony.tick()
    run(cue, "back", by=place["all"]["moderator"])
    assert knows(public(place)) == [] and stage.on_screen(place["at"]) is None


def test_the_envelope_stays_shut_while_people_vote_or_nobody_has(place, cue, crowd):
    by = place["all"]["moderator"]
    audience.step(cue, "open", by)
    with pytest.raises(Refused, match="not closed"):
        run(cue, by=by)
    audience.step(cue, "close", by)
    with pytest.raises(Refused, match="Nobody has voted"):
        run(cue, by=by)


def test_equal_votes_win_together_and_who_withdrew_does_not(place, cue, crowd, finalists):
    vote(place, cue, crowd, 0, 0, 1, 2)
    Entry.objects.filter(pk=finalists[0].pk).update(state="withdrawn")
    run(cue, by=place["all"]["moderator"])
    shown = stage.on_screen(place["at"]).data
    assert [entry["title"] for entry in shown["entries"]] == TITLES[1:]
    assert [row["percent"] for row in shown["ballot"]] == [50, 50]


def test_the_vote_stays_as_it_is_once_its_envelope_is_open(place, cue, crowd):
    vote(place, cue, crowd, 1)
    run(cue, by=place["all"]["moderator"])
    cue.refresh_from_db()
    with pytest.raises(Refused, match="take that back"):
        audience.step(cue, "open", place["all"]["moderator"])


def test_a_vote_on_the_finalists_of_one_category(place, finalists, prize):
    other = category_of(place["call"], "Mobility")
    for number in range(2):
        entry_of(other, place["all"]["attendee"], "finalist", title=f"Tram {number}", city="")
    path = reverse("awards:cue", args=[place["session"]])
    signed_in(place, "moderator").post(path, {"add": prize.pk, "among": other.pk})
    assert list(poll().options.values_list("text", flat=True)) == ["Tram 0", "Tram 1"]


def test_it_is_run_from_the_ceremonys_page(place, cue, crowd):
    client = signed_in(place, "moderator")
    page, path = (reverse(f"awards:{name}", args=[place["session"]]) for name in ("ceremony", "cue"))
    assert "The vote has not begun." in client.get(page).text
    assert client.post(path, {"cue": cue.pk, "vote": "open", "seen": poll().version}).status_code == 302
    answered(poll(), crowd[:3], option=[1])
    assert "3 votes" in client.get(page).text and "Close the vote" in client.get(page).text
    assert client.post(path, {"cue": cue.pk, "version": 0}).status_code == 409
    client.post(path, {"cue": cue.pk, "vote": "close", "seen": poll().version})
    assert client.post(path, {"cue": cue.pk, "version": 0}).status_code == 302
    assert signed_in(place, "speaker").post(path, {"cue": cue.pk, "vote": "open"}).status_code == 403


def test_who_looks_at_an_old_page_does_not_put_the_votes_aside(place, cue, crowd):
    seen, path = poll().version, reverse("awards:cue", args=[place["session"]])
    vote(place, cue, crowd, 1, 1)
    late = signed_in(place, "moderator").post(path, {"cue": cue.pk, "vote": "open", "seen": seen})
    assert (late.status_code, poll().state, poll().rounds.count()) == (409, "closed", 1)


def test_it_leaves_the_ceremony_before_anybody_could_vote(place, cue, prize):
    by = place["all"]["moderator"]
    ceremony.drop(place["at"], prize, by)
    assert not Poll.objects.exists() and not AudienceVote.objects.exists()
    ceremony.add(place["at"], prize, by)
    again = place["at"].award_cues.get()
    audience.step(again, "open", by)
    with pytest.raises(Refused):
        ceremony.drop(place["at"], prize, by)


def test_nobody_enters_an_audience_award_and_no_jury_decides_it(place, prize):
    client = signed_in(place)
    place["call"].closes_at = clock.now() + timedelta(days=1)
    assert "Golden Seat" not in client.get(reverse("awards:mine", args=[place["slug"]])).text
    assert client.post(reverse("awards:begin", args=[place["slug"]]), {"category": prize.pk}).status_code == 404


def test_an_audience_award_needs_neither_questions_nor_criteria(place):
    client = signed_in(place, "organiser")
    path = reverse("awards:new_category", args=[place["slug"]])
    sent = {"name": "Golden Seat", "position": 9, "round": "weighted"}
    assert client.post(path, sent | {"kind": "project"}).status_code == 422
    assert client.post(path, sent | {"kind": "audience"}).status_code == 302
    made = Category.objects.get(name="Golden Seat")
    assert (made.kind, made.questions, made.criteria) == ("audience", [], [])
    entry_of(place["category"], place["all"]["attendee"])
    change = reverse("awards:category", args=[place["slug"], place["category"].pk])
    assert client.post(change, sent | {"kind": "audience"}).status_code == 422
