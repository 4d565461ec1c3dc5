"""Status steps beside each other and beside the chat, on both installations."""

import asyncio

import pytest

from tests import world
from tests.live.test_socket import in_thread
from tests.programs import chat
from tests.programs import sessions as programs


@pytest.fixture(scope="module")
def place(stack):
    return stack.call(world.build)


async def test_steps_and_messages_together_lock_each_other_out_never(stack, place):
    session, people = place["session"], place["people"]
    texts = [f"m{number}" for number in range(150)]
    before = await in_thread(stack.call, chat.stored, session=session)
    await asyncio.gather(
        in_thread(stack.call, programs.step_and_undo, session=session, who=people["moderator"]),
        *(in_thread(stack.call, chat.send, session=session, who=people["attendee"], texts=texts) for _ in range(2)),
    )
    written = (await in_thread(stack.call, chat.stored, session=session))[len(before) :]
    assert sorted(text for _seq, text in written) == sorted(2 * texts)
    assert await in_thread(stack.call, programs.status_of, session=session) == "live"


async def test_the_last_word_on_the_world_is_true(stack, place):
    sessions = [place["session"], place["other_session"]]
    who = place["people"]["organiser"]
    assert await in_thread(stack.call, programs.go_live_together, sessions=sessions, who=who) == sorted(sessions)


@pytest.mark.parametrize("stack", ["full"], indirect=True)  # SQLite locks the whole database
async def test_an_edition_is_locked_before_its_session(stack, place):
    values = {"session": place["session"], "by": place["people"]["moderator"]}
    assert await in_thread(stack.call, programs.locks, **values) == [["congress_edition", "congress_session"]] * 2


@pytest.mark.parametrize("closing_first", [True, False])
async def test_a_session_that_closes_beside_another_s_step_is_told_of_nowhere(stack, place, closing_first):
    sessions, who = [place["session"], place["other_session"]], place["people"]["organiser"]
    told = await in_thread(stack.call, programs.close_beside, sessions=sessions, who=who, closing_first=closing_first)
    assert told == []
