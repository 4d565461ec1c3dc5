"""Open sockets follow when rights are revoked: sign-out, ban, loss of a role; with and without a ring."""

import json
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.browser_http import Browser
from tests.conftest import installed
from tests.live.client import Client
from tests.live.test_socket import in_thread, place, ports, room  # noqa: F401

SIGN_OUT_EVERYWHERE = """
from people.models import Participant
who = Participant.objects.get(pk=who)
who.set_unusable_password()
who.save()
"""
DEACTIVATE = """
from people.models import Participant
who = Participant.objects.get(pk=who)
who.is_active = False
who.save()
"""
LOSE_ROLE = """
from people.models import Role
Role.objects.filter(participant_id=who).delete()
"""
SWEPT = "from people.models import Participant\nParticipant.objects.filter(pk=who).update(is_active=False)"


@pytest.fixture
def moderator(stack, place):  # noqa: F811
    """A moderator of this test's own: id and cookie."""
    return stack.call(
        """
        from tests import world
        from sessions.models import Session
        import uuid
        session = Session.objects.get(pk=session)
        who = world.participant(f"m-{uuid.uuid4().hex}", "moderator", session.edition, session)
        result = {"pk": who.pk, "cookie": world.cookie(who)}
        """,
        session=place["session"],
    )


@pytest.mark.parametrize(
    "change", [SIGN_OUT_EVERYWHERE, DEACTIVATE, LOSE_ROLE, SWEPT], ids=["out", "off", "role", "sweep"]
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
        await in_thread(stack.call, STAFF_ONLY, room=room)
        await again.until(lambda: again.seqs(room)[-1:] == [2])
        assert again.seqs(room) == [2]


STAFF_ONLY = """
from django.db import transaction
from live.log import append
for audience in ("staff", "everyone"):
    with transaction.atomic():
        append(room, "chat.removed", {"id": audience}, audience=audience)
"""


async def test_rights_are_asked_for_at_every_join(stack, place, room, moderator):  # noqa: F811
    async with Client(ports(stack)[0], moderator["cookie"]) as client:
        await client.join(**{f"edition:{place['edition']}": 0})
        await in_thread(stack.call, STAFF_ONLY, room=room)
        await in_thread(stack.call, SWEPT, who=moderator["pk"])
        with suppress(ConnectionClosed):  # the sweep may have been faster
            await client.socket.send(json.dumps({"join": {room: 0}}))
        await client.until(lambda: client.code or client.seqs(room))
        assert client.code == 4003 or client.seqs(room) == [2]


@pytest.fixture(scope="module", params=["embedded", "full"])
def rung(request):
    """An installation that never looks by itself: only the doorbell moves it."""
    with installed(request, LIVE_POLL="3600") as found:
        yield found


BANNED = """
from tests import world
from sessions.models import Session
made = world.build()
session = Session.objects.get(pk=made["session"])
troll = world.participant("troll-of-" + made["slug"], "attendee", session.edition, session)
result = made | {"troll": troll.pk, "cookie": world.cookie(troll)}
"""


async def test_a_ban_rings_and_closes_every_socket_for_good(rung):
    """From the organiser's click, in every process; nothing but the ring brings it there."""
    place = await in_thread(rung.call, BANNED)  # noqa: F811
    room, edition = f"session:{place['session']}", f"edition:{place['edition']}"  # noqa: F811
    organiser = Browser(rung.servers[0].port, place["cookies"]["organiser"])
    async with (
        Client(rung.servers[0].port, place["cookie"]) as one,
        Client(rung.servers[-1].port, place["cookie"]) as other,
        Client(rung.servers[-1].port, place["cookies"]["attendee"]) as bystander,
    ):
        for client in (one, other, bystander):
            await client.join(**{room: 0, edition: 0})
        path = f"/editions/{place['slug']}/people/{place['troll']}/ban/"
        assert (await organiser.post(path, reason="Shouting")).status_code == 302
        for client in (one, other):
            await client.until(lambda client=client: client.code == 4403)
        assert bystander.code is None
    async with Client(rung.servers[-1].port, place["cookie"]) as again:
        await again.socket.send(json.dumps({"join": {room: 0}}))
        await again.until(lambda: again.code == 4403)


GAINED = """
from people.models import Participant, Role
from sessions.models import Session
Role.objects.create(participant_id=who, name="moderator", scope=f"session:{session}")
"""


async def test_a_gained_role_is_followed_by_its_events(stack, place, room):  # noqa: F811
    first, last = ports(stack)
    who = place["people"]["outsider"]
    append = """
from django.db import transaction
from live.log import append
with transaction.atomic():
    append(room, "chat.removed", {"id": word}, audience="staff")
"""
    session = int(room.partition(":")[2])
    async with Client(last, place["cookies"]["outsider"]) as client:
        await client.join(**{room: 0})
        await in_thread(stack.call, append, room=room, word="before")
        await in_thread(stack.call, GAINED, who=who, session=session)
        await client.until(lambda: client.code == 4003, 5)  # come back with what you are now
        assert "before" not in str(client.frames)
    async with Client(first, place["cookies"]["outsider"]) as client:
        await client.join(**{room: 0})
        await in_thread(stack.call, append, room=room, word="after")
        await client.until(lambda: "after" in str(client.frames))
    await in_thread(stack.call, LOSE_ROLE, who=who)


UNANNOUNCED = """
from sessions.models import Session
Session.objects.filter(pk=session).update(visibility=visibility)
"""


async def test_sockets_of_the_anonymous_are_swept_too(stack, place, room):  # noqa: F811
    async with Client(ports(stack)[0]) as anonymous:
        await anonymous.join(**{room: 0})
        await in_thread(stack.call, UNANNOUNCED, session=room.partition(":")[2], visibility="invited")
        try:
            await anonymous.until(lambda: anonymous.code == 4403)
        finally:
            await in_thread(stack.call, UNANNOUNCED, session=room.partition(":")[2], visibility="public")
