"""The load benches at a small size: a herd of sockets, coming and going, and nginx in front."""

import http.client
import socket
import time
from contextlib import suppress

import pytest

from bench import idle, soak, sockets
from bench.place import installation
from tests import servers


@pytest.fixture(scope="module")
def busy(postgres_url, redis_url):
    with installation(soak.PEOPLE, postgres=postgres_url, redis=redis_url) as place:
        yield place


async def test_a_herd_hears_everything_once_and_comes_back(busy):
    told = await sockets.run(busy, 80, 3)
    assert told.up == 80 and not any(told.wrong.values()), told.wrong
    assert len(told.latencies) >= 80


async def test_nothing_is_left_of_those_who_have_gone(busy):
    samples, came, wrong = await soak.run(busy, 6)
    assert came > 60 and not any(wrong.values()), wrong
    assert samples[-1]["sockets"] <= soak.STAYING + 2 * soak.CONNECTS * soak.STAYS
    after = soak.sample(busy)
    assert after["sockets"] == 0 and after["tasks"] < samples[0]["tasks"]
    assert after["file descriptors"] < samples[0]["file descriptors"]


async def test_sockets_and_pages_come_through_nginx(busy):
    with idle.nginx(busy.ports) as (port, _home):
        told = await idle.run(busy, {"nginx": [port]}, 20, 3)
        assert told == {"nginx": {"dropped": 0, "heard": 20}}
        assert answer(port, "GET", "/people/enter/") == 200
        assert answer(port, "GET", "/metrics") == 404  # only because nginx says who asks
        assert answer(port, "POST", "/people/enter/", {"Content-Length": "2000000"}) == 413


def test_nginx_serves_files_compresses_pages_and_logs_no_query(busy):
    with servers.folder() as files, idle.nginx(busy.ports, files) as (port, home):
        (files / "static").mkdir()
        (files / "static" / "style.0123456789ab.css").write_text("body{}")
        for name in ("127.0.0.1", "::1"):
            connection = http.client.HTTPConnection(name, port, timeout=10)
            headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
            connection.request("GET", "/people/enter/?q=zoe@example.org", headers=headers)
            page = connection.getresponse()
            assert page.status == 200 and page.headers["Content-Encoding"] == "gzip" and page.read()
            connection.request("GET", "/static/style.0123456789ab.css", headers=headers)
            style = connection.getresponse()
            assert style.read() == b"body{}" and "immutable" in str(style.headers.get_all("Cache-Control"))
            connection.close()
        told = (home / "access.log").read_text() + (home / "error.log").read_text()
    assert "/people/enter/" in told and "example.org" not in told


def test_nginx_ends_a_body_that_does_not_come(busy):
    with idle.nginx(busy.ports) as (port, _home), socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        began = time.monotonic()
        one.sendall(b"POST /people/enter/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nx")
        with suppress(ConnectionResetError):
            one.recv(4096)
        assert time.monotonic() - began < 15


def answer(port, method, path, headers=None):
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": f"localhost:{port}"} | (headers or {}))
        return connection.getresponse().status
    finally:
        connection.close()
