"""The written list of searches in seven languages, the facets, and both databases beside each other."""

import pytest

from tests import servers
from tests.programs import finding as program
from tests.search.library import ACROSS, QUESTIONS
from tests.shell import Shell

ALL = [(language, *pair) for language, pairs in QUESTIONS.items() for pair in pairs]
HOSTILE = [
    "' OR 1=1 --",
    '"" AND ""',
    "a* NOT b",
    "title_tokens : x",
    "%s %d {}",
    "<b>",
    "\\'",
    "x:*|y&!z",
    "NEAR(a b)",
]


@pytest.fixture(scope="module")
def shells(postgres_url):
    """One installation on each database, with the library in it."""
    with servers.folder() as home:
        envs = [servers.environment(home), servers.environment(home, DATABASE_URL=servers.new_database(postgres_url))]
        servers.migrate(envs[0])
        found = {}
        for env in envs:
            shell = Shell(env)
            found[shell.call(program.build, {})] = shell
        yield found
        for shell in found.values():
            shell.stop()


@pytest.fixture(scope="module")
def found(shells):
    texts = sorted({typed for _language, typed, _first in ALL} | {typed for typed, _other in ACROSS} | set(HOSTILE))
    return {vendor: shell.call(program.titles, {"texts": texts}) for vendor, shell in shells.items()}


def test_the_list_is_long_enough():
    assert len(ALL) >= 60 and len(QUESTIONS) == 7


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("language", "typed", "first"), ALL)
def test_what_comes_first(found, vendor, language, typed, first):
    assert found[vendor][typed][:1] == [first]


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("typed", "other"), ACROSS)
def test_what_is_written_in_one_language_is_found_in_another(found, vendor, typed, other):
    assert (other in found[vendor][typed]) if other else found[vendor][typed] == []


def test_both_databases_find_the_same(found):
    for typed, titles in found["sqlite"].items():
        assert sorted(titles) == sorted(found["postgresql"][typed]), typed


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    ("typed", "kind", "theme", "scope"),
    [
        ("water", "", "", ""),
        ("water", "case", "", ""),
        ("water", "", "water", ""),
        ("co", "case", "nature", ""),
        ("st", "", "mobility", ""),
        ("re", "", "", "edition:1"),
        ("co", "session", "", "edition:2"),
        ("co", "", "mobility", "edition:2"),
    ],
)
def test_counts_are_those_of_the_hits(shells, vendor, typed, kind, theme, scope):
    asked = {"text": typed, "kind": kind, "theme": theme, "scope": scope}
    found = shells[vendor].call(program.counts, asked)
    assert found["told"] == found["counted"] and found["told"]["kinds"]
    assert found["told"]["scopes"] or not scope
