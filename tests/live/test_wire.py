"""Frames: ours are read back by another implementation; control frames of others are taken or refused, nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from live.socket import BadFrame, Bucket, parse_control
from live.wire import frame, payloads


def parse(data: bytes) -> Frame:
    reader = StreamReader()
    reader.feed_data(data)
    parser = Frame.parse(reader.read_exact, mask=False)
    try:
        while True:
            next(parser)
    except StopIteration as stop:
        return stop.value


@pytest.mark.parametrize("size", [0, 1, 100, 117, 118, 125, 126, 127, 65_500, 65_527, 65_528, 65_536, 200_000])
def test_a_frame_of_any_size_is_a_websocket_frame(size):
    message = {"html": "x" * size}
    parsed = parse(frame(message))
    assert parsed.opcode is Opcode.TEXT and parsed.fin
    assert json.loads(bytes(parsed.data)) == message


@given(st.lists(st.dictionaries(st.text(), st.text())))
def test_concatenated_frames_come_apart_again(messages):
    assert [json.loads(text) for text in payloads(b"".join(frame(message) for message in messages))] == messages


@given(st.text() | st.none())
def test_any_text_is_rooms_or_a_bad_frame(text):
    try:
        rooms = parse_control(text)
    except BadFrame:
        return
    assert all(isinstance(cursor, int) and cursor >= 0 for cursor in rooms.values())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_rooms_or_a_bad_frame(value):
    for text in (json.dumps(value), json.dumps({"join": value})):
        try:
            parse_control(text)
        except BadFrame:
            continue
        assert 1 <= len(json.loads(text)["join"]) <= 8


def test_the_bucket_lets_a_burst_through_and_then_stops(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr("live.socket.time.monotonic", lambda: moment[0])
    bucket = Bucket()
    assert [bucket.take() for _ in range(22)] == [True] * 20 + [False] * 2
    moment[0] += 1  # five more, and two were taken on credit
    assert [bucket.take() for _ in range(4)] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\\ud83d\\ude00", "\U0001f600"),
        ("\\ud83d", "\ufffd"),
        ("a\\uDE00b", "a\ufffdb"),
        ("\\ud83d\\ud83d\\ude00", "\ufffd\U0001f600"),
    ],
)
def test_half_characters_come_in_as_a_form_sends_them(written, read):
    saying = parse_control('{"say": "chat.message", "id": "1", "data": {"text": "' + written + '"}}')
    assert saying.data == {"text": read}
