"""The moderators' board in a browser: what it measures in pixels, thirty questions by keys alone, losing a race."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.pages import until
from tests.browser.test_questions import opened, shown
from tests.programs import questions

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
BOARD = "questions/board/"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
ROWS = """() => {
  const list = document.getElementById("columns").getBoundingClientRect();
  const rows = [...document.querySelectorAll("#column-pending .qcard")].map((row) => row.getBoundingClientRect());
  return {
    heights: rows.map((row) => row.height),
    whole: rows.filter((row) => row.top >= list.top && row.bottom <= Math.min(list.bottom, innerHeight)).length,
    cut: [...document.querySelectorAll("#column-pending .qcard-text, #column-pending .qcard-who")]
      .filter((part) => part.getBoundingClientRect().bottom > part.closest(".qcard").getBoundingClientRect().bottom)
      .length,
  };
}"""
OUTSIDE = """() => [...document.querySelectorAll(".board :is(button, input, select, a, .qcard)")]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest(".skip"))
  .filter((part) => {
    const box = part.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth + 1;
  })
  .map((part) => part.outerHTML.slice(0, 120))"""


@pytest.fixture
def place(stack):
    return stack.call(questions.many_rows)


async def test_nine_whole_questions_of_any_script_stand_on_a_small_desktop(stack, place, chromium):
    board = await opened(chromium, stack, place, "moderator", BOARD, **DESKTOP)
    rows = await board.evaluate(ROWS)
    assert len(rows["heights"]) == 30 and all(56 <= height <= 64 for height in rows["heights"])
    assert rows["whole"] >= 9 and rows["cut"] == 0
    stage = await board.locator("#column-stage .qcard").bounding_box()
    queue = await board.locator("#column-queue .qcard").first.bounding_box()
    await board.locator("#column-pending .qcard").last.scroll_into_view_if_needed()
    assert await board.locator("#column-stage .qcard").bounding_box() == stage  # in sight wherever one reads
    assert await board.locator("#column-queue .qcard").first.bounding_box() == queue
    filled = await board.evaluate(
        """[...document.querySelectorAll(".board .button:not(.tonal, .danger)")].filter((each) => each.checkVisibility({
             visibilityProperty: true })).length"""
    )
    assert filled == 1 and board.errors == []


async def test_thirty_questions_are_handled_by_keys_alone(stack, place, chromium):
    """Approved, queued, brought on stage one after the other: no mouse, no focus set by a script."""
    board = await opened(chromium, stack, place, "moderator", BOARD, **DESKTOP)
    count = "name => Number(document.getElementById(`count-${name}`).textContent)"
    on_card = "() => Boolean(document.activeElement.closest('.qcard'))"
    for _ in range(25):
        await board.keyboard.press("Tab")
        if await board.evaluate(on_card):
            break
    for left in reversed(range(30)):
        await board.keyboard.press("a")
        await until(board, f"({count})('pending') === {left} && ({on_card})() === {str(bool(left)).lower()}")
    await board.keyboard.press("ArrowRight")
    published = await board.evaluate(count, "approved")
    assert published == 40
    for left in reversed(range(10, 40)):
        await board.keyboard.press("q")
        await until(board, f"({count})('approved') === {left} && ({on_card})()")
    await board.keyboard.press("ArrowRight")
    queued = await board.evaluate(count, "queue")
    for left in reversed(range(queued)):
        on_stage = await board.locator("#next-expected").get_attribute("value")
        await board.keyboard.press("n")
        await until(
            board,
            f"id => ({count})('queue') === {left} && document.getElementById('next-expected').value !== id",
            on_stage,
        )
    assert await board.evaluate(count, "done") == 36 and board.errors == []


async def test_the_focus_goes_to_the_neighbour_also_when_a_colleague_takes_the_card(stack, place, chromium):
    board = await opened(chromium, stack, place, "moderator", BOARD, **DESKTOP)
    colleague = await opened(chromium, stack, place, "organiser", BOARD, **DESKTOP)
    first, second, third = place["pending"][:3]
    await board.locator(f"#card-{first}").focus()
    await board.keyboard.press("a")
    await until(board, f"document.activeElement.id === 'card-{second}'")
    await colleague.locator(f"#card-{second}").focus()
    await colleague.keyboard.press("a")
    await until(board, f"document.activeElement.id === 'card-{third}'")
    await board.keyboard.press("d")  # a reason is open: keys write
    await board.keyboard.type("an")
    assert await board.locator("#dismiss-reason").input_value() == "an"
    await board.keyboard.press("Escape")
    await until(board, f"document.activeElement.id === 'card-{third}'")
    await board.get_by_role("button", name="Keys").click()
    await board.get_by_label("Use these keys").uncheck()
    await board.keyboard.press("Escape")
    await board.locator(f"#card-{third}").focus()
    await board.keyboard.press("a")
    await board.keyboard.press("Tab")
    assert (
        await board.evaluate("document.activeElement.closest('.qcard').id") == f"card-{third}"
    )  # its buttons are there
    assert await board.locator(f"#column-pending #card-{third}").count() == 1
    assert board.errors == colleague.errors == []


async def test_dismissing_by_a_preset_is_taken_back_with_one_press(stack, place, chromium):
    board = await opened(chromium, stack, place, "moderator", BOARD, **DESKTOP)
    key = place["pending"][0]
    await board.locator(f"#card-{key}").hover()
    await board.locator(f"#card-{key}").get_by_role("button", name="Dismiss").click()
    await board.get_by_role("button", name="Not a question").click()
    await board.locator("[data-undo]").get_by_text("Dismissed").wait_for()
    await board.locator("[data-undo-button]").click()
    await board.locator(f"#column-pending #card-{key}").wait_for()
    assert board.errors == []


async def test_the_hall_form_opens_by_a_key_and_new_ones_are_told_quietly(stack, place, chromium):
    board = await opened(chromium, stack, place, "moderator", BOARD, **DESKTOP)
    await board.locator("#column-pending .qcard").first.focus()
    await board.keyboard.press("h")
    await board.get_by_label("Question from the hall").fill("From the second row")
    await board.get_by_role("button", name="Add").click()
    await shown(board, "approved", "From the second row")
    assert await board.locator("dialog[open]").count() == 0
    stack.call(questions.ask, session=place["session"], asker=place["people"]["attendee"], text="Is anybody there now?")
    await board.get_by_role("button", name="1 new question").click()
    await until(board, "document.activeElement.textContent.includes('Is anybody there now?')")
    assert board.errors == []


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (844, 390), (1280, 800)])  # 400 % of 1280x1024 is 320x256
async def test_nothing_is_lost_at_any_size_and_axe_finds_nothing(stack, place, chromium, size):
    viewport = {"viewport": {"width": size[0], "height": size[1]}, "bypass_csp": True}
    board = await opened(chromium, stack, place, "moderator", BOARD, **viewport)
    for scheme, opener in (("light", ""), ("dark", "dismiss"), ("light", "hall-drawer"), ("dark", "keys-drawer")):
        await board.emulate_media(color_scheme=scheme)
        if opener == "dismiss":
            await board.locator("#column-pending .qcard").first.focus()
            await board.keyboard.press("j")
            await board.keyboard.press("d")
        elif opener:
            await board.evaluate("name => document.getElementById(name).showModal()", opener)
        violations = (await Axe().run(board)).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == [], (size, opener)
        assert (
            await board.evaluate(OUTSIDE) == []
            and await board.evaluate("document.documentElement.scrollWidth") <= size[0]
        )
        await board.keyboard.press("Escape")
    assert board.errors == []
