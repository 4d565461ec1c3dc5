"""What was said in recordings is found, at its moment, by those who may see the session, and by nobody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from captions import passages, writing
from captions.models import Caption, Passage, Track
from people.models import Ban
from scheduler.models import Job
from search.models import Found
from sessions.models import Session
from streams import recorded
from streams.models import Recording
from tests.people.matrix import signed_in
from tests.replay import world

WORD = "pumpkin"  # in no other text
SAID = {
    0: "Good morning from Barcelona.",
    20: "We begin with the first street.",
    40: f"Then came the {WORD} market.",
    700: "A turnip in the pause, which the recording leaves out.",
    960: "After the pause the market closed.",
}


@pytest.fixture
def place(db):
    cache.clear()
    made = world.recorded()
    track = Track.objects.create(session_id=made["session"], language="en", name="English")
    for seconds, text in SAID.items():
        Caption.objects.create(track=track, at=made["began"] + timedelta(seconds=seconds), text=text)
    passages.write({"session": made["session"]})
    return made | {"track": track}


def found(place, role="attendee", words=WORD):
    """What the archive and the search have for somebody's words: whether each leads to the moment."""
    client = signed_in(place, role)
    pages = [(f"/editions/{place['slug']}/recordings/", {"q": words}), ("/search/", {"q": words, "kind": "said"})]
    return [f"/sessions/{place['session']}/?t=" in client.get(path, asked).text for path, asked in pages]


def test_a_transcript_is_cut_into_passages_at_their_places_in_the_recording(place):
    assert list(Passage.objects.values_list("place", "text")) == [
        (0, f"{SAID[0]} {SAID[20]}"),
        (40, SAID[40]),
        (660, SAID[960]),
    ]


def test_words_lead_to_their_moment_for_everybody_who_may_see_it(place):
    assert found(place) == found(place, "anonymous") == [True, True]
    page = Client().get(f"/editions/{place['slug']}/recordings/", {"q": WORD}).text
    assert f'href="/sessions/{place["session"]}/?t=40"' in page and f"<mark>{WORD}</mark>" in page
    assert "0:40 · English" in page and "No recording is like this" not in page
    assert found(place, words="turnip") == [False, False], "it was cut out"


def test_what_is_said_comes_after_what_is_called_so_and_a_title_is_not_said_by_all(place):
    page = Client().get("/search/", {"q": "streets"}).text  # "Streets for people" is the session
    links = [part.split('"')[0] for part in page.split(f'href="/sessions/{place["session"]}/')[1:]]
    assert links == ["", "?t=0"]
    assert found(place, words="people") == [False, False]


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "invited"},
        {"visibility": "staff"},
        {"embargo_until": timezone.now() + timedelta(hours=1)},
        {"status": "ended"},
        {"status": "cancelled"},
    ],
)
def test_what_one_may_not_see_is_not_found_from_that_moment_on(place, change):
    Session.objects.filter(pk=place["session"]).update(**change)
    cache.clear()
    for role in ("anonymous", "attendee", "outsider"):
        assert found(place, role) == [False, False], (role, change)


def test_without_its_recording_it_is_not_found_and_who_may_see_it_finds_it(place):
    Session.objects.filter(pk=place["session"]).update(visibility="registered")
    assert found(place, "anonymous") == [False, False] and found(place, "attendee") == [True, True]
    Recording.objects.update(address="")
    assert found(place, "organiser") == [False, False]


def test_who_is_banned_finds_nothing(place):
    Ban.objects.create(participant_id=place["people"]["attendee"], scope=f"edition:{place['edition']}", reason="x")
    assert found(place, "attendee")[1] is False


def test_a_correction_and_another_cut_write_passages_anew_and_leave_the_others(place):
    before = dict(Passage.objects.values_list("place", "pk"))
    line = Caption.objects.select_related("track__session").get(text=SAID[40])
    Job.objects.all().delete()
    Client().post(
        f"/captions/{place['track'].address}/lines/", {"line": line.pk, "text": "Then came the melon market."}
    )
    assert [job.data for job in Job.objects.filter(kind=passages.JOB)] == [{"session": place["session"]}]
    passages.write({"session": place["session"]})
    assert found(place) == [False, False] and found(place, words="melon") == [True, True]
    after = dict(Passage.objects.values_list("place", "pk"))
    assert after[0] == before[0] and after[660] == before[660] and after[40] != before[40]
    Job.objects.all().delete()
    session, by = Session.objects.get(pk=place["session"]), world.who(place, "moderator")
    marks = [[time, there + 10] for time, there in Recording.objects.get().marks]
    recorded.keep(session, by, address=world.ADDRESS, marks=marks, offset=0, parts=[])
    assert Job.objects.filter(kind=passages.JOB).exists()
    passages.write({"session": place["session"]})
    assert list(Passage.objects.values_list("place", flat=True)) == [10, 50, 670]


def test_publishing_plans_it_and_a_session_without_captions_plans_nothing(place):
    session = Session.objects.get(pk=place["session"])
    Job.objects.all().delete()
    session.save()
    assert Job.objects.filter(kind=passages.JOB).count() == 1
    Track.objects.all().delete()
    Job.objects.all().delete()
    session.save()
    assert not Job.objects.filter(kind=passages.JOB).exists() and not Found.objects.filter(kind="said").exists()


def test_a_line_while_it_is_live_plans_nothing(place):
    Session.objects.filter(pk=place["session"]).update(status="live")
    Job.objects.all().delete()
    writing.receive(place["track"].pk, 1, "Hello\n")
    assert not Job.objects.filter(kind=passages.JOB).exists()


def test_the_archive_asks_no_more_for_more_that_was_said(place, django_assert_max_num_queries):
    lines = [
        Caption(track=place["track"], at=place["began"] + timedelta(seconds=at), text=f"A {WORD} number {at}")
        for at in range(1000, 1500, 10)
    ]
    Caption.objects.bulk_create(lines)
    passages.write({"session": place["session"]})
    with django_assert_max_num_queries(20):
        page = Client().get(f"/editions/{place['slug']}/recordings/", {"q": WORD}).text
    assert page.count("?t=") == 12
