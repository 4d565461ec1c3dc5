"""What one does with one device is told on the others, in whatever process, and costs who has one device nothing."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.browser_http import Browser
from tests.live.client import Client
from tests.programs import questions

BY = {
    "socket": lambda question, client, browser: client.say("questions.upvote", {"question": question, "on": True}),
    "http": lambda question, client, browser: browser.post(f"/questions/{question}/upvote/", on="1"),
}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(questions.crowded)


def told(client):
    """What of the participant's own came though this socket did not join."""
    return [frame["own"]["questions"]["upvoted"] for frame in client.frames if frame.get("elsewhere")]


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("second", [0, -1], ids=["same process", "last process"])
async def test_an_upvote_is_told_on_the_other_device(stack, place, by, second):
    """On the full installation the last process is another one than the first."""
    room, question = f"session:{place['session']}", place["asked"][0]
    number = 20 + 2 * list(BY).index(by) - second
    ports = [stack.servers[at].port for at in (0, second)]
    person, neighbour = place["crowd"][number], place["crowd"][10]
    async with AsyncExitStack() as exits:
        writing, watching, alone = [
            await exits.enter_async_context(Client(port, cookie))
            for port, cookie in ((ports[0], person), (ports[1], person), (ports[0], neighbour))
        ]
        await asyncio.gather(*(client.join(**{room: 0}) for client in (writing, watching, alone)))
        await BY[by](question, writing, Browser(ports[0], person))
        await watching.until(lambda: told(watching) == [[question]])
        if by == "socket":  # this socket knows, no other is here: nothing is looked up for it
            await alone.say("questions.upvote", {"question": question, "on": True})
            await asyncio.sleep(1)
            assert told(alone) == []
            assert (told(writing) == []) == (ports[0] != ports[1])
