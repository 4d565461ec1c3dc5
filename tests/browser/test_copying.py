"""What people must carry elsewhere is copied by a button, by keyboard too, and selected where a browser forbids it."""

import pytest

from tests.browser.pages import person, until
from tests.programs import pages

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
COPIED = "navigator.clipboard.readText()"
NOTE = "(at) => document.querySelectorAll('[data-copy-note]')[at].textContent"
WITHOUT = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
PAGES = {  # address -> how many things can be copied there, at least
    "/editions/{slug}/calendars/": 3,
    "/sessions/{session}/access/": 2,
    "/sessions/{session}/captions/": 2,
    "/sessions/{session}/screen/": 2,
    "/stages/{stage}/": 3,
}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(pages.seen)


async def opened(stack, place, chromium, path, script=""):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["organiser"])
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    if script:
        await page.add_init_script(script)
    await page.goto(url + path.format(**place))
    return page


async def test_a_press_of_enter_copies_the_address_and_says_so(stack, place, chromium):
    page = await opened(stack, place, chromium, "/stages/{stage}/")
    button = page.locator(".copied [data-copy]").nth(1)
    await button.focus()
    await page.keyboard.press("Enter")
    await until(page, f"({NOTE})(1) === 'Copied'")
    address = await page.locator(".copied [data-copied]").nth(1).input_value()
    assert address.startswith("http") and await page.evaluate(COPIED) == address
    assert await page.locator("[data-copy-note]").nth(1).get_attribute("role") == "status"
    assert "Door sign" in await button.inner_text() and page.errors == []
    await until(page, f"({NOTE})(1) === ''")


async def test_where_the_browser_lets_nothing_be_copied_the_text_is_selected(stack, place, chromium):
    page = await opened(stack, place, chromium, "/sessions/{session}/access/", WITHOUT)
    for at in range(2):  # words of the page, and a field
        await page.locator(".copied [data-copy]").nth(at).click()
        await until(page, f"({NOTE})({at}).startsWith('Selected')")
        text = await page.evaluate(f"""() => {{
          const shown = document.querySelectorAll('.copied [data-copied]')[{at}];
          return [shown.value ?? shown.textContent.trim(), getSelection().toString()];
        }}""")
        assert text[0] and text[0] == text[1].strip()
    assert page.errors == []


@pytest.mark.parametrize(("path", "least"), PAGES.items())
async def test_all_addresses_that_stand_in_a_field_have_the_button(stack, place, chromium, path, least):
    page = await opened(stack, place, chromium, path)
    assert await page.locator("input[readonly]:not([data-copied])").count() == 0
    assert await page.locator(".copied [data-copy]").count() >= least
    assert await page.locator(".copied:not(:has([data-copied]))").count() == 0 and page.errors == []
