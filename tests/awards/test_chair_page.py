"""A large edition, all of its entries in one category: its assignment, and the chair's page."""

import random
import time

import pytest
from django.urls import reverse

from awards import board, jury, state
from awards.models import Conflict, Entry, Judge, Review
from common import clock
from tests.awards.conftest import judge_of, stranger
from tests.awards.test_entering import signed_in
from tests.world import cookie

pytestmark = pytest.mark.django_db
ENTRIES, JUDGES, REVIEWS = 462, 40, 3


@pytest.fixture
def large(place):
    chair = stranger("chair")
    place["cookies"]["chair"] = cookie(chair)
    judge_of(place["call"], chair, chair=True)
    judges = [judge_of(place["call"], stranger(number)) for number in range(JUDGES)]
    fields = {"organisation": "City", "city": "Lagos", "country": "Nigeria", "submitted_at": clock.now()}
    entries = Entry.objects.bulk_create(
        Entry(category=place["category"], title=f"Entry {number}", state="eligible", **fields)
        for number in range(ENTRIES)
    )
    dice = random.Random(2)
    Review.objects.bulk_create(
        Review(
            judge=judge,
            entry=entry,
            marks={"impact": dice.randint(0, 10), "idea": dice.randint(1, 5)},
            done_at=clock.now(),
        )
        for entry in entries
        for judge in dice.sample(judges, REVIEWS)
    )
    return place


@pytest.mark.parametrize("name", ["chair", "conflicts"])
def test_the_page_of_1386_scores_asks_few_questions(large, name, django_assert_max_num_queries):
    client, address = signed_in(large, "chair"), reverse(f"awards:{name}", args=[large["slug"]])
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200


def test_the_board_is_counted_again_after_every_change(large):
    category, by = large["category"], large["all"]["organiser"]
    first = board.of(category)
    assert board.of(category) is first
    review = Review.objects.filter(entry=first.rows[0].entry).first()
    jury.save_marks(review.pk, {"impact": 0, "idea": 1}, "", True, review.judge.participant)
    second = board.of(category)
    assert second.rows[0].entry != first.rows[0].entry or second.rows[0].mean < first.rows[0].mean
    state.step(second.rows[0].entry, "withdraw", by)
    assert len(board.of(category).rows) == ENTRIES - 1


def test_entries_are_assigned_in_time_and_two_judges_may_leave(large):
    call, by, dice = large["call"], large["all"]["organiser"], random.Random(3)
    Review.objects.all().delete()
    judges, entries = list(call.judges.filter(chair=False)), list(Entry.objects.all())
    forbidden = {(judge.pk, entry.pk) for judge in judges for entry in entries if dice.random() < 0.05}
    Conflict.objects.bulk_create(Conflict(judge_id=judge, entry_id=entry) for judge, entry in forbidden)
    began = time.process_time()
    assert jury.distribute(call, by) == 0
    assert time.process_time() - began < 2
    _even_and_allowed(judges, forbidden)
    for judge in judges[:2]:
        jury.remove(judge, by)
    _even_and_allowed(judges[2:], forbidden)


def _even_and_allowed(judges, forbidden):
    """Each entry has its judges, none has a conflict, and nobody has much more to do than others."""
    pairs = set(Review.objects.values_list("judge", "entry"))
    assert len(pairs) == ENTRIES * REVIEWS and not pairs & forbidden
    loads = [Judge.objects.get(pk=judge.pk).reviews.count() for judge in judges]
    assert max(loads) - min(loads) <= 2
