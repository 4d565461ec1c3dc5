"""Rows of the control room that are kept: drawn once for all, and never older than what has happened."""

import asyncio

import pytest
from django.urls import reverse

from common import clock
from live.hub import Hub
from people.models import Role
from polls import events as poll_events
from polls.models import Poll
from registration import decisions
from sessions import status
from sessions.models import Stage
from show import kept, running
from show.models import control_room
from tests.show.test_control import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(congress):
    """The control room, which somebody has opened already."""
    congress["edition"] = congress["row"][0].edition
    congress["path"] = reverse("show:control", args=[congress["slug"]])
    assert client_of(congress, "organiser").get(congress["path"]).status_code == 200
    return congress


def row(room):
    """The row of the stage as it is handed out now."""
    return next(each.row for each in kept.rows_of(room["edition"]) if each.row["stage"] == room["stage"].pk)


def test_whoever_comes_next_is_handed_the_same_rows(room):
    before = row(room)
    texts = {role: client_of(room, role).get(room["path"]).text for role in ("organiser", "moderator")}
    assert ">Publish<" in texts["organiser"] and ">Publish<" not in texts["moderator"]
    assert "absorbs 12" in texts["moderator"]
    spanish = client_of(room, "organiser").get(room["path"], headers={"accept-language": "es"}).text
    assert "absorbs 12" not in spanish and "data-row" in spanish
    assert row(room) is before


def extended(room):
    running.extend(room["row"][0], 2, room["people"]["organiser"])


def paused(room):
    status.step(room["row"][0].pk, "pause", room["people"]["organiser"])


def asked(room):
    poll = Poll.objects.create(session=room["row"][0], question="Which?", state="open")
    poll_events.row_counts_changed(poll.session)


def taken(room):
    role = Role.objects.filter(name="moderator", scope=room["edition"].room_key).first()
    decisions.take(room["edition"], role, room["people"]["organiser"])


def renamed(room):
    Stage.objects.filter(pk=room["stage"].pk).update(name="Harbour")


def placed_last(room):
    Stage.objects.filter(pk=room["stage"].pk).update(position=99)


@pytest.mark.parametrize("happens", [extended, paused, asked, taken, renamed, placed_last])
def test_what_happens_is_in_the_row_of_whoever_opens_it_next(room, happens, django_capture_on_commit_callbacks):
    before = row(room)
    with django_capture_on_commit_callbacks(execute=True):
        happens(room)
    after = row(room)
    assert after is not before and row(room) is after


def test_other_stages_stay_as_they_were_drawn(room, django_capture_on_commit_callbacks):
    before = {each.row["stage"]: each.row for each in kept.rows_of(room["edition"])}
    with django_capture_on_commit_callbacks(execute=True):
        paused(room)
    after = {each.row["stage"]: each.row for each in kept.rows_of(room["edition"])}
    assert {stage for stage in before if after[stage] is not before[stage]} == {room["stage"].pk}


def test_a_row_is_drawn_up_again_at_its_moment_and_when_it_is_old(room):
    before, moment = row(room), clock.now()
    shown = next(each for each in kept.rows_of(room["edition"]) if each.row is before)
    assert moment < shown.until <= moment + kept.LIFETIME
    shown.until = moment
    assert row(room) is not before


def test_a_row_that_changes_while_it_is_drawn_up_is_not_kept(room, monkeypatch):
    """Between reading and keeping somebody asks a question: who comes next must not be given the number of before."""
    drawn_up = kept.rows

    def overtaken(*args):
        found = drawn_up(*args)
        kept.forget(room["edition"].pk, room["stage"].pk)
        return found

    kept.clear()
    monkeypatch.setattr(kept, "rows", overtaken)
    before = row(room)
    monkeypatch.setattr(kept, "rows", drawn_up)
    assert row(room) is not before


def test_rows_that_the_log_has_left_behind_are_all_drawn_up_again(room):
    before = {each.row["stage"]: each.row for each in kept.rows_of(room["edition"])}
    heads = {control_room(room["edition"].pk): 5_000, "revoked": 0}  # of which the log has nothing any more
    after = {each.row["stage"]: each.row for each in kept.rows_of(room["edition"], heads)}
    assert before.keys() == after.keys() and not any(after[stage] is before[stage] for stage in before)


async def _touched_elsewhere(room):
    Hub().touch(control_room(room["edition"].pk), "show.counts", str(room["stage"].pk))


def test_a_number_that_another_process_has_changed_is_counted_anew(room):
    before = row(room)
    asyncio.run(_touched_elsewhere(room))
    assert row(room) is not before
