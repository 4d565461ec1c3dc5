"""What a person types at a stand, in a talk and for a meeting survives every push, every slow answer, and Back."""

import asyncio

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import expo

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
CARET = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"


@pytest.fixture
def place(stack):
    return stack.call(expo.hall, visitors=2)


async def at(chromium, stack, cookie, path):
    page = await person(chromium, stack.servers[0].url, cookie)
    await page.goto(f"{stack.servers[0].url}{path}")
    await followed(page)
    return page


async def said(page, text):
    await page.get_by_label("Your message").fill(text)
    await page.keyboard.press("Enter")


async def half_typed_while_somebody_writes(page, other):
    """Words, the caret and a composition stay while a line comes; then they are sent whole, once."""
    field = page.get_by_label("Your message")
    await field.click()
    await page.keyboard.type("Trams stop")
    for _ in range(4):
        await page.keyboard.press("ArrowLeft")
    await said(other, "A line that comes")
    await page.get_by_text("A line that comes").wait_for()
    assert await field.input_value() == "Trams stop" and await page.evaluate(CARET) == [6, 6]
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "diàn", "selectionStart": 4, "selectionEnd": 4})
    await said(other, "And another one")
    await other.get_by_text("And another one").wait_for()
    await asyncio.sleep(0.5)
    assert await field.input_value() == "Trams diànstop", "whether it is shown at once or waits"
    await keyboard.send("Input.imeSetComposition", {"text": "电车", "selectionStart": 2, "selectionEnd": 2})
    await keyboard.send("Input.insertText", {"text": "电车 "})
    await page.get_by_text("And another one").wait_for()
    await page.keyboard.press("Enter")
    await other.get_by_text("Trams 电车 stop").wait_for()
    assert await other.get_by_text("Trams 电车 stop").count() == 1 and await field.input_value() == ""


async def test_in_the_chat_of_a_stand(stack, place, chromium):
    path = f"/expo/{place['exhibitor']}/"
    page, other = [await at(chromium, stack, cookie, path) for cookie in place["visitors"]]
    await half_typed_while_somebody_writes(page, other)
    assert page.errors == other.errors == []


async def test_in_a_talk(stack, place, chromium):
    asked = {"exhibitor": place["exhibitor"], "visitor": place["visitor_ids"][0]}
    talk = await asyncio.to_thread(stack.call, expo.ring, **asked)
    await asyncio.to_thread(stack.call, expo.take, talk=talk, by=place["team_ids"][0])
    path = f"/expo/talks/{talk}/"
    page, other = [await at(chromium, stack, cookie, path) for cookie in (place["visitors"][0], place["team"][0])]
    await half_typed_while_somebody_writes(page, other)
    assert page.errors == other.errors == []


async def test_the_enter_that_ends_a_composition_sends_nothing(stack, place, chromium):
    page = await at(chromium, stack, place["visitors"][0], f"/expo/{place['exhibitor']}/")
    field = page.get_by_label("Your message")
    await field.fill("東京へ")
    # Safari: compositionend first, then the key, with the code that says "the input method took it"
    await field.evaluate(
        """field => {
          const key = { key: "Enter", keyCode: 229, which: 229, bubbles: true, cancelable: true };
          field.dispatchEvent(new KeyboardEvent("keydown", key));
        }"""
    )
    await asyncio.sleep(0.5)
    assert await field.input_value() == "東京へ"


async def test_what_is_typed_while_a_line_is_on_its_way_stays_and_what_is_sent_follows(stack, place, chromium):
    page = await at(chromium, stack, place["visitors"][0], f"/expo/{place['exhibitor']}/")
    field, hold = page.get_by_label("Your message"), asyncio.Event()

    async def slowly(route):
        await hold.wait()
        await route.continue_()

    await page.route("**/chat/", slowly)
    await said(page, "First")
    await said(page, "second")
    await said(page, "third")
    await page.keyboard.type("fourth, not fini")
    hold.set()
    await page.locator("#stand-lines").get_by_text("third").wait_for()
    await page.keyboard.type("shed")
    assert await field.input_value() == "fourth, not finished"
    await page.keyboard.press("Enter")
    await page.locator("#stand-lines").get_by_text("fourth, not finished").wait_for()
    texts = await page.locator("#stand-lines li").all_inner_texts()
    told = [next(word for word in ("First", "second", "third", "fourth") if word in text) for text in texts]
    assert told == ["First", "second", "third", "fourth"] and await field.input_value() == ""
    assert page.errors == []


async def test_of_lines_that_follow_each_other_none_is_lost_when_one_fails(stack, place, chromium):
    page = await at(chromium, stack, place["visitors"][0], f"/expo/{place['exhibitor']}/")
    hold = asyncio.Event()

    async def never(route):
        await hold.wait()
        await route.abort()

    await page.route("**/chat/", never)
    await said(page, "First")
    await said(page, "second")
    await page.keyboard.type("thi")
    hold.set()
    await until(page, "document.getElementById('line-text').value === 'First\\nsecond\\nthi'")
    await page.unroute("**/chat/")
    await page.keyboard.type("rd")
    await page.keyboard.press("Enter")
    await page.locator("#stand-lines").get_by_text("third").wait_for()
    assert await page.locator("#stand-lines li").count() == 1


async def test_what_cannot_be_sent_comes_back_before_what_was_typed_since(stack, place, chromium):
    page = await at(chromium, stack, place["visitors"][0], f"/expo/{place['exhibitor']}/")
    await page.route("**/chat/", lambda route: route.abort())
    await said(page, "First")
    await until(page, "document.getElementById('line-text').value === 'First'")
    await page.unroute("**/chat/")
    await page.keyboard.press("Enter")
    await page.locator("#stand-lines").get_by_text("First").wait_for()
    assert await page.locator("#stand-lines li").count() == 1, "once, though it was sent twice"


async def test_back_after_sending_sends_nothing_again(stack, place, chromium):
    path = f"/expo/{place['exhibitor']}/"
    page = await at(chromium, stack, place["visitors"][0], path)
    await said(page, "Good morning")
    await page.locator("#stand-lines").get_by_text("Good morning").wait_for()
    await page.get_by_label("What about?").fill("Crossings")
    await page.get_by_role("button", name="Ring", exact=True).or_(page.locator(".expo-ring button")).first.click()
    await page.wait_for_url("**/talks/**")
    await page.go_back()
    await page.locator("#stand-lines").get_by_text("Good morning").wait_for()
    assert await page.locator("#stand-lines li").count() == 1
    assert await page.get_by_label("Your message").input_value() == ""
    await page.get_by_text("You are talking to this stand already.").wait_for()
    talks = await asyncio.to_thread(stack.call, expo.talks, exhibitor=place["exhibitor"])
    assert len(talks) == 1


async def test_a_request_for_a_meeting_is_typed_while_pages_move(stack, place, chromium):
    page = await at(chromium, stack, place["visitors"][0], f"/expo/{place['exhibitor']}/meet/")
    field = page.get_by_label("What about")
    await field.click()
    await page.keyboard.type("Timetables")
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "shí", "selectionStart": 3, "selectionEnd": 3})
    slot = page.locator("input[name=start]").first
    await slot.evaluate("box => (box.checked = true)")
    await asyncio.to_thread(stack.call, expo.tell, edition=place["edition"], words="Lunch is at noon")
    await page.get_by_text("Lunch is at noon").wait_for()
    assert await field.input_value() == "Timetablesshí" and await slot.is_checked()
    await keyboard.send("Input.insertText", {"text": "时"})
    await page.get_by_role("button", name="Ask").click()
    await page.get_by_role("heading", name="Timetables时").wait_for()
    await page.go_back()
    await page.locator(".expo-form").wait_for()
    assert (await asyncio.to_thread(stack.call, expo.meetings_now)).__len__() == 1
