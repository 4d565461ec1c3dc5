"""A request and what follows it: who may do what in which state, once, and in which order."""

import uuid

import pytest

from networking import keeping_away, state, writing
from networking.models import Conversation, Line
from people.refusal import Refused
from tests.networking.conftest import asked, card_of, say

pytestmark = pytest.mark.django_db
S = Conversation.State
# state -> what each may: steps, and whether they may write
TABLE = [
    (S.REQUESTED, "asker", [], False),
    (S.REQUESTED, "asked", ["accept", "decline"], False),
    (S.OPEN, "asker", [], True),
    (S.OPEN, "asked", [], True),
    (S.DECLINED, "asker", [], False),
    (S.DECLINED, "asked", ["accept"], False),
]


@pytest.fixture
def two(place):
    card_of(place, "ming")
    return asked(place, "amara", "ming", "May I ask about data?")


def of(conversation, side):
    return conversation.asker if side == "asker" else conversation.asked


@pytest.mark.parametrize(("now", "side", "steps", "writes"), TABLE)
def test_who_may_do_what(two, now, side, steps, writes):
    Conversation.objects.filter(pk=two.pk).update(state=now)
    for action in ("accept", "decline"):
        Conversation.objects.filter(pk=two.pk).update(state=now)
        if action in steps:
            assert (
                state.answer(two.pk, action, of(two, side)).state == {"accept": S.OPEN, "decline": S.DECLINED}[action]
            )
        else:
            with pytest.raises(Refused):
                state.answer(two.pk, action, of(two, side))
            two.refresh_from_db()
            assert two.state == now
    Conversation.objects.filter(pk=two.pk).update(state=now)
    if writes:
        assert say(two, of(two, side), "Hello").text == "Hello"
    else:
        with pytest.raises(Refused, match="draft is kept"):
            say(two, of(two, side), "Hello")
        assert Line.objects.count() == 1


def test_nobody_answers_for_another(two, place):
    with pytest.raises(Refused):
        state.answer(two.pk, "accept", place["all"]["third"])


def test_who_saw_an_older_state_is_told_so(two):
    state.answer(two.pk, "decline", two.asked, expected=0)
    with pytest.raises(Refused, match="Look again"):
        state.answer(two.pk, "accept", two.asked, expected=0)


def test_one_conversation_of_two_whoever_asks(two, place):
    card_of(place, "amara")
    with pytest.raises(Refused, match="already"):
        asked(place, "amara", "ming", "Once more")
    with pytest.raises(Refused, match="already"):
        asked(place, "ming", "amara", "And you?")
    state.answer(two.pk, "decline", two.asked)
    with pytest.raises(Refused, match="already"):
        asked(place, "amara", "ming", "Please")
    assert Conversation.objects.count() == Line.objects.count() == 1


def test_sent_twice_is_one(place):
    card, key = card_of(place, "ming"), uuid.uuid4()
    first = writing.ask(card, place["all"]["amara"], "Hello", key)
    assert writing.ask(card, place["all"]["amara"], "Hello", key) == first
    state.answer(first.pk, "accept", place["all"]["ming"])
    key = uuid.uuid4()
    for _ in range(2):
        line = writing.write(first.pk, place["all"]["amara"], "Again", key)
    assert Line.objects.filter(conversation=first).count() == 2
    with pytest.raises(Refused, match="Reload"):
        writing.write(first.pk, place["all"]["amara"], "Other words", key)
    with pytest.raises(Refused, match="Reload"):  # another's id tells nothing and takes nothing
        writing.write(first.pk, place["all"]["ming"], "Again", line.pk)
    with pytest.raises(Refused, match="Reload"):
        writing.ask(card_of(place, "third"), place["all"]["ming"], "Again", line.pk)


def test_requests_that_wait_have_a_limit(place, monkeypatch):
    monkeypatch.setattr(writing, "MOST_WAITING", 1)
    for who in ("ming", "third"):
        card_of(place, who)
    first = asked(place, "amara", "ming")
    with pytest.raises(Refused, match="wait already"):
        asked(place, "amara", "third")
    state.answer(first.pk, "accept", place["all"]["ming"])
    assert asked(place, "amara", "third").state == S.REQUESTED


def test_words_that_organisers_do_not_allow(place):
    card = card_of(place, "ming")
    card.edition.blocked_terms = "casino"
    with pytest.raises(Refused, match="do not allow"):
        writing.ask(card, place["all"]["amara"], "My CASINO", uuid.uuid4())
    assert not Conversation.objects.exists()


def test_whoever_is_blocked_is_refused_without_the_reason_and_keeps_what_was_said(two):
    state.answer(two.pk, "accept", two.asked)
    keeping_away.block(two.asked, two.asker_id, on=True)
    with pytest.raises(Refused) as of_the_blocked:
        say(two, two.asker, "Are you there?")
    assert "block" not in str(of_the_blocked.value).lower()
    with pytest.raises(Refused, match="You have blocked"):
        say(two, two.asked, "I say")
    assert Line.objects.count() == 1
    keeping_away.block(two.asked, two.asker_id, on=False)
    assert say(two, two.asker, "Now").text == "Now"


def test_who_left_is_refused_in_the_same_words_as_who_blocks(two):
    state.answer(two.pk, "accept", two.asked)
    keeping_away.block(two.asked, two.asker_id, on=True)
    with pytest.raises(Refused) as blocked:
        say(two, two.asker, "Hello?")
    keeping_away.block(two.asked, two.asker_id, on=False)
    type(two.asked).objects.filter(pk=two.asked_id).update(is_active=False)
    with pytest.raises(Refused) as gone:
        say(two, two.asker, "Hello?")
    assert str(blocked.value) == str(gone.value)


def test_news_are_counted_until_they_are_read(two):
    from networking import inbox

    def news():
        return inbox.unseen([two.asker_id, two.asked_id])

    assert news() == {two.asked_id: 1}
    writing.read(two, two.asked)
    assert news() == {}
    state.answer(two.pk, "accept", two.asked)
    assert news() == {two.asker_id: 1}
    for text in ("One", "Two"):
        say(two, two.asker, text)
    assert news() == {two.asker_id: 1, two.asked_id: 1}, "conversations are counted, not lines"
    assert [told.sentence for told in inbox.told(two.asked)] == ["there is something new in your conversation"]
    keeping_away.block(two.asked, two.asker_id, on=True)
    assert news() == {two.asker_id: 1} and inbox.told(two.asked) == []
