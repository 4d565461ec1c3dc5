"""A city finds a case in its own language, says that it is interested, meets the team, and runs it: the count rises."""

import asyncio

import pytest

from tests.browser.pages import person, until
from tests.programs import collaboration

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# language of the browser -> what is looked for, and "We are interested" and the like as the page says them
CITIES = {
    "zh-CN": ("树木", "我们有意向", "已在本市运行", "发送"),
    "es-ES": ("árboles", "Nos interesa", "Ya funciona aquí", "Enviar"),
}


async def press(page, name):
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=True).click()


async def taken_over(page, url, place, language):
    """Found by a word of one's own language; asked for; the team met; run."""
    look, interested, runs, send = CITIES[language]
    await page.goto(f"{url}/search/")
    await page.get_by_role("searchbox").press_sequentially(look)
    await until(page, "document.querySelector('.hit h2 a')?.textContent === 'Trees that cool a street'")
    await page.locator(".hit h2 a").first.click()
    await press(page, interested)
    await page.fill("#say-words", f"How deep? ({language})")
    await press(page, send)
    await page.locator("[href*='/meet/']").first.click()
    await page.locator("input[name=start]").first.wait_for()
    await page.go_back()
    async with page.expect_navigation():
        await page.locator("button[value=talk]").click()
    await page.fill("#adapt-words", f"Otherwise ({language})")
    async with page.expect_navigation():
        await page.locator("#adapt-words ~ button").click()
    await press(page, runs)


async def counted(page, url, place, asked, running):
    await page.goto(f"{url}/tomorrow/cases/{place['case']}/")
    text = " ".join((await page.locator("#taken-over").inner_text()).split())
    assert asked in text and running in text, text


async def test_two_cities_take_a_case_over(stack, chromium):
    place = await asyncio.to_thread(stack.call, collaboration.library)
    url = stack.servers[0].url
    anybody = await person(chromium, url, locale="en-GB")
    team = await person(chromium, url, place["team"], locale="en-GB")
    pages = {language: await person(chromium, url, place[language], locale=language, **PHONE) for language in CITIES}
    await counted(anybody, url, place, "0 cities asked", "0 run it")
    for number, (language, page) in enumerate(pages.items(), 1):
        await taken_over(page, url, place, language)
        asked = "1 city asked" if number == 1 else f"{number} cities asked"
        await counted(anybody, url, place, asked, f"{number} run" if number > 1 else "1 runs it")
    await team.goto(f"{url}/notices/")
    for words in ("is interested in it: Trees that cool a street", "runs it now: Trees that cool a street"):
        assert await team.get_by_text(words).count() == 2, words
    await team.get_by_role("link", name="Changsha").first.click()
    await team.get_by_text("How deep? (zh-CN)").wait_for()
    await team.fill("#say-words", "One metre.")
    await press(team, "Send")
    await pages["zh-CN"].goto(f"{url}/notices/")
    await pages["zh-CN"].get_by_role("link", name="Trees that cool a street").first.click()
    await pages["zh-CN"].get_by_text("One metre.").wait_for()
    assert [page.errors for page in (anybody, team, *pages.values())] == [[]] * 4
