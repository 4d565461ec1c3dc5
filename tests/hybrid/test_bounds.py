"""What one address can take from the others: descriptors, places, followers."""

import asyncio
import re
import socket
import time
from bisect import bisect_right
from contextlib import ExitStack, suppress
from itertools import product

import pytest
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web import http
from websockets.asyncio.client import connect as dial

from hybrid import connections
from tests import servers, world
from tests.hybrid.test_health import get
from tests.live.client import Client
from tests.shell import Shell

FEW = ("prlimit", "--nofile=300:300")
USUAL = ("prlimit", "--nofile=256:2048")  # a soft limit that the process may raise
OTHERS = "127.0.0.2"  # an address of this machine beside 127.0.0.1


def build(server):
    """A small congress at that server."""
    shell = Shell(server.env)
    try:
        return shell.call(world.build, {})
    finally:
        shell.stop()


def linked(server, path="/live/"):
    """A websocket of the other address; what the server answers to the handshake is not read."""
    one = socket.create_connection(("127.0.0.1", server.port), timeout=10, source_address=(OTHERS, 0))
    one.sendall(
        f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: http://localhost:{server.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    return one


def slow(server):
    """A request of the other address whose body does not come, and that is large enough for a file."""
    one = socket.create_connection(("127.0.0.1", server.port), timeout=10, source_address=(OTHERS, 0))
    one.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\nx")
    return one


@pytest.mark.parametrize("kind", [linked, slow])
@pytest.mark.parametrize("prefix", [FEW, USUAL], ids=["few descriptors", "a low soft limit"])
async def test_others_get_pages_and_sockets(kind, prefix):
    count = 400
    with servers.app_server(prefix=prefix) as server, ExitStack() as stack:
        for _ in range(count):
            with suppress(OSError):
                stack.enter_context(kind(server))
        for _ in range(5):
            assert (await asyncio.to_thread(get, server, "/people/enter/"))[0] == 200
        async with Client(server.port) as client:
            await client.socket.ping()
            assert client.code is None
        assert "Traceback" not in server.log.read_text()


async def test_who_is_one_too_many_is_told(server):
    bounded = server({"MAX_CONNECTIONS": "20", "MAX_SOCKETS": "5", "MAX_PER_ADDRESS": "3"})
    with ExitStack() as stack:
        for _ in range(3):
            assert b" 101 " in stack.enter_context(linked(bounded)).recv(4096)
        refused = stack.enter_context(linked(bounded))
        assert refused.recv(4096).startswith(b"HTTP/1.1 503 ")
        clients = [await Client(bounded.port).__aenter__() for _ in range(3)]
        await clients[2].until(lambda: clients[2].code is not None)
        assert [client.code for client in clients] == [None, None, 4013], "come back later"
        assert (await asyncio.to_thread(get, bounded, "/people/enter/"))[0] == 200
    for client in clients:
        await client.__aexit__()
    await asyncio.sleep(0.5)
    for _ in range(10):
        with linked(bounded) as again:
            assert b" 101 " in again.recv(4096), "places are given back"
        await asyncio.sleep(0.1)


async def test_who_joins_nothing_is_closed_and_who_joins_stays(server):
    running = server()
    place = build(running)
    async with Client(running.port) as idle, Client(running.port) as follower:
        await follower.join(**{f"session:{place['session']}": 0})
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", running.port)) as silent:
            silent.settimeout(15)
            assert await asyncio.to_thread(silent.recv, 1) == b""
        assert 8 < time.monotonic() - began < 13
        await idle.until(lambda: idle.code is not None)
        assert idle.code == 4010 and follower.code is None


async def test_those_who_do_not_answer_our_close_are_hung_up_on_one_after_the_other(server):
    running, count = server(), 400
    moments = sorted(await asyncio.gather(*(moment_of_the_end(linked(running)) for _ in range(count))))
    at_once = max(bisect_right(moments, moment + 0.2) - index for index, moment in enumerate(moments))
    assert at_once < count / 2, "a page would wait for all of them"


async def moment_of_the_end(one):
    """When the server has ended a connection (time.monotonic); what it sent is read and not answered."""
    reader, writer = await asyncio.open_connection(sock=one)
    with suppress(OSError):
        await asyncio.wait_for(reader.read(), 30)
    writer.close()
    return time.monotonic()


def channel(sooner=None):
    """A channel on a clock of its own, and its transport; timers that are made sooner are added to that list."""
    clock, transport, made = Clock(), StringTransport(), connections.TimedChannel()

    def call_later(*args):
        call = clock.callLater(*args)
        call.resetter = call.resetter if sooner is None else sooner.append
        return call

    made.callLater, made.timeOut, made.requestFactory = call_later, 60, lambda *_: Request()
    made.makeConnection(transport)
    return clock, transport, made


class TwistedRequest(http.Request):
    """A request that waits for its answer."""

    def process(self):
        pass


class Request:
    """What a channel asks of its requests until they are whole."""

    def __init__(self):
        from twisted.web.http_headers import Headers

        self.requestHeaders = Headers()

    def parseCookies(self):  # noqa: N802  (Twisted's names)
        pass

    gotLength = handleContentChunk = connectionLost = lambda *_: None  # noqa: N815


def test_a_timer_of_a_channel_is_never_made_sooner():
    """Twisted looks through the timers of all connections for that."""
    sooner = []
    _, transport, made = channel(sooner)
    made.requestFactory = TwistedRequest
    for _ in range(2):
        made.dataReceived(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        made.requests[0].finish()
    assert transport.value().count(b"HTTP/1.1 200") == 2 and sooner == []


def total(server, name):
    """One number of /metrics."""
    return int(re.search(rf"^hybrid_{name} (\d+)$", get(server, "/metrics")[1], re.M)[1])


@pytest.mark.parametrize("kind", [linked, slow])
def test_connections_that_come_and_go_do_not_call_the_collector(server, kind):
    """It stops the process while it looks, for a second when there are thousands of connections."""
    running, count = server(), 1_500
    get(running, "/people/enter/")
    full, collected = total(running, "full_collections_total"), total(running, "collected_total")
    for _ in range(count // 100):
        with ExitStack() as stack:
            for _ in range(100):
                one = stack.enter_context(kind(running))
                if kind is linked:
                    assert b" 101 " in one.recv(4096)
    assert total(running, "full_collections_total") == full
    assert total(running, "collected_total") - collected < count


@pytest.mark.parametrize(
    "begin", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"]
)
def test_a_request_that_drips_is_ended(begin):
    clock, transport, made = channel()
    made.dataReceived(begin or b"G")
    for _ in range(9):
        clock.advance(5)
        made.dataReceived(b"x")
    assert not transport.disconnecting
    clock.advance(20)
    assert transport.disconnecting
    assert transport.value().startswith(b"HTTP/1.1 408 ") or not begin


async def test_a_socket_elsewhere_is_closed_without_a_traceback(server):
    running = server()
    origin = f"http://localhost:{running.port}"
    for path in ("/", "/live", "/live/x", "/nowhere/?a=1", "/%00"):
        async with dial(f"ws://localhost:{running.port}{path}", origin=origin) as one:
            await one.wait_closed()
            assert one.close_code == 4404
    assert running.log.read_text() == "" or "Traceback" not in running.log.read_text()


HANDSHAKES = {
    "no key": "Sec-WebSocket-Version: 13\r\n",
    "an old version": "Sec-WebSocket-Version: 1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    "a strange protocol": (
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: \xff\r\n"
    ),
    "another's cookie": (
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: sessionid=\xff\xfe\r\n"
    ),
}


def test_a_wrong_handshake_leaves_no_traceback(server):
    running = server()
    for method, headers in product(("GET", "POST", "HEAD"), HANDSHAKES.values()):
        with socket.create_connection(("127.0.0.1", running.port), timeout=10) as one:
            one.sendall(
                f"{method} /live/ HTTP/1.1\r\nHost: localhost:{running.port}\r\nUpgrade: websocket\r\n"
                f"Origin: http://localhost:{running.port}\r\nConnection: Upgrade\r\n{headers}\r\n".encode("latin1")
            )
            assert one.recv(4096).startswith(b"HTTP/1.1 ")
    time.sleep(3)
    assert "Traceback" not in running.log.read_text()


async def followers(port, room, edition, clients):
    """How many follow a room when these clients do, as another is told."""
    async with Client(port) as watching:
        for client in clients:
            await client.join(**{room: 0})
        await watching.join(**{edition: 0})
        await asyncio.sleep(3)
        return watching.counts().get(room, 0)


@pytest.mark.parametrize(("proxies", "expected"), [("0", 1), ("1", 3)])
async def test_who_is_not_signed_in_follows_once_for_each_address(server, proxies, expected):
    running = server({"TRUSTED_PROXIES": proxies})
    place = build(running)
    addresses = ["1.1.1.1", "2.2.2.2", "2001:db8::1", "2001:db8::2", "9.9.9.9, 2.2.2.2"] * 4
    clients = []
    for address in addresses:
        clients.append(await Client(running.port, forwarded=address).__aenter__())
    counted = await followers(running.port, f"session:{place['session']}", f"edition:{place['edition']}", clients)
    for client in clients:
        await client.__aexit__()
    assert counted == expected


def test_a_body_on_its_way_does_not_disturb_the_end(server):
    running = server()
    with slow(running), slow(running):
        time.sleep(0.5)
        running.stop()
    assert running.process.returncode == 0 and "Traceback" not in running.log.read_text()
