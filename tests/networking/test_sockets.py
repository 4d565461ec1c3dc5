"""What two write to each other, over real sockets: to all devices of the two and to nobody else; many at once."""

import asyncio
import json
import uuid
from contextlib import AsyncExitStack

from tests.browser_http import Browser
from tests.live.client import Client
from tests.programs import networking


async def in_thread(function, *arguments, **values):
    return await asyncio.to_thread(function, *arguments, **values)


def answered(client, room):
    """How the room's join was answered."""
    return next(frame for frame in client.frames if frame.get("room") == room)["t"]


def news(client):
    return [frame["own"]["networking"]["news"] for frame in client.frames if frame["t"] == "own"]


async def begun(stack, place, text="Xk7canary request", accept=True):
    people = {"by": place["people"]["amara"], "who": place["people"]["ming"]}
    given = people | {"text": text, "client_id": str(uuid.uuid4()), "accept": accept}
    return await in_thread(stack.call, networking.asked, slug=place["slug"], **given)


async def test_lines_reach_all_devices_of_the_two_and_nobody_else(stack):
    place = await in_thread(stack.call, networking.directory)
    pk = await begun(stack, place, accept=False)
    room, edition = f"conversation:{pk}", f"edition:{place['edition']}"
    ports = [stack.servers[at].port for at in (0, -1, 0, -1, 0)]
    who = ["amara", "ming", "ming", "third", "organiser"]
    async with AsyncExitStack() as exits:
        amara, ming, phone, third, organiser = [
            await exits.enter_async_context(Client(port, place["cookies"][name]))
            for port, name in zip(ports, who, strict=True)
        ]
        for client in (amara, ming, third, organiser):
            await client.join(**{room: 0, edition: 0})
        await phone.join(**{edition: 0})
        assert len(amara.events(room)) == 1, "the request"
        await phone.until(lambda: news(phone) == [1])
        writes = Browser(ports[0], place["cookies"]["ming"])
        assert (await writes.post(f"/network/conversations/{pk}/step/", action="accept", version="0")).status_code < 400
        await ming.until(lambda: any("Only the two of you" in event["html"] for event in ming.events(room)))
        line = {"text": "Xk7canary line", "client_id": str(uuid.uuid4())}
        by_amara = Browser(ports[0], place["cookies"]["amara"])
        assert (await by_amara.post(f"/network/conversations/{pk}/say/", **line)).status_code < 400
        for client in (amara, ming):
            await client.until(lambda client=client: any("Xk7canary line" in e["html"] for e in client.events(room)))
        assert (await writes.post(f"/network/conversations/{pk}/read/")).status_code == 204
        await phone.until(lambda: news(phone)[-1] == 0)  # what one device read is read on the other
        before = len(amara.frames)
        await writes.post(f"/network/conversations/{pk}/away/", on="1")
        await ming.until(lambda: any("You have blocked" in event["html"] for event in ming.events(room)))
        await asyncio.sleep(1)
        told = [frame for frame in amara.frames[before:] if frame["t"] != "heartbeat"]
        assert not any(frame.get("html") for frame in told), "who is blocked gets no frame of it"
        for client in (third, organiser):
            assert "Xk7canary" not in json.dumps(client.frames) and not client.events(room)
        assert "Xk7canary" not in json.dumps(phone.frames), "the words are in the conversation's own room only"


async def test_what_was_taken_back_comes_by_no_catch_up(stack):
    place = await in_thread(stack.call, networking.directory)
    pk = await begun(stack, place)
    room, line = f"conversation:{pk}", str(uuid.uuid4())
    port = stack.servers[0].port
    ming = Browser(port, place["cookies"]["ming"])
    await ming.post(f"/network/conversations/{pk}/say/", text="Xk7canary line", client_id=line)
    async with Client(stack.servers[-1].port, place["cookies"]["amara"]) as amara:
        await amara.join(**{room: 0})
        assert any("Xk7canary line" in event["html"] for event in amara.events(room))
    assert (await ming.post(f"/network/lines/{line}/remove/")).status_code < 400
    async with Client(stack.servers[-1].port, place["cookies"]["amara"]) as amara:
        await amara.join(**{room: 0})
        assert amara.events(room) and not any("Xk7canary line" in event["html"] for event in amara.events(room))


async def test_one_conversation_and_one_line_however_often_it_is_sent(stack):
    place = await in_thread(stack.call, networking.directory)
    ports = [stack.servers[at].port for at in (0, -1)]
    people = place["people"]
    sides = [("amara", people["ming"]), ("ming", people["amara"])]
    ids = [str(uuid.uuid4()) for _side in sides]
    asks = [
        Browser(ports[number % 2], place["cookies"][name]).post(
            f"/editions/{place['slug']}/network/{who}/ask/", text=f"I am {name}", client_id=key
        )
        for number in range(3)
        for (name, who), key in zip(sides, ids, strict=True)
    ]
    answers = await asyncio.gather(*asks)
    assert {answer.status_code for answer in answers} <= {302, 409}
    by_side = [{answer.status_code for answer in answers[side::2]} for side in (0, 1)]
    assert sorted(by_side, key=sorted) == [{302}, {409}], "a repeat is the first one, the other side's is refused"
    assert await in_thread(stack.call, networking.written, slug=place["slug"]) == [1]
