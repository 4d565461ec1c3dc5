"""What the Q&A's addresses in the permission matrix need."""

import uuid


def fill(session, made):
    """A published and a queued question, one that waits for each role, and a line to the speakers."""
    from people.models import Participant
    from questions.asking import Draft, ask
    from questions.models import Prompt, QuestionSettings
    from questions.state import step

    attendee, moderator = (Participant.objects.get(pk=made["people"][role]) for role in ("attendee", "moderator"))
    QuestionSettings.objects.create(session=session, intake="open")
    found = {name: ask(session, attendee, Draft(name), uuid.uuid4()).pk for name in ("question", "queued")}
    for pk in found.values():
        step(pk, "approve", moderator)
    step(found["queued"], "queue", moderator)
    askers = Participant.objects.in_bulk(made["people"].values())
    own = {role: ask(session, askers[pk], Draft(role), uuid.uuid4()).pk for role, pk in made["people"].items()}
    own["anonymous"] = own["attendee"]
    return found | {"own": own, "prompt": Prompt.objects.create(session=session, author=moderator, text="Hello").pk}
