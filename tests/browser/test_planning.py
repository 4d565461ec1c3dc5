"""An organiser moves a session by keyboard and by hand, and releases it: who has the programme open sees it."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import pages

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


BEGINS = "([key, time]) => document.querySelector(`#${key} .plan-time`)?.textContent.startsWith(time)"
FOCUSED = "(key) => document.activeElement.closest('[data-move]')?.id === key"


async def test_a_move_is_drafted_released_and_seen_without_reload(stack, chromium):
    place = stack.call(pages.seen)
    url, planning = stack.servers[0].url, f"/editions/{place['slug']}/planning/"
    organiser = await person(chromium, url, place["cookies"]["organiser"])
    visitor = await person(chromium, url)
    watcher = await person(chromium, url, place["cookies"]["attendee"])
    key = f"s{place['other_session']}"

    await organiser.goto(f"{url}{planning}sessions/{key}/move/")
    await organiser.fill("[name=hour]", "12:30")
    await organiser.click("main button[type=submit]")
    await until(organiser, BEGINS, [key, "12:30"])
    await until(organiser, FOCUSED, key)
    async with organiser.expect_navigation():
        await organiser.keyboard.press("Alt+ArrowDown")
    await until(organiser, BEGINS, [key, "13:30"])
    await until(organiser, FOCUSED, key)
    cell = organiser.locator(f"td[data-hour='15:00'][data-stage='{place['other_stage']}']")
    async with organiser.expect_navigation():
        await organiser.locator(f"#{key}").drag_to(cell)
    await until(organiser, BEGINS, [key, "15:30"])

    await organiser.goto(f"{url}{planning}sessions/{key}/")
    await organiser.fill("[name=title]", "Grids that answer")
    await organiser.click("main form.plan-form button[type=submit]")
    await visitor.goto(f"{url}/editions/{place['slug']}/?day={place['other_day']}")
    await watcher.goto(f"{url}/sessions/{place['other_session']}/")
    for page in (visitor, watcher):
        await followed(page)
    assert "Grids that answer" not in await visitor.inner_text("main")
    await organiser.goto(f"{url}{planning}release/")
    await organiser.fill("[name=comment]", "The hall is free later")
    await organiser.click("main form.plan-release button[type=submit]")
    await organiser.click("main form.plan-release button[name=sure]")
    await until(visitor, "document.getElementById('released').textContent.includes('has changed')")
    await until(visitor, "document.querySelector('#list').textContent.includes('Grids that answer')")
    await until(watcher, "document.querySelector('h1').textContent.includes('Grids that answer')")
    assert "The hall is free later" in await organiser.inner_text("main")
    for page in (organiser, visitor, watcher):
        assert page.errors == []


async def test_the_grid_scrolls_inside_itself_and_keeps_stages_and_hours_in_sight(stack, chromium):
    place = stack.call(pages.seen)
    url, planning = stack.servers[0].url, f"/editions/{place['slug']}/planning/"
    page = await person(chromium, url, place["cookies"]["organiser"], viewport={"width": 390, "height": 500})
    await page.goto(f"{url}{planning}?day={place['other_day']}")
    away = """() => {
      const box = document.querySelector(".plan-scroll");
      const at = (selector) => box.querySelector(selector).getBoundingClientRect();
      const before = [at("thead th:last-child").y, at("tbody tr:last-child th").x];
      box.scrollTo(300, 300);
      const after = [at("thead th:last-child").y, at("tbody tr:last-child th").x];
      return [box.scrollTop > 0, box.scrollHeight > box.clientHeight, before.join() === after.join()];
    }"""
    assert await page.evaluate(away) == [True, True, True]
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth") and page.errors == []
