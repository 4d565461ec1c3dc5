"""People in real browsers: a newcomer's two taps, hostile names and texts, and axe for every role."""

import json

import pytest
from axe_playwright_python.async_playwright import Axe

from tests import world
from tests.browser.pages import followed, person, until

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
ON_ONE = pytest.mark.parametrize("stack", ["embedded"], indirect=True)


@pytest.fixture(scope="module")
def place(stack):
    made = stack.call("from tests import world\nresult = world.build()")
    return made | stack.call(
        """
        from datetime import timedelta
        from django.utils import timezone
        from people import joining
        from people.models import Participant
        from registration import hall
        from registration.imports import run
        from sessions.models import Session
        session = Session.objects.get(pk=session)
        session.guests_may = ["chat", "questions", "polls"]
        session.status = "live"
        session.save()
        by = Participant.objects.get(pk=organiser)
        link = joining.make(Participant.objects.get(pk=outsider), session.get_absolute_url(), by)
        code = hall.show(session, timezone.now() + timedelta(hours=2), by)
        found = run.begin(session.edition, "people.csv", by)
        run.add_piece(found, 0, b"ticket,email,name,pass\\nT1,a@example.org,Ada,Online\\n")
        run.read_file(found, 1)
        result = {"token": joining.token_of(link), "code": code.code, "import": found.pk}
        """,
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
    made = stack.call(
        """
        import uuid
        from sessions.models import Session
        from tests import world
        session = Session.objects.get(pk=session)
        who = world.participant(f"troll-{uuid.uuid4().hex}", "attendee", session.edition, session)
        result = {"pk": who.pk, "cookie": world.cookie(who)}
        """,
        session=place["session"],
    )
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
    await page.get_by_label("Search").fill("Walker 1299")
    await page.get_by_text("1 person", exact=True).wait_for()


ROLES = ["", *world.ROLES, *world.OTHERS]


@ON_ONE
@pytest.mark.parametrize("role", ROLES)
async def test_axe_finds_nothing_for_any_role(stack, place, chromium, role):
    url, session, people = stack.servers[0].url, place["session"], f"editions/{place['slug']}/people/"
    pages = ["people/enter/", "people/join/", "hall/", f"hall/{place['code']}/", "people/account/", "my-sessions/"]
    pages += [f"editions/{place['slug']}/", f"sessions/{session}/"]
    if role == "organiser":
        pages += [people, f"{people}record/", f"{people}{place['people']['attendee']}/", f"{people}import/"]
        pages += [f"{people}import/{place['import']}/", f"sessions/{session}/access/"]
    page = await person(chromium, url, place["cookies"].get(role, ""), bypass_csp=True, **PHONE)
    for number, path in enumerate(pages):
        await page.emulate_media(color_scheme=("light", "dark")[number % 2])
        await page.goto(f"{url}/{path}")
        found = (await Axe().run(page)).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], path
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320, path


def payloads():
    """A hundred ways to run `hit()`, each at most 80 characters."""
    calls = ["hit()", "hit``", "window.hit()", "top['hit']()", "self.hit()"]
    shapes = [
        "<script>{}</script>",
        "<img src=x onerror={}>",
        "<svg onload={}>",
        '"><svg/onload={}>',
        "'><img src onerror={}>",
        "<a href=javascript:{}>x</a>",
        "<iframe srcdoc='<script>parent.{}</script>'>",
        "<details open ontoggle={}>x",
        "<input autofocus onfocus={}>",
        "</script><script>{}</script>",
        "</textarea><script>{}</script>",
        "</title><svg onload={}>",
        "<body onload={}>",
        "<math><mtext><img src=x onerror={}>",
        "{{{{ {} }}}}{{% {} %}}",
        "<b hx-on:load={}>x</b>",
        "<b hx-get=/ hx-trigger=load hx-on::after-request={}>x",
        '" onmouseover="{}" autofocus onfocus="{}',
        "<template><script>{}</script></template>",
        "<style onload={}></style>",
    ]
    return [shape.replace("{}", call)[:80] for shape in shapes for call in calls]


HOSTILE = """
import json
import uuid
from chat.models import Message
from people.models import Participant, Role
from polls.models import Mark
from polls.prepare import Choice
from polls.quiz import name_oneself
from questions import desk
from questions.asking import Words, ask
from questions.models import Board, Question
from questions.state import step
from registration import desk as people_desk
from sessions import status
from sessions.models import Session, Speaker
from tests.polls.conftest import answered, opened

session = Session.objects.get(pk=session)
staff = Participant.objects.get(pk=staff)
Board.objects.update_or_create(session=session, defaults={"intake": "open"})
troll, _ = Participant.objects.get_or_create(email="troll@example.org", defaults={"name": "T"})
Role.objects.get_or_create(participant=troll, name="attendee", scope=f"edition:{session.edition_id}")
for number, text in enumerate(payloads):
    troll.name, troll.organisation, troll.city, troll.country, troll.job_title = text, text, text, text, text
    troll.save()
    Message.send(session, troll, text, uuid.uuid4())
    question = ask(session, troll, Words(text), uuid.uuid4())
    if number % 10 == 0:
        step(question.pk, "approve", staff)
        question = Question.objects.get(pk=question.pk)
        desk.note(question, troll, text)
        desk.label(question, [text[:30]], troll)
        desk.answer(question, troll, text, False)
        desk.prompt(session, troll, text)
        people_desk.ban(session.edition, troll, text, None, staff)
        for one in troll.bans.standing():
            people_desk.lift(one, staff)
Session.objects.filter(pk=session.pk).update(title=payloads[1], abstract=" ".join(payloads), status_reason=payloads[2])
star = Speaker.objects.create(edition=session.edition, guid=uuid.uuid4().hex, name=payloads[3], role=payloads[4],
    organisation=payloads[5], city=payloads[6], country=payloads[7], biography=" ".join(payloads))
session.speakers.add(star)
poll = opened(session, type="text", question=payloads[8])
for text in payloads:
    one = Participant.objects.create_user(f"{uuid.uuid4().hex}@example.org", name=text)
    Role.objects.create(participant=one, name="attendee", scope=f"edition:{session.edition_id}")
    answered(poll, [one.pk], text=[text])
chosen = opened(session, question=payloads[9], choices=[Choice(payloads[0]), Choice(payloads[1])], close=poll)
result = {"star": star.pk, "troll": troll.pk, "poll": poll.pk}
"""
HIT = "window.hit = () => { window.wasHit = true; }; window.alert = window.hit;"


@ON_ONE
async def test_a_hundred_payloads_run_nowhere(stack, place, chromium):
    import asyncio

    url, session, edition = stack.servers[0].url, place["other_session"], f"editions/{place['slug']}/"
    assert len(set(payloads())) == 100
    open_pages = []
    addresses = [("attendee", f"sessions/{session}/"), ("moderator", f"sessions/{session}/questions/board/")]
    addresses += [("moderator", f"sessions/{session}/screen/"), ("organiser", f"sessions/{session}/questions/stage/")]
    addresses += [("attendee", edition), ("moderator", f"sessions/{session}/polls/presenter/")]
    for role, path in addresses:
        page = await person(chromium, url, place["cookies"][role])
        await page.add_init_script(HIT)
        await page.goto(f"{url}/{path}")
        await followed(page)
        open_pages.append(page)
    values = {"session": session, "staff": place["people"]["moderator"], "payloads": payloads()}
    made = await asyncio.to_thread(stack.call, HOSTILE, **values)
    await open_pages[0].get_by_text("<script>hit()</script>", exact=True).first.wait_for()
    people = f"{edition}people/"
    later = [f"speakers/{made['star']}/", people, f"{people}{made['troll']}/", f"{people}record/"]
    later += [f"sessions/{session}/", f"sessions/{session}/questions/board/", f"sessions/{session}/polls/", edition]
    page = await person(chromium, url, place["cookies"]["organiser"])
    await page.add_init_script(HIT)
    for path in later:
        await page.goto(f"{url}/{path}")
        await asyncio.sleep(0.3)
        assert not await page.evaluate("window.wasHit"), path
        assert page.errors == [], path  # what only the CSP stopped counts as well
    for one in open_pages:
        assert not await one.evaluate("window.wasHit") and one.errors == [], one.url
    json.dumps(made)


@ON_ONE
async def test_the_payload_test_can_fail(stack, place, chromium):
    page = await person(chromium, stack.servers[0].url)
    await page.add_init_script(HIT)
    await page.goto(f"{stack.servers[0].url}/hall/")
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>')")
    for _ in range(50):
        if page.errors or await page.evaluate("window.wasHit"):
            return
        await page.wait_for_timeout(50)
    raise AssertionError("neither executed nor stopped by the CSP")
