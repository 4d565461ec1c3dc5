"""Messages that come over the sockets: each with its own outcome, none lost, doubled or out of order."""

import asyncio
import uuid
from contextlib import AsyncExitStack

import pytest

from chat.models import Message
from chat.writes import MESSAGE
from live.models import Room
from live.writes import Write
from people.models import Participant
from sessions.models import Edition, Session
from tests.browser_http import Browser
from tests.live.client import Client
from tests.live.test_socket import in_thread
from tests.programs import chat

PEOPLE, EACH = 40, 6


def said(place, who="attendee", **changes):
    data = {"session": place["session"], "text": "Hello", "client_id": str(uuid.uuid4())} | changes
    return Write(place["people"][who], "en", data)


@pytest.mark.django_db
def test_each_message_of_a_batch_has_its_own_outcome(place):
    Edition.objects.update(blocked_terms="heck")
    again = said(place, text="Twice")
    batch = {
        "fine": (said(place), 200),
        "first": (again, 200),
        "again": (again, 200),
        "theirs": (said(place, "moderator", client_id=again.data["client_id"]), 409),
        "nobody's": (Write(999_999, "en", again.data), 404),
        "no role": (said(place, "outsider"), 403),
        "banned": (said(place, "banned"), 403),
        "elsewhere": (said(place, session=999_999), 404),
        "empty": (said(place, text=" "), 422),
        "too long": (said(place, text="x" * 501), 422),
        "no id": (said(place, client_id="no"), 422),
        "blocked": (said(place, text="What the heck"), 409),
        "no text": (said(place, text=["a"]), 422),
        "number": (said(place, client_id=5), 422),
        "nul": (said(place, text="a\x00b"), 422),
        "true": (said(place, session=True), 404),
        "large": (said(place, session=2**70), 404),
        "list": (Write(place["people"]["speaker"], "en", ["x"]), 404),
        "last": (said(place, "speaker", text="Last"), 200),
    }
    replies = MESSAGE.by_socket([one for one, _status in batch.values()])
    assert dict(zip(batch, (reply.status for reply in replies), strict=True)) == {
        name: status for name, (_one, status) in batch.items()
    }
    assert all(reply.html for reply in replies if reply.status != 200)
    stored = list(Message.objects.order_by("seq").values_list("text", flat=True))
    assert stored == ["Hello", "Twice", "Last"]
    assert Room.objects.get(key=f"session:{place['session']}").head == 3


@pytest.mark.django_db
def test_over_both_ways_it_is_one_message_and_one_limit(place):
    session, attendee = Session.objects.get(pk=place["session"]), place["people"]["attendee"]
    one = said(place, text="Once")
    Message.send(session, Participant.objects.get(pk=attendee), "Once", uuid.UUID(one.data["client_id"]))
    assert MESSAGE.by_socket([one])[0].status == 200 and Message.objects.count() == 1
    statuses = [reply.status for reply in MESSAGE.by_socket([said(place) for _ in range(30)])]
    assert statuses[0] == 200 and statuses[-1] == 429 and set(statuses) == {200, 429}


@pytest.fixture(scope="module")
def crowded(stack):
    return stack.call(chat.crowded, count=PEOPLE)


async def test_a_racing_crowd_is_heard_once_and_in_one_order(stack, crowded):
    """Each says every message twice over the socket and once by HTTP, at different processes."""
    room, ports = f"session:{crowded['session']}", [server.port for server in stack.servers]
    async with AsyncExitStack() as exits:
        watchers = [await exits.enter_async_context(Client(port)) for port in ports]
        clients = [
            await exits.enter_async_context(Client(ports[at % len(ports)], cookie))
            for at, cookie in enumerate(crowded["crowd"])
        ]
        await asyncio.gather(*(one.join(**{room: 0}) for one in [*watchers, *clients]))

        async def talk(at):
            browser = Browser(ports[(at + 1) % len(ports)], crowded["crowd"][at])
            for number in range(EACH // 3):  # each counts three times against the limit
                data = {"text": f"{at}/{number}", "client_id": str(uuid.uuid4())}
                over = data | {"session": crowded["session"]}
                twice = [clients[at].say("chat.message", over) for _ in range(2)]
                posted = browser.post(f"/sessions/{crowded['session']}/chat/", **data)
                *replies, answer = await asyncio.gather(*twice, posted)
                assert [reply["status"] for reply in replies] == [200, 200] and answer.status_code == 200

        await asyncio.gather(*map(talk, range(PEOPLE)))
        stored = await in_thread(stack.call, chat.stored, session=crowded["session"])
        expected = {f"{at}/{number}" for at in range(PEOPLE) for number in range(EACH // 3)}
        assert [seq for seq, _text in stored] == list(range(1, len(expected) + 1))
        assert sorted(text for _seq, text in stored) == sorted(expected)
        for one in [*watchers, *clients]:
            await one.until(lambda one=one: len(one.events(room)) >= len(stored))
            assert one.texts(room) == [text for _seq, text in stored]
