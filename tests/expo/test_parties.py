"""Several parties press at the same moment, on PostgreSQL and two processes: who is told of success has it."""

import asyncio

import pytest

from tests.browser_http import Browser
from tests.programs import expo

pytestmark = pytest.mark.parametrize("stack", ["full"], indirect=True)
PAIRS = 30


async def in_thread(function, *arguments, **values):
    return await asyncio.to_thread(function, *arguments, **values)


@pytest.fixture
def place(stack):
    return stack.call(expo.hall, visitors=PAIRS, team=2)


async def together(stack, *presses):
    """The statuses of presses (cookie, path, what is sent), each at another process."""
    ports = [server.port for server in stack.servers]
    sent = [
        Browser(ports[at % 2], cookie).post(path, **{name: str(value) for name, value in data.items()})
        for at, (cookie, path, data) in enumerate(presses)
    ]
    return [answer.status_code for answer in await asyncio.gather(*sent)]


def edit(place, stand, claim):
    data = {"name": "Stand", "kind": "city", "claim": claim}
    return place["team"][0], f"/expo/{stand['pk']}/profile/", data


def decide(place, stand, action):
    data = {"action": action, "version": stand["version"], "words": "Again"}
    return place["cookies"]["organiser"], f"/expo/{stand['pk']}/decide/", data


async def decided(stack, place, state, action):
    """(status of the organiser's step, status of the team's edit, what became of it) of each exhibitor."""
    made = {"team": place["team_ids"], "edition": place["edition"], "count": PAIRS, "state": state}
    stands = await in_thread(stack.call, expo.stands, **made)
    pairs = []
    for begin in range(0, PAIRS, 6):  # within what one may press in a minute and what waits in line
        some = stands[begin : begin + 6]
        presses = [press for each in some for press in (decide(place, each, action), edit(place, each, "Unseen"))]
        statuses = await together(stack, *presses)
        pairs += list(zip(statuses[::2], statuses[1::2], strict=True))
    became = await in_thread(stack.call, expo.stands_now, pks=[each["pk"] for each in stands])
    return [(*pair, became[str(each["pk"])]) for pair, each in zip(pairs, stands, strict=True)]


async def test_an_organiser_approves_what_they_saw_while_the_team_edits(stack, place):
    for step, edited, (public, draft, _is_public, _state) in await decided(stack, place, "waiting", "approve"):
        assert step == 302 and edited in (302, 409)
        assert public == "Seen", "never what nobody has looked at"
        assert draft == ("Unseen" if edited == 302 else "Seen"), "an edit that was taken is not lost"


async def test_an_organiser_takes_a_stand_down_while_the_team_edits(stack, place):
    for step, edited, (public, draft, is_public, _state) in await decided(stack, place, "writing", "hide"):
        assert edited == 302 and step in (302, 409)
        assert (public, draft) == ("Old", "Unseen"), "an edit that was taken is not lost"
        assert is_public == (step == 409)


async def test_two_of_a_team_answer_one_request(stack, place):
    asked = {"exhibitor": place["exhibitor"], "visitors": place["visitor_ids"], "slots": PAIRS}
    requests = await in_thread(stack.call, expo.ask_all, **asked)
    paths = [f"/expo/meetings/{pk}/answer/" for pk in requests]
    answers = {}
    for begin in range(0, PAIRS, 6):
        some = paths[begin : begin + 6]
        presses = [(cookie, path, {"action": "accept", "version": 0}) for path in some for cookie in place["team"]]
        statuses = await together(stack, *presses)
        answers |= dict(zip(some, zip(statuses[::2], statuses[1::2], strict=True), strict=True))
    became = await in_thread(stack.call, expo.meetings_now)
    for pk, path in zip(requests, paths, strict=True):
        state, host, booked = became[str(pk)]
        assert sorted(answers[path])[0] == 302 and sorted(answers[path])[1] in (404, 409), answers[path]
        assert (state, booked) == ("accepted", 3), "two people and a table, once"
        assert host == place["team_ids"][answers[path].index(302)], "whoever was told so meets them"


async def test_a_visitor_cancels_while_the_team_accepts(stack, place):
    asked = {"exhibitor": place["exhibitor"], "visitors": place["visitor_ids"], "slots": PAIRS}
    requests = await in_thread(stack.call, expo.ask_all, **asked)
    outcomes = {}
    for begin in range(0, PAIRS, 6):
        presses = []
        for number in range(begin, begin + 6):
            path = f"/expo/meetings/{requests[number]}/answer/"
            presses += [
                (place["visitors"][number], path, {"action": "cancel", "version": 0}),
                (place["team"][0], path, {"action": "accept", "version": 0}),
            ][:: 1 if number % 2 else -1]
        statuses = await together(stack, *presses)
        for number in range(6):
            pair = statuses[2 * number : 2 * number + 2]
            outcomes[requests[begin + number]] = pair if (begin + number) % 2 else pair[::-1]
    became = await in_thread(stack.call, expo.meetings_now)
    for pk, (cancelled, accepted) in outcomes.items():
        state, _host, booked = became[str(pk)]
        assert sorted((cancelled, accepted)) in ([302, 409], [302, 404]), (cancelled, accepted)
        assert (state, booked) == (("cancelled", 0) if cancelled == 302 else ("accepted", 3))
