"""The short way of shared pages: the same answers as the long way, whatever a client sends, in whatever pieces."""

import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hybrid import direct
from tests import world

HOST = b"Host: localhost\r\n"
FOR_THE_LONG_WAY = b"TE: trailers\r\n"
PAGE = b"/sessions/1/"


def request(path=PAGE, headers=b"", method=b"GET"):
    return b"%b %b HTTP/1.1\r\n%b%b\r\n" % (method, path, HOST, headers)


@pytest.mark.parametrize("headers", [b"", b"Cookie: a=b; c=d\r\n", b"Connection: Keep-Alive\r\n", b"X-One:\r\n"])
def test_a_plain_request_is_read(headers):
    plain = direct.read(request(b"/sessions/12/?a=%20b", headers))
    assert plain is not None and plain.after == direct.LASTS
    scope = plain.scope()
    assert (scope["path"], scope["raw_path"], scope["query_string"]) == ("/sessions/12/", b"/sessions/12/", b"a=%20b")
    assert dict(scope["headers"])[b"host"] == b"localhost"


def test_who_asks_to_close_is_understood():
    assert direct.read(request(headers=b"Connection: close\r\n")).after == direct.CLOSES


def test_a_websocket_is_known():
    for connection in (b"Upgrade", b"keep-alive, Upgrade"):
        asks = b"Connection: %b\r\nUpgrade: WebSocket\r\n" % connection
        assert direct.read(request(b"/live/?lang=en", asks)).after == direct.SOCKET


@pytest.mark.parametrize(
    "data",
    [
        request()[:-2],
        request() + request(),
        request() + b"x",
        b"\r\n" + request(),
        request(method=b"POST"),
        request(method=b"HEAD"),
        request(b"/sessions/%31/"),
        request(b"//sessions/1/"),
        request(b"http://localhost/sessions/1/"),
        request(b"/sessions/1/#a"),
        request(b"/sessions/1/?\xff"),
        request(headers=b"Content-Length: 0\r\n"),
        request(headers=b"Transfer-Encoding: chunked\r\n"),
        request(headers=b"Upgrade: websocket\r\n"),
        request(headers=b"Connection: upgrade\r\nUpgrade: h2c\r\n"),
        request(headers=b"Connection: upgrade\r\n"),
        request(headers=b"Expect: 100-continue\r\n"),
        request(headers=b"Daphne-Root-Path: /x\r\n"),
        request(headers=b"Folded: a\r\n b\r\n"),
        request(headers=b"Space : a\r\n"),
        request(headers=b"X: a\x00b\r\n"),
        request(headers=b"X: a\nY: b\r\n"),
        request(headers=b"no colon\r\n"),
        request(headers=HOST),
        request(headers=b"Cookie: a=b\r\nCookie: c=d\r\n"),
        request(headers=b"X: " + b"x" * direct.LONGEST + b"\r\n"),
        b"GET /sessions/1/ HTTP/1.1\r\n\r\n",
        b"GET /sessions/1/ HTTP/1.0\r\n" + HOST + b"\r\n",
        b"GET  /sessions/1/ HTTP/1.1\r\n" + HOST + b"\r\n",
        b"",
    ],
)
def test_anything_else_goes_the_long_way(data):
    assert direct.read(data) is None


PIECES = [b"GET ", PAGE, b" HTTP/1.1", b"\r\n", b"\n", b"\r", b"Host", b": ", b":", b"a", b" ", b"\t", b"\0", b"\xff"]


@given(st.lists(st.sampled_from([*PIECES, request(), HOST, b"\r\n\r\n", b"Content-Length: 3"]), max_size=14))
def test_what_is_read_is_one_request_and_nothing_of_it_is_lost(pieces):
    data = b"".join(pieces)
    plain = direct.read(data)
    if plain is None:
        return
    lines = [b"GET %b HTTP/1.1" % plain.path]
    lines += [b"%b:%b" % header for header in plain.headers]
    blanks = re.compile(rb"[ \t]")
    assert blanks.sub(b"", data).lower() == blanks.sub(b"", b"\r\n".join(lines) + b"\r\n\r\n").lower()


served = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


@pytest.fixture
def place(stack):
    return stack.call(world.build)


@pytest.fixture
def line(stack):
    with socket.create_connection(("127.0.0.1", stack.servers[0].port), timeout=20) as line:
        yield line


class Answers:
    """Reads whole answers from a connection."""

    def __init__(self, line):
        self.line, self.rest = line, b""

    def next(self):
        """Head and body of the next answer."""
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        length = int((re.search(rb"(?i)content-length: (\d+)", head) or [b"", b"0"])[1])
        while len(self.rest) < length:
            self._more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return head, body

    def _more(self):
        data = self.line.recv(65536)
        assert data, "hung up"
        self.rest += data


def is_short(head):
    return b"\r\nserver: hybrid" in head


def asked(place, path="", headers=b"", method=b"GET", who="attendee"):
    cookie = b"Cookie: sessionid=%b; csrftoken=%b\r\n" % (place["cookies"][who].encode(), b"a" * 32)
    return request(path.encode() or b"/sessions/%d/" % place["session"], cookie + headers, method)


def title(answer):
    return re.search(r"<title>(.*?) ·", answer[1].decode(), re.DOTALL)[1].strip()


def told(head):
    """Status and headers, however they are written."""
    first, *lines = head.split(b"\r\n")
    return first, sorted(line.partition(b":")[0].lower() + b":" + line.partition(b":")[2] for line in lines)


@served
@pytest.mark.parametrize("headers", [b"", b"Accept-Encoding: gzip\r\n", b"Accept-Encoding: br\r\n"])
def test_both_ways_answer_the_same(stack, place, line, headers):
    answers = Answers(line)
    line.sendall(asked(place, headers=headers))
    short, short_body = answers.next()
    line.sendall(asked(place, headers=headers + FOR_THE_LONG_WAY))
    long, long_body = answers.next()
    assert is_short(short) and not is_short(long)
    assert short_body == long_body and short.startswith(b"HTTP/1.1 200 OK")
    assert told(short) == told(long)
    tag = re.search(rb"etag: (.+)", short)[1].strip()
    line.sendall(asked(place, headers=headers + b"If-None-Match: " + tag + b"\r\n"))
    again, nothing = answers.next()
    assert is_short(again) and again.startswith(b"HTTP/1.1 304 Not Modified") and nothing == b""


@served
def test_requests_that_come_together_or_in_pieces_are_answered_in_order(stack, place, line):
    answers = Answers(line)
    programme = f"/editions/{place['slug']}/"
    line.sendall(asked(place) + asked(place, programme) + asked(place, "/people/account/"))
    titles = [title(answers.next()) for _ in range(3)]
    assert len(set(titles)) == 3 and titles[1] == "Programme"
    line.sendall(asked(place, f"{programme}?q=nothing-drawn-yet"))
    line.sendall(asked(place, "/people/account/"))
    line.sendall(asked(place))
    assert [title(answers.next()) for _ in range(3)] == [titles[1], titles[2], titles[0]]
    whole = asked(place)
    line.sendall(whole[:40])
    line.sendall(whole[40:])
    assert answers.next()[0].startswith(b"HTTP/1.1 200")


@served
def test_who_asks_to_close_is_hung_up_on_after_the_answer(stack, place, line):
    line.sendall(asked(place, headers=b"Connection: close\r\n"))
    head, body = Answers(line).next()
    assert is_short(head) and b"connection: close" in head and body and line.recv(1) == b""


@served
def test_what_pages_do_not_answer_goes_the_long_way(stack, place, line):
    answers = Answers(line)
    line.sendall(asked(place, f"/sessions/{place['session']}/?whole=1"))
    head, body = answers.next()
    assert not is_short(head) and head.startswith(b"HTTP/1.1 200") and b"</html>" in body
    for path, status in (("/sessions/999999/", 404), ("/nothing/", 404), ("/people/account/", 200)):
        line.sendall(asked(place, path))
        head, _body = answers.next()
        assert not is_short(head) and head.startswith(b"HTTP/1.1 %d" % status)


@served
def test_who_does_not_read_is_read_no_further(stack, place, line):
    """Else each request that is sent costs the memory of a page."""
    line.settimeout(5)
    sent, most = 0, 60_000_000
    with pytest.raises(TimeoutError):
        while sent < most:
            sent += line.send(asked(place))


HANDSHAKE = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
HANDSHAKE += b"dGhlIHNhbXBsZSBub25jZQ==\r\n"


@served
@pytest.mark.parametrize("more", [b"", FOR_THE_LONG_WAY])
def test_a_websocket_begins_the_same_both_ways(stack, place, line, more):
    origin = b"Origin: http://localhost:%d\r\n" % stack.servers[0].port
    sent = asked(place, "/live/?lang=en", HANDSHAKE + origin + more).replace(
        HOST, b"Host: localhost:%d\r\n" % stack.servers[0].port
    )
    line.sendall(sent)
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        data += line.recv(1024)
    assert data.startswith(b"HTTP/1.1 101 ") and b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in data
    join = b'{"join": {"session:%d": 0}}' % place["session"]
    line.sendall(bytes([0x81, 0x80 | len(join), 0, 0, 0, 0]) + join)  # masked with nothing
    while b'"joined"' not in data:
        data += line.recv(65536)
