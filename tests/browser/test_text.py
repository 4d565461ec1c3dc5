"""What browsers do with text, keys and dates: layouts without Latin letters, searches, fields of their own format."""

import pytest

from tests.browser.pages import followed, person, until
from tests.browser.test_questions import shown
from tests.programs import questions

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


async def opened(chromium, stack, role, path):
    place = stack.call(questions.in_many_scripts)
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"][role])
    await page.goto(f"{url}/sessions/{place['session']}/{path}")
    await followed(page)
    return page


async def press(page, key, code):
    """A key of a layout: what it types, and its place."""
    await page.evaluate(
        """([key, code]) => {
            const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        [key, code],
    )


@pytest.mark.parametrize(
    ("key", "code"),
    [("ф", "KeyA"), ("Ф", "KeyA"), ("ش", "KeyA"), ("α", "KeyA"), ("ち", "KeyA"), ("Process", "KeyA"), ("a", "KeyQ")],
)
async def test_keys_act_by_their_place_where_no_latin_is_typed(stack, chromium, key, code):
    board = await opened(chromium, stack, "moderator", "questions/board/")
    await board.locator("#column-pending .qcard", has_text="Who else?").focus()
    await press(board, "é", "KeyA")  # Latin, and no key of the board
    await press(board, key, code)
    await shown(board, "approved", "Who else?")
    assert await board.locator("#column-pending .qcard").count() == 2 and board.errors == []


async def test_pushed_cards_are_searched_as_the_server_does(stack, chromium):
    board = await opened(chromium, stack, "moderator", "questions/board/")
    both = {"nu\u0301ria": [True, False], "pay nuria": [True, False], "ｐａｙ": [True, True], "ﾊﾟﾘ": [False, True]}
    none = dict.fromkeys(["ハリ", "nuris", "dismiss"], [False, False])
    for words, found in (both | none).items():
        hits = await board.evaluate(
            """(words) => {
                document.getElementById("search-q").value = words;
                const cards = [...document.querySelectorAll("#column-pending .qcard")];
                for (const card of cards) document.dispatchEvent(new CustomEvent("live:swapped", { detail: card }));
                const found = cards.filter((card) => !card.hidden);
                return found.map((card) => card.querySelector(".qcard-text").textContent).join();
            }""",
            words,
        )
        assert ["NÚRIA" in hits, "パリ" in hits] == found and "Who else" not in hits, words


async def test_a_field_of_a_date_says_it_as_the_page_does(stack, chromium):
    page = await opened(chromium, stack, "organiser", "polls/new/")
    field = page.locator("input[name=opens_at]")
    await field.fill("2030-11-05T15:07")
    assert await page.locator("input[name=opens_at] + [data-written]").inner_text() == "5 Nov 2030 15:07"
    await field.fill("")
    assert await page.locator("input[name=opens_at] + [data-written]").inner_text() == ""
    await page.goto(page.url.replace("polls/new/", ""))
    await until(page, "document.querySelector('input[type=time] + [data-written]')")
    await page.evaluate(
        "(value) => { const field = document.querySelector('input[type=time]'); field.value = value;"
        " field.dispatchEvent(new Event('input', { bubbles: true })); }",
        "15:07",
    )
    assert await page.locator("input[type=time] + [data-written]").text_content() == "15:07"
    assert page.errors == []
