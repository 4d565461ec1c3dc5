"""Two processes on one PostgreSQL, one of them 90 seconds ahead: the database's time decides."""

import asyncio
from datetime import UTC, datetime

import pytest

from common import clock
from tests import servers
from tests.conftest import Stack
from tests.live.client import Client
from tests.programs import polls


@pytest.fixture
def two(postgres_url, redis_url):
    """The installation; its second process is ahead."""
    with servers.folder() as home:
        env = servers.environment(home, DATABASE_URL=servers.new_database(postgres_url), REDIS_URL=redis_url)
        stack = Stack("skewed", env, home, [])
        try:
            stack.servers.append(servers.start_app(env, home, fork=True))
            ahead = env | {"DJANGO_SETTINGS_MODULE": "tests.settings_ahead"}
            stack.servers.append(servers.start_app(ahead, home))
            yield stack
        finally:
            stack.stop()


async def test_no_process_closes_a_poll_early_and_followers_stay(two):
    place = await asyncio.to_thread(two.call, polls.open_for_a_minute)
    cookies = place["cookies"]
    one, other = (server.port for server in two.servers)
    async with Client(one, cookies["attendee"]) as here, Client(other, cookies["moderator"]) as ahead:
        edition = f"edition:{place['edition']}"
        await here.join(**{place["room"]: 0, edition: 0})
        await ahead.join(**{place["room"]: 0, edition: 0})
        await asyncio.sleep(5)
        assert await asyncio.to_thread(two.call, polls.state_of, poll=place["poll"]) == "open"
        for client in (here, ahead):
            counts = [frame["counts"] for frame in client.frames if frame["t"] == "presence"]
            told = [count[place["room"]] for count in counts if place["room"] in count]
            assert told[-1] == 2 and sorted(told) == told, told


@pytest.mark.django_db
def test_the_time_is_counted_on_from_what_the_database_said(monkeypatch):
    monkeypatch.setattr(clock.connection, "vendor", "postgresql", raising=False)
    said = datetime(2030, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "_reading", clock.Reading(said, 100.0))
    monkeypatch.setattr(clock, "monotonic", lambda: 107.5)
    assert (clock.now() - said).total_seconds() == 7.5
