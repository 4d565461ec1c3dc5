"""Open sockets follow when rights are revoked: sign-out, ban, loss of a role; with and without a ring."""

import json

import pytest

from tests import world
from tests.browser_http import Browser
from tests.conftest import installed
from tests.live.client import Client
from tests.live.test_socket import in_thread, place, ports, room  # noqa: F401
from tests.programs import live, people, sessions


@pytest.fixture
def moderator(stack, place):  # noqa: F811
    """A moderator of this test's own: id and cookie."""
    return stack.call(people.come, session=place["session"], role="moderator")


@pytest.mark.parametrize(
    "change", [people.sign_out_everywhere, people.deactivate, people.lose_roles, people.deactivate_silently]
)
async def test_open_sockets_follow(stack, place, room, moderator, change):  # noqa: F811
    first, last = ports(stack)
    async with (
        Client(first, moderator["cookie"]) as one,
        Client(last, moderator["cookie"]) as other,
        Client(last, place["cookies"]["attendee"]) as bystander,
    ):
        for client in (one, other, bystander):
            await client.join(**{room: 0})
        await in_thread(stack.call, change, who=moderator["pk"])
        for client in (one, other):
            await client.until(lambda client=client: client.code == 4003, 5)
        assert bystander.code is None
    async with Client(first, moderator["cookie"]) as again:
        await again.join(**{room: 0})
        await in_thread(stack.call, live.publish_to_each, rooms=[room], audiences=["staff", "everyone"])
        await again.until(lambda: again.seqs(room)[-1:] == [2])
        assert again.seqs(room) == [2]


@pytest.fixture(scope="module", params=["embedded", "full"])
def rung(request):
    """An installation that never looks by itself: only the doorbell moves it."""
    with installed(request, request.param, LIVE_POLL="3600") as found:
        yield found


async def test_rights_are_asked_for_at_every_join(rung):
    """Nothing has told the processes that this moderator may see no more; the next join finds it."""
    place = await in_thread(rung.call, world.build)  # noqa: F811
    moderator = await in_thread(rung.call, people.come, session=place["session"], role="moderator")  # noqa: F811
    room, edition = f"session:{place['session']}", f"edition:{place['edition']}"  # noqa: F811
    async with Client(rung.servers[0].port, moderator["cookie"]) as client:
        await client.join(**{edition: 0})
        await in_thread(rung.call, live.publish_to_each, rooms=[room], audiences=["staff", "everyone"])
        await in_thread(rung.call, people.deactivate_silently, who=moderator["pk"])
        await client.socket.send(json.dumps({"join": {room: 0}}))
        await client.until(lambda: client.code or client.seqs(room))
        assert (client.code, client.seqs(room)) == (None, [2])  # as anybody does who is not signed in


async def test_a_ban_rings_and_closes_every_socket_for_good(rung):
    """From the organiser's click, in every process; nothing but the ring brings it there."""
    place = await in_thread(rung.call, world.build)  # noqa: F811
    troll = await in_thread(rung.call, people.come, session=place["session"])
    room, edition = f"session:{place['session']}", f"edition:{place['edition']}"  # noqa: F811
    organiser = Browser(rung.servers[0].port, place["cookies"]["organiser"])
    async with (
        Client(rung.servers[0].port, troll["cookie"]) as one,
        Client(rung.servers[-1].port, troll["cookie"]) as other,
        Client(rung.servers[-1].port, place["cookies"]["attendee"]) as bystander,
    ):
        for client in (one, other, bystander):
            await client.join(**{room: 0, edition: 0})
        path = f"/editions/{place['slug']}/people/{troll['pk']}/ban/"
        assert (await organiser.post(path, reason="Shouting")).status_code == 302
        for client in (one, other):
            await client.until(lambda client=client: client.code == 4403)
        assert bystander.code is None
    async with Client(rung.servers[-1].port, troll["cookie"]) as again:
        await again.socket.send(json.dumps({"join": {room: 0}}))
        await again.until(lambda: again.code == 4403)


async def test_a_gained_role_is_followed_by_its_events(stack, place, room):  # noqa: F811
    first, last = ports(stack)
    who = place["people"]["outsider"]
    session = int(room.partition(":")[2])
    async with Client(last, place["cookies"]["outsider"]) as client:
        await client.join(**{room: 0})
        await in_thread(stack.call, live.publish, room=room, word="before", audience="staff")
        await in_thread(stack.call, people.become_moderator, who=who, session=session)
        await client.until(lambda: client.code == 4003, 5)  # come back with what you are now
        assert "before" not in str(client.frames)
    async with Client(first, place["cookies"]["outsider"]) as client:
        await client.join(**{room: 0})
        await in_thread(stack.call, live.publish, room=room, word="after", audience="staff")
        await client.until(lambda: "after" in str(client.frames))
    await in_thread(stack.call, people.lose_roles, who=who)


async def test_sockets_of_the_anonymous_are_swept_too(stack, place, room):  # noqa: F811
    async with Client(ports(stack)[0]) as anonymous:
        await anonymous.join(**{room: 0})
        await in_thread(stack.call, sessions.set_visibility, session=room.partition(":")[2], visibility="invited")
        try:
            await anonymous.until(lambda: anonymous.code == 4403)
        finally:
            await in_thread(stack.call, sessions.set_visibility, session=room.partition(":")[2], visibility="public")
