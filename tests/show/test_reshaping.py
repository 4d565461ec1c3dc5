"""Moving, swapping, cancelling from the control room: in one, told, taken back exactly, nothing before its time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people.refusal import Refused
from sessions import status
from sessions.models import Session, Stage
from show import draw, reshaping, ripple
from show.models import Ripple
from show.order import orders
from show.projection import offer
from tests.show.conftest import minutes
from tests.show.test_control import client_of, post, row_of
from tests.show.test_ripple import stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(congress):
    return congress["people"]["organiser"]


@pytest.fixture
def other(congress, now):
    """The session of another stage."""
    pk = congress["other_session"]
    Session.objects.filter(pk=pk).update(start=now + minutes(40), end=now + minutes(70))
    return Session.objects.select_related("stage").get(pk=pk)


def seen(session):
    return reshaping.seen_of(*again(session))


def again(*sessions):
    return [Session.objects.select_related("stage").get(pk=session.pk) for session in sessions]


def test_a_session_moves_to_another_stage_and_a_later_time_with_one_undo(congress, by, now):
    before, second = stand(congress), congress["row"][1]
    there = Stage.objects.get(pk=congress["other_stage"])
    made = reshaping.move(second, by, seen(second), there, now + minutes(50))
    (moved,) = again(second)
    assert (moved.stage, moved.begins, moved.status) == (there, now + minutes(50), "delayed")
    assert row_of(congress)["ripple_kind"] == "move" and "Take the move back" in draw.row(row_of(congress), "organiser")
    ripple.take_back(made, by)
    assert stand(congress) == before


def test_two_of_a_stage_change_places_and_what_follows_is_offered(congress, by, now):
    before, (first, second, lunch, last) = stand(congress), again(*congress["row"])
    made = reshaping.swap(second, last, by, seen(second), seen(last))
    moved, kept = again(second, last)
    assert kept.begins == last.begins and moved.begins == now + minutes(135)
    projected = orders([congress["stage"].pk])[congress["stage"].pk].projected
    assert [each.cue.key for each in projected] == [first.pk, lunch.pk, last.pk, second.pk]
    assert all(each.start >= each.cue.published for each in projected)
    ripple.take_back(made, by)
    assert stand(congress) == before
    reshaping.swap(second, lunch, by, "", "")  # into the middle: the last one waits for it
    assert [move.key for move in offer(orders([congress["stage"].pk])[congress["stage"].pk].projected).moves] == [
        last.pk
    ]


def test_two_stages_change_sessions_at_their_own_times(congress, by, other):
    before, (second,) = stand(congress), again(congress["row"][1])
    made = reshaping.swap(second, other, by, seen(second), seen(other))
    mine, theirs = again(second, other)
    assert (mine.stage, theirs.stage) == (other.stage, congress["stage"])
    assert (mine.begins, theirs.begins) == (second.begins, other.begins)
    ripple.take_back(made, by)
    assert stand(congress) == before


def test_what_is_cancelled_comes_back(congress, by):
    before, second = stand(congress), congress["row"][1]
    made = reshaping.cancel(second, by, seen(second), "The river came")
    (cancelled,) = again(second)
    assert (cancelled.status, cancelled.status_reason) == ("cancelled", "The river came")
    assert "Take the cancellation back" in draw.row(row_of(congress), "organiser")
    ripple.take_back(made, by)
    assert stand(congress) == before


def test_who_saw_an_older_state_changes_nothing(congress, by, other):
    first, second, *_rest = congress["row"]
    old, theirs = seen(second), seen(other)
    status.step(second.pk, "delay", by, new_start=second.begins + timedelta(minutes=5))
    before = stand(congress)
    tries = [
        lambda: reshaping.move(second, by, old, other.stage, None),
        lambda: reshaping.swap(other, second, by, theirs, old),
        lambda: reshaping.cancel(second, by, old, ""),
        lambda: reshaping.swap(other, first, by, theirs, seen(first)),  # it is on air
        lambda: reshaping.move(second, by, "", None, second.start),  # earlier than promised
        lambda: reshaping.move(second, by, "", second.stage, None),  # nowhere else
    ]
    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert stand(congress) == before and not Ripple.objects.exists()


def test_it_is_done_from_the_row_by_who_directs_the_session(congress, other):
    second, address = congress["row"][1], reverse("show:reshape", args=[congress["row"][1].pk])
    client = client_of(congress, "organiser")
    tools = reverse("show:tools", args=[congress["stage"].pk])
    assert f'hx-get="{tools}"' in draw.row(row_of(congress), "moderator")
    assert f'hx-get="{address}"' in client.get(tools, headers={"HX-Request": "true"}).text
    assert (
        f'href="{address}"' in client.get(tools).text
        and "hx-get" not in client.get(tools).text.split("<main")[1].split("</main")[0]
    )
    page, part = client.get(address).text, client.get(address, headers={"HX-Request": "true"}).text
    assert "<html" in page and "<html" not in part and "Change places" in part
    with_other = f"{other.pk}:{seen(other)}"
    answer = post(client, "reshape", second.pk, what="swap", other=with_other, seen=seen(second))
    assert answer.status_code == 200 and 'data-row="' in answer.text
    assert again(second)[0].stage == other.stage
    for data in ({"what": "swap", "other": "0:x"}, {"what": "move", "stage": "0"}):
        assert post(client, "reshape", second.pk, **data).status_code == 422
    assert post(client, "reshape", second.pk, what="eat").status_code == 404
    assert post(client_of(congress, "attendee"), "reshape", second.pk, what="cancel").status_code in (403, 404)
