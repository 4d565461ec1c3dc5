"""Counting: for each type random ballots and re-votes give what a few lines of plain Python give."""

import unicodedata
import uuid
from collections import Counter
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Participant
from polls import cloud, quiz
from polls.ballots import Vote, cast_all
from polls.models import WITH_OPTIONS, Mark, Round
from polls.prepare import Choice
from polls.state import open_now, step
from polls.tally import tally
from sessions.models import Session
from tests import world
from tests.polls.conftest import answered, opened, poll_of

pytestmark = pytest.mark.django_db
PEOPLE, OPTIONS = 6, ["Trams", "Trees", "Water", "Light"]
NAMES = st.sampled_from(["Trees", "trees", "ＴＲＥＥＳ", "Shade", "水", "a b", "A  B"])

# type -> (fields, strategy of one answer: option numbers, words or a number)
KINDS = {
    "single": ({}, st.integers(0, 3).map(lambda n: [n])),
    "quiz": ({}, st.integers(0, 3).map(lambda n: [n])),
    "multiple": ({"max_choices": 3}, st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)),
    "ranking": ({}, st.permutations(range(4))),
    "rating": ({"highest": 5}, st.integers(1, 5)),
    "number": ({"lowest": -20, "highest": 20, "target": 3}, st.integers(-20, 20)),
    "words": ({"max_choices": 3}, st.lists(NAMES, min_size=1, max_size=3)),
    "text": ({}, st.text("abc", min_size=1, max_size=5)),
}


def sent(kind, answer, keys):
    if answer is None:
        return {"abstain": ["1"]}
    if kind in ("single", "quiz", "multiple", "ranking"):
        confirmed = {"confirmed": ["1"]} if kind == "ranking" else {}  # also the order in which it was asked
        return {"option": [keys[at] for at in answer]} | confirmed
    name = {"rating": "rating", "number": "number", "words": "word", "text": "text"}[kind]
    return {name: [str(one) for one in (answer if isinstance(answer, list) else [answer])]}


def reference(kind, last):
    """The tally of the last answers (abstentions left out), in the simplest words there are."""
    if kind in ("single", "quiz", "multiple"):
        return Counter(at for answer in last for at in answer)
    if kind == "ranking":
        return Counter({at: sum(3 - list(answer).index(at) for answer in last) for at in range(4)})
    if kind == "words":
        fold = {"Trees": "trees", "ＴＲＥＥＳ": "trees", "A  B": "a b", "a b": "a b"}
        return Counter(word for answer in last for word in {fold.get(one, one.casefold()) for one in answer})
    if kind == "text":
        return Counter(last)
    return (Counter(last), round(sum(last) / len(last), 2) if last else None, median(last) if last else None)


def measured(kind, poll, keys):
    counted = tally(poll, poll.round)
    if kind in ("single", "quiz", "multiple"):
        return Counter({keys.index(str(row["id"])): row["count"] for row in counted["rows"]})
    if kind == "ranking":
        return Counter({keys.index(str(row["id"])): row["score"] for row in counted["rows"]})
    if kind == "words":
        return Counter(
            {unicodedata.normalize("NFKC", word["text"]).casefold(): word["count"] for word in counted["words"]}
        )
    if kind == "text":
        Mark.objects.filter(ballot__round=poll.round).update(approval="shown")
        return Counter(one["text"] for one in tally(poll, poll.round)["texts"])
    marks = Counter(Mark.objects.filter(ballot__round=poll.round).values_list("number", flat=True))
    assert sum(column["count"] for column in counted["columns"]) == sum(marks.values())
    middle = counted["median"] if kind == "number" else median(marks.elements()) if marks else None
    return (marks, counted["mean"], middle)


@pytest.fixture
def electorate(session):
    mark = uuid.uuid4().hex
    return [world.participant(f"e{at}-{mark}", "attendee", session.edition, session).pk for at in range(PEOPLE)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("anonymous", [True, False])
def test_tally_is_that_of_the_reference(session, electorate, kind, anonymous):
    fields, answer = KINDS[kind]
    ballots = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.one_of(answer, st.none())), max_size=20)
    choices = [Choice(name, name == "Trams") for name in OPTIONS] if kind in WITH_OPTIONS else []

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(ballots=ballots, size=st.integers(1, 7))
    def check(ballots, size):
        Round.objects.all().delete()
        session.polls.all().delete()
        poll = open_now(poll_of(session, choices, type=kind, anonymous=anonymous, abstaining=True, **fields).pk)
        keys = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
        votes = [
            Vote(electorate[who], poll.pk, sent(kind, one, keys) | {"secret": [str(uuid.UUID(int=who))]})
            for who, one in ballots
        ]
        for at in range(0, len(votes), size):
            cast_all(votes[at : at + size])
        assert not [vote.refused for vote in votes if vote.refused]
        last = dict(ballots)
        counted = tally(poll, poll.round)
        assert (counted["ballots"], counted["abstained"]) == (len(last), list(last.values()).count(None))
        assert measured(kind, poll, keys) == reference(kind, [one for one in last.values() if one is not None])

    check()


def test_borda(session, crowd):
    poll = opened(session, [Choice(name) for name in OPTIONS], type="ranking")
    answered(poll, crowd[:2], option=[1, 0, 2, 3])
    answered(poll, crowd[2:3], option=[0, 1, 3, 2])
    rows = tally(poll, poll.round)["rows"]
    assert [(row["text"], row["score"]) for row in rows] == [("Trees", 8), ("Trams", 7), ("Water", 2), ("Light", 1)]


def test_the_nearest_guesses_win(session, crowd):
    poll = opened(session, type="number", target=40)
    for who, guess in zip(crowd, [10, 37, 43, 90], strict=False):
        answered(poll, [who], number=[guess])
    counted = tally(poll, poll.round)
    assert (counted["nearest"], counted["winners"], counted["median"], counted["mean"]) == (3, 2, 40.0, 45.0)


def test_hidden_words_are_not_counted(session, crowd):
    from polls.prepare import judge

    poll = opened(session, type="words")
    answered(poll, crowd[:2], word=["Trees"])
    judge(Mark.objects.first().pk, "hidden", poll)
    assert tally(poll, poll.round)["words"] == [{"text": "Trees", "count": 1}]


# --- the quiz --------------------------------------------------------------------------------------------------------
def test_leaderboard_counts_right_answers_and_speed_as_points_does(session, crowd):
    from polls.models import Ballot

    spent = {}
    for duration in (0, 20):
        poll = opened(session, type="quiz", may_change=False, duration=duration)
        answered(poll, crowd[:4], option=[0])
        answered(poll, crowd[4:6], option=[1])
        for at, ballot in enumerate(Ballot.objects.filter(round=poll.round)):
            elapsed = (at + 1) * 3700
            Ballot.objects.filter(pk=ballot.pk).update(elapsed=elapsed)
            if ballot.participant_id in crowd[:4]:
                spent.setdefault(ballot.participant_id, []).append(quiz.points(elapsed, duration))
        assert quiz.leaderboard(session) == [] if duration == 0 else True
        step(poll.pk, "close")
    for at, who in enumerate(crowd):
        quiz.name_oneself(session, Participant.objects.get(pk=who), f"Player {at}")
    found = quiz.leaderboard(session)
    assert sorted((row["points"] for row in found), reverse=True) == [row["points"] for row in found]
    assert {row["name"]: row["points"] for row in found} == {
        f"Player {crowd.index(who)}": sum(points) for who, points in spent.items()
    }
    assert all(row["right"] == 2 for row in found)


@pytest.mark.parametrize(
    ("elapsed", "duration", "points"),
    [(0, 20, 1000), (10_000, 20, 750), (20_000, 20, 500), (99_000, 20, 500), (15_000, 0, 750), (0, 0, 1000)],
)
def test_points(elapsed, duration, points):
    assert quiz.points(elapsed, duration) == points


def test_a_nickname_is_one_persons(session, people):
    from people.refusal import Refused

    quiz.name_oneself(session, people["attendee"], "Falcon")
    quiz.name_oneself(session, people["attendee"], "Falcon ")
    with pytest.raises(Refused, match="already"):
        quiz.name_oneself(session, people["speaker"], "FALCON")
    assert quiz.name_oneself(session, people["attendee"], "Owl").name == "Owl"


# --- the cloud -------------------------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=32), st.integers(1, 500)), max_size=60))
def test_no_word_of_a_cloud_lies_on_another_or_outside(words):
    found = sorted(({"text": text, "count": count} for text, count in words), key=lambda word: -word["count"])
    placed = cloud.layout(found)
    boxes = [cloud.Box(w["x"], w["y"], cloud._ems(w["text"]) * w["size"] / 2, w["size"] * 0.5) for w in placed]
    for at, box in enumerate(boxes):
        assert box.x - box.half_width + 3 >= 0 and box.x + box.half_width - 3 <= cloud.WIDTH
        assert not any(box.meets(other) for other in boxes[at + 1 :])
    texts = [word["text"] for word in placed]
    assert texts[:3] == [word["text"] for word in found[:3]]  # for these there is always room
    assert not Counter(texts) - Counter(word["text"] for word in found)  # and none is there twice


def test_sessions_do_not_mix(session, place, crowd):
    other = Session.objects.get(pk=place["other_session"])
    one, two = opened(session), opened(other)
    answered(one, crowd[:3], option=[0])
    answered(two, crowd[:1], option=[0])
    assert tally(two, two.round)["ballots"] == 1


def test_a_cloud_counts_words_by_their_marks(session, electorate):
    poll = opened(session, type="words", max_choices=5)
    answered(poll, electorate[:2], word=["パリ", "バリ", "ハリ", "año", "ano"])
    answered(poll, electorate[2:3], word=["ﾊﾟﾘ", "ＡÑＯ", "an\u0303o"])
    words = {word["text"]: word["count"] for word in tally(poll, poll.round)["words"]}
    assert sorted(words.values()) == [2, 2, 2, 3, 3] and words["ano"] == words["バリ"] == words["ハリ"] == 2
