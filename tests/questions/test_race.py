"""Many at once, over HTTP and sockets, on both installations."""

import asyncio
import json
import re

import pytest

from tests.browser_http import Browser
from tests.live.client import Client
from tests.programs import questions

EACH, BY_LINK = 25, 12  # upvotes of each participant, and how many of them over the link


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(questions.crowded)


def browser(stack, number, cookie):
    """A browser signed in at one of the processes."""
    return Browser(stack.servers[number % len(stack.servers)].port, cookie)


async def test_forty_participants_with_25_racing_upvotes_each_are_forty(stack, place):
    question = place["asked"][0]
    room = f"session:{place['session']}"
    clients = [browser(stack, number, cookie) for number, cookie in enumerate(place["crowd"])]

    async with Client(stack.servers[-1].port) as watcher:
        await watcher.join(**{room: 0})
        watched = len(watcher.frames)

        async def upvote(client):
            async with Client(client.port, client.cookie) as link:
                await link.join(**{room: 0})
                said = [link.say("questions.upvote", {"question": question, "on": True}) for _ in range(BY_LINK)]
                posts = [client.post(f"/questions/{question}/upvote/", on="1") for _ in range(EACH - BY_LINK)]
                replies = await asyncio.gather(*said, *posts)
                return [one["status"] if isinstance(one, dict) else one.status_code for one in replies]

        codes = [one for each in await asyncio.gather(*map(upvote, clients)) for one in each]
        assert set(codes) == {200} and len(codes) == EACH * len(clients)
        last = f'id="votes-{question}">40<'
        await watcher.until(lambda: any(last in frame.get("html", "") for frame in watcher.frames))
        counted = stack.call(questions.upvotes)
        assert counted == 40
        pushed = [frame for frame in watcher.frames[watched:] if frame["t"] == "volatile"]
        assert 0 < len(pushed) < 200 and not any("card-" in frame["html"] for frame in pushed)
        assert not [frame for frame in watcher.frames[watched:] if frame["t"] == "event"]  # never in the log


async def test_of_two_moderators_one_wins_and_the_other_is_told(stack, place):
    question = place["asked"][2]
    one = browser(stack, 0, place["cookies"]["moderator"])
    other = browser(stack, 1, place["cookies"]["organiser"])
    address = f"/sessions/{place['session']}/questions/step/"
    answers = await asyncio.gather(
        one.post(address, id=f"{question}:0", action="approve"),
        other.post(address, id=f"{question}:0", action="dismiss", reason="No"),
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    told = next(answer.text for answer in answers if answer.status_code == 409)
    assert "Somebody was faster" in told
    changes = stack.call(questions.changes, question=question)
    assert changes == 1


async def test_who_may_see_what_in_frames(stack, place):
    """Pending, prompts, notes and reasons: only those they are for, live and at catch-up."""
    room = f"session:{place['session']}"
    cookies = place["cookies"]
    async with (
        Client(stack.servers[0].port) as anonymous,
        Client(stack.servers[-1].port, cookies["attendee"]) as attendee,
        Client(stack.servers[-1].port, cookies["speaker"]) as speaker,
        Client(stack.servers[0].port, cookies["moderator"]) as moderator,
        Client(stack.servers[0].port, place["crowd"][7]) as asker,
    ):
        listeners = {
            "anonymous": anonymous,
            "attendee": attendee,
            "speaker": speaker,
            "moderator": moderator,
            "asker": asker,
        }
        for client in listeners.values():
            await client.join(**{room: 0})
        asking, curating = browser(stack, 0, place["crowd"][7]), browser(stack, 1, cookies["moderator"])
        key = "00000000-0000-4000-8000-00000000000" + str(len(stack.servers))
        path = f"/sessions/{place['session']}/questions"
        sent = [
            await asking.post(f"{path}/", text="Canary-pending?", client_id=key, anonymous="on"),
            await curating.post(f"/questions/{key}/note/", text="Canary-note"),
            await curating.post(f"{path}/prompt/", text="Canary-prompt"),
            await curating.post(f"{path}/step/", id=f"{key}:0", action="dismiss", reason="Canary-reason"),
            await curating.post(f"/questions/{place['asked'][1]}/edit/", text="Last", version="1"),
        ]
        assert [answer.status_code for answer in sent] == [200, 204, 200, 204, 204]
        expected = {
            "anonymous": set(),
            "attendee": set(),
            "speaker": {"prompt"},
            "moderator": {"pending", "note", "prompt", "reason"},
            "asker": {"pending", "reason"},
        }
        for name, client in listeners.items():
            await client.until(lambda client=client: any(">Last<" in frame.get("html", "") for frame in client.frames))
            assert canaries(client) == expected[name], name
        for name, cookie in [("attendee", cookies["attendee"]), ("asker", place["crowd"][7])]:
            async with Client(stack.servers[0].port, cookie) as late:
                await late.join(**{room: 0})
                assert canaries(late) == expected[name], name


def canaries(client):
    return set(re.findall(r"Canary-(\w+)", json.dumps(client.frames)))
