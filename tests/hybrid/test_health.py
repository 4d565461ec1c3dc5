"""Probes and numbers, and who gets them."""

import asyncio
import urllib.error
import urllib.request

import pytest

from tests import servers
from tests.live.client import Client
from tests.live.test_socket import in_thread, place, room, send  # noqa: F401


def get(server, path, **headers):
    """Status and text."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_process_that_works_is_alive_and_ready(stack):
    assert get(stack.servers[0], "/healthz") == (200, "alive\n")
    assert get(stack.servers[0], "/healthz", Host="10.0.0.7")[0] == 200
    assert get(stack.servers[0], "/readyz") == (
        200,
        "database up\nmigrations applied\nstatic collected\nbus up\ndraining no\n",
    )


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}]
)
def test_the_world_does_not_see_the_inside(stack, path, headers):
    assert get(stack.servers[0], path, **headers)[0] == 404


def test_the_token_opens_it(server):
    with_token = server({"METRICS_TOKEN": "secret"})
    headers = {"X-Forwarded-For": "10.1.1.1", "Authorization": "Bearer secret"}
    assert get(with_token, "/metrics", **headers)[0] == 200
    assert get(with_token, "/metrics", **headers | {"Authorization": "Bearer other"})[0] == 404


async def test_the_numbers_follow_what_happens(stack, place, room):  # noqa: F811
    async with Client(stack.servers[0].port) as client:
        await client.join(**{room: 0})
        await in_thread(send, stack, place, room, ["one", "two"])
        await client.until(lambda: len(client.seqs(room)) == 2)
        await asyncio.sleep(0.2)
        _, text = await in_thread(get, stack.servers[0], "/metrics")
    numbers = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(numbers["hybrid_sockets"]) >= 1 and float(numbers["hybrid_rooms"]) >= 1
    assert float(numbers["hybrid_events_total"]) >= 2 and float(numbers["hybrid_deliveries_total"]) >= 1
    assert float(numbers["hybrid_delivery_p99_seconds"]) > 0 == float(numbers["hybrid_hub_lag_events"])


def test_without_its_bus_it_is_ready_without_its_database_not(tmp_path):
    with servers.postgres_server() as postgres, servers.redis_server() as redis:
        env = {"DATABASE_URL": servers.new_database(postgres), "REDIS_URL": redis}
        with servers.app_server(env, fork=True) as server:
            import psycopg
            import redis as client

            client.Redis.from_url(redis).shutdown(nosave=True)
            status, state = get(server, "/readyz")
            assert status == 200 and "bus down" in state
            name = env["DATABASE_URL"].rpartition("/")[2]
            with psycopg.connect(postgres, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            assert get(server, "/readyz")[0] == 503
            assert get(server, "/healthz")[0] == 200
