"""Two who listen in two languages: each message is translated once, and only for who reads the other language."""

import asyncio
import json

import pytest

from tests.conftest import installed
from tests.live.client import Client
from tests.programs import chat, sessions, translations
from tests.translation import service as services

ENGLISH = "How does the city pay for the new buses?"
SPANISH = "¿Cómo paga la ciudad los nuevos autobuses?"


@pytest.fixture(scope="module", params=["embedded", "full"])
def service_and_stack(request):
    with services.running() as service:
        changes = {"TRANSLATION_BACKENDS": "libretranslate", "LIBRETRANSLATE_URL": service.url}
        with installed(request, request.param, **changes) as stack:
            yield service, stack


@pytest.fixture
def stack(service_and_stack):
    return service_and_stack[1]


@pytest.fixture
def service(service_and_stack):
    service_and_stack[0].asked.clear()
    return service_and_stack[0]


@pytest.fixture(scope="module")
def place(service_and_stack):
    return service_and_stack[1].call(translations.agreed)


def translated(client, room):
    """The words of the machine that came to a client in frames of their own."""
    return [frame["html"] for frame in client.events(room) if frame["html"].startswith('<div class="translated"')]


async def test_who_reads_another_language_gets_it_once_and_nobody_else(stack, service, place):
    room = f"session:{stack.call(sessions.talk, edition=place['edition'], stage=place['stage'])}"
    first, last = stack.servers[0].port, stack.servers[-1].port
    pk, who = int(room.split(":")[1]), place["people"]["attendee"]
    async with Client(first, language="en") as english, Client(last, language="es") as spanish:
        await english.join(**{room: 0})
        await spanish.join(**{room: 0})
        for text in (ENGLISH, SPANISH, "👏"):
            await asyncio.to_thread(stack.call, chat.send, session=pk, who=who, texts=[text])
        await spanish.until(lambda: translated(spanish, room), 40)
        await english.until(lambda: translated(english, room), 40)
        await asyncio.sleep(2.5)  # for what may come twice
        [to_spanish], [to_english] = translated(spanish, room), translated(english, room)
        assert f"es: {ENGLISH.upper()}" in to_spanish and 'lang="es"' in to_spanish
        assert f"en: {SPANISH.upper()}" in to_english
        assert not any("es:" in frame["html"] for frame in english.events(room))
    assert sorted(json.dumps(request["q"], ensure_ascii=False) for request in service.asked) == sorted(
        json.dumps([text], ensure_ascii=False) for text in (ENGLISH, SPANISH)
    )
    async with Client(last, language="es") as later:
        await later.join(**{room: 0})
        assert any(f"es: {ENGLISH.upper()}" in frame["html"] for frame in later.events(room))
