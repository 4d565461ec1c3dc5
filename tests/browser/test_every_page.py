"""Every page of every role: axe finds nothing, nothing is wider than 320 px, a pointer reaches what can be pressed."""

import re
import urllib.error
import urllib.request
from itertools import groupby
from operator import itemgetter

import pytest
from axe_playwright_python.async_playwright import Axe
from django.urls import reverse

from tests.browser.pages import person, script
from tests.people.matrix import GUESTS, ROLES, ROWS, asked
from tests.programs import pages

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
SIZES = [(390, 844), (844, 390), (1280, 800)]
# At 200 % a page has half as many pixels each way.
WINDOWS = [(width // zoom, height // zoom) for width, height in SIZES for zoom in (1, 2)]
SMALL = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter(field => !["radio", "checkbox", "file"].includes(field.type) && field.checkVisibility())
  .filter(field => parseFloat(getComputedStyle(field).fontSize) < 16).map(field => field.outerHTML.slice(0, 160))"""
VIOLATIONS = 'axe.run({ resultTypes: ["violations"] }).then(found => found.violations)'
# In the page as it is and in each tab of it: the tab's name, and what is not reached.
IN_EACH_TAB = f"""() => {{
  {script("unreachable")}
  const found = unreachable().map(what => ["", what]);
  for (const tab of document.querySelectorAll("[role=tab]")) {{
    if (!tab.checkVisibility()) continue;
    tab.click();
    found.push(...unreachable().map(what => [tab.innerText, what]));
  }}
  return found;
}}"""
# What everybody may ask for, beside the table.
OTHERS = ["/people/enter/", "/people/join/", "/people/account/", "/people/code/", "/my-sessions/", "/hall/"]
OTHERS += ["/hall/{hall}/", "/sessions/999999/", "/awards/", "/awards/entries/{award_finalist}/"]
# Of who enters the awards, of their jury and its chair.
OTHERS += [f"/editions/{{slug}}/awards/{name}/" for name in ("mine", "desk", "chair")]
OTHERS += ["/awards/entries/{award_entry}/edit/", "/awards/entries/{award_own}/own/", "/awards/reviews/{award_review}/"]

# Of a stand's team, of the two of a talk or a meeting.
OTHERS += [f"/expo/{{exhibitor}}/{name}" for name in ("", "desk/", "profile/", "team/", "scan/", "leads/", "meet/")]
# Of who speaks for a party or a city, of a focal point.
OTHERS += [f"/commitments/{{commitment}}/{name}" for name in ("", "edit/", "sign/", "report/")]
OTHERS += ["/commitments/", "/commitments/{commitment_done}/", "/editions/{slug}/commitments/mine/"]
OTHERS += ["/replications/", "/replications/{replication}/"]
OTHERS += ["/delegations/{delegation}/", "/delegations/{delegation}/agenda/"]
OTHERS += ["/expo/talks/{expo_taken}/", "/expo/meetings/{expo_meeting}/", "/editions/{slug}/expo/me/"]
# Of who is in the directory, and of the two of a conversation.
OTHERS += ["/editions/{slug}/network/{network_person}/", "/network/conversations/{network_conversation}/"]
OTHERS += ["/network/conversations/{network_conversation}/report/"]
# Tomorrow.City: for everybody, for participants, of who speaks for a city.
OTHERS += [
    f"/tomorrow/{name}" for name in ("", "mine/", "map/", "cities/", "cases/", "tools/", "solutions/", "tools/add/")
]
OTHERS += ["/tomorrow/cities/at/{city_slug}/", "/tomorrow/cities/at/{city_slug}/edit/", "/tomorrow/organisations/add/"]
OTHERS += [f"/tomorrow/cases/{{city_case}}/{name}" for name in ("", "own/", "edit/", "pictures/", "versions/1/")]
OTHERS += ["/tomorrow/cases/from/", "/tomorrow/cases/from/?kind=questions.question", "/tomorrow/incubation/"]
OTHERS += ["/tomorrow/tools/{city_tool}/", "/tomorrow/solutions/{city_solution}/", "/tomorrow/tools/{city_tool}/edit/"]
OTHERS += ["/tomorrow/organisations/at/{city_speaker}/", "/tomorrow/organisations/thanks/"]


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(pages.seen)


def addresses(place):
    """Of every page that is read, those of the table and those for everybody."""
    for (name, method), row in ROWS.items():
        if method == "get":
            yield reverse(name, args=asked(place, row)[0])
    yield from (path.format(**place) for path in OTHERS)


def shape(html):
    """The tags and classes of a page below its header, each once: what is found in it depends on little else."""
    below = re.sub('<header class="top">.*?</header>', "", html, flags=re.DOTALL)
    return tuple(dict.fromkeys(re.findall(r'<([a-z][\w-]*)(?:[^>]*? class="([^"]*)")?', below)))


def roles():
    """Those with the most to see first, so that the others' pages are often known. All guests are the same one here."""
    return ["organiser", *(role for role in ROLES if role != "organiser" and role not in GUESTS)]


@pytest.fixture(scope="module")
def distinct(stack, place):
    """(role, path) of one page of each shape."""
    pages, known = [], set()
    for role in roles():
        counted, is_header_known = 0, False
        for path in addresses(place):
            text = read(stack.servers[0].url + path, place["cookies"].get(role, ""))
            if "<html" not in text:
                continue  # a file, or a part of a page
            counted += 1
            has_header = "<footer" in text  # what is not there has neither
            if shape(text) not in known or (has_header and not is_header_known):  # each role's header
                is_header_known |= has_header
                known.add(shape(text))
                pages.append((role, path))
        assert counted > (20 if role == "organiser" else len(OTHERS) - 1), role
    assert len(pages) > 20
    assert {role for role, _path in pages} >= {"organiser", "speaker", "anonymous", "guest", "banned"}
    return pages


def read(address, cookie):
    """The text at an address, also of a refusal; nothing where it is no text."""
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={cookie}"} if cookie else {})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    with answer:
        return answer.read().decode() if answer.headers.get_content_subtype() == "html" else ""


class Eyes:
    """Looks at pages, light and dark in turn."""

    def __init__(self):
        self.where = []

    async def look(self, page, where):
        self.where.append(where)
        await page.emulate_media(color_scheme=("light", "dark")[len(self.where) % 2])
        found = await page.evaluate(VIOLATIONS)
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], where
        is_wide = await page.evaluate("document.documentElement.scrollWidth > 320")
        assert not is_wide, (where, await page.evaluate(script("wide")))


@pytest.fixture(scope="module")
def eyes():
    return Eyes()


async def visitor(chromium, stack, cookie="", **options):
    """The live link closed: what is looked at stands still."""
    page = await person(chromium, stack.servers[0].url, cookie, bypass_csp=True, **options)
    await page.add_init_script("window.WebSocket = class { close() {} send() {} }")
    return page


async def phone(chromium, stack, cookie=""):
    """A visitor with a small phone, in whose pages axe is."""
    page = await visitor(chromium, stack, cookie, **PHONE)
    await page.add_init_script(Axe().axe_script)
    return page


async def test_axe_finds_nothing_on_any_page_for_any_role(stack, place, distinct, chromium, eyes):
    for role, group in groupby(distinct, key=itemgetter(0)):
        page = await phone(chromium, stack, place["cookies"].get(role, ""))
        for _role, path in group:
            await page.goto(stack.servers[0].url + path)
            await eyes.look(page, (role, path))
        await page.context.close()


async def out_of_reach(page):
    """What a mouse or finger does not reach, in each window and tab; fields that are too small on a phone."""
    for width, height in WINDOWS:
        await page.set_viewport_size({"width": width, "height": height})
        for tab, what in await page.evaluate(IN_EACH_TAB):
            yield width, height, tab, what
    await page.set_viewport_size({"width": 390, "height": 844})
    for what in await page.evaluate(SMALL):
        yield "small", what


async def test_whatever_can_be_pressed_is_reached(stack, place, distinct, chromium):
    found = []
    for role, group in groupby(distinct, key=itemgetter(0)):
        page = await visitor(chromium, stack, place["cookies"].get(role, ""), viewport={"width": 390, "height": 844})
        for _role, path in group:
            await page.goto(stack.servers[0].url + path)
            found += [(role, path, *what) async for what in out_of_reach(page)]
        await page.context.close()
    assert not found, "\n".join(map(str, found))


async def submitted(page, path, button):
    await page.goto(path)
    for details in await page.locator("details").all():
        await details.evaluate("element => element.open = true")
    await page.get_by_role("button", name=button).first.click()
    await page.wait_for_load_state()


async def test_axe_finds_nothing_in_any_state(stack, place, chromium, eyes):
    """What pages become when somebody has done something."""
    url, people = stack.servers[0].url, f"{stack.servers[0].url}/editions/{place['slug']}/people/"
    page = await phone(chromium, stack)
    await page.goto(f"{url}/people/join/#{place['token']}")
    await page.get_by_role("button", name="Join as").wait_for()
    await eyes.look(page, "a join link")
    await page.goto(f"{url}/people/code/")
    await page.get_by_label("E-mail").first.fill("attendee@example.org")
    await page.get_by_role("button", name="code").first.click()
    await page.wait_for_url(f"{url}/people/code/confirm/")
    await eyes.look(page, "the code")
    await page.goto(f"{url}/hall/")
    await page.get_by_label("The code on the screen").fill("wrong")
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("alert").first.wait_for()
    await eyes.look(page, "a wrong code of the hall")
    page = await phone(chromium, stack, place["cookies"]["organiser"])
    for state in ("trying", "tried", "done"):
        await page.route("**/portion/", lambda route: route.abort())
        await page.goto(f"{people}import/{place[state]}/")
        await eyes.look(page, f"an import: {state}")
    await submitted(page, f"{people}{place['people']['attendee']}/", "New join link")
    await eyes.look(page, "a new link")
    await page.goto(f"{people}{place['people']['banned']}/")
    await eyes.look(page, "somebody banned")
    page = await phone(chromium, stack, place["doomed"])
    await submitted(page, f"{url}/people/account/", "Show a code to scan")
    await page.locator(".qr-box").wait_for()
    await eyes.look(page, "a handover")
    await page.goto(f"{url}/people/account/?saved=1")
    await page.locator("main details").first.evaluate("element => element.open = true")
    await eyes.look(page, "about to delete")
    await page.locator("details input[name=name]").fill("Doomed")
    await page.get_by_role("button", name="Delete my account").click()
    await page.get_by_role("heading", name="Your account is deleted").wait_for()
    await eyes.look(page, "deleted")
