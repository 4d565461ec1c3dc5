"""What is kept and what is pushed is drawn once for each language, and everybody gets it in their own."""

import asyncio
import http.client
import re
from contextlib import AsyncExitStack

import pytest
from django.conf import settings

from tests import world
from tests.conftest import installed
from tests.live.client import Client
from tests.programs import chat

# What stands in a message for who uses a screen reader.
WORDS = {
    "en": "Actions for the message of",
    "es": "Acciones",
    "ca": "Accions",
    "zh-hans": "的消息的操作",
    "ar": "إجراءات رسالة",
}
DIRECTIONS = {"ar": "rtl"}


@pytest.fixture(scope="module")
def stack(request):
    with installed(request, "embedded") as stack:
        yield stack


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


def get(stack, path, **headers):
    connection = http.client.HTTPConnection("localhost", stack.servers[0].port, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers
    finally:
        connection.close()


def test_all_languages_are_looked_at():
    assert list(WORDS) == [code for code, _name in settings.LANGUAGES]


def test_a_kept_page_is_of_one_language(stack, place):
    """Twice each, one after the other: the second time the page is a kept one, which its tag says."""
    path, tags = f"/sessions/{place['session']}/", {}
    for _time in ("drawn", "kept"):
        for language in WORDS:
            for asks in ({"Accept_Language": language}, {"Cookie": f"{settings.LANGUAGE_COOKIE_NAME}={language}"}):
                status, page, headers = get(stack, path, **asks)
                assert status == 200 and "Accept-Language" in headers["Vary"] and "Cookie" in headers["Vary"]
                head = f'<html lang="{language}" dir="{DIRECTIONS.get(language, "ltr")}">'
                assert re.search("<html[^>]*>", page)[0] == head
                assert headers["Content-Language"] == language
                tags.setdefault(language, set()).add(headers["ETag"])
    assert [len(found) for found in tags.values()] == [1] * len(WORDS), "each is kept"
    assert len(set.union(*tags.values())) == len(WORDS), "and none stands for another"
    for language, (tag,) in tags.items():
        assert get(stack, path, Accept_Language=language, If_None_Match=tag)[0] == 304
        other = "en" if language != "en" else "ar"
        assert get(stack, path, Accept_Language=other, If_None_Match=tag)[0] == 200


async def test_a_frame_comes_in_the_language_of_the_page_it_comes_to(stack, place):
    room, port = f"session:{place['session']}", stack.servers[0].port
    async with AsyncExitStack() as exits:
        clients = {code: await exits.enter_async_context(Client(port, language=code)) for code in [*WORDS, "xx"]}
        for client in clients.values():
            await client.join(**{room: 0})
        who = place["people"]["attendee"]
        await asyncio.to_thread(stack.call, chat.send, session=place["session"], who=who, texts=["salaam 你好"])
        for code, client in clients.items():
            await client.until(lambda client=client: client.texts(room) == ["salaam 你好"])
            html = client.events(room)[-1]["html"]
            assert [known for known, words in WORDS.items() if words in html] == [code if code in WORDS else "en"]
