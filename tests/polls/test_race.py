"""Many at once, over sockets and HTTP, on both installations."""

import asyncio
import json
import re
import uuid
from contextlib import AsyncExitStack

import pytest

from tests.browser_http import Browser
from tests.live.client import Client
from tests.programs import people, polls

PEOPLE, EACH = 200, 25
SOCKETS, BY_SOCKET = 2, 12  # of each one, and ballots by each; what is left of EACH goes by HTTP
RACES = [("embedded", True), ("full", True), ("full", False)]  # installation, without names


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(polls.crowded, count=PEOPLE)


def opened(stack, place, **fields):
    return stack.call(polls.open_one, session=place["session"], fields=fields)


def ballot(poll, at, **more):
    fields = {"option": [poll["options"][at % len(poll["options"])]]}
    return {"poll": poll["pk"], "fields": fields | more}


@pytest.mark.parametrize(("stack", "anonymous"), RACES, indirect=["stack"])
async def test_200_participants_with_25_racing_ballots_each_are_200(stack, place, anonymous):
    poll = await asyncio.to_thread(opened, stack, place, anonymous=anonymous, results="live")
    room = f"session:{place['session']}"
    ports = [server.port for server in stack.servers]
    async with AsyncExitStack() as exits:
        watcher = await exits.enter_async_context(Client(ports[-1]))
        await watcher.join(**{room: 0})
        clients = [
            await exits.enter_async_context(Client(ports[at % len(ports)], place["crowd"][at % PEOPLE]))
            for at in range(PEOPLE * SOCKETS)
        ]
        await asyncio.gather(*(client.join(**{room: 0}) for client in clients))

        async def vote(who):
            secret = {"secret": [str(uuid.UUID(int=who))]}
            browser = Browser(ports[(who + 1) % len(ports)], place["crowd"][who])
            said = [
                client.say("polls.ballot", ballot(poll, who + at, **secret))
                for client in clients[who::PEOPLE]
                for at in range(BY_SOCKET)
            ]
            posts = [
                browser.post(f"/polls/{poll['pk']}/ballot/", option=poll["options"][at % 4], secret=secret["secret"][0])
                for at in range(EACH - SOCKETS * BY_SOCKET)
            ]
            replies = await asyncio.gather(*said, *posts)
            return [reply["status"] if isinstance(reply, dict) else reply.status_code for reply in replies]

        statuses = [one for each in await asyncio.gather(*map(vote, range(PEOPLE))) for one in each]
        assert set(statuses) == {200} and len(statuses) == PEOPLE * EACH
        counted = await asyncio.to_thread(stack.call, polls.counted, poll=poll["pk"])
        assert counted["ballots"] == counted["tally"] == counted["marks"] == PEOPLE and counted["equal"]
        last = f'id="ballots-{poll["pk"]}">200 answers'
        await watcher.until(lambda: any(last in frame.get("html", "") for frame in watcher.frames))
        pushed = [frame for frame in watcher.frames if frame["t"] == "volatile"]
        assert len(pushed) < 200  # 5,000 ballots


@pytest.mark.parametrize(("stack", "anonymous"), [("full", True), ("full", False)], indirect=["stack"])
def test_answers_over_the_link_and_by_http_do_not_lock_each_other_out(stack, place, anonymous):
    """Those that wait in line are written in one order, whichever came first: else one transaction of two must fail."""
    poll = opened(stack, place, anonymous=anonymous)
    values = {"people": place["keys"][:2], "option": poll["options"][0]}
    assert stack.call(polls.cross, poll=poll["pk"], **values) == []


async def test_nothing_is_accepted_after_closing_and_nothing_accepted_is_lost(stack, place):
    poll = await asyncio.to_thread(opened, stack, place, anonymous=False)
    room = f"session:{place['session']}"
    ports = [server.port for server in stack.servers]
    accepted, refused, closing, closed = set(), set(), asyncio.Event(), asyncio.Event()
    async with AsyncExitStack() as exits:
        clients = [
            await exits.enter_async_context(Client(ports[at % len(ports)], cookie))
            for at, cookie in enumerate(place["crowd"][:100])
        ]
        for client in clients:
            await client.join(**{room: 0})
        moderator = Browser(ports[-1], place["cookies"]["moderator"])

        async def vote(who, client):
            """Thirty before anybody thinks of closing, sixty beside it, ten after it."""
            if who >= 30:
                await (closing if who < 90 else closed).wait()
                await asyncio.sleep(who % 30 * 0.004)
            after = closed.is_set()
            status = (await client.say("polls.ballot", ballot(poll, who)))["status"]
            assert status in (200, 409) and not (after and status == 200)
            (accepted if status == 200 else refused).add(who)
            if len(accepted) == 30:
                closing.set()

        async def close():
            await closing.wait()
            answer = await moderator.post(f"/polls/{poll['pk']}/step/", action="close", version=poll["version"])
            assert answer.status_code == 204
            closed.set()

        await asyncio.gather(close(), *map(vote, range(100), clients))
        assert len(accepted) >= 30 and len(refused) >= 10
        late = [await client.say("polls.ballot", ballot(poll, 0)) for client in clients[:5]]
        assert {reply["status"] for reply in late} == {409} and "too late" in late[0]["html"]
    counted = await asyncio.to_thread(stack.call, polls.counted, poll=poll["pk"])
    assert counted["ballots"] == counted["marks"] == len(accepted)


async def test_results_reach_voters_only_and_at_once(stack):
    """After voting: frames with bars for the one who voted and the presenters, none for who did not."""
    place = await asyncio.to_thread(
        stack.call, polls.crowded, count=5
    )  # a session where no other poll has results to show
    poll = await asyncio.to_thread(opened, stack, place, results="voted", anonymous=False)
    room = f"session:{place['session']}"
    ports = [server.port for server in stack.servers]
    async with (
        Client(ports[0], place["crowd"][0]) as voter,
        Client(ports[-1], place["crowd"][1]) as reader,
        Client(ports[-1], place["cookies"]["speaker"]) as speaker,
        Client(ports[0]) as anonymous,
        Client(ports[0], place["crowd"][2]) as intruder,
    ):
        for client in (voter, reader, speaker, anonymous, intruder):
            await client.join(**{room: 0})
        await intruder.join(**{poll["room"]: 0})
        refused = {"t": "refused", "room": poll["room"]}
        assert refused in intruder.frames and intruder.code is None
        reply = await voter.say("polls.ballot", ballot(poll, 0))
        assert reply["status"] == 200 and "100 %" in reply["html"]
        browser = Browser(ports[-1], place["crowd"][3])
        assert (await browser.post(f"/polls/{poll['pk']}/ballot/", option=poll["options"][1])).status_code == 200
        for client in (voter, speaker):
            await client.until(lambda client=client: any("50 %" in frame.get("html", "") for frame in client.frames))
        for client in (reader, anonymous, intruder):
            await client.until(lambda client=client: any("2 answers" in f.get("html", "") for f in client.frames))
            assert not bars(client)
        # back after an absence: who has voted may follow again, who has not may not
        async with Client(ports[-1], place["crowd"][3]) as back, Client(ports[-1], place["crowd"][4]) as stranger:
            await back.join(**{room: 0})
            await back.join(**{poll["room"]: 0})
            assert ("joined", poll["room"]) in [(frame["t"], frame.get("room")) for frame in back.frames]
            await stranger.join(**{room: 0})
            await stranger.join(**{poll["room"]: 0})
            assert refused in stranger.frames
            assert (await voter.say("polls.ballot", ballot(poll, 1)))["status"] == 200
            await back.until(lambda: any("100 %" in frame.get("html", "") for frame in back.frames))
            assert not bars(stranger)


def bars(client):
    """Whether results of any poll came to a client: bars, or numbers with a share."""
    return re.findall(r'class=\\"bars\\"|\d+ %', json.dumps(client.frames))


@pytest.mark.parametrize(
    ("who", "data", "status"),
    [
        ("crowd", None, 404),
        ("crowd", {"poll": "x"}, 404),
        ("crowd", {"poll": True}, 404),
        ("crowd", {"poll": 10**30}, 404),
        ("crowd", {"poll": "<poll>", "fields": []}, 422),
        ("crowd", {"poll": "<poll>", "fields": {"option": ["0"]}}, 409),
        ("crowd", {"poll": "<poll>", "fields": {"option": ["\x00"]}}, 409),
        ("outsider", {"poll": "<poll>", "fields": {}}, 403),
        ("", {"poll": "<poll>", "fields": {}}, 403),
    ],
)
async def test_what_is_said_is_hostile(stack, place, who, data, status):
    poll = await asyncio.to_thread(opened, stack, place)
    if data and data.get("poll") == "<poll>":
        data = data | {"poll": poll["pk"]}
    cookie = place["crowd"][0] if who == "crowd" else place["cookies"].get(who, "")
    async with Client(stack.servers[0].port, cookie) as client:
        await client.join(**{f"session:{place['session']}": 0})
        reply = await client.say("polls.ballot", data)
        assert reply["status"] == status and "Traceback" not in reply.get("html", "")
    counted = await asyncio.to_thread(stack.call, polls.counted, poll=poll["pk"])
    assert counted["ballots"] == 0


@pytest.mark.parametrize(
    "frame", [{"say": "polls.nothing", "id": "1", "data": {}}, {"say": "polls.ballot", "id": 1, "data": {}},
              {"say": "polls.ballot", "data": {}}, {"say": ["x"], "id": "1", "data": {}},
              {"say": "polls.ballot", "id": "x" * 41, "data": {}}]
)  # fmt: skip
async def test_what_is_no_message_of_ours_ends_the_socket(stack, place, frame):
    async with Client(stack.servers[0].port, place["crowd"][0]) as client:
        await client.join(**{f"session:{place['session']}": 0})
        await client.socket.send(json.dumps(frame))
        await client.until(lambda: client.code)
        assert client.code == 4100


async def test_who_has_lost_the_right_is_refused_at_the_next_ballot(stack, place):
    poll = await asyncio.to_thread(opened, stack, place)
    async with Client(stack.servers[0].port, place["crowd"][5]) as client:
        await client.join(**{f"session:{place['session']}": 0})
        assert (await client.say("polls.ballot", ballot(poll, 0)))["status"] == 200
        await asyncio.to_thread(
            stack.call,
            people.lose_roles,
            who=place["keys"][5],
        )
        assert (await client.say("polls.ballot", ballot(poll, 1)))["status"] == 403


async def test_one_participant_is_slowed_down_over_all_sockets(stack, place):
    poll = await asyncio.to_thread(opened, stack, place)
    async with AsyncExitStack() as exits:
        clients = [await exits.enter_async_context(Client(stack.servers[0].port, place["crowd"][6])) for _ in range(4)]
        for client in clients:
            await client.join(**{f"session:{place['session']}": 0})
        said = [client.say("polls.ballot", ballot(poll, at)) for client in clients for at in range(18)]
        statuses = [reply["status"] for reply in await asyncio.gather(*said)]
        assert 429 in statuses and 200 in statuses


@pytest.mark.parametrize(("first", "second"), [("cast", "close"), ("close", "cast")])
async def test_closing_and_ballots_wait_for_each_other(stack, place, first, second):
    """Whichever has begun is finished first: no ballot is stored after the closing that it overlaps with."""
    poll = await asyncio.to_thread(opened, stack, place, anonymous=False)
    values = {"who": place["keys"][9], "poll": poll["pk"], "option": poll["options"][0]}
    told = await asyncio.to_thread(stack.call, polls.overlap, first=first, second=second, **values)
    assert told["waited"] > 0.5
    assert bool(told["refused"]) == (first == "close")
    counted = await asyncio.to_thread(stack.call, polls.counted, poll=poll["pk"])
    assert counted["ballots"] == (first == "cast")


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_long_day_of_polls_does_not_fill_a_socket_with_rooms(stack, place):
    room = f"session:{place['session']}"
    async with Client(stack.servers[0].port, place["crowd"][10]) as voter:
        await voter.join(**{room: 0})
        for _ in range(9):  # more than a socket may follow
            poll = await asyncio.to_thread(opened, stack, place, results="voted", anonymous=False)
            assert (await voter.say("polls.ballot", ballot(poll, 0)))["status"] == 200
        browser = Browser(stack.servers[-1].port, place["crowd"][11])
        assert (await browser.post(f"/polls/{poll['pk']}/ballot/", option=poll["options"][1])).status_code == 200
        await voter.until(lambda: any("50 %" in frame.get("html", "") for frame in voter.frames))
        await voter.join(**{room: 0})
        assert all(frame["t"] != "refused" for frame in voter.frames) and voter.code is None
