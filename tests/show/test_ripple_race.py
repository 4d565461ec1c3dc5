"""Ripples on PostgreSQL while another transaction is at work: what is projected holds until it is published."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import servers
from tests.programs import ripples
from tests.shell import Shell


@pytest.fixture
def shell(postgres_url):
    with servers.folder() as home:
        shell = Shell(servers.environment(home, DATABASE_URL=servers.new_database(postgres_url)))
        yield shell
        shell.stop()


def test_of_two_who_publish_the_same_delays_at_once_one_does(shell):
    made = shell.call(ripples.late, {})
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(shell.call, ripples.publish, made)
        second = threads.submit(shell.call, ripples.publish, made | {"second": True})
        assert (first.result(), second.result()) == (True, False)
    told = shell.call(ripples.happened, {})
    assert told["ripples"] == 1 and len(told["delays"]) == len(set(told["delays"])) == made["offered"]["sessions"]


def test_delays_are_not_published_of_a_stage_that_becomes_free_meanwhile(shell):
    """Its session ends, early enough for all that follow, in a transaction that has not committed yet."""
    made = shell.call(ripples.late, {})
    with ThreadPoolExecutor(2) as threads:
        ends = threads.submit(shell.call, ripples.end, {"session": made["session"], "by": made["by"]})
        published = threads.submit(shell.call, ripples.publish, made | {"second": True})
        ends.result()
        assert published.result() is False
    assert shell.call(ripples.happened, {}) == {"ripples": 0, "delays": []}
