"""What a person types survives every push: words, caret, compositions. Nothing cut or unfinished is sent."""

import asyncio

import pytest

from tests.browser.pages import followed, person, until
from tests.browser.test_questions import opened, shown
from tests.programs import questions

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
CARET = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(questions.taking)


@pytest.fixture
def question(stack, place, request):
    """The id of a question that is published."""
    text = f"What of {request.node.name[:80]}?"
    return stack.call(questions.publish, session=place["session"], asker=place["people"]["attendee"], text=text)


async def colleague_steps(board, question, key, column):
    """Another moderator takes a step on the published question, by its key."""
    await (await shown(board, "approved", question)).focus()
    await board.keyboard.press(key)
    await board.locator(f"#column-{column} #card-{question}").wait_for()


async def typing_an_answer(stack, place, chromium, question):
    """The speaker's page with "Answer in writing" open, the board of a colleague, and the field."""
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    page = await opened(chromium, stack, place, "speaker")
    item = page.locator(f"#question-{question}")
    await item.locator("summary").click()
    field = item.locator("textarea")
    await field.click()
    return page, board, item, field


async def test_a_half_typed_answer_survives_a_step_of_a_colleague(stack, place, chromium, question):
    page, board, item, field = await typing_an_answer(stack, place, chromium, question)
    await page.keyboard.type("The city pays all of it")
    for _ in range(len(" all of it")):
        await page.keyboard.press("ArrowLeft")
    caret = await page.evaluate(CARET)
    await colleague_steps(board, question, "q", "queue")
    await page.locator(f"#question-{question}.is-queued").wait_for()
    assert await field.input_value() == "The city pays all of it"
    assert await page.evaluate(CARET) == caret
    await page.keyboard.type(" nearly")
    assert await field.input_value() == "The city pays nearly all of it"
    assert await item.locator("details").evaluate("details => details.open")
    await item.get_by_role("button", name="Publish the answer").click()
    await item.locator(".answer-text").get_by_text("The city pays nearly all of it").wait_for()
    await until(page, f"!document.querySelector('#question-{question} details').open")
    assert await field.input_value() == ""  # what is sent does not lie about as a draft
    assert page.errors == board.errors == []


async def test_a_reason_survives_while_its_card_moves_to_another_column(stack, place, chromium, question):
    colleague = await opened(chromium, stack, place, "organiser", "questions/board/")
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    card = await shown(board, "approved", question)
    reason = board.locator("#dismiss-reason")
    await card.hover()
    await card.get_by_role("button", name="Dismiss").click()
    await board.keyboard.type("Already sed")
    await board.keyboard.press("ArrowLeft")
    await board.keyboard.press("ArrowLeft")
    await card.locator(".pick input").evaluate("box => (box.checked = true)")
    await colleague_steps(colleague, question, "q", "queue")
    await board.locator(f"#column-queue #card-{question}").wait_for()
    await board.keyboard.type("ai")
    assert await reason.input_value() == "Already saied"
    await board.get_by_text("Somebody else has changed it meanwhile. It is now: In the queue").wait_for()
    card = board.locator(f"#card-{question}")
    assert not await card.locator(".pick input").is_checked()  # what a colleague has taken on is chosen anew
    other = stack.call(
        questions.publish, session=place["session"], asker=place["people"]["attendee"], text="Another one?"
    )
    await colleague_steps(colleague, other, "q", "queue")
    await colleague.locator(f"#column-queue #card-{other}").focus()
    await colleague.keyboard.press("Shift+ArrowUp")  # a new order goes around who types
    await until(board, f"document.querySelector('#column-queue .qcard').id === 'card-{other}'")
    await board.keyboard.type("!")
    assert await reason.input_value() == "Already sai!ed"
    await board.keyboard.press("Enter")
    await (await shown(board, "aside", question)).get_by_text("Reason: Already sai!ed").wait_for()
    assert board.errors == colleague.errors == []


async def test_a_composition_is_not_disturbed_and_the_redraw_comes_after_it(stack, place, chromium, question):
    page, board, _item, field = await typing_an_answer(stack, place, chromium, question)
    keyboard = await page.context.new_cdp_session(page)

    async def compose(text):
        caret = {"selectionStart": len(text), "selectionEnd": len(text)}
        await keyboard.send("Input.imeSetComposition", {"text": text, **caret})

    await compose("わた")
    await compose("私は")
    await colleague_steps(board, question, "q", "queue")
    await asyncio.sleep(1)
    assert await page.locator(f"#question-{question}.is-approved").count() == 1  # the push waits
    assert await field.input_value() == "私は"
    await keyboard.send("Input.insertText", {"text": "私は"})
    await page.locator(f"#question-{question}.is-queued").wait_for()
    await compose("きを")
    await keyboard.send("Input.insertText", {"text": "木を"})
    assert await field.input_value() == "私は木を"
    assert page.errors == []


async def test_a_reason_at_the_console_survives_a_status_step_of_a_colleague(stack, place, chromium):
    url, path = stack.servers[0].url, f"/sessions/{place['other_session']}/"
    pages = [await person(chromium, url, place["cookies"][role]) for role in ("moderator", "organiser")]
    for page in pages:
        await page.goto(url + path)
        await followed(page)
    writer, colleague = pages
    cancel = writer.locator(".console details", has_text="Cancel")
    await cancel.locator("summary").click()
    await cancel.locator("[name=reason]").click()
    await writer.keyboard.type("The hall is closed")
    await colleague.get_by_role("button", name="Prepare to start").click()
    await writer.get_by_role("button", name="Go live").wait_for()
    assert await cancel.locator("[name=reason]").input_value() == "The hall is closed"
    await writer.keyboard.type(" today")
    assert await cancel.locator("[name=reason]").input_value() == "The hall is closed today"
    assert writer.errors == colleague.errors == []


@pytest.mark.parametrize("field", ["#chat-text", "#ask-text"])
async def test_the_enter_that_ends_a_composition_sends_nothing(stack, place, chromium, field):
    page = await opened(chromium, stack, place, "attendee", path="")
    await page.get_by_role("tab", name="Chat" if field == "#chat-text" else "Questions").click()
    await page.locator(field).fill("東京へ")
    # Safari: compositionend first, then the key, with the code that says "the input method took it"
    await page.locator(field).evaluate(
        """field => {
          field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "東京へ" }));
          const key = { key: "Enter", keyCode: 229, which: 229, bubbles: true, cancelable: true };
          field.dispatchEvent(new KeyboardEvent("keydown", key));
        }"""
    )
    await asyncio.sleep(0.5)
    assert await page.locator(field).input_value() == "東京へ"
    await page.locator(field).press("Enter")
    await until(page, "field => document.querySelector(field).value === ''", field)


@pytest.mark.parametrize(("field", "limit"), [("#chat-text", 500), ("#ask-text", 300)])
async def test_too_much_is_kept_counted_and_not_sent(stack, place, chromium, field, limit):
    page = await opened(chromium, stack, place, "attendee", path="")
    panel = "Chat" if field == "#chat-text" else "Questions"
    await page.get_by_role("tab", name=panel).click()
    await page.locator(field).click()
    await page.keyboard.insert_text("🚋" + "x" * (limit + 297))  # a sign of two units is one character
    note = page.locator(f"[data-limit-of={field[1:]}]")
    assert len(await page.locator(field).input_value()) == limit + 298
    assert await note.inner_text() == "298 characters too many"
    await page.locator(field).press("Enter")
    await asyncio.sleep(0.5)
    assert len(await page.locator(field).input_value()) == limit + 298
    await page.locator(field).evaluate("field => field.setSelectionRange(field.value.length - 297, field.value.length)")
    for _ in range(2):  # what is selected, and one more
        await page.keyboard.press("Backspace")
    assert await note.inner_text() == "0 characters left"
    await page.locator(field).press("Enter")
    await until(page, "field => document.querySelector(field).value === ''", field)
    shown = page.locator("#messages .message-text" if panel == "Chat" else "#my-questions .question-text")
    await shown.get_by_text("🚋" + "x" * (limit - 1), exact=True).wait_for()
    assert page.errors == []


async def test_the_tools_of_the_board_count_what_is_too_much(stack, place, chromium, question):
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    await (await shown(board, "approved", question)).hover()
    await board.locator(f"#card-{question} [data-tools]").click()
    note = board.locator("#tools form[action$='/note/'] [name=text]")
    await note.click()
    await board.keyboard.insert_text("y" * 520)
    await board.locator("#tools form[action$='/note/']").get_by_text("20 characters too many").wait_for()
    await note.press("Enter")
    assert await board.locator("#tools[open]").count() == 1
    assert len(await note.input_value()) == 520
