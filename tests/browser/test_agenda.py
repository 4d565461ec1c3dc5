"""One tap saves a session; its delay reaches the agenda, the bell and whatever page one is on; some of it offline."""

import pytest

from tests.browser.pages import followed, person, until
from tests.programs import agenda, pages

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]

PRESSED = "(session) => document.querySelector(`[data-save='${session}']`)?.getAttribute('aria-pressed') === 'true'"
AGENDA = "(words) => document.getElementById('agenda')?.textContent.includes(words)"
TOLD = "(words) => document.querySelector('.remind')?.textContent.includes(words)"
BELL = "(label) => document.querySelector('a[href=\"/notices/\"]').ariaLabel === label"
UNSEEN = "document.querySelector('a[href=\"/notices/\"]').dataset.unseen || 0"


async def test_what_is_saved_is_followed_wherever_one_is(stack, chromium):
    place = stack.call(pages.seen)
    url, session = stack.servers[0].url, place["other_session"]
    by = place["people"]["organiser"]
    amara = await person(chromium, url, place["cookies"]["attendee"], service_workers="allow")
    other = await person(chromium, url, place["cookies"]["moderator"])
    programme = f"{url}/editions/{place['slug']}/?day={place['other_day']}"
    mine = f"{url}/editions/{place['slug']}/agenda/"

    await amara.goto(programme)
    await followed(amara)
    await amara.locator(f"[data-save='{session}']").first.click()
    await until(amara, PRESSED, session)
    await amara.goto(mine)
    await followed(amara)
    await until(amara, PRESSED, session)
    await until(amara, AGENDA, "Times are those of America/Sao_Paulo")  # her browser's: her profile says none
    await other.goto(programme)
    await followed(other)
    before = int(await amara.evaluate(UNSEEN))  # somebody has written to her

    stack.call(agenda.delay, session=session, by=by, minutes=15)
    await until(amara, AGENDA, "moved 15 min")
    await until(amara, TOLD, "now begins at")
    await until(amara, BELL, f"Notices ({before + 1})")
    assert not await other.evaluate(TOLD, "begins")
    stack.call(agenda.take_back, session=session, by=by)
    await until(amara, f"!({AGENDA})('moved 15 min')")

    await amara.goto(f"{url}/notices/")
    await followed(amara)
    await until(amara, BELL, "Notices")
    stack.call(agenda.begin_in, session=session, minutes=4)
    await amara.goto(programme)
    await until(amara, TOLD, "starts in 4 min")
    await amara.locator(".remind").get_by_role("button", name="Close").click()
    await until(amara, "document.querySelector('.remind').childElementCount === 0")

    await amara.goto(mine)
    await amara.context.set_offline(True)
    await amara.goto(programme)
    assert await amara.locator(".item").count()
    await amara.goto(f"{url}/people/account/")
    assert "No connection" in await amara.inner_text("main")
    for page in (amara, other):
        assert page.errors == []
