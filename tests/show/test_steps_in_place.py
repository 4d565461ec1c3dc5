"""No sequence of delays, ripples, moves, swaps and cancellations breaks a promise, overlaps, loses; undo is exact."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.refusal import Refused
from sessions import status
from sessions.models import Session, Stage
from show import reshaping, ripple
from show.order import orders
from tests.show.test_ripple import stand

pytestmark = pytest.mark.django_db
WAITING = ("scheduled", "delayed")


def delay(session, by, minutes, others):
    status.step(session.pk, "delay", by, new_start=session.begins + timedelta(minutes=minutes))


def publish(session, by, minutes, others):
    offered = ripple.current(session.stage)
    return offered and ripple.publish(session.stage, by, sessions=len(offered.moves), minutes=offered.most)


def move(session, by, minutes, others):
    stage = Stage.objects.order_by("pk")[minutes % Stage.objects.count()]
    return reshaping.move(session, by, reshaping.seen_of(session), stage, session.begins + timedelta(minutes=minutes))


def swap(session, by, minutes, others):
    other = others[minutes % len(others)]
    return reshaping.swap(session, other, by, reshaping.seen_of(session), reshaping.seen_of(other))


def cancel(session, by, minutes, others):
    return reshaping.cancel(session, by, reshaping.seen_of(session), "")


STEPS = st.lists(
    st.tuples(st.sampled_from([delay, publish, move, swap, cancel]), st.integers(0, 4), st.integers(0, 60)),
    min_size=1,
    max_size=6,
)


def begins():
    return {session.pk: session.begins for session in Session.objects.all() if session.status in WAITING}


def assert_no_overlap():
    for order in orders(list(Stage.objects.values_list("pk", flat=True))).values():
        ends = None
        for each in order.projected:
            assert ends is None or not each.moves or each.start >= ends
            ends = max(filter(None, (ends, each.end)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_promises_hold_and_each_step_is_taken_back_exactly(congress, steps):
    by = congress["people"]["organiser"]
    with transaction.atomic():
        for step, number, minutes in steps:
            sessions = list(Session.objects.select_related("stage__host_city", "edition").order_by("pk"))
            before, stood = begins(), stand(congress)
            try:
                with transaction.atomic():
                    made = step(sessions[number % len(sessions)], by, minutes, sessions)
            except Refused:
                assert stand(congress) == stood
                continue
            after = begins()
            assert Session.objects.count() == len(sessions)
            assert all(after[pk] >= before[pk] for pk in after.keys() & before.keys())
            assert_no_overlap()
            if made is not None and minutes % 2:
                ripple.take_back(made, by)
                assert stand(congress) == stood
        transaction.set_rollback(True)
