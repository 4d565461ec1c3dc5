"""A hundred payloads in every text that somebody can write, through every page and every pushed fragment: none runs."""

import asyncio
import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse

from tests.browser.hostile import EXCUSED, MADE, PAYLOADS, act, texts, written
from tests.browser.pages import followed, person, script
from tests.browser_http import Browser
from tests.live.test_socket import in_thread
from tests.people.matrix import ROWS, asked
from tests.programs import live
from tests.programs import pages as programs
from tests.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
OPEN = [  # role, address by name
    ("attendee", "sessions:session"),
    ("moderator", "sessions:session"),
    ("moderator", "questions:board"),
    ("speaker", "show:speaker"),
    ("moderator", "show:speaker"),
    ("moderator", "polls:list"),
    ("moderator", "show:control"),
    ("attendee", "sessions:programme"),
]
STANDS = [  # role, address: who follows a stand, its desk, a talk, what is one's own, a conversation
    ("attendee", "/expo/{exhibitor}/"),
    ("moderator", "/expo/{exhibitor}/desk/"),
    ("speaker", "/expo/talks/{expo_taken}/"),
    ("attendee", "/editions/{slug}/expo/me/"),
    ("attendee", "/network/conversations/{network_conversation}/"),
]
BY = [  # pages that the organiser sees otherwise: role, address
    ("banned", "/sessions/{session}/"),
    ("", "/sessions/{session}/"),
    ("", "/hall/{hall}/"),
    ("", "{screen}"),
    ("guest", "/sessions/{session}/"),
    ("guest", "/people/account/"),
    ("attendee", "/people/account/"),
    ("speaker", "/my-sessions/"),
    ("", "/people/join/#{token}"),
    *(("moderator", f"/expo/{{exhibitor}}/{name}/") for name in ("profile", "team", "leads", "scan")),
    ("attendee", "/expo/meetings/{expo_meeting}/"),
]


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(programs.hostile)


def test_every_text_is_hostile_or_has_a_reason_not_to_be(stack):
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 100
    names = {name for name, _model, _field in texts()}
    apart = {key for _name, model, field in texts() for key in (field.name, model.__module__.partition(".")[0])}
    assert names >= MADE and set(EXCUSED) <= names | apart
    assert len(list(written())) > 40


async def opened(chromium, url, role, path, place):
    page = await person(chromium, url, place["cookies"].get(role, ""))
    page.frames_seen = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda text: page.frames_seen.append(text)))
    await page.add_init_script(script("hit"))
    await page.goto(url + path)
    return page


async def nothing_ran(page, where):
    await page.wait_for_timeout(60)  # for what fails to load
    assert not await page.evaluate("window.wasHit"), where
    assert page.errors == [], where  # what only the CSP stopped counts as well
    assert await page.evaluate(script("waiting")) == [], where


def address(place, key):
    arguments, data = asked(place, ROWS[key])
    return reverse(key[0], args=arguments) + (f"?{urlencode(data)}" if key[1] == "get" and data else "")


async def test_every_pushed_fragment(stack, place, chromium):
    url, made = stack.servers[0].url, place
    pages = [await opened(chromium, url, role, address(place, (name, "get")), place) for role, name in OPEN]
    pages.insert(1, await opened(chromium, url, "", place["screen"], place))
    stands = [await opened(chromium, url, role, path.format(**place), place) for role, path in STANDS]
    monitor = await opened(chromium, url, "", place["monitor"], place)
    everywhere = [*pages, *stands, monitor]
    await asyncio.gather(*(followed(page) for page in everywhere))
    await arrived(pages[0], place["round"], 0)
    before = [len(page.frames_seen) for page in everywhere]
    by = Browser(stack.servers[0].port, place["cookies"]["moderator"])
    assert (await by.post(f"/questions/{place['question']}/upvote/", on="1")).status_code == 200
    assert (await by.post(f"/polls/{place['open']}/ballot/", option=place["choice"])).status_code == 200
    assert (await by.post(f"/questions/{place['question']}/note/", text="Look")).status_code < 400
    assert (await by.post(f"/chat/{place['message']}/react/", emoji="👍", on="1")).status_code < 400
    assert (await by.post(f"/sessions/{place['session']}/reactions/", sign="clap")).status_code < 400
    await pages[0].wait_for_timeout(600)  # two pushes of the numbers
    await in_thread(stack.call, act, made=made)
    assert (await by.post(f"/captions/{place['captions']}/?seq=1", text="<script>hit()</script>")).status_code == 200
    for _ in range(150):  # what is being typed comes with the next push
        if any("captions.partial" in text for text in pages[0].frames_seen):
            break
        await pages[0].wait_for_timeout(100)
    await pages[0].wait_for_timeout(600)
    told = await logged(stack, "show.monitor")  # what the monitor shows is drawn after the steps
    for key, those in (
        (f"session:{place['session']}", [pages[0], *pages[2:-2]]),
        (f"edition:{place['edition']}", [*pages, *stands]),
        (f"stand:{place['exhibitor']}", stands[:2]),
        (f"talk:{place['expo_taken']}", stands[2:3]),
        (f"conversation:{place['network_conversation']}", stands[4:]),
        (f"control:{place['edition']}", pages[-2:-1]),
        (next(room for room, _seq in told if room.startswith("monitor:")), [monitor]),
    ):
        last = max(seq for room, seq in told if room == key)
        await asyncio.gather(*(arrived(page, key, last) for page in those))
    frames = [json.loads(text) for page, at in zip(everywhere, before, strict=True) for text in page.frames_seen[at:]]
    pushed = {told[frame["room"], frame["seq"]] for frame in frames if frame["t"] == "event"}
    assert pushed | numbers(frames) == {
        f"{path.parent.parent.name}.{path.stem}" for path in Path(ROOT, "templates").glob("*/events/*.html")
    }
    shown = "".join(frame.get("html", "") for frame in frames)
    assert shown.count("hit()") > 500
    for page in everywhere:
        await nothing_ran(page, page.url)


async def logged(stack, kind):
    """(room, seq) -> kind of every event, once there is one of this kind."""
    for _ in range(200):
        told = {(room, seq): of for room, seq, of in await in_thread(stack.call, live.kinds)}
        if kind in told.values():
            return told
        await asyncio.sleep(0.1)
    raise AssertionError(kind)


async def arrived(page, room, seq):
    """Wait until the page has had a room's event, or the word that it is past it."""
    looked = 0
    for _ in range(1200):
        for text in page.frames_seen[looked:]:
            looked += 1
            frame = json.loads(text)
            if frame.get("room") == room and frame.get("seq", -1) >= seq:
                return
        await page.wait_for_timeout(50)
    raise AssertionError(f"{page.url}: {room} {seq}, {page.frames_seen[-5:]}")


def numbers(frames):
    """The kinds of the fragments that are not logged."""
    volatile = [frame for frame in frames if frame["t"] == "volatile"]
    found = {"questions.votes" for frame in volatile if 'id="votes-' in frame["html"]}
    found |= {"show.screen" for frame in volatile if 'id="screen-' in frame["html"]}
    found |= {"show.counts" for frame in volatile if 'id="row-name-' in frame["html"]}
    found |= {"captions.partial" for frame in volatile if 'id="partial-' in frame["html"]}
    found |= {"captions.screen" for frame in volatile if 'id="captions-' in frame["html"]}
    found |= {"chat.reactions" for frame in volatile if 'id="reactions-' in frame["html"]}
    found |= {"reactions.sums" for frame in volatile if 'id="talk-' in frame["html"]}
    found |= {"polls.tally" for frame in volatile if 'id="ballots-' in frame["html"]}
    return found | {"polls.results" for frame in volatile if frame["room"].startswith("round:")}


async def test_every_page(stack, place, chromium):
    url = stack.servers[0].url
    page = await opened(chromium, url, "organiser", f"/editions/{place['slug']}/people/", place)
    seen = ""
    for key in [key for key in ROWS if key[1] == "get"]:
        answer = await page.request.get(url + address(place, key))
        assert answer.ok, key
        if "attachment" in answer.headers.get("content-disposition", "") or "image" in answer.headers["content-type"]:
            continue
        await page.goto(url + address(place, key))
        seen += await page.content()
        await nothing_ran(page, key)
    assert sum(text.removeprefix("<").partition(">")[0] in seen for text in PAYLOADS) > 90
    for role, path in BY:
        other = await opened(chromium, url, role, path.format(**place), place)
        await nothing_ran(other, (role, path))
        await other.context.close()


async def test_every_fragment_that_is_asked_for(stack, place, chromium):
    """By htmx, which swaps them in."""
    url = stack.servers[0].url
    page = await opened(chromium, url, "organiser", f"/sessions/{place['session']}/questions/board/", place)
    for name in ("questions:card", "registration:links", "registration:people", "questions:similar", "chat:messages"):
        key = next(key for key in ROWS if key[0] == name)
        key = (name, "get") if (name, "get") in ROWS else key
        ask = "([verb, path]) => htmx.ajax(verb, path, { source: document.body, target: '#main', swap: 'innerHTML' })"
        query = f"?text={quote(place['words'])}" if name == "questions:similar" else ""
        await page.evaluate(ask, [key[1].upper(), address(place, key) + query])
        assert "hit" in await page.inner_html("#main"), name
        await nothing_ran(page, name)


async def test_these_tests_can_fail(stack, place, chromium):
    page = await opened(chromium, stack.servers[0].url, "", "/hall/", place)
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>')")
    with pytest.raises(AssertionError):
        await nothing_ran(page, "")
    page.errors.clear()
    await page.evaluate("document.body.innerHTML = '<a href=\"java\\tscript:hit()\">x</a>'")
    with pytest.raises(AssertionError):
        await nothing_ran(page, "")
