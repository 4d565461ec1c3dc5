"""Two people in browsers: found by an interest, asked, accepted on a phone, writing, blocked; also without a link."""

import pytest

from tests.browser.pages import followed, person, until, without_link
from tests.programs import networking

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def place(stack):
    return stack.call(networking.directory)


async def test_from_an_interest_to_a_conversation_and_its_end(stack, chromium, place):
    url, slug = stack.servers[0].url, place["slug"]
    amara = await person(chromium, url, place["cookies"]["amara"])
    ming = await person(chromium, url, place["cookies"]["ming"], **PHONE)
    desk = await person(chromium, url, place["cookies"]["ming"])
    for page in (ming, desk):
        await page.goto(f"{url}/editions/{slug}/network/messages/")
        await followed(page)
    await asked(url, slug, amara, ming)
    await accepted(amara, ming, desk)
    await kept_while_composing(amara, ming)
    await blocked(amara, ming, desk)
    assert [page.errors for page in (amara, ming, desk)] == [[]] * 3


async def asked(url, slug, amara, ming):
    """She narrows the directory by a theme, sees why to meet him, and asks; his phone's list and bell say so."""
    await amara.goto(f"{url}/editions/{slug}/network/")
    await amara.get_by_role("heading", name="People you should meet").wait_for()
    await amara.get_by_text("You both follow Shade.").wait_for()
    await amara.get_by_label("Interest").select_option(label="Shade (1)")
    await amara.get_by_role("button", name="Find", exact=True).click()
    await amara.get_by_role("link", name="李明").click()
    await amara.get_by_label("Your first message").fill("May I ask about metro data?")
    await amara.get_by_role("button", name="Send the request").click()
    await amara.get_by_text("Your request waits").wait_for()
    await followed(amara)
    assert not await amara.get_by_label("Your message").is_visible(), "nothing more before it is accepted"
    await ming.get_by_role("heading", name="They would like to write to you").wait_for()
    await until(ming, "document.querySelector('a[href=\"/notices/\"]').dataset.unseen === '1'")


async def accepted(amara, ming, desk):
    """He accepts on his phone; both write, on his other device it is there too, and what is read is read."""
    await ming.get_by_role("link", name="Amara Okafor").tap()
    await ming.wait_for_url("**/network/conversations/**")
    await followed(ming)
    await ming.get_by_role("button", name="Accept").tap()
    await ming.get_by_label("Your message").fill("Ask!")
    await ming.get_by_role("button", name="Send").tap()
    await amara.get_by_text("Ask!").wait_for()
    await amara.get_by_label("Your message").fill("Who owns it?")
    await amara.keyboard.press("Enter")
    await until(amara, "document.getElementById('line-text').value === ''")
    await ming.get_by_text("Who owns it?").wait_for()
    await desk.get_by_role("link", name="Amara Okafor").click()
    await desk.get_by_text("Who owns it?").wait_for()
    await followed(desk)
    await until(desk, "!document.querySelector('a[href=\"/notices/\"]').dataset.unseen")


async def kept_while_composing(amara, ming):
    """What she types in Chinese stays while his lines come in; Enter chooses a word and does not send."""
    session = await amara.context.new_cdp_session(amara)
    await amara.get_by_label("Your message").focus()
    await session.send("Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6})
    for text in ("The operator does.", "And the city reads."):
        await ming.get_by_label("Your message").fill(text)
        await ming.get_by_role("button", name="Send").tap()
        await amara.get_by_text(text).wait_for()
    assert await amara.get_by_label("Your message").input_value() == "ni hao"
    await session.send("Input.insertText", {"text": "你好"})
    assert await amara.get_by_label("Your message").input_value() == "你好"


async def blocked(amara, ming, desk):
    """He blocks her: on both of his devices; she is refused without a reason, and her words stay in the field."""
    await ming.get_by_role("button", name="Block", exact=True).tap()
    for page in (ming, desk):
        await page.get_by_text("You have blocked this person").wait_for()
        await until(page, "document.querySelector('[data-lines-composer]').hidden")
    await amara.get_by_role("button", name="Send").click()
    await amara.get_by_text("This could not be delivered").wait_for()
    assert await amara.get_by_label("Your message").input_value() == "你好"
    assert (
        await amara.get_by_text("block", exact=False).count() == await amara.get_by_role("button", name="Block").count()
    )
    assert await ming.get_by_text("你好").count() == 0
    await amara.reload()
    await amara.get_by_text("Only the two of you read this").wait_for()
    await amara.goto(amara.url.partition("/network/")[0] + "/")


async def test_it_works_without_a_link_and_without_scripts(stack, chromium, place):
    url, slug = stack.servers[0].url, place["slug"]
    amara = await person(chromium, url, place["cookies"]["amara"], java_script_enabled=False)
    ming = await person(chromium, url, place["cookies"]["ming"])
    await without_link(ming)
    await amara.goto(f"{url}/editions/{slug}/network/{place['people']['ming']}/")
    await amara.get_by_label("Your first message").fill("No scripts here")
    await amara.get_by_role("button", name="Send the request").click()
    await ming.goto(f"{url}/editions/{slug}/network/messages/")
    await ming.get_by_role("link", name="Amara Okafor").click()
    await ming.get_by_role("button", name="Accept").click()
    await ming.get_by_text("Only the two of you read this").wait_for()
    await ming.get_by_label("Your message").fill("No link here")
    await ming.get_by_role("button", name="Send").click()
    await ming.locator(".net-line", has_text="No link here").wait_for()
    await amara.reload()
    await amara.get_by_label("Your message").fill("And back")
    await amara.get_by_role("button", name="Send").click()
    await amara.locator(".net-line", has_text="And back").wait_for()


async def test_marks_of_the_map_can_be_pressed_and_reached_by_keyboard(stack, chromium, place):
    stack.call(networking.cities)
    for options in (PHONE, {"viewport": {"width": 1280, "height": 800}}):
        page = await person(chromium, stack.servers[0].url, place["cookies"]["amara"], **options)
        await page.goto(f"{stack.servers[0].url}/tomorrow/map/")
        boxes = [await mark.bounding_box() for mark in await page.locator(".world-mark").all()]
        assert len(boxes) == 2 and all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
        await page.locator(".world-mark", has_text="2").focus()
        await page.keyboard.press("Enter")
        await until(page, "location.hash.startsWith('#at-')")
        await page.get_by_role("link", name="Lagos", exact=False).first.focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/tomorrow/cities/at/lagos/")
