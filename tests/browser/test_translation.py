"""A message in another language is read in one's own; the original is one tap away, and stays for who wants it so."""

import pytest

from tests.browser.pages import followed, person
from tests.conftest import installed
from tests.live.test_socket import in_thread
from tests.programs import chat, translations
from tests.translation import service as services

pytestmark = pytest.mark.browser
TEXT = "How does the city pay for the new buses?"
MADE = "¿Cómo paga la ciudad los autobuses nuevos?"


@pytest.fixture
def stack(request):
    with services.running() as service:
        service.answers[TEXT] = MADE
        changes = {"TRANSLATION_BACKENDS": "libretranslate", "LIBRETRANSLATE_URL": service.url}
        with installed(request, "embedded", **changes) as stack:
            yield stack


async def opened(stack, place, chromium, role, language):
    page = await person(chromium, stack.servers[0].url, place["cookies"][role])
    await page.context.add_cookies([{"name": "django_language", "value": language, "url": stack.servers[0].url}])
    await page.goto(f"{stack.servers[0].url}/sessions/{place['session']}/")
    await followed(page)
    return page


async def test_a_spanish_reader_reads_spanish_and_the_original_when_asked(stack, chromium):
    place = stack.call(translations.agreed)
    spanish = await opened(stack, place, chromium, "attendee", "es")
    english = await opened(stack, place, chromium, "speaker", "en")
    who = place["people"]["moderator"]
    await in_thread(stack.call, chat.send, session=place["session"], who=who, texts=[TEXT])
    made, original = spanish.get_by_text(MADE), spanish.locator(".message-text", has_text=TEXT)
    await made.wait_for(timeout=40_000)
    assert not await original.is_visible()
    await spanish.get_by_role("button", name="Original").click()
    assert await original.is_visible() and await made.is_visible()
    await spanish.get_by_label("Mostrar el chat y las preguntas en mi idioma").uncheck()
    assert await original.is_visible() and not await made.is_visible()
    await spanish.reload()
    await followed(spanish)
    assert await original.is_visible() and not await made.is_visible()
    await spanish.get_by_label("Mostrar el chat y las preguntas en mi idioma").check()
    assert await made.is_visible() and not await original.is_visible()
    assert await english.locator(".message-text", has_text=TEXT).is_visible()
    assert await english.get_by_text(MADE).count() == 0
    await in_thread(stack.call, chat.remove, session=place["session"], text=TEXT, by=who)
    await made.wait_for(state="detached")
    assert spanish.errors == [] and english.errors == []
