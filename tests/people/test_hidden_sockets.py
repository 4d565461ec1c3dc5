"""No frame tells what one may not see: catch-up from the start, and what happens while one is connected."""

import json
import re
from contextlib import AsyncExitStack

import pytest

from tests.live.client import Client
from tests.live.test_socket import in_thread
from tests.people.hidden import CANARY, MODES
from tests.programs import pages, sessions

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


@pytest.mark.parametrize("how", MODES)
async def test_no_frame_has_the_canary(stack, how):
    place = await in_thread(stack.call, pages.hidden, how=how)
    session, edition = place["rooms"]["session"], place["rooms"]["edition"]
    # Rooms of the hidden session; those of screens are for whoever has the address (tests/show/), those of the expo, of
    # stands and their talks belong to no session (tests/expo/), channels back stage to a stage (tests/backstage/),
    # what two people write to these two (tests/networking/).
    others = ("edition", "screen", "stage", "monitor", "control", "expo", "stand", "talk", "backstage", "conversation")
    within = [key for kind, key in place["rooms"].items() if kind not in others]
    port, cookies = stack.servers[0].port, place["cookies"]
    for role in place["hidden_from"]:
        for room in (*within, *([edition] if role == "banned" else [])):
            async with Client(port, cookies.get(role, "")) as refused:
                await refused.socket.send(json.dumps({"join": {room: 0}}))
                await refused.until(lambda refused=refused: refused.code is not None)
                assert refused.code == 4403 and CANARY not in str(refused.frames), (role, room)
    async with AsyncExitStack() as exits:
        clients = {}
        for role in [*place["hidden_from"], *place["shown_to"]]:
            rooms = [edition] if role in place["hidden_from"] else [edition, *within]
            if role != "banned":
                clients[role] = await exits.enter_async_context(Client(port, cookies.get(role, "")))
                await clients[role].join(**dict.fromkeys(rooms, 0))
        by, other = place["people"]["organiser"], place["other_session"]
        values = {"session": place["session"], "other": other, "by": by, "reason": CANARY}
        await in_thread(stack.call, sessions.pause_and_resume, **values)
        for role, client in clients.items():
            await client.until(lambda client=client: f'id="item-{other}"' in str(client.frames), 20)
            if role in place["shown_to"]:
                assert CANARY in str(client.events(session)), role
                continue
            told = str(client.frames)
            assert CANARY not in told and not any(room in told for room in within), role
            assert not re.search(rf"/sessions/{place['session']}/|item-{place['session']}\b(?!.*not shown)", told), role
        assert CANARY in str(clients["organiser"].events(edition))
        assert (CANARY in str(clients["attendee"].events(edition))) == (how == "registered")
