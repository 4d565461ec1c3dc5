"""The permission matrix over the websocket: what each role may follow, is shown, and may say."""

import asyncio
import json
import re
import uuid
from contextlib import AsyncExitStack
from urllib.request import Request, urlopen

import pytest

from common.registry import registry
from tests.browser_http import Browser
from tests.live.client import Client
from tests.live.test_socket import in_thread
from tests.people.matrix import GUESTS, HELD, ROLES, ROOMS, VOLATILE, WRITES, held_in, rooms_of, said
from tests.programs import live

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)
NOT_VOTED = {"anonymous", "outsider"}  # the others have: a round's room is for them
SPEAKING = {role for role in ROLES if HELD[role] & {"speaker", "moderator", "organiser"}}
STAFF = {role for role in ROLES if HELD[role] & {"moderator", "organiser"}}
OF_EDITION = {"attendee": "registered", "moderator": "staff", "organiser": "staff"}  # the others are visitors
SENT = ["everyone", "speakers", "staff", "registered", "visitors", "end"]


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
    """The rooms of a live session, with a poll that some have answered, a question, a message and captions."""
    from captions.models import Track
    from chat.models import Message
    from expo.models import Exhibitor
    from questions.asking import Draft, ask
    from questions.models import QuestionSettings
    from questions.state import step
    from tests.polls.conftest import answered, opened

    type(session).objects.filter(pk=session.pk).update(status="live")
    track = Track.objects.create(session=session, language="en", name="English")
    Exhibitor.objects.create(pk=session.pk, edition=session.edition, name="City of Tampere", is_public=True)
    QuestionSettings.objects.create(session=session, intake="open")
    question = step(ask(session, moderator, Draft("Why?"), uuid.uuid4()).pk, "approve", moderator)
    poll = opened(session, results="voted")
    answered(poll, voters, option=[0])
    message = uuid.uuid4()
    Message.send(session, moderator, "Hello", message)
    made = {"poll": poll.pk, "option": str(poll.options.first().pk), "question": str(question.pk)}
    made |= {"message": str(message), "track": track.pk, "captions": track.address}
    return made | {"session": session.pk, "stage": session.stage_id, "rooms": rooms_of(session, poll.round)}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(prepare)


def may_join(role, kind):
    return bool(held_in(role, kind) & registry.actions[ROOMS[kind]]) and (kind != "round" or role not in NOT_VOTED)


def test_no_room_no_write_and_no_count_is_outside_the_matrix(stack):
    assert set(ROOMS) == set(registry.rooms)
    assert set(WRITES) == set(registry.writes)
    assert set(VOLATILE) == set(registry.volatile)


def joined(client):
    return any(frame["t"] == "joined" for frame in client.frames)


async def test_what_each_may_join(stack, place):
    for role in ROLES:
        for kind in ROOMS:
            async with Client(stack.servers[0].port, place["cookies"].get(role, "")) as client:
                await client.socket.send(json.dumps({"join": {place["places"][role]["rooms"][kind]: 0}}))
                await client.until(lambda client=client: client.code or joined(client))
                assert (joined(client), client.code) == ((True, None) if may_join(role, kind) else (False, 4403)), (
                    role,
                    kind,
                )


async def test_what_each_may_say(stack, place):
    for role in filter(lambda role: may_join(role, "session"), ROLES):
        async with Client(stack.servers[0].port, place["cookies"].get(role, "")) as client:
            await client.join(**{place["places"][role]["rooms"]["session"]: 0})
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
            keys = [place["places"][role]["rooms"][kind] for kind in ROOMS if may_join(role, kind)]
            await clients[role].join(**dict.fromkeys(keys, 0))
        rooms = {one["rooms"][kind] for one in place["places"].values() for kind in ("session", "edition")}
        await in_thread(stack.call, live.publish_to_each, rooms=sorted(rooms), audiences=SENT)
        for role, client in clients.items():
            for kind, seen in (("session", shown(role)), ("edition", shown_of_edition(role))):
                room = place["places"][role]["rooms"][kind]
                await client.until(lambda client=client, room=room: told(client, room)[-1:] == ["end"])
                assert told(client, room) == [*seen, "end"], (role, kind)
        await numbers_move(clients["attendee"], place["places"]["attendee"])
        asked = Browser(port, place["cookies"]["attendee"])
        answer = await asked.post(
            f"/sessions/{place['session']}/questions/", text="What waits?", client_id=uuid.uuid4()
        )
        assert answer.status_code < 400, answer
        await asyncio.to_thread(captioned, port, place["places"]["attendee"]["captions"])
        here = [role for role in clients if role not in GUESTS]  # their sessions are others
        for kind in VOLATILE:
            await asyncio.gather(*(shows(clients[role], role, kind, place) for role in here))


def captioned(port, address):
    """A caption tool sends half a line."""
    with urlopen(Request(f"http://localhost:{port}/captions/{address}/?seq=1", b"Half a li")) as answer:
        assert answer.status == 200


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
    return re.findall(r'id="row-([a-z]+)"', "".join(frame["html"] for frame in client.events(room)))


async def numbers_move(client, place):
    """Somebody upvotes, answers the poll, and whatever else one may say."""
    for kind, (_action, data) in WRITES.items():
        assert (await client.say(kind, said(data, place)))["status"] == 200, kind


async def shows(client, role, kind, place):
    """Wait for the numbers' frame; whoever may not see this kind's gets one without it, or is not in its room."""
    which, mark, audience = VOLATILE[kind]
    if not may_join(role, which):
        return
    here = place["places"][role]
    counted = str(here[re.search(r"<(\w+)>", mark)[1]])
    mark = re.sub(r"<\w+>", counted, mark)
    who = {"everyone": set(ROLES), "speakers": SPEAKING}[audience]

    def frames():
        pushed = [frame for frame in client.frames if frame["t"] == "volatile"]
        found = [frame["html"] for frame in pushed if frame["room"] == here["rooms"][which]]
        return [html for html in found if f"-{counted}" in html]

    await client.until(lambda: mark in "".join(frames()) if role in who else frames())
    assert (f'id="{mark}"' in "".join(frames())) == (role in who), (role, kind)
