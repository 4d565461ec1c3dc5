"""The programme in a browser: what it measures, how many taps lead somewhere, and the grid of wide screens."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.pages import followed, person, until
from tests.programs import programme

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
COVERED = """() => {
    const boxes = [...document.querySelectorAll(".grid-item")].map((item) => item.getBoundingClientRect());
    const columns = new Set(boxes.map((box) => Math.round(box.left)));
    const overlap = (a, b) => a.left === b.left && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return [columns.size, boxes.filter((a) => boxes.some((b) => a !== b && overlap(a, b))).length];
}"""  # columns of the grid, and sessions that cover another


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(programme.full)


async def opened(stack, place, chromium, query="", **options):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], **options)
    await page.goto(f"{url}/editions/{place['slug']}/{query}")
    await followed(page)
    return page


async def width(page):
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


async def test_a_phone_shows_the_list_by_700_pixels_in_rows_of_88(stack, place, chromium):
    page = await opened(stack, place, chromium, **PHONE)
    rows = await page.evaluate("[...document.querySelectorAll('#list .item')].map((row) => row.offsetHeight)")
    assert len(rows) > 30 and set(rows) == {88}
    assert await page.evaluate("document.querySelector('#list .item').getBoundingClientRect().top") <= 700
    assert await page.locator("#list .slot-head").first.inner_text() == "Now"
    assert await page.locator(".live-now .feature").count() == 2 and await width(page) == 0
    await page.locator("#list .item").nth(20).scroll_into_view_if_needed()
    heads = "[...document.querySelectorAll('.slot-head')].map((head) => Math.round(head.getBoundingClientRect().top))"
    assert 0 in await page.evaluate(heads)  # one sticks
    assert page.errors == []


@pytest.mark.parametrize("size", [(320, 640), (320, 256), (844, 390), (1280, 800)])  # 320 x 256 is 1280 at 400 %
async def test_no_size_loses_or_hides_anything(stack, place, chromium, size):
    page = await opened(stack, place, chromium, viewport={"width": size[0], "height": size[1]})
    assert await width(page) == 0
    lost = """[...document.querySelectorAll('main a, main button, main input, .city a')].filter((element) => {
        element.scrollIntoView({ block: "center", inline: "center" });
        const box = element.getBoundingClientRect();
        return element.checkVisibility() && (box.left < -1 || box.right > innerWidth + 1 || box.height < 16);
    }).map((element) => element.outerHTML)"""
    assert await page.evaluate(lost) == []


async def test_what_is_next_in_another_city_is_two_taps_away(stack, place, chromium):
    page = await opened(stack, place, chromium, **PHONE)
    city = page.locator(".city", has_text="Shanghai")
    assert "Next" in await city.inner_text()
    await city.locator(".city-head a").tap()
    await page.wait_for_url("**city=*")
    group = page.locator("#list .slot", has_text="Next")
    assert "Shanghai" in await group.locator(".item").first.inner_text()
    assert await page.locator("#list").get_attribute("data-clock-of") == "Asia/Shanghai"
    title = await group.locator("h3 a").first.inner_text()
    await group.locator("h3 a").first.tap()
    await page.wait_for_url("**/sessions/**")
    assert await page.locator("h1").inner_text() == title


async def test_one_clock_the_citys_or_ones_own(stack, place, chromium):
    page = await opened(stack, place, chromium, **PHONE)
    time = page.locator("#list .item time").last
    moment = await time.get_attribute("datetime")
    options = "{timeZone: zone, timeStyle: 'short', hourCycle: 'h23'}"
    at = f"(zone) => new Date('{moment}').toLocaleTimeString('en', {options})"
    assert await time.inner_text() == await page.evaluate(at, place["zone"])
    await page.get_by_role("button", name="My time").tap()
    assert await time.inner_text() == await page.evaluate(at, "America/Sao_Paulo")
    await page.reload()
    await followed(page)
    assert await time.inner_text() == await page.evaluate(at, "America/Sao_Paulo")
    await page.locator(".facet", has_text="Shanghai").tap()
    await until(page, "document.querySelector('#list').dataset.clockOf === 'Asia/Shanghai'")
    assert await page.get_by_role("button", name="My time").get_attribute("aria-pressed") == "true"
    assert page.errors == []


async def test_what_has_ended_opens_and_filters_come_in_a_sheet(stack, place, chromium):
    page = await opened(stack, place, chromium, **PHONE)
    shown = await page.locator("#list .item").count()
    await page.locator(".fold summary").tap()
    await page.locator(".fold .item").first.wait_for()
    assert await page.locator("#list .item").count() > shown
    await page.get_by_role("link", name="Filters").tap()
    await page.get_by_label("Stage").wait_for()
    assert await page.evaluate("document.activeElement.tagName") == "SELECT"
    found = (await Axe().run(page)).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    await page.get_by_label("Stage").select_option(label="Bund")
    await until(page, "![...document.querySelectorAll('#list .item-place')].some((p) => p.innerText.includes('Agora'))")
    await page.keyboard.press("Escape")
    assert await page.get_by_label("Stage").count() == 0
    assert await page.evaluate("'sheetOpen' in document.activeElement.dataset")
    assert page.errors == []


async def test_a_desktop_has_a_grid_of_stages_and_hours(stack, place, chromium):
    page = await opened(stack, place, chromium, **DESKTOP)
    await page.get_by_role("button", name="Grid").click()
    await page.locator(".grid-item").first.wait_for()
    stages = await page.locator(".grid-stage").all_inner_texts()
    assert stages == ["", "Barcelona · Agora", "Shanghai · Bund"]
    boxes = await page.evaluate(COVERED)
    assert boxes == [5, 0]  # two at once on each stage, once three: side by side
    assert await page.locator("#list > .slot").first.is_hidden() and await width(page) == 0
    found = (await Axe().run(page)).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    await page.get_by_role("button", name="List").click()
    assert await page.locator("#list > .slot").first.is_visible() and page.errors == []


async def test_back_shows_the_grid_as_it_was_and_the_filters_still_open(stack, place, chromium):
    page = await opened(stack, place, chromium, **DESKTOP)
    await page.get_by_role("button", name="Grid").click()
    await page.locator(".grid-stage", has_text="Bund").wait_for()
    await page.locator("#list .days").get_by_role("link", name="Barcelona", exact=True).click()
    await page.wait_for_url("**city=*")
    await page.locator(".grid-stage", has_text="Bund").wait_for(state="detached")
    await page.locator(".grid-stage", has_text="Agora").wait_for()
    await page.go_back()
    await page.locator(".grid-stage", has_text="Bund").wait_for()
    await followed(page)
    assert "city=" not in page.url and page.errors == []
    await page.get_by_role("button", name="List").click()
    assert await page.locator(".grid-stage").count() == 0
    await page.get_by_role("link", name="Filters").click()
    await page.locator("#sheet select").first.wait_for()
    await page.keyboard.press("Escape")
    await page.locator("#sheet select").first.wait_for(state="detached")


async def test_talks_of_two_minutes_stand_side_by_side(stack, chromium):
    page = await opened(stack, stack.call(programme.lightning), chromium, **DESKTOP)
    await page.get_by_role("button", name="Grid").click()
    await page.locator(".grid-item", has_text="In two minutes").last.wait_for()
    assert (await page.evaluate(COVERED))[1] == 0


async def test_without_scripts_everything_is_reached_by_links(stack, place, chromium):
    page = await person(chromium, stack.servers[0].url, java_script_enabled=False, **PHONE)
    await page.goto(f"{stack.servers[0].url}/editions/{place['slug']}/")
    await page.locator(".fold summary").tap()
    await page.locator(".fold a").tap()
    await page.wait_for_url("**show=all*")
    assert await page.locator(".fold").count() == 0
    await page.locator(".rest a").tap()
    await page.wait_for_url("**after=*")
    await page.locator("#list .item").first.wait_for()
    await page.get_by_role("link", name="Filters").tap()
    await page.get_by_label("Stage").select_option(label="Bund")
    await page.get_by_role("button", name="Show").tap()
    await page.wait_for_url("**stage=*")
    assert "Agora" not in " ".join(await page.locator("#list .item-place").all_inner_texts())


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_menu_leads_to_what_there_is_around_the_sessions(stack, place, chromium, options):
    """It is asked for when the menu is about to open, and again when it did not come."""
    page = await opened(stack, place, chromium, **options)
    menu = page.locator(".top [data-menu] summary").locator("visible=true").first
    await page.route("**/places/", lambda route: route.abort())
    await menu.click()
    await page.keyboard.press("Escape")
    await page.unroute("**/places/")
    await menu.click()
    link = page.locator(".top [data-menu][open]").get_by_role("link", name="Tomorrow.City")
    await link.click()
    await page.wait_for_url("**/tomorrow/")
    assert page.errors == []
