"""What the page does when something goes wrong around it: too much missed, two tabs, an answer before the event."""

import asyncio

import pytest

from tests import world
from tests.browser.pages import followed, person, until, without_link, without_posts
from tests.browser.test_story import say, texts
from tests.live.test_socket import send
from tests.proxy import Proxy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


async def test_a_page_that_missed_too_much_is_shown_afresh_even_if_that_fails_at_first(stack, place, chromium):
    session = place["session"]
    async with Proxy(stack.servers[0].port) as proxy:
        page = await person(chromium, f"http://localhost:{proxy.port}", place["cookies"]["attendee"])
        await page.goto(f"http://localhost:{proxy.port}/sessions/{session}/")
        await followed(page)
        refused = []

        async def once_refused(route):
            if route.request.resource_type == "fetch" and not refused:
                refused.append(route.request.url)
                await route.fulfill(status=503, body="Away")
            else:
                await route.continue_()

        await page.route(f"**/sessions/{session}/", once_refused)
        proxy.dark = True
        await asyncio.to_thread(send, stack, place, f"session:{session}", [f"missed {n}" for n in range(520)])
        await until(page, "document.body.dataset.joined === 'no'")  # the link is given up, not only late
        proxy.dark = False
        await page.get_by_text("missed 519", exact=True).wait_for(timeout=60_000)
        assert refused
        await followed(page)
        await asyncio.to_thread(send, stack, place, f"session:{session}", ["afterwards"])
        await page.get_by_text("afterwards", exact=True).wait_for()
        assert page.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
@pytest.mark.parametrize("panel", ["chat", "questions-panel"])
@pytest.mark.parametrize("size", [(390, 844), (320, 640), (1366, 768)])
async def test_a_complaint_leaves_the_composer_free_and_goes_with_its_cause(stack, place, chromium, size, panel):
    url, viewport, links = stack.servers[0].url, dict(zip(("width", "height"), size, strict=True)), []

    def through(socket):
        socket.connect_to_server()
        links.append(socket)

    page = await person(chromium, url, place["cookies"]["attendee"], viewport=viewport)
    await page.route_web_socket("**/live/**", through)
    await page.goto(f"{url}/sessions/{place['session']}/#{panel}")
    await followed(page)
    await page.route("**/nowhere/", lambda route: route.abort())
    toast, form = page.locator("#toast"), page.locator(f"#{panel} :is(.composer, .ask)")
    await form.evaluate("form => void (form.hidden = false)")  # as if questions were taken
    await form.scroll_into_view_if_needed()
    await page.evaluate("void htmx.ajax('GET', '/nowhere/', 'body').catch(() => null)")
    # Seen in the moment in which it is there: the next word from the server takes it away.
    seen = await page.wait_for_function(
        """(panel) => {
          const toast = document.getElementById("toast");
          const over = toast.getBoundingClientRect();
          if (!toast.textContent.includes("No connection") || !over.height) return false;
          const under = document.querySelector(`#${panel} :is(.composer, .ask)`).getBoundingClientRect();
          return { over, under };
        }""",
        arg=panel,
    )
    over, under = (await seen.json_value()).values()
    assert over["bottom"] <= under["top"] or over["right"] <= under["left"], (over, under)
    await links[0].close(code=4001)
    await toast.wait_for(state="hidden", timeout=4_000)
    assert await page.evaluate("document.body.dataset.joined") == "yes" and len(links) == 2


async def test_two_tabs_keep_each_others_unsent_messages(stack, place, chromium):
    url = f"{stack.servers[0].url}/sessions/{place['session']}/"
    one = await person(chromium, stack.servers[0].url, place["cookies"]["attendee"])
    other = await one.context.new_page()
    for page in (one, other):
        await without_posts(page)
        await without_link(page)
        await page.goto(url)
    await say(one, "From the first tab")
    await say(other, "From the second tab")
    for page in (one, other):
        await page.locator(".message.failed").first.wait_for()
    third = await one.context.new_page()
    await third.goto(url)
    for text in ("From the first tab", "From the second tab"):
        await third.get_by_text(text, exact=True).wait_for()
    await until(third, "!document.querySelector('.message.pending')")


async def test_ones_own_message_stands_where_the_room_has_it(stack, place, chromium):
    """The answer to one's own post may come before the event of what somebody else wrote earlier."""
    session = place["other_session"]
    page = await person(chromium, stack.servers[0].url, place["cookies"]["attendee"])
    held, holding = [], False

    def through(socket):
        server = socket.connect_to_server()
        server.on_message(lambda message: held.append((socket, message)) if holding else socket.send(message))

    await page.route_web_socket("**/live/**", through)
    await page.goto(f"{stack.servers[0].url}/sessions/{session}/")
    await followed(page)
    holding = True
    await asyncio.to_thread(send, stack, place, f"session:{session}", ["Theirs, before"])
    await say(page, "Mine, after")
    await until(page, "document.querySelector('.message') && !document.querySelector('.message.pending')")
    assert await texts(page) == ["Mine, after"]
    await asyncio.sleep(1.5)
    holding = False
    for socket, message in held:
        socket.send(message)
    await page.get_by_text("Theirs, before", exact=True).wait_for()
    await until(page, "document.querySelectorAll('.message').length === 2")
    assert await texts(page) == ["Theirs, before", "Mine, after"]
    assert page.errors == []
