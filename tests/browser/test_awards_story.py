"""The awards from the call to the envelope, each step by whom it is for, in browsers."""

import asyncio

import pytest

from tests.browser.pages import followed, person
from tests.programs import awards

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
QUESTIONS = "summary | Summary | text | 500 | required"
CRITERIA = "impact | Impact | 60 | 0-10\nidea | Idea | 40 | 1-5"
ENTRIES = {"lagos": ("Trees that listen", "Lagos"), "accra": ("Shade for all", "Accra")}
MARKS = {"Trees that listen": (9, 4), "Shade for all": (6, 3)}


class People:
    """A page for each person, at the addresses of one edition and its session."""

    def __init__(self, chromium, url, place):
        self.chromium, self.url, self.place, self.pages = chromium, url, place, {}

    async def at(self, who, path, **options):
        """The person's page, gone to the path."""
        if who not in self.pages:
            self.pages[who] = await person(self.chromium, self.url, self.place["cookies"].get(who, ""), **options)
        await self.pages[who].goto(self.url + path)
        return self.pages[who]

    def awards(self, name):
        return f"/editions/{self.place['slug']}/awards/{name}/"

    def session(self, name=""):
        return f"/sessions/{self.place['session']}/{name}"


async def press(page, name, exact=True):
    """Press a button, and wait for the page that it leads to."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=exact).first.click()


async def the_call(people):
    page = await people.at("organiser", people.awards("call"))
    for name, words in (("title", "Awards"), ("opens_at", "2020-01-01T10:00"), ("closes_at", "2099-01-01T10:00")):
        await page.fill(f"[name={name}]", words)
    await page.fill("[name=reviews]", "2")
    await page.fill("[name=hold]", "1")
    await press(page, "Save")
    for name, kind, lists in (("City Award", "city", (QUESTIONS, CRITERIA)), ("Audience Award", "audience", ("", ""))):
        await people.at("organiser", people.awards("categories"))
        await page.fill("[name=name]", name)
        await page.select_option("[name=kind]", kind)
        for field, text in zip(("questions", "criteria"), lists, strict=True):
            await page.fill(f"[name={field}]", text)
        await press(page, "Save")
    assert await page.locator("#categories-title ~ ul li").count() == 2


async def entered(people, who):
    title, city = ENTRIES[who]
    page = await people.at(who, people.awards("mine"), **PHONE)
    await press(page, "City Award", exact=False)
    for name, words in (("title", title), ("city", city), ("country", "Anywhere"), ("summary", "What changed.")):
        await page.fill(f"#entry-{name}", words)
    await press(page, "Save and look at it")
    await press(page, "Submit")
    await page.get_by_text("Receipt").wait_for()


async def eligible(people):
    page = await people.at("organiser", people.awards("queue"))
    await page.get_by_role("link", name="Shade for all").click()
    await page.fill("#words", "Is the city a partner?")
    await page.fill("#until", "2098-01-01T10:00")
    await press(page, "Ask the entrant")
    entrant = people.pages["accra"]
    await entrant.reload()
    await entrant.get_by_text("Is the city a partner?").wait_for()
    await entrant.fill("#answer", "It leads the work.")
    await press(entrant, "Answer")
    for title, _city in ENTRIES.values():
        await people.at("organiser", people.awards("queue"))
        await page.get_by_role("link", name=title).click()
        await press(page, "Accept")
    await page.get_by_text("It leads the work.").wait_for()


async def the_jury(people):
    page = await people.at("organiser", people.awards("jury"))
    for who in ("one", "two", "three", "chair"):
        await page.fill("[name=email]", people.place["people"][who])
        if who == "chair":
            await page.check("[name=chair]")
        await press(page, "Add")
    await press(page, "Assign")
    await page.get_by_text("2 eligible entries, 2 judges for each; 0 lack some.").wait_for()


async def judged(people, who):
    """All that waits at the judge's desk; gives back the titles."""
    page = await people.at(who, people.awards("desk"))
    titles = await page.locator(".part-rows strong").all_inner_texts()
    for title in titles:
        await page.get_by_role("link", name=title).click()
        for name, mark in zip(("Impact", "Idea"), MARKS[title], strict=True):
            await page.get_by_role("group", name=name).get_by_role("radio", name=str(mark), exact=True).check()
        await press(page, "Finished")
    assert not titles or await page.get_by_text(f"{len(titles)} of {len(titles)} judged").count() == 1
    return titles


async def decided(people):
    """Both are finalists, one wins: sealed, and not public."""
    page = await people.at("chair", people.awards("chair"))
    for honour in ("finalist", "finalist"):
        await _placed(page, 0 if await page.locator(".award-honour").count() == 0 else 1, honour)
    await press(page, "Seal")
    await press(page, "Publish the finalists")
    async with page.expect_navigation():
        await page.get_by_role("link", name="Winners", exact=True).click()
    assert await page.locator("tbody th bdi").first.inner_text() == "Trees that listen", "the board has the best first"
    await _placed(page, 0, "winner")
    await _placed(page, 1, "second")
    await press(page, "Seal")
    await page.get_by_text("SHA-256").wait_for()


async def _placed(page, row, honour):
    line = page.locator(".award-table tbody tr").nth(row)
    await line.locator("select").select_option(honour)
    async with page.expect_navigation():
        await line.get_by_role("button", name="Set").click()


async def the_ceremony(people):
    """The vote on two phones beside the stage screen, then the envelopes one after the other."""
    page = await people.at("moderator", people.session("ceremony/"))
    await press(page, "City Award")
    await press(page, "Prepare the vote")
    screen, *phones = await asyncio.gather(
        people.at("screen", people.place["screen"], viewport={"width": 1920, "height": 1080}),
        *(people.at(who, people.session(), **PHONE) for who in ENTRIES),
    )
    for each in (screen, *phones):
        await followed(each)
    await page.get_by_role("button", name="Open the vote").click()
    await screen.locator(".screen-main").get_by_text("Shade for all, Accra").wait_for()
    await asyncio.gather(*(chosen(phone, "Shade for all, Accra") for phone in phones))
    await page.get_by_text("2 votes").first.wait_for()
    await page.get_by_role("button", name="Close the vote").click()
    for honour, title in (("Finalist", ""), ("Second place", "Shade for all"), ("Winner", "Trees that listen")):
        await revealed(page, screen, phones, honour, title)
    assert "100 %" not in "".join([await each.content() for each in (page, screen, *phones)]), "nobody knows yet"
    await revealed(page, screen, phones, "Chosen by the audience", "Shade for all")
    await screen.locator(".award-ballot").get_by_text("100 %").wait_for()
    for phone in phones:
        await phone.locator("#pinned-award").get_by_text("100 %").wait_for()


async def chosen(phone, option):
    await phone.locator("#pinned-poll").get_by_role("button", name=option).click()
    await phone.locator("#pinned-poll").get_by_text("Your answer is counted.").wait_for()


async def revealed(page, screen, phones, honour, title):
    """The next envelope is opened: the screen has it at once, the phones when their picture does."""
    await page.get_by_role("button", name="Reveal on stage").click()
    await screen.locator(".award-stage-honour", has_text=honour).wait_for()
    if title:
        await screen.locator(".award-envelope").wait_for(state="attached")
        await screen.locator(".award-stage-names").get_by_text(title).wait_for()
    for phone in phones:
        await phone.locator("#pinned-award").get_by_text(honour).wait_for(state="attached")
        await phone.locator("#pinned-award").get_by_text(title or "Shade").first.wait_for(state="attached")
    await page.locator(".part-rows li", has_text=honour).get_by_text("Shown", exact=True).wait_for()


async def test_from_the_call_to_the_envelope(stack, chromium):
    place = await asyncio.to_thread(stack.call, awards.jurors)
    people = People(chromium, stack.servers[0].url, place)
    await the_call(people)
    await asyncio.gather(*(entered(people, who) for who in ENTRIES))
    await eligible(people)
    await the_jury(people)
    assert await judged(people, "three") == ["Trees that listen"], "the other is of their own city"
    await asyncio.gather(*(judged(people, who) for who in ("one", "two")))
    await decided(people)
    public = await people.at("", f"/editions/{place['slug']}/awards/")
    assert await public.locator(".award-card").count() == 2 and await public.locator(".is-winner").count() == 0
    await the_ceremony(people)
    await public.reload()
    assert await public.locator(".award-card.is-winner h3").all_inner_texts() == ["Trees that listen", "Shade for all"]
    found = await asyncio.to_thread(stack.call, awards.states, slug=place["slug"])
    assert found == {"Trees that listen": "winner", "Shade for all": "second"}
    assert [page.errors for page in people.pages.values()] == [[]] * len(people.pages)
