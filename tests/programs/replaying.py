"""A recorded session for browsers: the demo's clip, and something at known places of it."""

from typing import Any

from chat.models import Message
from people.models import Participant
from streams.models import Recording
from tests.replay import world


def recorded() -> dict[str, Any]:
    """Messages at 1, 4, 9 and 65 seconds of the picture, a question without a name, a poll; the clip has twelve."""
    made: dict[str, Any] = world.recorded()
    began = made.pop("began")
    made["began"] = began
    found = {at: str(world.message(made, at, f"Written at {at}").pk) for at in (1, 4, 9, 65)}
    world.question(made, 6, "Brought on stage", steps=("approve", "queue", "stage", "answer"))
    world.message(made, world.LENGTH + 60, "Written later")
    made["began"] = began.isoformat()
    return made | {"messages": found}


def remove(message: str, moderator: int) -> None:
    """A moderator removes a message while somebody watches."""
    found = Message.objects.select_related("session__edition", "participant").get(pk=message)
    found.remove(Participant.objects.get(pk=moderator))


def offset(session: int) -> float:
    """The seconds that are kept."""
    return Recording.objects.get(session=session).offset
