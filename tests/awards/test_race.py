"""The deadline: whoever was told "received" is in, nobody else is, and the grace is for who was writing."""

import asyncio

import pytest

from tests.browser_http import Browser
from tests.programs import awards

pytestmark = pytest.mark.parametrize("stack", ["embedded"], indirect=True)
PEOPLE = 200


async def submit(stack, entrant, mark, **changed):
    cookie, entry, _mark = entrant
    browser = Browser(stack.servers[0].port, cookie)
    if changed:
        saved = await browser.post(f"/awards/entries/{entry}/edit/", mark=mark, **changed)
        if saved.status_code != 200:
            return saved.status_code
    return (await browser.post(f"/awards/entries/{entry}/step/", action="submit", mark=mark)).status_code


async def test_200_entrants_submit_around_the_closing(stack):
    place = await asyncio.to_thread(stack.call, awards.entrants, count=PEOPLE)
    people, whole = place["entrants"], place["whole"] | {"agreed": "on"}
    await asyncio.to_thread(stack.call, awards.close_in, slug=place["slug"], seconds=1, grace=10)
    answers = await asyncio.gather(*(
        submit(stack, entrant, entrant[2] if at % 2 else "", **whole | {"title": f"Last words {at}"})
        for at, entrant in enumerate(people)
    ))  # fmt: skip
    stored = await asyncio.to_thread(stack.call, awards.submitted, slug=place["slug"])
    assert answers[1::2] == [302] * (PEOPLE // 2), "who had the form open has the grace"
    assert set(answers) <= {302, 409}
    for at, (entrant, answer) in enumerate(zip(people, answers, strict=True)):
        assert stored.get(entrant[1]) == (f"Last words {at}" if answer == 302 else None), "told so, and so it is"
    late = [entrant for entrant, answer in zip(people, answers, strict=True) if answer != 302][:20]
    await asyncio.to_thread(stack.call, awards.close_in, slug=place["slug"], seconds=-1, grace=0)
    assert {await submit(stack, entrant, entrant[2]) for entrant in late or people[:1]} == {409}
