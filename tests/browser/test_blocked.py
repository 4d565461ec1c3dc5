"""A network that lets no websocket through: status, chat, questions and polls work all the same, some seconds later."""

import pytest

from tests.browser.pages import person, until
from tests.programs import watching

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


async def test_without_websockets_everything_comes_every_few_seconds(stack, chromium):
    place = stack.call(watching.watched)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"])
    await page.context.add_init_script(
        "window.WebSocket = class extends EventTarget { static OPEN = 1; readyState = 3; close() {}"
        " constructor() { super(); setTimeout(() => this.onclose?.({ code: 1006 })); } }"
    )
    await page.goto(f"{url}/sessions/{place['session']}/")
    await until(page, "document.body.dataset.live === 'slow'")
    assert await page.get_by_text("news come every few seconds").is_visible()

    await page.locator("#chat-text").fill("Written without a socket")
    await page.keyboard.press("Enter")
    message = page.locator(".message:not(.pending)", has_text="Written without a socket")
    await message.wait_for()

    await page.get_by_role("tab", name="Questions").click()
    question = page.locator(f"#question-{place['question']}")
    await question.get_by_role("button", name="upvotes").click()
    await question.locator("[aria-pressed=true]").wait_for()
    await page.locator("#pinned-poll").get_by_role("button", name="Trams").click()
    await page.locator("#pinned-poll").get_by_text("Your answer is counted.").wait_for()

    # What others do comes too, and what is one's own stays.
    stack.call(watching.close_poll, poll=place["poll"])
    await page.locator("#pinned-poll").wait_for(state="hidden")
    stack.call(watching.open_poll, session=place["session"], question="And now?")
    await page.locator("#pinned-poll").get_by_text("And now?").wait_for()
    await question.locator("[aria-pressed=true]").wait_for()
    stack.call(watching.end, session=place["session"])
    await page.locator(".state[data-status=ended]").wait_for(state="attached")
    assert await message.count() == 1 and await page.evaluate("document.body.dataset.live") == "slow"
    assert page.errors == []
