"""Real Chromium, real HLS: sources give way, languages change without a stall, a switch keeps what one chose."""

import time
from urllib.request import Request, urlopen

import pytest

from tests.browser.pages import followed, person, script, until
from tests.programs import streams

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
FLOOR, SPANISH = 440, 880  # Hz


async def tone(page):
    """The loudest tone that is heard, in Hz."""
    return await page.evaluate(script("tone"))


async def sounds(page, hertz):
    for _ in range(60):
        if abs(await tone(page) - hertz) < 60:
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"{await tone(page)} Hz instead of {hertz}")


async def choose(page, menu, choice):
    await page.locator(".player").hover()
    await page.get_by_role("button", name=menu, exact=True).click()
    await page.locator(".player-menu").get_by_text(choice, exact=True).click()
    await page.keyboard.press("Escape")


async def test_a_stream_gives_way_changes_its_language_and_is_switched(stack, chromium):
    place = stack.call(streams.streamed)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], viewport={"width": 1280, "height": 800})
    await page.route("**/never.m3u8", lambda route: None)  # it hangs, as behind a wall
    began = time.monotonic()
    await page.goto(f"{url}/sessions/{place['session']}/")
    await until(page, "player.root.dataset.playing === 'on' && player.video.currentTime > 0")
    assert time.monotonic() - began < 10
    assert (await page.evaluate("player.source().src")).endswith("/list.m3u8")
    await followed(page)

    await page.get_by_role("button", name="Tap for sound").click()
    await sounds(page, FLOOR)
    await page.evaluate("player.stalls = 0; player.video.addEventListener('waiting', () => player.stalls++)")
    await choose(page, "Listen", "Español")
    await sounds(page, SPANISH)
    await page.wait_for_timeout(1000)
    assert await page.evaluate("player.stalls") == 0 and not await page.evaluate("player.video.paused")

    await page.evaluate("player.video.volume = 0.4; player.video.dataset.same = 'video'")
    stack.call(streams.second_loop, session=place["session"])
    await until(page, "player.started() && player.source().src.includes('/list.m3u8') && player.video.currentTime < 40")
    await until(page, "player.engine().audio().find(({ chosen }) => chosen)?.key === 'es'")
    await sounds(page, SPANISH)
    assert await page.evaluate("[player.video.volume, player.video.muted, player.video.dataset.same]") == [
        0.4,
        False,
        "video",
    ]

    # Here the first one is remembered as what does not start: it is not waited for again.
    began = time.monotonic()
    await page.reload()
    await until(page, "player.root.dataset.playing === 'on'")
    assert time.monotonic() - began < 5
    assert await page.evaluate("player.kept.listen") == "es"
    await until(page, "player.engine().audio().find(({ chosen }) => chosen)?.key === 'es'")

    await followed(page)
    stack.call(streams.end, session=place["session"])
    await page.locator("video").wait_for(state="detached")
    assert await page.locator(".player-bar").is_hidden()
    assert page.errors == []


def caption(url, place, seq, text):
    """As a caption writer's tool posts it."""
    request = Request(f"{url}{place['captions']}?seq={seq}&lang=en", text.encode(), {"Content-Type": "text/plain"})
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 200


async def test_a_caption_waits_until_the_picture_has_reached_it(stack, chromium):
    place = stack.call(streams.streamed)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], viewport={"width": 1280, "height": 800})
    await page.route("**/never.m3u8", lambda route: route.abort())
    await page.goto(f"{url}/sessions/{place['session']}/#transcript")
    await followed(page)
    await until(page, "player.root.dataset.playing === 'on' && player.video.currentTime > 0")
    await choose(page, "Read", "English")
    await page.evaluate(script("captions"))
    caption(url, place, 1, "Good morning from Barcelona.\n")
    line = page.locator(".caption-line", has_text="Good morning")
    await line.wait_for(state="attached")
    assert not await line.is_visible()  # said now, and the picture is some seconds behind
    await page.wait_for_timeout(1000)
    caption(url, place, 2, "Who pays for it?\n")
    await until(page, "shownAt.length === 2", seconds=20)
    assert await line.is_visible()
    assert [abs(late) < 0.5 for late in await page.evaluate("shownAt.map(({ late }) => late)")] == [True, True]
    assert await page.locator(".caption-box").get_attribute("aria-hidden") == "true"

    # After a seek back each comes again at its place.
    await page.evaluate("shownAt.length = 0; player.video.currentTime -= 5")
    await until(page, "shownAt.length === 2", seconds=20)
    assert [abs(late) < 0.5 for late in await page.evaluate("shownAt.map(({ late }) => late)")] == [True, True]

    await page.get_by_label("Search in the transcript").fill("pays")
    assert not await line.is_visible() and await page.get_by_text("Who pays for it?").last.is_visible()
    await page.reload()
    await until(page, "document.querySelector('.caption-box') && player.kept.captions === 'en'")
    assert page.errors == []


async def test_who_reads_the_transcript_upwards_keeps_the_place(stack, chromium):
    place = stack.call(streams.streamed)
    stack.call(streams.said_before, session=place["session"], count=100)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], viewport={"width": 1280, "height": 800})
    await page.goto(f"{url}/sessions/{place['session']}/#transcript")
    await followed(page)
    first = page.get_by_text("Line 60 of what was said.")
    # At the end, far from the earlier ones: these are asked for once one comes near their place.
    await until(page, "document.querySelector('.transcript-scroll').scrollTop > 0")
    assert await page.locator(".caption-earlier").count() == 1
    await page.locator(".transcript-scroll").evaluate("(scroll) => { scroll.scrollTop = 0; }")
    await page.get_by_text("Line 0 of what was said.").wait_for(state="attached")
    assert await page.locator(".caption-earlier").count() == 0
    assert await first.is_visible()
    # Both in one moment: the player above may still change its height.
    assert 0 <= await page.evaluate(script("kept"), "Line 60 of") < 80, "what one read stays where it was"
    assert page.errors == []
