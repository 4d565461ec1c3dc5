"""Whatever happens at a time happens once, though two processes look for it as often as they can."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import servers
from tests.programs import timed
from tests.shell import Shell

SECONDS = 2


@pytest.fixture
def shell(postgres_url):
    with servers.folder() as home:
        shell = Shell(servers.environment(home, DATABASE_URL=servers.new_database(postgres_url)))
        yield shell
        shell.stop()


def test_two_processes_do_everything_that_is_due_once(shell):
    made = shell.call(timed.due, {})
    values = {"start": time.time() + 4, "seconds": SECONDS}  # both have loaded the product by then
    with ThreadPoolExecutor(2) as threads:
        looks = list(threads.map(lambda _n: shell.call(timed.take_part, values), range(2)))
    told = shell.call(timed.happened, made)
    assert min(looks) > 1
    assert told["opened"] == [1] * timed.POLLS and set(told["open"]) == {"open"}
    assert set(told["closed"]) == {"closed"}
    assert told["ripples"] == 1 and told["delay steps"] == len(told["delays"]) == 2
    assert told["releases"] == [1] and told["failed"] == 0
    assert told["reminders"] == told["bars"] == told["envelopes"] == 1
    assert told["closes"] == timed.POLLS
