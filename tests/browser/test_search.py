"""Typing finds while one types; the arrows lead through what is found; without scripts it is a form."""

import pytest

from tests.browser.pages import person, until
from tests.programs import finding, pages

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]

FIRST = "(title) => document.querySelector('.hit h2 a')?.textContent === title"
HAS_FOCUS = "(text) => document.activeElement.textContent === text"


async def test_the_search_answers_while_one_types(stack, chromium):
    place = stack.call(pages.seen)
    stack.call(finding.build)
    url = stack.servers[0].url
    amara = await person(chromium, url, place["cookies"]["attendee"])
    await amara.goto(f"{url}/editions/{place['slug']}/")
    await amara.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    field = amara.get_by_role("searchbox")
    await until(amara, "document.activeElement.id === 'look-q'")
    await field.press_sequentially("corred")
    await until(amara, FIRST, "Corredores verdes contra el calor")
    assert amara.url.endswith("?q=corred") and await amara.locator(".hit mark").first.inner_text() == "Corredores"
    await field.fill("垃圾")
    await until(amara, FIRST, "社区垃圾分类")
    await field.fill("water")
    await until(amara, "document.querySelectorAll('.hit').length > 3")

    await field.press("ArrowDown")
    first = await amara.locator(".hit h2 a").first.text_content()
    await until(amara, HAS_FOCUS, first)
    await amara.keyboard.press("ArrowDown")
    await amara.keyboard.press("ArrowUp")
    await until(amara, HAS_FOCUS, first)
    await amara.keyboard.press("/")
    await until(amara, "document.activeElement.id === 'look-q'")
    await field.press("End")
    await field.press("/")
    assert await field.input_value() == "water/"

    await amara.get_by_role("link", name="Cases").click()
    assert "kind=case" in amara.url
    kinds = await amara.locator(".hit-kind").all_inner_texts()
    assert kinds and all("Case" in kind for kind in kinds)
    assert amara.errors == []

    plain = await chromium.new_context(java_script_enabled=False)
    page = await plain.new_page()
    await page.goto(f"{url}/search/")
    await page.get_by_role("searchbox").fill("<b>ônibus")
    await page.get_by_role("searchbox").press("Enter")
    assert await page.locator(".hit h2 a").first.text_content() == "Ônibus elétricos na linha verde"
    await plain.close()
