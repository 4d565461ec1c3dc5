"""What a hostile client cannot do to a server, and how one that stops sends its clients away."""

import asyncio
import json
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import servers
from tests.live.client import Client
from tests.live.test_socket import in_thread, place, ports, room, send  # noqa: F401

MEGABYTE = 1_000_000


def memory(server) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def connect(server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


@pytest.mark.parametrize("how", ["length", "chunked"])
def test_a_large_body_is_refused_before_it_is_kept(stack, how):
    server = stack.servers[0]
    before = memory(server)
    line = f"Content-Length: {500 * MEGABYTE}" if how == "length" else "Transfer-Encoding: chunked"
    with connect(server) as one:
        one.sendall(f"POST /people/enter/ HTTP/1.1\r\nHost: localhost\r\n{line}\r\n\r\n".encode())
        with suppress(OSError):
            for _ in range(300):
                one.sendall(b"" if how == "length" else b"f4240\r\n")
                one.sendall(b"x" * MEGABYTE + (b"\r\n" if how == "chunked" else b""))
        with suppress(ConnectionResetError):  # it went on sending after the answer
            assert one.recv(100).startswith(b"HTTP/1.1 413 ")
    with connect(server) as polite:
        size = 2 * MEGABYTE
        polite.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode())
        assert polite.recv(100).startswith(b"HTTP/1.1 413 ")
    assert memory(server) - before < 20 * MEGABYTE


@pytest.mark.parametrize("header", ["Daphne-Root-Path: /evil", "Script-Name: /evil", "X-Forwarded-Host: evil.example"])
def test_a_spoofed_header_changes_nothing(stack, header):
    with connect(stack.servers[0]) as one:
        one.sendall(f"GET /people/enter/ HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: one.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 200 ") and b"evil" not in answer


def handshake(server) -> socket.socket:
    one = connect(server)
    one.sendall(
        f"GET /live/ HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: http://localhost:{server.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b" 101 " in one.recv(4096)
    return one


PING = bytes((0x89, 0x80 | 100, 0, 0, 0, 0)) + b"p" * 100


@pytest.mark.parametrize("kind", ["join", "ping", "fragment"])
def test_who_sends_and_never_reads_is_cut_off(stack, room, kind):  # noqa: F811
    server = stack.servers[0]
    before = memory(server)
    join = json.dumps({"join": {room: 0}}).encode()
    frame = bytes((0x81, 0x80 | len(join), 0, 0, 0, 0)) + join
    portion = {"join": frame, "ping": PING, "fragment": b"\x01" + frame[1:]}[kind] * 500
    with handshake(server) as one:
        one.settimeout(5)
        began = time.monotonic()
        with pytest.raises(OSError):  # cut off while it sends, not kept waiting
            while time.monotonic() - began < 30:
                one.sendall(portion)
    assert memory(server) - before < 60 * MEGABYTE


async def test_draining_loses_nothing_and_spreads_the_clients(stack, place, room):  # noqa: F811
    with servers.folder() as home:
        leaving = await in_thread(servers.start_app, stack.env, home)
        clients = [await Client(leaving.port).__aenter__() for _ in range(30)]
        for client in clients:
            await client.join(**{room: 0})
        writing = asyncio.create_task(in_thread(send, stack, place, room, [f"m{number}" for number in range(100)]))
        stopping = asyncio.create_task(in_thread(leaving.stop))
        for client in clients:
            await client.until(lambda client=client: client.code is not None)
        assert {client.code for client in clients} == {4001}
        delays = [frame["delay"] for client in clients for frame in client.frames if frame["t"] == "bye"]
        assert len(delays) == 30 and len(set(delays)) > 10 and max(delays) < 20_000
        await asyncio.gather(writing, stopping)
        assert leaving.process.returncode == 0
    for client in clients[:5]:
        seen = client.seqs(room)
        async with Client(ports(stack)[-1]) as again:
            await again.join(**{room: len(seen)})
            await again.until(lambda again=again, seen=seen: len(seen) + len(again.seqs(room)) >= 100)
            assert seen + again.seqs(room) == list(range(1, 101))


def test_draining_is_unready_and_finishes_what_has_begun(stack):
    """A request whose body is still on its way when the server is told to stop gets its answer."""
    with servers.folder() as home:
        leaving = servers.start_app(stack.env, home, fork=True)
        with connect(leaving) as one, connect(leaving) as probe:
            ask = f"GET /readyz HTTP/1.1\r\nHost: localhost:{leaving.port}\r\n\r\n".encode()
            probe.sendall(ask)
            assert probe.recv(4096).startswith(b"HTTP/1.1 200 ")
            one.sendall(b"POST /people/enter/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n" + b"x" * 10)
            time.sleep(0.3)
            leaving.process.terminate()
            time.sleep(0.5)
            probe.sendall(ask)
            assert probe.recv(4096).startswith(b"HTTP/1.1 503 ")
            assert leaving.process.poll() is None
            one.sendall(b"x" * 10)
            assert one.recv(4096).startswith(b"HTTP/1.1 403 ")  # without a CSRF token: an answer
        assert leaving.process.wait(20) == 0
