"""Two mayors sign on stage: the hall and those far away see both names, and then the board has it."""

import asyncio

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import collaboration

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


async def sign(mayor, url, path, office):
    await mayor.goto(f"{url}{path}sign/")
    await mayor.fill("#sign-office", office)
    await mayor.get_by_label("I have read this text").check()
    await mayor.get_by_role("button", name="Sign as").click()
    await mayor.get_by_text(office).first.wait_for()


async def test_two_mayors_sign_and_remote_people_watch(stack, chromium):
    place = await asyncio.to_thread(stack.call, collaboration.table)
    url, path = stack.servers[0].url, f"/commitments/{place['commitment']}/"
    session = f"{url}/sessions/{place['session']}/"
    screen = await person(chromium, url, viewport={"width": 1920, "height": 1080})
    phone = await person(chromium, url, place["cookies"]["attendee"], **PHONE)
    moderator = await person(chromium, url, place["cookies"]["moderator"])
    lagos, porto = [await person(chromium, url, place[name][0]) for name in ("lagos", "porto")]
    await screen.goto(url + place["screen"])
    await phone.goto(session)
    for page in (screen, phone):
        await followed(page)
    assert await phone.locator("#pinned-signing").is_hidden()
    await moderator.goto(f"{session}signings/")
    await moderator.get_by_role("button", name="Open on stage").click()
    await screen.locator(".signing-stage").get_by_text("Shade for every school").wait_for()
    await phone.locator("#pinned-signing").get_by_text("0 of 2").wait_for()
    assert (await phone.goto(url + path)).status == 404, "not public before all have signed"
    await phone.goto(session)
    await sign(lagos, url, path, "Mayor of Lagos")
    await phone.locator(".pin-signing-names").get_by_text("Lagos0").wait_for()
    await sign(porto, url, path, "Mayor of Porto")
    for name in ("Lagos0", "Porto0"):
        await phone.locator(".pin-signing-names").get_by_text(name).wait_for()
        await screen.locator(".signing-stage-name").get_by_text(name).wait_for()
    await phone.locator("#pinned-signing a").click()
    await phone.get_by_role("heading", name="Shade for every school").wait_for()
    await moderator.get_by_role("button", name="Close").click()
    await until(screen, "!document.querySelector('.signing-stage')")
    await phone.goto(f"{url}/commitments/")
    await phone.get_by_role("link", name="Shade for every school").wait_for()
    assert [page.errors for page in (screen, phone, moderator, lagos, porto)] == [[]] * 5
