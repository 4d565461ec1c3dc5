"""What one may not see does not exist: every address of the matrix, and a crawl of all that links lead to."""

import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.people.hidden import CANARY, MODES, hide, whole
from tests.people.matrix import ROWS, asked, signed_in

pytestmark = pytest.mark.usefixtures("db")
READ = [key for key in ROWS if key[1] == "get"]
WRITTEN = [key for key in ROWS if key[1] == "post"]
# What has no word of a session in it, also for those who may see it.
WORDLESS = {
    "sessions:places": "what there is around the sessions, by name",
    "chat:mute": "a form about a person",
    "questions:mine": "what one has asked oneself",
    "questions:votes": "numbers",
    "polls:picture": "an image",
    "sessions:photo": "an image",
    "sessions:logo": "an image",
    "sessions:colours": "a style sheet",
    "sessions:direct": "buttons",
    "captions:file": "what was said",
    "captions:earlier": "the same",
    "streams:list": "addresses",
    "replay:window": "what came with a recording: this session plays none (tests/replay)",
    "replay:afterwards": "the same",
    "replay:own": "the same",
    "awards:export": "entries to the awards",
    "expo:export": "exhibitors",
    "collaboration:protocol_csv": "people of delegations",
    "collaboration:protocol_pdf": "the same, as a file",
    "registration:import_errors": "what is wrong in a file",
}
# An announcement to everybody; a stage; one's own card.
NOT_HIDDEN = {"announcements:confirm", "backstage:stage", "networking:card"}
EVERY_ROLE = ("invited",)  # the way to close of which every role is tried; of the others those whom they are about
ABOUT = {"anonymous", "outsider", "wrong_pass"}
MOST = 200  # pages of a crawl: more is a crawl that has lost its way


@pytest.fixture(scope="module", params=MODES)
def place(kept, request):
    cache.clear()
    with transaction.atomic():
        yield hide(request.param) | {"how": request.param}
        transaction.set_rollback(True)


def test_the_right_people_are_kept_out(place):
    """So that the tests below do not ask nobody."""
    assert {"anonymous", "outsider", "other_speaker", "guest_elsewhere", "banned"} <= set(place["hidden_from"])
    assert {"organiser", "moderator", "session_moderator", "speaker"} <= set(place["shown_to"])


def roles(place):
    """Those who are kept out and are tried."""
    return [role for role in place["hidden_from"] if place["how"] in EVERY_ROLE or role in ABOUT]


def address(place, key):
    arguments, data = asked(place, ROWS[key], "attendee")
    return reverse(key[0], args=arguments), data


def test_every_address_answers_as_if_it_did_not_exist(place):
    for role in roles(place):
        client = signed_in(place, role)
        nothing = plain(client.get("/sessions/999999/").text)
        for key in READ:
            path, data = address(place, key)
            answer = client.get(path, data)
            assert CANARY not in whole(answer), (role, key)
            if list(ROWS[key].arguments) != ["slug"]:
                assert (answer.status_code, plain(answer.text)) == (404, nothing), (role, key)


def test_the_addresses_have_the_canary_for_those_who_may(place):
    """The test above can fail."""
    client, without = signed_in(place, "organiser"), set()
    for key in READ:
        answer = client.get(*address(place, key))
        assert answer.status_code == 200, key
        if CANARY not in whole(answer):
            without.add(key[0])
    assert without == set(WORDLESS)


def plain(text):
    """The page without what differs each time."""
    return re.sub(r'value="\w{64}"|"X-CSRFToken": "\w+"|next=[^"]+|\d\d:\d\d', "", text)


def test_no_write_is_answered_otherwise(place):
    for role in roles(place):
        client = signed_in(place, role)
        for key in WRITTEN:
            path, data = address(place, key)
            status, of_edition = client.post(path, data).status_code, list(ROWS[key].arguments) == ["slug"]
            expected = {404, 403} if of_edition else {404}  # the edition itself is not hidden
            assert status in expected or key[0] in NOT_HIDDEN, (role, key)


def crawl(place, client):
    """Address -> text of everything that links lead to, every filter and search."""
    start = f"/editions/{place['slug']}/"
    waiting, found = [start, f"{start}?q={CANARY[:4]}", f"{start}?stage={place['stage']}", "/people/account/", "/"], {}
    waiting.append(f"/search/?q={CANARY[:4]}")
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        assert len(found) < MOST, path
        answer = client.get(path)
        if answer.status_code == 302:
            waiting.append(answer.url)
        found[path] = whole(answer).replace(f"q={CANARY[:4]}", "").replace(f'value="{CANARY[:4]}"', "")
        links = re.findall(r'(?:href|hx-get|src)="(/[^"#]*|\?[^"#]*)"', found[path])
        links = [re.sub("[?&]next=[^&]*", "", one.replace("&amp;", "&")) for one in links if "static" not in one]
        if "?" in path:  # each filter, but not each of them with each other
            links = [one for one in links if "?" not in one]
        waiting += [one if one.startswith("/") else path.partition("?")[0] + one for one in links]
    return found


def test_no_link_leads_to_the_canary(place):
    session = place["session"]
    for role in roles(place):
        pages = crawl(place, signed_in(place, role))
        expected = {f"/editions/{place['slug']}/", "/"}
        if role != "banned":
            expected |= {f"/sessions/{place['other_session']}/", f"/editions/{place['slug']}/?day={place['other_day']}"}
        assert expected <= set(pages), role
        assert (role == "anonymous") != ("/people/account/data.json" in pages), role
        for path, text in pages.items():
            assert CANARY not in text, (role, path)
            if path == "/people/account/data.json":
                continue  # it tells of one's own roles, wherever they are
            assert f"/sessions/{session}/" not in text and f"session:{session}" not in text, (role, path)


def test_links_lead_those_to_it_who_may(place):
    pages = crawl(place, signed_in(place, "session_moderator"))
    assert sum(CANARY in text for text in pages.values()) > 5 and f"/sessions/{place['session']}/" in pages
    assert Client().get("/").status_code == 302
