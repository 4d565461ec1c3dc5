"""A process that is forked with the apps loaded is as one that loads them itself."""

from tests import servers
from tests.programs import first
from tests.shell import call_once


def test_each_has_the_database_that_it_was_asked_for():
    """The first of an environment loads the apps itself, the others do not: in each database somebody is the first."""
    found = []
    for _ in range(2):
        with servers.folder() as home:
            env = servers.environment(home)
            servers.migrate(env)
            [token] = call_once(env, first.links, count=1)
            found.append((call_once(env, first.begin, token=token), call_once(env, first.count)))
    assert found == [(True, 1), (True, 1)]


def test_an_environment_that_cannot_start_says_why_each_time():
    with servers.folder() as home:
        said = [servers.ran(servers.environment(home, LIVE_POLL="often"), "check") for _ in range(3)]
    assert [(one.returncode, one.stderr) for one in said] == [(1, "Configuration: LIVE_POLL must be a number.\n")] * 3
