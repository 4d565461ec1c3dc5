"""Websockets whose request is read once: they open, work and are refused as those that Autobahn and Daphne read."""

import re
import socket

import pytest

from hybrid.handshakes import key_of
from tests import world
from tests.programs import handshakes

KEY = (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ==")
VERSION = (b"sec-websocket-version", b"13")
LONG_WAY = b"TE: trailers\r\n"


def test_a_plain_handshake_is_read():
    assert key_of([(b"host", b"localhost"), VERSION, KEY, (b"origin", b"https://a")]) == KEY[1].decode()


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [KEY],
        [VERSION],
        [VERSION, KEY, KEY],
        [VERSION, VERSION, KEY],
        [VERSION, KEY, (b"origin", b"https://a"), (b"origin", b"https://b")],
        [VERSION, KEY, (b"sec-websocket-extensions", b"a"), (b"sec-websocket-extensions", b"b")],
        [VERSION, KEY, (b"sec-websocket-protocol", b"chat")],
        [(b"sec-websocket-version", b"8"), KEY],
        [VERSION, (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ=")],
        [VERSION, (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ==\n")],
        [VERSION, (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25j!Q==")],
        [VERSION, (b"sec-websocket-key", b"\xff" * 22 + b"==")],
    ],
)
def test_any_other_goes_the_long_way(headers):
    assert key_of(headers) is None


served = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


@served
def test_a_socket_has_what_autobahn_gives_it(stack):
    differ = {name: values for name, values in stack.call(handshakes.attributes).items() if len(set(values)) > 1}
    assert not differ


@served
def test_sockets_share_nothing_that_changes(stack):
    assert stack.call(handshakes.own) == []


def opened(port, cookie, more=b"", origin=None):
    """A connection whose handshake has been answered, and the answer."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    origin = origin or b"http://localhost:%d" % port
    line.sendall(
        b"GET /live/?lang=en HTTP/1.1\r\nHost: localhost:%d\r\nCookie: sessionid=%b\r\nOrigin: %b\r\n"
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: %b\r\n%b\r\n" % (port, cookie.encode(), origin, KEY[1], more)
    )
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(1024)
    return line, data


def masked(payload, first=0x81):
    return bytes([first, 0x80 | len(payload), 0, 0, 0, 0]) + payload


@served
@pytest.mark.parametrize("origin", [None, b"https://elsewhere.example", b"null"])
def test_both_ways_answer_the_same(stack, origin):
    place, port = stack.call(world.build), stack.servers[0].port
    offer = b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    ways = [opened(port, place["cookies"]["attendee"], more, origin) for more in (offer, offer + LONG_WAY)]
    for line, _answer in ways:
        line.close()
    answers = [re.sub(rb"\r\nDate: [^\r]+", b"", answer) for _line, answer in ways]
    assert answers[0] == answers[1]
    assert answers[0].startswith(b"HTTP/1.1 101 " if origin is None else b"HTTP/1.1 4")


@served
@pytest.mark.parametrize("way", [b"", LONG_WAY])
def test_frames_are_answered_both_ways(stack, way):
    """In pieces, a ping between them; and the socket closes when it is asked to."""
    place = stack.call(world.build)
    for _time in range(2):  # Autobahn itself makes the first of a process
        line, _answer = opened(stack.servers[0].port, place["cookies"]["attendee"], way)
        join = b'{"join": {"session:%d": 0}}' % place["session"]
        line.sendall(masked(join[:9], 0x01))
        line.sendall(masked(b"there?", 0x89))
        line.sendall(masked(join[9:], 0x80))
        data = b""
        while b"\x8a\x06there?" not in data or b'"joined"' not in data:
            data += line.recv(65536)
        line.sendall(masked(b"\x03\xe8", 0x88))
        while data[-4:] != b"\x88\x02\x03\xe8":
            more = line.recv(65536)
            assert more, "hung up without a word"
            data += more
        line.close()
