"""From nothing to a published programme of two cities with different clocks, by the pages alone."""

from datetime import date, timedelta

import pytest

from tests import servers
from tests.browser.pages import followed, person, until
from tests.programs import planning
from tests.shell import Shell

pytestmark = pytest.mark.browser
DAY = date.today() + timedelta(days=30)
CITIES = {"Lisbon": "Europe/Lisbon", "Nairobi": "Africa/Nairobi"}


@pytest.fixture
def empty():
    """An installation with one operator, as README makes one, and nothing else: its server and their cookie."""
    with servers.folder() as home:
        env = servers.environment(home)
        server, shell = servers.start_app(env, home, fork=True), Shell(env)
        try:
            yield server.url, shell.call(planning.operator, {})
        finally:
            shell.stop()
            servers.stop_all([server.process])


async def press(page, name, scope="main"):
    async with page.expect_navigation():
        await page.locator(scope).get_by_role("button", name=name, exact=True).click()


async def follow(page, name, scope="main"):
    async with page.expect_navigation():
        await page.locator(scope).get_by_role("link", name=name).first.click()


async def add_session(page, title, stage, hour, another):
    await page.get_by_label("Title").fill(title)
    await page.locator("[name=stage]").select_option(label=stage)
    await page.locator("[name=hour]").fill(hour)
    await page.get_by_label("Speakers, one in a line").fill("Amina Okoro – Metro Nairobi")
    await press(page, "Save and add another" if another else "Save")


async def test_two_cities_are_planned_and_published_without_the_shell(empty, chromium):
    url, cookie = empty
    page = await person(chromium, url, cookie)
    await page.goto(url)
    assert "No edition yet" in await page.inner_text("main")
    await page.get_by_text("Manage", exact=True).click()
    await follow(page, "New edition", "header")
    await page.get_by_label("Name", exact=True).fill("Two Rivers")
    await page.get_by_label("First day").fill(DAY.isoformat())
    await page.get_by_label("Last day").fill(DAY.isoformat())
    await page.locator("[name=city]").fill("Lisbon")
    await page.locator("[name=timezone]").fill(CITIES["Lisbon"])
    await press(page, "Make the edition")

    await follow(page, "Add the first stage")
    await page.get_by_label("Name", exact=True).fill("Tejo")
    await press(page, "Save")
    await follow(page, "New stage")
    await follow(page, "A city that is not in the list")
    await page.get_by_label("Name", exact=True).fill("Nairobi")
    await page.locator("[name=timezone]").fill(CITIES["Nairobi"])
    await press(page, "Save")
    assert await page.locator("[name=host_city] option:checked").inner_text() == "Nairobi"
    await page.get_by_label("Name", exact=True).fill("Athi")
    await press(page, "Save")

    await follow(page, "Programme")
    await follow(page, "New session")
    stages = {
        text.split(",")[0].split(" ")[0]: text for text in await page.locator("[name=stage] option").all_inner_texts()
    }
    await add_session(page, "Water at night", stages["Tejo"], "10:00", another=True)
    await add_session(page, "Trams at noon", stages["Athi"], "15:30", another=False)
    await follow(page, "Checks")
    assert "Water at night" in await page.inner_text("main")  # no stream, no moderator: it says so
    visitor = await person(chromium, url)
    await visitor.goto(url)
    await followed(visitor)
    assert "Water at night" not in await visitor.inner_text("main")
    await follow(page, "Release")
    await page.locator("[name=comment]").fill("The first programme")
    await press(page, "Release version 1…")
    await press(page, "Release version 1")

    await visitor.goto(f"{url}/?day={DAY.isoformat()}")
    for title in ("Water at night", "Trams at noon"):
        await until(visitor, f"document.querySelector('main').innerText.includes('{title}')")
    await visitor.get_by_role("link", name="Trams at noon").first.click()
    await until(visitor, "document.querySelector('h1').innerText.includes('Trams at noon')")
    text = await visitor.inner_text("main")
    assert "15:30" in text and "Nairobi" in text and "Amina Okoro" in text
    assert page.errors == visitor.errors == []
