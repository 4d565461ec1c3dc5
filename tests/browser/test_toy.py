"""A feature that is nothing but its own folder: its panel, style and script are on the page, and its number moves."""

import pytest

from tests import world
from tests.browser.pages import followed, person, until, without_link

pytestmark = pytest.mark.browser
SHOWN = "document.querySelector('#toy .waves').textContent"


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


async def opened(chromium, stack, place, role, number=0, joins=True):
    url = stack.servers[number % len(stack.servers)].url
    page = await person(chromium, url, place["cookies"].get(role, ""))
    if not joins:
        await without_link(page)
    await page.goto(f"{url}/sessions/{place['session']}/")
    if joins:
        await followed(page)
    await page.get_by_role("tab", name="Waves").click()
    return page


async def test_a_wave_is_seen_by_the_others_until_it_ends(stack, place, chromium):
    waver = await opened(chromium, stack, place, "attendee")
    other = await opened(chromium, stack, place, "anonymous", number=1)
    for page in (waver, other):
        for kind in ('link[href*="/bundles/"]', 'script[src*="/bundles/"]'):  # the toy's are in the page's
            assert await page.locator(kind).count() == 1
        assert await page.evaluate("getComputedStyle(document.querySelector('#toy .waves')).fontSize") == "32px"
    assert await other.locator("#toy button").count() == 0
    await until(other, f"{SHOWN} === '0'")
    await waver.locator("#toy").get_by_role("button", name="Wave").click()
    await until(other, f"{SHOWN} === '1'")
    await until(other, f"{SHOWN} === '0'")
    assert waver.errors == other.errors == []


async def test_without_the_link_it_goes_by_http(stack, place, chromium):
    waver = await opened(chromium, stack, place, "moderator", joins=False)
    other = await opened(chromium, stack, place, "anonymous", number=1)
    await waver.locator("#toy").get_by_role("button", name="Wave").click()
    await until(other, f"{SHOWN} === '1'")
    assert waver.errors == []
