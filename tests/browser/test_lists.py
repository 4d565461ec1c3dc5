"""Lists that grow with events: they stay short, and a message costs the same however many there were."""

import json

import pytest

from tests import world
from tests.browser.pages import followed, person, script, until
from tests.live.test_socket import in_thread
from tests.programs import chat, questions

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
SHOWN = "[...document.querySelectorAll('#messages .message-text')].map((text) => text.textContent)"
COUNT = "document.querySelectorAll('#messages > *').length"
TOP = "document.querySelector('.chat-scroll').scrollTop = 0"
END = "document.querySelector('.chat-scroll').scrollTop = 1e6"
PLACE = """(text) => [...document.querySelectorAll(".message")].find((each) => each.textContent.includes(text))
    .getBoundingClientRect().top"""


@pytest.fixture
def place(stack):
    return stack.call(world.build)


async def opened(stack, place, chromium, role="attendee"):
    page = await person(chromium, stack.servers[0].url, place["cookies"][role])
    await page.goto(f"{stack.servers[0].url}/sessions/{place['session']}/")
    await followed(page)
    return page


async def send(stack, place, texts):
    await in_thread(
        lambda: stack.call(chat.send, session=place["session"], who=place["people"]["speaker"], texts=texts)
    )


async def seconds(devtools):
    """What the page's thread has worked since it was opened."""
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    return sum(each["value"] for each in metrics if each["name"] == "TaskDuration")


async def test_the_last_of_two_thousand_messages_costs_as_little_as_the_first(stack, place, chromium):
    await send(stack, place, ["the first"])
    page = await opened(stack, place, chromium)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def cost(begin, count, in_frames=True):
        before = await seconds(devtools)
        await page.evaluate(script("messages"), [begin, count, in_frames])
        return await seconds(devtools) - before

    first = await cost(0, 100)
    await cost(100, 1_800, in_frames=False)
    last = await cost(1_900, 100)
    assert last < 2 * first, (first, last)
    shown = await page.evaluate(SHOWN)
    assert shown[-1] == "message 1999" and len(shown) <= 200
    assert page.errors == []


async def scrolled_to(page, end, text, every):
    """Scroll to that end, page by page, until this text is there; every list on the way is short."""
    while (shown := await page.evaluate(SHOWN))[0 if end == TOP else -1] != text:
        every.append(shown)
        await page.evaluate(end)
        await until(page, f"JSON.stringify({SHOWN}) !== {json.dumps(json.dumps(shown, separators=(',', ':')))}")
    every.append(shown)


async def test_all_that_was_said_is_read_by_scrolling_up_and_down_and_nothing_jumps(stack, place, chromium):
    page = await opened(stack, place, chromium)
    texts = [f"number {n:03}" for n in range(430)]
    await send(stack, place, texts)
    await until(page, f"{SHOWN}.at(-1) === 'number 429'")
    assert await page.evaluate(COUNT) <= 201
    assert (await page.evaluate(SHOWN))[0] > "number 150"
    up, down = [], []
    await scrolled_to(page, TOP, "number 000", up)
    await scrolled_to(page, END, "number 429", down)
    for seen in (up, down):
        assert all(len(shown) <= 200 and shown == sorted(set(shown)) for shown in seen), "in order, none twice"
        assert sorted(set().union(*seen)) == texts
    await page.evaluate(END)
    await until(page, "chatList.isFollowing()")
    await send(stack, place, ["number 430"])
    await until(page, f"{SHOWN}.at(-1) === 'number 430'")
    assert page.errors == []


async def test_who_reads_further_up_stays_there_and_comes_back_to_the_newest(stack, place, chromium):
    page = await opened(stack, place, chromium)
    await send(stack, place, [f"number {n:04}" for n in range(100)])
    await until(page, f"{SHOWN}.at(-1) === 'number 0099'")
    await page.evaluate("document.querySelector('.chat-scroll').scrollTop = 300")
    await until(page, "document.querySelector('.chat-scroll').scrollTop === 300 && !chatList.isFollowing()")
    read = (await page.evaluate(SHOWN))[5]
    at = await page.evaluate(PLACE, read)
    await send(stack, place, [f"number {n:04}" for n in range(100, 700)])
    await page.locator(".chat-new").wait_for()
    await until(page, f"{COUNT} > 195")
    assert await page.evaluate(PLACE, read) == at and await page.evaluate(COUNT) <= 201
    await page.locator(".chat-new").click()
    await until(page, f"{SHOWN}.at(-1) === 'number 0699'")
    await send(stack, place, ["and on"])
    await until(page, f"{SHOWN}.at(-1) === 'and on'")
    shown = await page.evaluate(SHOWN)
    assert shown == sorted(set(shown[:-1])) + ["and on"] and len(shown) <= 200
    assert page.errors == []


async def publish(stack, place, count):
    values = {"session": place["session"], "by": place["people"]["moderator"], "count": count}
    await in_thread(lambda: stack.call(questions.publish_many, **values))


QUESTIONS = "document.querySelectorAll('#questions > .question').length"


async def test_the_list_of_questions_stays_short_and_loses_none(stack, place, chromium):
    await publish(stack, place, 205)
    page = await opened(stack, place, chromium)
    await page.get_by_role("tab", name="Questions").click()
    assert await page.evaluate(QUESTIONS) == 50
    await publish(stack, place, 2)
    await until(page, "document.querySelector('.reorder').textContent.startsWith('2 ')")
    assert await page.evaluate(QUESTIONS) == 50  # they stand behind those that are not shown
    for _ in range(4):
        shown = await page.evaluate(QUESTIONS)
        await page.get_by_role("button", name="More questions").click()
        await until(page, f"{QUESTIONS} > {shown}")
    assert await page.evaluate(QUESTIONS) == 207
    assert await page.get_by_role("button", name="More questions").count() == 0
    await publish(stack, place, 3)
    await page.get_by_role("button", name="More questions").wait_for()
    assert await page.evaluate(QUESTIONS) == 207
    await page.get_by_role("button", name="More questions").click()
    await until(page, f"{QUESTIONS} === 210")
    ids = await page.evaluate("[...document.querySelectorAll('#questions > .question')].map((each) => each.id)")
    assert len(set(ids)) == 210
    assert page.errors == []
