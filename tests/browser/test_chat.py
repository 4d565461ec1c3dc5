"""The chat by keyboard alone, in Arabic and Chinese, on a phone; what else happens stands in its flow."""

import pytest

from tests import world
from tests.browser.pages import followed, person, script, until
from tests.live.test_socket import in_thread
from tests.programs import chat, watching

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ARABIC, CHINESE = "متى تصل أول حافلة إلى الميناء؟", "港口的第一班车几点到？"
SETTLED = "document.querySelector('.message') && !document.querySelector('.message.pending')"
SIDES = """(text) => {
  const words = [...document.querySelectorAll(".message-text")].find((each) => each.textContent === text);
  const range = document.createRange();
  range.selectNodeContents(words);
  const name = words.parentElement.querySelector(".message-head");
  const [head, line] = [name, range].map((each) => each.getBoundingClientRect());
  const away = document.dir === "rtl" ? head.right - line.right : line.left - head.left;
  const { direction, textAlign } = getComputedStyle(words);
  return { direction, textAlign, beside: Math.abs(away) < 2 };
}"""


@pytest.fixture
def place(stack):
    return stack.call(world.build)


async def opened(stack, place, chromium, role="attendee", path="", **options):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"][role], **options)
    await page.goto(url + (path or f"/sessions/{place['session']}/"))
    await followed(page)
    return page


async def say(stack, place, who, *texts):
    given = {"session": place["session"], "who": place["people"][who], "texts": list(texts)}
    await in_thread(lambda: stack.call(chat.send, **given))


async def reach(page, selector, key="Tab"):
    """Press Tab until what has the focus matches."""
    for _ in range(60):
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"No {selector} by {key}")


async def test_by_keyboard_alone_one_answers_names_reacts_changes_and_deletes(stack, place, chromium):
    page = await opened(stack, place, chromium)
    await say(stack, place, "speaker", "Where do you all come from?")
    theirs = page.locator(".message:not(.mine)", has_text="Where do you all come from?")
    await theirs.wait_for()
    keys = page.keyboard
    await reach(page, ".message-more")
    await keys.press("Enter")
    await page.locator("#message-menu[open]").wait_for()
    await reach(page, "[data-act=reply]")
    await keys.press("Enter")
    await until(page, "document.activeElement.id === 'chat-text'")
    await keys.type("From Lagos, @Sp")
    await keys.press("Enter")  # takes the name that is offered
    await keys.type("and a clap :clap:")
    await keys.press("Enter")
    mine = page.locator(".message.mine:not(.pending)", has_text="From Lagos, @Speaker and a clap 👏")
    await mine.wait_for()
    assert "Where do you all come from?" in await mine.locator(".message-quote").inner_text()
    assert await mine.locator(".mention").inner_text() == "@Speaker"
    await reach(page, ".emoji-open", "Shift+Tab")
    await keys.press("Enter")
    await keys.press("ArrowRight")
    await keys.press("Enter")
    await until(page, "document.activeElement.id === 'chat-text' && document.activeElement.value.length > 0")
    await keys.press("Control+A")
    await keys.press("Delete")
    await page.locator(f"#{await theirs.get_attribute('id')} .message-more").focus()
    await keys.press("Enter")
    await reach(page, ".menu-reactions .reaction")
    await keys.press("Enter")
    await theirs.locator(".reaction[aria-pressed=true]").wait_for()
    await page.locator(f"#{await mine.get_attribute('id')} .message-more").focus()
    await keys.press("Enter")
    await reach(page, "[data-act=edit]")
    await keys.press("Enter")
    await keys.press("End")
    await keys.type(" and water")
    await keys.press("Enter")
    await page.locator(".message.mine", has_text="and water").get_by_text("edited").wait_for()
    await page.locator(f"#{await mine.get_attribute('id')} .message-more").focus()
    await keys.press("Enter")
    await reach(page, "[data-act=withdraw]")
    await keys.press("Enter")
    await page.get_by_text("Its author deleted this message.").wait_for()
    assert await page.get_by_text("and water").count() == 0 and page.errors == []


async def test_who_comes_back_finds_the_line_where_they_stopped_on_another_device_and_who_named_them(
    stack, place, chromium
):
    session, people = place["session"], place["people"]
    await say(stack, place, "speaker", "read before", "the first new one", "and on")
    named = {"session": session, "who": people["moderator"], "whom": people["attendee"]}
    await in_thread(lambda: stack.call(chat.read, session=session, who=people["attendee"], upto="read before"))
    await in_thread(lambda: stack.call(chat.named, **named))
    page = await opened(stack, place, chromium)
    line = page.locator("#messages .unread-line")
    await line.wait_for()
    assert "the first new one" in await line.locator("xpath=following-sibling::*[1]").inner_text()
    notice = page.locator("#chat-notices .chat-notice")
    await notice.get_by_text("Moderator named you").wait_for()
    await notice.locator(".notice-go").click()
    await until(page, "document.activeElement.textContent.includes('@Attendee knows')")
    together = "[...document.querySelectorAll('#messages .message')].map((each) => each.matches('.together'))"
    assert await page.evaluate(together) == [False, False, True, False]  # the line parts what stands together
    assert await notice.count() == 0 and page.errors == []


@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
async def test_arabic_reads_from_the_right_beside_its_author_and_chinese_is_composed_while_others_write(
    stack, place, chromium, size
):
    page = await opened(stack, place, chromium, **size)
    await say(stack, place, "speaker", ARABIC)
    await page.get_by_text(ARABIC, exact=True).wait_for()
    assert await page.evaluate(SIDES, ARABIC) == {"direction": "rtl", "textAlign": "start", "beside": True}
    field = page.locator("#chat-text")
    await field.click()
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "gangkou", "selectionStart": 7, "selectionEnd": 7})
    await say(stack, place, "speaker", "Written meanwhile")
    await page.get_by_text("Written meanwhile", exact=True).wait_for()
    assert await field.input_value() == "gangkou"  # what is composed stands
    await keyboard.send("Input.insertText", {"text": CHINESE})
    await page.keyboard.press("Enter")
    await page.locator(".message.mine:not(.pending)", has_text=CHINESE).wait_for()
    assert (await page.evaluate(SIDES, CHINESE))["direction"] == "ltr"
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth") and page.errors == []


async def test_a_poll_stands_in_the_flow_leads_to_its_panel_and_says_that_it_is_closed(stack, place, chromium):
    page = await opened(stack, place, chromium, **PHONE)
    await say(stack, place, "speaker", "before")
    poll = await in_thread(lambda: stack.call(watching.open_poll, session=place["session"], question="Trams or buses?"))
    card = page.locator("#messages .chat-card")
    await card.get_by_text("Trams or buses?").wait_for()
    await say(stack, place, "speaker", "after")
    await page.get_by_text("after", exact=True).wait_for()
    order = "[...document.querySelectorAll('#messages > *')].map((each) => each.matches('.chat-card'))"
    assert await page.evaluate(order) == [False, True, False]
    await in_thread(lambda: stack.call(watching.close_poll, poll=poll))
    await card.get_by_text("Poll, closed").wait_for()
    assert await page.evaluate(order) == [False, True, False] and await card.count() == 1
    await card.get_by_role("link", name="Results").click()
    await page.locator("#polls-panel[data-chosen]").wait_for()
    assert page.errors == []


async def test_the_card_of_a_poll_that_one_has_answered_says_so_wherever_one_looks(stack, place, chromium):
    page = await opened(stack, place, chromium)
    await in_thread(lambda: stack.call(watching.open_poll, session=place["session"], question="Trams or buses?"))
    link = page.locator(".chat-card .card-go")
    await link.get_by_text("Answer", exact=True).wait_for()
    assert not await link.get_by_text("You have answered").is_visible()
    await page.locator("#pinned-poll").get_by_role("button", name="Trams").click()
    await link.get_by_text("You have answered").wait_for()
    assert not await link.get_by_text("Answer", exact=True).is_visible()
    await page.reload()  # the page is the same for all: what one has answered comes with the join
    await link.get_by_text("You have answered").wait_for()
    other = await opened(stack, place, chromium, "speaker")
    assert await other.locator(".chat-card .card-go").inner_text() == "Answer"
    assert page.errors == other.errors == []


async def test_in_a_crowd_a_screen_reader_is_told_how_many_and_not_each(stack, place, chromium):
    page = await opened(stack, place, chromium)
    log = page.locator(".chat-scroll")
    assert await log.get_attribute("aria-live") == "polite"
    await say(stack, place, "speaker", "the first")
    await page.get_by_text("the first", exact=True).wait_for()
    await page.evaluate(script("messages"), [0, 12, False])
    assert await log.get_attribute("aria-live") == "off"
    await until(page, "/\\d+ new messages/.test(document.getElementById('chat-summary').textContent)")
    await until(page, "document.querySelector('.chat-scroll').getAttribute('aria-live') === 'polite'", seconds=25)
    assert page.errors == []


async def say_backstage(page, text):
    await page.get_by_label("To those behind the stage").fill(text)
    await page.keyboard.press("Enter")


async def test_what_is_said_beside_the_control_room_is_on_the_page_of_the_channel(stack, place, chromium):
    slug = place["slug"]
    control = await opened(stack, place, chromium, "organiser", f"/editions/{slug}/control/")
    moderator = await opened(stack, place, chromium, "moderator", f"/editions/{slug}/backstage/")
    await control.get_by_role("button", name="Back stage").click()
    await say_backstage(control, "Doors in five minutes")
    for page in (control, moderator):
        await page.locator(".backstage-line", has_text="Doors in five minutes").wait_for()
    await until(control, "document.querySelector('.backstage-form [name=text]').value === ''")
    await control.keyboard.press("Escape")
    await say_backstage(moderator, "On our way")
    await control.get_by_role("button", name="Back stage 1").click()
    await control.get_by_text("Of one stage").click()
    await control.get_by_role("link", name="Agora").click()
    await followed(control)
    assert await control.get_by_text("Doors in five minutes").count() == 0
    await say_backstage(control, "Lights on Agora")
    await control.locator(".backstage-line", has_text="Lights on Agora").wait_for()
    assert control.errors == moderator.errors == []
