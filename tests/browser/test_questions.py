"""The whole story of a question, in real browsers: from a phone to the stage and back into the asker's history."""

import asyncio

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.pages import followed, person, script, until
from tests.programs import questions

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(questions.taking)


async def opened(chromium, stack, place, role, path="", number=0, **options):
    url = stack.servers[number % len(stack.servers)].url
    page = await person(chromium, url, place["cookies"].get(role, ""), **options)
    await page.goto(f"{url}/sessions/{place['session']}/{path}")
    await followed(page)
    if not path:
        await page.get_by_role("tab", name="Questions").click()
    return page


async def shown(board, column, question=""):
    """Opens a list of the board ("pending", "approved", "done", "aside") and waits for the question (id, or words)."""
    await board.locator(f"#tab-{column}").check()
    found = board.locator(f"#column-{column} .qcard")
    found = found.filter(has_text=question) if " " in question else board.locator(f"#column-{column} #card-{question}")
    await found.wait_for()
    return found


async def test_from_a_phone_to_the_stage(stack, place, chromium):
    asker = await opened(chromium, stack, place, "attendee", **PHONE)
    other = await opened(chromium, stack, place, "outsider", number=1)
    voter = await opened(chromium, stack, place, "organiser", number=1, **PHONE)
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    stage = await opened(chromium, stack, place, "speaker", "speaker/", number=1)

    await asker.locator("#ask-text").fill("Who pays for the trams?")
    await asker.locator("#ask-text").press("Enter")
    await asker.locator("#my-questions").get_by_text("Waiting for the moderator").wait_for()
    await until(asker, "document.getElementById('ask-text').value === ''")  # the answer may come behind the push

    pending = board.locator("#column-pending .qcard")
    await pending.get_by_text("Who pays for the trams?").wait_for()
    assert await other.get_by_text("Who pays for the trams?").count() == 0
    await pending.first.focus()
    await board.keyboard.press("a")
    await shown(board, "approved", "Who pays for the trams?")

    await asker.get_by_text("Published: others can upvote it now.").wait_for()
    question = voter.locator("#questions .question")
    await question.get_by_text("Who pays for the trams?").wait_for()
    await question.get_by_role("button", name="upvotes").click()
    await question.locator("[aria-pressed=true]").wait_for()
    for page in (asker, other, board):
        await until(page, "document.querySelector('.votes')?.textContent === '1'")

    await board.locator("#column-approved .qcard").first.focus()
    await board.keyboard.press("q")
    await board.locator("#column-queue .qcard").wait_for()
    await stage.locator("#upcoming").get_by_text("Who pays for the trams?").wait_for()
    await until(voter, "document.querySelector('#questions [aria-pressed=true]')")  # the mark outlives the push
    await board.keyboard.press("n")
    await stage.locator("#stage-now").get_by_text("Who pays for the trams?").wait_for()
    await stage.locator("#stage-now").get_by_text("Lagos").wait_for()
    await asker.get_by_text("Your question is on stage now!").wait_for()
    await other.locator("#pinned-stage").get_by_text("Who pays for the trams?").wait_for()

    await board.get_by_label("Private line to the speakers").fill("Two minutes left")
    await board.get_by_label("Private line to the speakers").press("Enter")
    await stage.get_by_role("button", name="Understood").click()
    await board.locator("#prompt").get_by_text("read by Speaker").wait_for()

    await board.locator("#column-stage .qcard").focus()
    await board.keyboard.press("n")
    await shown(board, "done", "Who pays for the trams?")
    await asker.locator("#my-questions").get_by_text("Answered on stage.").wait_for()
    await asker.reload()
    await asker.locator("#my-questions").get_by_text("Answered on stage.").wait_for()
    for page in (asker, other, voter, board, stage):
        assert page.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_new_order_is_offered_and_nothing_moves_under_the_finger(stack, place, chromium):
    for text in ("First here", "Second here"):
        stack.call(questions.publish, session=place["session"], asker=place["people"]["attendee"], text=text)
    reader = await opened(chromium, stack, place, "speaker", **PHONE)
    voter = await opened(chromium, stack, place, "attendee", number=1)
    assert await reader.evaluate(script("order")) == ["First here", "Second here"]
    await voter.locator("#questions .question", has_text="Second here").get_by_role("button", name="upvotes").click()
    await reader.get_by_role("button", name="new order").wait_for()
    assert await reader.evaluate(script("order")) == ["First here", "Second here"]
    await reader.get_by_role("button", name="new order").click()
    await until(reader, f"({script('order')})()[0] === 'Second here'")
    assert reader.errors == voter.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_an_upvote_without_the_link_goes_by_http_and_a_refused_one_is_taken_back(stack, place, chromium):
    question = stack.call(
        questions.publish, session=place["session"], asker=place["people"]["attendee"], text="Whose street?"
    )
    page = await opened(chromium, stack, place, "moderator")
    item = page.locator(f"#question-{question}")
    await page.route("**/upvote/", lambda route: route.abort())
    await item.get_by_role("button", name="upvotes").click()
    await item.locator("[aria-pressed=true]").wait_for()
    await until(page, f"document.getElementById('votes-{question}').textContent === '1'")
    await page.unroute("**/upvote/")
    await page.evaluate("document.body.dataset.joined = 'no'")  # as while it is lost
    await item.get_by_role("button", name="upvotes").click()
    await item.locator("[aria-pressed=false]").wait_for()
    await until(page, f"document.getElementById('votes-{question}').textContent === '0'")
    await page.evaluate("document.body.dataset.joined = 'yes'")
    stack.call(questions.dismiss_silently, key=question)
    await item.get_by_role("button", name="upvotes").click()
    await page.locator("#toast").get_by_text("no longer voted on").wait_for()
    await item.locator("[aria-pressed=false]").wait_for()


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_the_characters_left_are_counted_and_no_poll_counts_them_down(stack, place, chromium):
    page = await opened(chromium, stack, place, "speaker")
    await page.locator("#ask-text").fill("Why?")
    await asyncio.sleep(0.6)  # the countdown of polls goes on every 250 ms
    assert await page.locator("#ask-count").inner_text() == "296 characters left"
    assert page.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_similar_ones_are_offered_and_a_draft_survives(stack, place, chromium):
    page = await opened(chromium, stack, place, "speaker")
    await page.locator("#ask-text").press_sequentially("second here", delay=10)
    await page.locator("#similar").get_by_text("Second here").wait_for()
    await page.locator("#similar li", has_text="Second here").get_by_role("button").click()
    await page.locator("#questions .question", has_text="Second here").locator("[aria-pressed=true]").wait_for()
    await page.reload()
    await page.get_by_role("tab", name="Questions").click()
    assert await page.locator("#ask-text").input_value() == "second here"
    stack.call(questions.set_intake, intake="closed")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await page.get_by_text("Questions are closed at the moment; your words are kept here.").wait_for()
    assert await page.locator("#ask-text").input_value() == "second here"
    stack.call(questions.set_intake, intake="open")
    assert page.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_the_queue_is_dragged_into_order(stack, place, chromium):
    board = await opened(
        chromium, stack, place, "moderator", "questions/board/", viewport={"width": 1400, "height": 1000}
    )
    for name in ("First here", "Second here"):
        await (await shown(board, "approved", name)).focus()
        await board.keyboard.press("q")
        await board.locator("#column-queue .qcard", has_text=name).wait_for()
    grip = board.locator("#column-queue .qcard", has_text="Second here").locator("[data-grip]")
    first = await board.locator("#column-queue .qcard", has_text="First here").bounding_box()
    await board.locator("#column-queue .qcard", has_text="Second here").hover()
    await grip.hover()
    await board.mouse.down()
    await board.mouse.move(first["x"] + 40, first["y"] + 2, steps=8)
    async with board.expect_response("**/move/"):
        await board.mouse.up()
    order = "document.getElementById('column-queue').querySelector('.qcard-text').textContent"
    await until(board, f"{order} === 'Second here'")
    await board.reload()
    assert await board.evaluate(order) == "Second here"
    await board.locator("#column-queue .qcard", has_text="Second here").focus()
    await board.keyboard.press("Shift+ArrowDown")
    await until(board, f"{order} === 'First here'")
    assert board.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_merging_the_chosen_keeps_what_is_public(stack, place, chromium):
    asker = {"session": place["session"], "asker": place["people"]["attendee"]}
    public = stack.call(questions.publish, **asker, text="How do you clear the snow?")
    pending = stack.call(questions.ask, **asker, text="Who clears the snow?")
    reader = await opened(chromium, stack, place, "outsider", **PHONE)
    board = await opened(chromium, stack, place, "moderator", "questions/board/")
    merge = board.locator("#bulk [data-merge-chosen]")
    await board.locator(f"#card-{pending} .pick input").check()
    assert not await merge.is_visible()  # one alone is not merged
    await shown(board, "approved", public)
    await board.locator(f"#card-{public} .pick input").check()
    assert await merge.inner_text() == "Merge into “How do you clear the snow?”"
    await merge.click()
    await shown(board, "aside", pending)
    await shown(board, "approved", public)
    assert await reader.locator("#questions").get_by_text("How do you clear the snow?").is_visible()
    assert board.errors == reader.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_settings_say_that_they_are_saved(stack, place, chromium):
    board = await opened(chromium, stack, place, "organiser", "questions/board/")
    await board.get_by_role("button", name="How questions are taken").click()
    for action in ("intake", "configure"):
        form = board.locator(f"form[action$='/{action}/']")
        box = form.locator("input[type=checkbox]").first
        await box.click()
        if action == "configure":
            assert await form.get_by_role("status").inner_text() == ""
            await form.get_by_role("button", name="Save").click()
        await form.get_by_role("status").get_by_text("Saved.").wait_for()
        await box.click()  # as it was
        if action == "configure":
            await until(board, "document.querySelector('form[action$=\"/configure/\"] .saved').textContent === ''")
            await form.get_by_role("button", name="Save").click()
        await form.get_by_role("status").get_by_text("Saved.").wait_for()
    assert board.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_tap_shows_the_whole_question_on_stage(stack, place, chromium):
    text = " ".join(["How will the city keep its streets cool in summer when the old trees are gone?"] * 4)[:299]
    asker = {"session": place["session"], "asker": place["people"]["attendee"]}
    key = stack.call(questions.publish, **asker, text=text)
    stack.call(questions.bring_on_stage, key=key, by=place["people"]["moderator"])
    for width in (320, 390):
        page = await opened(chromium, stack, place, "outsider", viewport={"width": width, "height": 844})
        shown = page.locator(".pin-text")
        assert not await page.evaluate(script("whole"))
        await shown.click()
        assert await page.evaluate(script("whole"))
        await shown.click()
        assert not await page.evaluate(script("whole"))


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)  # what a page looks like does not depend on it
@pytest.mark.parametrize("size", [(320, 640), (1280, 800)])
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(stack, place, chromium, size):
    url = stack.servers[0].url
    width, height = size
    options = {"viewport": {"width": width, "height": height}, "bypass_csp": True}
    for role, paths in {"": [""], "attendee": [""], "moderator": ["", "questions/board/", "speaker/"]}.items():
        page = await person(chromium, url, place["cookies"].get(role, ""), **options)
        for path in paths:
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                await page.goto(f"{url}/sessions/{place['session']}/{path}?{scheme}#questions-panel")
                if path == "questions/board/":
                    await page.locator(".qcard:visible").first.click()
                    await page.locator("[data-tools]:visible").first.click()
                    await page.locator("#tools[open]").wait_for()
                found = (await Axe().run(page)).response["violations"]
                assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], (role, path, scheme)
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, (role, path)
