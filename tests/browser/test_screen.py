"""The stage screen: read from row 20 at each size, opened by its address alone, and what it follows."""

import io

import pytest
from PIL import Image

from tests.browser.pages import followed, person, script, until
from tests.programs import polls, show

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
CASES = [(name, answered) for name in show.POLLS for answered in (False, True)]
QUESTION = ("Who pays for the trees, and who waters them in August when nobody is in town? " * 4)[:300]


@pytest.fixture
def place(stack):
    return stack.call(show.prepared)


async def opened(chromium, stack, path, size=(1920, 1080), **options):
    """The screen of a browser that nobody has signed in to."""
    page = await person(
        chromium, stack.servers[0].url, viewport=dict(zip(("width", "height"), size, strict=True)), **options
    )
    await page.goto(stack.servers[0].url + path)
    await followed(page)
    await page.evaluate("document.fonts.ready.then(() => null)")
    return page


async def shown(page, mode):
    await until(page, f"!!document.querySelector('.screen-main.mode-{mode}')")


def legible(sizes, size, where):
    """What holds on every stage screen."""
    scale = max(1, min(size[0] / 1920, size[1] / 1080))
    assert sizes["small"] == sizes["outside"] == sizes["cut"] == [], (where, sizes)
    assert sizes["scrolls"] == [0, 0] and sizes["columns"] == 12, (where, sizes)
    assert sizes["qr"] == pytest.approx(420 * scale, abs=1), (where, sizes)
    assert sizes["code"] >= 96 * scale and sizes["address"] == pytest.approx(40 * scale), (where, sizes)
    assert 32 * scale <= sizes["text"] <= 96 * scale, (where, sizes)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_read_from_row_20(stack, place, chromium, size):
    page = await opened(chromium, stack, place["screen"], size)
    scale = max(1, min(size[0] / 1920, size[1] / 1080))
    await shown(page, "holding")
    legible(await page.evaluate(script("sizes")), size, "holding")
    for name, answered in CASES:
        pk = stack.call(show.show_poll, session=place["session"], name=name, answered=answered)
        await page.locator(f"#screen-answers-{pk}").wait_for()
        await page.wait_for_timeout(700)  # the last count, and its bars
        sizes = await page.evaluate(script("sizes"))
        legible(sizes, size, (name, answered))
        if name not in ("axis", "words", "number", "full"):
            assert 44 * scale <= sizes["option"] <= 56 * scale, (name, answered, sizes)
    stack.call(polls.close_all)
    for text in (QUESTION, show.ARABIC, show.CHINESE, "Why?"):
        stack.call(show.bring_on_stage, made=place, text=text)
        await until(page, f"document.querySelector('.screen-text')?.textContent === {text!r}")
        legible(await page.evaluate(script("sizes")), size, text)
    stack.call(show.choose, made=place, mode="timer")
    await shown(page, "timer")
    assert await page.locator(".left-figure").text_content() != ""
    assert page.errors == []


LINES = [("en", "Who pays for the trees, and who waters them in August? " * 3), ("zh", "智慧城市与可持续交通" * 16)]


@pytest.mark.parametrize("size", SIZES)
async def test_captions_stand_below_it_at_once_and_are_read_from_row_20(stack, place, chromium, size):
    page = await opened(chromium, stack, place["screen"], size)
    pk = stack.call(show.show_poll, session=place["session"], name="full", answered=True)
    scale = max(1, min(size[0] / 1920, size[1] / 1080))
    for language, text in LINES:
        stack.call(show.captioned, session=place["session"], text=text, language=language)
        end = text.split("? ")[0][-9:]
        await until(page, f"document.querySelector('.screen-band:not([hidden])')?.textContent.includes({end!r})")
        await page.wait_for_timeout(600)  # the last count, and its bars
        sizes = await page.evaluate(script("sizes"))
        assert sizes["small"] == sizes["outside"] == sizes["cut"] == [], (language, sizes)
        assert sizes["scrolls"] == [0, 0] and sizes["columns"] == 12, (language, sizes)
        font, inside, room = await page.evaluate(
            "(() => { const band = document.querySelector('.screen-band');"
            " return [parseFloat(getComputedStyle(band).fontSize), band.scrollHeight, band.clientHeight]; })()"
        )
        assert font >= 32 * scale and inside <= room + 1, (language, font, inside, room)
        assert await page.locator(f"#screen-answers-{pk}").is_visible()
    assert page.errors == []


async def test_the_code_is_in_groups_of_four_and_the_address_short(stack, place, chromium):
    page = await opened(chromium, stack, place["screen"])
    groups = await page.locator(".join-code span").all_inner_texts()
    assert [len(group) for group in groups] == [4, 4]
    assert (await page.locator(".join-address").inner_text()).endswith("/hall/")


async def test_it_has_no_background_where_it_is_laid_over_a_picture(stack, place, chromium):
    stack.call(show.bring_on_stage, made=place, text="Why?")
    for path, alpha in ((place["screen"], 255), (place["screen"] + "?background=transparent", 0)):
        page = await opened(chromium, stack, path)
        picture = Image.open(io.BytesIO(await page.screenshot(omit_background=True))).convert("RGBA")
        assert {picture.getpixel(at)[3] for at in ((2, 2), (1200, 800), (1917, 1077))} == {alpha}


async def test_it_goes_dark_when_its_address_ends(stack, place, chromium):
    page = await opened(chromium, stack, place["screen"])
    fresh = stack.call(show.revoke, made=place)
    await page.locator(".stage-screen").wait_for(state="detached")
    assert (await page.request.get(stack.servers[0].url + place["screen"])).status == 404
    await page.goto(stack.servers[0].url + fresh)
    await followed(page)
    assert page.errors == []


async def test_a_text_that_is_larger_than_the_screen_is_noticed(stack, place, chromium):
    """The measuring can fail."""
    page = await opened(chromium, stack, place["screen"])
    spoiled = "document.querySelector('.screen-title').style.fontSize = '20px';"
    spoiled += "document.querySelector('.join-address').style.marginInlineStart = '4000px';"
    # In one task of the page: a push between spoiling and measuring draws the address anew.
    sizes = await page.evaluate(f"() => {{ {spoiled} const sizes = {script('sizes')} return sizes(); }}")
    assert sizes["small"] and sizes["outside"]
