"""What caption tools send becomes lines; who may send; files; what pages show."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from captions import data, files
from captions.data import lines as shown_lines
from captions.models import Caption, Track
from captions.typing import LONGEST, typed
from common import clock
from live.log import between
from live.models import Event, Room
from sessions import status
from sessions.models import Session
from tests import world


@pytest.mark.parametrize(
    ("pending", "chunk", "lines", "rest", "back"),
    [
        ("", "Good mor", [], "Good mor", 0),
        ("Good mor", "ning.\n", ["Good morning."], "", 0),
        ("Good mro", "\b\bor", [], "Good mor", 0),
        ("", "One\nTwo\r\nThr", ["One", "Two"], "Thr", 0),
        ("", "One\n\b\b\b", [], "O", 0),  # backspaces reach over the break
        ("ab", "\b\b\b\bc", [], "c", 2),
        ("", "\x00\x07a\tb\n", ["a b"], "", 0),
        ("", "  \n\n", [], "", 0),
        ("", "This sentence has well over sixty signs, so it may end here. And then", None, "And then", 0),
        ("", "字" * 170, None, "字" * 10, 0),
    ],
)
def test_what_is_typed_becomes_lines(pending, chunk, lines, rest, back):
    result = typed(pending, chunk)
    assert (result.pending, result.back) == (rest, back)
    assert lines is None or result.lines == lines


@given(st.lists(st.text(st.sampled_from("ab .\n\b字"), max_size=30), max_size=8))
def test_any_keys_give_short_lines_without_signs_that_nobody_sees(chunks):
    pending = ""
    for chunk in chunks:
        result = typed(pending, chunk)
        pending = result.pending
        assert all(line and "\b" not in line and "\n" not in line for line in result.lines)
        assert len(pending) <= LONGEST and "\b" not in pending


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    Session.objects.filter(pk=made["session"]).update(status="live")
    made["track"] = Track.objects.create(session_id=made["session"], language="en", name="English")
    return made


def send(track, seq, text, **options):
    return Client(enforce_csrf_checks=True).post(
        f"/captions/{track.address}/?seq={seq}&lang=en-US", text, content_type="text/plain", **options
    )


def texts(track):
    return list(track.lines.values_list("text", flat=True))


# As a writer's tool sends it: in pieces, with corrections by backspaces, a repeat after a lost answer, and a gap.
RECORDED = [
    (1, "Good morning, and welcom"),
    (2, "e to Barcelona.\n"),
    (3, "Today we taw"),
    (4, "\blk about waer"),
    (4, "\blk about waer"),
    (5, "\b\bter.\n"),
    (9, "Who pays for it?\n"),
    (10, "\b\b\b\bthem?\n"),
]


def test_a_recorded_session_of_a_caption_tool_gives_the_right_text(place):
    track = place["track"]
    answers = [send(track, seq, text) for seq, text in RECORDED]
    assert [answer.status_code for answer in answers] == [200] * len(RECORDED)
    assert [answer.text.strip() for answer in answers] == ["1", "2", "3", "4", "4", "5", "9", "10"]
    assert texts(track) == [
        "Good morning, and welcome to Barcelona.",
        "Today we talk about water.",
        "Who pays for them?",
    ]
    assert Client().get(f"/captions/{track.address}/seq").text.strip() == "10"
    room = Room.objects.get(key=f"session:{place['session']}")
    events = [event.shown for event in between(room.key, 0, room.head) if event.kind == "captions.line"]
    assert [each.get("text") for each in events][:2] == texts(track)[:2]
    assert "Who pays for it?" not in [each.get("text") for each in events]  # what was corrected does not come back


def test_a_pause_finishes_a_line(place, monkeypatch):
    track = place["track"]
    send(track, 1, "So")
    Track.objects.update(began_at=Track.objects.get().began_at - timedelta(seconds=9))
    send(track, 2, "Next")
    assert texts(track) == ["So"] and Track.objects.get().pending == "Next"


@pytest.mark.parametrize(
    ("change", "status_code"),
    [
        ({"seq": ""}, 403),
        ({"seq": "-1"}, 403),
        ({"seq": str(2**80)}, 403),
        ({"text": "x" * 1_000_000}, 413),
        ({"text": b"\xff\xfe"}, 400),
        ({"status": "ended"}, 400),
        ({"status": "scheduled"}, 400),
        ({"address": "1-2:forged"}, 403),
    ],
)
def test_what_cannot_be_taken_is_refused_in_plain_words(place, change, status_code):
    Session.objects.filter(pk=place["session"]).update(status=change.get("status", "live"))
    address = change.get("address", place["track"].address)
    text = change.get("text", "Hello\n")
    answer = Client().post(f"/captions/{address}/?seq={change.get('seq', 1)}", text, content_type="text/plain")
    assert answer.status_code == status_code and answer.text.strip() and texts(place["track"]) == []


def test_an_ended_address_takes_nothing_more(place):
    track = place["track"]
    moderator = Client()
    moderator.cookies["sessionid"] = place["cookies"]["moderator"]
    moderator.post(f"/captions/tracks/{track.pk}/renew/")
    assert send(track, 1, "Hello\n").status_code == 403
    track.refresh_from_db()
    assert send(track, 1, "Hello\n").status_code == 200


def test_the_writers_page_types_and_corrects(place):
    track, client = place["track"], Client()
    path = f"/captions/{track.address}"
    assert track.address in client.get(f"{path}/write/").text
    client.post(f"{path}/lines/", {"text": "Helo  everybody"})
    line = Caption.objects.get()
    assert line.text == "Helo everybody"
    client.post(f"{path}/lines/", {"text": "Hello everybody", "line": line.pk})
    assert texts(track) == ["Hello everybody"]
    other = Track.objects.create(session_id=place["other_session"], language="en", name="English")
    assert client.post(f"/captions/{other.address}/lines/", {"text": "x", "line": line.pk}).status_code == 404
    client.post(f"{path}/lines/", {"text": "", "line": line.pk})
    assert texts(track) == []
    assert shown_lines(Event.objects.filter(kind="captions.line").last().data and [{"line": line.pk, "track": 1}]) == [
        {"id": line.pk, "track": 1}
    ]


def test_a_file_takes_the_place_of_the_lines_and_comes_out_again(place):
    track = place["track"]
    send(track, 1, "Old\n")
    moderator = Client()
    moderator.cookies["sessionid"] = place["cookies"]["moderator"]
    vtt = b"WEBVTT\n\n00:01.500 --> 00:03.000\nHello <b>all</b>\n\n00:00:04.000 --> 00:00:05.000\nA & B\n"
    path = f"/captions/tracks/{track.pk}/upload/"
    assert moderator.post(path, {"file": SimpleUploadedFile("a.vtt", vtt)}).status_code == 302
    assert texts(track) == ["Hello all", "A & B"]
    begin = status.began(Session.objects.get(pk=place["session"]))
    assert track.lines.first().at - begin == timedelta(seconds=1.5)
    page = Client().get(f"/sessions/{place['session']}/captions/en.vtt").text
    assert "00:00:01.500 --> 00:00:04.000\nHello all" in page and "A &amp; B" in page
    for name, content in (("a.vtt", b"nothing"), ("a.srt", b"\xff"), ("a.vtt", b"WEBVTT\n")):
        assert moderator.post(path, {"file": SimpleUploadedFile(name, content)}).status_code == 422
    assert texts(track) == ["Hello all", "A & B"]


def test_subrip_is_read():
    assert files.read("x.srt", b"1\n00:00:01,250 --> 00:00:02,000\nHola\n\n") == [files.Cue(1.25, "Hola")]


def test_the_page_has_the_lines_and_their_moments(place):
    track = place["track"]
    Track.objects.update(offset=-4)
    send(track, 1, "Good morning.\n")
    page = Client().get(f"/sessions/{place['session']}/").text
    due = Caption.objects.get().at.timestamp() - 4
    assert f'data-due="{round(due, 2)}"' in page and "Good morning." in page
    assert 'data-tab="Transcript"' in page and "Earlier lines" not in page
    assert "Transcript" not in Client().get(f"/sessions/{place['other_session']}/").text


def test_earlier_lines_come_when_they_are_asked_for(place, monkeypatch):
    """The page has the newest; from there on each answer has those before it, until there are none."""
    monkeypatch.setattr(data, "SHOWN", 2)
    monkeypatch.setattr(data, "EARLIER", 3)
    track = place["track"]
    moment = clock.now()
    seconds = [0, 1, 2, 3, 4, 5, 5, 6]  # of two at the same moment one is on the page
    Caption.objects.bulk_create(
        Caption(track=track, at=moment + timedelta(seconds=at), text=f"Line {n}.") for n, at in enumerate(seconds)
    )
    answer = Client().get(f"/sessions/{place['session']}/").text
    shown = []
    while True:
        shown = re.findall(r"Line \d", answer) + shown
        earlier = re.search(r'hx-get="([^"]+/earlier/)"', answer)
        if not earlier:
            break
        answer = Client().get(earlier[1]).text
    assert shown == [f"Line {n}" for n in range(8)]
