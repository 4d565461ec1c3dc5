"""A real video plays, and what was written comes along; a jump shows at once what stands there."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import replaying

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
SHOWN = "[...document.querySelectorAll('[data-replay-list] .message-text')].map((line) => line.textContent.trim())"


async def watching(stack, chromium, role="attendee", more="", **options):
    place = stack.call(replaying.recorded)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"][role], viewport={"width": 1280, "height": 800}, **options)
    await page.goto(f"{url}/sessions/{place['session']}/{more}")
    await until(page, "player.started()")
    return page, place


async def seek(page, place):
    await page.evaluate("(there) => { player.video.pause(); player.seek(there); }", place)


async def test_what_was_written_comes_along_and_a_jump_shows_what_stands_there(stack, chromium):
    page, place = await watching(stack, chromium)
    await page.evaluate("player.video.play()")
    await until(page, f"{SHOWN}.join() === 'Written at 1,Written at 4'")
    assert await page.evaluate("player.video.currentTime") >= 4, "not before its time"
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/replay/?" in request.url else None)
    await seek(page, 10)
    await until(page, f"{SHOWN}.join() === 'Written at 1,Written at 4,Written at 9'")
    await seek(page, 2)
    await until(page, f"{SHOWN}.join() === 'Written at 1'")
    assert asked == [], "it had come before"
    await page.get_by_text("Chapters").click()
    await page.locator(".replay-places").get_by_text("Brought on stage").click()
    await until(page, "player.video.currentTime >= 6 && player.video.currentTime < 8")
    await until(page, "document.querySelector('[data-replay-list] .replay-staged')")
    await page.locator("summary").filter(has_text="Afterwards").click()
    await page.get_by_role("tabpanel", name="Replay").get_by_text("Written later").wait_for()
    assert "Written later" not in await page.evaluate(SHOWN) and page.errors == []


async def test_a_link_goes_to_its_moment_and_what_is_removed_leaves(stack, chromium):
    page, place = await watching(stack, chromium, more="?t=0m9s")
    await until(page, "player.video.currentTime >= 9")
    await until(page, f"{SHOWN}.includes('Written at 9')")
    await seek(page, 9.5)
    await followed(page)
    stack.call(replaying.remove, message=place["messages"]["4"], moderator=place["people"]["moderator"])
    await until(page, f"{SHOWN}.join() === 'Written at 1,Written at 9'")


async def test_who_scrolls_up_reads_and_the_team_sets_chat_and_picture_in_step(stack, chromium):
    page, place = await watching(stack, chromium, "moderator")
    follow = page.get_by_role("button", name="Follow the picture")
    await follow.click()
    assert await follow.get_attribute("aria-pressed") == "false"
    await seek(page, 5)
    await until(page, f"{SHOWN}.join() === 'Written at 1,Written at 4'")
    await page.get_by_text("Set chat and picture in step").click()
    await page.locator("#replay-offset").fill("3")
    await until(page, f"{SHOWN}.join() === 'Written at 1'")
    await page.get_by_role("button", name="Keep it for everybody").click()
    for _ in range(100):
        if stack.call(replaying.offset, session=place["session"]) == 3:
            break
        await page.wait_for_timeout(50)
    assert stack.call(replaying.offset, session=place["session"]) == 3
    await until(page, "player.recorded().offset === 3")
    await page.wait_for_timeout(1000)
    assert await page.evaluate(SHOWN) == ["Written at 1"], "it is not moved twice"


async def test_it_needs_no_socket_and_says_when_a_part_does_not_come(stack, chromium):
    place = stack.call(replaying.recorded)
    url = stack.servers[0].url
    page = await person(chromium, url, viewport={"width": 390, "height": 844})
    await page.route_web_socket("**/live/**", lambda socket: socket.close(code=1011))
    await page.route("**/replay/?*", lambda route: route.abort())
    await page.goto(f"{url}/sessions/{place['session']}/")
    await page.get_by_text("This part could not be fetched.").wait_for()
    await page.unroute("**/replay/?*")
    await page.get_by_role("button", name="Try again").click()
    await until(page, f"{SHOWN}.includes('Written at 1')")
