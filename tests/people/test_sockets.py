"""The permission matrix over the websocket: what each role may follow, is shown, and may say."""

import asyncio
import json
import re
import uuid
from collections.abc import Mapping
from contextlib import AsyncExitStack

import pytest

from common.registry import registry
from tests.browser_http import Browser
from tests.live.client import Client
from tests.live.test_socket import in_thread
from tests.people.matrix import GUESTS, HELD, ROLES

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)
MATRICES = [feature.matrix for feature in registry.features.values()]
ROOMS = {kind: action for matrix in MATRICES for kind, action in matrix.rooms.items()}  # kind -> action
WRITES = {kind: row for matrix in MATRICES for kind, row in matrix.writes.items()}  # kind -> action, data
NOT_VOTED = {"anonymous", "outsider"}  # the others have: a round's room is for them
SPEAKING = {role for role in ROLES if HELD[role] & {"speaker", "moderator", "organiser"}}
STAFF = {role for role in ROLES if HELD[role] & {"moderator", "organiser"}}
OF_EDITION = {"attendee": "registered", "moderator": "staff", "organiser": "staff"}  # the others are visitors
VOLATILE = {kind: shown for matrix in MATRICES for kind, shown in matrix.volatile.items()}
SENT = ["everyone", "speakers", "staff", "registered", "visitors", "end"]
APPEND = """
from django.db import transaction
from live.models import append
for room in rooms:
    for audience in sent:
        with transaction.atomic():
            append(room, "chat.removed", {"id": audience}, audience="everyone" if audience == "end" else audience)
"""


def prepare():
    """The world; by role the session they are asked about (a guest's: one that allows this guest one thing)."""
    from people.models import Participant, Role
    from sessions.models import Session
    from tests import world

    made = world.build()
    session, people = Session.objects.get(pk=made["session"]), made["people"]
    voters = [people[role] for role in people if role not in NOT_VOTED]
    moderator = Participant.objects.get(pk=people["moderator"])
    places = dict.fromkeys(ROLES, _filled(session, voters, moderator))
    for role, may in GUESTS.items():
        own = world.talk(session.edition, session.stage, role)
        Session.objects.filter(pk=own.pk).update(guests_may=may)
        Role.objects.create(participant_id=people["guest"], name="guest", scope=own.room_key)
        places[role] = _filled(own, [people["guest"]], moderator)
        made["cookies"][role] = made["cookies"]["guest"]
    return made | {"places": places}


def _filled(session, voters, moderator):
    """A session's rooms, with a poll that some have answered and a question."""
    from questions.asking import Words, ask
    from questions.models import Board
    from questions.state import step
    from tests.polls.conftest import answered, opened

    Board.objects.create(session=session, intake="open")
    question = step(ask(session, moderator, Words("Why?"), uuid.uuid4()).pk, "approve", moderator)
    poll = opened(session, results="voted")
    answered(poll, voters, option=[0])
    keys = {"session": session.room_key, "edition": session.edition.room_key, "round": poll.round.room_key}
    made = {"poll": poll.pk, "option": str(poll.options.first().pk), "question": str(question.pk)}
    return keys | made | {"pk": session.pk}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call("from tests.people.test_sockets import prepare\nresult = prepare()")


def may_join(role, kind):
    return bool(HELD[role] & registry.actions[ROOMS[kind]]) and (kind != "round" or role not in NOT_VOTED)


def said(data, place):
    """The data of a write in this world: names within "<>" are filled in."""
    if isinstance(data, Mapping):
        return {key: said(value, place) for key, value in data.items()}
    if isinstance(data, list):
        return [said(value, place) for value in data]
    if not isinstance(data, str):
        return data
    whole = re.fullmatch(r"<(\w+)>", data)
    found = place | {"session": place["pk"], "uuid": str(uuid.uuid4())}
    return found[whole[1]] if whole else data


def test_no_room_no_write_and_no_count_is_outside_the_matrix(stack):
    assert set(ROOMS) == set(registry.rooms)
    assert set(WRITES) == set(registry.writes)
    assert set(VOLATILE) == set(registry.volatile)


async def test_what_each_may_join(stack, place):
    for role in ROLES:
        for kind in ROOMS:
            async with Client(stack.servers[0].port, place["cookies"].get(role, "")) as client:
                await client.socket.send(json.dumps({"join": {place["places"][role][kind]: 0}}))
                await client.until(lambda client=client: client.code or client.frames)
                joined = [frame for frame in client.frames if frame["t"] == "joined"]
                assert (bool(joined), client.code) == ((True, None) if may_join(role, kind) else (False, 4403)), (
                    role,
                    kind,
                )


async def test_what_each_may_say(stack, place):
    for role in filter(lambda role: may_join(role, "session"), ROLES):
        async with Client(stack.servers[0].port, place["cookies"].get(role, "")) as client:
            await client.join(**{place["places"][role]["session"]: 0})
            for kind, (action, data) in WRITES.items():
                reply = await client.say(kind, said(data, place["places"][role]))
                assert (reply["status"] == 200) == bool(HELD[role] & registry.actions[action]), (role, kind, reply)
                assert reply["status"] in (200, 403), (role, kind, reply)


async def test_what_each_is_shown(stack, place):
    """Events by audience, to the last one, and the numbers that are not logged."""
    port = stack.servers[0].port
    async with AsyncExitStack() as exits:
        clients = {}
        for role in filter(lambda role: may_join(role, "session"), ROLES):
            clients[role] = await exits.enter_async_context(Client(port, place["cookies"].get(role, "")))
            keys = [place["places"][role][kind] for kind in ROOMS if may_join(role, kind)]
            await clients[role].join(**dict.fromkeys(keys, 0))
        rooms = {one[kind] for one in place["places"].values() for kind in ("session", "edition")}
        await in_thread(stack.call, APPEND, rooms=sorted(rooms), sent=SENT)
        for role, client in clients.items():
            for kind, seen in (("session", shown(role)), ("edition", shown_of_edition(role))):
                room = place["places"][role][kind]
                await client.until(lambda client=client, room=room: told(client, room)[-1:] == ["end"])
                assert told(client, room) == [*seen, "end"], (role, kind)
        await numbers_move(port, place)
        here = [role for role in clients if role not in GUESTS]  # their sessions are others
        for kind in VOLATILE:
            await asyncio.gather(*(shows(clients[role], role, kind, place) for role in here))


def shown(role):
    """Of SENT, what a role gets of a session's room, in order."""
    held = {"everyone"} | ({"speakers"} if role in SPEAKING else set()) | ({"staff"} if role in STAFF else set())
    # Whoever follows a session is one of its audience.
    return [one for one in SENT if one in held | ({"registered"} if role not in SPEAKING else set())]


def shown_of_edition(role):
    """Of SENT, what a role gets of the edition's room, in order."""
    which = OF_EDITION.get(role, "visitors")
    return [one for one in SENT if one in {"everyone", which} | ({"speakers"} if which == "staff" else set())]


def told(client, room):
    return re.findall(r'id="message-(\w+)"', "".join(frame["html"] for frame in client.events(room)))


async def numbers_move(port, place):
    """Somebody upvotes, and somebody answers the poll."""
    by, here = Browser(port, place["cookies"]["attendee"]), place["places"]["attendee"]
    assert (await by.post(f"/questions/{here['question']}/upvote/", on="1")).status_code == 200
    assert (await by.post(f"/polls/{here['poll']}/ballot/", option=here["option"])).status_code == 200


async def shows(client, role, kind, place):
    """Wait for the numbers' frame; whoever may not see this kind's gets one without it, or is not in its room."""
    which, mark, audience = VOLATILE[kind]
    if not may_join(role, which):
        return
    here = place["places"][role]
    mark = re.sub(r"<(\w+)>", lambda match: str(here[match[1]]), mark)
    who = {"everyone": set(ROLES), "speakers": SPEAKING}[audience]

    def frames():
        found = [frame["html"] for frame in client.frames if frame["t"] == "volatile" and frame["room"] == here[which]]
        return [html for html in found if kind == "questions.votes" or f"-{here['poll']}" in html]

    await client.until(lambda: mark in "".join(frames()) if role in who else frames())
    assert (f'id="{mark}"' in "".join(frames())) == (role in who), (role, kind)
