"""What one may not see does not exist: a canary in a closed session, and a crawl of everything as each role."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.live.client import Client as Socket
from tests.live.test_socket import in_thread

ROLES = ["", "outsider", "attendee", "other_speaker", "other_moderator", "banned"]
CANARY = "Xk7canary"
HIDE = """
import uuid
from datetime import timedelta
from django.utils import timezone
from chat.models import Message
from people.models import Participant
from polls.models import Poll
from questions.asking import Words, ask
from questions.models import Board
from questions.state import step
from sessions import access, status
from sessions.models import Session, Speaker
from tests import world
from tests.polls.conftest import opened

made = world.build()
session = Session.objects.get(pk=made["session"])
moderator = Participant.objects.get(pk=made["people"]["moderator"])
organiser = Participant.objects.get(pk=made["people"]["organiser"])
session.title, session.abstract, session.stream = canary, f"<p>{canary}</p>", f"https://example.org/{canary}.m3u8"
session.save()
star = Speaker.objects.create(edition=session.edition, guid="star", name=canary, biography=canary)
session.speakers.set([star])
Board.objects.create(session=session, intake="open")
status.step(session.pk, "prepare", moderator, reason=canary)
status.step(session.pk, "go_live", moderator)
Message.send(session, moderator, canary, uuid.uuid4())
question = ask(session, moderator, Words(canary), uuid.uuid4())
step(question.pk, "approve", moderator)
poll = opened(session, question=canary)
closed = access.Settings("invited") if how == "invited" else access.Settings(
    "public", embargo_until=timezone.now() + timedelta(hours=1))
access.change(session.pk, closed, organiser)
result = made | {"star": star.pk, "question": str(question.pk), "poll": poll.pk,
                 "message": str(Message.objects.filter(session=session).get().pk)}
"""
STEP = """
from people.models import Participant
from sessions import status
by = Participant.objects.get(pk=by)
status.step(session, "pause", by, reason=canary)
status.step(session, "resume", by)
"""


@pytest.fixture(scope="module", params=["invited", "embargoed"])
def place(stack, request):
    return stack.call(HIDE, canary=CANARY, how=request.param)


def get(stack, place, role, path):
    import requests

    cookies = {"sessionid": place["cookies"][role]} if role else {}
    return requests.get(stack.servers[0].url + path, cookies=cookies, allow_redirects=False, timeout=30)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
def test_no_page_has_the_canary(stack, place, role):
    """Everything that links lead to, and every filter and search."""
    session = place["session"]
    start = f"/editions/{place['slug']}/"
    waiting, seen = [start, f"{start}?q={CANARY[:4]}", f"{start}?stage={place['stage']}", "/people/account/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 150:
            continue
        seen.add(path)
        answer = get(stack, place, role, path)
        text = answer.text.replace(f"q={CANARY[:4]}", "").replace(f'value="{CANARY[:4]}"', "")
        assert CANARY not in text, path
        assert f"/sessions/{session}/" not in text and f"session:{session}" not in text, path
        found = re.findall(r'(?:href|hx-get|src)="(/[^"#]*|\?[^"#]*)"', answer.text)
        waiting += [one if one.startswith("/") else start + one for one in found if "static" not in one]
    assert len(seen) > 3


ADDRESSES = ["/sessions/{}/", "/sessions/{}/direct/", "/sessions/{}/chat/", "/sessions/{}/questions/votes/"]
ADDRESSES += ["/sessions/{}/questions/similar/", "/sessions/{}/questions/board/", "/sessions/{}/questions/stage/"]
ADDRESSES += ["/sessions/{}/polls/", "/sessions/{}/screen/", "/sessions/{}/polls/presenter/", "/sessions/{}/access/"]
ADDRESSES += ["/sessions/{}/questions/export.csv", "/sessions/{}/polls/export.json"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
def test_its_addresses_answer_as_if_it_did_not_exist(stack, place, role):
    for address in ADDRESSES:
        hidden = get(stack, place, role, address.format(place["session"]))
        nothing = get(stack, place, role, address.format(999_999))
        assert (hidden.status_code, plain(hidden)) == (404, plain(nothing)), address
    for path in (f"/speakers/{place['star']}/", f"/polls/{place['poll']}/"):
        assert get(stack, place, role, path).status_code == 404, path


def plain(answer):
    """The page without what differs each time."""
    return re.sub(
        r'value="\w{64}"|"X-CSRFToken": "\w+"|/sessions/\d+/|%2Fsessions%2F\d+%2F|next=\S+|\d\d:\d\d', "", answer.text
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_no_write_is_answered_otherwise(stack, place, role):
    from tests.browser_http import Browser

    browser = Browser(stack.servers[0].port, place["cookies"].get(role, ""))
    key = str(uuid.uuid4())
    writes = [
        ("chat/", {"text": "x", "client_id": key}),
        ("questions/", {"text": "x", "client_id": key}),
        ("status/", {"action": "pause"}),
        ("questions/step/", {"action": "queue", "id": f"{place['question']}:1"}),
        ("polls/nickname/", {"name": "x"}),
    ]
    for path, data in writes:
        assert (await browser.post(f"/sessions/{place['session']}/{path}", **data)).status_code == 404, path
    for path in (f"/polls/{place['poll']}/ballot/", f"/questions/{place['question']}/upvote/"):
        assert (await browser.post(path, on="1")).status_code == 404, path
    assert (await browser.post(f"/chat/{place['message']}/remove/")).status_code == 404


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_no_frame_has_the_canary(stack, place, role):
    """Catch-up from the start, and what happens in the hidden session while one is connected."""
    edition, session = f"edition:{place['edition']}", f"session:{place['session']}"
    port, cookie = stack.servers[0].port, place["cookies"].get(role, "")
    async with Socket(port, cookie) as refused:
        await refused.socket.send(json.dumps({"join": {session: 0}}))
        await refused.until(lambda: refused.code is not None)
        assert refused.code == 4403 and CANARY not in str(refused.frames)
    if role == "banned":
        return
    async with Socket(port, place["cookies"]["moderator"]) as staff, Socket(port, cookie) as watching:
        await staff.join(**{session: 0, edition: 0})
        await watching.join(**{edition: 0})
        await in_thread(stack.call, STEP, session=place["session"], by=place["people"]["moderator"], canary=CANARY)
        before = len(staff.events(edition))
        await staff.until(lambda: len(staff.events(edition)) > before or CANARY in str(staff.events(edition)))
        await watching.until(lambda: any(frame["t"] == "head" for frame in watching.frames), 20)
        assert CANARY in str(staff.frames)
        told = str(watching.frames)
        assert CANARY not in told and session not in told
        assert not re.search(rf"/sessions/{place['session']}/|item-{place['session']}\b(?!.*not shown)", told)


@pytest.mark.django_db
def test_closing_takes_back_what_the_log_told_and_cuts_sockets():
    from live.models import Event
    from people.models import Participant
    from sessions import access, status
    from sessions.models import Session
    from tests import world

    made = world.build()
    session, by = Session.objects.get(pk=made["session"]), Participant.objects.get(pk=made["people"]["organiser"])
    Session.objects.filter(pk=session.pk).update(title=CANARY)
    status.step(session.pk, "prepare", by)
    log = Event.objects.filter(room__key=session.edition.room_key)
    assert CANARY in str(list(log.values_list("data", flat=True)))
    access.change(session.pk, access.Settings("invited"), by)
    told = [event for event in log if event.audience in ("everyone", "visitors", "registered")]
    assert CANARY not in str([event.data for event in told])
    assert Event.objects.filter(room__key="revoked", data__room=session.room_key).exists()


@pytest.mark.django_db
def test_an_embargo_that_is_over_hides_nothing():
    from people.models import Participant
    from sessions import access
    from sessions.models import Session
    from tests import world

    made = world.build()
    by = Participant.objects.get(pk=made["people"]["organiser"])
    over = access.Settings("public", embargo_until=timezone.now() - timedelta(minutes=1))
    access.change(made["session"], over, by)
    assert Client().get(reverse("congress:session", args=[made["session"]])).status_code == 200
    assert Session.objects.get(pk=made["session"]).visibility == "public"
