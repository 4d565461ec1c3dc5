"""The awards in browsers: an entry on a phone that loses its connection, and an envelope that opens."""

import asyncio
import io
import random

import pytest
from PIL import Image

from tests.browser.pages import followed, person, until
from tests.programs import awards

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TITLE = "#entry-title"


def photo():
    """A picture of a telephone: too many bytes to be sent as it is."""
    out = io.BytesIO()
    Image.frombytes("RGB", (2000, 1500), random.Random(1).randbytes(2000 * 1500 * 3)).save(out, "PNG")
    assert out.tell() > 8_000_000
    return out.getvalue()


async def test_what_is_written_on_a_phone_is_never_lost(stack, chromium):
    place = await asyncio.to_thread(stack.call, awards.entrants, count=1)
    url, (cookie, entry, _mark) = stack.servers[0].url, place["entrants"][0]
    page = await person(chromium, url, cookie, **PHONE)
    edit, saved = f"{url}/awards/entries/{entry}/edit/", "#award-saved [data-state]"
    await page.goto(edit)
    async with page.expect_response("**/edit/"):
        await page.fill(TITLE, "Listening trees")
    await page.goto(edit)
    assert await page.input_value(TITLE) == "Listening trees", "saved without a button"

    await page.route("**/edit/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    await page.fill(TITLE, "Trees that listen")
    await until(page, f"document.querySelector('{saved}').textContent.startsWith('Kept')")
    await page.goto(edit)
    assert await page.input_value(TITLE) == "Trees that listen", "kept on the device"
    await page.unroute("**/edit/")
    await until(page, f"document.querySelector('{saved}').textContent.includes('Saved')")
    await until(page, "!Object.keys(localStorage).some(key => key.startsWith('award:'))")

    await page.set_input_files("#file-file", files=[{"name": "tree.png", "mimeType": "image/png", "buffer": photo()}])
    await until(page, "document.querySelector('#file-file').files[0]?.size <= 800000")
    await page.fill("#file-caption", "A tree with a sensor")
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"x" * 1_200_000}
    await page.set_input_files("#file-file", files=[plan])
    await page.get_by_role("button", name="Add the file").click()
    said = await page.locator("#file-file").evaluate("field => field.validationMessage")
    assert said == "This file is larger than 800 kB. Choose a smaller one." and page.url == edit, "not sent, not lost"
    assert await page.input_value("#file-caption") == "A tree with a sensor"
    await page.set_input_files("#file-file", files=[{"name": "tree.png", "mimeType": "image/png", "buffer": photo()}])
    await until(page, "document.querySelector('#file-file').validity.valid")
    await page.get_by_role("button", name="Add the file").click()
    await page.locator(".award-thumb").wait_for()
    await until(page, "document.querySelector('.award-thumb').naturalWidth === 1600")

    await page.get_by_role("button", name="Save and look at it").click()
    await page.get_by_role("img", name="A tree with a sensor").wait_for()
    await page.get_by_role("button", name="Submit").click()
    await page.get_by_text("Receipt").wait_for()
    assert await asyncio.to_thread(stack.call, awards.submitted, slug=place["slug"]) == {entry: "Trees that listen"}
    assert page.errors == []


async def test_the_hall_and_those_far_away_see_the_envelope_open(stack, chromium):
    place = await asyncio.to_thread(stack.call, awards.sealed)
    url, session = stack.servers[0].url, f"{stack.servers[0].url}/sessions/{place['session']}/"
    moderator = await person(chromium, url, place["cookies"]["moderator"])
    screen = await person(chromium, url, viewport={"width": 1920, "height": 1080})
    phones = [await person(chromium, url, place["cookies"][role], **PHONE) for role in ("attendee", "speaker")]
    await screen.goto(url + place["screen"])
    for phone in phones:
        await phone.goto(session)
        await followed(phone)
    await followed(screen)
    await moderator.goto(f"{session}ceremony/")
    assert "Listening trees" not in await moderator.content(), "who opens the envelope does not know what is in it"
    await moderator.get_by_role("button", name="Reveal on stage").click()
    await screen.locator(".award-envelope").wait_for(state="attached")
    assert await phones[0].locator("#pinned-award").is_hidden(), "the picture is not there yet"
    for phone in phones:
        await phone.locator("#award-news").get_by_text("Listening trees").wait_for()
    await moderator.get_by_text("Shown").wait_for()
    await moderator.get_by_role("button", name="Take back").click()
    for phone in phones:
        await phone.locator("#pinned-award").wait_for(state="hidden")
    await until(screen, "!document.querySelector('.award-stage')")
    assert [page.errors for page in (moderator, screen, *phones)] == [[]] * 4


async def test_whose_picture_is_far_behind_is_told_when_the_picture_is_there(stack, chromium):
    place = await asyncio.to_thread(stack.call, awards.streamed)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], viewport={"width": 1280, "height": 800})
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    await until(page, "player.root.dataset.playing === 'on' && player.video.currentTime > 6")
    await page.evaluate("player.video.currentTime -= 5")
    await until(page, "Date.now() - player.date() > 7000")
    moderator = place["people"]["moderator"]
    await asyncio.to_thread(stack.call, awards.open_next, session=place["session"], by=moderator)
    card = page.locator("#pinned-award[data-staged]")
    await card.wait_for(state="attached")
    assert await card.is_hidden(), "told by the server, and not yet in the picture"
    await card.wait_for()
    late = await page.evaluate("player.date() - Date.parse(document.querySelector('#pinned-award').dataset.staged)")
    assert 0 <= late < 1500
    await page.evaluate("player.video.currentTime -= 4")
    await page.wait_for_timeout(600)
    assert await card.is_visible(), "what one has seen stays"
    assert page.errors == []
