"""Back, and another tab: what one has done is shown as done, whatever page the browser had kept."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import polls, questions

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def installation(installations):
    return installations("embedded")


async def tab(page, url, place, name):
    await page.goto(f"{url}/sessions/{place['session']}/")
    await followed(page)
    await page.get_by_role("tab", name=name).click()
    return page


async def elsewhere_and_back(page, url):
    await page.goto(f"{url}/account/")
    await page.go_back()
    await followed(page)


async def test_an_upvote_is_shown_after_back_and_in_another_tab(installation, chromium):
    place = installation.call(questions.crowded)
    url = installation.servers[0].url
    page = await tab(await person(chromium, url, place["crowd"][9]), url, place, "Questions")
    second = await tab(await page.context.new_page(), url, place, "Questions")
    button = f"#upvote-{place['asked'][0]}"
    await page.locator(button).click()
    await second.locator(f"{button}[aria-pressed=true]").wait_for(state="attached")
    await page.locator(f"{button}[aria-pressed=true]").wait_for(state="attached")
    await elsewhere_and_back(page, url)
    await page.locator(f"{button}[aria-pressed=true]").wait_for(state="attached")
    await second.locator(button).click()
    await page.locator(f"{button}[aria-pressed=false]").wait_for(state="attached")
    assert page.errors == []


async def test_an_answer_is_shown_after_back_and_in_another_tab(installation, chromium):
    place = installation.call(polls.prepared)
    url = installation.servers[0].url
    poll = installation.call(polls.open_one, session=place["session"], fields={"type": "single", "question": "Yes?"})
    page = await tab(await person(chromium, url, place["cookies"]["phone1"]), url, place, "Polls")
    second = await tab(await page.context.new_page(), url, place, "Polls")
    card = f"#poll-{poll['pk']}"
    await page.locator(f"{card} [data-ballot] label").first.click()
    for each in (page, second):
        await each.locator(f"{card}.voted").wait_for(state="attached")
    await elsewhere_and_back(page, url)
    await page.locator(f"{card}.voted").wait_for(state="attached")
    assert page.errors == []


async def test_another_device_in_sight_shows_a_changed_answer(installation, chromium):
    place = installation.call(polls.prepared)
    url, fields = installation.servers[0].url, {"type": "single", "question": "Yes?", "anonymous": False}
    poll = installation.call(polls.open_one, session=place["session"], fields=fields)
    phone, laptop = [await person(chromium, url, place["cookies"]["phone1"]) for _ in range(2)]
    for device in (phone, laptop):
        await tab(device, url, place, "Polls")
    options = f"#poll-{poll['pk']} [data-ballot] label"
    for choice, change in ((0, False), (1, True)):
        if change:
            await phone.locator(f"#poll-{poll['pk']} [data-change]").click()
        await phone.locator(options).nth(choice).click()
        await laptop.locator(f"#poll-{poll['pk']}.voted").wait_for(state="attached")
        chosen = f"document.querySelectorAll('{options} input')[{choice}].checked"
        await until(laptop, chosen)
    assert phone.errors == laptop.errors == []


async def test_questions_asked_after_back_are_both_stored(installation, chromium):
    place = installation.call(questions.taking)
    url = installation.servers[0].url
    page = await tab(await person(chromium, url, place["cookies"]["attendee"]), url, place, "Questions")
    for words in ("Who pays?", "Who decides?"):
        await page.locator("#ask-text").fill(words)
        await page.locator("#ask-text").press("Enter")
        await page.locator("#my-questions .question-text", has_text=words).wait_for()
        await elsewhere_and_back(page, url)
        await page.get_by_role("tab", name="Questions").click()
    await page.locator("#my-questions .own").nth(1).wait_for()  # one's own questions come with the join
    assert await page.locator("#my-questions .own").count() == 2
