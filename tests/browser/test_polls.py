"""A poll in real browsers: the speaker opens it, three phones answer, chart and screen move, the speaker reveals."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.pages import followed, person, until
from tests.programs import polls

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(polls.prepared)


@pytest.fixture(autouse=True)
def nothing_open(stack, place):
    """Whatever a test before has left open is closed."""
    stack.call(polls.close_all)


async def opened(chromium, stack, place, who, path="", number=0, **options):
    url = stack.servers[number % len(stack.servers)].url
    page = await person(chromium, url, place["cookies"].get(who, ""), **options)
    await page.goto(f"{url}/sessions/{place['session']}/{path}")
    await followed(page)
    if not path:
        await page.get_by_role("tab", name="Polls").click()
    return page


def card(page, question):
    return page.locator(".poll", has_text=question)


def width(page, selector):
    return page.evaluate(f"Number(document.querySelector('{selector} .bar-fill')?.getAttribute('width'))")


async def test_the_audience_answers_and_the_speaker_watches(stack, place, chromium):
    speaker = await opened(chromium, stack, place, "speaker", "speaker/", number=1)
    screen = await opened(chromium, stack, place, "speaker", "screen/", viewport={"width": 1280, "height": 720})
    await screen.goto(await screen.get_by_role("link", name="Open the screen").get_attribute("href"))
    await followed(screen)
    phones = [await opened(chromium, stack, place, f"phone{n}", number=n, **PHONE) for n in (1, 2, 3)]
    first = place["polls"][0]

    await speaker.locator(".row", has_text="Trams or bicycles?").get_by_role("button", name="Open").click()
    await screen.locator(".screen-main").get_by_text("Trams or bicycles?").wait_for()
    assert await screen.locator(".qr").count() == 1
    for phone in phones:
        await card(phone, "Trams or bicycles?").wait_for()
    for phone, choice in zip(phones, ("Trams", "Trams", "Bicycles"), strict=True):
        await card(phone, "Trams or bicycles?").get_by_text(choice, exact=True).click()  # one tap
        await card(phone, "Trams or bicycles?").get_by_text("Your answer is counted.").wait_for()
        assert await phone.locator(f"#results-{first} .bars").count() == 0  # not revealed
    chart, shown = f"#run-chart-{first}", f"#screen-answers-{first}"
    for page, selector, value in ((speaker, chart, "bar-value"), (screen, shown, "screen-value")):
        await until(page, f"document.querySelector('{selector} .{value}')?.textContent.includes('67 %')")
        await until(page, f"document.querySelector('{selector} .bar-fill').getAttribute('width').startsWith('67')")

    await card(phones[0], "Trams or bicycles?").get_by_role("button", name="Change").click()  # of mind
    await card(phones[0], "Trams or bicycles?").get_by_text("Bicycles", exact=True).click()
    await until(speaker, f"document.querySelector('{chart} .bar-value').textContent.includes('33 %')")

    await speaker.locator("#presenter-now").get_by_role("button", name="Reveal results").click()
    for phone in phones:
        await until(phone, f"document.querySelector('#results-{first} .bar-value')?.textContent.includes('33 %')")
    chosen = f"document.querySelector('#results-{first} .chosen .bar-label')"
    await until(phones[0], f"{chosen}?.textContent.includes('Bicycles')")
    await phones[1].reload()
    await card(phones[1], "Trams or bicycles?").get_by_text("Your answer is counted.").wait_for()
    asked = []
    speaker.once("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())
    await speaker.locator("#presenter-now").get_by_role("button", name="Close", exact=True).click()
    await speaker.wait_for_timeout(300)
    assert "for good" in asked[0] and await phones[0].locator(f"#poll-{first}.is-open").count() == 1
    speaker.on("dialog", lambda dialog: dialog.accept())
    await speaker.locator("#presenter-now").get_by_role("button", name="Close", exact=True).click()
    for phone in phones:
        await phone.locator(f"#poll-{first}.is-closed .bars").wait_for()
    await phones[2].reload()  # after the session: results stand on its page
    await phones[2].locator(f"#poll-{first}.is-closed .bars").wait_for()
    for page in (speaker, screen, *phones):
        assert page.errors == []


@pytest.mark.parametrize("stack", ["full"], indirect=True)
async def test_every_type_on_a_phone_over_the_socket_and_without_it(stack, place, chromium):
    speaker = await opened(chromium, stack, place, "moderator", "speaker/")
    phone = await opened(chromium, stack, place, "phone1", number=1, **PHONE)
    offline = await opened(chromium, stack, place, "phone2", number=1, **PHONE)
    await offline.evaluate("() => { live.say = () => Promise.reject(new Error('no socket')); }")
    speaker.on("dialog", lambda dialog: dialog.accept())
    for question, pk in zip(
        ("Which first?", "In one word?", "And on Monday?", "How many trams?", "Which two?", "How was it?", "How many?"),
        place["polls"][1:],
        strict=True,
    ):
        row = speaker.locator(".row", has_text=question)
        await row.get_by_role("button", name="Open").click()
        for page in (phone, offline):
            await page.locator(f"#poll-{pk} [data-ballot]").wait_for()
            form = page.locator(f"#poll-{pk} [data-ballot]")
            if question == "Which first?":
                await form.get_by_role("button", name="Light: up").click()
                await form.get_by_role("button", name="Light: up").click()
                await form.get_by_role("button", name="Send").click()
            elif question == "In one word?":
                await form.locator("[name=word]").first.fill("Trees")
                await form.locator("[name=word]").last.fill("Shade")
                await form.get_by_role("button", name="Send").click()
            elif question == "And on Monday?":
                await form.locator("textarea").fill("Plant a tree")
                await form.get_by_role("button", name="Send").click()
            elif question == "How many trams?":
                await form.get_by_text("Forty").click()
            elif question == "Which two?":
                await form.get_by_text("A", exact=True).click()
                await form.get_by_text("B", exact=True).click()
                await form.get_by_text("C", exact=True).click()
                await form.get_by_role("button", name="Send").click()
                await form.get_by_text("Choose 1 to 2.").wait_for()
                assert await form.locator(":checked").count() == 3  # nothing is lost
                await form.get_by_text("C", exact=True).click()
                await form.get_by_role("button", name="Send").click()
            elif question == "How was it?":
                await form.locator("[value='4']").check()
            else:
                await form.locator("[name=number]").fill("7")
                await form.get_by_role("button", name="Send").click()
            await page.locator(f"#poll-{pk}.voted .counted").wait_for()
        await speaker.locator(f"#run-chart-{pk}").get_by_text("2 answers").wait_for()
        if question == "Which first?":
            assert (await phone.locator(f"#results-{pk} .bar-label").first.text_content()).strip() == "Light"
            await offline.locator(f"#results-{pk} .bars").wait_for()
        if question == "And on Monday?":
            waiting = speaker.locator(f"#waiting-{pk} li", has_text="Plant a tree")
            await waiting.first.get_by_role("button", name="Show").click()
            await phone.locator(f"#results-{pk} .texts").get_by_text("Plant a tree").wait_for()
        if question == "How many trams?":
            assert await phone.locator(f"#poll-{pk} .poll-left").text_content()
            await phone.locator(f"#poll-{pk}.is-closed .right").wait_for()  # at its time, by itself
            await phone.locator(f"#poll-{pk} .leaders").wait_for()
        else:
            await speaker.locator("#presenter-now").get_by_role("button", name="Close", exact=True).click()
        await phone.locator(f"#poll-{pk}.is-closed").wait_for()
    assert speaker.errors == phone.errors == offline.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_draft_survives_an_edit_of_the_poll(stack, place, chromium):
    made = stack.call(polls.open_text, session=place["session"], question="What now?")
    phone = await opened(chromium, stack, place, "phone3", **PHONE)
    field = phone.locator(f"#poll-{made} textarea")
    await field.fill("Half a sente")
    await field.focus()
    stack.call(polls.reword, poll=made, question="What now, then?")
    await phone.locator(f"#poll-{made}").get_by_text("What now, then?").wait_for()
    assert await field.input_value() == "Half a sente"
    await phone.keyboard.type("nce")
    assert await field.input_value() == "Half a sentence"
    assert phone.errors == []
    stack.call(polls.close, poll=made)


async def chosen(row, name):
    """Choose something of a row's menu."""
    await row.locator(".row-menu summary").click()
    await row.locator(".row-menu-list").get_by_role("button", name=name).click()
    await until(row.page, "!document.querySelector('.row-menu[open]')")  # it was done


async def rivers(desk, count):
    """Wait until there are so many polls of that question in the list."""
    found = "[...document.querySelectorAll('.row-question')].filter(e => e.textContent === 'Which river?')"
    await until(desk, f"{found}.length === {count}")


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_poll_is_prepared_and_run_by_the_moderator(stack, place, chromium):
    desk = await opened(chromium, stack, place, "moderator", "polls/")
    await desk.get_by_role("link", name="New poll").click()
    await desk.locator(".kind", has_text="Quiz").click()
    await desk.locator("[name=question]").fill("Which river?")
    await desk.locator("[name=option-0-text]").fill("Besòs")
    await desk.locator("[name=option-1-text]").fill("Danube")
    await desk.get_by_role("button", name="Save").click()
    await desk.get_by_text("Mark the right option of the quiz.").wait_for()
    assert await desk.locator("[name=option-1-text]").input_value() == "Danube"
    await desk.locator("[name=option-0-right]").check()
    await desk.get_by_role("button", name="Save").click()
    row = desk.locator(".row", has_text="Which river?")
    await chosen(row, "Duplicate")
    await rivers(desk, 2)
    await chosen(row.last, "Earlier")
    desk.on("dialog", lambda dialog: dialog.accept())
    await chosen(row.last, "Delete")
    await rivers(desk, 1)
    await row.get_by_role("button", name="Open").click()
    await row.get_by_role("button", name="Close").click()
    await row.get_by_role("button", name="New round").wait_for()
    await chosen(row, "Archive")
    await row.get_by_text("Archived").wait_for()
    assert desk.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_new_poll_is_written_and_saved_once(stack, place, chromium):
    page = await opened(chromium, stack, place, "moderator", "polls/new/", viewport={"width": 1366, "height": 900})
    await page.get_by_label("Quiz", exact=True).check()
    await page.get_by_role("textbox", name="Question").fill("Which is the capital?")
    await page.get_by_label("Option 1").fill("Girona")
    await page.get_by_role("button", name="Save").click()
    wrong = await page.locator(".wrong").bounding_box()
    assert wrong["width"] == (await page.locator(".poll-form").bounding_box())["width"]
    await page.get_by_label("Option 2").fill("Barcelona")
    await page.locator(".option-row").nth(1).get_by_label("right").check()
    for width in (1366, 390):
        await page.set_viewport_size({"width": width, "height": 900})
        for row in await page.locator(".option-row").all():
            assert (await row.bounding_box())["height"] < 60  # text, right and image in one line
    await page.get_by_role("button", name="Save").click()
    await page.wait_for_url("**/polls/")
    await page.go_back()
    await page.get_by_role("textbox", name="Question").fill("Which is the capital of Catalonia?")
    await page.get_by_role("button", name="Save").click()
    # The form that came back knows nothing of what was stored: it is told first.
    await page.locator(".wrong", has_text="“Which is the capital?”").wait_for()
    page.errors.clear()  # the browser's console names the 409
    await page.get_by_role("button", name="Save").click()
    await page.wait_for_url("**/polls/")
    assert await page.locator(".row-question", has_text="Which is the capital").all_inner_texts() == [
        "Which is the capital of Catalonia?"
    ]
    assert page.errors == []


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)  # what a page looks like does not depend on it
@pytest.mark.parametrize("size", [(320, 640), (1280, 800)])
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(stack, place, chromium, size):
    url = stack.servers[0].url
    width, height = size
    options = {"viewport": {"width": width, "height": height}, "bypass_csp": True}
    stack.call(polls.open_yes_no, session=place["session"])
    paths = ["", "polls/", "polls/new/", "speaker/", "screen/"]
    for role, seen in {"": [""], "phone1": [""], "moderator": paths}.items():
        page = await person(chromium, url, place["cookies"].get(role, ""), **options)
        for path in seen:
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                await page.goto(f"{url}/sessions/{place['session']}/{path}?{scheme}#polls-panel")
                found = (await Axe().run(page)).response["violations"]
                assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], (role, path, scheme)
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, (role, path)
