"""The main paths in real browsers against a real server."""

import asyncio
import re

import pytest
from axe_playwright_python.async_playwright import Axe

from tests import world
from tests.browser.pages import followed, person, script, until, without_link, without_posts
from tests.live.test_socket import send
from tests.programs import chat, sessions
from tests.proxy import Proxy

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


async def say(page, text):
    await page.locator("#chat-text").fill(text)
    await page.locator("#chat-text").press("Enter")


async def texts(page):
    return await page.locator("#messages .message-text").all_inner_texts()


async def test_a_message_typed_in_one_browser_is_in_the_other(stack, place, chromium):
    path = f"/sessions/{place['session']}/"
    one = await person(chromium, stack.servers[0].url, place["cookies"]["attendee"], **PHONE)
    other = await person(chromium, stack.servers[-1].url, place["cookies"]["speaker"])
    await one.goto(stack.servers[0].url + path)
    await other.goto(stack.servers[-1].url + path)
    await followed(one)
    await followed(other)
    await say(one, "Bon dia from Lagos <b>&")
    await other.get_by_text("Bon dia from Lagos <b>&", exact=True).wait_for()
    await until(one, "!document.querySelector('.message.pending')")
    assert (await texts(one)).count("Bon dia from Lagos <b>&") == 1
    await say(other, "Ni hao")
    await one.get_by_text("Ni hao", exact=True).wait_for()
    assert one.errors == other.errors == []


async def test_a_status_change_reaches_session_and_programme_page(stack, place, chromium):
    url, session = stack.servers[0].url, place["other_session"]
    moderator = await person(chromium, url, place["cookies"]["moderator"])
    watcher = await person(chromium, stack.servers[-1].url, place["cookies"]["attendee"], **PHONE)
    browsing = await person(chromium, url)
    await moderator.goto(f"{url}/sessions/{session}/")
    await watcher.goto(f"{stack.servers[-1].url}/sessions/{session}/")
    await browsing.goto(f"{url}/editions/{place['slug']}/?day={place['other_day']}")
    await followed(watcher)
    await followed(browsing)
    await browsing.evaluate("document.body.dataset.same = 'page'")
    await moderator.get_by_role("button", name="Prepare to start").click()
    await moderator.get_by_role("button", name="Go live").click()
    await watcher.locator(f"#state-{session} .status-live").wait_for()
    await browsing.locator(f"#item-{session} .status-live").wait_for()
    await browsing.locator("#live-now").get_by_text("Grids that listen").wait_for()
    await browsing.locator("#on-air").get_by_text("Grids that listen").wait_for()
    await moderator.get_by_role("button", name=re.compile("Undo")).click()
    await watcher.locator(f"#state-{session} .status-starting").wait_for()
    assert await browsing.evaluate("document.body.dataset.same") == "page"
    assert moderator.errors == watcher.errors == browsing.errors == []


def step(stack, session, action, **told):
    """Let a moderator take a step of the session's status."""
    stack.call(sessions.take_step, session=session, action=action, values=told)


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
async def test_a_phone_shows_title_and_state_with_the_reason_at_once(stack, chromium, width, height):
    place = stack.call(sessions.long_title)
    url, session = stack.servers[0].url, place["session"]
    viewport = {"width": width, "height": height}
    page = await person(chromium, url, place["cookies"]["attendee"], viewport=viewport)
    await page.goto(f"{url}/sessions/{session}/")
    await followed(page)
    line, note = page.locator(".watch-line"), page.locator(".poster-note")
    steps = [
        ("delay", {"delay": 60, "reason": "The train is late."}, "Delayed", "Delayed to"),
        ("prepare", {}, "Starting", "in a moment"),
        ("go_live", {}, "Live", ""),
        ("pause", {"reason": "A fire alarm."}, "Paused", "goes on here by itself"),
    ]
    for action, told, shown, why in steps:
        await asyncio.to_thread(step, stack, session, action, **told)
        await line.get_by_text(shown, exact=True).wait_for()
        assert await note.is_visible() == bool(why)
        assert why in await note.inner_text() and told.get("reason", "") in await note.inner_text()
        if action == "prepare":  # until then the text stands before the panel
            before = await page.evaluate(script("boxes"))
            assert before[".watch-line"]["bottom"] <= before[".screen"]["top"] < before[".tabs"]["top"]
            assert before[".watch-line"]["height"] <= 44 >= before[".tabs"]["height"]  # one line each
            assert before[".composer"]["bottom"] <= max(height, 700)
        if action == "go_live":
            await page.evaluate("document.querySelector('video').dataset.same = 'stream'")
    assert await page.locator("video").get_attribute("data-same") == "stream"  # a pause does not begin it anew
    other = await person(chromium, url, viewport=viewport)
    await other.goto(f"{url}/sessions/{place['other_session']}/")
    await followed(other)
    await asyncio.to_thread(step, stack, place["other_session"], "cancel", reason="The speaker is ill.")
    await other.locator(".poster-note", has_text="cancelled").get_by_text("The speaker is ill.").wait_for()
    assert await page.evaluate(script("boxes")) == before and page.errors == other.errors == []


@pytest.mark.parametrize("stack", ["full"], indirect=True)
async def test_thirty_messages_written_during_twenty_seconds_without_connection(stack, place, chromium):
    session = place["session"]
    async with Proxy(stack.servers[0].port) as proxy:
        page = await person(chromium, f"http://localhost:{proxy.port}", place["cookies"]["attendee"], **PHONE)
        await page.goto(f"http://localhost:{proxy.port}/sessions/{session}/")
        await followed(page)
        proxy.dark = True
        await page.locator("#chat-text").fill("A draft that stays")
        expected = [f"missed {number}" for number in range(30)]
        await asyncio.gather(asyncio.sleep(20), asyncio.to_thread(send, stack, place, f"session:{session}", expected))
        assert "lost" in await page.locator("#live-state").inner_text()
        proxy.dark = False
        await page.get_by_text("missed 29", exact=True).wait_for(timeout=40_000)
        assert [text for text in await texts(page) if text.startswith("missed")] == expected
        assert await page.locator("#chat-text").input_value() == "A draft that stays"
        await page.reload()
        assert await page.locator("#chat-text").input_value() == "A draft that stays"


async def test_a_message_that_could_not_be_sent_says_so_and_is_sent_again(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"])
    await without_posts(page)
    await without_link(page)  # for the whole test: nothing is sent again by itself
    await page.goto(f"{url}/sessions/{place['session']}/")
    await say(page, "From the tunnel")
    failed = page.locator(".message.failed")
    await failed.get_by_text("Not sent").wait_for()
    await page.reload()  # still there, still not sent
    await failed.get_by_text("Not sent").wait_for()
    await page.unroute("**/chat/")
    await failed.get_by_role("button", name="Send again").click()
    await until(page, "!document.querySelector('.message.pending')")
    assert (await texts(page)).count("From the tunnel") == 1


async def test_a_message_is_sent_by_itself_when_the_link_is_back(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"])
    await without_posts(page)
    await without_link(page)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await say(page, "Out of the tunnel")
    await page.locator(".message.failed").get_by_text("Not sent").wait_for()
    again = await page.context.new_page()  # the same outbox, and a link
    await page.close()
    await again.goto(f"{url}/sessions/{place['session']}/")
    await again.get_by_text("Out of the tunnel", exact=True).wait_for()
    await until(again, "!document.querySelector('.message.pending')")
    assert (await texts(again)).count("Out of the tunnel") == 1


async def test_messages_go_up_the_live_link_when_there_is_one(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"])
    await without_posts(page)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    for number in range(3):
        await say(page, f"Up the link {number}")
    await until(page, "!document.querySelector('.message.pending')")
    found = [text for text in await texts(page) if text.startswith("Up the link")]
    assert found == [f"Up the link {number}" for number in range(3)]


@pytest.mark.parametrize("linked", [True, False])
async def test_a_refused_message_shows_what_to_do_and_is_not_sent_again_by_itself(stack, place, chromium, linked):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], viewport={"width": 390, "height": 844})
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.on(
        "websocket", lambda socket: socket.on("framesent", lambda text: sent.append(text) if "say" in text else None)
    )
    if not linked:
        await without_link(page)
    await page.goto(f"{url}/sessions/{place['session']}/")
    if linked:
        await followed(page)
    await asyncio.to_thread(stack.call, chat.block, edition=place["edition"], terms="heck")
    await say(page, "What the heck\n" + "is this " * 60)
    failed = page.locator(".message.failed")
    await failed.get_by_text("do not allow").wait_for()
    for _ in range(2):  # then after a reload
        again = await failed.get_by_role("button", name="Send again").bounding_box()
        box = await page.locator(".chat-scroll").bounding_box()
        assert box["y"] <= again["y"] and again["y"] + again["height"] <= box["y"] + box["height"]
        assert len(sent) == 1
        await page.reload()
        await failed.wait_for()
        if linked:
            await followed(page)
        await page.wait_for_timeout(500)
    await asyncio.to_thread(stack.call, chat.block, edition=place["edition"], terms="")
    await failed.get_by_role("button", name="Send again").click()
    await until(page, "!document.querySelector('.message.pending')")
    assert len(sent) == 2 and page.errors == []


@pytest.mark.parametrize(("lost", "by_http"), [('"say"', 1), ('"reply"', 0)])
async def test_a_message_without_a_reply_is_there_once(stack, place, chromium, lost, by_http):
    """When the link swallows what is said it goes by HTTP; when it swallows the reply, the echo is the answer."""
    url = stack.servers[0].url

    def deaf(socket):
        server = socket.connect_to_server()
        server.on_message(lambda text: None if lost in text else socket.send(text))
        socket.on_message(lambda text: None if lost in text else server.send(text))

    page = await person(chromium, url, place["cookies"]["attendee"])
    await page.route_web_socket("**/live/**", deaf)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    words = f"Without {lost}"
    await say(page, words)
    await page.wait_for_timeout(5_500)
    await until(page, "!document.querySelector('.message.pending')")
    assert (await texts(page)).count(words) == 1 and len(posts) == by_http


async def test_older_messages_come_when_one_scrolls_up(stack, place, chromium):
    session = place["other_session"]
    everything = [f"line {number}" for number in range(120)]
    await asyncio.to_thread(send, stack, place, f"session:{session}", everything)
    page = await person(chromium, stack.servers[0].url, place["cookies"]["attendee"], **PHONE)
    await page.goto(f"{stack.servers[0].url}/sessions/{session}/")
    await page.get_by_text("line 119", exact=True).wait_for()
    assert len(await texts(page)) == 50
    for count in (100, 120):
        await page.locator(".chat-scroll").evaluate("box => box.scrollTop = 0")
        await until(page, "count => document.querySelectorAll('#messages .message').length >= count", count)
    assert [text for text in await texts(page) if text.startswith("line")] == everything


@pytest.mark.parametrize("role", ["", "attendee", "moderator"])
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)  # what a page looks like does not depend on it
@pytest.mark.parametrize("size", [(320, 640), (1280, 800)])
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(stack, place, chromium, role, size):
    url = stack.servers[0].url
    width, height = size
    cookie = place["cookies"].get(role, "")
    page = await person(chromium, url, cookie, viewport={"width": width, "height": height}, bypass_csp=True)
    pages = ["people/enter/", f"editions/{place['slug']}/", f"sessions/{place['session']}/", "nowhere/"]
    for path in [*pages, f"speakers/{place['speaker_page']}/"]:
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            await page.goto(f"{url}/{path}")
            found = (await Axe().run(page)).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], (path, scheme)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_overrunning_and_the_viewers_own_time_show_by_themselves(stack, place, chromium):
    stack.call(sessions.end_soon, session=place["session"])
    page = await person(chromium, stack.servers[0].url)
    await page.goto(f"{stack.servers[0].url}/sessions/{place['session']}/?whole=1")  # no copy of before
    overrun = page.locator(".state .overrun")
    assert not await overrun.is_visible()
    await overrun.wait_for(state="visible")
    assert "your time" in await page.locator(".when .yours").inner_text()
