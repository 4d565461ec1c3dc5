"""The product with what people say in a session: chat messages, or captions as caption tools send them.

It obeys like the other publishers; instead of a room it gets "chat:<session>" or "captions:<session>".
"""

import time
import uuid

from bench.subjects.message import obey

WORDS = "@! Where we live the buses come every ten minutes, and still nobody waits for them"


def publish(what: str, times: int) -> float:
    """So many chat messages, or so many lines in each language of a session; the moment before the last commit."""
    kind, _colon, session = what.partition(":")
    moment = 0.0
    for _ in range(times):
        moment = {"chat": _chat, "captions": _captions}[kind](int(session))
    return moment


def _chat(session: int) -> float:
    from chat.models import Message
    from people.models import Participant
    from sessions.models import Session

    found = Session.objects.select_related("edition").get(pk=session)
    author = Participant.objects.filter(roles__scope=found.edition.room_key).first()
    assert author
    moment = time.monotonic()
    Message.send(found, author, WORDS, uuid.uuid4())
    return moment


def _captions(session: int) -> float:
    from captions import writing
    from captions.models import Track

    moment = time.monotonic()
    for pk, seq in Track.objects.filter(session=session).values_list("pk", "last_seq"):
        writing.receive(pk, seq + 1, f"{WORDS}\n")
    return moment


if __name__ == "__main__":
    import django

    django.setup()
    obey(publish)
