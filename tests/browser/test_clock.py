"""Browsers' clocks: the server's time counts, an unknown zone stops nothing, a moment offline is over when it is."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import polls

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
HOUR = 3_600_000
WRONG = "() => { const right = Date.now; Date.now = () => right() + 7 * 3600000; }"


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(polls.open_for_a_minute)


async def opened(chromium, stack, place, script="", zone=""):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"])
    if script:
        await page.add_init_script(f"({script})()")
    if zone:
        ready = f"() => document.body && (document.body.dataset.zone = '{zone}')"
        await page.add_init_script(f"document.addEventListener('readystatechange', {ready})")
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    return page


async def test_a_device_seven_hours_ahead_shows_the_servers_time(stack, place, chromium):
    right, wrong = await opened(chromium, stack, place), await opened(chromium, stack, place, WRONG)
    clock = "document.querySelector('[data-clock]').textContent"
    await until(wrong, f"Math.abs(live.now() - (Date.now() - 7 * {HOUR})) < 5000")
    await until(wrong, f"{clock} === '{await right.evaluate(clock)}'")
    assert right.errors == wrong.errors == []


async def test_a_zone_that_the_browser_does_not_know_stops_nothing(stack, place, chromium):
    page = await opened(chromium, stack, place, zone="Mars/Olympus_Mons")
    assert await page.evaluate("document.body.dataset.zone") == "Mars/Olympus_Mons"
    before = await page.evaluate("document.querySelector('[data-clock]').textContent")
    assert ":" in before and page.errors == []
    await page.get_by_role("tab", name="Polls").click()  # the scripts after it run


async def test_a_moment_offline_that_the_socket_outlives_is_over_with_the_next_frame(stack, place, chromium):
    page = await opened(chromium, stack, place)
    offline = "(dispatchEvent(new Event('offline')), document.body.dataset.live)"  # a frame may follow at once
    assert await page.evaluate(offline) == "off"
    await until(page, "document.body.dataset.live === 'on'")
    assert "lost" not in (await page.locator("#live-state").text_content())
