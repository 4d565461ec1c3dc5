"""Many at once: a ring is taken by exactly one and none is lost, and nothing is booked twice."""

import asyncio
import json
import uuid

import pytest

from tests.browser_http import Browser
from tests.live.client import Client
from tests.programs import expo

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)
VISITORS = 30


async def in_thread(function, *arguments, **values):
    return await asyncio.to_thread(function, *arguments, **values)


async def test_each_ring_is_taken_by_exactly_one_and_none_is_lost(stack):
    place = await in_thread(stack.call, expo.hall, visitors=VISITORS, team=3)
    port, pk = stack.servers[0].port, place["exhibitor"]
    ring = [
        Browser(port, cookie).post(f"/expo/{pk}/ring/", text=f"Hello {number}", client_id=str(uuid.uuid4()))
        for number, cookie in enumerate(place["visitors"])
    ]
    assert {answer.status_code for answer in await asyncio.gather(*ring)} == {302}
    waiting = await in_thread(stack.call, expo.talks, exhibitor=pk)
    assert [talk["state"] for talk in waiting] == ["ringing"] * VISITORS
    wins = dict.fromkeys([talk["id"] for talk in waiting], 0)

    async def take(cookie, talk):
        answer = await Browser(port, cookie).post(f"/expo/talks/{talk}/step/", action="take")
        assert answer.status_code in (204, 409)
        wins[talk] += answer.status_code == 204

    await asyncio.gather(*(take(cookie, talk) for talk in wins for cookie in place["team"]))
    assert set(wins.values()) == {1}
    taken = await in_thread(stack.call, expo.talks, exhibitor=pk)
    assert all(talk["state"] == "open" and talk["by"] in place["team_ids"] for talk in taken)


async def test_no_person_and_no_table_is_booked_twice(stack):
    place = await in_thread(stack.call, expo.hall, visitors=40, team=4, tables=2)
    asked = {"exhibitor": place["exhibitor"], "visitors": place["visitor_ids"], "slots": 4}
    requests = await in_thread(stack.call, expo.ask_all, **asked)
    port = stack.servers[0].port

    async def accept(number, meeting):
        cookie = place["team"][number // 4 % 4]  # each of the team at each time
        return await Browser(port, cookie).post(f"/expo/meetings/{meeting}/answer/", action="accept", version="0")

    answers = await asyncio.gather(*(accept(*each) for each in enumerate(requests)))
    assert {answer.status_code for answer in answers} == {302, 409}
    booked = await in_thread(stack.call, expo.booked)
    assert booked["rows"] == booked["pairs"] == 3 * booked["accepted"], "two people and a table each"
    assert booked["accepted"] == 8, "two tables at four times"


async def test_a_private_talk_is_in_no_frame_of_others(stack):
    place = await in_thread(stack.call, expo.hall, visitors=2, team=2)
    port, pk, canary = stack.servers[0].port, place["exhibitor"], "Xk7canary"
    talk = await in_thread(stack.call, expo.ring, exhibitor=pk, visitor=place["visitor_ids"][0])
    (visitor, other), (staff, colleague) = place["visitors"], place["team"]
    stand, room, edition = f"stand:{pk}", f"talk:{talk}", f"edition:{place['edition']}"
    async with Client(port, visitor) as own, Client(port, other) as near, Client(port, colleague) as beside:
        await own.join(**{room: 0, edition: 0})
        await near.join(**{stand: 0, edition: 0})
        await beside.join(**{stand: 0, edition: 0})
        assert (await Browser(port, staff).post(f"/expo/talks/{talk}/step/", action="take")).status_code == 204
        await own.until(lambda: "is-open" in str(own.frames))
        for cookie in (visitor, staff):
            said = await Browser(port, cookie).post(
                f"/expo/talks/{talk}/say/", text=f"{canary} {cookie[:4]}", client_id=str(uuid.uuid4())
            )
            assert said.status_code == 200
        await own.until(lambda: str(own.frames).count(canary) >= 2)
        public = await Browser(port, other).post(f"/expo/{pk}/chat/", text="Hi all", client_id=str(uuid.uuid4()))
        assert public.status_code == 200
        for client in (near, beside):
            await client.until(lambda client=client: "Hi all" in str(client.frames))
            assert canary not in str(client.frames)
        assert "Nobody waits" in str(beside.frames), "the colleague's device sees that it is taken"
        assert "expo-rings" not in str(near.frames), "who rings is for the team"
    for cookie in (other, colleague, place["cookies"]["organiser"], ""):
        async with Client(port, cookie) as refused:
            await refused.socket.send(json.dumps({"join": {room: 0}}))
            await refused.until(lambda refused=refused: refused.code is not None)
            assert refused.code == 4403 and canary not in str(refused.frames)
