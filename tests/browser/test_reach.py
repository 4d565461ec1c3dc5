"""A mouse or finger reaches whatever can be pressed, on every page of every role, at every size and at 200 %."""

import pytest

from tests.browser.pages import person, script
from tests.browser.test_axe import addresses, place, roles, shape  # noqa: F401
from tests.people.matrix import GUESTS

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
SIZES = [(390, 844), (844, 390), (1280, 800)]
# At 200 % a page has half as many pixels each way.
WINDOWS = [(width // zoom, height // zoom) for width, height in SIZES for zoom in (1, 2)]
SMALL = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter(field => !["radio", "checkbox", "file"].includes(field.type) && field.checkVisibility())
  .filter(field => parseFloat(getComputedStyle(field).fontSize) < 16).map(field => field.outerHTML.slice(0, 160))"""


async def seen(page, where, found):
    for width, height in WINDOWS:
        await page.set_viewport_size({"width": width, "height": height})
        for what in await page.evaluate(script("unreachable")):
            found.append((*where, width, height, what))
        for tab in await page.get_by_role("tab").all():
            await tab.evaluate("tab => tab.click()")
            for what in await page.evaluate(script("unreachable")):
                found.append((*where, width, height, await tab.inner_text(), what))
    await page.set_viewport_size({"width": 390, "height": 844})
    found.extend((*where, "small", what) for what in await page.evaluate(SMALL))


async def test_whatever_can_be_pressed_is_reached(stack, place, chromium):  # noqa: F811
    url, known, found = stack.servers[0].url, set(), []
    for role in [*roles(), *GUESTS]:
        page = await person(chromium, url, place["cookies"].get(role, ""), bypass_csp=True)
        await page.add_init_script("window.WebSocket = class { close() {} send() {} }")
        for path in addresses(place):
            answer = await page.request.get(url + path)
            text = await answer.text() if "html" in answer.headers["content-type"] else ""
            if "<html" in text and shape(text) not in known:
                known.add(shape(text))
                await page.goto(url + path)
                await seen(page, (role, path), found)
        await page.context.close()
    assert len(known) > 20
    assert not found, "\n".join(map(str, found))
