"""What comes back with a recording: by the rules of today, each thing once, where the recording shows its moment."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Ban
from polls.models import Ballot, Mark, Nickname
from polls.quiz import leaderboard
from questions.state import step
from sessions.models import Session
from streams.models import Recording
from tests.replay import world
from tests.replay.world import message, poll, question, who

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(kept):
    return world.recorded()


def client_of(place, role):
    client = Client()
    if role:
        client.cookies["sessionid"] = place["cookies"][role]
    return client


def window(place, begin, role=""):
    path = f"/sessions/{place['session']}/replay/"
    answer = client_of(place, role).get(path, {"from": begin, "to": begin + 60})
    assert answer.status_code == 200
    return answer.text


def everything(place, role=""):
    """All windows, and what came afterwards."""
    parts = [window(place, begin, role) for begin in range(0, 1800, 60)]
    return "".join(parts) + client_of(place, role).get(f"/sessions/{place['session']}/replay/afterwards/").text


def places(text):
    """What is shown at which place, in order: (seconds, first words)."""
    found = re.findall(r'data-at="([\d.]+)" data-of="([a-z]+)-', text)
    return [(float(at), kind) for at, kind in found]


@pytest.mark.parametrize(
    ("seconds", "at"),
    [(0, 0), (59, 59), (60, 60), (599, 599), (600, 600), (700, 600), (899.5, 600), (901, 601), (1799, 1499)],
)
def test_a_message_comes_where_the_recording_shows_its_moment(place, seconds, at):
    message(place, seconds, "Hello there")
    begin = int(at // 60 * 60)
    assert places(window(place, begin)) == [(at, "message")]
    assert everything(place).count("Hello there") == 1


def test_what_was_written_before_and_after_it_is_in_no_window(place):
    message(place, -5, "Too early")
    message(place, world.LENGTH + 5, "Too late")
    windows = "".join(window(place, begin) for begin in range(0, 3600, 60))
    assert "Too early" not in windows and "Too late" not in windows
    later = Client().get(f"/sessions/{place['session']}/replay/afterwards/").text
    assert "Too late" in later and "Too early" not in later and '<span class="replay-number">1</span>' in later


def removed(place):
    message(place, 30, "Xcanary").remove(who(place, "moderator"))


def withdrawn(place):
    one = message(place, 30, "Xcanary")
    one.remove(one.participant)


def held(place):
    message(place, 30, "Xcanary", held="links")


def banned(place):
    message(place, 30, "Xcanary", role="speaker")
    question(place, 40, "Xcanary", role="speaker")
    Ban.objects.create(participant=who(place, "speaker"), scope=f"session:{place['session']}", reason="Shouting")


def quoted(place):
    first = message(place, 30, "Xcanary", role="speaker")
    message(place, 40, "As they said", reply_to=first)
    Ban.objects.create(participant=who(place, "speaker"), scope=f"session:{place['session']}", reason="Shouting")


def quoted_removed(place):
    first = message(place, 30, "Xcanary")
    message(place, 40, "As they said", reply_to=first)
    first.remove(who(place, "moderator"))


def pending(place):
    question(place, 30, "Xcanary", steps=())


def dismissed(place):
    question(place, 30, "Xcanary", steps=("approve", "dismiss"))


def taken_back(place):
    one = question(place, 30, "Xcanary", steps=())
    step(one.pk, "withdraw", one.asker)


def merged(place):
    into = question(place, 20, "The one that stays")
    one = question(place, 30, "Xcanary")
    step(one.pk, "merge", who(place, "moderator"), into=into)


def draft(place):
    poll(place, 30, "Xcanary", state="draft")


def archived(place):
    poll(place, 30, "Xcanary", state="archived")


HIDDEN = [removed, withdrawn, held, banned, quoted, quoted_removed, pending, dismissed, taken_back, merged]


@pytest.mark.parametrize("role", ["", "attendee", "moderator", "organiser"])
def test_what_is_hidden_today_comes_back_for_nobody(place, role):
    message(place, 35, "Still there")
    for hide in (*HIDDEN, draft, archived):
        hide(place)
    found = everything(place, role)
    assert re.findall(".{200}Xcanary", found, re.DOTALL) == []
    assert "Still there" in found


def test_the_same_things_come_back_as_long_as_they_are_not_hidden(place):
    """The test above can fail."""
    message(place, 30, "One", role="speaker")
    question(place, 40, "Two", role="speaker")
    question(place, 50, "Three", steps=("approve", "queue", "stage", "answer"))
    poll(place, 55, "Four")
    assert places(window(place, 0)) == [
        (30, "message"),
        (40, "question"),
        (50, "question"),
        (50, "question"),
        (55, "poll"),
    ]


def test_a_ban_that_is_over_hides_nothing(place):
    message(place, 30, "Back again", role="speaker")
    ban = Ban.objects.create(
        participant=who(place, "speaker"), scope=f"session:{place['session']}", reason="Shouting",
        until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    assert "Back again" not in window(place, 0)
    Ban.objects.filter(pk=ban.pk).update(lifted_at=timezone.now())
    assert "Back again" in window(place, 0)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"results": "live"}, True),
        ({"results": "closed"}, True),
        ({"results": "never"}, False),
        ({"results": "voted"}, False),
        ({"results": "revealed"}, False),
        ({"results": "revealed", "revealed": True}, True),
        ({"results": "live", "sealed": True}, False),
        ({"results": "live", "state": "open"}, False),
    ],
)
@pytest.mark.parametrize("role", ["attendee", "moderator"])
def test_results_come_when_the_poll_was_closed_if_they_are_for_all_now(place, fields, shown, role):
    poll(place, 30, "Shall we?", **fields)
    assert 'class="bars"' not in window(place, 0, role)
    assert ('class="bars"' in window(place, 60, role)) == shown


def test_nobody_leads_a_quiz_in_a_replay(place):
    quiz = poll(place, 30, "Which year?", type="quiz", results="closed")
    Nickname.objects.create(session_id=place["session"], participant=who(place), name="Falconia", folded="falconia")
    quiz.options.update(right=True)
    ballot = Ballot.objects.create(round=quiz.round, participant=who(place), elapsed=500)
    Mark.objects.create(ballot=ballot, option=quiz.options.get())
    assert leaderboard(quiz.session)[0]["name"] == "Falconia"
    found = everything(place)
    assert "Falconia" not in found and "Leaderboard" not in found and 'class="bars"' in found


def test_a_question_without_a_name_comes_at_a_coarse_time_only(place):
    for seconds in (301, 399, 599):
        question(place, seconds, f"Asked at {seconds}", anonymous=True)
    question(place, 400, "With a name")
    found = everything(place)
    assert sorted(at for at, _kind in places(found)) == [400, 600, 600, 600]
    assert place["began"].isoformat()[:13] not in found, "no time of the day"
    assert "Anonymous" in found


def test_those_of_the_last_minutes_do_not_count_as_late(place):
    question(place, world.LENGTH - 20, "Just in time", anonymous=True)
    windows = "".join(window(place, begin) for begin in range(0, 1800, 60))
    assert "Just in time" in windows and places(windows) == [(1200, "question")]


def test_what_one_asked_is_for_oneself_alone(place):
    question(place, 120, "My own words", anonymous=True)
    path = f"/sessions/{place['session']}/replay/own/"
    assert "My own words" in client_of(place, "attendee").get(path).text
    assert 'data-to="120.0"' in client_of(place, "attendee").get(path).text
    for role in ("", "moderator", "speaker"):
        assert "My own words" not in client_of(place, role).get(path).text


@pytest.mark.parametrize(("begin", "end"), [("", ""), (1, 61), (0, 600), (-60, 0), ("x", 60), (86400, 86460)])
def test_other_windows_are_refused_in_words(place, begin, end):
    path = f"/sessions/{place['session']}/replay/"
    assert Client().get(path, {"from": begin, "to": end}).status_code == 422


def test_a_window_is_bounded_and_says_what_it_leaves_out(place, monkeypatch):
    from replay import data

    monkeypatch.setattr(data, "MOST", 3)
    for number in range(5):
        message(place, number, f"Number {number}", role=("attendee", "speaker", "moderator", "organiser")[number % 4])
    found = window(place, 0)
    assert "Number 2" in found and "Number 3" not in found and "2 more in this minute" in found


def test_a_window_asks_the_database_a_fixed_number_of_times(place, django_assert_max_num_queries):
    for number in range(20):
        message(place, number * 2, f"Number {number}", role=("attendee", "speaker", "moderator")[number % 3])
        question(place, number, f"Question {number}", role=("attendee", "speaker", "moderator")[number % 3])
    poll(place, 30, "Shall we?")
    with django_assert_max_num_queries(25):
        window(place, 0)


def test_what_people_wrote_comes_later_or_earlier_by_the_offset(place):
    message(place, 30, "Hello there")
    Recording.objects.update(offset=45)
    assert places(window(place, 60)) == [(75, "message")]
    Recording.objects.update(offset=-45)
    assert places(window(place, 0)) == [(0, "message")]


def test_a_session_that_plays_no_recording_gives_nothing_back(place):
    message(place, 30, "Hello there")
    for change in ({"status": "ended"}, {"status": "on_demand"}):
        Session.objects.filter(pk=place["session"]).update(**change)
        assert ("Hello there" in everything(place)) == (change["status"] == "on_demand")
    Recording.objects.update(address="")
    assert "Hello there" not in everything(place)


def test_whom_a_session_is_not_for_gets_no_window(place):
    message(place, 30, "Hello there")
    Session.objects.filter(pk=place["session"]).update(visibility="registered")
    for name in ("", "afterwards/", "own/"):
        path, asked = f"/sessions/{place['session']}/replay/{name}", {"from": "0", "to": "60"}
        assert Client().get(path, asked).status_code == 404
        assert client_of(place, "outsider").get(path, asked).status_code == 404
        assert client_of(place, "attendee").get(path, asked).status_code == 200


def test_the_page_has_chapters_the_curve_and_the_slider_of_the_team(place):
    question(place, 120, "On the stage", steps=("approve", "queue", "stage", "answer"))
    poll(place, 30, "Shall we?")
    poll(place, world.LENGTH + 30, "One more, afterwards")
    message(place, 31, "Hello there")
    Recording.objects.update(parts=[[5, "Li Ming speaks"]])
    page = client_of(place, "attendee").get(f"/sessions/{place['session']}/").text
    titles = re.findall(r'<span dir="auto">(.+?)</span></a></li>', page)
    assert titles == ["Li Ming speaks", "Shall we?", "On the stage"]
    assert 'class="replay-curve"' in page and "Keep it for everybody" not in page
    assert "Keep it for everybody" in client_of(place, "moderator").get(f"/sessions/{place['session']}/").text


def test_the_archive_has_recordings_that_one_may_see(place):
    path = f"/editions/{place['slug']}/recordings/"
    assert "Streets for people" in Client().get(path).text
    assert "Streets for people" in Client().get(path, {"q": "strëets"}).text
    assert "Streets for people" in Client().get(path, {"speaker": place["speaker_page"]}).text
    assert "Streets for people" not in Client().get(path, {"q": "nothing like it"}).text
    Session.objects.filter(pk=place["session"]).update(visibility="registered")
    assert "Streets for people" not in Client().get(path).text
    assert "Streets for people" in client_of(place, "attendee").get(path).text


def test_the_page_of_a_recording_asks_no_more_for_more_in_it(place):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert "replay-panel" in Client().get(f"/sessions/{place['session']}/").text
        return len(queries)

    def fill(first):
        for number in range(first, first + 3):
            message(place, number, f"Number {number}")
            question(place, number, f"Question {number}", steps=("approve", "queue", "stage", "answer"))

    fill(0)
    asked()  # what is read once and kept
    before = asked()
    fill(10)
    assert asked() == before
