"""Many at once: one signature each, a signature of what was read or none, one replication, no place given twice."""

import asyncio

import pytest

from tests.browser_http import Browser
from tests.programs import collaboration

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


async def called(stack, function, **arguments):
    return await asyncio.to_thread(stack.call, function, **arguments)


async def test_each_party_signs_once_and_only_what_was_read(stack):
    """Ten of each party sign at once, while others propose another text."""
    place = await called(stack, collaboration.table, members=10)
    port, path = stack.servers[0].port, f"/commitments/{place['commitment']}"
    words = {"title": "Other words", "measure": "m", "baseline": "1", "target": "2", "due": "2031-01-01"}

    def sign(cookie, party):
        yes = {"organisation": str(party), "digest": place["digest"], "agreed": "on", "office": ""}
        return Browser(port, cookie).post(f"{path}/sign/", **yes)

    pairs = zip(("lagos", "porto"), place["parties"], strict=True)
    hands = [(cookie, party) for name, party in pairs for cookie in place[name]]
    writes = [sign(*hand) for hand in hands[::2]]
    writes += [Browser(port, place["porto"][0]).post(f"{path}/edit/", **words, propose="1")]
    writes += [sign(*hand) for hand in hands[1::2]]
    answers = [answer.status_code for answer in await asyncio.gather(*writes)]
    assert set(answers) <= {302, 409}, answers
    stands = await called(stack, collaboration.signatures, commitment=place["commitment"])
    assert len(stands["signatures"]) <= 2 and set(stands["signatures"]) <= {place["digest"]}
    assert sorted(stands["signatures"]) == sorted(stands["signed"]), "each is on record, and nothing else"
    signed = sum(status == 302 for at, status in enumerate(answers) if at != len(hands) // 2)
    assert signed == len(stands["signatures"]), "who was told so has signed, and nobody else"
    assert stands["texts"][0] == place["digest"] and len(stands["texts"]) == 2
    assert (stands["state"] == "track") == (len(stands["signatures"]) == 2)


async def test_members_of_one_city_begin_and_move_one_replication(stack):
    place = await called(stack, collaboration.city, members=8)
    port = stack.servers[0].port
    begin = [
        Browser(port, cookie).post(f"/cases/{place['case']}/replicate/", city=str(place["city"]))
        for cookie in place["members"]
    ]
    assert {answer.status_code for answer in await asyncio.gather(*begin)} == {302}
    [taken] = await called(stack, collaboration.taken, case=place["case"])
    step = [
        Browser(port, cookie).post(f"/replications/{taken['id']}/step/", action=action, version="0", reason="No money")
        for cookie, action in zip(place["members"], ["talk", "adapt", "drop", "talk"] * 2, strict=True)
    ]
    answers = sorted(answer.status_code for answer in await asyncio.gather(*step))
    assert answers == [302] + [409] * 7
    [taken] = await called(stack, collaboration.taken, case=place["case"])
    assert len(taken["steps"]) == 2 and taken["steps"][0] == "begin"


async def test_no_place_of_a_delegation_is_given_twice(stack):
    place = await called(stack, collaboration.city, members=8)
    port = stack.servers[0].port
    nominate = [
        Browser(port, cookie).post(f"/delegations/{place['delegation']}/nominate/", name=f"Person {number}")
        for number, cookie in enumerate(place["members"])
    ]
    answers = sorted(answer.status_code for answer in await asyncio.gather(*nominate))
    assert answers == [302] * 5 + [409] * 3
    assert await called(stack, collaboration.delegates, delegation=place["delegation"]) == 5
