"""Prepared queries give what their querysets give, and refuse what they cannot keep."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from common.prepared import LONGEST, MOST, Prepared
from people.models import Participant
from sessions.models import Edition, Session
from tests import world
from tests.conftest import Stack
from tests.programs import prepared


def test_they_give_what_the_orm_gives(stack: Stack):
    edition = stack.call(world.build)["edition"]
    assert stack.call(prepared.differing, edition=edition) == []


@pytest.mark.parametrize(
    ("build", "values", "words"),
    [
        (lambda pk: Session.objects.filter(pk=pk, start__gt=clock.now()), (1,), "changes by itself"),
        (lambda text: Session.objects.filter(title__contains=text), ("a",), "changes by itself"),
        (lambda count: Session.objects.order_by("pk")[:count], (3,), "changes with its values"),
        (lambda pk, other: Session.objects.filter(pk=pk), (1, 2), "as they are"),
    ],
)
def test_what_would_stay_as_it_was_is_refused(build, values, words, db):
    with pytest.raises(ValueError, match=words):
        Prepared(build).ask(*values)


def test_a_value_of_another_kind_is_refused(db):
    with pytest.raises(TypeError, match="no value like"):
        Prepared(lambda row: Session.objects.filter(edition=row)).ask(Edition())


def test_it_is_built_for_each_shape_once(db):
    built = []
    chosen = Prepared(lambda pks: built.append(len(pks)) or Participant.objects.filter(pk__in=pks))
    for count in (1, 2, 3, 4, 3, 1, 0, 0):
        chosen.ask(range(count))
    assert built == [1, 1, 2, 2, 4, 4, 0]  # twice each: what differs is the values. Of nothing there is one
    with CaptureQueriesContext(connection) as queries:
        assert chosen.ask([]) == []
    assert not queries


def test_what_is_prefetched_comes_along(place):
    asked = Prepared(lambda pk: Session.objects.filter(pk=pk).prefetch_related("speakers"))
    for _ in range(2):
        session = asked.first(place["session"])
        with CaptureQueriesContext(connection) as queries:
            assert [*session.speakers.all()]
        assert not queries


def test_threads_share_what_is_built(stack: Stack):
    edition = stack.call(world.build)["edition"]
    assert stack.call(prepared.asked_by_threads, edition=edition) == [["Test Congress"]] * 3


def test_a_query_with_many_values_is_asked_as_it_is(db):
    people = [Participant(email=f"{n}@example.org", name=str(n)) for n in range(LONGEST + 2)]
    pks = [made.pk for made in Participant.objects.bulk_create(people)]
    chosen = Prepared(lambda pks: Participant.objects.filter(pk__in=pks))
    for count in (LONGEST - 1, LONGEST, LONGEST + 1):
        assert {found.pk for found in chosen.ask(pks[:count])} == {*pks[:count]}
    assert [*chosen._compiled] == [("sqlite", (("of", LONGEST),))]


def test_shapes_are_bounded(db):
    chosen = Prepared(lambda *pks: Participant.objects.filter(pk__in=pks))
    for count in range(1, 2 * MOST + 2):
        chosen.ask(*range(count))
        assert len(chosen._compiled) <= MOST


@pytest.mark.parametrize("number", [10**30, -(10**30)])
def test_a_number_that_no_column_holds_finds_nothing(number, db):
    assert Prepared(lambda pk: Participant.objects.filter(pk=pk)).ask(number) == []


def test_a_list_of_one_is_another_shape_than_true(db):
    """As numbers they are the same to Python."""
    asked = Prepared(
        lambda chosen: (
            Participant.objects.filter(pk__in=chosen) if isinstance(chosen, list) else Participant.objects.all()
        ).values_list("pk", flat=True)
    )
    made = [Participant.objects.create_user(f"{name}@example.org", name=name).pk for name in ("one", "other")]
    assert {*asked.ask(True)} >= {*made} and asked.ask(made[:1]) == made[:1]
    assert {*asked.ask(False)} >= {*made} and asked.ask([]) == []
