"""Pages in Arabic run from right to left, in Chinese as others do; what is no text is not mirrored."""

import pytest

from tests.browser.pages import followed, person, script
from tests.programs import chat, questions

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = {"viewport": {"width": 320, "height": 700}}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PAGES = {
    "programme": "/editions/{slug}/",
    "session": "/sessions/{session}/",
    "agenda": "/my-sessions/",
    "expo": "/editions/{slug}/expo/",
    "badge": "/editions/{slug}/expo/me/",
    "awards": "/editions/{slug}/awards/",
    "cities": "/tomorrow/",
    "commitments": "/commitments/",
    "search": "/search/?q=streets",
    "profile": "/people/account/",
    "notices": "/notices/",
    "ways in": "/people/enter/",
}


async def opened(chromium, stack, language, **size):
    place = stack.call(questions.in_many_scripts)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["attendee"], **size)
    await page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    return page, url, place


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
@pytest.mark.parametrize("language", ["ar", "zh-hans"])
async def test_no_page_is_wider_than_its_window(stack, chromium, language, size):
    page, url, place = await opened(chromium, stack, language, **size)
    wide = {}
    for name, path in PAGES.items():
        await page.goto(url + path.format(**place))
        assert await page.evaluate("document.documentElement.lang") == language, name
        # Right to left it is the left edge over which something may stand.
        wide[name] = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {name: over for name, over in wide.items() if over > 0} == {} and page.errors == []


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("zh-hans", "ltr")])
async def test_what_points_along_the_line_turns_with_it_and_the_player_does_not(stack, chromium, language, way):
    page, url, place = await opened(chromium, stack, language, **DESKTOP)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    seen = await page.evaluate(script("directions"))
    assert seen["page"] == way and seen["bar"] == "ltr" and seen["drawing"] == "ltr"
    assert seen["send"] == ("matrix(-1, 0, 0, 1, 0, 0)" if way == "rtl" else "none")
    assert seen["title"] == ("right" if way == "rtl" else "left")
    assert seen["panel is"] == ("left" if way == "rtl" else "right"), "of the stream"
    assert seen["digits"] == "12,345" and page.errors == []


BESIDE = """([selector, words]) => {
  const box = [...document.querySelectorAll(selector)].find((each) => each.textContent.trim() === words);
  const { direction, textAlign } = getComputedStyle(box);
  const range = document.createRange();
  range.selectNodeContents(box);
  const [line, around] = [range, box.parentElement].map((each) => each.getBoundingClientRect());
  const isRight = document.dir === "rtl";
  return [direction, textAlign, isRight ? line.right > around.right - 60 : line.left < around.left + 60];
}"""
ENGLISH, ARABIC = "Who else?", "من غيرهم؟"


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_short_words_stand_on_the_readers_side_and_read_from_their_own(stack, chromium, language):
    page, url, place = await opened(chromium, stack, language, **DESKTOP)
    for text in (ENGLISH, ARABIC):
        stack.call(chat.send, session=place["session"], who=place["people"]["speaker"], texts=[text])
        stack.call(questions.publish, session=place["session"], asker=place["people"]["attendee"], text=text)
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    for tab, selector in (("chat", ".message-text"), ("questions", ".question-text")):
        await page.evaluate("(name) => document.querySelector(`[role=tab][aria-controls^=${name}]`).click()", tab)
        for text, way in ((ENGLISH, "ltr"), (ARABIC, "rtl")):
            assert await page.evaluate(BESIDE, [selector, text]) == [way, "start", True], (selector, text)
    assert page.errors == []
