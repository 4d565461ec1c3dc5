"""The same search on both databases, through the pages: the programme, the desk's people, speakers and record."""

import pytest

from tests.programs import search


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(search.make)


@pytest.mark.parametrize("word", ["núria", "NÚRIA", "nuria", "Nu\u0301ria", "ｎúｒｉａ", "odegard", "nuria ødegård"])
def test_every_search_finds_her(stack, place, word):
    found = stack.call(search.ask, cookie=place["cookies"]["organiser"], slug=place["slug"], word=word)
    assert found == [True] * 4


def test_no_search_finds_others(stack, place):
    found = stack.call(search.ask, cookie=place["cookies"]["organiser"], slug=place["slug"], word="nuris")
    assert found == [False] * 4


def test_the_speakers_organisation_and_the_title_are_found(stack, place):
    ask = {"cookie": place["cookies"]["organiser"], "slug": place["slug"]}
    assert stack.call(search.ask, word="SOCIETA", **ask)[1] and stack.call(search.ask, word="ANO", **ask)[3]
