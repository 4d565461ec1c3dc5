"""After a restore, or a lagging standby's promotion, nobody who has a page open misses anything."""

import asyncio
import json
import re
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.request import urlopen

import pytest

from tests import servers, standby, world
from tests.conftest import installed
from tests.live.client import Client
from tests.programs import chat, live, sessions
from tests.shell import Shell

HEADS = re.compile(r'<script id="live-rooms"[^>]*>(.*?)</script>')
MESSAGE = re.compile(r'id="(message-[^"]*)".*?class="message-text" dir="auto">([^<]*)<', re.DOTALL)


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


@pytest.fixture
def room(stack, place):
    """A session of its own for each test: its key."""
    return f"session:{stack.call(sessions.talk, edition=place['edition'], stage=place['stage'])}"


@pytest.fixture
def whole(request):
    """An installation of its own on PostgreSQL and Redis, which may be restored."""
    with installed(request, "full") as stack:
        yield stack


class Page:
    """An open page, as live.js keeps it: what it shows of a chat and its cursor.

    A page may show more than its cursor stands for; what comes again takes the place of what is there.
    """

    def __init__(self, server, room):
        self.server, self.room, self.cursor, self.afresh = server, room, 0, 0
        self.messages = {}

    @property
    def shown(self):
        return list(self.messages.values())

    async def follow(self, client, frames_read=0):
        """Join, and do what the frames say for as long as the client lives."""
        await client.socket.send(json.dumps({"join": {self.room: self.cursor}}))
        while True:
            for frame in client.frames[frames_read:]:
                frames_read += 1
                if frame["t"] == "snapshot":
                    await asyncio.to_thread(self.load)
                    await client.socket.send(json.dumps({"join": {self.room: self.cursor}}))
                elif frame["t"] == "event" and frame["seq"] > self.cursor:
                    self.cursor = frame["seq"]
                    self.messages.update(MESSAGE.findall(frame["html"]))
                elif frame["t"] in ("joined", "head"):
                    self.cursor = max(self.cursor, frame["seq"])
            await asyncio.sleep(0.01)

    def load(self):
        """Take the page afresh."""
        self.afresh += 1
        with urlopen(f"{self.server.url}/sessions/{self.room.partition(':')[2]}/", timeout=30) as answer:
            html = answer.read().decode()
        self.cursor = json.loads(HEADS.search(html).group(1))[self.room]
        self.messages = dict(MESSAGE.findall(html))


async def until(done):
    for _ in range(6000):
        if done():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not in 60 s")


def say(stack, place, room, *texts):
    stack.call(chat.send, session=int(room.partition(":")[2]), who=place["people"]["attendee"], texts=list(texts))


async def in_thread(function, *args, **values):
    return await asyncio.to_thread(function, *args, **values)


def stored(stack, room):
    return [text for _, text in stack.call(chat.stored, session=int(room.partition(":")[2]))]


@asynccontextmanager
async def following(pages):
    """The pages with open sockets."""
    async with AsyncExitStack() as sockets:
        clients = [await sockets.enter_async_context(Client(page.server.port)) for page in pages]
        tasks = [asyncio.create_task(page.follow(client)) for page, client in zip(pages, clients, strict=True)]
        yield
        for task in tasks:
            assert not task.done(), task.result()
            task.cancel()


async def set_back_under(stack, place, room, set_back, at_once):
    """Pages are open at every process while the database is set back to when "c" had been said."""
    pages = [Page(server, room) for server in stack.servers]
    async with following(pages):
        await in_thread(say, stack, place, room, *["lost"] * 4)
        await until(lambda: all(page.shown == ["a", "b", "c", *["lost"] * 4] for page in pages))
        await in_thread(set_back)
        await in_thread(say, stack, place, room, *at_once)
        await until(lambda: all(page.afresh for page in pages))
        await in_thread(say, stack, place, room, "j")
        await until(lambda: all(page.shown == [*"abc", *at_once, "j"] for page in pages))
    assert await in_thread(stored, stack, room) == [*"abc", *at_once, "j"]


async def test_processes_left_running_notice_a_restore(whole, tmp_path):
    place, url = whole.call(world.build), whole.env["DATABASE_URL"]
    room = f"session:{place['session']}"
    say(whole, place, room, *"abc")
    servers.dump(url, tmp_path / "backup")
    await set_back_under(whole, place, room, lambda: servers.restore(url, tmp_path / "backup"), "defghi")


async def test_the_command_tells_pages_that_were_open_before(whole, tmp_path):
    place, url = whole.call(world.build), whole.env["DATABASE_URL"]
    room = f"session:{place['session']}"
    say(whole, place, room, *"abc")
    servers.dump(url, tmp_path / "backup")
    pages = [Page(server, room) for server in whole.servers]
    for _ in range(2):  # a second restore of the same backup is another one
        async with following(pages):
            await in_thread(say, whole, place, room, *["lost"] * 4)
            await until(lambda: all(page.shown[-1:] == ["lost"] for page in pages))
        servers.stop_all(server.process for server in whole.servers)
        whole.shell.stop()
        servers.restore(url, tmp_path / "backup")
        assert "afresh" in whole.manage("restored")
        whole.shell = Shell(whole.env)
        say(whole, place, room, *"defghi")
        whole.servers[:] = [servers.start_app(whole.env, whole.home, fork=True) for _ in pages]
        for page, server in zip(pages, whole.servers, strict=True):
            page.server = server
        async with following(pages):
            await until(lambda: all(page.shown == list("abcdefghi") for page in pages))


async def test_a_standby_that_lagged_is_noticed(stack, place, room):
    say(stack, place, room, *"abc")
    await set_back_under(stack, place, room, lambda: stack.call(live.set_back, room=room, head=3), "d")


async def test_a_standby_that_is_promoted_is_noticed(request):
    with standby.pair() as databases, installed(request, "full", DATABASE_URL=databases.url) as whole:
        place = whole.call(world.build)
        room = f"session:{place['session']}"
        say(whole, place, room, *"abc")
        databases.lag()
        await set_back_under(whole, place, room, databases.promote, "defghi")


async def test_a_room_that_is_younger_than_the_backup_is_noticed(stack, place, room):
    pages = [Page(server, room) for server in stack.servers]
    async with following(pages):
        await in_thread(say, stack, place, room, *["lost"] * 4)
        await until(lambda: all(len(page.shown) == 4 for page in pages))
        await in_thread(stack.call, live.lose, room=room)
        await until(lambda: all(page.afresh for page in pages))
        await in_thread(say, stack, place, room, *"abc")
        await until(lambda: all(page.shown == list("abc") for page in pages))
