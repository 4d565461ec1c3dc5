"""A message in another language is read in one's own; the original is one tap away, and stays for who wants it so."""

import pytest

from tests.browser.pages import followed, person
from tests.conftest import installed
from tests.live.test_socket import in_thread
from tests.programs import chat, polls, translations
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
    await spanish.get_by_role("log").get_by_role("button", name="Original").click()
    assert await original.is_visible() and await made.is_visible()
    await spanish.get_by_label("En mi idioma").uncheck()
    assert await original.is_visible() and not await made.is_visible()
    await spanish.reload()
    await followed(spanish)
    assert await original.is_visible() and not await made.is_visible()
    await spanish.get_by_label("En mi idioma").check()
    assert await made.is_visible() and not await original.is_visible()
    assert await english.locator(".message-text", has_text=TEXT).is_visible()
    assert await english.get_by_text(MADE).count() == 0
    await in_thread(stack.call, chat.remove, session=place["session"], text=TEXT, by=who)
    await made.wait_for(state="detached")
    assert spanish.errors == [] and english.errors == []


async def test_a_poll_is_answered_in_ones_own_language_and_two_devices_agree(stack, chromium):
    place = stack.call(translations.agreed)
    first = await opened(stack, place, chromium, "attendee", "es")
    second = await opened(stack, place, chromium, "attendee", "es")
    await in_thread(stack.call, polls.open_yes_no, session=place["session"])
    pinned = first.locator("#pinned-poll")
    await pinned.get_by_text("es: DO YOU AGREE?").wait_for(timeout=40_000)
    assert await pinned.get_by_role("img", name="Traducción automática").is_visible()
    await pinned.get_by_role("button", name="es: NOT SURE YET").click()
    await pinned.get_by_text("Tu respuesta cuenta").wait_for()
    await first.get_by_role("tab", name="Votaciones").click()
    card = first.locator("#polls .poll")
    assert await card.get_by_role("heading", name="es: DO YOU AGREE?").is_visible()
    await card.get_by_role("button", name="Original").click()
    assert await card.get_by_role("heading", name="Do you agree?", exact=True).is_visible()
    await pinned.get_by_text("Do you agree?", exact=True).wait_for()
    await first.get_by_label("En mi idioma").uncheck()
    await second.locator("#pinned-poll").get_by_text("Do you agree?", exact=True).wait_for()
    await second.get_by_label("En mi idioma", exact=True).check()
    await card.get_by_role("button", name="Original").click()
    await pinned.get_by_text("es: DO YOU AGREE?").wait_for()
    assert first.errors == [] and second.errors == []
