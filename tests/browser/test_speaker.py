"""The speaker's page: the clock, the question on stage, the private line, polls, and a clicker."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import polls, show

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


@pytest.fixture
def place(stack):
    return stack.call(show.prepared)


async def opened(chromium, stack, place, role="speaker", path="speaker/", **options):
    page = await person(chromium, stack.servers[0].url, place["cookies"][role], **options)
    await page.goto(f"{stack.servers[0].url}/sessions/{place['session']}/{path}")
    await followed(page)
    return page


async def colour(page):
    return await page.evaluate("document.querySelector('.time-left').className.replace('time-left', '').trim()")


async def test_the_clock_is_64_px_and_turns_at_the_thresholds_of_the_session(stack, place, chromium):
    page = await opened(chromium, stack, place)
    for part in (".clock-now time", ".left-figure"):
        assert await page.evaluate(f"getComputedStyle(document.querySelector('{part}')).fontSize") == "64px"
    assert await page.locator("header.top, .on-air, .foot").count() == 0
    assert (await page.locator(".left-words").text_content()).startswith("left, until ")
    assert await colour(page) == "" and (await page.locator(".left-figure").text_content()).startswith(("29:", "30:00"))
    stack.call(show.thresholds, made=place, amber=40, red=2)
    await until(page, "document.querySelector('.time-left').matches('.amber:not(.red)')")
    stack.call(show.thresholds, made=place, amber=40, red=35)
    await until(page, "document.querySelector('.time-left').matches('.red:not(.amber)')")
    stack.call(show.finishing_in, made=place, seconds=-65)
    await until(page, "document.querySelector('.left-figure').textContent.startsWith('+1:')")
    assert await page.locator(".left-words").text_content() == "over time"
    assert page.errors == []


@pytest.mark.parametrize("key", ["Space", "PageDown", "ArrowRight"])
async def test_next_by_space_page_and_clicker(stack, place, chromium, key):
    for text in ("One?", "Two?"):
        stack.call(show.ask, made=place, text=text)
    page = await opened(chromium, stack, place)
    stage = page.locator("#stage-now .stage-text")
    await page.keyboard.press(key)
    await stage.get_by_text("One?").wait_for()
    await page.wait_for_timeout(800)  # a second press at once is the same press
    await page.keyboard.press(key)
    await stage.get_by_text("Two?").wait_for()
    assert page.errors == []


async def test_keys_are_free_in_fields_and_on_buttons(stack, place, chromium):
    stack.call(show.ask, made=place, text="One?")
    stack.call(show.prompt, made=place, text="Time?")
    page = await opened(chromium, stack, place)
    await page.get_by_label("Answer to the moderator").fill("Two")
    await page.keyboard.press("Space")
    await page.keyboard.type("more")
    assert await page.get_by_label("Answer to the moderator").input_value() == "Two more"
    await page.wait_for_timeout(300)
    assert stack.call(show.on_stage, made=place) == ""


async def test_the_private_line_is_answered(stack, place, chromium):
    page = await opened(chromium, stack, place)
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    stack.call(show.prompt, made=place, text="How long?")
    await page.get_by_role("button", name="Two more minutes").click()
    await board.locator("#prompt").get_by_text("Two more minutes").wait_for()
    stack.call(show.prompt, made=place, text="And then?")
    await page.locator("#prompt.unread").wait_for()
    await page.get_by_label("Answer to the moderator").fill("We take the <b>train</b>")
    await page.keyboard.press("Enter")
    await board.locator("#prompt").get_by_text("We take the <b>train</b>").wait_for()
    assert page.errors == board.errors == []


async def test_a_second_poll_offers_to_close_the_first(stack, place, chromium):
    first = stack.call(show.show_poll, session=place["session"], name="eight", answered=False)
    second = stack.call(polls.draft, session=place["session"], question="And now?")
    page = await opened(chromium, stack, place)
    await page.locator(f"#row-{second}").get_by_role("button", name="Open").click()
    offer = page.get_by_role("alertdialog")
    await offer.get_by_text("Which way through the city").first.wait_for()
    assert stack.call(polls.states, session=place["session"]) == {str(first): "open", str(second): "draft"}
    await offer.get_by_role("button", name="Leave it open").click()
    await offer.wait_for(state="detached")
    await page.locator(f"#row-{second}").get_by_role("button", name="Open").click()
    await offer.get_by_role("button", name="Close that and open").click()
    await page.locator("#presenter-now").get_by_text("And now?").wait_for()
    assert stack.call(polls.states, session=place["session"]) == {str(first): "closed", str(second): "open"}
    assert await offer.count() == 0 and page.errors == []


async def test_next_says_that_it_opens_a_draft(stack, place, chromium):
    second = stack.call(polls.draft, session=place["session"], question="And now?")
    page = await opened(chromium, stack, place)
    await page.keyboard.press("PageDown")  # a clicker opens no draft
    await page.wait_for_timeout(300)
    assert stack.call(polls.states, session=place["session"]) == {str(second): "draft"}
    await page.locator("#polls-next").get_by_role("button", name="Open the draft: And now?").click()
    await page.locator("#presenter-now").get_by_text("And now?").wait_for()
    assert page.errors == []


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (844, 390), (1280, 800)])
async def test_a_row_has_two_buttons_and_a_menu_and_nothing_scrolls_sideways(stack, place, chromium, size):
    stack.call(show.show_poll, session=place["session"], name="full", answered=True)
    stack.call(polls.draft, session=place["session"], question=show.LONG)
    stack.call(show.bring_on_stage, made=place, text=show.ARABIC)
    viewport = dict(zip(("width", "height"), size, strict=True))
    for path in ("polls/", "speaker/", "screen/"):
        page = await person(chromium, stack.servers[0].url, place["cookies"]["moderator"], viewport=viewport)
        await page.goto(f"{stack.servers[0].url}/sessions/{place['session']}/{path}")
        for row in await page.locator(".row").all():
            await row.scroll_into_view_if_needed()
            shown = await row.locator(".row-tools :is(button, a, summary)").evaluate_all(
                "found => found.filter((each) => each.checkVisibility()).length"
            )
            assert 2 <= shown <= 3
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        assert page.errors == []
