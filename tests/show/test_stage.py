"""The pages of one stage: signed addresses, the line to who is on stage, darkness, the door sign, the caller's view."""

import json
import re

import pytest
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from live.log import between
from live.models import Event, Room
from people.models import AuditEntry
from questions import moderation
from questions.models import Prompt
from sessions import status
from sessions.models import Session
from show import address, rooms, running
from show.data import clock_data
from show.models import Show, StageShow
from show.stage import sign_data, stage_data
from tests.show.conftest import minutes
from tests.show.test_control import client_of, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(congress):
    return StageShow.of(congress["stage"].pk)


def page(show, name):
    return Client().get(address.stage_path(show, name))


@pytest.mark.parametrize(
    ("name", "key_of", "gate"),
    [("monitor", address.monitor_room, rooms.monitor), ("sign", address.stage_room, rooms.stage)],
)
def test_who_has_the_address_sees_the_page_and_it_ends_for_good(congress, show, name, key_of, gate):
    path, key = address.stage_path(show, name), key_of(show)
    whole = page(show, name)
    followed = json.loads(re.search(r'"live-rooms"[^>]*>(.*?)</script>', whole.text)[1])
    assert [room for room in followed if not room.startswith("edition:")] == [key]
    assert whole.status_code == 200 and gate(None, key).audiences == frozenset()
    assert post(client_of(congress, "moderator"), "renew", show.stage_id).status_code == 200
    assert Client().get(path).status_code == 404 and gate(None, key) is None
    assert Event.objects.filter(kind="live.revoked", data={"room": key}).exists()
    assert page(StageShow.of(show.stage_id), name).status_code == 200
    assert AuditEntry.objects.filter(action="show.renew").exists()


def test_the_address_of_a_door_sign_opens_no_monitor(show):
    assert rooms.monitor(None, f"monitor:{address.stage_signed(show, 'sign')}") is None
    assert rooms.stage(None, f"stage:{address.stage_signed(show, 'monitor')}") is None


def test_what_the_monitor_shows_comes_with_the_word_that_it_has_changed(
    congress, show, django_capture_on_commit_callbacks
):
    """And the door sign is told nothing but to look: the line is not for who passes by."""
    by = congress["people"]["moderator"]
    with django_capture_on_commit_callbacks(execute=True):
        running.extend(congress["row"][0], 2, by)
        moderation.prompt(congress["row"][0], by, "Two minutes")
    events = _log(address.monitor_room(show))
    assert len(events) > 1 and [event.shown is None for event in events] == [True] * (len(events) - 1) + [False]
    shown = render_to_string(events[-1].template, {"data": events[-1].shown, "role": "screen"})
    part = Client().get(address.stage_path(show, "monitor"), headers={"HX-Request": "true"}).text
    until = stage_data(show)["clock"]["until"]
    for one in (shown, part):
        assert "Two minutes" in one and until in one and "Talk 2" in one
    told = _log(address.stage_room(show))
    assert told and all(event.kind == "show.cue" and event.shown == {} for event in told)


def _log(key):
    return between(key, 0, Room.heads([key])[key])


def test_a_line_that_came_with_the_cue_can_be_acknowledged(congress, show):
    """Its form has no token of its own: the page brought the cookie with which scripts send it."""
    assert "csrftoken" in page(show, "monitor").cookies


@pytest.mark.parametrize(
    "forged",
    [
        lambda signed: signed[:-1] + ("A" if signed[-1] != "A" else "B"),
        lambda signed: signed.replace("-1:", "-2:"),
        lambda signed: Signer(salt="show.sign").sign(signed.partition(":")[0]),
        lambda signed: Signer(salt="show.monitor").sign("99999999999999999999999-1"),
        lambda signed: Signer(salt="show.monitor").sign("x"),
        lambda signed: "\x00",
    ],
)
def test_no_other_address_opens_the_monitor(show, forged):
    signed = forged(address.stage_signed(show, "monitor"))
    assert address.stage_of("monitor", signed) is None
    assert Client().get(reverse("show:monitor", args=[signed])).status_code == 404
    assert Client().post(reverse("show:acknowledge", args=[signed])).status_code == 404


def test_a_line_is_acknowledged_on_the_monitor_once(congress, show):
    session = congress["row"][0]
    post(client_of(congress, "moderator"), "line", session.pk, text="Two minutes")
    text = page(show, "monitor").text
    assert "Two minutes" in text
    line = Prompt.objects.get()
    signed = address.stage_signed(show, "monitor")
    path = reverse("show:acknowledge", args=[signed])
    other = {"session": congress["other_session"], "id": line.pk}
    assert Client().post(path, other).status_code == 409
    assert Client().post(path, {"session": session.pk, "id": "x"}).status_code == 409
    assert Client().post(path, {"session": session.pk, "id": line.pk}).status_code == 204
    line.refresh_from_db()
    first = line.acknowledged_at
    assert first and line.acknowledged_by is None
    moderation.acknowledge(line, congress["people"]["speaker"])  # somebody was faster
    line.refresh_from_db()
    assert line.acknowledged_at == first and line.acknowledged_by is None
    assert "Two minutes" not in page(show, "monitor").text
    assert stage_data(show)["message"]["acknowledged"] is True


@pytest.mark.parametrize(("name", "queries"), [("monitor", 12), ("sign", 9)])
def test_what_is_asked_for_at_each_press_is_the_part_that_moves_and_costs_little(
    show, name, queries, django_assert_max_num_queries
):
    path, whole = address.stage_path(show, name), page(show, name).text
    with django_assert_max_num_queries(queries):
        part = Client().get(path, headers={"HX-Request": "true"}).text
    assert part.strip().startswith(f'<div id="{name}"') and "<html" not in part and "Talk 2" in part
    assert "<html" in whole and "Talk 2" in whole


def test_it_goes_dark_and_shows_nothing(congress, show):
    assert "Streets for people" in page(show, "monitor").text
    post(client_of(congress, "moderator"), "blackout", show.stage_id, on="1")
    dark = page(show, "monitor").text
    assert "Talk 2" not in dark and "monitor-clock" not in dark
    post(client_of(congress, "moderator"), "blackout", show.stage_id, on="0")
    assert "Talk 2" in page(show, "monitor").text


def test_a_door_sign_says_no_word_of_what_is_not_for_everybody(congress, show):
    first, second = congress["row"][:2]
    assert sign_data(show)["now"]["title"] == first.title
    Session.objects.filter(pk__in=[first.pk, second.pk]).update(visibility="invited")
    text = page(show, "sign").text
    assert first.title not in text and second.title not in text
    assert "A private session" in text and "Talk 3" in text


def test_the_sign_and_the_caller_tell_when_it_really_begins(congress, show, now):
    data = sign_data(show)
    assert [line["title"] for line in data["ahead"]] == ["Talk 2", "Talk 3", "Talk 4"]
    assert data["ahead"][0]["start"] == (now + minutes(27)).isoformat()
    assert stage_data(show)["lines"][2]["cut"] == 12


def test_a_caller_walks_through_the_day(congress, show, now):
    client, by = client_of(congress, "moderator"), congress["people"]["organiser"]
    Session.objects.filter(pk=congress["row"][1].pk).update(start=now - minutes(1))
    seen = []
    for _ in range(4):
        step = stage_data(show)["step"]
        seen.append((step["title"], step["action"]))
        answer = post(client, "call", step["session"], action=step["action"], expected=step["expected"])
        assert answer.status_code == 200
    assert seen == [("Streets for people", "end"), ("Talk 2", "prepare"), ("Talk 2", "go_live"), ("Talk 2", "end")]
    undo = stage_data(show)["undo"]
    assert undo["title"] == "Talk 2" and undo["session"] == congress["row"][1].pk
    status.undo(undo["session"], by)
    assert stage_data(show)["now"]["title"] == "Talk 2"


def test_minutes_move_the_clock_of_the_speaker_too(congress, show):
    first = Session.objects.for_display().get(pk=congress["row"][0].pk)
    before = clock_data(first)["left"]
    assert post(client_of(congress, "moderator"), "extend", first.pk, minutes="1").status_code == 200
    assert 59 <= clock_data(first)["left"] - before <= 60
    assert clock_data(first)["until"] == stage_data(show)["clock"]["until"]
    status.step(first.pk, "pause", congress["people"]["organiser"])
    first.refresh_from_db()
    paused = clock_data(first)
    assert paused["phase"] == "paused" and abs(paused["left"] - clock_data(first)["left"]) <= 1


def test_what_a_session_does_when_the_stage_is_late_is_chosen(congress, show):
    second = congress["row"][1]
    client = client_of(congress, "moderator")
    assert post(client, "cue", second.pk, cue="hard", least="10").status_code == 200
    assert Show.of(second).cue == "hard" and stage_data(show)["lines"][0]["cut"] == 12
    assert post(client, "cue", second.pk, cue="nonsense", least="10").status_code == 422
    running.set_cue(second, "soft", 10, congress["people"]["organiser"])
    assert stage_data(show)["lines"][0]["cut"] == 0


def test_the_pages_need_no_more_than_twenty_queries(congress, show, django_assert_max_num_queries):
    client = client_of(congress, "organiser")
    for path in (address.stage_path(show, "monitor"), address.stage_path(show, "sign")):
        Client().get(path)
        with django_assert_max_num_queries(20):
            Client().get(path)
    for name in ("caller", "stage"):
        with django_assert_max_num_queries(20):
            answer = client.get(reverse(f"show:{name}", args=[show.stage_id]))
        assert len(re.findall("Talk 4", answer.text)) >= 1
