"""The control room and the pages of a stage in real browsers: a delay reaches everybody without a reload, and goes."""

import re
from datetime import datetime
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import show

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


@pytest.fixture
def place(stack):
    return stack.call(show.late)


async def opened(chromium, stack, path, cookie="", **options):
    page = await person(chromium, stack.servers[0].url, cookie, **options)
    await page.goto(stack.servers[0].url + path)
    await followed(page)
    return page


async def text(page, selector):
    return (await page.locator(selector).first.inner_text()).strip()


def sequence(url, place):
    """What a fetched calendar says of the third session: SEQUENCE and start."""
    with urlopen(f"{url}/editions/{place['slug']}/calendar.ics") as answer:
        text = answer.read().decode()
    event = next(part for part in text.split("BEGIN:VEVENT") if "Shade at one" in part)
    return int(re.search(r"SEQUENCE:(\d+)", event)[1]), re.search(r"DTSTART[^:]*:(\S+)", event)[1]


def shown(stack, session, zone="Europe/Madrid"):
    """When a session begins, as the clock of its city shows it, or of another zone."""
    begin = datetime.fromisoformat(stack.call(show.begin_of, session=session))
    return begin.astimezone(ZoneInfo(zone)).strftime("%H:%M")


async def test_a_delay_and_its_ripple_reach_everybody_and_are_taken_back(stack, place, chromium):
    cookies, room, url = place["cookies"], f"/editions/{place['slug']}/control/", stack.servers[0].url
    organiser = await opened(chromium, stack, room, cookies["organiser"])
    moderator = await opened(chromium, stack, room, cookies["moderator"])
    amara = await opened(chromium, stack, f"/editions/{place['slug']}/agenda/", cookies["attendee"])
    attendee = await opened(chromium, stack, f"/sessions/{place['third']}/", cookies["attendee"])
    monitor, screen = [await opened(chromium, stack, place[page]) for page in ("monitor", "screen")]
    pages = [organiser, moderator, amara, attendee, monitor, screen]
    for page in pages:
        await page.evaluate("document.body.dataset.same = 'page'")
    hers, next_up = shown(stack, place["third"], show.FAR), await text(monitor, ".monitor-next")
    assert hers in await text(amara, "#agenda") and show.FAR in await text(amara, "main")
    before, feed, row = shown(stack, place["third"]), sequence(url, place), f"#row-{place['stage']}"
    said = await text(organiser, row)
    assert "2 sessions will begin up to 12 min later" in said and "+12:00" in said
    assert await organiser.locator(".stage-row").first.get_attribute("id") == row[1:]  # it needs somebody
    assert await moderator.locator(f"{row} .row-offer button").count() == 0

    await organiser.locator(row).get_by_role("link", name="More").click()
    await organiser.get_by_role("dialog").get_by_role("button", name="+15 min").click()
    await organiser.get_by_role("dialog").wait_for(state="hidden")
    await until(organiser, f"document.querySelector('{row}').textContent.includes('1 session will begin 15 min later')")
    await until(monitor, f"document.body.innerText.includes('{shown(stack, place['second'])}')")
    await organiser.locator(f"{row} .row-offer").get_by_role("button", name="Publish").click()
    take_back = organiser.get_by_role("button", name="Take the published delays back")
    await take_back.wait_for()
    after = shown(stack, place["third"])
    assert after != before and sequence(url, place)[0] == feed[0] + 1
    await until(attendee, "document.body.innerText.includes('Delayed')")
    await until(amara, "document.getElementById('agenda').textContent.includes('moved 15 min')")
    later = shown(stack, place["third"], show.FAR)
    assert later not in (after, hers)
    await until(amara, f"document.getElementById('agenda').textContent.includes('{later}')")
    await until(screen, f"document.body.innerText.includes('{after}')")
    await take_back.click()
    await until(attendee, "!document.body.innerText.includes('Delayed')")
    await until(screen, f"document.body.innerText.includes('{before}')")
    assert sequence(url, place) == (feed[0] + 2, feed[1])
    await organiser.locator(row).get_by_role("link", name="More").click()
    await organiser.get_by_role("dialog").get_by_role("button", name="Undo “Delay”").click()
    await until(
        moderator, f"document.querySelector('{row}').textContent.includes('2 sessions will begin up to 12 min later')"
    )
    await until(amara, "!document.getElementById('agenda').textContent.includes('moved')")
    await until(amara, f"document.getElementById('agenda').textContent.includes('{hers}')")
    assert later not in await text(amara, "#agenda")
    await until(monitor, "(text) => document.querySelector('.monitor-next').innerText.trim() === text", next_up)
    for page in pages:
        assert await page.evaluate("document.body.dataset.same") == "page" and page.errors == []


async def test_rows_do_not_move_under_the_pointer(stack, place, chromium):
    page = await opened(chromium, stack, f"/editions/{place['slug']}/control/", place["cookies"]["organiser"])
    other = page.locator(f"#row-{place['other_stage']}")
    order = "[...document.querySelectorAll('[data-row]')].map(row => row.dataset.row).join()"
    first = await page.evaluate(order)
    # A look at the whole after the join, and at a row whose time has come, would draw the rows anew.
    await page.route("**/control/", lambda route: route.abort())
    await page.route("**/row/", lambda route: route.abort())
    await other.hover()
    urgent = f"document.getElementById('row-{place['other_stage']}').dataset.urgency = 3"
    calm = f"document.getElementById('row-{place['stage']}').dataset.urgency = 0"
    await until(page, f"{urgent}, {calm}, !document.querySelector('[data-rise]').hidden")
    button = page.get_by_role("button", name="One row needs you")
    assert await page.evaluate(order) == first
    await button.click()
    assert await page.evaluate(order) == ",".join(reversed(first.split(",")))
    await page.mouse.move(0, 0)
    await page.keyboard.press("ArrowDown")
    assert await page.evaluate("!!document.activeElement.closest('[data-row]')")
    assert page.errors == []


async def test_the_caller_s_keys_and_line_reach_the_monitor(stack, place, chromium):
    caller = await opened(chromium, stack, f"/stages/{place['stage']}/caller/", place["cookies"]["moderator"])
    monitor = await opened(chromium, stack, place["monitor"])
    left = "Date.parse(document.querySelector('.time-left').dataset.until)"
    before = await monitor.evaluate(left)
    await caller.keyboard.press("+")
    await until(monitor, f"{left} === {before + 60_000}")
    room = f"/editions/{place['slug']}/control/"
    organiser = await opened(chromium, stack, room, place["cookies"]["organiser"])
    row = organiser.locator(f"#row-{place['stage']}")
    await row.get_by_role("link", name="More").click()
    dialog = organiser.get_by_role("dialog")
    await dialog.get_by_label("To who is on stage").fill("Come to an end")
    await organiser.keyboard.press("Enter")
    await monitor.get_by_text("Come to an end").wait_for()
    await dialog.wait_for(state="hidden")
    await caller.get_by_label("To who is on stage").fill("Two minutes")
    await caller.keyboard.press("Enter")
    await monitor.get_by_text("Two minutes").wait_for()
    await caller.get_by_text("not read yet").wait_for()
    await monitor.keyboard.press("PageDown")
    await until(monitor, "!document.querySelector('.monitor-message')")
    await caller.get_by_text("read", exact=True).wait_for()
    await caller.get_by_role("button", name="Darken the monitor").click()
    await until(monitor, "!document.querySelector('.time-left')")
    await caller.get_by_role("button", name="Light the monitor").click()
    await until(monitor, "!!document.querySelector('.time-left')")
    await caller.evaluate("document.activeElement.blur()")
    await caller.keyboard.press("Space")
    await until(monitor, "document.body.innerText.includes('Agora')")  # nothing is on
    assert caller.errors == monitor.errors == organiser.errors == []
