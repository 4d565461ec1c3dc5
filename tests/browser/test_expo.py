"""The exhibition in browsers: a stand is found, rung and taken, people meet, a badge is scanned without a network."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import expo

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def place(stack):
    return stack.call(expo.hall)


async def test_from_the_profile_to_the_lead(stack, chromium, place):
    url, pk, slug = stack.servers[0].url, place["exhibitor"], place["slug"]
    staff = await person(chromium, url, place["team"][0], **PHONE)
    colleague = await person(chromium, url, place["team"][1])
    visitor = await person(chromium, url, place["visitors"][0])
    organiser = await person(chromium, url, place["cookies"]["organiser"])
    pages = (staff, colleague, visitor, organiser)
    await approved(url, pk, staff, organiser)
    await rung(url, pk, slug, staff, colleague, visitor)
    await met(url, pk, slug, staff, visitor)
    await scanned(url, pk, slug, staff, visitor)
    await between_visitors(url, slug, visitor, organiser)
    assert [page.errors for page in pages] == [[]] * 4


async def approved(url, pk, staff, organiser):
    """The stand's words on a phone, and an organiser's yes."""
    await staff.goto(f"{url}/expo/{pk}/profile/")
    await staff.get_by_label("In one sentence").fill("Trams that wait for slow walkers")
    await staff.get_by_role("button", name="Save and ask for approval").click()
    await staff.get_by_text("An organiser looks at what you wrote").wait_for()
    await organiser.goto(f"{url}/expo/{pk}/check/")
    await organiser.get_by_role("button", name="Approve").click()
    await organiser.get_by_text("Approved", exact=True).first.wait_for()


async def rung(url, pk, slug, staff, colleague, visitor):
    """A visitor finds the stand while typing and rings; both of the team see it, one takes it, they write."""
    for page in (staff, colleague):
        await page.goto(f"{url}/expo/{pk}/desk/")
        await followed(page)
    await staff.get_by_role("button", name="I am here").click()
    await followed(staff)
    await visitor.goto(f"{url}/editions/{slug}/expo/")
    await visitor.get_by_label("Theme").select_option("Mobility")
    await visitor.get_by_role("searchbox", name="Search").press_sequentially("slow walk")
    await visitor.get_by_role("link", name="City of Tampere").click()
    await visitor.get_by_label("What about?").fill("Crossings")
    await visitor.get_by_role("button", name="Ring", exact=True).click()
    await visitor.get_by_text("the whole team hears it").wait_for()
    await followed(visitor)
    for page in (staff, colleague):
        await page.get_by_text("Crossings").wait_for()
    assert "(1)" in await colleague.title()
    await staff.get_by_role("button", name="I take this one").click()
    await staff.get_by_label("Your message").fill("Come closer")
    await staff.get_by_role("button", name="Send").click()
    await colleague.get_by_text("Nobody waits").wait_for()
    await visitor.get_by_text("Only the two of you read this").wait_for()
    await visitor.get_by_text("Come closer").wait_for()
    await visitor.get_by_label("Your message").fill("From afar!")
    await visitor.keyboard.press("Enter")
    await staff.get_by_text("From afar!").wait_for()
    await until(visitor, "document.getElementById('line-text').value === ''")
    assert await visitor.get_by_text("From afar!").count() == 1


async def met(url, pk, slug, staff, visitor):
    """A meeting is asked for and agreed, on both clocks."""
    await visitor.goto(f"{url}/expo/{pk}/meet/")
    await visitor.get_by_label("What about").fill("Timetables")
    await visitor.locator("input[name=start]").first.check()
    await visitor.get_by_role("button", name="Ask").click()
    await visitor.get_by_text("for you").first.wait_for()  # a browser in São Paulo, a stand in Barcelona
    await visitor.goto(f"{url}/editions/{slug}/expo/me/")
    await followed(visitor)
    await staff.goto(f"{url}/expo/{pk}/desk/")
    await staff.locator("#expo-meetings a").first.click()
    await staff.get_by_role("button", name="Accept").click()
    await staff.get_by_text("Agreed").wait_for()
    await visitor.get_by_text("Agreed").wait_for()
    await visitor.goto(f"{url}/notices/")
    await visitor.get_by_text("has agreed to meet you: Timetables").wait_for()
    await visitor.goto(f"{url}/editions/{slug}/expo/me/")
    await followed(visitor)


async def scanned(url, pk, slug, staff, visitor):
    """Without a network the badge waits on the phone; then the visitor sees who has the data, and takes it back."""
    code = await visitor.locator(".expo-code").inner_text()
    await staff.goto(f"{url}/expo/{pk}/scan/")
    await staff.context.set_offline(True)
    await staff.get_by_label("Code of the badge").fill(code)
    await staff.get_by_role("button", name="Keep").click()
    await staff.get_by_text("1 wait on this device.").wait_for()
    await staff.context.set_offline(False)
    await until(staff, "document.querySelector('#scan-result.is-good') !== null")
    await visitor.get_by_text("1 exhibitor has your data").wait_for()
    await visitor.get_by_role("button", name="Take back").click()
    await visitor.get_by_text("Nobody has scanned your badge.").wait_for()
    await staff.goto(f"{url}/expo/{pk}/leads/")
    await staff.get_by_text("No badge was scanned yet.").wait_for()


async def between_visitors(url, slug, visitor, other):
    """Somebody lets others find them and says when they may be asked; a visitor finds them, asks, both hear of it."""
    await other.goto(f"{url}/editions/{slug}/expo/me/hours/")
    await other.get_by_text("nobody finds you").get_by_role("link", name="Your card").click()
    await other.get_by_label("Others of this edition may find me").check()
    await other.get_by_label("A line about me").fill("Shade in old towns")
    await other.get_by_role("button", name="Save").click()
    await other.get_by_text("Others find you now").wait_for()
    await other.goto(f"{url}/editions/{slug}/expo/me/hours/")
    await other.get_by_label("Others may ask me for a meeting").check()
    await other.get_by_role("button", name="Save").click()
    await other.get_by_text("09:00–18:00").wait_for()
    await visitor.goto(f"{url}/editions/{slug}/network/?q=shade")
    await visitor.get_by_role("link", name="Organiser").click()
    await visitor.get_by_role("link", name="Ask for a meeting").click()
    await visitor.get_by_label("What about").fill("Awnings")
    await visitor.locator("input[name=start]").last.check()
    await visitor.get_by_role("button", name="Ask").click()
    await visitor.get_by_text("Requested").wait_for()
    await other.goto(f"{url}/notices/")
    await other.get_by_role("link", name="V0").first.click()
    await other.get_by_role("button", name="Accept").click()
    await other.get_by_text("Agreed").wait_for()


async def test_what_is_ones_own_is_on_pages_that_many_share(stack, chromium):
    place = stack.call(expo.hall, visitors=2)
    url, pk, slug = stack.servers[0].url, place["exhibitor"], place["slug"]
    visitor, other = [await person(chromium, url, cookie) for cookie in place["visitors"]]
    staff = await person(chromium, url, place["team"][0])
    pages = (visitor, other, staff)
    stand, listed = f"{url}/expo/{pk}/", f"{url}/editions/{slug}/expo/"
    for page in pages:
        await page.goto(stand)
        await followed(page)
    await until(staff, "!!document.querySelector('#expo-links .button')")
    assert await staff.get_by_role("link", name="Your desk").count() == 1
    assert await staff.get_by_label("What about?").count() == 0
    ids = [await page.locator("#expo-talk .expo-form [name=client_id]").input_value() for page in (visitor, other)]
    assert len(set(ids)) == 2 and all(len(each) == 36 for each in ids)
    assert set(stack.call(expo.visits, exhibitor=pk)) == set(place["visitor_ids"])
    await said(visitor, other, staff)
    await kept(visitor, other, stand, listed)
    await visitor.get_by_label("What about?").fill("Crossings")
    await visitor.get_by_role("button", name="Ring", exact=True).click()
    await visitor.get_by_text("the whole team hears it").wait_for()
    await visitor.goto(stand)
    await visitor.get_by_text("You are talking to this stand already.").wait_for()
    await staff.goto(listed)
    await staff.get_by_role("link", name="Desk of City of Tampere").wait_for()
    assert [page.errors for page in pages] == [[]] * 3


async def said(visitor, other, staff):
    """A line of the stand's chat: who comes later reads it, and the team may take it out."""
    await visitor.get_by_label("Your message").fill("Do they wait?")
    await visitor.keyboard.press("Enter")
    for page in (visitor, other, staff):
        await page.get_by_text("Do they wait?").wait_for()
    await staff.reload()
    await staff.get_by_text("Do they wait?").wait_for()
    await staff.get_by_role("button", name="Remove").click()
    for page in (visitor, other, staff):
        await page.get_by_text("This line was removed.").wait_for()


async def kept(visitor, other, stand, listed):
    """What one saved is marked in the list and on the plan, and on the stand's own page; not for others."""
    await visitor.get_by_role("button", name="Save", exact=True).click()
    await visitor.get_by_role("button", name="Saved").wait_for()
    marks = {listed: ".expo-card .expo-saved", f"{listed}plan/": ".expo-hall a.is-saved"}
    marks[stand] = "#expo-links [aria-pressed=true]"
    for path, mark in marks.items():
        for page in (visitor, other):
            await page.goto(path)
            await followed(page)
        await visitor.locator(mark).wait_for()
        assert await other.locator(mark).count() == 0
    await visitor.goto(listed)
    await visitor.get_by_role("searchbox", name="Search").press_sequentially("trams")
    await until(visitor, "location.search.includes('trams')")
    await visitor.locator(".expo-card .expo-saved").wait_for()
    await visitor.goto(f"{listed}?saved=on")
    await visitor.locator(".expo-card .expo-saved").wait_for()
    await other.goto(f"{listed}?saved=on")
    await other.get_by_text("Nobody fits. Look for less.").wait_for()
    await visitor.goto(stand)
    await followed(visitor)
