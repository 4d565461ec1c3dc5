"""What may be answered, by type; what a ballot is, and that it is one."""

import uuid

import pytest

from live.outcomes import Failed
from people.refusal import Refused
from polls.answers import Paper, sent_of
from polls.ballots import Vote, cast_together, mix
from polls.models import Ballot, Mark, Participation, Poll
from polls.state import step
from polls.tally import tally
from tests.polls.conftest import answered, opened, poll_of

pytestmark = pytest.mark.django_db


def read(session, sent, **fields):
    """The marks read from what was sent; "#n" is the n-th option."""
    poll = poll_of(session, **fields)
    keys = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
    sent = {name: [keys[int(one[1:])] if one.startswith("#") else one for one in sent[name]] for name in sent}
    sent = {name.replace("#0", keys[0]) if keys else name: values for name, values in sent.items()}
    answer = Paper.of(Poll.objects.select_related("session__edition").get(pk=poll.pk)).read(sent)
    return [(keys.index(str(option)) if option else None, number, text) for option, number, text in answer.marks]


RIGHT = [
    ({"type": "single"}, {"option": ["#1"]}, [(1, None, "")]),
    ({"type": "quiz", "may_change": False}, {"option": ["#0"]}, [(0, None, "")]),
    ({"type": "multiple", "max_choices": 2}, {"option": ["#0", "#2"]}, [(0, None, ""), (2, None, "")]),
    ({"type": "multiple", "min_choices": 0, "max_choices": 2}, {}, []),
    ({"type": "ranking"}, {"option": ["#2", "#0", "#1"]}, [(2, 1, ""), (0, 2, ""), (1, 3, "")]),
    (
        {"type": "ranking"},
        {"option": ["#0", "#1", "#2"], "confirmed": ["1"]},
        [(0, 1, ""), (1, 2, ""), (2, 3, "")],
    ),
    ({"type": "rating", "highest": 5}, {"rating": ["5"]}, [(None, 5, "")]),
    ({"type": "words", "max_choices": 2}, {"word": ["  Trees ", ""]}, [(None, None, "Trees")]),
    ({"type": "words", "max_choices": 3}, {"word": ["Trees", "TREES"]}, [(None, None, "TREES")]),
    (
        {"type": "words", "max_choices": 3},
        {"word": ["año", "ano", "An\u0303o"]},
        [(None, None, "An\u0303o"), (None, None, "ano")],
    ),
    ({"type": "text"}, {"text": ["A  long\nanswer"]}, [(None, None, "A long answer")]),
    ({"type": "number", "lowest": -5, "highest": 5}, {"number": ["-5"]}, [(None, -5, "")]),
]
WRONG = [
    ({"type": "single"}, {}, "Choose first"),
    ({"type": "single"}, {"option": ["999999999"]}, "not part of the poll"),
    ({"type": "single"}, {"option": ["x"]}, "not part of the poll"),
    ({"type": "single"}, {"option": ["#0", "#1"]}, "Choose 1 to 1"),
    ({"type": "multiple", "max_choices": 2}, {"option": ["#0", "#1", "#2"]}, "Choose 1 to 2"),
    ({"type": "multiple", "max_choices": 2}, {"option": ["#0", "#0"]}, "each option once"),
    ({"type": "multiple", "min_choices": 2, "max_choices": 3}, {"option": ["#0"]}, "Choose 2 to 3"),
    ({"type": "ranking"}, {"option": ["#2", "#0"]}, "Choose 3 to 3"),
    ({"type": "ranking"}, {"option": ["#0", "#1", "#2"]}, "the order in which it was asked"),
    ({"type": "ranking"}, {"option": ["#2", "#0", "#0"]}, "each option once"),
    ({"type": "rating", "highest": 5}, {"rating": ["6"]}, "from 1 to 5"),
    ({"type": "rating", "highest": 5}, {"rating": ["0"]}, "from 1 to 5"),
    ({"type": "rating", "highest": 5}, {}, "whole number"),
    ({"type": "words", "max_choices": 1}, {"word": ["a", "b"]}, "At most 1 word"),
    ({"type": "words"}, {"word": [" "]}, "Write something"),
    ({"type": "words"}, {"word": ["x" * 33]}, "At most 32"),
    ({"type": "words"}, {"word": ["\u2800"]}, "Write something"),
    ({"type": "text"}, {"text": ["\U000e0041\u3164"]}, "Write something"),
    ({"type": "text"}, {"text": ["x" * 281]}, "At most 280"),
    ({"type": "text"}, {"text": ["a\x00b"]}, "do not want"),
    ({"type": "number"}, {"number": ["1.5"]}, "whole number"),
    ({"type": "number"}, {"number": ["１２"]}, "whole number"),
    ({"type": "number"}, {"number": ["101"]}, "from 0 to 100"),
    ({"type": "number"}, {"number": ["9" * 400]}, "whole number"),
    ({"type": "single"}, {"abstain": ["1"]}, "Abstaining is not possible"),
]


@pytest.mark.parametrize(("fields", "sent", "marks"), RIGHT)
def test_answers(session, fields, sent, marks):
    assert read(session, sent, **fields) == marks


@pytest.mark.parametrize(("fields", "sent", "told"), WRONG)
def test_wrong_answers_are_refused_with_a_reason(session, fields, sent, told):
    with pytest.raises(Refused, match=told):
        read(session, sent, **fields)


def test_statements_are_rated_each(session):
    from polls.prepare import Choice

    poll = opened(session, type="rating", highest=3, choices=[Choice("Safe"), Choice("Green")])
    keys = [str(option.pk) for option in poll.options.all()]
    paper = Paper.of(poll)
    assert [mark[1] for mark in paper.read({f"rating-{keys[0]}": ["1"], f"rating-{keys[1]}": ["3"]}).marks] == [1, 3]
    with pytest.raises(Refused):
        paper.read({f"rating-{keys[0]}": ["1"]})


def test_blocked_words_are_refused(session):
    session.edition.blocked_terms = "parking"
    session.edition.save()
    with pytest.raises(Refused, match="do not want to read"):
        read(session, {"word": ["PÁRKING"]}, type="words")


@pytest.mark.parametrize(
    "data", [None, [], "x", {"option": "1"}, {"option": [1]}, {"x" * 41: []}, {"a": ["x" * 1001]}, {"a": ["x"] * 21}]
)
def test_other_shapes_are_refused(data):
    with pytest.raises(Refused):
        sent_of(data)


# --- one ballot each -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("anonymous", [True, False])
def test_voting_again_replaces(session, crowd, anonymous):
    poll = opened(session, anonymous=anonymous)
    answered(poll, crowd[:3], option=[0])
    assert not answered(poll, crowd[:1], option=[2])[0].refused
    counted = tally(poll, poll.round)
    assert [row["count"] for row in counted["rows"]] == [2, 0, 1] and counted["ballots"] == 3


@pytest.mark.parametrize("anonymous", [True, False])
def test_where_answers_may_not_be_changed_the_first_counts(session, crowd, anonymous):
    poll = opened(session, anonymous=anonymous, may_change=False)
    answered(poll, crowd[:1], option=[0])
    assert "takes one answer" in str(answered(poll, crowd[:1], option=[2])[0].refused)
    assert [row["count"] for row in tally(poll, poll.round)["rows"]] == [1, 0, 0]


def test_several_in_one_batch_are_one_ballot(session, crowd):
    from polls.ballots import Vote, cast_all

    poll = opened(session)
    keys = [str(option.pk) for option in poll.options.all()]
    votes = [Vote(crowd[0], poll.pk, {"option": [key]}) for key in keys]
    cast_all(votes)
    assert not any(vote.refused for vote in votes)
    assert [row["count"] for row in tally(poll, poll.round)["rows"]] == [0, 0, 1]


def test_in_a_batch_each_has_its_own_outcome(session, crowd):
    from polls.ballots import Vote, cast_all

    poll, other = opened(session), poll_of(session)
    key = str(poll.options.first().pk)
    sent = [(poll.pk, key), (poll.pk, "0"), (other.pk, key), (10**9, key), (poll.pk, key)]
    votes = [Vote(who, pk, {"option": [one]}) for who, (pk, one) in zip(crowd, sent, strict=False)]
    cast_all(votes)
    assert [bool(vote.refused) for vote in votes] == [False, True, True, True, False]
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize("steps", [["close"], ["close", "archive"]])
def test_after_closing_nothing_is_accepted(session, people, steps):
    poll = opened(session)
    key = str(poll.options.first().pk)
    for action in steps:
        step(poll.pk, action)
    refusal = cast_together([Vote(people["attendee"].pk, poll.pk, {"option": [key]})])[0]
    assert isinstance(refusal, Failed) and "too late" in str(refusal.error)
    assert not Ballot.objects.exists()


def test_abstaining_is_counted_apart(session, crowd):
    poll = opened(session, abstaining=True)
    answered(poll, crowd[:2], option=[0])
    answered(poll, crowd[2:3], abstain=["1"])
    counted = tally(poll, poll.round)
    assert (counted["ballots"], counted["abstained"], counted["answered"]) == (3, 1, 2)
    assert counted["rows"][0]["share"] == 100
    answered(poll, crowd[:1], abstain=["1"])  # change of mind
    assert tally(poll, poll.round)["rows"][0]["count"] == 1


# --- without names ---------------------------------------------------------------------------------------------------
def test_nothing_in_the_database_leads_from_an_anonymous_ballot_to_a_person(session, crowd):
    """No column of ballots and marks holds the person, nor does any value stand in both tables."""
    poll = opened(session, anonymous=True)
    answered(poll, crowd, option=[1])
    assert not Ballot.objects.exclude(participant=None).exists()
    assert not Ballot.objects.exclude(elapsed=None).exists()
    who = {str(value) for row in Participation.objects.values() for value in row.values()} - {str(poll.round.pk)}
    what = {str(value) for rows in (Ballot, Mark) for row in rows.objects.values() for value in row.values()}
    assert not who & what
    fields = [field for model in (Ballot, Mark, Participation) for field in model._meta.fields]
    assert not [field for field in fields if "Date" in type(field).__name__]


def test_closing_mixes_anonymous_ballots_and_forgets_their_tokens(session, crowd):
    poll = opened(session, anonymous=True, type="ranking")
    before = []
    for at, who in enumerate(crowd):
        answered(poll, [who], option=[at % 3, (at + 1) % 3, (at + 2) % 3])
        before.append(tally(poll, poll.round))
    ids = set(Ballot.objects.values_list("pk", flat=True)) | set(Mark.objects.values_list("pk", flat=True))
    step(poll.pk, "close")
    assert not Ballot.objects.exclude(token=None).exists()
    assert not ids & (set(Ballot.objects.values_list("pk", flat=True)) | set(Mark.objects.values_list("pk", flat=True)))
    assert tally(poll, poll.round) == before[-1]
    assert poll.round.participations.count() == len(crowd)


def test_rows_of_a_mixed_round_stand_in_another_order(session, crowd):
    """Twelve in the order they came: by chance once in 479,001,600 times."""
    poll = opened(session, anonymous=True, type="number")
    for at, who in enumerate(crowd):
        answered(poll, [who], number=[at])
    mix(poll.round)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM polls_mark ORDER BY rowid")
        assert [row[0] for row in cursor.fetchall()] != list(range(len(crowd)))


def test_another_device_neither_changes_nor_doubles_an_anonymous_answer(session, crowd):
    poll = opened(session, anonymous=True)
    answered(poll, crowd[:1], option=[0])
    other = answered(poll, crowd[:1], option=[2], secret=[uuid.uuid4()])[0]
    assert "another browser" in str(other.refused)
    assert [row["count"] for row in tally(poll, poll.round)["rows"]] == [1, 0, 0]


def test_a_borrowed_secret_is_of_no_use(session, crowd):
    """Two participants with the same secret have two ballots."""
    poll = opened(session, anonymous=True)
    secret = uuid.uuid4()
    answered(poll, crowd[:1], option=[0], secret=[secret])
    assert not answered(poll, crowd[1:2], option=[2], secret=[secret])[0].refused
    assert [row["count"] for row in tally(poll, poll.round)["rows"]] == [1, 0, 1]
