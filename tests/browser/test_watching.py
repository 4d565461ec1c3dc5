"""The session page as people watch by it: how much of a phone and of a desktop each part has, and how many taps."""

import pytest

from tests.browser.pages import followed, person, script, until
from tests.programs import watching

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LANDSCAPE = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
TITLES = ["Streets for people", *watching.TITLES.values()]


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(watching.watched)


async def watch(chromium, stack, place, role="attendee", tab="Questions", **options):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"].get(role, ""), **options)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    await page.get_by_role("tab", name=tab).click()
    return page


async def measured(page):
    return await page.evaluate(script("measures"))


@pytest.mark.parametrize("title", TITLES)
async def test_on_a_phone_the_list_has_the_height(stack, chromium, title):
    place = stack.call(watching.watched, title=title)
    for role in ("attendee", "moderator"):
        page = await watch(chromium, stack, place, role, **PHONE)
        boxes = await measured(page)
        assert boxes[".watch-bar"]["height"] == 44 and boxes[".watch-bar"]["top"] == 0
        assert boxes[".player"]["height"] <= 844 * 0.4
        assert boxes[".questions-bar"]["height"] == 44
        assert boxes[".questions-scroll"]["height"] >= 350, role
        assert 64 <= boxes[".pin-poll"]["height"] <= 88
        assert await page.locator("#ask-text").is_visible() == (role != "nobody")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await page.get_by_role("tab", name="Chat").click()
        assert (await measured(page))[".chat-scroll"]["height"] >= 350
    assert page.errors == []


async def test_the_stream_stays_only_in_a_high_window_and_stands_beside_the_panel_in_landscape(stack, place, chromium):
    page = await watch(chromium, stack, place, **PHONE)
    for height, stays in ((844, True), (568, False)):
        await page.set_viewport_size({"width": 390, "height": height})
        await page.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = (await measured(page))[".player"]
        assert (box["top"] >= 0) == stays and box["height"] <= height * 0.4 + 1, height
    page = await watch(chromium, stack, place, **LANDSCAPE)
    boxes = await measured(page)
    assert boxes[".player"]["right"] <= boxes[".watch-side"]["left"] + 1
    assert boxes[".watch-side"]["bottom"] <= 390 and boxes[".player"]["bottom"] <= 390
    assert await page.evaluate("document.documentElement.scrollWidth") <= 844


@pytest.mark.parametrize("title", TITLES)
async def test_a_desktop_shows_title_state_time_and_the_first_lines(stack, chromium, title):
    place = stack.call(watching.watched, title=title)
    for role in ("attendee", "moderator"):
        page = await watch(chromium, stack, place, role, **DESKTOP)
        boxes = await measured(page)
        for part in (".watch-head h1", ".state", ".when"):
            assert boxes[part]["bottom"] <= 800 - 24, (part, role)
        assert boxes[".prose"]["top"] <= 800 - 48, role  # two lines of it
        assert 800 - 24 <= boxes[".watch-side"]["bottom"] <= 800
        assert boxes[".player"]["height"] >= 200, role
        assert await page.evaluate("document.documentElement.scrollWidth") <= 1280


async def test_the_text_comes_first_before_a_session_and_its_results_after_it(stack, chromium):
    place = stack.call(watching.watched)
    stack.call(watching.set_status, session=place["session"], status="scheduled")
    page = await watch(chromium, stack, place, **PHONE)
    boxes = await measured(page)
    assert boxes[".prose"]["top"] < 844 and boxes[".prose"]["bottom"] <= boxes[".watch-side"]["top"]
    stack.call(watching.close_poll, poll=place["poll"])
    stack.call(watching.set_status, session=place["session"], status="ended")
    after = await person(chromium, stack.servers[0].url, place["cookies"]["attendee"], **PHONE)
    await after.wait_for_timeout(1000)  # a page that many share may be half a second old
    await after.goto(f"{stack.servers[0].url}/sessions/{place['session']}/")
    assert await after.get_by_role("tab", name="Polls").get_attribute("aria-selected") == "true"
    assert (await measured(after))[".watch-side"]["top"] < 400


async def test_what_is_wide_in_an_abstract_scrolls_inside_itself(stack, chromium):
    place = stack.call(watching.watched)
    wide = "<pre>" + "x" * 400 + "</pre><table><tr>" + "<td>municipality</td>" * 30 + "</tr></table>"
    stack.call(watching.set_abstract, session=place["session"], abstract=f"{wide}<p>{'w' * 300}</p>")
    for viewport in (PHONE, {"viewport": {"width": 320, "height": 640}}, DESKTOP):
        page = await watch(chromium, stack, place, **viewport)
        width = viewport["viewport"]["width"]
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        for tag in ("pre", "table"):
            assert await page.locator(f".prose {tag}").evaluate("part => part.scrollWidth > part.clientWidth"), tag
            assert await page.locator(f".prose {tag}").get_attribute("tabindex") == "0"


async def test_the_open_poll_stands_over_every_panel_and_is_answered_there(stack, chromium):
    place = stack.call(watching.watched)
    phone = await watch(chromium, stack, place, "attendee", "Chat", **PHONE)
    pin = phone.locator("#pinned-poll")
    for tab in ("Polls", "Questions", "Chat"):
        await phone.get_by_role("tab", name=tab).click()
        assert await pin.get_by_text("Trams or bicycles?").is_visible()
    await pin.get_by_role("button", name="Trams").tap()
    await pin.get_by_text("Your answer is counted.").wait_for()
    await phone.locator(f"#poll-{place['poll']}.voted").wait_for(state="attached")
    await pin.get_by_role("link", name="Results").tap()
    assert await phone.get_by_role("tab", name="Polls").get_attribute("aria-selected") == "true"
    stack.call(watching.close_poll, poll=place["poll"])
    await phone.locator("#pinned-stage").get_by_text("Question 0").wait_for()
    assert await pin.is_hidden()
    assert 64 <= (await measured(phone))[".pin-stage"]["height"] <= 88
    await phone.locator("#pinned-stage summary").tap()
    await phone.locator("#pinned-stage").get_by_text("Attendee").wait_for()
    stack.call(watching.open_poll, session=place["session"], question="And now?")
    await pin.get_by_text("And now?").wait_for()
    assert phone.errors == []


async def test_few_taps(stack, chromium):
    """From the front page to a live session one tap, an upvote one, a poll one, a question two."""
    place = stack.call(watching.watched)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], **PHONE)
    await page.goto(f"{url}/editions/{place['slug']}/")
    await page.get_by_role("link", name="Streets for people").first.tap()
    await page.wait_for_url(f"{url}/sessions/{place['session']}/")
    await followed(page)
    await page.locator("#pinned-poll").get_by_role("button", name="Bicycles").tap()
    await page.locator("#pinned-poll").get_by_text("Your answer is counted.").wait_for()
    await page.get_by_role("tab", name="Questions").tap()
    await page.reload()  # a session's page opens where one was
    await followed(page)
    question = page.locator(f"#question-{place['question']}")
    await question.get_by_role("button", name="upvotes").tap()
    await question.locator("[aria-pressed=true]").wait_for()
    await page.locator("#ask-text").tap()
    await page.keyboard.type("Who pays?")
    await page.get_by_role("button", name="Ask", exact=True).tap()
    await page.locator("#my-questions .question-text", has_text="Who pays?").wait_for()
    assert page.errors == []


async def test_who_is_not_signed_in_is_offered_to_enter(stack, place, chromium):
    page = await watch(chromium, stack, place, "", **PHONE)
    await page.locator(f"#question-{place['question']}").get_by_role("button", name="upvotes").tap()
    enter = page.locator("#offer").get_by_role("link", name="Enter to take part")
    await enter.wait_for()
    assert f"next=/sessions/{place['session']}/" in await enter.get_attribute("href")
    await page.locator("#offer").get_by_role("button", name="Not now").tap()
    assert await enter.is_hidden()
    assert await page.locator("#pinned-poll").get_by_role("link", name="Enter to answer").is_visible()


async def test_moderators_see_all_panels_side_by_side_on_a_wide_screen(stack, place, chromium):
    page = await watch(chromium, stack, place, "moderator", viewport={"width": 1600, "height": 900})
    await page.get_by_role("button", name="All side by side").click()
    boxes = [await page.locator(f".{name}.panel").bounding_box() for name in ("chat", "questions", "polls")]
    assert all(box["width"] >= 280 for box in boxes) and len({box["y"] for box in boxes}) == 1
    assert await page.evaluate("document.documentElement.scrollWidth") <= 1600
    await page.reload()
    await page.locator(".watch.is-beside").wait_for()
    attendee = await watch(chromium, stack, place, "attendee", viewport={"width": 1600, "height": 900})
    assert await attendee.get_by_role("button", name="All side by side").count() == 0


async def test_a_removed_message_can_be_put_back_for_ten_seconds(stack, chromium):
    place = stack.call(watching.watched)
    reader = await watch(chromium, stack, place, "attendee", "Chat")
    page = await watch(chromium, stack, place, "moderator", "Chat")
    message = page.locator(".message", has_text="Message 29")
    identity = await message.get_attribute("id")
    await message.get_by_role("button", name="Remove").click()
    mine, theirs = page.locator(f"#{identity}"), reader.locator(f"#{identity}")
    await theirs.get_by_text("A moderator removed this message.").wait_for()
    assert await theirs.get_by_text("Attendee").count() == 0
    assert await mine.get_by_text("Attendee").is_visible()  # its author can be reached
    assert await mine.get_by_role("link", name="Ban Attendee").is_visible()
    await mine.get_by_role("button", name="Undo").click()
    await theirs.get_by_text("Message 29").wait_for()
    assert await reader.locator(".message:not(.chat-card)").last.get_attribute("id") == identity  # where it was
    await mine.get_by_role("button", name="Remove").click()
    await mine.get_by_role("button", name="Undo").wait_for()
    await mine.get_by_role("button", name="Undo").wait_for(state="detached", timeout=13_000)
    assert page.errors == reader.errors == []


async def test_sound_is_one_tap_away(stack, place, chromium):
    page = await watch(chromium, stack, place, **PHONE)
    await page.get_by_role("button", name="Tap for sound").tap()
    await until(page, "!document.querySelector('video').muted")
    await page.locator("[data-unmute]").wait_for(state="hidden")
