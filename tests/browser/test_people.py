"""People in real browsers: a newcomer's two taps, a guest, a ban, an import."""

import re

import pytest

from tests import world
from tests.browser.pages import followed, person, until
from tests.browser_http import Browser
from tests.programs import people, sessions

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
ON_ONE = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


@pytest.fixture(scope="module")
def place(stack):
    made = stack.call(world.build)
    return made | stack.call(
        people.ways_in,
        session=made["session"],
        organiser=made["people"]["organiser"],
        outsider=made["people"]["outsider"],
    )


@ON_ONE
async def test_a_newcomer_with_a_link_is_in_after_one_tap(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, **PHONE)
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    await page.goto(f"{url}/people/join/#{place['token']}")
    await page.get_by_role("button", name="Join as Outsider").tap()
    await page.wait_for_url(f"{url}/sessions/{place['session']}/")
    await followed(page)
    assert not [one for one in asked if place["token"] in one[0] + one[1]]
    assert place["token"] not in await page.evaluate("location.href + document.referrer") and page.errors == []


@ON_ONE
async def test_a_link_that_does_not_open_leads_to_a_code(stack, place, chromium):
    url, gone = stack.servers[0].url, place["token"][:-1] + ("A" if place["token"][-1] != "A" else "B")
    page = await person(chromium, url, **PHONE)
    await page.goto(f"{url}/people/join/#{gone}")
    for _ in range(2):  # by the address, then by hand
        await page.locator("#join .refusal", has_text="not valid").wait_for()
        assert await page.get_by_label("paste").input_value() == ""
        assert not await page.get_by_text("Opening").is_visible() and not await page.locator("#toast").is_visible()
        await until(page, "document.activeElement.textContent === 'Send me a code'")
        await page.evaluate("document.querySelector('.refusal').remove()")
        await page.get_by_label("paste").fill("garbage")
        await page.get_by_role("button", name="Go on").tap()
    await page.locator("#join .refusal").wait_for()
    await page.get_by_role("link", name="Send me a code").tap()
    await page.get_by_label("E-mail").wait_for()
    assert page.errors == []


def person_link(place):
    return f"/editions/{place['slug']}/people/{place['people']['attendee']}/links/", {}


def invitation(place):
    data = {"email": "ada@example.org", "name": "Ada", "role": "attendee", "scope": f"edition:{place['edition']}"}
    return f"/editions/{place['slug']}/people/invite/", data


@ON_ONE
@pytest.mark.parametrize("made", [person_link, invitation])
async def test_a_link_to_the_congress_is_two_taps_from_the_live_session(stack, place, chromium, made):
    url = stack.servers[0].url
    path, data = made(place)
    answer = await Browser(stack.servers[0].port, place["cookies"]["organiser"]).post(path, **data)
    address = re.search(r'value="(http[^"]+/people/join/#[^"]+)"', answer.text)[1]
    page = await person(chromium, url, **PHONE)
    await page.goto(address)
    await page.get_by_role("button", name="Join as").tap()
    await page.wait_for_url(f"{url}/editions/{place['slug']}/**")
    await page.locator("#live-now").get_by_role("link", name="Streets for people").tap()
    await page.wait_for_url(f"{url}/sessions/{place['session']}/")
    await followed(page)
    assert await page.locator("#chat-text").is_visible() and page.errors == []


@ON_ONE
async def test_a_guest_scans_types_a_name_and_chats(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, **PHONE)
    await page.goto(f"{url}/hall/{place['code']}/")
    await page.get_by_label("Your name").fill("Pau")
    await page.get_by_role("button", name="Take part").tap()
    await page.wait_for_url(f"{url}/sessions/{place['session']}/")
    await followed(page)
    await page.locator("#chat-text").fill("Hola from the hall")
    await page.get_by_role("button", name="Send").tap()
    await page.locator(".message:not(.pending)", has_text="Hola from the hall").wait_for()
    assert "guest" in await page.locator(".message", has_text="Hola from the hall").inner_text()


@ON_ONE
async def test_a_ban_cuts_the_open_page(stack, place, chromium):
    url = stack.servers[0].url
    made = stack.call(people.come, session=place["session"])
    troll = await person(chromium, url, made["cookie"])
    organiser = await person(chromium, url, place["cookies"]["organiser"])
    await troll.goto(f"{url}/sessions/{place['session']}/")
    await followed(troll)
    await organiser.goto(f"{url}/editions/{place['slug']}/people/{made['pk']}/")
    await organiser.get_by_text("Ban from this edition").click()
    await organiser.get_by_label("Reason, shown to the participant").fill("Shouting")
    await organiser.get_by_role("button", name="Ban", exact=True).click()
    await until(troll, "document.body.dataset.joined !== 'yes'", seconds=5)
    await troll.reload()
    assert "Shouting" in await troll.inner_text("main")
    await organiser.get_by_role("button", name="Lift the ban").click()
    await troll.goto(f"{url}/sessions/{place['session']}/")
    await followed(troll)


@ON_ONE
@pytest.mark.parametrize(("how", "why"), [("ban", "banned from this session"), ("close", "There is nothing here")])
async def test_who_is_shut_out_while_watching_is_told_at_once(stack, place, chromium, how, why):
    url, session = stack.servers[0].url, place["other_session"]
    made = stack.call(people.come, session=session)
    page = await person(chromium, url, made["cookie"], **PHONE)
    await page.goto(f"{url}/sessions/{session}/")
    await followed(page)
    await page.locator("#chat-text").fill("What I was about to say")
    stack.call(people.shut_out, session=session, who=made["pk"], how=how)
    note = page.get_by_role("alert").filter(has_text="no longer have access to this session")
    await note.wait_for(timeout=5_000)
    assert not await page.locator("#chat-text").is_visible() and await page.locator("video, .poster").count() == 0
    assert not await page.locator("#live-state").is_visible()
    await until(page, "document.activeElement.textContent === 'Reload'")  # where the composer had the focus
    await note.get_by_role("link", name="Reload").click()
    await page.locator("h1", has_text=why).wait_for()
    await page.get_by_role("link", name="To the programme").click()
    await page.wait_for_url(f"{url}/editions/{place['slug']}/")
    assert page.errors == []


@ON_ONE
@pytest.mark.parametrize("scripts", [True, False])
async def test_passes_are_there_to_choose_when_they_count(stack, place, chromium, scripts):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["organiser"], java_script_enabled=scripts)
    await page.goto(f"{url}/sessions/{place['other_session']}/access/")
    assert not await page.get_by_label("Press").is_visible()
    await page.get_by_label("Some passes").check()
    await page.get_by_label("Press").check()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    assert await page.get_by_label("Press").is_checked()
    await page.get_by_label("Everybody").check()
    assert not await page.get_by_label("Press").is_visible()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()


@ON_ONE
async def test_speakers_stand_close_to_what_they_are(stack, place, chromium):
    url = stack.servers[0].url
    stack.call(sessions.add_speakers, session=place["other_session"])
    page = await person(chromium, url, viewport={"width": 1366, "height": 850})
    await page.goto(f"{url}/sessions/{place['other_session']}/")
    heights = await page.locator(".people a").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    gaps = await page.locator(".people li").evaluate_all(
        "all => all.map(one => one.children[1].getBoundingClientRect().top - one.getBoundingClientRect().top)"
    )
    assert len(gaps) == 3 and max(gaps) - min(gaps) < 1 and max(heights) - min(heights) < 1


@ON_ONE
async def test_an_organiser_imports_a_file(stack, place, chromium):
    url = stack.servers[0].url
    page = await person(chromium, url, place["cookies"]["organiser"])
    rows = "".join(f"W{number};w{number}@example.org;Walker {number};Online;{'x' * 400}\n" for number in range(1300))
    table = {"name": "shop.csv", "mimeType": "text/csv", "buffer": f"Order code;E-mail;Name;Product;x\n{rows}".encode()}
    for told in ("1300 new", "1300 unchanged"):
        await page.goto(f"{url}/editions/{place['slug']}/people/import/")
        await page.get_by_label("File").set_input_files(table)
        await page.get_by_role("button", name="Upload").click()
        await page.get_by_role("button", name="Try it").click()
        await page.get_by_role("button", name="Import now").click(timeout=60_000)
        await page.get_by_role("heading", name="Imported").wait_for(timeout=60_000)
        assert told in await page.inner_text("#progress")
    await page.goto(f"{url}/editions/{place['slug']}/people/")
    await page.get_by_role("textbox", name="Search").fill("Walker 1299")
    await page.get_by_text("1 person", exact=True).wait_for()
