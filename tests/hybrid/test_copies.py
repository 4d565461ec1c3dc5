"""Copies of pages in two processes: what is taken away is gone from all of them within a second, Redis or not."""

import asyncio
import http.client
import re
import time

import pytest

from tests import world
from tests.browser_http import Browser
from tests.conftest import installed
from tests.programs import chat, cities, expo, people, sessions, show

WITHIN = 2.0  # seconds: one for the copies, the rest for a machine that does other things too


@pytest.fixture(scope="module", params=["with Redis", "without"])
def stack(request):
    """Two processes on one database; without Redis they hear nothing of each other."""
    with installed(request, "full", **({} if request.param == "with Redis" else {"REDIS_URL": ""})) as stack:
        yield stack


@pytest.fixture
def place(stack):
    return stack.call(world.build)


def get(port, path, cookie="", **headers):
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"} | headers)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace"), response.headers
    finally:
        connection.close()


def ports_of(stack):
    return [server.port for server in stack.servers]


def everywhere(stack, path, cookie=""):
    return [get(port, path, cookie)[:2] for port in ports_of(stack)]


def soon(stack, path, cookie, holds, within=WITHIN):
    """Until what every process answers `holds`; fails when that takes longer than so many seconds."""
    deadline = time.monotonic() + within
    while not all(holds(status, page) for status, page in everywhere(stack, path, cookie)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_two_people_get_the_same_page_with_their_own_end(stack, place):
    path = f"/sessions/{place['session']}/"
    first, second = (stack.call(people.come, session=place["session"]) for _ in range(2))
    for port in ports_of(stack):
        pages = [get(port, path, cookie) for cookie in (first["cookie"], second["cookie"])]
        starts = {page.partition('<script id="own"')[0] for _status, page, _headers in pages}
        assert len(starts) == 1 and [status for status, *_ in pages] == [200, 200]
        for (_status, page, headers), pk in zip(pages, (first["pk"], second["pk"]), strict=True):
            assert f'"participant": {pk},' in page.partition('<script id="own"')[2]
            assert "no-cache" in headers["Cache-Control"] and "Cookie" in headers["Vary"]


def test_who_is_banned_or_signed_out_is_shut_out(stack, place):
    path = f"/sessions/{place['session']}/"
    for role, how in (("attendee", "ban"), ("speaker", "sign_out")):
        cookie, who = place["cookies"][role], place["people"][role]
        assert {status for status, _ in everywhere(stack, path, cookie)} == {200}
        if how == "ban":
            stack.call(people.shut_out, who=who, session=place["session"], how="ban")
            soon(stack, path, cookie, lambda status, page: status in (403, 404))
        else:
            stack.call(people.sign_out_everywhere, who=who)
            soon(stack, path, cookie, lambda status, page: '"own" type="application/json">{}<' in page)


def test_a_session_that_is_closed_is_gone(stack, place):
    path, programme = f"/sessions/{place['session']}/", f"/editions/{place['slug']}/"
    outsider = place["cookies"]["outsider"]
    title = re.search(r'<h1[^>]*>\s*<span dir="auto">([^<]+)', get(ports_of(stack)[0], path)[1])[1]
    assert title and all(title in page for _, page in everywhere(stack, programme, outsider))
    stack.call(sessions.close, session=place["session"])
    for cookie in ("", outsider):
        soon(stack, path, cookie, lambda status, page: status == 404)
        soon(stack, programme, cookie, lambda status, page: title not in page)


def test_a_removed_message_is_gone_and_a_new_one_is_there(stack, place):
    path, cookie = f"/sessions/{place['session']}/", place["cookies"]["attendee"]
    stack.call(chat.send, session=place["session"], who=place["people"]["speaker"], texts=["Hark, hark"])
    soon(stack, path, cookie, lambda status, page: "Hark, hark" in page)
    stack.call(chat.remove, session=place["session"], text="Hark, hark", by=place["people"]["moderator"])
    soon(stack, path, cookie, lambda status, page: "Hark, hark" not in page)


def test_what_is_taken_down_leaves_the_public_lists(stack, place):
    path, cookie = "/tomorrow/cases/", place["cookies"]["attendee"]
    case = stack.call(cities.published, owner=place["people"]["organiser"], title="Melon market")
    soon(stack, path, cookie, lambda status, page: "Melon market" in page, within=11)  # a list may be ten seconds old
    stack.call(cities.take_down, case=case, by=place["people"]["organiser"])
    for reader in (cookie, ""):
        soon(stack, path, reader, lambda status, page: "Melon market" not in page)


def test_the_exhibition_shows_at_once_what_is_approved_and_nothing_that_is_taken_down(stack):
    place = stack.call(expo.hall)
    pk, by, visitor = place["exhibitor"], place["people"]["organiser"], place["visitors"][0]
    lists = [f"/editions/{place['slug']}/expo/", f"/editions/{place['slug']}/expo/plan/"]
    stand = f"/expo/{pk}/"
    for reader in (visitor, ""):
        for path in (*lists, stand):
            assert {status for status, _ in everywhere(stack, path, reader)} == {200}
    stack.call(expo.written, exhibitor=pk, products="Melon scales", by=by)
    for reader in (visitor, ""):
        for path in (lists[0], stand):
            soon(stack, path, reader, lambda status, page: "Melon scales" in page)
    stack.call(expo.take_down, exhibitor=pk, by=by)
    for reader in (visitor, ""):
        for path in lists:
            soon(stack, path, reader, lambda status, page: stand not in page)
        soon(stack, stand, reader, lambda status, page: status == 404)


def test_two_visitors_get_the_same_pages_of_the_exhibition(stack):
    place = stack.call(expo.hall, visitors=2)
    for path in (
        f"/editions/{place['slug']}/expo/",
        f"/editions/{place['slug']}/expo/plan/",
        f"/expo/{place['exhibitor']}/",
    ):
        for port in ports_of(stack):
            pages = [get(port, path, cookie)[1] for cookie in place["visitors"]]
            starts = {page.partition('<script id="own"')[0] for page in pages}
            assert len(starts) == 1 and "<h1" in starts.pop(), path
    assert stack.call(expo.visits, exhibitor=place["exhibitor"]) == []  # that is told with the join


def test_a_screen_is_never_older_than_the_asking_and_ends_at_once(stack):
    """A browser that hears at one process that something has changed may ask the other one for it."""
    made = stack.call(show.prepared)
    for number in range(6):
        stack.call(show.bring_on_stage, made=made, text=f"Why {number}?")
        for _status, page in everywhere(stack, made["screen"]):
            assert f"Why {number}?" in page and '"own" type="application/json">{}<' in page
    stack.call(show.revoke, made=made)
    assert [status for status, _ in everywhere(stack, made["screen"])] == [404, 404]


def test_who_writes_sees_it_in_every_process(stack, place):
    """Also what no room tells of."""
    path, (first, second) = f"/sessions/{place['session']}/", ports_of(stack)
    for port in (first, second):
        get(port, path, place["cookies"]["organiser"])
    stack.call(sessions.retitle_silently, session=place["session"], title="A new title")
    answer = asyncio.run(Browser(first, place["cookies"]["organiser"]).post("/people/account/", name="Same as before"))
    assert answer.status_code < 500
    assert "A new title" in get(first, path, place["cookies"]["organiser"])[1]
    deadline = time.monotonic() + 11
    while "A new title" not in get(second, path, place["cookies"]["organiser"])[1]:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_what_has_not_changed_is_not_sent_again(stack, place):
    path, cookie, port = f"/sessions/{place['other_session']}/", place["cookies"]["attendee"], ports_of(stack)[0]
    _, page, headers = get(port, path, cookie)
    status, nothing, again = get(port, path, cookie, **{"If-None-Match": headers["ETag"]})
    assert (status, nothing, again["ETag"]) == (304, "", headers["ETag"])
    assert get(port, path, place["cookies"]["speaker"])[2]["ETag"] != headers["ETag"]
    for encoding in ("br", "gzip"):
        assert get(port, path, cookie, **{"Accept-Encoding": encoding})[2]["Content-Encoding"] == encoding
    assert page
